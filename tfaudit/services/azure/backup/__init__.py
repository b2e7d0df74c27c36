"""Azure: backup."""
