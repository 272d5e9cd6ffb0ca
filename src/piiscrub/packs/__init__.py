"""Recognizer files: what they may say (schema), what they must not (lint), where they may match (shape), how they load."""
