"""Slow answers to the questions the program answers, written apart from it."""
