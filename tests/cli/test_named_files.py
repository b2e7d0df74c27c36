"""A file named on the command line: what is reported of it is what a scan of its whole tree reports."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.sources.terraform_trees import write
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Verdict
from tfaudit.pipeline.files import scan, scan_files
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force

DATABASE = """
resource "aws_db_instance" "{name}" {{
  identifier          = "{name}"
  publicly_accessible = {public}
}}
"""
POD = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1"}]}
"""
ISOLATION = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two roots that share a module, with values from everywhere; manifests; templates."""
    write(
        tmp_path,
        {
            "live/db.tf": DATABASE.format(name="orders", public="var.public"),
            "live/variables.tf": 'variable "public" { default = false }\nvariable "shared" {}\n',
            "live/terraform.tfvars": "public = true",
            "live/x.auto.tfvars": "shared = true",
            "live/values.tfvars": "public = false",
            "live/bucket.tf": 'resource "aws_s3_bucket" "files" { bucket = "files" }',
            "live/bucket_versions.tf": """
              resource "aws_s3_bucket_versioning" "files" {
                bucket = aws_s3_bucket.files.id
                versioning_configuration { status = "Enabled" }
              }
            """,
            "live/modules.tf": 'module "shared" {\n  source = "../modules/db"\n  public = var.shared\n}\n',
            "test/main.tf": 'module "shared" {\n  source = "../modules/db"\n  public = false\n}\n',
            "modules/db/main.tf": 'variable "public" {}\n'
            + DATABASE.format(name="shared", public="var.public"),
            "manifests/web/web.yaml": POD,
            "manifests/isolation.yaml": ISOLATION,
            "stacks/top.yaml": """
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./db.yaml, Parameters: {Public: "true"}}
""",
            "stacks/db.yaml": """
AWSTemplateFormatVersion: "2010-09-09"
Parameters: {Public: {Type: String}}
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {PubliclyAccessible: !Ref Public}}
""",
        },
    )
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def outcomes(tree: Path, *names: str, policy: str = "database-not-public") -> set[tuple[str, str, str]]:
    result = scan_files([tree / name for name in names], Options(in_force(Choice(ids=(policy,))), base=tree))
    assert result.complete, result.unread
    return {(each.asset.scope, each.asset.address, each.outcome.value) for each in result.verdicts}


def test_a_file_has_the_values_of_its_folder(tree: Path) -> None:
    assert outcomes(tree, "live/db.tf") == {("live", "aws_db_instance.orders", "fail")}


def test_a_file_has_its_companions_and_is_a_companion(tree: Path) -> None:
    expected = {("live", "aws_s3_bucket.files", "pass")}
    assert outcomes(tree, "live/bucket.tf", policy="object-store-versioned") == expected
    assert outcomes(tree, "live/bucket_versions.tf", policy="object-store-versioned") == expected


def test_a_module_s_file_is_judged_with_every_root_that_calls_it(tree: Path) -> None:
    assert outcomes(tree, "modules/db/main.tf") == {
        ("live", "module.shared.aws_db_instance.shared", "fail"),
        ("test", "module.shared.aws_db_instance.shared", "pass"),
    }


def test_a_file_answers_for_the_modules_that_it_calls(tree: Path) -> None:
    assert outcomes(tree, "live/modules.tf") == {("live", "module.shared.aws_db_instance.shared", "fail")}


def test_a_file_of_values_answers_for_its_root(tree: Path) -> None:
    assert outcomes(tree, "live/terraform.tfvars") == {
        ("live", "aws_db_instance.orders", "fail"),
        ("live", "module.shared.aws_db_instance.shared", "fail"),
    }


def test_files_of_several_roots_are_one_run(tree: Path) -> None:
    assert outcomes(tree, "live/db.tf", "test/main.tf") == {
        ("live", "aws_db_instance.orders", "fail"),
        ("test", "module.shared.aws_db_instance.shared", "pass"),
    }


def test_a_manifest_is_judged_with_the_others_of_the_tree(tree: Path) -> None:
    (found,) = outcomes(tree, "manifests/web/web.yaml", policy="workload-network-isolated")
    assert found[2] == "pass"
    assert outcomes(tree, "manifests/isolation.yaml", policy="workload-network-isolated") == {found}


def test_a_nested_template_has_what_its_stack_gives(tree: Path) -> None:
    assert outcomes(tree, "stacks/db.yaml") == {("stacks/db.yaml", "Orders", "fail")}


def run(tree: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = tfaudit("scan", *arguments, "-o", "json", cwd=tree)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


def test_what_is_told_is_what_was_named(tree: Path) -> None:
    write(tree, {"live/more.tf": 'resource "aws_kms_key" "k" {}', "broken/main.tf": "resource {{{"})
    code, report = run(tree, "live/db.tf", "live/more.tf")
    assert code == 1
    assert report["unread"] == []
    assert {each["asset"]["address"] for each in report["verdicts"]} == {
        "aws_db_instance.orders",
        "aws_kms_key.k",
    }
    (scanned,) = report["scanned"]
    assert scanned["target"] == "live/db.tf, live/more.tf"
    assert scanned["named"] == 2
    assert 2 < scanned["files"] < 10


def test_a_file_beside_its_folder_is_a_part_of_it(tree: Path) -> None:
    _, folder = run(tree, "live")
    _, both = run(tree, "live/db.tf", "live", "live/")
    assert both["verdicts"] == folder["verdicts"]
    assert [each["target"] for each in both["scanned"]] == ["live"]


def test_a_gap_in_the_same_module_bears_on_the_file(tree: Path) -> None:
    write(tree, {"live/broken.tf": "resource {{{", "live/terraform.tfvars": "public ="})
    code, report = run(tree, "live/bucket.tf", "--fail-on", "never")
    assert code == 3
    assert {each["place"]["origin"] for each in report["unread"]} == {
        "live/broken.tf",
        "live/terraform.tfvars",
    }


def test_values_that_nothing_loads_are_a_gap(tree: Path) -> None:
    code, report = run(tree, "live/values.tfvars")
    assert code == 3
    assert "--var-file live/values.tfvars" in report["unread"][0]["settle_with"]


def test_a_file_outside_of_any_work_tree_is_read_with_its_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a/db.tf": DATABASE.format(name="orders", public="var.public"),
            "a/variables.tf": 'variable "public" { default = true }',
            "a/other/main.tf": DATABASE.format(name="other", public="true"),
        },
    )
    result = scan(tmp_path / "a/db.tf", Options(in_force(Choice(ids=("database-not-public",)))))
    assert [(each.asset.address, each.outcome.value) for each in result.verdicts] == [
        ("aws_db_instance.orders", "fail")
    ]


@pytest.mark.parametrize("name", ["azuredeploy.txt", "azuredeploy.template", "azuredeploy"])
def test_a_template_that_is_named_may_have_any_ending(tmp_path: Path, name: str) -> None:
    faulty = ESTATE / "faulty/arm/main.json"
    (tmp_path / name).write_bytes(faulty.read_bytes())
    options = Options(in_force(Choice(ids=("web-app-rules-refuse-others",))))

    (verdict,) = scan(tmp_path / name, options).verdicts
    assert (verdict.outcome.value, verdict.places[0].origin) == ("fail", name)
    assert not scan(tmp_path, options).verdicts  # nobody named it: a folder has many texts


def told(verdicts: list[Verdict]) -> list[tuple[str, ...]]:
    return sorted(
        (each.fingerprint, each.outcome.value, each.because, str(each.places[0])) for each in verdicts
    )


ESTATE = Path(__file__).parents[2] / "examples/estate"


@pytest.fixture(scope="module")
def whole() -> ScanResult:
    return scan(ESTATE, Options(in_force(Choice()), base=ESTATE))


def test_files_of_the_estate_have_what_the_whole_estate_tells_of_them(whole: ScanResult) -> None:
    files = sorted(path for path in ESTATE.rglob("*") if path.suffix in (".tf", ".yaml", ".yml", ".json"))
    folders = {path.parent: path for path in files if "faulty" in path.parts}
    assert len(folders) > 5
    for path in folders.values():
        name = path.relative_to(ESTATE).as_posix()
        alone = scan_files([path], Options(in_force(Choice()), base=ESTATE))
        touched = [
            each
            for each in whole.verdicts
            if name in {each.asset.place.origin, *(place.origin for place in each.places)}
            or name in each.asset.resource.context.get("called_in", "").split("\0")
        ]
        assert told(list(alone.verdicts)) == told(touched), name
