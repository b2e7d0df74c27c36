"""AWS: identity."""
