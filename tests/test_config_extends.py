"""Configurations that extend each other, what of them is shown and said, and those that are written for a person."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands import tfaudit
from tfaudit.config import read
from tfaudit.config_form import ConfigForm
from tfaudit.errors import UsageError

ROOT = Path(__file__).parents[1]
FAIL = 'resource "aws_kms_key" "weak" {\n  enable_key_rotation = false\n}\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text(FAIL)
    return tmp_path


def report(tree: Path, *arguments: str) -> dict[str, Any]:
    done = tfaudit("scan", *arguments, "-o", "json", cwd=tree)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_own_words_go_first_and_lists_stand_together(tree: Path) -> None:
    (tree / "base").mkdir()
    (tree / "base/base.yaml").write_text(
        "gate: {fail_on: high, max_unknown: 5}\nframeworks: [soc2]\nexclude: [/old/]\ncompare: {since: main}\n"
        "parameters: {backup-retention: {days: 9}}\nseverities: {key-rotation: low, backup-retention: low}\n"
        "waivers: [{policy: a, asset: b, reason: c, owner: d}]\n"
    )
    (tree / "tfaudit.yaml").write_text(
        "extends: base/base.yaml\ngate: {fail_on: critical}\nframeworks: [gdpr]\nexclude: [/new/]\n"
        "severities: {key-rotation: high}\nwaivers: [{policy: e, asset: f, reason: g, owner: h}]\n"
        "compare: {baseline: b.json}\n"
    )
    found = read(tree / "tfaudit.yaml", tree)
    assert found.gate == {"fail_on": "critical", "max_unknown": 5}
    assert found.frameworks == ("gdpr",)
    assert [(each.folder.name, each.patterns) for each in found.excluded] == [
        ("base", ("/old/",)),
        (tree.name, ("/new/",)),
    ]
    assert found.severities == {"key-rotation": "high", "backup-retention": "low"}
    assert found.parameters == {"backup-retention": {"days": 9}}
    assert [each.policy for each in found.waivers] == ["a", "e"]
    assert (found.since, Path(found.baseline).name) == ("", "b.json")
    assert [each.file for each in found.files] == ["tfaudit.yaml", "base/base.yaml"]
    assert found.stated_in("gate", "max_unknown") == "base/base.yaml"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"tfaudit.yaml": "extends: absent.yaml"}, "no such configuration file"),
        ({"tfaudit.yaml": "extends: ../out.yaml"}, "outside of the scanned tree"),
        ({"tfaudit.yaml": "extends: tfaudit.yaml"}, "extends this file itself"),
        ({"tfaudit.yaml": "extends: a.yaml", "a.yaml": "extends: tfaudit.yaml"}, "extends this file itself"),
        ({"tfaudit.yaml": "extends: a.yaml", "a.yaml": "profil: x"}, "a.yaml: profil: unknown word"),
        ({"tfaudit.yaml": "compare: {since: a, baseline: b}"}, "compared with one thing"),
        (
            {"tfaudit.yaml": "extends: 0.yaml", **{f"{n}.yaml": f"extends: {n + 1}.yaml" for n in range(12)}},
            "extend each other",
        ),
    ],
)
def test_faults_of_what_is_extended_are_named(tree: Path, files: dict[str, str], says: str) -> None:
    for name, text in files.items():
        (tree / name).write_text(text)
    (tree.parent / "out.yaml").write_text("gate: {fail_on: never}")
    with pytest.raises(UsageError, match=says):
        read(tree / "tfaudit.yaml", tree)


def test_reports_name_the_configuration_in_force_with_its_digest_and_what_it_leaves_out(tree: Path) -> None:
    (tree / "base.yaml").write_text("exclude: [old/]\n")
    own = (
        "extends: base.yaml\nseverities: {key-rotation: low}\npolicies: {exclude: [log-retention]}\n"
        "accept_unread: [{match: x, reason: y}]\nterraform: {variables: {password: hunter2secret}}\n"
    )
    (tree / "tfaudit.yaml").write_text(own)
    (tree / "old").mkdir()
    (tree / "old/main.tf").write_text(FAIL)
    run = report(tree)["run"]
    first, second = run["configuration"]
    assert first["sha256"] == hashlib.sha256(own.encode()).hexdigest()
    assert (first["file"], second["file"]) == ("tfaudit.yaml", "base.yaml")
    assert first["states"]["policies"] == {"exclude": ["log-retention"]}
    assert first["states"]["severities"] == {"key-rotation": "low"}
    assert first["states"]["accept_unread"] == [{"match": "x", "reason": "y"}]
    assert first["states"]["terraform"] == {"variables": {"password": "(set)"}}
    assert run["left_out"] == [{"by": "exclude in base.yaml", "patterns": ["old/"], "files": 0, "folders": 1}]
    (note,) = [each for each in run["notes"] if "in force" in each]
    assert first["sha256"][:12] in note
    assert f"extends base.yaml (SHA-256 {second['sha256'][:12]})" in note
    assert "hunter2secret" not in json.dumps(run)
    assert report(tree, "--no-config")["run"]["configuration"] == []


def test_config_show_says_what_is_in_force_and_from_where(tree: Path) -> None:
    (tree / "base.yaml").write_text("gate: {max_unknown: 5}\nexclude: [old/]\n")
    (tree / "tfaudit.yaml").write_text("extends: base.yaml\ngate: {fail_on: high}\nexclude: [new/]\n")
    (tree / "inner").mkdir()
    done = tfaudit("config", "show", "inner", "--json", cwd=tree)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    words = [(each["word"], each["value"], each["from"]) for each in shown["words"]]
    for expected in (
        ("gate.fail_on", "high", "tfaudit.yaml"),
        ("gate.max_unknown", 5, "base.yaml"),
        ("gate.unknown_on", "never", "the default"),
        ("exclude", "new/", "tfaudit.yaml"),
        ("exclude", "old/", "base.yaml"),
    ):
        assert expected in words
    plain = tfaudit("config", "show", cwd=tree).stdout
    assert "base.yaml (SHA-256" in plain
    assert ["gate.fail_on", "high", "tfaudit.yaml"] in [line.split() for line in plain.splitlines()]
    (tree / "tfaudit.yaml").unlink()
    assert "tfaudit init" in tfaudit("config", "show", cwd=tree).stdout


def test_init_writes_a_configuration_that_holds_after_looking(tree: Path) -> None:
    (tree / "production.tfvars").write_text("")
    (tree / "examples/a").mkdir(parents=True)
    (tree / "examples/a/main.tf").write_text("")
    (tree / "inner").mkdir()
    done = tfaudit("init", cwd=tree / "inner")
    assert done.returncode == 0, done.stderr
    text = (tree / "tfaudit.yaml").read_text()
    assert "production.tfvars" in text
    assert '"/examples/"' in text
    assert "2 Terraform files" in text
    ConfigForm.model_validate(yaml.safe_load(text))
    # What is a comment holds, too, once its mark is taken away.
    opened = "\n".join(
        line.removeprefix("# ") for line in text.splitlines() if not line.startswith("# ") or ":" in line
    )
    assert "variable_files" in opened
    again = tfaudit("init", cwd=tree)
    assert (again.returncode, (tree / "tfaudit.yaml").read_text()) == (2, text)
    assert "there already" in again.stderr


def test_every_word_is_documented() -> None:
    page = (ROOT / "docs/configuration.md").read_text()
    for word in ConfigForm.leaves():
        assert f"`{word}`" in page, word
    for model in ("WaiverForm", "AcceptUnreadForm"):
        schema = ConfigForm.model_json_schema()["$defs"][model]["properties"]
        for word in schema:
            assert f"`{word}`" in page, word
