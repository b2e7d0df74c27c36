"""Azure: identity."""
