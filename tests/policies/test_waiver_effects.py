"""Waivers count as comments and patterns that mean what they say; those without effect are reported."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from tfaudit.model.resources import Place
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.patterns import alike
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.joined import joined
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.policies.waivers import ConfiguredWaiver

VOLUME = (
    'resource "aws_ebs_volume" "{name}" {{\n  availability_zone = "eu-west-1a"\n  size = 1\n{inside}\n}}\n'
)


def waiver(policy: str, asset: str) -> ConfiguredWaiver:
    return ConfiguredWaiver(policy, asset, "agreed", "2099-01-31", "data team", Place("tfaudit.yaml"))


def scanned(
    folder: Path, text: str, *waivers: ConfiguredWaiver, name: str = "main.tf", **options: str
) -> ScanResult:
    (folder / name).write_text(dedent(text), "utf-8")
    return scan(folder, Options(in_force(Choice()), waivers=waivers, today=date(2026, 6, 1), **options))  # type: ignore[arg-type]


def encrypted(result: ScanResult) -> dict[str, Outcome]:
    return {
        each.asset.address: each.outcome for each in result.verdicts if each.policy.id == "volume-encrypted"
    }


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*", "", True),
        ("a*", "abc", True),
        ("*c", "abc", True),
        ("a*b*c", "a-b-c", True),
        ("a*bc*c", "abc", False),
        ("a[1]", "a[1]", True),
        ("a[1]", "a1", False),
        ("a?", "ab", False),
        ('m["x.y"].*', 'm["x.y"].t.n', True),
        ("ab*ba", "aba", False),
        ("**", "anything", True),
    ],
)
def test_only_the_star_is_special(pattern: str, text: str, fits: bool) -> None:
    assert alike(pattern, text) is fits


def test_a_pattern_of_many_stars_is_no_trap() -> None:
    assert not alike("*a" * 2_000 + "b", "a" * 200_000)


QUOTED = [
    'tags = { note = "# tfaudit:ignore volume-encrypted no" }',
    'tags = { note = "a\\" # tfaudit:ignore volume-encrypted no" }',
    "tags = { note = <<-EOT\n  # tfaudit:ignore volume-encrypted no\n  EOT\n  }",
    "tags = { note = <<EOT\n/* tfaudit:ignore volume-encrypted no */\nEOT\n  }",
]
COMMENTED = [
    "encrypted = false # tfaudit:ignore volume-encrypted scratch",
    "encrypted = false // tfaudit:ignore volume-encrypted scratch",
    "encrypted = false /* tfaudit:ignore volume-encrypted scratch */",
    "/*\n tfaudit:ignore volume-encrypted scratch\n*/\nencrypted = false",
    '# tfaudit:ignore volume-* scratch\nencrypted = length("# \\"") == 0',
]


@pytest.mark.parametrize("inside", QUOTED)
def test_text_in_a_string_waives_nothing(tmp_path: Path, inside: str) -> None:
    result = scanned(tmp_path, VOLUME.format(name="x", inside=f"encrypted = false\n{inside}"))
    assert encrypted(result) == {"aws_ebs_volume.x": Outcome.FAIL}


@pytest.mark.parametrize("inside", COMMENTED)
def test_a_comment_of_any_form_waives(tmp_path: Path, inside: str) -> None:
    result = scanned(tmp_path, VOLUME.format(name="x", inside=inside))
    assert encrypted(result) == {"aws_ebs_volume.x": Outcome.WAIVED}


def test_in_terraforms_json_only_the_comment_member_is_a_comment(tmp_path: Path) -> None:
    text = """
        {"resource": {"aws_ebs_volume": {
          "noted": {"size": 1, "encrypted": false, "tags": {"n": "# tfaudit:ignore volume-encrypted no"}},
          "asked": {
            "//": "tfaudit:ignore volume-encrypted scratch",
            "size": 1, "encrypted": false}
        }}}
    """
    result = scanned(tmp_path, text, name="main.tf.json")
    assert encrypted(result) == {
        "aws_ebs_volume.noted": Outcome.FAIL,
        "aws_ebs_volume.asked": Outcome.WAIVED,
    }


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        ("    # tfaudit:ignore container-not-privileged needs it\n    privileged: true", Outcome.WAIVED),
        ("    privileged: true  # tfaudit:ignore container-not-privileged needs it", Outcome.WAIVED),
        ('    privileged: true\n  note: "# tfaudit:ignore container-not-privileged no"', Outcome.FAIL),
        (
            "    privileged: true\n  args:\n  - |\n    # tfaudit:ignore container-not-privileged no",
            Outcome.FAIL,
        ),
        (
            "    privileged: true\n  args:\n  - >-\n    x # tfaudit:ignore container-not-privileged no",
            Outcome.FAIL,
        ),
        (
            "    privileged: true\n  args:\n  - 'x\n     # tfaudit:ignore container-not-privileged no'",
            Outcome.FAIL,
        ),
    ],
)
def test_in_yaml_only_what_the_grammar_calls_a_comment_is_one(
    tmp_path: Path, inside: str, outcome: Outcome
) -> None:
    head = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec:\n"
    head += "  containers:\n  - name: c\n    image: i\n    securityContext:\n  "
    text = head + inside.replace("\n", "\n  ") + "\n"
    (tmp_path / "pod.yaml").write_text(text, "utf-8")
    (found,) = [each for each in scan(tmp_path).verdicts if each.policy.id == "container-not-privileged"]
    assert found.outcome is outcome


def test_a_comment_at_a_module_call_is_for_what_that_call_makes(tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "main.tf").write_text(VOLUME.format(name="x", inside="encrypted = false"), "utf-8")
    result = scanned(
        tmp_path,
        """
        # tfaudit:ignore volume-encrypted scratch
        module "scratch" { source = "./volume" }
        module "data" { source = "./volume" }
        """,
    )
    assert encrypted(result) == {
        "module.scratch.aws_ebs_volume.x": Outcome.WAIVED,
        "module.data.aws_ebs_volume.x": Outcome.FAIL,
    }


@pytest.mark.parametrize(
    ("comment", "outcome"),
    [
        ("#trivy:ignore:AVD-AWS-0026 scratch", Outcome.WAIVED),
        ("#trivy:ignore:aws-0026 scratch", Outcome.WAIVED),
        ("#trivy:ignore:AVD-AWS-* scratch", Outcome.WAIVED),
        ("#trivy:ignore:AVD-AWS-0026:ws:staging scratch", Outcome.WAIVED),
        ("#trivy:ignore:AVD-AWS-0026:ws:production scratch", Outcome.FAIL),
        ("#trivy:ignore:AVD-AWS-0026[size=1] scratch", Outcome.WAIVED),
        ("#trivy:ignore:AVD-AWS-0026[size=2] scratch", Outcome.FAIL),
        ("#trivy:ignore:AVD-AWS-0026:exp:2026-05-01 scratch", Outcome.FAIL),
        ("#checkov:skip=CKV_AWS_3 scratch", Outcome.WAIVED),
        ("#checkov:skip=CKV_AWS_3: scratch", Outcome.WAIVED),
        ("#bridgecrew:skip=CKV_AWS_3:scratch", Outcome.WAIVED),
        ("#checkov:skip=CKV_AWS_3", Outcome.FAIL),
    ],
)
def test_other_tools_comments_count_as_their_owners_say(
    tmp_path: Path, comment: str, outcome: Outcome
) -> None:
    text = f"{comment}\n{VOLUME.format(name='x', inside='encrypted = false')}"
    assert encrypted(scanned(tmp_path, text, workspace="staging")) == {"aws_ebs_volume.x": outcome}


UNUSED = [
    (waiver("volume-encrypted", "aws_ebs_volume.y"), "meets no asset"),
    (waiver("volume-encryptd", "*"), 'did you mean "volume-encrypted"?'),
    (waiver("snapshot-encrypted", "aws_ebs_volume.x"), "meets no asset"),
]


@pytest.mark.parametrize(("unused", "said"), UNUSED)
def test_a_configured_waiver_without_effect_is_told(
    tmp_path: Path, unused: ConfiguredWaiver, said: str
) -> None:
    result = scanned(tmp_path, VOLUME.format(name="x", inside="encrypted = false"), unused)
    assert [note for note in result.notes if said in note and unused.policy in note]


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("# tfaudit:ignore volume-encryptd scratch", 'names "volume-encryptd", which is no policy'),
        ("# tfaudit:ignore database-encrypted scratch", "database-encrypted finds nothing there"),
        ("# tfaudit:ignore volume-encrypted until=soon scratch", '"soon" is no date'),
        ("# tfaudit:ignore volume-encrypted until=2026-05-01 scratch", "ran out on 2026-05-01"),
    ],
)
def test_a_comment_without_effect_is_told(tmp_path: Path, comment: str, said: str) -> None:
    result = scanned(tmp_path, f"{comment}\n{VOLUME.format(name='x', inside='encrypted = false')}")
    assert [note for note in result.notes if said in note and "main.tf:1" in note]


def test_what_is_used_is_not_told(tmp_path: Path) -> None:
    text = VOLUME.format(name="x", inside="# tfaudit:ignore volume-encrypted scratch\n  encrypted = false")
    result = scanned(tmp_path, text, waiver("volume-*", "aws_ebs_volume.x"))
    assert encrypted(result) == {"aws_ebs_volume.x": Outcome.WAIVED}
    assert not [note for note in result.notes if "waive" in note or "comment" in note.partition(":")[2]]


def test_a_waiver_that_one_of_several_targets_needs_is_used(tmp_path: Path) -> None:
    results = []
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        text = VOLUME.format(name=name, inside="encrypted = false")
        results.append(scanned(tmp_path / name, text, waiver("volume-encrypted", "aws_ebs_volume.y")))
    assert [note for note in results[0].notes if "meets no asset" in note]
    assert not [note for note in joined(results).notes if "meets no asset" in note]


def test_two_objects_of_one_name_in_two_folders_are_two_findings(tmp_path: Path) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec: {containers: [{name: c, image: i}]}\n"
    for name in ("red", "blue", "green"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pod.yaml").write_text(pod, "utf-8")
        other = (
            pod.replace("name: p", f"name: {name}-1") + "---\n" + pod.replace("name: p", f"name: {name}-2")
        )
        (tmp_path / name / "other.yaml").write_text(other, "utf-8")
    found = [each for each in scan(tmp_path).verdicts if each.outcome is Outcome.FAIL]
    assert len({each.fingerprint for each in found}) == len(found)


@pytest.mark.parametrize(
    ("actions", "outcome"),
    [
        (["s3:GetObject", "s3:PutObject"], Outcome.WAIVED),
        (["s3:GetObject", "dynamodb:GetItem"], Outcome.FAIL),
    ],
)
def test_rules_about_a_part_waive_that_part_alone(
    tmp_path: Path, actions: list[str], outcome: Outcome
) -> None:
    """None of the three fails for reading a table, so skipping them is no leave to read every table."""
    skips = "".join(f"  #checkov:skip=CKV_AWS_{number}: by design\n" for number in (288, 289, 290))
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    text = f'resource "aws_iam_policy" "p" {{\n{skips}  policy = {json.dumps(policy)}\n}}\n'
    verdicts = scanned(tmp_path, text).verdicts
    (found,) = (each for each in verdicts if each.policy.id == "policy-no-wildcard-resources")
    assert found.outcome is outcome


@pytest.mark.parametrize(("last", "outcome"), [(22, Outcome.WAIVED), (8080, Outcome.FAIL)])
def test_a_rule_about_ssh_waives_no_other_port(tmp_path: Path, last: int, outcome: Outcome) -> None:
    text = f"""
        #trivy:ignore:AVD-AWS-0107 bastion
        resource "aws_security_group_rule" "r" {{
          type              = "ingress"
          from_port         = 22
          to_port           = {last}
          protocol          = "tcp"
          cidr_blocks       = ["0.0.0.0/0"]
          security_group_id = "sg-1"
        }}
    """
    verdicts = scanned(tmp_path, text).verdicts
    (found,) = (each for each in verdicts if each.policy.id == "firewall-rule-not-open-to-world")
    assert found.outcome is outcome
