"""The checks as policies: all of the installed version, linked, in our own words, on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands import tfaudit
from tests.packs.checkov.scans import document, written
from tfaudit import data
from tfaudit.controls.lint import lint
from tfaudit.controls.load import read as read_controls
from tfaudit.packs.checkov import VERSION
from tfaudit.packs.checkov.policies import read
from tfaudit.packs.checkov.workers import site
from tfaudit.policies.load import FAMILIES
from tfaudit.policies.select import available


def installed() -> dict[str, str]:
    """The names of all checks in checkov's files, by id."""
    found: dict[str, str] = {}
    folder = Path(site()) / "checkov"
    for path in folder.rglob("*.json"):
        if "graph_checks" in path.parts:
            metadata = json.loads(path.read_text("utf-8")).get("metadata", {})
            found[metadata["id"]] = metadata["name"]
    for path in [*folder.glob("*/checks/**/*.yaml"), *folder.glob("*/checks/**/*.yml")]:
        id_ = re.search(r'^\s*id:\s*"?(CKV\w+)', path.read_text("utf-8"), re.MULTILINE)
        if id_:
            found[id_[1]] = ""
    return found


def test_the_version_is_the_one_that_is_pinned() -> None:
    pinned = (Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8")
    assert f'checkov = ["checkov=={VERSION}"]' in pinned


def test_every_graph_check_of_the_installed_version_is_a_policy() -> None:
    known = {policy.id for policy in read()}
    assert set(installed()) - known == set()
    assert len(known) > 1300


def test_links_lead_to_controls_and_never_claim_all() -> None:
    policies = read()
    linked = [policy for policy in policies if policy.links]
    assert len(linked) > 1300
    own = {policy.id for policy in available()}
    assert list(lint(linked, read_controls([data.folder("controls")]), known=own)) == []
    assert {link.strength for policy in policies for link in policy.links} == {"partial", "supporting"}
    assert {policy.family for policy in policies} == set(FAMILIES)


def test_sentences_are_ours() -> None:
    theirs = {name.lower() for name in installed().values() if name}
    assert [policy.id for policy in read() if policy.title.lower() in theirs] == []
    assert not any("{" in policy.title + policy.why for policy in read())


def test_the_command_line_shows_a_check_as_a_policy(tmp_path: Path) -> None:
    shown = tfaudit("policies", "show", "CKV_AWS_47", cwd=tmp_path)
    assert shown.returncode == 0
    assert "encryption_at_rest" in shown.stdout
    assert "soc2 CC6.1 (partial)" in shown.stdout
    listed = tfaudit("policies", "list", "--pack", "checkov", "--json", cwd=tmp_path)
    assert "CKV_AWS_47" in {each["id"] for each in json.loads(listed.stdout)}
    assert "CKV_AWS_47" not in tfaudit("policies", "list", cwd=tmp_path).stdout


def test_the_configuration_puts_the_pack_in_force_and_narrows_it(tmp_path: Path) -> None:
    code = 'resource "aws_dax_cluster" "d" {\n  cluster_name = "d"\n}\n'
    settings = "packs: [checkov]\npack_formats: [terraform]\npolicies: {exclude: [CKV_AWS_239]}\n"
    settings += "severities: {CKV_AWS_47: low}\n"
    tree = written(tmp_path, {"main.tf": code, "tfaudit.yaml": settings})
    done = tfaudit("scan", ".", "-o", "json", cwd=tree)
    found = {each["policy"]: each["severity"] for each in json.loads(done.stdout)["verdicts"]}
    assert found["CKV_AWS_47"] == "low"
    assert "CKV_AWS_239" not in found
    assert "judges by the pack checkov" in done.stdout


def test_a_framework_narrows_the_pack_as_it_narrows_ours(tmp_path: Path) -> None:
    code = 'resource "aws_dax_cluster" "d" {\n  cluster_name = "d"\n}\n'
    found = document(
        written(tmp_path, {"main.tf": code}), "--pack-format", "terraform", "--framework", "gdpr"
    )
    told = {each["policy"]: each["controls"] for each in found["verdicts"]}
    assert all(control.startswith("gdpr:") for controls in told.values() for control in controls)
    assert "CKV_AWS_47" in told


@pytest.mark.parametrize("name", ["sarif", "html", "junit", "markdown", "text"])
def test_every_report_takes_the_packs_verdicts(tmp_path: Path, name: str) -> None:
    code = 'resource "aws_dax_cluster" "d" {\n  cluster_name = "d"\n}\n'
    tree = written(tmp_path, {"main.tf": code})
    done = tfaudit("scan", ".", "--pack", "checkov", "--pack-format", "terraform", "-o", name, cwd=tree)
    assert done.returncode == 1, done.stderr
    assert "CKV_AWS_47" in done.stdout.replace("\\", "")  # Markdown escapes
