"""Förbundet: facts, people, förbundsordning, audit, measures."""
