"""Checks an evidence bundle offline, and names what is wrong with it, member by member."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from tfaudit.errors import EvidenceError
from tfaudit.evidence import archive, envelope
from tfaudit.evidence.bundle import ATTESTATION, MANIFEST, PREDICATE, STATEMENT, file_hash
from tfaudit.foreign import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Signature: TypeAlias = Literal["valid", "unsigned", "not trusted", "invalid", "missing"]


@dataclass(slots=True)
class Verification:
    """What a check found. `problems` are sentences that begin with the member they are about.

    `signature` is valid only where a key that was given fits; `predicate` is the signed summary of the run.
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


def verify(
    path: Path,
    trusted: Iterable[Ed25519PublicKey] = (),
    *,
    previous: Path | None = None,
    bounds: archive.Bounds | None = None,
) -> Verification:
    """Return what is wrong with the bundle at `path`, of whose signature the keys `trusted` are to judge.

    `previous` is the bundle that it says it follows. `EvidenceError` where the file is no bundle at all: not a zip
    archive, or one made to harm its reader.
    """
    found = Verification()
    with archive.opened(path, bounds or archive.Bounds()) as reader:
        found.members = len(reader.names)
        statement = _statement(reader, list(trusted), found)
        listed = _manifest(reader, found)
        signed = _subjects(statement, found) if statement else {**listed, MANIFEST: ""}
        _compare(reader, signed, found)
        _compare_lists(signed, listed, found)
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
        parsed = envelope.parse(reader.content(ATTESTATION))
    except EvidenceError as error:
        found.signature = "invalid"
        found.problems.append(f"{ATTESTATION}: altered: {error}")
        return None
    _judge_signature(parsed, trusted, found)
    try:
        statement = json.loads(parsed.payload)
    except (ValueError, RecursionError):
        statement = None
    if not isinstance(statement, dict) or statement.get("_type") != STATEMENT:
        found.problems.append(f"{ATTESTATION}: altered: it does not hold an in-toto statement")
        return None
    if statement.get("predicateType") != PREDICATE or not isinstance(statement.get("predicate"), dict):
        found.problems.append(f"{ATTESTATION}: it is not a statement about a tfaudit run")
        return None
    found.predicate = statement["predicate"]
    return statement


def _judge_signature(parsed: envelope.Envelope, trusted: list[Ed25519PublicKey], found: Verification) -> None:
    if not parsed.signatures:
        found.signature = "unsigned"
        return
    found.key = visible(parsed.signatures[0][0][:64])
    if not trusted:
        found.signature = "not trusted"
        found.problems.append(
            f"{ATTESTATION}: signed by the key {found.key}; give its public key to check that"
        )
        return
    try:
        found.key = parsed.signed_by(trusted)
        found.signature = "valid"
    except EvidenceError as error:
        foreign = "not one of the keys" in str(error)
        found.signature = "not trusted" if foreign else "invalid"
        found.problems.append(f"{ATTESTATION}: {'' if foreign else 'altered: '}{error}")


def _subjects(statement: Mapping[str, Any], found: Verification) -> dict[str, str]:
    """Return name and SHA-256 of what the statement is about."""
    try:
        return {str(each["name"]): str(each["digest"]["sha256"]) for each in statement["subject"]}
    except (KeyError, TypeError):
        found.problems.append(f"{ATTESTATION}: altered: its subjects have no hashes")
        return {}


def _manifest(reader: archive.Reader, found: Verification) -> dict[str, str]:
    """Return name and SHA-256 of what the manifest lists."""
    if MANIFEST not in reader.names:
        return {}
    try:
        manifest = json.loads(reader.content(MANIFEST))
        return {str(each["name"]): str(each["sha256"]) for each in manifest["members"]}
    except (EvidenceError, ValueError, KeyError, TypeError, RecursionError):
        found.problems.append(f"{MANIFEST}: altered: it is not a manifest")
        return {}


def _compare(reader: archive.Reader, signed: dict[str, str], found: Verification) -> None:
    """Note each member that is not what was signed, and each that is there or not there against it."""
    for name in sorted({*signed, *reader.names} - {ATTESTATION}):
        if name not in reader.names:
            found.problems.append(f"{visible(name)[:255]}: missing")
        elif name not in signed:
            found.problems.append(f"{name}: added: the statement does not name it")
        else:
            _compare_member(reader, name, signed[name], found)


def _compare_lists(signed: dict[str, str], listed: dict[str, str], found: Verification) -> None:
    """Note what the manifest says otherwise than the statement: whoever checks by the manifest must see the same."""
    for name in sorted({*signed, *listed} - {MANIFEST}):
        if listed and listed.get(name) != signed.get(name):
            found.problems.append(
                f"{MANIFEST}: altered: it does not say of {visible(name)[:255]} what was signed"
            )


def _compare_member(reader: archive.Reader, name: str, sha256: str, found: Verification) -> None:
    try:
        actual = reader.member(name)
    except EvidenceError as error:
        found.problems.append(str(error))
        return
    if sha256 and actual.sha256 != sha256:
        found.problems.append(
            f"{name}: altered: its SHA-256 is {actual.sha256}, and {sha256[:64]} was stated"
        )


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
