"""Keys are PEM files of Ed25519, and nothing of a private one is ever said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tfaudit.errors import UsageError
from tfaudit.evidence import keys


def test_key_id_is_what_openssl_says(tmp_path: Path) -> None:
    private, public = keys.generate()
    (tmp_path / "key.pub").write_text(public)
    command = ["openssl", "pkey", "-pubin", "-in", "key.pub", "-outform", "DER"]
    try:
        der = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    import hashlib

    assert keys.key_id(keys.public_key(public, "key.pub")) == hashlib.sha256(der).hexdigest()
    assert keys.key_id(keys.public_key(private, "key.pem")) == hashlib.sha256(der).hexdigest()


def test_what_is_no_key_is_told_by_its_origin_alone() -> None:
    with pytest.raises(UsageError) as raised:
        keys.private_key("hunter2", "TFAUDIT_SIGNING_KEY")
    assert str(raised.value).startswith("TFAUDIT_SIGNING_KEY: not a private key")
    assert "hunter2" not in str(raised.value)


def test_other_kinds_of_keys_are_refused() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    text = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(UsageError, match="not an Ed25519 key"):
        keys.private_key(text.decode(), "key.pem")


def test_a_locked_key_is_refused_by_name() -> None:
    text = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"word"),
    )
    with pytest.raises(UsageError, match="locked by a password"):
        keys.private_key(text.decode(), "key.pem")
