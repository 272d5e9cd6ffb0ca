"""Names, places and organisations by model: one interface, a Chinese and an English tagger behind it."""
