"""The step Efter mötet: justering, anslag, expediering, archive."""
