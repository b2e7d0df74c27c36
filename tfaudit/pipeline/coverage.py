"""What a live scan looked at and what it did not, in the sentences that every report has as notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfaudit.model.coverage import Coverage

_NAMED = 8


def sentences(coverage: Coverage) -> Iterator[str]:
    """Yield who looked at what, how the calls came out, how much of what is there was seen, and what never is."""
    yield f"looked at {coverage.target} as {coverage.observer}: {_parts(coverage)}"
    yield _calls(coverage)
    yield from _population(coverage)
    for each in coverage.asked:
        missed = {"denied": each.denied, "failed": each.failed, "not made": each.left}
        stated = [f"{count:,} {how}" for how, count in missed.items() if count]
        if stated:
            yield f"of {each.wanted:,} calls {each.call}, {', '.join(stated)}: {each.because}"
    yield f"never asked: {'; '.join(coverage.never)}"
    if coverage.ended:
        yield f"not everything was asked: {coverage.ended}"


def _parts(coverage: Coverage) -> str:
    looked_at, left_out = coverage.looked_at, coverage.left_out
    stated = f"{coverage.parts} {_some(looked_at)}" if looked_at else f"no {coverage.parts}"
    if left_out:
        return f"{stated}; not at {len(left_out):,} more that are enabled: {_some(left_out)}"
    return stated if coverage.all_parts else f"{stated}; whether there are more is not known"


def _calls(coverage: Coverage) -> str:
    wanted, answered = coverage.total("wanted"), coverage.total("answered")
    services = coverage.services
    of = f"of {_counted(len(services), 'service')} ({_some(services)})" if services else "of its API"
    missed = [
        f"{coverage.total(what):,} {how}"
        for what, how in (("denied", "denied"), ("failed", "failed"), ("left", "not made"))
        if coverage.total(what)
    ]
    stated = f"; {', '.join(missed)}" if missed else ""
    return f"{_counted(wanted, 'call')} {of}: {answered:,} answered{stated}"


def _population(coverage: Coverage) -> Iterator[str]:
    listed, whole = coverage.listed, coverage.whole
    if not listed:
        yield "nothing was listed"
        return
    share = f"{whole * 100 // listed} %"
    yield f"{whole:,} of {_counted(listed, 'thing')} that were listed were seen whole ({share})"
    parts = [each for each in coverage.population if each.whole < each.listed]
    if parts:
        stated = [f"{each.type} {each.whole:,} of {each.listed:,}" for each in parts]
        yield f"seen in part: {_some(stated)}"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else word + 's'}"


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED:,} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more
