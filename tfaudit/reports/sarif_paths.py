"""The ways to a result: where its values came from, the module calls that make it, and both as a code flow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Place
from tfaudit.reports import findings
from tfaudit.reports.sarif_places import Repository, Source, physical_location

if TYPE_CHECKING:
    from tfaudit.model.verdicts import Verdict


def related(verdict: Verdict, repository: Repository, source: Source) -> list[Any]:
    """Return where the values came from and the module calls, as far as these have a line, with what they are."""
    places = [*_origins(verdict), *_calls(verdict), *_further(verdict)]
    return [
        _located(place, says, repository, source, number) for number, (place, says) in enumerate(places, 1)
    ]


def flows(verdict: Verdict, location: Any, repository: Repository, source: Source) -> list[Any] | None:
    """Return the way that the value took, its beginning first and the result last; None where it stands there."""
    import sarif_om

    steps = [*reversed(list(_origins(verdict)))]
    if not steps:
        return None
    found = [_located(place, says, repository, source) for place, says in steps]
    last = sarif_om.Location(
        physical_location=location.physical_location,
        message=sarif_om.Message(text=findings.line(verdict.asset.address)),
    )
    locations = [sarif_om.ThreadFlowLocation(location=each) for each in (*found, last)]
    return [sarif_om.CodeFlow(thread_flows=[sarif_om.ThreadFlow(locations=locations)])]


def _located(
    place: Place, says: str, repository: Repository, source: Source, number: int | None = None
) -> Any:
    import sarif_om

    return sarif_om.Location(
        id=number,
        message=sarif_om.Message(text=findings.line(says)),
        physical_location=physical_location(place, repository, source),
    )


def _origins(verdict: Verdict) -> Iterator[tuple[Place, str]]:
    for each in verdict.origins:
        if each.place is not None and each.place.line and not each.place.origin.startswith(("/", "../")):
            yield each.place, str(each)


def _calls(verdict: Verdict) -> Iterator[tuple[Place, str]]:
    """Yield the module calls that make the asset, the innermost first."""
    called = verdict.asset.resource.context.get("called_at", "")
    for each in called.split("\0") if called else ():
        origin, line, column = each.rsplit(":", 2)
        yield Place(origin, int(line), int(column)), "the module is called here"


def _further(verdict: Verdict) -> Iterator[tuple[Place, str]]:
    """Yield where further settings that decided stand."""
    for each in verdict.places[1:]:
        if each.line:
            yield each, "this decides as well"
