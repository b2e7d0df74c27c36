"""The JSON report: one document as `schemas/report.schema.json` describes it, passes included, one verdict a line.

It is written as it is made, so that hundreds of thousands of verdicts take little memory beside themselves. What many
of them share stands once, in `policies`, or is encoded once: an asset's names, a sentence, a file's name.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from tfaudit import documents, foreign, sums
from tfaudit.copies import Copy, Left, possible
from tfaudit.model.resources import Path, Place, dotted
from tfaudit.model.standing import standings
from tfaudit.model.verdicts import ORIGINS_TOLD, Outcome, digest_of, identity
from tfaudit.reports.border import Border
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from tfaudit.model.asset import Asset
    from tfaudit.model.result import ScanResult
    from tfaudit.model.settings import Setting
    from tfaudit.model.verdicts import Policy, Verdict

FORMAT = "json"
FORM = "json"
SCHEMA = "tfaudit/report/2"

_AT_ONCE = 1_000
_WORTH_A_COPY = 20_000
_MOST_REMEMBERED = 5_000
_SCALARS = (bool, int, str, type(None))
_TOLD_MORE = frozenset({Outcome.FAIL, *ORIGINS_TOLD})
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def write(result: ScanResult, out: TextIO, options: ReportOptions) -> None:
    """Write the run to `out`; keys and verdicts keep their order, so equal runs give equal bytes."""
    head = {
        "schema": SCHEMA,
        **documents.run(result),
        "scanned": documents.scanned(result),
        **({"coverage": documents.coverage(result)} if result.coverage else {}),
        "policies": _policies(result),
    }
    out.write("{\n")
    out.writelines(f"{_encode(name)}:{_encode(value)},\n" for name, value in head.items())
    _list(out, "verdicts", _verdicts(result.verdicts, out))
    out.write(",\n")
    _list(out, "unread", _some(_encode(documents.unread(each)) for each in result.unread))
    out.write(",\n")
    found = standings(result)
    _list(out, "controls", _some(_encode(sums.control(each)) for each in found))
    out.write(f",\n{_encode('summary')}:{_encode(sums.summary(result, found))}\n}}\n")


def _policies(result: ScanResult) -> dict[str, Any]:
    """Return what the verdicts' policies are, by id; why one is evidence for a control `controls show` tells."""
    judged = {id_: found[0].policy for id_, found in result.tally.by_policy.items()}
    return {
        id_: {
            "title": each.title,
            "severity": each.severity.value,
            "controls": [
                {"framework": link.framework, "control": link.control, "strength": link.strength}
                for link in each.links
            ],
        }
        for id_, each in sorted(judged.items())
    }


class _Lines:
    """Makes the lines of verdicts, and remembers the parts that come again."""

    def __init__(self) -> None:
        self._around: dict[Any, tuple[str, str, str]] = {}
        self._stands: dict[tuple[str, str], tuple[str, str]] = {}
        self._origins: dict[str, str] = {}
        self._paths: dict[Path, str] = {}

    def of(self, verdicts: Iterable[Verdict]) -> Iterator[str]:
        """Yield each verdict as JSON."""
        asset: Asset | None = None
        named = around = key = ""
        settings: Any = {}
        for each in verdicts:
            if each.asset is not asset:
                asset, named = each.asset, _encode(documents.asset(each.asset))
                root, address = identity(asset)
                around, key = (
                    f"\0{root}\0{address}\0",
                    f"\0{asset.key}\0" if isinstance(asset.key, str) else "",
                )
                settings = asset.settings
            id_, name = each.policy.id, each.setting
            setting = settings[name] if name else None
            head, sentence, tail = self._shared(each, setting)
            if setting is None or each.also:
                places = ",".join([self._place(place) for place in each.places])
            else:
                places = self._stood(setting)
            few = ""
            if (
                each.outcome in _TOLD_MORE
                or each.also
                or each.waiver is not None
                or each.change is not None
                or each.same
            ):
                told = documents.further(each)
                few = f",{_encode(told)[1:-1]}" if told else ""
            yield (
                f'{head}{named}{sentence}{places}],"fingerprint":"{digest_of(f"{id_}{around}{name}")}"'
                f',"fact":"{digest_of(f"{id_}{key}{name}") if key else ""}"{few}{tail}'
            )

    def _shared(self, each: Verdict, setting: Setting | None) -> tuple[str, str, str]:
        """Return what is the same for many assets: what stands before the asset, between it and the places, and last.

        That is policy and outcome; setting, value and reason; the policy's controls.
        """
        value = each.value if each.value.__class__ in _SCALARS else repr(each.value)
        because: Any = each.reason
        if not isinstance(because, str):  # it is made of the setting: name, value, and whether by default
            because = (because, getattr(setting, "documented", None))
        policy = each.policy
        key = (policy.id, each.setting, each.value.__class__, value, because, each.outcome, each.settle_with)
        found = self._around.get(key)
        if found is None:
            if len(self._around) > _MOST_REMEMBERED:
                self._around.clear()
            head = {"policy": policy.id, "outcome": each.outcome.value, "severity": policy.severity.value}
            found = self._around[key] = (
                f'{_encode(head)[:-1]},"asset":',
                f',{_encode(documents.sentence(each))[1:-1]},"places":[',
                f',"controls":{_encode(_controls(policy))}}}',
            )
        return found

    def _stood(self, setting: Setting) -> str:
        """Return the place of a setting, in a document without a place made of it."""
        parts = setting.resource.lines_of(setting.path)
        if parts is None:
            return self._place(setting.place)
        named, line, column, end, path = parts
        origin = self._origins.get(named)
        if origin is None:
            origin = self._origins[named] = f'{{"origin":{_encode(named)}'
        at = self._paths.get(path)
        if at is None:
            if len(self._paths) > _MOST_REMEMBERED:
                self._paths.clear()
            stated = documents.place(Place("", at=dotted(path)))
            at = self._paths[path] = f',"at":{_encode(stated["at"])}}}' if "at" in stated else "}"
        return f'{origin},"line":{line},"column":{column},"end_line":{end}{at}'

    def _place(self, at: Place) -> str:
        """Return a place; of those in one file and at one path only the numbers differ."""
        around = self._stands.get((at.origin, at.at))
        if around is None:
            if len(self._stands) > _MOST_REMEMBERED:
                self._stands.clear()
            stated = documents.place(Place(at.origin, at=at.at))
            path = f',"at":{_encode(stated["at"])}}}' if "at" in stated else "}"
            around = self._stands[at.origin, at.at] = (f'{{"origin":{_encode(stated["origin"])}', path)
        line = f',"line":{at.line}' if at.line else ""
        column = f',"column":{at.column}' if at.column else ""
        end = f',"end_line":{at.end_line}' if at.end_line else ""
        return f"{around[0]}{line}{column}{end}{around[1]}"


def _controls(policy: Policy) -> list[str]:
    """Return what `policy` is evidence for, as `controls show` takes it; `policies` tells how strong the link is."""
    return [f"{link.framework}:{link.control}" for link in policy.links]


def _list(out: TextIO, name: str, items: Iterable[str | bytes]) -> None:
    out.write(f"{_encode(name)}:[")
    mark = "\n"
    for some in items:
        if isinstance(some, bytes):
            out.write(mark)
            out.write_clean(some)  # type: ignore[attr-defined]  # there are bytes only for a border
        else:
            out.write(mark + some)
        mark = ",\n"
    out.write("]" if mark == "\n" else "\n]")


def _some(items: Iterable[str]) -> Iterator[str]:
    """Yield `items` by the thousand, as they stand in a list."""
    left = iter(items)
    while some := list(islice(left, _AT_ONCE)):
        yield ",\n".join(some)


def _verdicts(found: Sequence[Verdict], out: TextIO) -> Iterator[str | bytes]:
    """Yield the lines of verdicts; of many a copy of this process makes some at the same time, from the back."""
    if len(found) < _WORTH_A_COPY or not isinstance(out, Border) or not possible():
        yield from _some(_Lines().of(found))
        return
    lines = _Lines()
    pieces = [found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE)]
    numbers = range(len(pieces))
    left = Left(len(pieces))

    def written(number: int) -> str:
        return ",\n".join(lines.of(pieces[number]))

    def work() -> Iterator[bytes]:
        done = [foreign.json(written(number)).encode() for number in left.taken(reversed(numbers))]
        yield from reversed(done)

    try:
        with Copy(work) as copy:
            taken = 0
            for number in left.taken(numbers):
                yield written(number)
                taken += 1
            try:
                for each in copy.results():
                    yield each
                    taken += 1
            except EOFError:
                yield from map(written, numbers[taken:])
    finally:
        left.close()
