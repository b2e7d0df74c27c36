"""A bundle is checked with the tools that its own README names, and on the command line."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec.structs import replace

from tests.commands import tfaudit
from tests.evidence.conftest import Packed
from tfaudit.evidence import keys
from tfaudit.model.result import ScanResult

TOOLS = ("jq", "openssl", "base64", "sha256sum", "unzip", "sh")


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def commands(readme: str) -> str:
    """Return the commands that the README gives for checking the signature, as they stand there."""
    lines = readme.split("jq, base64 and openssl 3):\n")[1].split("Then compare", maxsplit=1)[0]
    return "set -e\n" + lines


@pytest.fixture
def unpacked(packed: Packed, public: Ed25519PublicKey, tmp_path: Path) -> Path:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = tmp_path / "unpacked"
    folder.mkdir()
    assert run(f"unzip -q {packed()}", folder).returncode == 0
    (folder / "PUBLIC_KEY.pem").write_text(keys.public_text(public))
    return folder


def test_the_readme_of_a_bundle_can_be_followed(unpacked: Path, public: Ed25519PublicKey) -> None:
    readme = (unpacked / "README.txt").read_text()
    assert run("sha256sum --check --strict SHA256SUMS", unpacked).returncode == 0
    done = run(commands(readme), unpacked)
    assert "Signature Verified Successfully" in done.stdout, done.stderr
    stated = {
        each["name"]: each["digest"]["sha256"]
        for each in json.loads((unpacked / "statement.json").read_text())["subject"]
    }
    assert stated["SHA256SUMS"] in run("sha256sum SHA256SUMS", unpacked).stdout
    der = run("openssl pkey -pubin -in PUBLIC_KEY.pem -outform DER | sha256sum", unpacked).stdout
    assert der.split()[0] == keys.key_id(public)
    assert keys.key_id(public) in readme


def test_by_hand_another_statement_does_not_verify(unpacked: Path) -> None:
    path = unpacked / "attestation.dsse.json"
    other = json.loads(path.read_text())
    other["payload"] = other["payload"].replace("A", "B", 1)
    path.write_text(json.dumps(other))
    done = run(commands((unpacked / "README.txt").read_text()), unpacked)
    assert "Signature Verified Successfully" not in done.stdout
    assert done.returncode != 0


def test_other_programs_see_the_same_members(packed: Packed) -> None:
    if shutil.which("unzip") is None:
        pytest.skip("unzip is not installed")
    path = packed()
    assert run(f"unzip -tq {path}", path.parent).returncode == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        listed = run(f"unzip -Z1 {path}", path.parent).stdout.split()
        assert listed == archive.namelist()


def test_verifying_says_what_when_how_it_came_out_and_who_signed(
    packed: Packed, public: Ed25519PublicKey, result: ScanResult, tmp_path: Path
) -> None:
    (tmp_path / "audit.pub").write_text(keys.public_text(public))
    done = tfaudit("evidence", "verify", packed(), "--key", "audit.pub", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for words in (
        f"run       {result.run_id}, tfaudit 1.2.3, profile default",
        "observed  2026-11-21T08:00:00Z to 2026-11-21T08:00:01Z",
        "target    code (code, by tfaudit, from files)",
        " fail, ",
        "INCOMPLETE, 1 not read",
        f"signer    Ed25519 key {keys.key_id(public)}, checked with audit.pub",
        "sound: ",
    ):
        assert words in done.stdout


def test_without_a_key_it_is_whole_and_no_more(packed: Packed, tmp_path: Path) -> None:
    done = tfaudit("evidence", "verify", packed(), cwd=tmp_path)
    assert done.returncode == 1
    assert "NOT CHECKED" in done.stdout
    assert "integrity only" in done.stdout
    assert "signer not checked (exit code 1)" in done.stdout
    assert ": sound" not in done.stdout


def test_another_key_and_no_signature_are_told_apart(packed: Packed, tmp_path: Path) -> None:
    stranger = keys.public_text(Ed25519PrivateKey.generate().public_key())
    (tmp_path / "other.pub").write_text(stranger)
    done = tfaudit("evidence", "verify", packed(), "--key", "other.pub", cwd=tmp_path)
    assert (done.returncode, "NOT SOUND" in done.stdout) == (1, True)
    assert "none of the keys given" in done.stdout
    bare = packed("bare.zip", key=None)
    done = tfaudit("evidence", "verify", bare, "--key", "other.pub", cwd=tmp_path)
    assert done.returncode == 1
    assert "nobody: the bundle is not signed" in done.stdout
    done = tfaudit("evidence", "verify", bare, "--allow-unsigned", cwd=tmp_path)
    assert (done.returncode, "signed by nobody" in done.stdout) == (0, True)
    done = tfaudit("evidence", "verify", bare, "--key", "other.pub", "--allow-unsigned", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "give one of the two" in done.stderr


def test_what_a_bundle_says_commands_nobody(packed: Packed, result: ScanResult, tmp_path: Path) -> None:
    odd = replace(
        result,
        scanned=(
            replace(result.scanned[0], target="x\n::error::y ##vso[z]\x1b[31m\ud800", observer="\u202e"),
        ),
    )
    done = tfaudit("evidence", "verify", packed(run=odd), cwd=tmp_path)
    assert "integrity only" in done.stdout
    assert not re.search(r"(?m)^\s*::|##vso\[|\x1b|\u202e", done.stdout)
