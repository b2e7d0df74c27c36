"""Live state: what runs, asked of its APIs."""
