"""A signed bundle of a real run, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.reports.runs import run
from tfaudit.evidence import bundle, keys
from tfaudit.model.result import ScanResult

Packed = Callable[..., Path]


@pytest.fixture(scope="session")
def result() -> ScanResult:
    return run()


@pytest.fixture(scope="session")
def key() -> Ed25519PrivateKey:
    return keys.private_key(keys.generate()[0], "generated")


@pytest.fixture(scope="session")
def public(key: Ed25519PrivateKey) -> Ed25519PublicKey:
    return keys.public_key(keys.public_text(key.public_key()), "generated")


@pytest.fixture
def packed(result: ScanResult, key: Ed25519PrivateKey, tmp_path: Path) -> Packed:
    """Write a bundle of the run, signed unless told otherwise."""

    def pack(name: str = "run.zip", run: ScanResult = result, **settings: object) -> Path:
        path = tmp_path / name
        chosen = bundle.Settings(**{"key": key, "pages": {"index.html": "<p>for people</p>"}, **settings})  # type: ignore[arg-type]
        with path.open("w+b") as out:
            bundle.write(run, out, chosen)
        return path

    return pack
