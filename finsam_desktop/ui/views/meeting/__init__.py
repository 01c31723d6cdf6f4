"""A meeting from agenda to archive: the page with its steps and side pane, and what several steps share."""
