"""Results kept between scans, as marshal data behind a digest: loading one runs no code."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from tfaudit import __version__

MAX_BYTES = 500_000_000
_DIGEST = 32
_KIND = f"tfaudit-{sys.version_info.major}.{sys.version_info.minor}".encode()
_HERE = Path(__file__).parent
_SOURCES = (
    "",
    "assets",
    "policies",
    "services",
    "services/aws",
    "services/azure",
    "services/kubernetes",
    "sources",
    "sources/terraform",
)


@lru_cache(maxsize=1)
def made_by() -> str:
    """Return what changes whenever tfaudit's own code does, in a checkout as well."""
    entries = (each for folder in _SOURCES for each in os.scandir(_HERE / folder))
    times = (each.stat().st_mtime_ns for each in entries if each.name.endswith(".py"))
    return f"{__version__} {max(times, default=0)}"


class Cache:
    """A folder of results by key; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, name: str) -> None:
        """Use the folder `name` in `folder`, which is made when something is first kept."""
        self._folder = folder / name if folder is not None else None
        self._written = 0

    @property
    def empty(self) -> bool:
        """Whether nothing can be found in it."""
        return self._folder is None or not self._folder.is_dir()

    def get(self, key: str) -> bytes | None:
        """Return what was kept under `key`, None where there is nothing or it has been damaged."""
        if self._folder is None:
            return None
        try:
            data = (self._folder / key).read_bytes()
        except OSError:
            return None
        kind, digest, content = (
            data[: len(_KIND)],
            data[len(_KIND) : len(_KIND) + _DIGEST],
            data[len(_KIND) + _DIGEST :],
        )
        return content if kind == _KIND and hashlib.sha256(content).digest() == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Keep `content`; a folder that cannot be written is no reason to fail."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix="new-")
            with os.fdopen(handle, "wb") as stream:
                stream.write(_KIND + hashlib.sha256(content).digest() + content)
            Path(name).replace(self._folder / key)
            self._written += 1
        except OSError:
            self._folder = None

    def trim(self) -> None:
        """Remove the oldest results beyond the bound on size, where something was added."""
        if self._folder is None or not self._written:
            return
        try:
            with os.scandir(self._folder) as entries:
                found = sorted((each.stat().st_mtime, each.stat().st_size, each.path) for each in entries)
            total = sum(size for _, size, _ in found)
            for _, size, path in found:
                if total <= MAX_BYTES:
                    break
                Path(path).unlink(missing_ok=True)
                total -= size
        except OSError:
            return
