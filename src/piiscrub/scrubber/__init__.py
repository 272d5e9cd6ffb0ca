"""The text pipeline: text → findings → decisions → new text and evidence."""
