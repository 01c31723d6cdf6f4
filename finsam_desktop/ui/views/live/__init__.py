"""Mötesläge: one item at a time while the board meets."""
