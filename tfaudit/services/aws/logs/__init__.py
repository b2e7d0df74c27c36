"""AWS: logs."""
