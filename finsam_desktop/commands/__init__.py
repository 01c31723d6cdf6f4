"""The commands of `finsam`, one module for each room of the program; each has ``add(commands)``."""
