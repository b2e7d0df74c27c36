"""Azure's services that run web applications."""
