"""The first window: ways in, and the guide to the first kallelse."""
