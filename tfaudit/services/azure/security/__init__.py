"""Azure: security."""
