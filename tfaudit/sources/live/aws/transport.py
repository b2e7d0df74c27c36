"""How calls to AWS go over the wire: one pool of connections for all clients, and answers read within bounds.

botocore sends what its event `before-send` does not, and reads a body for as long as bytes come. So that event sends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.sources.live import bounded


class Transport:
    """Sends botocore's requests as botocore would, with its certificates and proxies; safe to share between threads."""

    def __init__(self, verify: str | bool, timeouts: tuple[float, float], connections: int) -> None:
        """Take a bundle of certificate authorities (True for the usual one), and seconds to connect and to read."""
        self._verify = verify
        self._timeouts = timeouts
        self._connections = connections
        self._sessions: dict[tuple[tuple[str, str], ...], Any] = {}

    def send(self, request: Any, **_: Any) -> Any:
        """Return the answer to a prepared request, its body read: as botocore's event `before-send` wants it.

        Raises botocore's own errors, which it may try again on, and `CallFailed` where a bound is met.
        """
        from botocore import exceptions
        from botocore.awsrequest import AWSResponse
        from urllib3.exceptions import HTTPError, ReadTimeoutError

        bounded.check()
        request.stream_output = True  # so that the session leaves the body to us
        answer = self._session(request.url).send(request)
        try:
            body = bounded.body(answer.raw)
        except ReadTimeoutError as error:
            raise exceptions.ReadTimeoutError(endpoint_url=request.url, error=error) from error
        except (HTTPError, OSError) as error:
            raise exceptions.ConnectionClosedError(
                error=error, request=request, endpoint_url=request.url
            ) from error
        return AWSResponse(answer.url, answer.status_code, answer.headers, _Read(body))

    def _session(self, url: str) -> Any:
        from botocore.httpsession import URLLib3Session
        from botocore.utils import get_environ_proxies

        proxies = get_environ_proxies(url)
        key = tuple(sorted(proxies.items()))
        session = self._sessions.get(key)
        if session is None:
            session = URLLib3Session(
                verify=self._verify,
                proxies=proxies,
                timeout=self._timeouts,
                max_pool_connections=self._connections,
            )
            session = self._sessions.setdefault(key, session)
        return session


class _Read:
    """A body that has been read."""

    __slots__ = ("_body",)

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body
