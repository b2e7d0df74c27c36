"""Finds each verdict of now among the records of an earlier state, and says what is new, unchanged and fixed.

A verdict is known again by its fingerprint; else by what the provider itself holds unique (`fact`); else by the address
that a `moved` block says it had; else by its address in a file that is the same or was renamed; else by its address
and an unchanged body. Each record is known again once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, field

from tfaudit.changes.records import TOLD, Record, content, former_fingerprint
from tfaudit.foreign import without_halves
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Change, Compared, Fixed, Outcome, Verdict
from tfaudit.redaction import redacted

T = TypeVar("T", Verdict, Record)

_OPEN = (Outcome.FAIL.value, Outcome.UNKNOWN.value)


class Before(Struct):
    """An earlier state: what it is called, and what was found in it.

    `renames` is asked for the files of now that had another name then, and `former` for the addresses that an asset had
    before it was moved; both only where something is not known again without. `reaches` says of a file whether the
    run of now would have judged it, had it been there.
    """

    against: str
    records: Sequence[Record]
    renames: Callable[[], Mapping[str, str]] = dict
    former: Callable[[Verdict], Iterable[str]] = lambda _: ()
    reaches: Callable[[str], bool] = lambda _: True
    notes: tuple[str, ...] = field(default_factory=tuple)


def compare(result: ScanResult, before: Before) -> None:
    """Set `change` of every verdict of `result` that has a history, and `compared` of the result."""
    now = [each for each in result.verdicts if each.outcome in TOLD]
    known = _Known(before.records)
    known.take(now, _itself, lambda each: [_called(each, each.fingerprint, each.asset.lasting)])
    known.take(now, _stated, lambda each: [_stated_now(each)])
    known.take(now, _itself, lambda each: _moved(each, lambda one: [one.asset.address]))
    if known.left(now):
        known.take(now, _itself, lambda each: _moved(each, before.former))
    if known.elsewhere(now):
        renames = before.renames()
        known.take(now, lambda record: _at(record, record.file), lambda each: [_was_at(each, renames)])
        known.take(now, _as_it_is, lambda each: [_is_now(each)])
    for each in now:
        one = known.found.get(id(each))
        if one is None:
            one = known.same_asset(each.policy.id, each.asset.scope, each.asset.lasting)
        elif one.outcome == each.outcome.value and one.setting == each.setting and one.also == each.also:
            each.change = Change.UNCHANGED  # as nearly all are
            continue
        each.change = _change(each.outcome.value, frozenset((each.setting, *each.also)), one)
    result.compared = Compared(before.against, tuple(_fixed(known.rest(), result, before)))
    result.notes += before.notes


def between(now: Sequence[Record], before: Sequence[Record]) -> tuple[dict[int, Change], list[Record]]:
    """Return what became of each record of `now`, by its number, and the findings of `before` that are gone.

    Both are of whole runs, of which nothing but the records is known.
    """
    known = _Known(before)
    known.take(now, _itself, lambda each: [_itself(each)])
    known.take(now, _stated, lambda each: [_stated(each)])
    known.take(now, lambda record: _at(record, record.file), lambda each: [_at(each, each.file)])
    known.take(now, _as_it_is, lambda each: [_as_it_is(each)])
    changes = {}
    for number, each in enumerate(now):
        one = known.found.get(id(each)) or known.same_asset(each.policy, each.scope, each.address)
        changes[number] = _change(each.outcome, each.failed, one)
    open_now = {(each.policy, each.scope, each.address) for each in now}
    gone = [
        each
        for each in known.rest()
        if each.outcome == Outcome.FAIL.value and (each.policy, each.scope, each.address) not in open_now
    ]
    return changes, gone


class _Known:
    """Records of before that verdicts of now are looked for in; each is found once."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = list(records)
        self._taken: set[int] = set()
        self.found: dict[int, Record] = {}
        self._of_asset: dict[tuple[str, ...], list[int]] | None = None

    def left(self, now: Sequence[Any]) -> bool:
        """Whether there are both verdicts and records that are not known."""
        return len(self.found) < len(now) and len(self._taken) < len(self._records)

    def elsewhere(self, now: Sequence[Verdict]) -> bool:
        """Whether one that is not known has the policy, setting and address of such a record: it may have moved."""
        if not self.left(now):
            return False
        gone = {(each.policy, each.setting, each.address) for each in self.rest()}
        return any(
            (each.policy.id, each.setting, each.asset.lasting) in gone
            for each in now
            if id(each) not in self.found
        )

    def take(
        self,
        now: Sequence[T],
        name_of: Callable[[Record], str],
        called: Callable[[T], Iterable[str]],
    ) -> None:
        """Know those again that are called by the name of a record; "" is no name."""
        if not self.left(now):
            return
        index: dict[str, list[int]] = {}
        for number, record in enumerate(self._records):
            if number not in self._taken and (name := name_of(record)):
                index.setdefault(name, []).append(number)
        if not index:
            return
        for each in now:
            if id(each) in self.found:
                continue
            for name in called(each):
                found = [number for number in index.get(name, ()) if number not in self._taken]
                if found:
                    # Of several the one that came out the same.
                    best = next((n for n in found if self._records[n].outcome == _outcome(each)), found[0])
                    self._taken.add(best)
                    self.found[id(each)] = self._records[best]
                    break

    def same_asset(self, *asset: str) -> Record | None:
        """Return how a policy (its id) came out for an asset (scope, address) before, whichever setting decided it.

        One that is known again is another's: an address may stand twice, and what is new at it is new.
        """
        if self._of_asset is None:
            self._of_asset = {}
            for number, one in enumerate(self._records):
                self._of_asset.setdefault((one.policy, one.scope, one.address), []).append(number)
        for number in self._of_asset.get(asset, ()):
            if number not in self._taken:
                self._taken.add(number)
                return self._records[number]
        return None

    def rest(self) -> list[Record]:
        """Return the records that no verdict of now is."""
        return [record for number, record in enumerate(self._records) if number not in self._taken]


def _outcome(each: Verdict | Record) -> str:
    return each.outcome.value if isinstance(each, Verdict) else each.outcome


def _change(outcome: str, failed: frozenset[str], before: Record | None) -> Change:
    """Return what became of a verdict that was `before`, or of which only policy and asset were; None for neither."""
    if before is None:
        return Change.NEW
    same = True
    if outcome == Outcome.FAIL.value:
        same = before.outcome == outcome and failed <= before.failed
    elif outcome == Outcome.UNKNOWN.value:
        same = before.outcome in _OPEN
    return Change.UNCHANGED if same else Change.NEW


def _itself(record: Record) -> str:
    """Return what a record is known again by, with the words that it is of: one that says otherwise is nobody's."""
    if not record.fingerprint:
        return ""
    words = (record.fingerprint, record.policy, record.setting, record.scope, record.address)
    return without_halves("\0".join(words))


def _called(each: Verdict, fingerprint: str, address: str) -> str:
    """Return what the record of a verdict is known by, whose asset had the `address`."""
    words = (fingerprint, each.policy.id, each.setting, each.asset.scope, redacted(address))
    return without_halves("\0".join(words))


def _stated(record: Record) -> str:
    return f"{record.fact}\x00{record.policy}\x00{record.setting}" if record.fact else ""


def _stated_now(each: Verdict) -> str:
    return f"{each.fact}\x00{each.policy.id}\x00{each.setting}" if each.fact else ""


def _moved(each: Verdict, former: Callable[[Verdict], Iterable[str]]) -> list[str]:
    return [_called(each, former_fingerprint(each, address), address) for address in former(each)]


def _at(record: Record, file: str) -> str:
    return f"{record.policy}\x00{record.setting}\x00{record.address}\x00{file}"


def _was_at(each: Verdict, renames: Mapping[str, str]) -> str:
    file = each.asset.place.origin
    return "\0".join((each.policy.id, each.setting, each.asset.lasting, renames.get(file, file)))


def _as_it_is(record: Record) -> str:
    if not record.content:
        return ""
    return f"{record.policy}\x00{record.setting}\x00{record.address}\x00{record.content}"


def _is_now(each: Verdict) -> str:
    return "\0".join((each.policy.id, each.setting, each.asset.lasting, content(each)))


def _fixed(rest: Iterable[Record], result: ScanResult, before: Before) -> Iterable[Fixed]:
    """Yield the findings of before that are none any more: judged now, and not merely unread, left out or undecided."""
    rest = [each for each in rest if each.outcome == Outcome.FAIL.value]
    if not rest:
        return
    policies = {policy.id for policy in result.policies}
    unread = {place.origin for gap in result.unread for place in (gap.place, *gap.also)}
    open_now = {
        (each.policy.id, each.asset.scope, each.asset.lasting)
        for each in result.verdicts
        if each.outcome in (*TOLD, Outcome.ERROR)
    }
    for each in rest:
        if (
            each.policy in policies
            and each.file not in unread
            and (each.policy, each.scope, each.address) not in open_now
            and before.reaches(each.file)
        ):
            yield Fixed(each.policy, each.severity, each.address, each.place, each.fingerprint)
