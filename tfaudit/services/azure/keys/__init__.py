"""Azure: keys."""
