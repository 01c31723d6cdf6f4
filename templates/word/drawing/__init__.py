"""Builds the Word templates that follow with the program. Run ``python dev.py templates`` after a change."""
