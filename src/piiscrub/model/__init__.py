"""Frozen plain data that every room shares: the entity tree, findings, decisions, policies, results."""
