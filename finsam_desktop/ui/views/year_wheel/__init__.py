"""Årshjul: the year, and the meetings planned in it."""
