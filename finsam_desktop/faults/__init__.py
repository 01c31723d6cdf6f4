"""What is kept of a fault of the program, for whoever helps: a log and reports without anything of the association.

`privacy` takes away what may be personal, `log_file` writes the log, `runs` knows how earlier runs ended, `reports`
makes the text a user may copy. Nothing here sends anything.
"""
