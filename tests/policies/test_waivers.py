"""A waiver counts with a reason and in its time, for what it names alone; and what it waives stays visible."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tfaudit.model.resources import Dialect, Place, Resource
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.checkov_types import is_about
from tfaudit.policies.select import Choice, in_force
from tfaudit.policies.waivers import ConfiguredWaiver

BLOCK = """
resource "aws_db_instance" "orders" {{
  identifier              = "orders"
  {inside}
  backup_retention_period = 0
}}
resource "aws_db_instance" "other" {{
  identifier              = "other"
  backup_retention_period = 0
}}
"""


def scanned(tmp_path: Path, inside: str = "", *waivers: ConfiguredWaiver) -> ScanResult:
    (tmp_path / "main.tf").write_text(BLOCK.format(inside=inside))
    options = Options(in_force(Choice(ids=("backup-retention",))), waivers=waivers, today=date(2026, 6, 1))
    return scan(tmp_path, options)


def outcomes(result: ScanResult) -> dict[str, Outcome]:
    return {verdict.asset.name: verdict.outcome for verdict in result.verdicts}


@pytest.mark.parametrize(
    "comment",
    [
        "# tfaudit:ignore backup-retention rebuilt nightly from the ledger",
        "# tfaudit:ignore backup-retention until=2026-06-01 rebuilt nightly",
        "#checkov:skip=CKV_AWS_133:rebuilt nightly",
    ],
)
def test_comment_waives_its_resource_alone(tmp_path: Path, comment: str) -> None:
    result = scanned(tmp_path, comment)
    assert outcomes(result) == {"orders": Outcome.WAIVED, "other": Outcome.FAIL}
    (waived,) = [verdict for verdict in result.verdicts if verdict.outcome is Outcome.WAIVED]
    assert waived.waiver is not None
    assert waived.waiver.reason.startswith("rebuilt nightly")
    assert waived.waiver.place.line == 4


@pytest.mark.parametrize(
    ("comment", "note"),
    [
        ("# tfaudit:ignore backup-retention", "without a reason"),
        ("# tfaudit:ignore backup-retention \u200b", "without a reason"),
        ("# tfaudit:ignore backup-retention --", "without a reason"),
        ("# tfaudit:ignore backup-retention until=2026-05-31 rebuilt nightly", "ran out on 2026-05-31"),
        ("# tfaudit:ignore backup-retention until=2026-13-99 rebuilt nightly", "is no date"),
    ],
)
def test_comment_that_does_not_count_is_said_to(tmp_path: Path, comment: str, note: str) -> None:
    result = scanned(tmp_path, comment)
    assert outcomes(result)["orders"] is Outcome.FAIL
    assert any(note in each for each in result.notes)


def test_comment_on_another_attribute(tmp_path: Path) -> None:
    comment = '# tfaudit:ignore backup-retention it is about the next line\n  engine = "postgres"\n'
    assert outcomes(scanned(tmp_path, comment))["orders"] is Outcome.FAIL


def test_comment_above_the_block_waives_all_of_it(tmp_path: Path) -> None:
    text = "# tfaudit:ignore backup-retention rebuilt nightly" + BLOCK.format(inside="")
    (tmp_path / "above.tf").write_text(text.replace("orders", "above").replace("other", "beside"))
    assert outcomes(scanned(tmp_path))["above"] is Outcome.WAIVED


def test_comment_about_another_policy(tmp_path: Path) -> None:
    result = scanned(tmp_path, "#checkov:skip=CKV_AWS_16:another matter")
    assert outcomes(result)["orders"] is Outcome.FAIL


@pytest.mark.parametrize(
    "asset", ["aws_db_instance.other", "aws:rds:db/other", "aws_db_instance.o*r", "other"]
)
def test_configured_waiver_names_its_asset(tmp_path: Path, asset: str) -> None:
    waiver = ConfiguredWaiver(
        "backup-*", asset, "a copy of orders", "2026-12-31", "data team", Place("tfaudit.yaml")
    )
    result = scanned(tmp_path, "", waiver)
    assert outcomes(result) == {"orders": Outcome.FAIL, "other": Outcome.WAIVED}


POD = """
apiVersion: v1
kind: Pod
metadata:
  name: app
  namespace: shop
  annotations:
{skips}
spec:
  containers:
    - name: app
      image: shop:1.2.3
"""


def judged(tmp_path: Path, name: str, text: str, policy: str) -> ScanResult:
    (tmp_path / name).write_text(text)
    return scan(tmp_path, Options(in_force(Choice(ids=(policy,)))))


@pytest.mark.parametrize(
    ("skips", "outcome"),
    [
        (["CKV_K8S_10=bursts"], Outcome.FAIL),
        (["CKV_K8S_10=bursts", "CKV_K8S_12=bursts"], Outcome.WAIVED),
    ],
)
def test_a_skip_of_one_part_leaves_the_other(tmp_path: Path, skips: list[str], outcome: Outcome) -> None:
    lines = "\n".join(f"    checkov.io/skip{number}: {each}" for number, each in enumerate(skips, 1))
    result = judged(tmp_path, "pod.yaml", POD.format(skips=lines), "container-requests")
    assert [verdict.outcome for verdict in result.verdicts] == [outcome]


@pytest.mark.parametrize(
    ("rule", "manifest", "code"),
    [("CKV_K8S_13", Outcome.WAIVED, Outcome.FAIL), ("CKV_K8S_12", Outcome.FAIL, Outcome.WAIVED)],
)
def test_a_rule_whose_id_means_another_thing_in_terraform_is_skipped_where_it_means_this(
    tmp_path: Path, rule: str, manifest: Outcome, code: Outcome
) -> None:
    """Checkov's limit on memory is CKV_K8S_13 in manifests and CKV_K8S_12 in Terraform."""
    skip = f"    checkov.io/skip1: {rule}=bursts"
    (tmp_path / "manifest").mkdir()
    found = judged(tmp_path / "manifest", "pod.yaml", POD.format(skips=skip), "container-memory-limit")
    assert [verdict.outcome for verdict in found.verdicts] == [manifest]
    pod = f"""
resource "kubernetes_pod" "app" {{
  # checkov:skip={rule}:bursts
  metadata {{
    name = "app"
  }}
  spec {{
    container {{
      name  = "app"
      image = "shop:1.2.3"
    }}
  }}
}}
"""
    (tmp_path / "code").mkdir()
    found = judged(tmp_path / "code", "main.tf", pod, "container-memory-limit")
    assert [verdict.outcome for verdict in found.verdicts] == [code]


@pytest.mark.parametrize(
    ("skipped", "outcome"), [((53, 54, 55), Outcome.FAIL), ((53, 54, 55, 56), Outcome.WAIVED)]
)
def test_a_fact_that_several_rules_judge_together_takes_the_skips_of_all(
    tmp_path: Path, skipped: tuple[int, ...], outcome: Outcome
) -> None:
    skips = "\n".join(f"  # checkov:skip=CKV_AWS_{each}:a public site" for each in skipped)
    text = f"""
Resources:
  Site:
    Type: AWS::S3::Bucket
  {skips}
    Properties:
      PublicAccessBlockConfiguration: {{BlockPublicAcls: false}}
"""
    result = judged(tmp_path, "site.yaml", text, "object-store-blocks-public-access")
    assert [verdict.outcome for verdict in result.verdicts] == [outcome]


def test_a_comment_of_checkovs_counts_on_the_types_that_its_rule_is_about() -> None:
    def resource(type_: str, dialect: Dialect = "terraform") -> Resource:
        return Resource(type_, "a", {}, Place("main.tf", 1), "code", dialect)

    assert is_about("CKV_AWS_232", resource("aws_network_acl_rule"))
    assert not is_about("CKV_AWS_232", resource("aws_security_group")), "checkov never judges it there"
    assert is_about("CKV_AWS_232", resource("module")), "what is skipped on a call is skipped in the module"
    assert is_about("CKV_AWS_24", resource("aws_instance")), "the file does not list all of its types"
    assert is_about("CKV_AWS_232", resource("core/Pod", "kubernetes"))
    assert is_about("CKV_OWN_1", resource("aws_security_group")), "a rule of somebody's own"
    assert is_about("CKV_AWS_*", resource("aws_security_group"))


def test_a_comment_on_another_type_than_its_rules_waives_nothing(tmp_path: Path) -> None:
    code = """resource "aws_security_group" "g" {
  #checkov:skip=%s:bastion
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
    outcomes = []
    for rule in ("CKV_AWS_24", "CKV_AWS_232"):
        folder = tmp_path / rule
        folder.mkdir()
        (folder / "main.tf").write_text(code % rule)
        found = scan(
            folder, Options(in_force(Choice(ids=("firewall-rule-no-admin-port",))), today=date(2026, 6, 1))
        )
        outcomes.append({each.outcome for each in found.verdicts})
    assert outcomes == [{Outcome.WAIVED}, {Outcome.FAIL}]
