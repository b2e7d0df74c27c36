"""`tfaudit explain FINGERPRINT [PATH ...]`: all that is known of one finding, and how it can be waived."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from tfaudit.cli import environment, scan
from tfaudit.cli.output import Output
from tfaudit.errors import UsageError
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.policies.load import filled
from tfaudit.policies.matchers import says
from tfaudit.reports import findings, text_findings
from tfaudit.reports.border import Border
from tfaudit.reports.frames import Quotes
from tfaudit.reports.output import wants_colour
from tfaudit.reports.terminal import Line

SHORTEST = 6
"""Fewer characters of a fingerprint would mean several findings in any repository of size."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options: those of a scan, behind the fingerprint."""
    parser.add_argument(
        "fingerprint", metavar="FINGERPRINT", help="as a report shows it, or the beginning of it"
    )
    scan.declare(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Scan, and print the verdict that is meant; exit code 2 where none or several are."""
    with scan.observed(arguments, [Output("text")]) as seen:
        each = one(seen.result, arguments.fingerprint)
        out = Border(sys.stdout, colour=wants_colour(sys.stdout, environment.variables()))
        lines = list(_lines(each, seen.result))
        if out.isatty():
            from tfaudit.reports.terminal import show

            coloured = wants_colour(sys.stdout, environment.variables())
            show(lines, out, environment.variables(), colour=coloured)  # type: ignore[arg-type]
        else:
            out.writelines("".join(text for _, text in line).rstrip() + "\n" for line in lines)
        out.end()
    return 0


def is_fingerprint(text: str) -> bool:
    """Whether a text is a fingerprint, or the beginning of one."""
    return all(each in "0123456789abcdef" for each in text.lower())


def one(result: ScanResult, fingerprint: str) -> Verdict:
    """Return the verdict whose fingerprint begins so; `UsageError` where that is none, or several."""
    if len(fingerprint) < SHORTEST:
        raise UsageError(
            f'"{fingerprint}" is too short for a fingerprint; give {SHORTEST} characters or more'
        )
    if not is_fingerprint(fingerprint):
        policies = {policy.id for policy in result.policies}
        show = (
            f"; what it asks for is told by: tfaudit policies show {fingerprint}"
            if fingerprint in policies
            else ""
        )
        raise UsageError(f'"{fingerprint}" is no fingerprint, which is of 0-9 and a-f{show}')
    found = {
        each.fingerprint: each
        for each in result.verdicts
        if each.outcome is not Outcome.PASS and each.fingerprint.startswith(fingerprint.lower())
    }
    if not found:
        raise UsageError(
            f'no finding here has the fingerprint "{fingerprint}"; name the path it was found in, or see: tfaudit scan'
        )
    if len(found) > 1:
        raise UsageError(f'"{fingerprint}" begins {len(found)} fingerprints: {", ".join(sorted(found)[:5])}')
    return next(iter(found.values()))


def _lines(each: Verdict, result: ScanResult) -> Iterator[Line]:
    policy = each.policy
    quotes = Quotes(result.root, result.digests)
    yield from text_findings.in_full(each, quotes)
    for note in quotes.noted(result).notes[len(result.notes) :]:
        yield [("unknown", f"    {findings.line(note)}")]
    yield []
    yield [("label", "    outcome      "), ("", each.outcome.value.replace("_", " "))]
    if each.settle_with:
        yield [("label", "    to settle    "), ("", findings.line(each.settle_with))]
    if each.waiver is not None:
        yield [("label", "    waived       "), ("", findings.waived_by(each))]
    for name, matcher in policy.when.items():
        yield [("label", "    judged where "), ("", f"{name} is {says(filled(policy, matcher))}")]
    for name, matcher in policy.require.items():
        yield [("label", "    required     "), ("", f"{name} to be {says(filled(policy, matcher))}")]
    for name in (each.setting, *each.also):
        yield from _read(each, name)
    for link in policy.links:
        text = f"{link.framework} {link.control} ({link.strength}): {link.because}"
        yield [("label", "    evidence for "), ("", text)]
    for tool, ids in policy.same_as.items():
        yield [("label", "    known as     "), ("", f"{tool}: {', '.join(ids)}")]
    for page in policy.references:
        yield [("label", "    see          "), ("", page)]
    yield [("label", "    fingerprint  "), ("", each.fingerprint)]
    waive = (
        f"tfaudit waive {each.fingerprint[: text_findings.FINGERPRINT]} --reason ... --owner ... --until ..."
    )
    yield [("label", "    to waive it  "), ("", waive)]


def _read(each: Verdict, name: str) -> Iterator[Line]:
    """Yield where a setting was read, and what its value came from."""
    if not name:
        return
    setting = each.asset.settings[name]
    yield [("label", "    read         "), ("", findings.line(f"{name} at {setting.place}"))]
    for origin in setting.origins:
        yield [("label", "    taken from   "), ("", findings.line(str(origin)))]
