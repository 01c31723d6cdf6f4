"""Siffror: tables, standard reports, economy, activity, budget and plan."""
