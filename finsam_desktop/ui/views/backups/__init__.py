"""Säkerhetskopior: what differs, and putting back."""
