"""Checks an evidence bundle offline, and names what is wrong with it, member by member.

What is found sound is sound to the last byte: the reader takes one form of headers and directory (`layout.py`), the
envelope and what it signs have one spelling, and packed data has the hash that the signed manifest states.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct, field

from tfaudit import strict_json
from tfaudit.errors import EvidenceError
from tfaudit.evidence import archive, envelope
from tfaudit.evidence.bundle import (
    ATTESTATION,
    MANIFEST,
    MANIFEST_SCHEMA,
    PREDICATE,
    STATEMENT,
    SUMS,
    canonical,
    file_hash,
    sums_text,
)
from tfaudit.foreign import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Signature: TypeAlias = Literal["valid", "unsigned", "not checked", "not trusted", "invalid", "missing"]

_OF_STATEMENT = {"_type", "subject", "predicateType", "predicate"}
_OF_PREDICATE = {"tool", "run", "scanned", "summary", "manifest", "previous"}
_OF_MEMBER = {"name", "sha256", "size", "packed_sha256"}


class Verification(Struct):
    """What a check found. `problems` are sentences that begin with the member they are about.

    `signature` is valid only where a key that was given fits, and "not checked" where none was given; `key` is the id
    of the key that signed, as the bundle states it; `predicate` is the signed summary of the run.
    """

    signature: Signature = "missing"
    key: str = ""
    members: int = 0
    problems: list[str] = field(default_factory=list)
    predicate: Mapping[str, Any] = field(default_factory=dict)

    def sound(self, *, allow_unsigned: bool = False) -> bool:
        """Whether nothing is wrong: whole, and signed by a trusted key (or, if allowed, by nobody)."""
        signed = self.signature == "valid" or (allow_unsigned and self.signature == "unsigned")
        return signed and not self.problems


class _Listed(Struct, frozen=True):
    """What the manifest says of a member."""

    sha256: str
    size: int
    packed_sha256: str


def verify(
    path: Path,
    trusted: Iterable[Ed25519PublicKey] = (),
    *,
    previous: Path | None = None,
    bounds: archive.Bounds | None = None,
) -> Verification:
    """Return what is wrong with the bundle at `path`, of whose signature the keys `trusted` are to judge.

    `previous` is the bundle that it says it follows. `EvidenceError` where the file is no bundle at all: not a zip
    archive, one that other programs may see differently, or one made to harm its reader. Nothing is written.
    """
    found = Verification()
    with archive.opened(path, bounds or archive.Bounds()) as reader:
        found.members = len(reader.names)
        statement = _statement(reader, list(trusted), found)
        listed = _manifest(reader, found)
        signed = _subjects(statement, found) if statement else {**dict.fromkeys(listed, ""), MANIFEST: ""}
        _compare(reader, signed, listed, found)
        _compare_lists(signed, listed, found)
        _compare_sums(reader, signed, found)
    if previous is not None:
        _follows(previous, found)
    return found


def _statement(
    reader: archive.Reader, trusted: list[Ed25519PublicKey], found: Verification
) -> Mapping[str, Any] | None:
    """Return the statement, with what is to say of its signature noted in `found`."""
    if ATTESTATION not in reader.names:
        found.problems.append(f"{ATTESTATION}: missing, so nothing tells who made the bundle")
        return None
    try:
        if reader.is_packed(ATTESTATION):
            raise EvidenceError("it is packed, which tfaudit does not do")
        parsed = envelope.parse(reader.content(ATTESTATION))
    except EvidenceError as error:
        found.signature = "invalid"
        found.problems.append(f"{ATTESTATION}: altered: {error}")
        return None
    _judge_signature(parsed, trusted, found)
    statement = _canonical_object(parsed.payload)
    if statement is None or statement.get("_type") != STATEMENT or set(statement) != _OF_STATEMENT:
        found.problems.append(
            f"{ATTESTATION}: altered: it does not hold an in-toto statement in canonical JSON"
        )
        return None
    predicate = statement["predicate"]
    if statement["predicateType"] != PREDICATE or not _is_run(predicate):
        found.problems.append(f"{ATTESTATION}: it is not a statement about a tfaudit run")
        return None
    found.predicate = predicate
    return statement


def _canonical_object(text: bytes) -> dict[str, Any] | None:
    """Return the object that `text` is the canonical spelling of; None where it is not."""
    try:
        value = strict_json.parsed(text)
        return value if isinstance(value, dict) and canonical(value) == text else None
    except (ValueError, TypeError, RecursionError):
        return None


def _is_run(predicate: Any) -> bool:
    """Whether a predicate has the form of one about a run, as far as it is shown to people."""
    if not isinstance(predicate, dict) or set(predicate) != _OF_PREDICATE:
        return False
    maps = [predicate[name] for name in ("tool", "run", "summary", "manifest")]
    if not all(isinstance(each, dict) for each in maps):
        return False
    scanned = predicate["scanned"]
    return (
        isinstance(scanned, list)
        and all(isinstance(each, dict) for each in scanned)
        and isinstance(predicate["summary"].get("outcomes"), dict)
    )


def _judge_signature(parsed: envelope.Envelope, trusted: list[Ed25519PublicKey], found: Verification) -> None:
    if not parsed.signatures:
        found.signature = "unsigned"
        return
    found.key = visible(parsed.signatures[0][0][:64])
    if not trusted:
        found.signature = "not checked"
        return
    try:
        found.key = parsed.signed_by(trusted)
        found.signature = "valid"
    except EvidenceError as error:
        foreign = "not one of the keys" in str(error)
        found.signature = "not trusted" if foreign else "invalid"
        found.problems.append(f"{ATTESTATION}: {'' if foreign else 'altered: '}{visible(str(error))}")


def _subjects(statement: Mapping[str, Any], found: Verification) -> dict[str, str]:
    """Return name and SHA-256 of what the statement is about."""
    subjects: dict[str, str] = {}
    try:
        subjects = {str(each["name"]): str(each["digest"]["sha256"]) for each in statement["subject"]}
        as_written = [
            {"name": name, "digest": {"sha256": sha256}} for name, sha256 in subjects.items()
        ] == statement["subject"]
    except (KeyError, TypeError):
        as_written = False
    if not as_written:
        found.problems.append(f"{ATTESTATION}: altered: its subjects are not names with one hash each")
        return {}
    stated = statement["predicate"]["manifest"]
    if stated != {"sha256": subjects.get(MANIFEST)}:
        found.problems.append(f"{ATTESTATION}: altered: it states two hashes of {MANIFEST}")
    return subjects


def _manifest(reader: archive.Reader, found: Verification) -> dict[str, _Listed]:
    """Return what the manifest says of each member."""
    if MANIFEST not in reader.names:
        return {}
    try:
        manifest = None if reader.is_packed(MANIFEST) else _canonical_object(reader.content(MANIFEST))
        if (
            manifest is None
            or set(manifest) != {"schema", "members"}
            or manifest["schema"] != MANIFEST_SCHEMA
        ):
            raise ValueError("not as tfaudit writes it")
        members = manifest["members"]
        listed = {
            str(each["name"]): _Listed(str(each["sha256"]), int(each["size"]), str(each["packed_sha256"]))
            for each in members
        }
        if len(listed) != len(members) or any(set(each) != _OF_MEMBER for each in members):
            raise ValueError("a member stands there twice, or with more than its hashes")
    except (EvidenceError, ValueError, KeyError, TypeError):
        found.problems.append(f"{MANIFEST}: altered: it is not a manifest in canonical JSON")
        return {}
    return listed


def _compare(
    reader: archive.Reader, signed: dict[str, str], listed: dict[str, _Listed], found: Verification
) -> None:
    """Note each member that is not what was signed, and each that is there or not there against it."""
    for name in sorted({*signed, *reader.names} - {ATTESTATION}):
        if name not in reader.names:
            found.problems.append(f"{visible(name)[:255]}: missing")
        elif name not in signed:
            found.problems.append(f"{name}: added: the statement does not name it")
        else:
            _compare_member(reader, name, signed[name], listed.get(name), found)


def _compare_lists(signed: dict[str, str], listed: dict[str, _Listed], found: Verification) -> None:
    """Note what the manifest says otherwise than the statement: whoever checks by the manifest must see the same."""
    for name in sorted({*signed, *listed} - {MANIFEST}):
        stated = listed[name].sha256 if name in listed else None
        if listed and any(signed.values()) and stated != signed.get(name):
            found.problems.append(
                f"{MANIFEST}: altered: it does not say of {visible(name)[:255]} what was signed"
            )


def _compare_sums(reader: archive.Reader, signed: dict[str, str], found: Verification) -> None:
    """Note where the list for `sha256sum` was signed, and says otherwise than the statement."""
    if SUMS not in reader.names or not signed.get(SUMS):
        return
    try:
        stated = reader.content(SUMS)
    except EvidenceError:  # told where the member itself is looked at
        return
    others = [(name, sha256) for name, sha256 in signed.items() if name not in (SUMS, MANIFEST)]
    if hashlib.sha256(stated).hexdigest() == signed[SUMS] and stated != sums_text(others):
        found.problems.append(f"{SUMS}: it does not list what the statement does")


def _compare_member(
    reader: archive.Reader, name: str, sha256: str, listed: _Listed | None, found: Verification
) -> None:
    try:
        actual = reader.member(name)
    except EvidenceError as error:
        found.problems.append(visible(str(error)))
        return
    if sha256 and actual.sha256 != sha256:
        found.problems.append(
            f"{name}: altered: its SHA-256 is {actual.sha256}, and {visible(sha256[:64])} was stated"
        )
    elif name == MANIFEST or listed is None:
        return
    elif actual.sha256 != listed.sha256 or actual.size != listed.size:
        found.problems.append(f"{name}: altered: the manifest states another hash or size")
    elif actual.packed_sha256 != listed.packed_sha256 or not reader.is_packed(name):
        found.problems.append(f"{name}: altered: it has been packed anew")


def _follows(previous: Path, found: Verification) -> None:
    stated = found.predicate.get("previous")
    sha256 = stated.get("sha256") if isinstance(stated, dict) else None
    if sha256 is None:
        found.problems.append(f"{ATTESTATION}: it names no bundle before it")
        return
    try:
        actual = file_hash(previous)
    except OSError as error:
        raise EvidenceError(f"{previous}: it cannot be read: {error.strerror}") from error
    if sha256 != actual:
        found.problems.append(f"{ATTESTATION}: it follows another bundle than {previous}")
