"""What a cluster's lists do on bad days: pages that grow too old, a busy server, an answer that is none."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tfaudit.errors import UnreachableError
from tfaudit.model.resources import Resource, Unread
from tfaudit.sources.live.kubernetes import connect
from tfaudit.sources.live.kubernetes.session import KubernetesTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Answer = tuple[int, Any]
DISCOVERY = {"resources": [{"name": "pods", "kind": "Pod", "verbs": ["list", "get"]}]}


@contextmanager
def cluster(pods: Callable[[str], Answer]) -> Iterator[str]:
    """A stand-in for an API server, for answers that a real one gives too seldom; `pods` gets the continue token."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            token = parse_qs(url.query).get("continue", [""])[0]
            fixed = {"/version": {}, "/apis": {"groups": []}, "/api/v1": DISCOVERY}
            status, answer = (200, fixed[url.path]) if url.path in fixed else pods(token)
            self.respond(status, answer)

        def do_POST(self) -> None:
            self.respond(201, {"status": {"userInfo": {"username": "auditor"}}})

        def respond(self, status: int, answer: Any) -> None:
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def collect(url: str, folder: Path) -> list[Resource | Unread]:
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "stub",
        "clusters": [{"name": "stub", "cluster": {"server": url}}],
        "users": [{"name": "me", "user": {"token": "t"}}],
        "contexts": [{"name": "stub", "context": {"cluster": "stub", "user": "me"}}],
    }
    path = folder / "config"
    path.write_text(json.dumps(config))
    return list(connect(KubernetesTarget(str(path))).collect(["core/Pod", "core/Secret"]))


def page(*names: str, following: str = "") -> Answer:
    items = [
        {"metadata": {"name": name, "namespace": "n", "managedFields": [{}]}, "status": {"phase": "x"}}
        for name in names
    ]
    return 200, {"metadata": {"continue": following}, "items": items}


def status(code: int, message: str) -> Answer:
    return code, {"kind": "Status", "code": code, "message": message}


def names(found: list[Resource | Unread]) -> list[str]:
    return [each.address if isinstance(each, Resource) else each.because for each in found]


def test_every_page_is_read_and_trimmed(tmp_path: Path) -> None:
    with cluster(lambda token: page("b") if token == "2" else page("a", following="2")) as url:
        found = collect(url, tmp_path)
    assert names(found) == ["core/Pod n/a", "core/Pod n/b"]
    first = found[0]
    assert isinstance(first, Resource)
    assert first.body == {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "n"}}
    assert (first.plane, str(first.place)) == ("live", "GET /api/v1/namespaces/n/pods/a")


def test_a_list_whose_pages_grow_too_old_is_begun_again(tmp_path: Path) -> None:
    calls: list[str] = []

    def pods(token: str) -> Answer:
        calls.append(token)
        if token == "old":
            return status(410, "the provided continue parameter is too old")
        return page("a", following="old" if len(calls) == 1 else "")

    with cluster(pods) as url:
        assert names(collect(url, tmp_path)) == ["core/Pod n/a"]
    assert calls == ["", "old", ""]


def test_a_list_that_is_always_too_old_is_unread(tmp_path: Path) -> None:
    with cluster(lambda token: status(410, "too old") if token else page("a", following="2")) as url:
        gap, stand_in = collect(url, tmp_path)
    assert names([gap]) == ["list pods failed with 410: its pages were too old 3 times"]
    assert names([stand_in]) == ["core/Pod (not listed)"]


def test_a_busy_server_is_asked_again(tmp_path: Path) -> None:
    answers = [status(429, "slow down"), page("a")]
    with cluster(lambda _: answers.pop(0)) as url:
        assert names(collect(url, tmp_path)) == ["core/Pod n/a"]


def test_a_refusal_names_who_may_not_do_what(tmp_path: Path) -> None:
    with cluster(lambda _: status(403, "no")) as url:
        gap = collect(url, tmp_path)[0]
    assert isinstance(gap, Unread)
    assert (str(gap.place), gap.because, gap.settle_with) == (
        "GET /api/v1/pods",
        "auditor may not list pods",
        "grant list on pods",
    )


@pytest.mark.parametrize("answer", [b"<html>", b""])
def test_what_is_no_api_server_is_told(tmp_path: Path, answer: bytes) -> None:
    with (
        cluster(lambda _: (200, answer)) as url,
        pytest.raises(UnreachableError, match="is it a Kubernetes API server"),
    ):
        collect(url, tmp_path)
