"""Text as the recognizers see it: folded one code point for one, with edges and distances that know Chinese."""
