"""Finsam Desktop: agendas, figures and minutes for Swedish samordningsförbund."""

__version__ = "0.1.0"
