"""AWS: keys."""
