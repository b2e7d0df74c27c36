"""Events as the bodies that receivers take: JSON of our own, Slack's blocks, Teams' cards, and an e-mail."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Any

import msgspec

from tfaudit.foreign import visible
from tfaudit.notify.events import Event

SCHEMA = "tfaudit/events/1"
SIGNATURE = "X-Tfaudit-Signature-256"
"""The header with `sha256=` and the HMAC-SHA256 of the body, in hexadecimal digits, as GitHub's webhooks have it."""
_SHOWN = 20
_TITLES = {
    "new_failure": "new failures",
    "waiver_expires": "waivers that run out",
    "certificate_expires": "certificates that run out",
    "incomplete": "incomplete scans",
}


def webhook(events: Sequence[Event], run: Mapping[str, Any], secret: str) -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers of a webhook; signed where there is a secret."""
    document = {"schema": SCHEMA, "run": dict(run), "events": msgspec.to_builtins(list(events))}
    body = json.dumps(document, ensure_ascii=True).encode()
    headers = {"Content-Type": "application/json"}
    if secret:
        digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers[SIGNATURE] = f"sha256={digest}"
    return body, headers


def slack(events: Sequence[Event], target: str) -> bytes:
    """Return a message in Slack's form (incoming webhooks): a head, and a block of lines for each kind."""
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": _head(events, target)[:150]}}
    ]
    for title, lines in _by_kind(events):
        text = "\n".join(f"• {_slack(line)}" for line in lines)
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": f"*{title}*\n{text}"[:3000]}})
    return json.dumps({"text": _head(events, target), "blocks": blocks}).encode()


def _slack(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def teams(events: Sequence[Event], target: str) -> bytes:
    """Return a message in the form of Teams' workflows: an adaptive card, version 1.4."""
    body: list[dict[str, Any]] = [
        {
            "type": "TextBlock",
            "size": "Medium",
            "weight": "Bolder",
            "text": _head(events, target),
            "wrap": True,
        }
    ]
    for title, lines in _by_kind(events):
        body.append({"type": "TextBlock", "weight": "Bolder", "text": title, "wrap": True})
        # Plain runs: foreign text is no Markdown.
        body += [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line}]} for line in lines]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return json.dumps({"type": "message", "attachments": [attachment]}).encode()


def email(events: Sequence[Event], target: str, sender: str, receivers: Sequence[str]) -> EmailMessage:
    """Return an e-mail in plain text."""
    message = EmailMessage()
    message["Subject"] = _head(events, target)[:200]
    message["From"] = sender
    message["To"] = ", ".join(receivers)
    parts = [f"{title}:\n" + "\n".join(f"  {line}" for line in lines) for title, lines in _by_kind(events)]
    message.set_content("\n\n".join(parts) + "\n")
    return message


def _head(events: Sequence[Event], target: str) -> str:
    kinds = [event.kind for event in events]
    counts = ", ".join(f"{kinds.count(kind)} {title}" for kind, title in _TITLES.items() if kind in kinds)
    return visible(f"tfaudit, {target}: {counts}")


def _by_kind(events: Sequence[Event]) -> list[tuple[str, list[str]]]:
    found = []
    for kind, title in _TITLES.items():
        mine = [event for event in events if event.kind == kind]
        lines = [
            visible(" ".join(filter(None, (each.severity, each.says, each.place and f"({each.place})"))))
            for each in mine[:_SHOWN]
        ]
        if len(mine) > _SHOWN:
            lines.append(f"and {len(mine) - _SHOWN:,} more")
        if mine:
            found.append((title, lines))
    return found
