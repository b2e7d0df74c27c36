"""Sends messages: by HTTPS with retries that wait longer each time, and by SMTP."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from urllib.parse import urlsplit

from tfaudit.errors import UnreachableError, UsageError

_ATTEMPTS = 5
_SECONDS = 10.0
# Too many requests, and what a server may mend by itself.
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def post(url: str, body: bytes, headers: Mapping[str, str], *, first_wait: float = 0.5) -> None:
    """Send `body` to `url`, five times at most; the waits between double, or are what the server asks for.

    Raises `UsageError` for an address that is not https:// (or on this machine), `UnreachableError` where nobody takes
    the message. An address may hold a secret: only its host is ever shown.
    """
    import urllib3

    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOCAL:
        raise UsageError(f"{parts.hostname or 'the address'}: a webhook is sent by https:// only")
    retries = urllib3.Retry(
        total=_ATTEMPTS - 1,
        backoff_factor=first_wait,
        status_forcelist=_AGAIN,
        allowed_methods=None,
        redirect=0,
        raise_on_status=False,
        raise_on_redirect=False,
    )
    try:
        answer = urllib3.PoolManager().request(
            "POST", url, body=body, headers=dict(headers), retries=retries, timeout=_SECONDS, redirect=False
        )
    except urllib3.exceptions.HTTPError as error:
        raise UnreachableError(
            f"{parts.hostname}: the message could not be sent ({type(error).__name__}); nothing counts as sent"
        ) from error
    if not 200 <= answer.status < 300:
        raise UnreachableError(f"{parts.hostname}: it answers {answer.status}; nothing counts as sent")


def mail(message: EmailMessage, host: str, port: int, user: str, password: str) -> None:
    """Send an e-mail by the server at `host`, by STARTTLS unless it is this machine.

    Raises `UnreachableError` where the server does not take it.
    """
    import smtplib
    import ssl

    try:
        with smtplib.SMTP(host, port, timeout=_SECONDS) as server:
            if host not in _LOCAL:
                server.starttls(context=ssl.create_default_context())
            if user:
                server.login(user, password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise UnreachableError(
            f"{host}:{port}: the e-mail could not be sent ({type(error).__name__}); nothing counts as sent"
        ) from error
