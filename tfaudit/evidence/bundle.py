"""Packs a run into an evidence bundle: a deterministic zip archive with a manifest and a signed statement.

The same run, policies, sources and key give the same bytes; what differs between two runs of the same input is only
the run's id and its times.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct, field

from tfaudit import documents, foreign, sums
from tfaudit.data import folder
from tfaudit.evidence import envelope, keys, observations, readme
from tfaudit.evidence.archive import Member, Writer
from tfaudit.model.standing import STATUSES, STRENGTHS, standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Policy

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = documents.HOME + "evidence/1"
MANIFEST_SCHEMA = "tfaudit/evidence-manifest/1"
RUN_SCHEMA = "tfaudit/evidence-run/1"
MANIFEST = "manifest.json"
ATTESTATION = "attestation.dsse.json"
SUMS = "SHA256SUMS"
_JOINED = 512

_line = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


class Settings(Struct, frozen=True):
    """How to write a bundle.

    `key` signs it (None leaves it unsigned, and it says so); `pages` are further members for people, by name, such as
    `index.html`; `previous` is the SHA-256 of the bundle that this one follows, "" for none.
    """

    key: Ed25519PrivateKey | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    previous: str = ""


def write(result: ScanResult, out: BinaryIO, settings: Settings) -> tuple[Member, ...]:
    """Write the bundle of `result` to `out`, which has to be seekable; returns its members."""
    writer = Writer(out)
    contents = dict(_contents(result, settings))
    for name in sorted(contents):
        writer.add(name, contents[name])
    writer.add(SUMS, [sums_text((each.name, each.sha256) for each in writer.members)])
    # These two are not packed: whatever is, the manifest states the hash of its packed data.
    manifest = writer.add(MANIFEST, [_manifest(writer.members)], packed=False)
    statement = _statement(result, writer.members, manifest, settings.previous)
    signed = envelope.sign(canonical(statement), settings.key)
    writer.add(ATTESTATION, [signed.text().encode()], packed=False)
    writer.close()
    return tuple(writer.members)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a bundle, by which the next one names it."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _contents(result: ScanResult, settings: Settings) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the name and the content of each member but those that are about the others."""
    key = keys.key_id(settings.key.public_key()) if settings.key else ""
    policies = {each.policy.id: each.policy for each in result.verdicts}
    policies |= {policy.id: policy for policy in result.policies}
    yield "README.txt", [_text(readme.page(result, key, settings.previous))]
    yield "run.json", [_document({"schema": RUN_SCHEMA, **_run(result)})]
    yield "verdicts.jsonl", _verdicts(result)
    yield "controls.json", [_document(_mappings(policies.values()))]
    yield "status.json", [_document(_statuses(result))]
    yield "unread.json", [_document([documents.unread(each) for each in result.unread])]
    if result.coverage:
        yield "coverage.json", [_document(documents.coverage(result))]
    for policy in policies.values():
        yield f"policies/{policy.id}.json", [_document(documents.policy(policy))]
        source = _source(policy)
        if source:
            yield f"policies/{policy.id}.yaml", [source]
    for framework in result.frameworks.values():
        yield f"frameworks/{framework.id}.json", [_document(documents.framework(framework))]
    read = [{"name": name, "sha256": sha256} for name, sha256 in sorted(result.read_files.items())]
    if read:
        yield "files.json", [_document(read)]
    for name, page in settings.pages.items():
        yield name, [_text(page)]


def _run(result: ScanResult) -> dict[str, Any]:
    return {
        **documents.run(result),
        "scanned": documents.scanned(result),
        "parameters": {
            policy.id: {parameter.name: parameter.value for parameter in policy.parameters}
            for policy in result.policies
            if policy.parameters
        },
        "policies": {policy.id: policy.digest for policy in result.policies},
        "summary": sums.summary(result),
    }


def _verdicts(result: ScanResult) -> Iterator[bytes]:
    lines: list[str] = []
    for each in result.verdicts:
        lines.append(_line(observations.verdict(each, result.digests)))
        if len(lines) == _JOINED:
            yield foreign.json("\n".join(lines) + "\n").encode()
            lines.clear()
    if lines:
        yield foreign.json("\n".join(lines) + "\n").encode()


def _statuses(result: ScanResult) -> dict[str, Any]:
    """Return how each control stands, with what the words for it and for the strengths of links mean."""
    return {
        "statuses": {status.value: says for status, says in STATUSES.items()},
        "strengths": STRENGTHS,
        "controls": [sums.control(each) for each in standings(result)],
    }


def _mappings(policies: Iterable[Policy]) -> dict[str, Any]:
    """Return framework → control → the policies that are evidence for it."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for policy in sorted(policies, key=lambda each: each.id):
        for link in documents.links(policy):
            evidence = {"policy": policy.id, **link}
            controls = found.setdefault(evidence.pop("framework"), {})
            controls.setdefault(evidence.pop("control"), []).append(evidence)
    return {name: dict(sorted(controls.items())) for name, controls in sorted(found.items())}


def _source(policy: Policy) -> bytes:
    """Return the file of one of tfaudit's own policies; b"" where it is not the file that was used."""
    path = folder("policies") / policy.origin
    if not policy.origin or not path.is_file():
        return b""
    text = path.read_bytes()
    return text if hashlib.sha256(text).hexdigest() == policy.digest else b""


def sums_text(listed: Iterable[tuple[str, str]]) -> bytes:
    """Return what `sha256sum --check` takes: the hash of each file that is `listed` by name and SHA-256."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in listed).encode()


def _manifest(members: Iterable[Member]) -> bytes:
    listed = [
        {"name": each.name, "sha256": each.sha256, "size": each.size, "packed_sha256": each.packed_sha256}
        for each in members
    ]
    return canonical({"schema": MANIFEST_SCHEMA, "members": listed})


def _statement(
    result: ScanResult, members: Iterable[Member], manifest: Member, previous: str
) -> dict[str, Any]:
    return {
        "_type": STATEMENT,
        "subject": [{"name": each.name, "digest": {"sha256": each.sha256}} for each in members],
        "predicateType": PREDICATE,
        "predicate": {
            **documents.run(result),
            "scanned": documents.scanned(result),
            "summary": sums.summary(result),
            "manifest": {"sha256": manifest.sha256},
            "previous": {"sha256": previous} if previous else None,
        },
    }


def _document(data: object) -> bytes:
    return foreign.json(json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def canonical(data: dict[str, Any]) -> bytes:
    """Return RFC 8785's one spelling of `data`; `ValueError` where it has none."""
    import rfc8785

    return rfc8785.dumps(_writable(data))


def _writable(data: Any) -> Any:
    """Return `data` with half characters, as in a file's name that is no Unicode, written as escapes."""
    if isinstance(data, str):
        return foreign.without_halves(data)
    if isinstance(data, dict):
        return {_writable(name): _writable(value) for name, value in data.items()}
    return [_writable(each) for each in data] if isinstance(data, list) else data


def _text(text: str) -> bytes:
    return foreign.plain(text).encode()
