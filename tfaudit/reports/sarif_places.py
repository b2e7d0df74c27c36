"""Places as SARIF has them: URIs below the repository, regions with both ends, and the hash of their line."""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tfaudit import work_tree
from tfaudit.reports.frames import Quotes
from tfaudit.reports.line_hashes import line_hashes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfaudit.model.resources import Place
    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict

BASE = "%SRCROOT%"


class Repository:
    """Makes origins relative to the repository, where they are relative to the scanned folder."""

    def __init__(self, root: str) -> None:
        """Find the repository that the scanned folder `root` lies in; without one, the folder itself is the base."""
        self.prefix = ""
        if not root:
            return
        folder = Path(root).resolve()
        top = work_tree.top(folder) or folder
        self.prefix = "" if top == folder else folder.relative_to(top).as_posix()

    def uri(self, origin: str) -> str:
        """Return the URI of a scanned file, relative to the repository."""
        path = normpath(f"{self.prefix}/{origin}" if self.prefix else origin)
        return quoted(path.lstrip("/"))


def quoted(path: str) -> str:
    """Return a path as a URI has it, percent by percent: of a name that is no text, its bytes."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"), safe="/~@+,=")
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "surrogatepass"), safe="/~@+,=")


class Source:
    """The files that results stand in: their lines are measured and hashed, and nothing of them is shown."""

    def __init__(self, result: ScanResult, verdicts: Iterable[Verdict]) -> None:
        """Look at the files that `result` has judged, for the lines of `verdicts`."""
        self.quotes = Quotes(result.root, result.digests)
        wanted: dict[str, set[int]] = {}
        for each in verdicts:
            place = each.places[0]
            wanted.setdefault(place.origin, set()).add(max(1, place.line))
        self._hashes = {
            origin: line_hashes(data, frozenset(lines))
            for origin, lines in wanted.items()
            if (data := self.quotes.data(origin))
        }

    def line_hash(self, verdict: Verdict) -> str:
        """Return what GitHub's upload action makes of a verdict's line; where there is no file, the fingerprint."""
        place = verdict.places[0]
        known = self._hashes.get(place.origin, {}).get(max(1, place.line))
        return known or f"{verdict.fingerprint[:16]}:1"

    def end(self, place: Place) -> tuple[int | None, int | None]:
        """Return the last line and the column behind the last sign of `place`; None for each that is not known."""
        last = max(place.line, place.end_line)
        text = self.quotes.source_line(place.origin, last).rstrip()
        column = len(text) + 1
        if not text or (last == place.line and column <= place.column):
            return (last if last > place.line else None), None
        return last, column


def physical_location(place: Place, repository: Repository, source: Source) -> Any:
    """Return where `place` is in the repository; a file without a line is meant as a whole, so its first."""
    import sarif_om

    line = max(1, place.line)
    end_line, end_column = source.end(place) if place.line else (None, None)
    region = sarif_om.Region(
        start_line=line,
        start_column=place.column or (1 if end_column else None),
        end_line=end_line,
        end_column=end_column,
    )
    artifact = sarif_om.ArtifactLocation(uri=repository.uri(place.origin), uri_base_id=BASE)
    return sarif_om.PhysicalLocation(artifact_location=artifact, region=region)
