"""AWS: containers."""
