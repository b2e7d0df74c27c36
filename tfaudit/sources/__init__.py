"""Sources: one module per format. Each says which files it claims and yields their resources, and what it could not read."""
