"""The gate: what a run ends with, and which of the things that were asked for decided it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Change, Outcome, Severity

LEVELS = ("critical", "high", "medium", "low", "never")
"""What `fail_on` and `unknown_on` can be."""


class Gate(Struct, frozen=True):
    """What decides the exit code.

    `fail_on` and `unknown_on` are the lowest severities at which a fail and an unknown verdict end a run with 1
    ("never" for none), `max_unknown` the bound on unknown verdicts (None for none). With `strict_waivers`, a waiver
    that ran out, is broad, misspelt or without effect ends a run with 1. `allow_incomplete` and `allow_empty` say that
    it is sound to have left something unread, or to have judged nothing; `soft_fail` that the run ends with 0 all the
    same. `signal` is the number of the one that interrupted the scan, 0 for none. `stated` maps these names to who
    asked for them, as a person would look it up.
    """

    fail_on: str = "low"
    unknown_on: str = "never"
    max_unknown: int | None = None
    strict_waivers: bool = False
    allow_incomplete: bool = False
    allow_empty: bool = False
    soft_fail: bool = False
    signal: int = 0
    stated: Mapping[str, str] = field(default_factory=dict)

    def by(self, name: str) -> str:
        """Return who asked for `name`, in brackets."""
        return f"({self.stated.get(name, 'the default')})"


class Decision(Struct, frozen=True):
    """The exit code, and the closing line that says what decided it."""

    code: int
    because: str


def decide(result: ScanResult, gate: Gate) -> Decision:
    """Return how a run ends: 1 for what the gate does not let pass, 3 for gaps or nothing judged, else 0.

    Where the run was compared with an earlier state, only what is new since then counts for 1. Findings go before gaps.
    """
    if gate.signal:
        code = 128 + gate.signal
        return Decision(
            code, f"exit code {code}: the scan was interrupted; what it had seen by then is reported here"
        )
    code, because = _decided(result, gate)
    if code and gate.soft_fail:
        return Decision(0, f"exit code 0 {gate.by('soft_fail')}; without it {code}: {because}")
    return Decision(code, f"exit code {code}: {because}")


def _decided(result: ScanResult, gate: Gate) -> tuple[int, str]:
    failed = next(_failed(result, gate), "")
    if failed:
        also = "" if result.complete else "; the scan is incomplete as well, see what was not read"
        return 1, failed + also
    if not result.complete and not gate.allow_incomplete:
        return 3, "the scan is incomplete, see what was not read; --allow-incomplete where that is right"
    if not result.verdicts and not gate.allow_empty:
        return 3, "nothing was judged; --allow-empty where that is right"
    return 0, "; ".join(_passed(result, gate))


def _failed(result: ScanResult, gate: Gate) -> Iterator[str]:
    """Yield each thing that ends the run with 1, the first one deciding."""
    new = "new " if result.compared is not None else ""
    over = _over(result, Outcome.FAIL, gate.fail_on)
    if over:
        findings = f"{over:,} {new}{'finding is' if over == 1 else 'findings are'}"
        yield f"{findings} {gate.fail_on} or worse {gate.by('fail_on')}"
    over = _over(result, Outcome.UNKNOWN, gate.unknown_on)
    if over:
        verdicts = f"{over:,} {new}{'verdict' if over == 1 else 'verdicts'} of {gate.unknown_on} or worse"
        yield f"{verdicts} {'is' if over == 1 else 'are'} unknown {gate.by('unknown_on')}"
    unknown = _over(result, Outcome.UNKNOWN, "low")
    if gate.max_unknown is not None and unknown > gate.max_unknown:
        verdicts = f"{unknown:,} {new}{'verdict is' if unknown == 1 else 'verdicts are'} unknown"
        yield f"{verdicts}, more than {gate.max_unknown:,} {gate.by('max_unknown')}"
    faults = len(result.waiver_faults)
    if gate.strict_waivers and faults:
        yield f"{faults:,} {'waiver is' if faults == 1 else 'waivers are'} at fault {gate.by('strict_waivers')}"


def _over(result: ScanResult, outcome: Outcome, level: str) -> int:
    """Return how many verdicts came out so at or over `level`; only new ones where the run was compared."""
    if level == "never":
        return 0
    bar = Severity(level).rank
    compared = result.compared is not None
    return sum(
        1
        for each in result.tally.notable
        if each.outcome is outcome
        and each.policy.severity.rank >= bar
        and (not compared or each.change is Change.NEW)
    )


def _passed(result: ScanResult, gate: Gate) -> Iterator[str]:
    """Yield why the run is sound, and what was let pass."""
    new = "new " if result.compared is not None else ""
    if not result.verdicts:
        yield f"nothing was judged {gate.by('allow_empty')}"
    elif gate.fail_on == "never":
        yield f"findings do not count {gate.by('fail_on')}"
    else:
        yield f"no {new}finding is {gate.fail_on} or worse {gate.by('fail_on')}"
    if not result.complete:
        yield f"the scan is incomplete {gate.by('allow_incomplete')}"
