"""One scan of files that somebody asked for: what is scanned, how, and what of it is left out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.result import ScanResult
from tfaudit.pipeline.files import scan, scan_files
from tfaudit.pipeline.options import Options
from tfaudit.sources.tree.ignored import excluder


class Request(Struct, frozen=True):
    """A folder, or files that share a configuration, and how they are scanned.

    `excluded` are the patterns of configurations, each list with its origin and the folder that it speaks of; `exclude`
    those of options. `gitignore` says whether what git ignores is left out.
    """

    targets: tuple[Path, ...]
    options: Options
    excluded: tuple[tuple[str, Path, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    gitignore: bool = True

    @property
    def folder(self) -> Path:
        """What patterns and the walk begin at: the folder, or the base of the files."""
        first = self.targets[0]
        return first if first.is_dir() else self.options.base or first.parent


def performed(request: Request) -> ScanResult:
    """Return what a request comes to."""
    options = replace(
        request.options,
        excluded=excluder(
            request.folder, request.excluded, options=request.exclude, gitignore=request.gitignore
        ),
    )
    with options.progress:
        if request.targets[0].is_dir():
            return scan(request.targets[0], options)
        return scan_files(request.targets, options)


def relocated(request: Request, top: Path, other: Path) -> Request | None:
    """Return the same request for another state of the tree at `top`, laid out in `other`; None where nothing is there.

    Git's ignored files are none of a commit's, so that what is there is all tracked.
    """
    targets = tuple(_exist(other / each.relative_to(top) for each in request.targets))
    if not targets:
        return None
    excluded = tuple(
        (origin, other / folder.relative_to(top) if folder.is_relative_to(top) else folder, patterns)
        for origin, folder, patterns in request.excluded
    )
    options = replace(request.options, base=other, notes=())
    return replace(request, targets=targets, options=options, excluded=excluded, gitignore=False)


def _exist(paths: Iterable[Path]) -> list[Path]:
    return [each for each in paths if each.exists()]
