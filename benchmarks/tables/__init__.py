"""Tables: profile, transform, free text; beside presidio-structured and openmed in the same run."""
