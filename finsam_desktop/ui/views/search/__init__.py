"""Sök: hits and what is seen of each."""
