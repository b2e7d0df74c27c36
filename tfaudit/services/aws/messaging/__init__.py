"""AWS: messaging."""
