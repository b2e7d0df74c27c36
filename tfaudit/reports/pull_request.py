"""The Markdown report, made to be a comment on a pull request: what fails first, the rest folded away.

GitHub takes 65,536 characters: what does not fit is counted and said. Passes and what is not applicable are told as
counts alone. Text from the scanned input cannot
start a table cell, a link, a mention or HTML of its own.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tfaudit import documents, sums
from tfaudit.model.standing import Standing, Status, by_status, standings
from tfaudit.model.verdicts import Outcome, Severity
from tfaudit.reports import findings, fixes
from tfaudit.reports.frames import Quotes
from tfaudit.reports.options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict

FORMAT = "markdown"
LIMIT = 65_536
_RESERVED = 400
"""Kept for the notes on what was left out."""

_MARKS = re.compile(r"([\\`*_\[\]|~$])")
# A heading, an item or a ruler, where a line begins so.
_START = re.compile(r"^(\s*\d*)([#+=.)-])")
_JOINED = re.compile(r"(@|#(?=\d)|://|(?i:www)(?=\.)|\b[Gg][Hh](?=-\d))")
_OUTCOMES = (
    Outcome.FAIL,
    Outcome.UNKNOWN,
    Outcome.ERROR,
    Outcome.WAIVED,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)


def write(result: ScanResult, out: TextIO, options: ReportOptions, *, limit: int = LIMIT) -> None:
    """Write the run to `out` in at most `limit` characters."""
    page = _Page(limit)
    found = standings(result)
    page.add(_head(result, found))
    quotes = Quotes(result.root, result.digests)
    fails, known = findings.told(result, Outcome.FAIL)
    title = "### Findings" if result.compared is None else "### New findings"
    page.section(title, (_finding(each, quotes) for each in fails), len(fails), share=0.6)
    errors = findings.of(result, Outcome.ERROR)
    gaps = [_item(findings.gap(each)) for each in result.unread]
    crashed = [_item(f"{each.policy.id}, {each.asset.address}: {each.because}") for each in errors]
    incomplete = "accepted" if result.complete else "the scan is incomplete"
    page.folded(f"Not read or not judged: {incomplete}", [*gaps, *crashed])
    unknown, known_unknown = findings.told(result, Outcome.UNKNOWN)
    page.folded("Unknown: neither pass nor fail, until settled", [_undecided(each) for each in unknown])
    waived = (_waived(each) for each in findings.of(result, Outcome.WAIVED))
    page.folded("Waived: fails or unknown, and accepted", list(waived))
    page.folded("Unchanged findings", [_undecided(each) for each in known])
    page.folded("Unchanged and unknown", [_undecided(each) for each in known_unknown])
    fixed = result.compared.fixed if result.compared is not None else ()
    page.folded(
        "Fixed", [_item(f"{each.severity} {each.policy}, {each.address} ({each.place})") for each in fixed]
    )
    told = [each for each in found if each.status in (Status.EXCEPTIONS, Status.UNKNOWN)]
    told.sort(key=lambda each: each.status is Status.UNKNOWN)
    controls = [_item(f"{each.framework} {each.control}: {each.says}") for each in told]
    page.folded("Controls with exceptions or unknown", controls)
    page.folded("Notes", [_item(note) for note in quotes.noted(result).notes])
    out.write(page.text())


class _Page:
    """Text that stops growing at a limit and counts what did not fit."""

    def __init__(self, limit: int) -> None:
        self._left = limit - _RESERVED
        self._parts: list[str] = []

    def add(self, part: str) -> bool:
        """Add `part` if it fits."""
        if len(part) > self._left:
            return False
        self._left -= len(part)
        self._parts.append(part)
        return True

    def section(self, title: str, items: Iterable[str], count: int, share: float) -> None:
        """Add a title and as many of `items` as fit into `share` of what is left."""
        if not count or not self.add(f"{title}\n\n"):
            return
        rest = int(self._left * (1 - share))
        added = 0
        for item in items:
            if len(item) > self._left - rest or not self.add(item):
                break
            added += 1
        if added < count:
            self._parts.append(
                f"\n_{count - added:,} more do not fit here; the JSON report holds them all._\n\n"
            )

    def folded(self, title: str, items: list[str]) -> None:
        """Add a list that opens on a click."""
        if items:
            self.section(
                f"<details><summary>{title} ({len(items):,})</summary>\n", items, len(items), share=0.7
            )
            self._parts.append("\n</details>\n\n")

    def text(self) -> str:
        """Return the page."""
        return "".join(self._parts)


def _head(result: ScanResult, found: Sequence[Standing]) -> str:
    counts = sums.by_severity(result)
    total = {outcome: sum(row[outcome] for row in counts.values()) for outcome in Outcome}
    incomplete = "" if result.complete else ", incomplete"
    says = (
        f"{findings.plural(total[Outcome.FAIL], 'finding')}, {total[Outcome.UNKNOWN]:,} unknown{incomplete}"
    )
    lines = [f"## tfaudit: {says}", ""]
    if result.compared is not None:
        told = documents.compared(result)
        counts_ = f"{told['new']:,} new, {told['unchanged']:,} unchanged, {len(told['fixed']):,} fixed"
        lines += [f"Since {_escaped(told['against'])}: **{counts_}**", ""]
    lines += ["| severity | " + " | ".join(each.value.replace("_", " ") for each in _OUTCOMES) + " |"]
    lines += ["| --- |" + " ---: |" * len(_OUTCOMES)]
    for severity in Severity:
        lines.append(
            f"| {severity.value} | " + " | ".join(f"{counts[severity][each]:,}" for each in _OUTCOMES) + " |"
        )
    statuses = by_status(found)
    if statuses:
        lines += ["", "| controls of | " + " | ".join(each.value for each in Status) + " |"]
        lines += ["| --- |" + " ---: |" * len(Status)]
    for name, row in statuses.items():
        known = result.frameworks.get(name)
        cells = " | ".join(f"{row[each]:,}" for each in Status)
        lines.append(f"| {_escaped(known.name if known else name)} | {cells} |")
    return "\n".join([*lines, "", ""])


def _finding(each: Verdict, quotes: Quotes) -> str:
    policy = each.policy
    title = f"<b>{policy.severity.value}</b> {_inert(findings.sentence(each))}"
    named = "" if findings.tells(each) else f": <code>{_code(findings.named(each))}</code>"
    lines = [
        f"<details><summary>{title}{named}</summary>",
        "",
        f"{_escaped(findings.because(each))}",
        "",
        f"<code>{_escaped(findings.where(each))}</code>",
    ]
    frame = quotes.frame(each)
    if frame is not None:
        width = len(str(frame.lines[-1][0]))
        shown = [
            f"{'&gt;' if number == frame.focus else ' '} {number:>{width}} | {_code(text)}"
            for number, text in frame.lines
        ]
        lines += ["<pre>", *shown, "</pre>"]
    lines += ["", f"**Why**: {_escaped(policy.why)}", ""]
    fix = fixes.fix(each)
    if fix:
        lines += [f"**Fix**: {_escaped(fix)}", ""]
    controls = findings.controls(policy)
    if controls:
        lines += [f"**Controls**: {_escaped(controls)}", ""]
    return "\n".join(
        [*lines, f"<sub>policy {_escaped(policy.id)}, {each.fingerprint}</sub>", "</details>", ""]
    )


def _undecided(each: Verdict) -> str:
    settle = f"; to settle: {each.settle_with}" if each.settle_with else ""
    return _item(f"{_named(each)}: {findings.because(each)}{settle}")


def _waived(each: Verdict) -> str:
    return _item(f"{_named(each)}: {findings.waived_by(each)}")


def _named(each: Verdict) -> str:
    return f"{each.policy.severity.value} {each.policy.id}, {findings.named(each)} ({each.places[0]})"


def _item(text: str) -> str:
    return f"- {_escaped(text)}\n"


def _code(text: str) -> str:
    """Return foreign text for a place where nothing is Markdown: within `<pre>`, or on the line of a `<details>`."""
    return html.escape(findings.line(text), quote=False)


def _inert(text: str) -> str:
    """Return foreign text for the line of a `<details>`, outside of any `<code>`: no mention, no link."""
    return _JOINED.sub(r"\1<!-- -->", _code(text))


def _escaped(text: str) -> str:
    """Return foreign text as plain Markdown text: no markup, no mention, no link."""
    text = _MARKS.sub(r"\\\1", html.escape(findings.line(text), quote=False))
    return _JOINED.sub(r"\1<!-- -->", _START.sub(r"\1\\\2", text))
