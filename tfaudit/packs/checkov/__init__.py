"""Checkov's checks as a pack: its own code runs in worker processes, over what we read; we say what is not known.

`tfaudit[checkov]` installs the one version that this leans on. Nothing of it is loaded in this process.
"""

VERSION = "3.3.30"
"""The version of checkov whose insides these modules know; another one is refused."""
