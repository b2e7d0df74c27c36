"""Azure: network."""
