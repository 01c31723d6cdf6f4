"""The steps Protokoll and Minnesanteckningar."""
