"""The window: views over the domain's values. The only part of the program, with `app.py`, that knows Qt."""
