"""Azure: governance."""
