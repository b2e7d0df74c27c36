"""Real handshakes on loopback: what a certificate is judged by, and what an endpoint cannot do to a scan."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.commands import tfaudit
from tfaudit.errors import UsageError
from tfaudit.sources.live.tls import Endpoint, endpoint


def certificate(folder: Path, key: Any, days: int) -> Path:
    """A file with a key and a certificate of its own that ends in so many days."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "shop.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1_000))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def served(answer: Any) -> Iterator[int]:
    """A port of loopback that hands each connection to `answer`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    one, _ = listening.accept()
                except OSError:
                    return
                with one, suppress(OSError):
                    answer(one)

        threading.Thread(target=serve, daemon=True).start()
        yield int(listening.getsockname()[1])


def shaking_hands(path: Path) -> Any:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(path)

    def answer(one: socket.socket) -> None:
        with context.wrap_socket(one, server_side=True) as secured:
            secured.recv(1)

    return answer


def report(folder: Path, *endpoints: str) -> Any:
    done = tfaudit("live", "tls", *endpoints, "-o", "json", "--fail-on", "never", cwd=folder)
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def outcomes(found: Any) -> dict[str, str]:
    return {
        each["policy"]: each["outcome"]
        for each in found["verdicts"]
        if each["policy"].startswith("certificate-")
    }


def test_a_sound_certificate_passes(tmp_path: Path) -> None:
    with served(shaking_hands(certificate(tmp_path, ec.generate_private_key(ec.SECP256R1()), 90))) as port:
        found = report(tmp_path, f"localhost:{port}")
    assert outcomes(found) == {
        "certificate-key-strength": "pass",
        "certificate-not-near-expiry": "pass",
        "certificate-renewed": "not_applicable",
        "certificate-validity": "not_applicable",
    }


def test_one_that_ended_and_has_a_short_key_fails(tmp_path: Path) -> None:
    short = rsa.generate_private_key(65_537, 1_024)  # noqa: S505 - it is to be found
    with served(shaking_hands(certificate(tmp_path, short, -3))) as port:
        found = report(tmp_path, f"127.0.0.1:{port}")
    assert outcomes(found)["certificate-key-strength"] == "fail"
    assert outcomes(found)["certificate-not-near-expiry"] == "fail"


def test_what_does_not_shake_hands_leaves_the_scan_incomplete(tmp_path: Path) -> None:
    with served(lambda one: one.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        done = tfaudit("live", "tls", f"127.0.0.1:{port}", cwd=tmp_path)
    assert done.returncode == 3
    assert "did not shake hands" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("shop.example", Endpoint("shop.example")),
        ("shop.example.:8443", Endpoint("shop.example", 8443)),
        ("[::1]:443", Endpoint("::1")),
    ],
)
def test_an_endpoint_is_read(text: str, found: Endpoint) -> None:
    assert endpoint(text) == found


@pytest.mark.parametrize(
    "text",
    ["", "https://shop.example", "shop.example:0", "shop.example:99999", "-o", "a b", "::1", "x" * 400],
)
def test_what_is_no_endpoint_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="is no endpoint"):
        endpoint(text)
