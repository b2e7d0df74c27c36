"""How our answer to an expression stands beside Terraform's, and which differences are known and explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import yaml

from tests.oracle import transcripts
from tests.oracle.ours import Ours
from tests.oracle.transcripts import Entry
from tfaudit.model.resources import Reference, Unresolved

LISTED = transcripts.FOLDER / "differences.yaml"


class Verdict(StrEnum):
    """What the two answers are to each other."""

    EQUAL = "equal"
    UNKNOWN = "unknown here"
    KNOWN = "known here alone"
    ACCEPTED = "refused by Terraform alone"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Difference:
    """Expressions of which our answer is another than Terraform's, for one reason."""

    verdict: Verdict
    because: str
    expressions: tuple[str, ...]


def listed() -> list[Difference]:
    """The differences that are known."""
    return [
        Difference(Verdict(each["verdict"]), each["because"].strip(), tuple(each["expressions"]))
        for each in yaml.safe_load(LISTED.read_text())
    ]


def verdict(entry: Entry, ours: Ours) -> Verdict:
    """Our answer beside Terraform's: the worst of what is met in any of its parts."""
    if entry.answer.startswith(transcripts.REFUSED):
        if not _has_unknown(ours.value):
            return Verdict.ACCEPTED
        return Verdict.WRONG if ours.can is True else Verdict.EQUAL
    if ours.can is False:
        return Verdict.WRONG
    met = set(_met(transcripts.value(entry.answer), ours.value))
    return next(
        (each for each in (Verdict.WRONG, Verdict.KNOWN, Verdict.UNKNOWN) if each in met), Verdict.EQUAL
    )


def _is_unknown(value: Any) -> bool:
    return isinstance(value, (Unresolved, Reference))


def _has_unknown(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return _is_unknown(value) or any(map(_has_unknown, parts))


def _met(theirs: Any, ours: Any) -> Iterator[Verdict]:
    if theirs is transcripts.UNKNOWN:
        if not _is_unknown(ours):
            yield Verdict.KNOWN
    elif _is_unknown(ours):
        yield Verdict.UNKNOWN
    elif isinstance(theirs, dict) and isinstance(ours, dict) and theirs.keys() == ours.keys():
        for key, inner in theirs.items():
            yield from _met(inner, ours[key])
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for one, other in zip(theirs, ours, strict=True):
            yield from _met(one, other)
    elif not _same(theirs, ours):
        yield Verdict.WRONG


def _same(theirs: Any, ours: Any) -> bool:
    if isinstance(theirs, Decimal):
        if isinstance(ours, bool) or not isinstance(ours, (int, float, Decimal)):
            return False
        return Decimal(ours) == theirs or (isinstance(ours, float) and float(theirs) == ours)
    return type(theirs) is type(ours) and bool(theirs == ours)
