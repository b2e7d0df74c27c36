"""A repository that used checkov, moved over: its configuration, baseline and comments, and what has no counterpart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import yaml

from tests.commands import tfaudit
from tests.packs.checkov.scans import document, written
from tests.packs.checkov.test_formats import FILES

CODE = """
resource "aws_dax_cluster" "old" {
  cluster_name = "old"
}
resource "aws_dax_cluster" "new" {
  cluster_name = "new"
}
"""
SETTINGS = """
framework: [terraform, sca_package]
skip-check: [CKV_AWS_239, CKV_AWS_24*, HIGH]
skip-path: [legacy, ^vendor/, "(a|b)"]
soft-fail-on: [MEDIUM, CKV_AWS_19]
external-checks-dir: [checks]
compact: true
"""
BASELINE = {
    "failed_checks": [
        {"file": "/main.tf", "findings": [{"resource": "aws_dax_cluster.old", "check_ids": ["CKV_AWS_47"]}]}
    ]
}


def test_settings_and_baseline_are_taken_over_and_the_rest_is_told(tmp_path: Path) -> None:
    tree = written(
        tmp_path, {"main.tf": CODE, ".checkov.yaml": SETTINGS, ".checkov.baseline": json.dumps(BASELINE)}
    )
    written(tree, {"legacy/main.tf": CODE, "vendor/main.tf": CODE})
    done = tfaudit("init", ".", "--from", "checkov", cwd=tree)
    assert done.returncode == 0, done.stderr
    for told in ("sca_package", "(a|b)", "HIGH", "CKV_AWS_19", "external-checks-dir"):
        assert told in done.stdout
    document = yaml.safe_load((tree / "tfaudit.yaml").read_text())
    assert document["packs"] == ["checkov"]
    assert document["pack_formats"] == ["terraform"]
    assert document["gate"] == {"fail_on": "high"}
    assert {"CKV_AWS_239", "CKV_AWS_24", "CKV_AWS_240"} <= set(document["policies"]["exclude"])

    scanned = json.loads(tfaudit("scan", ".", "-o", "json", cwd=tree).stdout)
    outcomes = {
        (each["asset"]["address"], each["places"][0]["origin"]): each["outcome"]
        for each in scanned["verdicts"]
        if each["policy"] == "CKV_AWS_47"
    }
    assert outcomes == {
        ("aws_dax_cluster.old", "main.tf"): "waived",
        ("aws_dax_cluster.new", "main.tf"): "fail",
    }
    assert "CKV_AWS_239" not in {each["policy"] for each in scanned["verdicts"]}


def test_a_policy_of_ours_goes_only_where_all_that_judges_the_same_is_skipped(tmp_path: Path) -> None:
    tree = written(tmp_path, {".checkov.yml": "skip-check: [CKV_AWS_16]\n"})
    assert tfaudit("init", ".", "--from", "checkov", cwd=tree).returncode == 0
    excluded = yaml.safe_load((tree / "tfaudit.yaml").read_text())["policies"]["exclude"]
    assert excluded == ["CKV_AWS_16"], "databases are encrypted by many another rule"


def test_nothing_is_overwritten_and_nothing_made_up(tmp_path: Path) -> None:
    nothing = tfaudit("init", ".", "--from", "checkov", cwd=tmp_path)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert ".checkov.yaml" in nothing.stderr
    tree = written(tmp_path, {".checkov.yaml": "check: [CKV_AWS_1]\n", "tfaudit.yaml": "packs: []\n"})
    there = tfaudit("init", ".", "--from", "checkov", cwd=tree)
    assert there.returncode == 2
    assert (tree / "tfaudit.yaml").read_text() == "packs: []\n"


def test_a_broken_baseline_is_one_sentence(tmp_path: Path) -> None:
    tree = written(tmp_path, {".checkov.baseline": "{"})
    done = tfaudit("init", ".", "--from", "checkov", cwd=tree)
    assert done.returncode == 2
    assert "no baseline of checkov" in done.stderr
    assert not (tree / "tfaudit.yaml").exists()


def test_a_file_of_a_common_name_is_read_and_what_asks_for_nothing_is_not_told(tmp_path: Path) -> None:
    text = "download-external-modules: false\nblock-list-secret-scan: []\nskip-check: [CKV_AZURE_5]\n"
    (tmp_path / ".checkov_config.yaml").write_text(text)
    done = tfaudit("init", "--from", "checkov", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "without counterpart" not in done.stdout
    assert "CKV_AZURE_5" in (tmp_path / "tfaudit.yaml").read_text()


def test_a_baseline_names_data_and_providers_in_its_own_way(tmp_path: Path) -> None:
    code = (
        'provider "aws" {\n  region = "eu-west-1"\n}\n'
        'data "aws_iam_policy_document" "all" {\n  statement {\n    actions   = ["*"]\n    resources = ["*"]\n  }\n}\n'
    )
    baseline = {
        "failed_checks": [
            {
                "file": "/main.tf",
                "findings": [
                    {"resource": "aws.default", "check_ids": ["CKV_AWS_41"]},
                    {"resource": "aws_iam_policy_document.all", "check_ids": ["CKV_AWS_1", "CKV_AWS_49"]},
                ],
            }
        ]
    }
    tree = written(tmp_path, {"main.tf": code, ".checkov.baseline": json.dumps(baseline)})
    assert tfaudit("init", "--from", "checkov", cwd=tree).returncode == 0
    stated = yaml.safe_load((tree / "tfaudit.yaml").read_text())["waivers"]
    assert {"provider.aws", "data.aws_iam_policy_document.all"} == {each["asset"] for each in stated}


def test_what_checkov_renders_is_judged_once_it_is_rendered(tmp_path: Path) -> None:
    tree = written(
        tmp_path, {".checkov.yaml": "framework: [helm, kustomize]\nenable-secret-scan-all-files: true\n"}
    )
    done = tfaudit("init", ".", "--from", "checkov", cwd=tree)
    assert yaml.safe_load((tree / "tfaudit.yaml").read_text())["pack_formats"] == ["kubernetes"]
    assert "helm: tfaudit starts no helm; scan what helm template writes" in done.stdout
    assert "enable-secret-scan-all-files" not in done.stdout


def test_a_baseline_waives_in_the_files_that_it_names(tmp_path: Path) -> None:
    finding = {"resource": "aws_dax_cluster.old", "check_ids": ["CKV_AWS_47"]}
    baseline = {"failed_checks": [{"file": "/one/main.tf", "findings": [finding]}]}
    (tmp_path / ".git").mkdir()
    tree = written(tmp_path / "infra", {"one/main.tf": CODE, "two/main.tf": CODE})
    (tree / ".checkov.baseline").write_text(json.dumps(baseline))
    assert tfaudit("init", ".", "--from", "checkov", cwd=tree).returncode == 0
    scanned = json.loads(tfaudit("scan", ".", "-o", "json", "--allow-incomplete", cwd=tree).stdout)
    waived = {
        (each["places"][0]["origin"], each["asset"]["address"])
        for each in scanned["verdicts"]
        if each["outcome"] == "waived"
    }
    assert waived == {("infra/one/main.tf", "aws_dax_cluster.old")}


def test_a_file_that_checkov_is_given_by_name_is_found_and_of_several_none_is_guessed(tmp_path: Path) -> None:
    tree = written(tmp_path, {".checkov.ci.yml": "skip-check: [CKV_AZURE_5]\n"})
    assert "from .checkov.ci.yml" in tfaudit("init", "--from", "checkov", cwd=tree).stdout
    (tree / "tfaudit.yaml").unlink()
    written(tree, {".checkov.local.yml": "", ".checkov.baseline": json.dumps(BASELINE)})
    done = tfaudit("init", "--from", "checkov", cwd=tree)
    assert (
        "without counterpart: .checkov.ci.yml, .checkov.local.yml: one of them is .checkov.yaml"
        in done.stdout
    )
    assert "CKV_AZURE_5" not in (tree / "tfaudit.yaml").read_text()


def test_after_a_move_nothing_fails_that_checkov_itself_has_in_a_baseline(tmp_path: Path) -> None:
    names = ("Dockerfile", ".github/workflows/ask.yml", "pod.yaml", "roles.yaml", "stack.yaml")
    files = {
        **{name: FILES[name] for name in names},
        "main.tf": f'data "aws_availability_zones" "all" {{}}\nmodule "m" {{\n  source = "./m"\n}}\n{CODE}',
        "m/main.tf": CODE,
        "keys.tf": 'locals {\n  id = "AKIAIOSFODNN7EXAMPLE"\n  key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY"\n}\n',
        "api.yaml": "openapi: 3.0.0\ninfo: {title: a, version: '1'}\nservers: [{url: http://example.com}]\npaths: {}\n",
    }
    tree = written(tmp_path, files)
    formats = (
        "terraform",
        "kubernetes",
        "dockerfile",
        "github_actions",
        "cloudformation",
        "secrets",
        "openapi",
    )
    command = [
        sys.executable,
        "-m",
        "checkov.main",
        "-d",
        ".",
        "--skip-download",
        "--create-baseline",
        "--compact",
    ]
    command += ["--framework", *formats]
    subprocess.run(command, cwd=tree, capture_output=True, check=False, timeout=300)
    accepted = json.loads((tree / ".checkov.baseline").read_text())["failed_checks"]
    assert {each["file"].rpartition("/")[2] for each in accepted} >= {
        "pod.yaml",
        "stack.yaml",
        "main.tf",
        "api.yaml",
    }
    assert tfaudit("init", ".", "--from", "checkov", cwd=tree).returncode == 0
    report = document(tree, *(f"--pack-format={each}" for each in formats))
    judged = [each for each in report["verdicts"] if each["policy"].startswith("CKV")]
    assert sum(each["outcome"] == "waived" for each in judged) > 20
    failed = [(each["policy"], each["asset"]["address"]) for each in judged if each["outcome"] == "fail"]
    assert failed == []
