"""What is kept outside the program: a meeting's papers, and all of an association, readable without it.

Every folder or zip has a ``manifest.json`` with the SHA-256 of each file, written last: a folder without it is not
whole. ``verify.verify`` tells what has been altered, is missing or has been added since.
"""
