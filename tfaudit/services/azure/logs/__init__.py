"""Azure: logs."""
