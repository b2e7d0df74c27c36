"""AWS: databases."""
