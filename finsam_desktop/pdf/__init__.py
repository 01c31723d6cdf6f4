"""PDF: files of other kinds turned into pages, and pages put together. Knows nothing of meetings.

``convert.convert_all`` makes a PDF of every file it is given and never fails: what cannot be converted becomes a page
that says why.
"""
