"""Output formats: one module each, with a pure function that writes a run as text."""
