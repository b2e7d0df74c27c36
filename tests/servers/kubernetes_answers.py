"""A cluster's API that answers as a test tells it to: for answers that a real one gives too seldom, or never."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import yaml

from tests.servers.answering import AtOnce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

Answer = tuple[int, Any] | tuple[int, Any, "Mapping[str, str]"]
"""A status, a body (bytes as they are, anything else as JSON), and headers."""


class Cluster:
    """A running stand-in. `asked` counts requests by path; `said` maps paths to what is answered to a token."""

    def __init__(self, url: str, said: dict[str, Callable[[str], Answer]]) -> None:
        self.url = url
        self.said = said
        self.asked: Counter[str] = Counter()

    def kubeconfig(self, folder: Path) -> str:
        """The path of a new kubeconfig for it."""
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "stub",
            "clusters": [{"name": "stub", "cluster": {"server": self.url}}],
            "users": [{"name": "me", "user": {"token": "t"}}],
            "contexts": [{"name": "stub", "context": {"cluster": "stub", "user": "me"}}],
        }
        path = folder / "config"
        path.write_text(yaml.safe_dump(config))
        return str(path)


class Dripping(bytes):
    """A body that comes byte by byte, a tenth of a second apart."""


class Cut(bytes):
    """A body of which the second half does not come."""


def page(*items: Mapping[str, Any], kind: str = "PodList", following: str = "") -> Answer:
    """One page of a list."""
    return 200, {"kind": kind, "apiVersion": "v1", "metadata": {"continue": following}, "items": list(items)}


def pod(name: str) -> dict[str, Any]:
    """A pod as a list has it."""
    return {
        "metadata": {"name": name, "namespace": "n", "managedFields": [{}]},
        "spec": {"containers": []},
        "status": {"phase": "x"},
    }


def status(code: int, message: str) -> Answer:
    """An error in the API's form."""
    return code, {"kind": "Status", "apiVersion": "v1", "code": code, "message": message}


@contextmanager
def cluster(**lists: Callable[[str], Answer]) -> Iterator[Cluster]:
    """Run a cluster whose core group serves `lists`, by plural; each gets the token that continues a list."""
    kinds = {"pods": "Pod", "services": "Service", "namespaces": "Namespace"}
    types = [{"name": each, "kind": kinds[each], "verbs": ["list", "get"]} for each in lists]
    said: dict[str, Callable[[str], Answer]] = {
        "/version": lambda _: (200, {"gitVersion": "v1.34.4"}),
        "/apis": lambda _: (200, {"kind": "APIGroupList", "groups": []}),
        "/api/v1": lambda _: (200, {"kind": "APIResourceList", "resources": types}),
        **{f"/api/v1/{name}": answer for name, answer in lists.items()},
    }

    class Handler(AtOnce, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            running.asked[url.path] += 1
            token = parse_qs(url.query).get("continue", [""])[0]
            say = running.said.get(url.path)
            self.respond(*(say(token) if say is not None else status(404, "not found")))

        def do_POST(self) -> None:
            self.respond(201, {"status": {"userInfo": {"username": "auditor"}}})

        def respond(self, code: int, answer: Any, headers: Mapping[str, str] | None = None) -> None:
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(code)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                self.write(body)

        def write(self, body: bytes) -> None:
            if isinstance(body, Cut):
                self.wfile.write(body[: len(body) // 2])
                self.close_connection = True
            elif isinstance(body, Dripping):
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.1)
            else:
                self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = Cluster(f"http://127.0.0.1:{server.server_port}", said)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
