"""Översikt."""
