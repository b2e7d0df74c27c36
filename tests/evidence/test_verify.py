"""Whatever is done to a bundle after it was signed is reported, member by member; a hostile archive harms nobody."""

from __future__ import annotations

import io
import json
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec.structs import replace

from tests.commands import tfaudit
from tests.evidence.conftest import Packed
from tfaudit.errors import EvidenceError
from tfaudit.evidence import archive, bundle, keys
from tfaudit.evidence.verify import Verification, verify
from tfaudit.model.result import ScanResult

Contents = dict[str, bytes]


@pytest.fixture
def tampered(
    packed: Packed, public: Ed25519PublicKey, tmp_path: Path
) -> Callable[[Callable[[Contents], object]], Verification]:
    """Verify a bundle whose contents were changed and packed again as tidily as before."""

    def tamper(change: Callable[[Contents], object]) -> Verification:
        with zipfile.ZipFile(packed()) as original:
            contents = {name: original.read(name) for name in original.namelist()}
        change(contents)
        path = tmp_path / "tampered.zip"
        with path.open("w+b") as out:
            writer = archive.Writer(out)
            for name, content in contents.items():
                writer.add(name, [content], packed=name not in (bundle.MANIFEST, bundle.ATTESTATION))
            writer.close()
        return verify(path, [public])

    return tamper


def test_an_untouched_bundle_is_sound(packed: Packed, public: Ed25519PublicKey) -> None:
    found = verify(packed(), [public])
    assert found.problems == []
    assert found.signature == "valid"
    assert found.sound()
    assert found.predicate["summary"]["complete"] is False


MEMBERS = (
    "README.txt",
    "SHA256SUMS",
    "controls.json",
    "frameworks/soc2.json",
    "index.html",
    "manifest.json",
    "policies/backups-reach-back.json",
    "run.json",
    "unread.json",
    "verdicts.jsonl",
)


@pytest.mark.parametrize("name", MEMBERS)
def test_an_altered_member_is_named(name: str, tampered: Callable[..., Verification]) -> None:
    found = tampered(lambda contents: contents.update({name: contents[name] + b" "}))
    assert [problem for problem in found.problems if problem.startswith(f"{name}: altered")]
    assert not found.sound()


@pytest.mark.parametrize("name", MEMBERS)
def test_a_missing_member_is_named(name: str, tampered: Callable[..., Verification]) -> None:
    found = tampered(lambda contents: contents.pop(name))
    assert found.problems == [f"{name}: missing"]


def test_an_added_member_is_named(tampered: Callable[..., Verification]) -> None:
    found = tampered(lambda contents: contents.update({"policies/extra.json": b"{}"}))
    assert found.problems == ["policies/extra.json: added: the statement does not name it"]


def test_a_swapped_verdict_is_found_though_manifest_and_sums_were_made_to_fit(
    packed: Packed, result: ScanResult, tampered: Callable[..., Verification]
) -> None:
    kinder = replace(result, verdicts=[each for each in result.verdicts if each.outcome != "fail"])
    with zipfile.ZipFile(packed("kinder.zip", run=kinder)) as other:
        theirs = {
            name: other.read(name) for name in ("verdicts.jsonl", "manifest.json", "SHA256SUMS", "run.json")
        }
    found = tampered(lambda contents: contents.update(theirs))
    assert {problem.split(":")[0] for problem in found.problems} >= {
        "verdicts.jsonl",
        "manifest.json",
        "run.json",
    }


def _payload(contents: Contents, change: Callable[[dict[str, Any]], object]) -> None:
    envelope = json.loads(contents["attestation.dsse.json"])
    change(envelope)
    contents["attestation.dsse.json"] = (json.dumps(envelope, indent=1) + "\n").encode()


def test_an_altered_statement_is_found(
    packed: Packed, result: ScanResult, tampered: Callable[..., Verification]
) -> None:
    other = json.loads(zipfile.ZipFile(packed("other.zip", previous="ab" * 32)).read("attestation.dsse.json"))
    found = tampered(
        lambda contents: _payload(contents, lambda envelope: envelope.update(payload=other["payload"]))
    )
    assert found.signature == "invalid"
    assert any(problem.startswith("attestation.dsse.json: altered") for problem in found.problems)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"payload": "!", "payloadType": "x", "signatures": []}',
        b'{"payload": 3}',
    ],
)
def test_a_broken_statement_is_found(text: bytes, tampered: Callable[..., Verification]) -> None:
    found = tampered(lambda contents: contents.update({"attestation.dsse.json": text}))
    assert found.signature == "invalid"
    assert not found.sound(allow_unsigned=True)


def test_a_removed_statement_is_found(tampered: Callable[..., Verification]) -> None:
    found = tampered(lambda contents: contents.pop("attestation.dsse.json"))
    assert found.signature == "missing"
    assert not found.sound(allow_unsigned=True)


def test_a_removed_signature_is_not_a_valid_one(tampered: Callable[..., Verification]) -> None:
    found = tampered(lambda contents: _payload(contents, lambda envelope: envelope.update(signatures=[])))
    assert found.signature == "unsigned"
    assert not found.sound()


def test_another_key_is_not_trusted(packed: Packed) -> None:
    stranger = Ed25519PrivateKey.generate().public_key()
    found = verify(packed(), [stranger])
    assert found.signature == "not trusted"
    assert not found.sound(allow_unsigned=True)
    assert "not one of the keys given" in found.problems[0]


def test_without_a_key_nothing_is_trusted(packed: Packed, public: Ed25519PublicKey) -> None:
    found = verify(packed())
    assert found.key == keys.key_id(public)
    assert not found.sound()


def test_an_unsigned_bundle_is_sound_only_where_that_is_allowed(packed: Packed) -> None:
    found = verify(packed(key=None))
    assert (found.signature, found.problems) == ("unsigned", [])
    assert found.sound(allow_unsigned=True)
    assert not found.sound()


def test_a_chain_is_followed(packed: Packed, public: Ed25519PublicKey) -> None:
    first = packed("first.zip")
    second = packed("second.zip", previous=bundle.file_hash(first))
    assert verify(second, [public], previous=first).sound()
    assert "follows another bundle" in verify(second, [public], previous=second).problems[0]
    assert "names no bundle before it" in verify(first, [public], previous=second).problems[0]


def refused(path: Path, bounds: archive.Bounds | None = None) -> str:
    with pytest.raises(EvidenceError) as raised:
        verify(path, bounds=bounds)
    return str(raised.value)


@pytest.mark.parametrize(
    "content", [b"", b"PK", bytes(range(256)) * 20, b"<html>"], ids=["empty", "short", "binary", "page"]
)
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    path.write_bytes(content)
    assert "not a zip archive" in refused(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "gone.zip")


def test_a_cut_archive_is_refused(packed: Packed) -> None:
    path = packed()
    path.write_bytes(path.read_bytes()[:-100])
    assert "not a zip archive" in refused(path)


@pytest.mark.parametrize("before", [True, False])
def test_bytes_outside_of_members_are_refused(before: bool, packed: Packed) -> None:
    path = packed()
    content = path.read_bytes()
    path.write_bytes(b"MZ" * 50 + content if before else content[:-2] + struct.pack("<H", 5) + b"hello")
    assert "not the archive of a bundle" in refused(path)


def test_a_flipped_bit_is_found(packed: Packed, public: Ed25519PublicKey) -> None:
    path = packed()
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as original:
        info = original.getinfo("verdicts.jsonl")
    content[info.header_offset + 60 + info.compress_size // 2] ^= 4
    path.write_bytes(content)
    assert any(problem.startswith("verdicts.jsonl: ") for problem in verify(path, [public]).problems)


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "a/../../b", "a\\b", "a//b", "C:evil", "x\n", ".hidden", "link/"]
)
def test_names_that_lead_elsewhere_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(name, b"x")
    assert "a name that no bundle has" in refused(path)


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("run.json", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("run.json", b"2")
    assert "two members called 'run.json'" in refused(path)


def test_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    info = zipfile.ZipInfo("run.json")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(info, b"/etc/passwd")
    assert "is not as tfaudit writes it" in refused(path)


def test_bombs_are_refused_before_they_unpack(tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    with path.open("w+b") as out:
        writer = archive.Writer(out)
        for number in range(3):
            writer.add(f"zeros{number}", [bytes(1_000_000)] * 4)
        writer.close()
    assert "unpacks to more than" in refused(path, archive.Bounds(total_bytes=10_000_000))
    assert "more than 2 members" in refused(path, archive.Bounds(members=2))


def test_a_member_that_lies_about_its_size_is_damaged(packed: Packed, public: Ed25519PublicKey) -> None:
    path = packed()
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as original:
        size = original.getinfo("verdicts.jsonl").file_size
    real, lie = struct.pack("<I", size), struct.pack("<I", 10)
    path.write_bytes(content.replace(real, lie))
    assert any(problem.startswith("verdicts.jsonl: ") for problem in verify(path, [public]).problems)


def test_a_copy_under_another_name_is_as_sound(
    packed: Packed, public: Ed25519PublicKey, tmp_path: Path
) -> None:
    copy = shutil.copy(packed(), tmp_path / "copy.zip")
    assert verify(Path(copy), [public]).sound()


@pytest.mark.parametrize(
    ("started", "finished", "said"),
    [
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:09Z", ""),
        ("2026-01-01T00:00:09Z", "2026-01-01T00:00:00Z", "ENDS BEFORE IT BEGINS"),
        ("2999-01-01T00:00:00Z", "2999-01-01T00:00:09Z", "FUTURE"),
        ("yesterday", "today", "NO TIMES"),
        ("2026-01-01", "2026-01-01", "NO TIMES"),
    ],
)
def test_odd_times_are_told(
    packed: Packed, result: ScanResult, started: str, finished: str, said: str
) -> None:
    path = packed("odd.zip", replace(result, started=started, finished=finished))
    done = tfaudit("evidence", "verify", path, cwd=path.parent)
    line = next(each for each in done.stdout.splitlines() if each.startswith("observed"))
    assert said in line if said else line.endswith(finished)
