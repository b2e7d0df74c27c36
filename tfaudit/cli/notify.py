"""`tfaudit notify REPORT`: tell people and programs what a JSON report brings, each thing once."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tfaudit.cli import environment
from tfaudit.cli.options import whole_number
from tfaudit.errors import TfauditError, UnreachableError, UsageError
from tfaudit.notify import messages, send, told
from tfaudit.notify.events import Event, events

_ADDRESS = re.compile(r"[^@\s]{1,200}@[^@\s]{1,200}")
_PORTS = 65_536


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; addresses with secrets in them may come from the environment."""
    parser.add_argument("report", metavar="REPORT", help="what scan or live wrote with -o json=REPORT")
    parser.add_argument(
        "--state", metavar="FILE", required=True, help="keeps what was sent, so that nobody hears it twice"
    )
    parser.add_argument(
        "--webhook", metavar="URL", help="JSON, signed with TFAUDIT_WEBHOOK_SECRET (or TFAUDIT_WEBHOOK)"
    )
    parser.add_argument("--slack", metavar="URL", help="a message in Slack's form (or TFAUDIT_SLACK)")
    parser.add_argument("--teams", metavar="URL", help="a message in Teams' form (or TFAUDIT_TEAMS)")
    parser.add_argument(
        "--email", action="append", default=[], metavar="ADDRESS", help="an e-mail; may be repeated"
    )
    parser.add_argument(
        "--sender", default="tfaudit@localhost", metavar="ADDRESS", help="who the e-mail is from"
    )
    parser.add_argument(
        "--smtp", default="localhost:25", metavar="HOST:PORT", help="with TFAUDIT_SMTP_USER and _PASSWORD"
    )
    parser.add_argument(
        "--days", type=whole_number, default=14, metavar="N", help="how early to tell what runs out (14)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Send what is new, and keep that it was sent; exit code 3 where a message could not be sent.

    One way that fails stops no other, and is told later what it has missed.
    """
    report = _report(Path(arguments.report))
    state = Path(arguments.state)
    known = told.read(state)
    every = list(events(report, datetime.now(UTC).date(), arguments.days))
    seen = set(known.ids)
    fresh = [each for each in every if each.id not in seen]
    ways = _ways(arguments, report)
    if not ways:
        raise UsageError("nobody to tell: name --webhook, --slack, --teams or --email")
    new = {each.id for each in fresh}
    due = {way: [each for each in every if each.id in new.union(known.owed.get(way, ()))] for way in ways}
    if not any(due.values()):
        print("nothing new to tell")
        return 0
    told.write(state, known)  # before anything is sent: it would be sent again if this could not be written
    owed = {**known.owed, **{way: [each.id for each in waiting] for way, waiting in due.items()}}
    failed: list[TfauditError] = []
    for way, tell in ways.items():
        if not due[way]:
            continue
        try:
            tell(due[way])
        except UnreachableError as error:
            failed.append(error)
            continue
        owed[way] = []
        told.write(state, told.Told([*known.ids, *(each.id for each in fresh)], owed))
        print(f"sent {len(due[way]):,} by {way}")
    if failed:
        raise failed[0]
    return 0


def _report(path: Path) -> Any:
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(
            f"{path}: no JSON report can be read from it; write one with -o json={path}"
        ) from error
    if not isinstance(document, dict) or not str(document.get("schema", "")).startswith("tfaudit/report/"):
        raise UsageError(f"{path}: it is no JSON report of tfaudit; write one with -o json={path}")
    return document


def _ways(arguments: argparse.Namespace, report: Any) -> dict[str, Callable[[list[Event]], None]]:
    """Return by its name each way that is asked for; `UsageError` for an address that cannot be one."""
    variables = environment.variables()
    target = ", ".join(str(each["target"]) for each in report.get("scanned", ()))
    json_form = {"Content-Type": "application/json"}
    ways: dict[str, Callable[[list[Event]], None]] = {}
    webhook = arguments.webhook or variables.get("TFAUDIT_WEBHOOK", "")
    if webhook:
        send.check(webhook)
        secret = variables.get("TFAUDIT_WEBHOOK_SECRET", "")
        ways["webhook"] = lambda fresh: send.post(webhook, *messages.webhook(fresh, report["run"], secret))
    for name, form in (("slack", messages.slack), ("teams", messages.teams)):
        url = getattr(arguments, name) or variables.get(f"TFAUDIT_{name.upper()}", "")
        if url:
            send.check(url)
            ways[name] = lambda fresh, url=url, form=form: send.post(url, form(fresh, target), json_form)  # type: ignore[misc]
    if arguments.email:
        host, _, port = arguments.smtp.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < _PORTS:
            raise UsageError(f'--smtp: "{arguments.smtp}" is not HOST:PORT')
        for each in (*arguments.email, arguments.sender):
            if not _ADDRESS.fullmatch(each):
                raise UsageError(f'"{each}" is no e-mail address; write it as team@example.org')
        who = variables.get("TFAUDIT_SMTP_USER", ""), variables.get("TFAUDIT_SMTP_PASSWORD", "")
        ways["e-mail"] = lambda fresh: send.mail(
            messages.email(fresh, target, arguments.sender, arguments.email), host, int(port), *who
        )
    return ways
