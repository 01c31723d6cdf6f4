"""The .finsam file (SQLite), its lock, its exchange format, safe writing of files. The only place with SQL.

Importing this package is light: SQLAlchemy and msgspec are imported by the modules that open a file.
"""
