"""An account whose answers are kept, so that it can be looked at again with one type of call disturbed.

`Recorded.send` takes the place of the network: what was asked before is answered from memory, byte by byte as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSResponse

from tfaudit.sources.live.aws.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer = tuple[int, dict[str, str], bytes]
Disturbance = Callable[["Mapping[str, Any]", Answer], Answer]


class _Body:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body


class Recorded:
    """The answers of an account. `operations` are the types of calls that were made, `s3.GetBucketAcl`."""

    def __init__(self) -> None:
        self.operations: set[str] = set()
        self._answers: dict[tuple[str, str, bytes], Answer] = {}
        self._network = Transport(True, (5, 60), 10)
        self._disturbed = ""
        self._by: Disturbance = lambda _, answer: answer

    def disturb(self, operation: str, by: Disturbance) -> None:
        """From now on, have `by` say what is answered to every call of `operation`, "" for none."""
        self._disturbed, self._by = operation, by

    def send(self, request: Any, event_name: str, **_: Any) -> AWSResponse:
        """Answer a prepared request, as botocore's event `before-send` wants it."""
        operation = event_name.partition(".")[2]
        body = request.body if isinstance(request.body, bytes) else str(request.body or "").encode()
        key = (operation, request.url, body)
        answer = self._answers.get(key)
        if answer is None:
            self.operations.add(operation)
            told = self._network.send(request)
            answer = self._answers[key] = (told.status_code, dict(told.headers), told.content)
        if operation == self._disturbed:
            answer = self._by({"operation": operation, "path": urlsplit(request.url).path}, answer)
        status, headers, content = answer
        return AWSResponse(
            request.url, status, {each.lower(): value for each, value in headers.items()}, _Body(content)
        )


def _is_json(answer: Answer) -> bool:
    return answer[2].lstrip()[:1] in (b"{", b"[")


def denied(_: Mapping[str, Any], answer: Answer) -> Answer:
    """AWS's own refusal, in the form of the protocol."""
    if _is_json(answer):
        text = json.dumps({"__type": "AccessDeniedException", "message": "not authorized"})
        return (
            400,
            {"content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "AccessDeniedException"},
            text.encode(),
        )
    error = "<Error><Code>AccessDenied</Code><Message>not authorized</Message></Error>"
    return 403, {"content-type": "text/xml"}, f"<ErrorResponse>{error}</ErrorResponse>".encode()


def page_for_people(_: Mapping[str, Any], answer: Answer) -> Answer:
    """What a proxy says, with a status that says that all is well."""
    return (
        200,
        {"content-type": "text/html"},
        b"<!DOCTYPE html><html><body><h1>Please log in</h1></body></html>",
    )


def cut(_: Mapping[str, Any], answer: Answer) -> Answer:
    """An answer of which the last third did not come, though its length fits."""
    status, headers, body = answer
    return status, headers, body[: len(body) * 2 // 3]


def empty(_: Mapping[str, Any], answer: Answer) -> Answer:
    """No body at all."""
    return 200, answer[1], b""


def hollow(_: Mapping[str, Any], answer: Answer) -> Answer:
    """A document with nothing in it: `{}`, or another element than AWS's."""
    return 200, answer[1], b"{}" if _is_json(answer) else b"<Response/>"


DISTURBANCES: dict[str, Disturbance] = {
    "denied": denied,
    "a page for people": page_for_people,
    "cut": cut,
    "empty": empty,
    "hollow": hollow,
}
