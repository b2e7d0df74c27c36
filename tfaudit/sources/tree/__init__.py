"""The scanned tree: which files there are, and how they are opened."""
