"""Panels inside the window that ask for one thing: a new item, a new meeting."""
