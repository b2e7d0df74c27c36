"""The work tree that a folder lies in: how far configurations, links and places reach."""

from __future__ import annotations

from pathlib import Path


def top(folder: Path) -> Path | None:
    """Return the top of the work tree that holds `folder`, which is resolved; None for none."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)
