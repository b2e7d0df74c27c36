"""Azure: storage."""
