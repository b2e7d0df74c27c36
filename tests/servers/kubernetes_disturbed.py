"""A cluster whose answers are kept, so that it can be looked at again with one list disturbed."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from tests.servers.answering import AtOnce
from tests.servers.kubernetes_answers import Cluster
from tests.servers.kubernetes_api import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.kubernetes_api import KubernetesApi

Answer = tuple[int, bytes]
STATUS = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "no"}
DISTURBANCES: dict[str, Answer | None] = {
    "denied": (403, json.dumps({**STATUS, "code": 403}).encode()),
    "not found": (404, json.dumps({**STATUS, "code": 404}).encode()),
    "a Status with 200": (200, json.dumps(STATUS).encode()),
    "a page for people": (200, b"<!DOCTYPE html><html><body>Please log in</body></html>"),
    "cut": None,
    "empty": (200, b""),
    "an empty object": (200, b"{}"),
    "a bare list": (200, b"[]"),
    "items that are null": (200, b'{"kind":"List","apiVersion":"v1","metadata":{},"items":null}'),
}
"""What is answered instead; None for the true answer without its last third."""


class Recorded(Cluster):
    """The answers of a cluster, by path with query. `paths` are those that were asked."""

    def __init__(self, url: str, api: KubernetesApi) -> None:
        super().__init__(url, {})
        self.answers: dict[str, Answer] = {}
        self.disturbed = ""
        self.by = ""
        self._api = api

    @property
    def paths(self) -> list[str]:
        """The paths that were asked, without their queries."""
        return sorted({each.partition("?")[0] for each in self.answers})

    def disturb(self, path: str, by: str) -> None:
        """From now on, answer every request for `path` by a disturbance."""
        self.disturbed, self.by = path, by

    def answer(self, asked: str) -> Answer:
        """Return what is answered to a request."""
        if asked not in self.answers:
            self.answers[asked] = self._true(asked)
        status, body = self.answers[asked]
        if asked.partition("?")[0] != self.disturbed:
            return status, body
        return DISTURBANCES[self.by] or (status, body[: len(body) * 2 // 3])

    def _true(self, asked: str) -> Answer:
        try:
            found = self._api.request("GET", asked)
        except Refused as refused:
            return refused.status, json.dumps({**STATUS, "code": refused.status}).encode()
        return 200, json.dumps(found).encode()


@contextmanager
def recorded(api: KubernetesApi) -> Iterator[Recorded]:
    """Stand between a scan and a real API server, as its administrator."""

    class Handler(AtOnce, BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.respond(*running.answer(self.path))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.respond(201, json.dumps({"status": {"userInfo": {"username": "auditor"}}}).encode())

        def respond(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = Recorded(f"http://127.0.0.1:{server.server_port}", api)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
