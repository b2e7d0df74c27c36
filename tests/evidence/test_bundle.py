"""A bundle holds what an auditor needs, and is the same for the same run."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import jsonschema_rs
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec.structs import replace
from securesystemslib.dsse import Envelope
from securesystemslib.signer._key import SSlibKey

from tests.evidence.conftest import Packed
from tests.reports.runs import ESTATE
from tfaudit import data, scan
from tfaudit.evidence import bundle, keys
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def verdicts(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in member(path, "verdicts.jsonl").splitlines()]


def statement(path: Path) -> Any:
    return json.loads(Envelope.from_dict(json.loads(member(path, "attestation.dsse.json"))).payload)


def schema(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        json.loads((data.folder("schemas") / f"{name}.schema.json").read_text())
    )


def test_equal_runs_give_equal_bytes(packed: Packed) -> None:
    assert packed("one.zip").read_bytes() == packed("two.zip").read_bytes()


def test_every_verdict_is_in_it_passes_included(packed: Packed, result: ScanResult) -> None:
    found = verdicts(packed())
    assert len(found) == len(result.verdicts)
    assert {each["outcome"] for each in found} == set(Outcome)


def test_files_that_expressions_read_are_listed_with_their_digests(tmp_path: Path) -> None:
    (tmp_path / "grants.json").write_text('{"Statement": []}', "utf-8")
    code = 'resource "aws_iam_policy" "p" {\n  policy = try(file("none.json"), file("grants.json"))\n}\n'
    (tmp_path / "main.tf").write_text(code, "utf-8")
    found = scan(tmp_path)
    assert dict(found.read_files) == {"grants.json": hashlib.sha256(b'{"Statement": []}').hexdigest()}
    out = tmp_path / "one.zip"
    with out.open("wb") as stream:
        bundle.write(found, stream, bundle.Settings())
    assert json.loads(member(out, "files.json")) == [
        {"name": "grants.json", "sha256": found.read_files["grants.json"]}
    ]


def test_a_verdict_comes_with_what_it_rests_on(packed: Packed) -> None:
    [found] = [
        each
        for each in verdicts(packed())
        if each["asset"]["address"] == "aws_db_instance.orders" and each["policy"] == "backups-reach-back"
    ]
    [observation] = found["observations"]
    assert (observation["state"], observation["value"]) == ("known", 1)
    assert observation["place"]["line"] == 7
    source = (ESTATE / "code/main.tf").read_bytes()
    assert observation["place"]["sha256"] == hashlib.sha256(source).hexdigest()


def test_a_default_names_the_page_that_states_it(packed: Packed) -> None:
    [found] = [
        each
        for each in verdicts(packed())
        if each["asset"]["address"] == "aws_db_instance.never_said" and each["outcome"] == "fail"
    ]
    assert found["observations"][0]["state"] == "default"
    assert "db_instance" in found["observations"][0]["documented"]


def test_policies_are_in_it_as_they_were_used(packed: Packed, result: ScanResult) -> None:
    path = packed()
    policy = json.loads(member(path, "policies/backups-reach-back.json"))
    assert policy["parameters"]["days"]["value"] == 7
    assert policy["digest"] == next(each.digest for each in result.policies if each.id == policy["id"])
    run = json.loads(member(path, "run.json"))
    assert run["parameters"] == {"backups-reach-back": {"days": 7}}
    assert run["scanned"][0]["observer"]


def test_mappings_and_frameworks_are_in_it(packed: Packed) -> None:
    path = packed()
    controls = json.loads(member(path, "controls.json"))
    assert controls["soc2"]["A1.2"][0]["strength"] == "full"
    assert json.loads(member(path, "frameworks/soc2.json"))["controls"][1]["title"] == "Data can be restored"


def test_no_secret_is_in_it(packed: Packed) -> None:
    with zipfile.ZipFile(packed()) as archive:
        assert all(b"correct-horse-battery" not in archive.read(name) for name in archive.namelist())


def test_manifest_is_canonical_and_as_published(packed: Packed) -> None:
    manifest = member(packed(), "manifest.json")
    assert rfc8785.dumps(json.loads(manifest)) == manifest
    assert list(schema("evidence-manifest").iter_errors(json.loads(manifest))) == []


def test_statement_is_in_totos_and_its_predicate_as_published(packed: Packed) -> None:
    path = packed()
    found = statement(path)
    assert found["_type"] == "https://in-toto.io/Statement/v1"
    assert list(schema("evidence-predicate").iter_errors(found["predicate"])) == []
    named = {each["name"]: each["digest"]["sha256"] for each in found["subject"]}
    with zipfile.ZipFile(path) as archive:
        assert set(named) == set(archive.namelist()) - {"attestation.dsse.json"}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == sha256 for name, sha256 in named.items())


def test_a_stock_tool_verifies_the_signature(packed: Packed, public: Ed25519PublicKey) -> None:
    envelope = Envelope.from_dict(json.loads(member(packed(), "attestation.dsse.json")))
    envelope.verify([SSlibKey.from_crypto(public, keyid=keys.key_id(public))], 1)


def test_sha256sum_checks_it(packed: Packed, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(packed()) as archive:
        archive.extractall(folder)
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def test_readme_says_when_nobody_signed(packed: Packed) -> None:
    assert b"this bundle is not signed" in member(packed(key=None), "README.txt")


def test_a_file_name_that_is_no_unicode_does_not_stop_it(packed: Packed, result: ScanResult) -> None:
    odd = replace(result, scanned=(replace(result.scanned[0], target="caf\udce9"),))
    assert "caf\\udce9" in statement(packed(run=odd))["predicate"]["scanned"][0]["target"]
