"""Which paths a scan leaves out: `.gitignore` files of the tree and the configuration's own patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tfaudit.sources.files import nothing_excluded

_MAX_BYTES = 1_000_000


def excluder(root: Path, patterns: Iterable[str], *, gitignore: bool = True) -> Callable[[str, bool], bool]:
    """Return a function of a path relative to `root`, and whether it is a folder: whether it is left out.

    Patterns are those of gitignore(5). A folder's `.gitignore` holds for what is below it and can take back what an
    upper one left out; `patterns` hold for the whole tree and cannot be taken back.
    """
    own = _spec(list(patterns))
    if not root.is_dir():
        return nothing_excluded
    top = _repository(root.resolve()) if gitignore else root.resolve()
    prefix = root.resolve().relative_to(top).as_posix()
    found: dict[str, Any] = {}

    def rules(folder: str) -> Any:
        if folder not in found:
            found[folder] = _read(top / folder / ".gitignore")
        return found[folder]

    def ignored(name: str, folder: bool) -> bool:
        parts = (name if prefix == "." else f"{prefix}/{name}").split("/")
        for depth in range(len(parts) - 1, -1, -1):
            spec = rules("/".join(parts[:depth]))
            if spec is None:
                continue
            result = spec.check_file("/".join(parts[depth:]) + ("/" if folder else ""))
            if result.include is not None:
                return bool(result.include)
        return False

    def excluded(name: str, folder: bool) -> bool:
        if own is not None and own.check_file(name + "/" if folder else name).include:
            return True
        return gitignore and ignored(name, folder)

    return excluded


def _repository(folder: Path) -> Path:
    # git reads the .gitignore files from the work tree's top down, wherever a command starts.
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)


def _read(path: Path) -> Any:
    try:
        if path.is_symlink() or path.stat().st_size > _MAX_BYTES:
            return None
        return _spec(path.read_text("utf-8", "replace").splitlines())
    except OSError:
        return None


def _spec(lines: list[str]) -> Any:
    if not any(line.strip() and not line.startswith("#") for line in lines):
        return None
    from tfaudit.sources.gitignore import Patterns

    return Patterns.from_lines(lines)
