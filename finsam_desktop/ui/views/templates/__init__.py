"""Mallar: items, Word templates, phrases, mail texts."""
