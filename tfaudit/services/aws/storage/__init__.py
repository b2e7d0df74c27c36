"""AWS: storage."""
