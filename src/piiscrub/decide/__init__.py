"""Which findings stand: thresholds, lists, overlaps. Every loser gets its reason."""
