"""Which packs a run is judged by, and the checks of the user's own that go with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from tfaudit import yaml_files
from tfaudit.cache import Store
from tfaudit.errors import PolicyError, UsageError
from tfaudit.model.verdicts import Policy

_MAX_FILES = 2_000
_ENDINGS = (".yaml", ".yml", ".json")


class Packs(Struct, frozen=True):
    """Packs by name, folders with checks of the user's own, and whether the Python in these is to be run.

    `formats` are those that are judged by them, () for all.
    """

    names: tuple[str, ...]
    folders: tuple[Path, ...] = ()
    python: bool = False
    formats: tuple[str, ...] = ()

    def policies(self, cache: Store | None = None) -> list[Policy]:
        """Return the policies of all packs, and those of the user's own checks.

        Raises `UsageError` for a folder that is not there or a scanner that is not installed, `PolicyError` for a check
        that is none, or has an id that is taken.
        """
        from tfaudit.packs.checkov.policies import own, read

        found = read(cache)
        known = {policy.id for policy in found}
        for path, check, digest in [*self._read(), *self._python()]:
            (policy,) = own([check], path, digest)
            if policy.id in known:
                raise PolicyError(f"{path}: the id {policy.id} is taken; choose another")
            known.add(policy.id)
            found.append(policy)
        return found

    def own_checks(self) -> tuple[dict[str, Any], ...]:
        """Return the user's graph checks as they are written."""
        return tuple(check for _, check, _ in self._read())

    def modules(self) -> tuple[str, ...]:
        """Return the Python files that are to be run: none unless somebody asked for it."""
        if not self.python:
            return ()
        return tuple(str(path.resolve()) for folder in self.folders for path in sorted(folder.rglob("*.py")))

    def _read(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        for folder in self.folders:
            if not folder.is_dir():
                raise UsageError(f"{folder}: no such folder of checks; name one that exists")
            paths = sorted(each for each in folder.rglob("*") if each.suffix in _ENDINGS and each.is_file())
            if len(paths) > _MAX_FILES:
                raise UsageError(f"{folder}: it holds more than {_MAX_FILES:,} files; name a narrower folder")
            for path in paths:
                document = yaml_files.read(path)  # JSON is YAML
                metadata = document.get("metadata") if isinstance(document, dict) else None
                if not isinstance(metadata, dict) or "definition" not in document:
                    raise PolicyError(f"{path}: it is no check; one has metadata and definition")
                if not isinstance(metadata.get("id"), str):
                    raise PolicyError(f"{path}: its metadata has no id; give it one")
                yield str(path), document, hashlib.sha256(path.read_bytes()).hexdigest()

    def _python(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        modules = self.modules()
        if not modules:
            return
        from tfaudit.packs.checkov.workers import Lost, listed

        try:
            found = listed(modules)
        except Lost as lost:
            raise UsageError(
                f"{', '.join(map(str, self.folders))}: its Python checks cannot be loaded: {lost}"
            ) from lost
        for id_, name, path in found:
            yield (
                path,
                {"metadata": {"id": id_, "name": name}},
                hashlib.sha256(Path(path).read_bytes()).hexdigest(),
            )
