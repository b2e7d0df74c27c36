"""Azure: databases."""
