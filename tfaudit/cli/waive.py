"""`tfaudit waive FINGERPRINT|POLICY`: say that a finding does not count, after seeing what that covers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tfaudit import config_waivers
from tfaudit.cli import explain, scan
from tfaudit.cli.output import Output
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.foreign import visible
from tfaudit.model.resources import Place
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.pipeline.options import CONFIGURATIONS
from tfaudit.policies.load import unknown
from tfaudit.policies.same_as import by_rule
from tfaudit.policies.waivers import ConfiguredWaiver
from tfaudit.reports import findings

_SHOWN = 20
_BROAD = frozenset({"", "*", "**"})
_MORE = {
    "approver": ("NAME", "who accepted the risk; somebody else than the owner"),
    "ticket": ("TEXT", "where the decision is recorded"),
    "compensating_control": ("TEXT", "what is done instead"),
}
"""Further words of a waiver, where the configuration has them."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options: what is waived, by whom and until when, and those of a scan."""
    parser.add_argument("what", metavar="FINGERPRINT|POLICY", help="one finding, or a policy (with --asset)")
    scan.declare(parser)
    waiver = parser.add_argument_group("the waiver")
    waiver.add_argument("--reason", required=True, metavar="TEXT", help="why it does not count")
    waiver.add_argument("--owner", required=True, metavar="NAME", help="who answers for it")
    waiver.add_argument("--until", metavar="DAY", help="the last day on which it holds: 2027-01-31")
    waiver.add_argument(
        "--asset", metavar="PATTERN", help="an address, key or name; * stands for any characters"
    )
    waiver.add_argument(
        "--root", metavar="PATTERN", help="only in such a root, template or folder of manifests"
    )
    waiver.add_argument("--file", metavar="PATTERN", help="only where the fault stands in such a file")
    waiver.add_argument(
        "--plane", choices=("code", "plan", "manifest", "config", "pipeline"), help="only there"
    )
    for name, (metavar, says) in _MORE.items():
        if _has(name):
            waiver.add_argument(f"--{name.replace('_', '-')}", metavar=metavar, help=says)
    waiver.add_argument(
        "--to", metavar="FILE", help="the configuration to write it to (default: the one in force)"
    )
    waiver.add_argument("--dry-run", action="store_true", help="show what it would cover, and write nothing")
    waiver.add_argument("--broad", action="store_true", help="it may cover every asset, or every policy")
    parser.set_defaults(run=run)


def _has(name: str) -> bool:
    from tfaudit.config_form import WaiverForm

    return name in WaiverForm.model_fields


def run(arguments: argparse.Namespace) -> int:
    """Scan, print what the waiver covers, and write it; exit code 2 where it covers nothing or far too much."""
    for option, why in (("reason", "why it does not count"), ("owner", "who answers for it")):
        if not getattr(arguments, option).strip():
            raise UsageError(f'--{option} "": say {why}')
    until = config_waivers.until(arguments.until) if arguments.until else None
    with scan.observed(arguments, [Output("text")]) as seen:
        result = seen.result
        words = _words(arguments, result)
        waiver = ConfiguredWaiver(
            words["policy"],
            words["asset"],
            arguments.reason,
            "",
            arguments.owner,
            Place("--reason"),
            root=words.get("root", ""),
            path=words.get("path", ""),
            plane=words.get("plane", ""),
        )
        found = [
            each
            for each in result.verdicts
            if each.outcome in (Outcome.FAIL, Outcome.UNKNOWN) and waiver.covers(each)
        ]
    _show(found)
    if not found:
        raise UsageError("the waiver would cover nothing that fails or is unknown; it is not written")
    if words["asset"] in _BROAD and not arguments.broad:
        raise UsageError(
            "the waiver would cover every asset; name some with --asset, or take that with --broad"
        )
    if arguments.dry_run:
        return 0
    words |= {"reason": arguments.reason, "owner": arguments.owner}
    words |= {name: value for name in _MORE if (value := getattr(arguments, name, None))}
    if until is not None:
        words["until"] = until
    path = _file(arguments, seen.configured.origin, seen.base)
    config_waivers.write(path, words)
    print(f"wrote it to {path}")
    if until is None:
        print("tfaudit: it holds for ever; --until gives it an end", file=sys.stderr)
    return 0


def _words(arguments: argparse.Namespace, result: ScanResult) -> dict[str, Any]:
    """Return policy, asset and scope of the waiver: those of one finding, or as they were given."""
    scope = {
        name: value
        for name, value in (("root", arguments.root), ("path", arguments.file), ("plane", arguments.plane))
        if value
    }
    policies = {policy.id: policy for policy in result.policies}
    what = arguments.what
    if what in policies or "*" in what:
        if not arguments.asset:
            raise UsageError(
                f"which assets may {what} be unmet on? name them with --asset, * for all with --broad"
            )
        return {"policy": what, "asset": arguments.asset, **scope}
    if explain.is_fingerprint(what) and len(what) >= explain.SHORTEST:
        each = explain.one(result, what)
        root = {"root": each.asset.scope} if each.asset.plane != "live" else {}
        return {"policy": each.policy.id, "asset": arguments.asset or each.asset.lasting, **root, **scope}
    if by_rule(policies.values(), what):
        raise unknown(what, policies, "")
    raise UsageError(
        f'"{what}" is neither a fingerprint nor a policy in force{did_you_mean(what, policies)}; see: tfaudit scan'
    )


def _show(found: Sequence[Verdict]) -> None:
    findings_, unknown = (
        sum(1 for each in found if each.outcome is outcome) for outcome in (Outcome.FAIL, Outcome.UNKNOWN)
    )
    print(f"covers {findings.plural(findings_, 'finding')} and {unknown:,} unknown")
    for each in sorted(found, key=findings.order)[:_SHOWN]:
        print(
            visible(
                f"  {each.policy.severity:<8}  {each.policy.id}  {findings.named(each)}  {findings.where(each)}"
            )
        )
    if len(found) > _SHOWN:
        print(f"  and {len(found) - _SHOWN:,} more")


def _file(arguments: argparse.Namespace, origin: str, base: Path) -> Path:
    """Return the configuration to write to: the one named, the one in force, else a new one at the top."""
    if arguments.to:
        return Path(arguments.to)
    if origin:
        return Path(arguments.config) if arguments.config else base / origin
    return base / CONFIGURATIONS[0]
