"""The tests: a mirror of `tfaudit/`, with the real servers that some of them need in `tests/servers/`."""
