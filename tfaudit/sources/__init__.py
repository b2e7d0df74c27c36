"""Sources: one module per format. Each says which files it claims, and yields resources and what it could not read."""
