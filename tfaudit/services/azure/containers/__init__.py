"""Azure: containers."""
