"""Policies: read, checked, compiled to three-valued closures, and judged."""
