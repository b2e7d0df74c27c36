"""What a TLS endpoint shows of itself: the certificate of its handshake. Nothing is sent beside that.

The certificate is looked at and not trusted: one that has ended, or that nobody knows, is what a scan is to find.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator

from msgspec import Struct

from tfaudit.clock import Clock
from tfaudit.errors import UsageError
from tfaudit.model.resources import Place, Resource, Unread

TYPE = "tls.handshake"
"""The type of the resources: one for each endpoint."""

SECONDS = 10.0
"""How long an endpoint may take to connect, and again to shake hands."""

MOST = 1_000
"""How many endpoints one scan takes."""

_ENDPOINT = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]{2,45})\]|(?P<host>[A-Za-z0-9_.-]{1,253}))(?::(?P<port>\d{1,5}))?"
)


class Endpoint(Struct, frozen=True):
    """A host, which is also the name that is asked for, and a port."""

    host: str
    port: int = 443

    def __str__(self) -> str:
        """Return `host:port`, with brackets around an address of IPv6."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def endpoint(text: str) -> Endpoint:
    """Return the endpoint that `HOST`, `HOST:PORT` or `[ADDRESS]:PORT` names; raises `UsageError` for anything else."""
    found = _ENDPOINT.fullmatch(text)
    port = int(found["port"] or 443) if found else 0
    if found is None or not 0 < port < 65_536 or found[0].startswith("-"):
        raise UsageError(f'"{text[:120]}" is no endpoint; write HOST, HOST:PORT or [ADDRESS]:PORT')
    return Endpoint((found["six"] or found["host"]).rstrip("."), port)


def collect(endpoints: list[Endpoint], clock: Clock, observed_at: str) -> Iterator[Resource | Unread]:
    """Yield the certificate of each endpoint; one that does not answer is `Unread`."""
    for each in endpoints:
        place = Place(f"{TYPE} {each}")
        left = min(SECONDS, clock.reading_left)
        if left <= 0:
            yield Unread(place, clock.because, clock.settle_with)
            continue
        try:
            certificate = _certificate(each, left)
        except (OSError, ValueError) as error:
            because = f"it did not shake hands: {type(error).__name__}: {str(error)[:200]}"
            yield Unread(place, because, "see that it can be reached from here and speaks TLS")
            continue
        body = {"Endpoint": str(each), "Certificate": ssl.DER_cert_to_PEM_cert(certificate)}
        context = {"observed_at": observed_at}
        yield Resource(TYPE, str(each), body, place, "live", "api", f"tls:{each}", context=context)


def _certificate(to: Endpoint, seconds: float) -> bytes:
    """Return the endpoint's own certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    # Of a server that speaks old versions or weak ciphers alone, the certificate is wanted all the same.
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    with (
        socket.create_connection((to.host, to.port), timeout=seconds) as plain,
        context.wrap_socket(plain, server_hostname=to.host) as secured,
    ):
        shown = secured.getpeercert(binary_form=True)
    if shown is None:
        raise ValueError("it shows no certificate")
    return shown
