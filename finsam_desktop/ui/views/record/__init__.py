"""The step Närvaro och beslut: who was there, and what was decided."""
