"""Finding words: in every field of an association and its meetings, and in the text of its files.

The fields are searched as they are, in memory; the text of files comes from an index that can always be made again
(``storage/search_index.py``). ``finsam_desktop.searching`` puts the two together.
"""
