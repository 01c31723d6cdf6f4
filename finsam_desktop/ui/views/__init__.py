"""One module per place or meeting step; the main window makes each the first time it is shown."""
