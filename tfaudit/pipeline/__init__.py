"""The pipeline as functions: bytes or API pages in, verdicts out. What the command line and library users call."""
