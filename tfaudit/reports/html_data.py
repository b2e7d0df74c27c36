"""What the page's script shows, as plain data: verdicts that are no pass, in rows of numbers and texts that stand once.

Every text has crossed `findings.line`, so that it holds no secret and no control character; the script puts texts into
the page as texts alone.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from tfaudit.model.verdicts import Outcome
from tfaudit.reports import findings, fixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tfaudit.model.verdicts import Policy, Verdict
    from tfaudit.reports.frames import Frame, Quotes

_NO_MARKUP = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


class _Texts:
    """Texts by number, each once."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.all)
            self.all.append(text)
        return found


def data(shown: Sequence[Verdict], judged: Iterable[Verdict], quotes: Quotes, frames: int) -> str:
    """Return the JSON that the page embeds: of the verdicts `shown` all, the first `frames` with their source.

    `judged` are all verdicts, for the inventory of assets. The text may stand in a script element of HTML.
    """
    texts = _Texts()
    policies: dict[str, int] = {}
    held: list[dict[str, Any]] = []
    rows: list[list[Any]] = []
    for number, each in enumerate(shown):
        if each.policy.id not in policies:
            policies[each.policy.id] = len(held)
            held.append(_policy(each.policy))
        rows.append(
            _row(each, policies[each.policy.id], texts, quotes.frame(each) if number < frames else None)
        )
    found = {"policies": held, "rows": rows, "assets": _assets(judged, texts), "texts": texts.all}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).translate(_NO_MARKUP)


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id,
        "title": findings.line(policy.title),
        "severity": policy.severity.value,
        "family": policy.family,
        "why": findings.line(policy.why),
        "links": [[link.framework, link.control, link.strength] for link in policy.links],
    }


def _row(each: Verdict, policy: int, texts: _Texts, frame: Frame | None) -> list[Any]:
    """Return policy, outcome, fingerprint, change, then the numbers of texts, then the source."""
    said = (
        findings.sentence(each),
        findings.named(each),
        each.asset.kind,
        findings.subject(each),
        findings.where(each),
        findings.line(findings.because(each)),
        "" if each.outcome is Outcome.ERROR else findings.line(fixes.fix(each)),
        findings.line(each.settle_with),
        findings.waived_by(each) if each.waiver else "",
    )
    quoted = None
    if frame is not None:
        quoted = [[[number, text] for number, text in frame.lines], frame.focus, frame.start, frame.end]
    change = each.change.value if each.change is not None else ""
    return [policy, each.outcome.value, each.fingerprint, change, *map(texts.number, said), quoted]


def _assets(judged: Iterable[Verdict], texts: _Texts) -> list[list[int]]:
    """Return kind, name, place, and how many verdicts fail, are unknown, waived or pass of each asset."""
    counts: dict[int, Counter[Outcome]] = {}
    first: dict[int, Verdict] = {}
    for each in judged:
        key = id(each.asset)
        first.setdefault(key, each)
        counts.setdefault(key, Counter())[each.outcome] += 1
    rows = []
    for key, each in first.items():
        asset, came = each.asset, counts[key]
        row = [asset.kind, findings.named(each), findings.line(str(asset.resource.place))]
        unknown = came[Outcome.UNKNOWN] + came[Outcome.ERROR]
        rows.append(
            [*map(texts.number, row), came[Outcome.FAIL], unknown, came[Outcome.WAIVED], came[Outcome.PASS]]
        )
    return rows
