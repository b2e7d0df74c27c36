"""The gate: exit codes, thresholds, and outputs that are written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit, verdicts

WEAK = """
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  engine_version          = "16.3"
  backup_retention_period = 3
}
"""
LATER = """
variable "days" {}
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  backup_retention_period = var.days
}
"""
POLICY = ("--policy", "backup-retention")


@pytest.fixture
def weak(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(WEAK)
    return tmp_path


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "high"), 1),
        (("--fail-on", "critical"), 0),
        (("--fail-on", "never"), 0),
    ],
)
def test_findings_at_or_over_the_gate(weak: Path, options: tuple[str, ...], code: int) -> None:
    assert tfaudit("scan", *POLICY, *options, cwd=weak).returncode == code


def test_sound_input(weak: Path) -> None:
    (weak / "main.tf").write_text(WEAK.replace("= 3", "= 30"))
    assert tfaudit("scan", *POLICY, cwd=weak).returncode == 0


@pytest.mark.parametrize(("bound", "code"), [("0", 1), ("1", 0), ("2", 0)])
def test_bound_on_unknown(weak: Path, bound: str, code: int) -> None:
    (weak / "main.tf").write_text(LATER)
    done = tfaudit("scan", *POLICY, "--max-unknown", bound, cwd=weak)
    assert done.returncode == code
    assert ("--max-unknown" in done.stdout) is (code == 1)


def test_incomplete_scan_says_so_and_still_judges_the_rest(weak: Path) -> None:
    (weak / "broken").mkdir()
    (weak / "broken/main.tf").write_text('resource "aws_db_instance" {{{')
    done = tfaudit("scan", *POLICY, "--fail-on", "never", "-o", "json", cwd=weak)
    assert done.returncode == 3
    document = json.loads(done.stdout)
    assert {gap["place"]["origin"] for gap in document["unread"]} == {"broken/main.tf"}
    assert [each["outcome"] for each in document["verdicts"]] == ["fail"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("scan", "no/such/path"), "no such file or folder"),
        (("scan", "--policy", "backup-retentio"), 'did you mean "backup-retention"'),
        (("scan", "--framework", "soc3"), 'did you mean "soc2"'),
        (("scan", "--profile", "nothing"), "unknown profile"),
        (("scan", "-o", "jsn"), 'did you mean "json"'),
        (("scan", "-o", "bundle"), "a bundle needs a file"),
        (("scan", "-o", "json", "-o", "sarif"), "cannot share standard output"),
        (("scan", "-o", "json=no/such/folder/a.json"), "there is no such folder"),
        (("scan", "--config", "absent.yaml"), "no such configuration file"),
        (("scan", "--var", "nonsense"), "not NAME=VALUE"),
        (("scan", "--var-file", "absent.tfvars"), "no such file of variables"),
        (("scan", "--policies", "absent"), "no such folder of policies"),
        (("scan", "--plugins", "absent"), "no such folder of plug-ins"),
        (("policies", "show", "backup-retentio"), 'did you mean "backup-retention"'),
        (("controls", "show", "A1.22"), "unknown control"),
    ],
)
def test_wrong_usage_is_one_sentence(weak: Path, arguments: tuple[str, ...], says: str) -> None:
    done = tfaudit(*arguments, cwd=weak)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_several_outputs_in_one_run(weak: Path) -> None:
    done = tfaudit("scan", *POLICY, "-o", "text", "-o", "json=a.json", "-o", "sarif=a.sarif", cwd=weak)
    assert done.returncode == 1
    assert "main.tf:6" in done.stdout
    assert json.loads((weak / "a.json").read_text())["verdicts"][0]["outcome"] == "fail"
    assert json.loads((weak / "a.sarif").read_text())["version"] == "2.1.0"


def test_places_are_told_from_the_work_trees_top(weak: Path) -> None:
    (weak / ".git").mkdir()
    (weak / "infrastructure").mkdir()
    (weak / "main.tf").rename(weak / "infrastructure/main.tf")
    for arguments, cwd in ((("scan", "infrastructure"), weak), (("scan",), weak / "infrastructure")):
        (only,) = verdicts(tfaudit(*arguments, *POLICY, "-o", "json", cwd=cwd))
        assert only["places"][0]["origin"] == "infrastructure/main.tf"
        assert only["asset"]["scope"] == "infrastructure"


def test_ignored_paths_are_left_out(weak: Path) -> None:
    for name in ("built", "vendored", "kept"):
        (weak / name).mkdir()
        (weak / name / "main.tf").write_text(WEAK.replace("orders", name))
    (weak / ".git").mkdir()
    (weak / ".gitignore").write_text("built/\n")
    (weak / "tfaudit.yaml").write_text("exclude: [vendored/]\n")
    names = {each["asset"]["name"] for each in verdicts(tfaudit("scan", *POLICY, "-o", "json", cwd=weak))}
    assert names == {"orders", "kept"}
    every = tfaudit("scan", *POLICY, "-o", "json", "--no-gitignore", cwd=weak)
    assert {each["asset"]["name"] for each in verdicts(every)} == {"orders", "kept", "built"}


def test_a_value_for_what_nobody_declares_is_told_with_the_near_name(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('variable "region" {}\nvariable size {}\n')
    (tmp_path / "more.tf.json").write_text('{"variable": {"zone": {"default": 1}, "other": {}}}')
    (tmp_path / "stack.yaml").write_text(
        "AWSTemplateFormatVersion: '2010-09-09'\nParameters: {Days: {Type: Number}}\nResources: {}\n"
    )
    given = [
        word for name in ("region", "regoin", "size", "zone", "other") for word in ("--var", f"{name}=1")
    ]
    parameters = ["--parameter", "Days=1", "--parameter", "Dayz=1"]

    done = tfaudit("scan", *given, *parameters, cwd=tmp_path)

    told = [line for line in done.stdout.splitlines() if "declares it" in line]
    where = tmp_path.name
    assert told == [
        f'the variable "regoin" is given a value, and nothing in {where} declares it; did you mean "region"?',
        f'the parameter "Dayz" is given a value, and nothing in {where} declares it; did you mean "Days"?',
    ]


def test_what_no_service_knows_is_counted_by_type(tmp_path: Path) -> None:
    known = 'resource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_policy" "b" {\n bucket = aws_s3_bucket.b.id\n}\n'
    names = ("zeta", "alpha", "beta", "gamma", "delta", "eta")
    (tmp_path / "main.tf").write_text(
        known
        + 'resource "random_id" "r" {}\ndata "aws_region" "now" {}\nresource "odd_zeta" "more" {}\n'
        + "".join(f'resource "odd_{name}" "x" {{}}\n' for name in names)
    )

    done = tfaudit("scan", cwd=tmp_path)

    told = (
        "7 resources are of types that are not judged: "
        "odd_zeta (2), odd_alpha (1), odd_beta (1), odd_delta (1), odd_eta (1) and 1 more type"
    )
    assert told in done.stdout.splitlines()
    (tmp_path / "main.tf").write_text(known)
    assert "not judged" not in tfaudit("scan", cwd=tmp_path).stdout
