"""AWS: network."""
