"""How calls to Azure go over the wire: answers read within bounds, tries that wait no longer than a call may take.

azure-core reads a body for as long as bytes come, and waits for as long as `Retry-After` says, be it a day.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import requests
from azure.core.pipeline.policies import RetryPolicy
from azure.core.pipeline.transport import RequestsTransport
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from tfaudit.sources.live import bounded
from tfaudit.sources.live.failures import CallFailed

METHODS = frozenset({"GET", "POST"})
"""What is tried again: a query of Resource Graph is a POST that changes nothing."""

_SHORTEST_WAIT = 0.1
_LONGEST_BACKOFF_SECONDS = 20


class _Adapter(HTTPAdapter):
    """Sends within the bounds of the call, and hands on bodies that have been read."""

    def send(self, request: Any, *arguments: Any, **given: Any) -> Any:
        """Send a request, waiting for its answer as long as the call may still take."""
        bounded.check()
        timeout = given.get("timeout")
        if isinstance(timeout, tuple):
            given["timeout"] = tuple(bounded.left(each) for each in timeout)
        return super().send(request, *arguments, **given)

    def build_response(self, req: Any, resp: Any) -> requests.Response:
        """Return the answer with its body read; `CallFailed` where a bound is met."""
        try:
            body = bounded.body(resp)
        except ReadTimeoutError as error:
            raise requests.ReadTimeout(error, request=req) from error
        except (HTTPError, OSError) as error:
            raise requests.ConnectionError(error, request=req) from error
        response = super().build_response(req, resp)
        response.raw = BytesIO(body)
        return response


def transport(connections: int, connect_seconds: float, read_seconds: float) -> RequestsTransport:
    """Return the transport of azure-core's pipeline; certificates and proxies are those of the environment."""
    session = requests.Session()
    session.mount("https://", _Adapter(pool_connections=4, pool_maxsize=connections))
    session.mount("http://", _Adapter(pool_connections=4, pool_maxsize=connections))
    return RequestsTransport(
        session=session,
        session_owner=False,
        connection_timeout=connect_seconds,
        read_timeout=read_seconds,
    )


class Patience(RetryPolicy[Any, Any]):
    """Tries again as Azure asks for it, unless it asks for more time than the call has left."""

    def __init__(self, attempts: int) -> None:
        """Try `attempts` times, the first one counted."""
        more = max(0, attempts - 1)
        super().__init__(
            retry_total=more,
            retry_connect=more,
            retry_read=more,
            retry_status=more,
            retry_backoff_max=_LONGEST_BACKOFF_SECONDS,
        )

    def get_retry_after(self, response: Any) -> float | None:
        """Return how long an answer asks to wait; None where it does not say, or in no form of HTTP's."""
        try:
            return super().get_retry_after(response)
        except ValueError:
            return None

    def sleep(self, settings: Any, transport: Any, response: Any = None) -> None:
        """Wait before the next try; `CallFailed` where the answer asks to wait longer than the call may take."""
        asked = self.get_retry_after(response) if response is not None else None
        wait(asked if asked is not None else self.get_backoff_time(settings), transport.sleep)


def wait(seconds: float, sleep: Any) -> None:
    """Wait for `seconds`, by `sleep`; `CallFailed` at once where that is more than the call may still take."""
    if seconds <= 0:
        return
    if seconds > _SHORTEST_WAIT and bounded.left(seconds) < seconds:
        because = f"it was throttled: Azure asks to wait {seconds:,.0f} seconds, longer than a call may take"
        raise CallFailed("throttled", because)
    sleep(seconds)
