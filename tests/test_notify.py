"""Messages about a report: signed, retried, of each receiver's form, and never twice for one thing."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.commands import tfaudit
from tests.servers.answering import AtOnce
from tfaudit.errors import UnreachableError, UsageError
from tfaudit.notify import messages, send
from tfaudit.notify.events import Event, events

KEY = 'resource "aws_kms_key" "{name}" {{\n  enable_key_rotation = false\n}}\n'
SOON = (datetime.now(UTC).date() + timedelta(days=5)).isoformat()


class Receiver:
    """A server on loopback that answers what it is told to, and keeps what it gets."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        outer = self

        class Handler(AtOnce, BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                self.send_response(outer.answers.pop(0) if outer.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook/secret-path"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.server.shutdown()
    one.server.server_close()


def report(folder: Path, *names: str, more: str = "") -> Path:
    (folder / "main.tf").write_text("".join(KEY.format(name=name) for name in names) + more)
    tfaudit("scan", "main.tf", "--policy", "key-rotation", "-o", "json=report.json", cwd=folder)
    return folder / "report.json"


def test_each_thing_is_told_once_and_signed(tmp_path: Path, receiver: Receiver) -> None:
    environment = {"TFAUDIT_WEBHOOK": receiver.url, "TFAUDIT_WEBHOOK_SECRET": "s3cret"}

    def notify() -> str:
        done = tfaudit("notify", "report.json", "--state", "told.json", cwd=tmp_path, environment=environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    report(tmp_path, "one")
    assert "sent 1 by webhook" in notify()
    assert "nothing new" in notify()
    report(tmp_path, "one", "two", more="resource {{{")
    assert "sent 2 by webhook" in notify()
    assert len(receiver.got) == 2
    for headers, body in receiver.got:
        expected = "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
        assert headers["X-Tfaudit-Signature-256"] == expected
    kinds = [each["kind"] for each in json.loads(receiver.got[1][1])["events"]]
    assert kinds == ["new_failure", "incomplete"]


def test_a_message_that_is_not_taken_is_not_told(tmp_path: Path, receiver: Receiver) -> None:
    report(tmp_path, "one")
    receiver.answers = [403]
    done = tfaudit("notify", "report.json", "--state", "told.json", "--slack", receiver.url, cwd=tmp_path)
    assert done.returncode == 3
    assert "answers 403" in done.stderr
    assert "secret-path" not in done.stderr
    assert json.loads((tmp_path / "told.json").read_text())["told"] == []
    assert (
        tfaudit(
            "notify", "report.json", "--state", "told.json", "--slack", receiver.url, cwd=tmp_path
        ).returncode
        == 0
    )


def test_a_way_that_fails_is_told_later_and_the_others_hear_nothing_twice(
    tmp_path: Path, receiver: Receiver
) -> None:
    other = Receiver()

    def notify() -> tuple[int, str]:
        ways = ("--webhook", receiver.url, "--slack", other.url)
        done = tfaudit("notify", "report.json", "--state", "told.json", *ways, cwd=tmp_path)
        return done.returncode, done.stdout

    report(tmp_path, "one")
    other.answers = [403]
    assert notify() == (3, "sent 1 by webhook\n")
    report(tmp_path, "one", "two")
    receiver.answers = [403]
    assert notify() == (3, "sent 2 by slack\n")
    assert notify() == (0, "sent 1 by webhook\n")
    assert notify() == (0, "nothing new to tell\n")
    said = [[each["says"] for each in json.loads(body)["events"]] for _, body in receiver.got]
    assert [[says.split(":")[1] for says in each] for each in said] == [
        [" aws_kms_key.one"],
        [" aws_kms_key.two"],
        [" aws_kms_key.two"],
    ]
    other.server.shutdown()
    other.server.server_close()


def test_a_server_that_is_busy_is_asked_again_and_later(receiver: Receiver) -> None:
    receiver.answers = [503, 429, 200]
    send.post(receiver.url, b"{}", {}, first_wait=0.01)
    assert len(receiver.got) == 3
    receiver.answers = [503] * 10
    with pytest.raises(UnreachableError, match="503"):
        send.post(receiver.url, b"{}", {}, first_wait=0.01)
    assert len(receiver.got) == 8


def test_addresses_elsewhere_are_https_only() -> None:
    with pytest.raises(UsageError, match="https"):
        send.post("http://hooks.example.org/x", b"", {})


def test_waivers_that_run_out_and_what_is_compared(tmp_path: Path) -> None:
    waived = f"# tfaudit:ignore key-rotation until={SOON} it signs\n" + KEY.format(name="w")
    document = json.loads(report(tmp_path, "one", more=waived).read_text())
    today = datetime.now(UTC).date()
    found = list(events(document, today))
    assert [each.kind for each in found] == ["new_failure", "waiver_expires"]
    assert SOON in found[1].says
    assert [each.kind for each in events(document, today, days=2)] == ["new_failure"]
    for each in document["verdicts"]:
        each["change"] = "unchanged"
    assert [each.kind for each in events(document, today)] == ["waiver_expires"]


def test_certificates_that_run_out_are_told_in_two_stages() -> None:
    verdict = {
        "policy": "p", "outcome": "pass", "severity": "high", "setting": "tls.certificate_days_left", "value": 10,
        "asset": {"address": "example.org:443"}, "fingerprint": "f", "because": "", "places": [{"origin": "x"}],
    }  # fmt: skip
    run = {"policies": {}, "verdicts": [verdict], "unread": [], "summary": {"complete": True}}
    (soon,) = events(run, date(2026, 1, 1))
    verdict["value"] = 5
    (now,) = events(run, date(2026, 1, 1))
    assert soon.id != now.id
    verdict["value"] = 50
    assert list(events(run, date(2026, 1, 1))) == []


HOSTILE = Event("a", "new_failure", "<!channel> *bold* @all\u202e\nnext", "high", "main.tf:1")


def test_forms_of_slack_and_teams_hold_foreign_text_as_text() -> None:
    slack = json.loads(messages.slack([HOSTILE], "repo"))
    section = slack["blocks"][1]["text"]
    assert "&lt;!channel&gt;" in section["text"]
    assert "<!channel>" not in section["text"]
    assert len(slack["blocks"][0]["text"]["text"]) <= 150
    teams = json.loads(messages.teams([HOSTILE] * 30, "repo"))
    (attachment,) = teams["attachments"]
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    lines = [each["inlines"][0]["text"] for each in card["body"] if each["type"] == "RichTextBlock"]
    assert (len(lines), lines[-1]) == (21, "and 10 more")
    mail = messages.email([HOSTILE], "repo\nBcc: x@example.org", "a@example.org", ["b@example.org"])
    assert mail["Bcc"] is None
    assert "\u202e" not in mail.get_content()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("absent.json", "--state", "s"), "no JSON report"),
        (("report.json", "--state", "s"), "nobody to tell"),
        (("report.json", "--state", "main.tf", "--slack", "https://x.example"), "no file of what was sent"),
        (("report.json", "--state", "s", "--email", "a@b", "--smtp", "nonsense"), "HOST:PORT"),
        (("report.json",), "--state"),
    ],
)
def test_wrong_use_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    report(tmp_path, "one")
    done = tfaudit("notify", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
