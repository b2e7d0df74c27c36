"""Entra ID: identity."""
