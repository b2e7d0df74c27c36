"""A rule inside of a resource is known by what it says: what is put before it moves no finding, baseline or waiver."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tfaudit.model.verdicts import digest

GROUP = 'resource "aws_security_group" "web" {{\n  vpc_id = var.vpc\n{}}}\nvariable "vpc" {{}}\n'
RULE = """  ingress {{
    from_port = {0}
    to_port = {0}
    protocol = "tcp"
    description = "d"
    cidr_blocks = ["0.0.0.0/0"]
  }}
"""
NSG = 'resource "azurerm_network_security_group" "web" {{\n  name = var.n\n{}}}\nvariable "n" {{}}\n'
SECURITY_RULE = """  security_rule {{
    name = "r{0}"
    priority = {0}
    direction = "Inbound"
    access = "Allow"
    protocol = "Tcp"
    source_port_range = "*"
    destination_port_range = "{0}"
    source_address_prefix = "*"
    destination_address_prefix = "*"
  }}
"""
ACL = 'resource "aws_network_acl" "web" {{\n  vpc_id = var.vpc\n{}}}\nvariable "vpc" {{}}\n'
ENTRY = """  ingress {{
    rule_no = {0}
    from_port = {0}
    to_port = {0}
    protocol = "tcp"
    action = "allow"
    cidr_block = "0.0.0.0/0"
  }}
"""
TEMPLATE = """Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
{}"""
TEMPLATE_RULE = (
    "        - {{IpProtocol: tcp, FromPort: {0}, ToPort: {0}, CidrIp: 0.0.0.0/0, Description: d}}\n"
)
POLICY = ("--policy", "firewall-rule-no-admin-port", "--policy", "firewall-rule-no-data-port")
FORMS = [
    ("main.tf", GROUP, RULE),
    ("main.tf", NSG, SECURITY_RULE),
    ("main.tf", ACL, ENTRY),
    ("stack.yaml", TEMPLATE, TEMPLATE_RULE),
]


def write(tree: Path, form: tuple[str, str, str], ports: Iterable[int]) -> None:
    tree.mkdir(exist_ok=True)
    name, around, rule = form
    (tree / name).write_text(around.format("".join(rule.format(port) for port in ports)))


def fails(tree: Path, *arguments: str) -> list[dict[str, Any]]:
    done = tfaudit("scan", *POLICY, *arguments, "-o", "json", cwd=tree)
    return [each for each in json.loads(done.stdout)["verdicts"] if each["outcome"] == "fail"]


@pytest.mark.parametrize("form", FORMS, ids=["group", "nsg", "acl", "template"])
def test_a_rule_that_is_put_first_is_the_one_that_is_new(tmp_path: Path, form: tuple[str, str, str]) -> None:
    tree = tmp_path / "tree"
    write(tree, form, (22, 3306))
    before = {each["fingerprint"] for each in fails(tree)}
    (tmp_path / "a.json").write_text(tfaudit("scan", *POLICY, "-o", "json", cwd=tree).stdout)
    assert tfaudit("baseline", "write", *POLICY, "--file", "../b.json", cwd=tree).returncode == 0
    write(tree, form, (3389, 22, 3306))
    now = fails(tree)
    assert len(before) == 2
    (new,) = [each["fingerprint"] for each in now if each["fingerprint"] not in before]
    for baseline in ("../a.json", "../b.json"):
        compared = fails(tree, "--baseline", baseline)
        assert [each["fingerprint"] for each in compared if each["change"] == "new"] == [new]
    (tmp_path / "c.json").write_text(tfaudit("scan", *POLICY, "-o", "json", cwd=tree).stdout)
    told = json.loads(tfaudit("diff", "a.json", "c.json", "--json", cwd=tmp_path).stdout)
    assert [each["fingerprint"] for each in told["new"]] == [new]
    assert (told["fixed"], told["unchanged"]) == ([], 2)
    sarif = json.loads(tfaudit("scan", *POLICY, "-o", "sarif", cwd=tree).stdout)
    marks = {each["partialFingerprints"]["tfaudit/v1"] for each in sarif["runs"][0]["results"]}
    assert marks == {*before, new}


def test_rules_that_say_the_same_are_counted_and_those_that_change_places_are_not_new(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    write(tree, FORMS[0], (22, 22, 3306))
    before = {each["fingerprint"] for each in fails(tree)}
    assert len(before) == 3
    write(tree, FORMS[0], (3306, 22, 22))
    assert {each["fingerprint"] for each in fails(tree)} == before
    write(tree, FORMS[0], (3306, 22, 22, 22))
    assert len({each["fingerprint"] for each in fails(tree)} - before) == 1
    write(tree, FORMS[0], (3306, 22))
    assert {each["fingerprint"] for each in fails(tree)} < before


def test_a_waiver_of_one_rule_stays_with_it(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    write(tree, FORMS[0], (22, 3306))
    shell = next(each for each in fails(tree) if "admin" in each["policy"])
    waived = tfaudit(
        "waive", shell["fingerprint"], *POLICY, "--reason", "a test", "--owner", "us", "--until", "2099-01-01", cwd=tree
    )  # fmt: skip
    assert waived.returncode == 0, waived.stderr
    write(tree, FORMS[0], (3389, 22, 3306))
    left = [each["places"][0]["line"] for each in fails(tree)]
    assert shell["fingerprint"] not in {each["fingerprint"] for each in fails(tree)}
    assert len(left) == 2


def test_a_baseline_and_a_waiver_from_before_still_count(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    write(tree, FORMS[0], (22, 3306))
    assert tfaudit("baseline", "write", *POLICY, "--file", "../b.json", cwd=tree).returncode == 0
    document = json.loads((tmp_path / "b.json").read_text())
    for number, each in enumerate(sorted(document["findings"], key=lambda one: one["policy"])):
        each["address"] = f"aws_security_group.web#ingress[{number}]"
        each["fingerprint"] = digest(each["policy"], each["scope"], each["address"], each["setting"])
        each.pop("key", None)
    (tmp_path / "b.json").write_text(json.dumps(document))
    assert {each["change"] for each in fails(tree, "--baseline", "../b.json")} == {"unchanged"}
    (tree / "tfaudit.yaml").write_text(
        'waivers: [{policy: "*", asset: "aws_security_group.web#ingress[0]", reason: a test, owner: us}]\n'
    )
    assert len(fails(tree)) == 1


def test_a_fact_is_that_of_what_the_record_says(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    bucket = 'resource "aws_s3_bucket" "{0}" {{\n  bucket = "{0}"\n}}\n'
    policy = ("--policy", "object-store-versioned")

    def new() -> list[str]:
        done = tfaudit("scan", *policy, "--baseline", "../b.json", "-o", "json", cwd=tree)
        return [
            each["asset"]["address"]
            for each in json.loads(done.stdout)["verdicts"]
            if each.get("change") == "new"
        ]

    (tree / "main.tf").write_text(bucket.format("one") + bucket.format("two"))
    assert tfaudit("baseline", "write", *policy, "--file", "../b.json", cwd=tree).returncode == 0
    (tree / "main.tf").write_text(
        bucket.format("one").replace('"aws_s3_bucket" "one"', '"aws_s3_bucket" "renamed"')
    )
    assert new() == []
    document = json.loads((tmp_path / "b.json").read_text())
    one, two = sorted(document["findings"], key=lambda each: each["address"])
    document["findings"] = [{**two, "fact": one["fact"]}]
    (tmp_path / "b.json").write_text(json.dumps(document))
    assert new() == ["aws_s3_bucket.renamed"]
    document["findings"] = [{**two, "fact": one["fact"], "key": one["key"]}]
    (tmp_path / "b.json").write_text(json.dumps(document))
    assert new() == []  # now it says which bucket it speaks of


def test_rules_of_a_group_that_was_moved_are_the_same(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    write(tree, FORMS[0], (22, 3306))
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *command], cwd=tree, check=True)
    moved = "moved {\n  from = aws_security_group.web\n  to = aws_security_group.front\n}\n"
    text = (tree / "main.tf").read_text().replace('"web"', '"front"')
    (tree / "main.tf").write_text(text + moved)
    assert {each["change"] for each in fails(tree, "--since", "HEAD")} == {"unchanged"}
    (tree / "main.tf").write_text(text)
    assert {each["change"] for each in fails(tree, "--since", "HEAD")} == {"new"}


def test_what_stands_once_is_the_same_whatever_is_changed_in_it(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    disk = 'resource "aws_instance" "web" {{\n  ami = "a"\n  root_block_device {{\n    volume_size = {}\n  }}\n}}\n'
    found = []
    for size in (8, 16):
        (tree / "main.tf").write_text(disk.format(size))
        done = tfaudit("scan", "--policy", "volume-encrypted", "-o", "json", cwd=tree)
        (verdict,) = json.loads(done.stdout)["verdicts"]
        found.append(verdict["fingerprint"])
    assert found[0] == found[1]
