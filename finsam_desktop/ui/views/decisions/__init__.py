"""Beslut: the register of decisions, of follow-ups and of delegated decisions."""
