"""`tfaudit notify REPORT`: tell people and programs what a JSON report brings, each thing once."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tfaudit.cli import environment
from tfaudit.errors import UsageError
from tfaudit.notify import messages, send, told
from tfaudit.notify.events import Event, events


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
        "--days", type=int, default=14, metavar="N", help="how early to tell what runs out (14)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Send what is new, and keep that it was sent; exit code 3 where a message could not be sent."""
    report = _report(Path(arguments.report))
    state = Path(arguments.state)
    known = told.read(state)
    seen = set(known)
    fresh = [each for each in events(report, datetime.now(UTC).date(), arguments.days) if each.id not in seen]
    if not fresh:
        print("nothing new to tell")
        return 0
    ways = _send(arguments, fresh, report)
    if not ways:
        raise UsageError("nobody to tell: name --webhook, --slack, --teams or --email")
    told.write(state, [*known, *(each.id for each in fresh)])
    print(f"sent {len(fresh):,} by {', '.join(ways)}")
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


def _send(arguments: argparse.Namespace, fresh: list[Event], report: Any) -> list[str]:
    variables = environment.variables()
    target = ", ".join(str(each["target"]) for each in report["scanned"])
    json_form = {"Content-Type": "application/json"}
    ways: list[str] = []
    webhook = arguments.webhook or variables.get("TFAUDIT_WEBHOOK", "")
    if webhook:
        body, headers = messages.webhook(fresh, report["run"], variables.get("TFAUDIT_WEBHOOK_SECRET", ""))
        send.post(webhook, body, headers)
        ways.append("webhook")
    for name, form in (("slack", messages.slack), ("teams", messages.teams)):
        url = getattr(arguments, name) or variables.get(f"TFAUDIT_{name.upper()}", "")
        if url:
            send.post(url, form(fresh, target), json_form)
            ways.append(name)
    if arguments.email:
        host, _, port = arguments.smtp.rpartition(":")
        if not host or not port.isdecimal():
            raise UsageError(f'--smtp: "{arguments.smtp}" is not HOST:PORT')
        user, password = variables.get("TFAUDIT_SMTP_USER", ""), variables.get("TFAUDIT_SMTP_PASSWORD", "")
        send.mail(
            messages.email(fresh, target, arguments.sender, arguments.email), host, int(port), user, password
        )
        ways.append("e-mail")
    return ways
