"""The ways to a result: resources that it takes, where its values came from, the module calls that make it.

The first two are code flows as well: what witnesses that an asset has what it is said to have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Place
from tfaudit.model.settings import Known
from tfaudit.reports import findings
from tfaudit.reports.sarif_places import Repository, Source, physical_location

if TYPE_CHECKING:
    from tfaudit.model.verdicts import Verdict


def related(verdict: Verdict, repository: Repository, source: Source) -> list[Any]:
    """Return the resources on the way, where the values came from and the module calls, with what they are.

    Only what has a line is among them.
    """
    places = [*_way(verdict), *_origins(verdict), *_calls(verdict), *_further(verdict)]
    return [
        _located(place, says, repository, source, number) for number, (place, says) in enumerate(places, 1)
    ]


def flows(verdict: Verdict, location: Any, repository: Repository, source: Source) -> list[Any] | None:
    """Return the way from the asset through other resources, and the one that the value took to the result.

    Each begins where one would begin to read; None where everything stands in one place.
    """
    import sarif_om

    steps = [*reversed(list(_origins(verdict)))]
    found = []
    through = list(_way(verdict))
    if through and verdict.asset.place.line:
        ways = [(verdict.asset.place, verdict.asset.address), *through]
        found.append([_located(place, says, repository, source) for place, says in ways])
    if steps:
        last = sarif_om.Location(
            physical_location=location.physical_location,
            message=sarif_om.Message(text=findings.line(verdict.asset.address)),
        )
        found.append([*(_located(place, says, repository, source) for place, says in steps), last])
    return [_flow(each) for each in found] or None


def _flow(locations: Sequence[Any]) -> Any:
    import sarif_om

    steps = [sarif_om.ThreadFlowLocation(location=each) for each in locations]
    return sarif_om.CodeFlow(thread_flows=[sarif_om.ThreadFlow(locations=steps)])


def _located(
    place: Place, says: str, repository: Repository, source: Source, number: int | None = None
) -> Any:
    import sarif_om

    return sarif_om.Location(
        id=number,
        message=sarif_om.Message(text=findings.line(says)),
        physical_location=physical_location(place, repository, source),
    )


def _way(verdict: Verdict) -> Iterator[tuple[Place, str]]:
    """Yield through which other resources the asset comes to what decided; nothing where that is its own."""
    setting = verdict.asset.settings[verdict.setting] if verdict.setting else None
    if setting is None or setting.resource is verdict.asset.resource:
        return
    steps = (isinstance(setting, Known) and setting.way) or ((setting.resource, setting.path),)
    for address, place in ((resource.address, resource.place_of(path)) for resource, path in steps):
        if place.line and not place.origin.startswith(("/", "../")):
            yield place, address


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
