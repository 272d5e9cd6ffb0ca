"""Tables: profile, transform, free text; beside presidio-structured in the same run."""
