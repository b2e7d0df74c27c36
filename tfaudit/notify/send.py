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
_WHY = {
    "NameResolutionError": "there is no such host",
    "gaierror": "there is no such host",
    "NewConnectionError": "nobody answers there",
    "ConnectionRefusedError": "nobody answers there",
    "ConnectTimeoutError": "no answer in time",
    "ReadTimeoutError": "no answer in time",
    "TimeoutError": "no answer in time",
    "SSLError": "its certificate is not trusted, or it speaks no TLS",
    "SSLCertVerificationError": "its certificate is not trusted",
    "SMTPNotSupportedError": "it offers no encryption (STARTTLS)",
    "SMTPAuthenticationError": "it does not take this user and password",
    "SMTPRecipientsRefused": "it takes no mail for these addresses",
    "SMTPSenderRefused": "it takes no mail from this sender",
}
"""What goes wrong by its class: urllib3's, the socket library's, and smtplib's."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def check(url: str) -> None:
    """Raise `UsageError` for an address that is not https:// (or on this machine), or has no host."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError("the address of a webhook is none: its host or port cannot be read") from error
    if not host or parts.scheme not in ("http", "https") or (parts.scheme == "http" and host not in _LOCAL):
        raise UsageError(f"{host or 'the address'}: a webhook is sent by https:// only")


def post(url: str, body: bytes, headers: Mapping[str, str], *, first_wait: float = 0.5) -> None:
    """Send `body` to `url`, five times at most; the waits between double, or are what the server asks for.

    Raises `UsageError` for an address that `check` does not take, `UnreachableError` where nobody takes the message.
    An address may hold a secret: only its host is ever shown.
    """
    import urllib3

    check(url)
    parts = urlsplit(url)
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
            f"{parts.hostname}: the message could not be sent ({_why(error)}); it does not count as sent"
        ) from error
    if not 200 <= answer.status < 300:
        raise UnreachableError(
            f"{parts.hostname}: it answers {answer.status}; the message does not count as sent"
        )


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
            f"{host}:{port}: the e-mail could not be sent ({_why(error)}); it does not count as sent"
        ) from error


def _why(error: Exception) -> str:
    """Return why nobody took a message, in plain words where they are known; an error's own may hold the address."""
    cause: object = error
    for _ in range(5):
        words = next((says for name, says in _WHY.items() if name == type(cause).__name__), "")
        if words:
            return words
        cause = getattr(cause, "reason", None) or getattr(cause, "__cause__", None)
    return type(error).__name__
