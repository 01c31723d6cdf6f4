"""Swedish spelling: which words of a text are to be known, and a dictionary that knows them.

The dictionary (``resources/spelling``) takes a third of a second to load and may think for a second about what a word
should be, without letting anything else run. The window therefore asks it in a process of its own, ``child.py``.
"""
