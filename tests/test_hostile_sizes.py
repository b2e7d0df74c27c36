"""Files of a stranger that took a scan minutes or for ever: each ends soon, with an answer and without a traceback.

The bound is generous, for machines are slow and busy; what these inputs did before took many times as long.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit

MANY = 300_000
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: a, annotations: {{{annotations}}}}}
spec:
  replicas: {replicas}
  template:
    spec:
      containers:
        - {{name: c, image: "{image}", args: ["{argument}"], env: [{{name: "{name}", value: abc}}]}}
"""
DATABASE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  D:
    Type: AWS::RDS::DBInstance
    Properties:
      StorageEncrypted: true
      DBInstanceIdentifier: {value}
"""
POD = "{apiVersion: v1, kind: Pod, metadata: {name: a%d}, spec: {containers: [{name: c, image: %s}]}}"


def deployment(**given: str) -> str:
    words = {"annotations": "", "replicas": "1", "image": "x", "argument": "x", "name": "A"}
    return DEPLOYMENT.format(**{**words, **given})


def hcl(body: str) -> str:
    return f'resource "aws_db_instance" "d" {{\n{body}\n}}\n'


def allowing(actions: list[str]) -> str:
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    properties = {"PolicyName": "p", "Roles": ["r"], "PolicyDocument": document}
    return json.dumps({"Resources": {"P": {"Type": "AWS::IAM::Policy", "Properties": properties}}})


def skips(number: int) -> str:
    return f'"checkov.io/skip{number}": "CKV_K8S_{number}=why"'


def security_rules(number: int) -> str:
    """Return a group in which each second rule denies another port, and the others let it in."""
    rules = "".join(
        f'  security_rule {{\n    name = "r{each}"\n    priority = {each}\n    direction = "Inbound"\n'
        f'    access = "{"Deny" if each % 2 else "Allow"}"\n    protocol = "*"\n    source_port_range = "*"\n'
        f'    destination_port_range = "{each}"\n    source_address_prefix = "*"\n'
        '    destination_address_prefix = "*"\n  }\n'
        for each in range(number)
    )
    return f'resource "azurerm_network_security_group" "g" {{\n  name = "g"\n{rules}}}\n'


def entries(number: int) -> str:
    """Return a network ACL in which each second entry denies a part of the internet, and the others let it in."""
    rules = "".join(
        f'  ingress {{\n    rule_no = {each + 1}\n    from_port = 22\n    to_port = {22 + each}\n    protocol = "tcp"\n'
        f'    action = "{"deny" if each % 2 else "allow"}"\n'
        f'    cidr_block = "{f"10.{each // 256 % 256}.{each % 256}.0/24" if each % 4 == 1 else "0.0.0.0/0"}"\n  }}\n'
        for each in range(number)
    )
    return f'resource "aws_network_acl" "a" {{\n  vpc_id = "v"\n{rules}}}\n'


INPUTS = {
    "rules of a security group of Azure": ("main.tf", security_rules(4_000)),
    "entries of a network ACL": ("main.tf", entries(4_000)),
    "settings of one bucket that stands elsewhere": (
        "main.tf",
        "".join(
            f'resource "aws_s3_bucket_versioning" "v{number}" {{\n  bucket = "elsewhere"\n}}\n'
            for number in range(10_000)
        ),
    ),
    "blank lines of Terraform": ("main.tf", "\n" * MANY + hcl("multi_az = true")),
    "words of Terraform": ("main.tf", "variable " * (MANY // 9)),
    "comments on one line": ("main.tf", "# tfaudit:ignore " * (MANY // 17) + "\n" + hcl("multi_az = true")),
    "many comments": (
        "main.tf",
        hcl("\n".join(f"# checkov:skip=CKV_AWS_{each}:why" for each in range(10_000))),
    ),
    "many annotations": ("a.yaml", deployment(annotations=", ".join(map(skips, range(10_000))))),
    "a number in base 60": ("a.yaml", deployment(replicas="1" + ":1" * (MANY // 2))),
    "a number of many digits": ("a.yaml", deployment(replicas="9" * 100_000)),
    "a hexadecimal number": ("a.yaml", deployment(replicas="0x" + "f" * 100_000)),
    "a number of JSON": ("a.json", '{"apiVersion": "v1", "kind": "Pod", "a": ' + "7" * 100_000 + "}"),
    "tiny documents": ("a.yaml", "---\n" * MANY + deployment()),
    "one long line": ("a.yaml", deployment(image="a" * 5_000_000)),
    "templates that never close": ("a.yaml", deployment(image="${a" * (MANY // 3))),
    "braces that never close": ("a.yaml", deployment(image="{{" * (MANY // 2))),
    "keys that never end": ("a.yaml", deployment(argument="-----BEGIN PRIVATE KEY-----" * (MANY // 27))),
    "a long name": ("a.yaml", deployment(name="automount" * (MANY // 9))),
    "texts of several lines": (
        "a.yaml",
        "apiVersion: v1\nkind: List\nitems:\n"
        + "".join("- " + POD % (each, '"x\n\n  y"') + "\n" for each in range(4_000)),
    ),
    "a substitution of spaces": ("t.yaml", DATABASE.format(value='!Sub "${' + " " * MANY + '"')),
    "substitutions that never close": ("t.yaml", DATABASE.format(value='!Sub "' + "${" * (MANY // 2) + '"')),
    "substitutions of nothing": ("t.yaml", DATABASE.format(value='!Sub "' + "${!!" * (MANY // 4) + '}"')),
    "nested lookups": ("t.yaml", DATABASE.format(value="!FindInMap [a, b, " * 90 + "c" + "]" * 90)),
    "actions of many stars": ("t.json", allowing(["s3:" + "*a" * 20 + str(each) for each in range(20_000)])),
}


@pytest.mark.parametrize("name", INPUTS)
def test_it_ends_soon(name: str, tmp_path: Path) -> None:
    file, text = INPUTS[name]
    (tmp_path / file).write_text(text)

    done = tfaudit(
        "scan", ".", "--fail-on", "never", cwd=tmp_path
    )  # which takes it for hung after two minutes

    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 3), done.stderr
    assert "report this as a defect" not in done.stdout
