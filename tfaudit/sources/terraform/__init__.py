"""Terraform: its code, and its plans."""
