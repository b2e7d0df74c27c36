"""A bundle that any program may see differently than it was signed never verifies, to the last bit."""

from __future__ import annotations

import base64
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.evidence.conftest import Packed
from tfaudit.errors import EvidenceError
from tfaudit.evidence import archive, bundle, envelope
from tfaudit.evidence.verify import verify

Forge = Callable[[bytes], bytes]


def is_sound(content: bytes, path: Path, public: Ed25519PublicKey) -> bool:
    path.write_bytes(content)
    try:
        return verify(path, [public]).sound()
    except EvidenceError:
        return False


def regions(content: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield what each stretch of a bundle is: headers, data, directory, end."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for info in opened.infolist():
            data = info.header_offset + 30 + len(info.filename)
            yield f"header of {info.filename}", info.header_offset, data
            yield f"data of {info.filename}", data, data + info.compress_size
        yield "directory", opened.start_dir, len(content) - 22
        yield "end", len(content) - 22, len(content)


def test_no_flipped_bit_goes_unseen(packed: Packed, public: Ed25519PublicKey, tmp_path: Path) -> None:
    content = packed().read_bytes()
    path = tmp_path / "changed.zip"
    assert is_sound(content, path, public)
    chosen = random.Random(1)  # noqa: S311 - the same places every time
    for name, start, end in regions(content):
        # Of packed data the last byte matters most: what it has behind its end is no content.
        places = {start, end - 1, *(chosen.randrange(start, end) for _ in range(12))}
        for at in places:
            for bit in {0, 7, chosen.randrange(8)}:
                changed = bytearray(content)
                changed[at] ^= 1 << bit
                assert not is_sound(bytes(changed), path, public), (name, at - start, bit)


def test_no_byte_can_be_added_or_taken_away(packed: Packed, public: Ed25519PublicKey, tmp_path: Path) -> None:
    content = packed().read_bytes()
    path = tmp_path / "changed.zip"
    chosen = random.Random(2)  # noqa: S311 - the same places every time
    for name, start, end in regions(content):
        for at in {start, end, chosen.randrange(start, end)}:
            for added in (b"\0", b"PK\x03\x04", content[at - 1 : at] or b"P"):
                assert not is_sound(content[:at] + added + content[at:], path, public), (name, at, added)
            assert at >= len(content) or not is_sound(content[:at] + content[at + 1 :], path, public), (
                name,
                at,
            )


def test_no_part_can_stand_twice_or_elsewhere(
    packed: Packed, public: Ed25519PublicKey, tmp_path: Path
) -> None:
    content = packed().read_bytes()
    path = tmp_path / "changed.zip"
    for name, start, end in regions(content):
        part = content[start:end]
        assert not is_sound(content[:end] + part + content[end:], path, public), name
        assert not is_sound(part + content, path, public), name
        assert not is_sound(content[:start] + content[end:], path, public), name


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _by_zipfile(
    content: bytes, change: Callable[[zipfile.ZipFile], object] | None = None, **options: Any
) -> bytes:
    """Return the same members as another program packs them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as made:
        for name, text in _members(content).items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = options.get("compression", zipfile.ZIP_STORED)
            info.external_attr = 0o100644 << 16
            made.writestr(info, text)
        if change is not None:
            change(made)
    return out.getvalue()


def _at(content: bytes, name: str, offset: int, form: str, value: int, *, central: bool) -> bytes:
    """Return an archive with one field of a member's header changed."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        start = opened.getinfo(name).header_offset
        if central:
            start = opened.start_dir
            for info in opened.infolist():
                if info.filename == name:
                    break
                start += 46 + len(info.filename)
    struct.pack_into(form, changed, start + offset, value)
    return bytes(changed)


def _with_comment(content: bytes) -> bytes:
    return content[:-2] + struct.pack("<H", 5) + b"hello"


def _prepended(content: bytes) -> bytes:
    """Return an archive behind other bytes, with every offset made to fit, as `zip -A` does."""
    out = io.BytesIO(b"#!/bin/sh\n")
    with zipfile.ZipFile(out, "a") as made:
        for name, text in _members(content).items():
            made.writestr(name, text)
    return out.getvalue()


def _hidden_entry(content: bytes) -> bytes:
    """Return an archive with a member between the others that the directory does not list."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        start = opened.start_dir
    name, text = b"verdicts.jsonl", b"{}"
    header = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, zlib.crc32(text), 2, 2, len(name), 0)
    hidden = header + name + text
    end = bytearray(content[-22:])
    struct.pack_into("<L", end, 16, start + len(hidden))
    return content[:start] + hidden + content[start:-22] + bytes(end)


def _slack(content: bytes) -> bytes:
    """Return an archive whose last packed member has bytes behind the end of its data, with all sizes made to fit."""
    members = _members(content)
    out = io.BytesIO()
    writer = archive.Writer(out)
    for name, text in members.items():
        writer.add(name, [text], packed=name not in (bundle.MANIFEST, bundle.ATTESTATION))
    made = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        info = opened.getinfo("verdicts.jsonl")
    grown = info.compress_size + 4
    at = info.header_offset + 30 + len(info.filename) + info.compress_size
    made = _at(content, "verdicts.jsonl", 18, "<L", grown, central=False)
    made = _at(made, "verdicts.jsonl", 20, "<L", grown, central=True)
    return made[:at] + b"evil" + made[at:]


def _second_end(content: bytes) -> bytes:
    return content + content[-22:]


FORGERIES: dict[str, Forge] = {
    "stored": _by_zipfile,
    "packed harder": lambda content: _by_zipfile(content, compression=zipfile.ZIP_DEFLATED, compresslevel=9),
    "packed by bzip2": lambda content: _by_zipfile(content, compression=zipfile.ZIP_BZIP2),
    "packed by lzma": lambda content: _by_zipfile(content, compression=zipfile.ZIP_LZMA),
    "a second of a name": lambda content: _by_zipfile(
        content, lambda made: made.writestr("run2json", b"{}")
    ).replace(b"run2json", b"run.json"),
    "a second in capitals": lambda content: _by_zipfile(
        content, lambda made: made.writestr("RUN.json", b"{}")
    ),
    "a folder": lambda content: _by_zipfile(content, lambda made: made.mkdir("more")),
    "a comment": _with_comment,
    "bytes before": _prepended,
    "bytes behind": lambda content: content + b"\0",
    "a second end": _second_end,
    "two archives": lambda content: content + content,
    "a hidden member": _hidden_entry,
    "bytes behind the end of packed data": _slack,
    "another size in the header": lambda content: _at(content, "run.json", 22, "<L", 5, central=False),
    "another size in the directory": lambda content: _at(content, "run.json", 24, "<L", 5, central=True),
    "another checksum in the header": lambda content: _at(content, "run.json", 14, "<L", 5, central=False),
    "another method in the header": lambda content: _at(content, "run.json", 8, "<H", 0, central=False),
    "another name in the header": lambda content: _at(content, "run.json", 30, "<B", ord("x"), central=False),
    "a flag in the header": lambda content: _at(content, "run.json", 6, "<H", 8, central=False),
    "a flag in the directory": lambda content: _at(content, "run.json", 8, "<H", 1, central=True),
    "a time": lambda content: _at(content, "run.json", 12, "<H", 99, central=True),
    "a link": lambda content: _at(content, "run.json", 38, "<L", 0o120777 << 16, central=True),
    "a member over another": lambda content: _at(content, "run.json", 42, "<L", 0, central=True),
    "sizes for large files": lambda content: _at(content, "run.json", 24, "<L", 0xFFFFFFFF, central=True),
    "extra fields in the header": lambda content: _at(content, "run.json", 28, "<H", 4, central=False),
    "a member on another disk": lambda content: _at(content, "run.json", 34, "<H", 1, central=True),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_an_archive_that_programs_may_read_differently_is_not_sound(
    forgery: str, packed: Packed, public: Ed25519PublicKey, tmp_path: Path
) -> None:
    content = packed().read_bytes()
    forged = FORGERIES[forgery](content)
    assert forged != content
    assert not is_sound(forged, tmp_path / "forged.zip", public)


@pytest.fixture
def signed(
    packed: Packed, tmp_path: Path, key: Ed25519PrivateKey, public: Ed25519PublicKey
) -> Callable[..., bool]:
    """Put another envelope, or another statement signed by the right key, into a bundle; tell whether it is sound."""

    def replaced(*, text: bytes | None = None, payload: bytes | None = None) -> bool:
        members = _members(packed().read_bytes())
        if payload is not None:
            text = envelope.sign(payload, key).text().encode()
        members[bundle.ATTESTATION] = text or members[bundle.ATTESTATION]
        out = io.BytesIO()
        writer = archive.Writer(out)
        for name, content in members.items():
            writer.add(name, [content], packed=name not in (bundle.MANIFEST, bundle.ATTESTATION))
        writer.close()
        return is_sound(out.getvalue(), tmp_path / "signed.zip", public)

    return replaced


def test_the_list_for_other_programs_says_what_was_signed(
    packed: Packed, tmp_path: Path, key: Ed25519PrivateKey, public: Ed25519PublicKey
) -> None:
    """Whoever signs may sign a list of other hashes; whoever checks by the list would see another bundle."""
    members = _members(packed().read_bytes())
    for change in (
        lambda text: text,
        lambda text: text.replace(text[:8], b"0" * 8, 1),
        lambda text: text + text[:100].split(b"\n")[0] + b"\n",
        lambda text: b"",
    ):
        found = dict(members)
        found[bundle.SUMS] = change(members[bundle.SUMS])
        out = io.BytesIO()
        writer = archive.Writer(out)
        for name, content in found.items():
            if name not in (bundle.MANIFEST, bundle.ATTESTATION):
                writer.add(name, [content])
        listed = [
            {"name": each.name, "sha256": each.sha256, "size": each.size, "packed_sha256": each.packed_sha256}
            for each in writer.members
        ]
        manifest = writer.add(
            bundle.MANIFEST,
            [bundle.canonical({"schema": bundle.MANIFEST_SCHEMA, "members": listed})],
            packed=False,
        )
        statement = json.loads(base64.b64decode(json.loads(members[bundle.ATTESTATION])["payload"]))
        statement["subject"] = [
            {"name": each.name, "digest": {"sha256": each.sha256}} for each in writer.members
        ]
        statement["predicate"]["manifest"] = {"sha256": manifest.sha256}
        signed = envelope.sign(bundle.canonical(statement), key)
        writer.add(bundle.ATTESTATION, [signed.text().encode()], packed=False)
        writer.close()
        unchanged = found[bundle.SUMS] == members[bundle.SUMS]
        assert is_sound(out.getvalue(), tmp_path / "listed.zip", public) is unchanged


@pytest.mark.parametrize(
    "names", [("a", "a."), ("a", "a/b"), ("A/b", "a"), ("a/b.", "x"), ("a./b", "x"), ("a", "A"), (".a", "x")]
)
def test_names_are_other_files_on_every_system(names: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "names.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name in names:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o100644 << 16
            made.writestr(info, b"x")
    with pytest.raises(EvidenceError, match="member"):
        verify(path)


def test_a_bundle_put_together_from_its_members_is_sound(signed: Callable[..., bool]) -> None:
    assert signed()


ENVELOPES: dict[str, Callable[[str], str]] = {
    "a name twice": lambda text: text.replace("{", '{\n "payload": "e30=",', 1),
    "a name twice, the other last": lambda text: text.rstrip()[:-1] + ',\n "payloadType": "text/plain"}\n',
    "another name": lambda text: text.replace("{", '{\n "note": "x",', 1),
    "another name in the signature": lambda text: text.replace('"keyid"', '"cert": "x", "keyid"'),
    "blanks": lambda text: text + " ",
    "another order": lambda text: json.dumps(dict(sorted(json.loads(text).items())), indent=1) + "\n",
    "escapes": lambda text: text.replace("payloadType", "payload\\u0054ype"),
    "base64 with blanks": lambda text: text.replace('"payload": "', '"payload": " '),
    "a second signature": lambda text: (
        json.dumps(
            {
                **json.loads(text),
                "signatures": [*json.loads(text)["signatures"], {"keyid": "x", "sig": "eA=="}],
            },
            indent=1,
        )
        + "\n"
    ),
    "a mark of byte order": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("spelling", ENVELOPES)
def test_an_envelope_has_one_spelling(spelling: str, packed: Packed, signed: Callable[..., bool]) -> None:
    text = _members(packed().read_bytes())[bundle.ATTESTATION].decode()
    changed = ENVELOPES[spelling](text)
    assert changed != text
    assert not signed(text=changed.encode())


def _statement(packed: Packed) -> dict[str, Any]:
    text = _members(packed().read_bytes())[bundle.ATTESTATION]
    found: dict[str, Any] = json.loads(base64.b64decode(json.loads(text)["payload"]))
    return found


def test_a_statement_is_canonical_even_where_the_right_key_signed_it(
    packed: Packed, signed: Callable[..., bool]
) -> None:
    statement = _statement(packed)
    plain = rfc8785.dumps(statement)
    assert signed(payload=plain)
    assert not signed(payload=json.dumps(statement).encode())
    assert not signed(payload=plain.replace(b"{", b'{"_type":"x",', 1))
    assert not signed(payload=plain + b"\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda statement: statement.update(extra=1),
        lambda statement: statement["predicate"].update(extra=1),
        lambda statement: statement["predicate"].update(summary=3),
        lambda statement: statement["predicate"].update(manifest={"sha256": "0" * 64}),
        lambda statement: statement["predicate"].pop("run"),
        lambda statement: statement["subject"].append(statement["subject"][0]),
        lambda statement: statement["subject"][0].update(uri="x"),
        lambda statement: statement["subject"][0]["digest"].update(sha1="0" * 40),
        lambda statement: statement["subject"].pop(),
        lambda statement: statement.update(subject=[]),
        lambda statement: statement.update(subject={"a": 1}),
    ],
)
def test_a_statement_says_what_it_has_to_and_no_more(
    change: Callable[[dict[str, Any]], object], packed: Packed, signed: Callable[..., bool]
) -> None:
    statement = _statement(packed)
    change(statement)
    assert not signed(payload=rfc8785.dumps(statement))


def test_a_bomb_in_packed_data_ends_at_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    out = io.BytesIO()
    writer = archive.Writer(out)
    writer.add("zeros", [bytes(1 << 20)] * 64)
    writer.close()
    small = _at(out.getvalue(), "zeros", 22, "<L", 10, central=False)
    path.write_bytes(_at(small, "zeros", 24, "<L", 10, central=True))
    with archive.opened(path, archive.Bounds()) as reader, pytest.raises(EvidenceError, match="damaged"):
        reader.content("zeros")


def test_checking_writes_nothing(packed: Packed, public: Ed25519PublicKey, tmp_path: Path) -> None:
    path = packed()
    before = {each: each.stat().st_mtime_ns for each in tmp_path.rglob("*")}
    content = path.read_bytes()
    path.chmod(0o444)
    assert verify(path, [public]).sound()
    assert path.read_bytes() == content
    assert {each: each.stat().st_mtime_ns for each in tmp_path.rglob("*")} == before
