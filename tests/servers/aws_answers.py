"""An AWS endpoint that answers as a test tells it to: refusals, throttling, nonsense, silence. Moto cannot."""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
from collections import Counter
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from tests.servers.answering import AtOnce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Answer = Callable[[Mapping[str, str]], tuple[int, str]]


class Dripping(str):
    """A body that comes byte by byte, a tenth of a second apart."""

    __slots__ = ()


IDENTITY = (
    "<GetCallerIdentityResponse><GetCallerIdentityResult>"
    "<Arn>arn:aws:sts::123456789012:assumed-role/audit/ci</Arn><UserId>A:ci</UserId><Account>123456789012</Account>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>"
)


class Answers:
    """A running endpoint. `asked` counts the calls by action; `said` maps actions to what is answered."""

    def __init__(self, url: str, said: dict[str, Answer]) -> None:
        self.url = url
        self.said = said
        self.asked: Counter[str] = Counter()


def refused(code: str, message: str = "", status: int = 403) -> Answer:
    """An error in the form of the query and REST protocols; JSON clients find the code in it too."""
    xml = f"<Code>{code}</Code><Message>{message}</Message>"
    return lambda _: (status, f"<ErrorResponse><Error>{xml}</Error></ErrorResponse>")


def told(text: str) -> Answer:
    """The same answer every time."""
    return lambda _: (200, text)


@contextmanager
def answering(**said: Answer) -> Iterator[Answers]:
    """Run an endpoint that says who the caller is, and to each action (`DescribeDBInstances`) what `said` tells.

    For REST, an action is the path of a GET, with its query where `said` has that.
    """

    class Handler(AtOnce, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            given = dict(urllib.parse.parse_qsl(body)) if "Action=" in body else json.loads(body or "{}")
            action = given.get("Action") or self.headers.get("X-Amz-Target", "").rpartition(".")[2]
            self._answer(action, given)

        def _answer(self, action: str, given: Mapping[str, str]) -> None:
            running.asked[action] += 1
            status, text = running.said.get(action, refused("UnknownOperation", status=404))(given)
            self.send_response(status)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            with suppress(OSError):
                self._write(text)

        def _write(self, text: str) -> None:
            if not isinstance(text, Dripping):
                self.wfile.write(text.encode())
                return
            for byte in text.encode():
                self.wfile.write(bytes([byte]))
                time.sleep(0.1)

        def do_GET(self) -> None:
            asked = urllib.parse.urlsplit(self.path)
            self._answer(self.path if self.path in running.said else asked.path, {})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Answers(f"http://127.0.0.1:{server.server_port}", {"GetCallerIdentity": told(IDENTITY), **said})
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
