"""What belongs to a resource counts for certain only where it is there whenever the resource is."""

from __future__ import annotations

import json
from pathlib import Path

from tests.services.test_right_verdicts import outcomes

HEAD = """
variable "create" { type = bool }
variable "number" { type = number }
variable "names" { type = set(string) }
"""
BUCKET = """
resource "aws_s3_bucket" "{name}" {{
  {own}
  bucket = "{name}"
}}
resource "aws_s3_bucket_versioning" "{name}" {{
  {other}
  bucket = aws_s3_bucket.{name}{at}.id
  versioning_configuration {{ status = "Enabled" }}
}}
"""
CREATED, ONE = "count = var.create ? 1 : 0", "[0]"


def test_a_companion_whose_count_is_not_known(tmp_path: Path) -> None:
    text = HEAD
    for name, own, other, at in (
        ("plain", "", "", ""),
        ("perhaps", "", CREATED, ""),
        ("several", "", "count = var.number", ""),
        ("keyed", "", "for_each = var.names", ""),
        ("together", CREATED, CREATED, ONE),
        ("narrower", CREATED, "count = var.create && var.number > 1 ? 1 : 0", ONE),
        ("each", "for_each = var.names", "for_each = var.names", "[each.key]"),
    ):
        text += BUCKET.format(name=name, own=own, other=other, at=at)
    found = outcomes(tmp_path, text, "object-store-versioned")
    assert {address.partition(".")[2].partition("[")[0]: outcome for address, outcome in found.items()} == {
        "plain": "pass",
        "perhaps": "unknown",
        "several": "unknown",
        "keyed": "unknown",
        "together": "pass",
        "narrower": "unknown",
        "each": "pass",
    }


def test_what_stands_in_one_module_that_may_not_be_there(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "main.tf").write_text(BUCKET.format(name="in", own="", other="", at=""), "utf-8")
    text = HEAD + 'module "inner" {\n  count = var.create ? 1 : 0\n  source = "./inner"\n}\n'
    found = outcomes(tmp_path, text, "object-store-versioned")
    assert found["module.inner[0].aws_s3_bucket.in"] == "pass"


ROLE = """
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }
  ] })
}
resource "aws_iam_role_policy_attachment" "r" {
  count      = var.create ? 1 : 0
  role       = aws_iam_role.r.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""


def test_a_role_that_may_be_given_a_policy(tmp_path: Path) -> None:
    assert outcomes(tmp_path, HEAD + ROLE, "policy-no-admin")["aws_iam_role.r"] == "unknown"


def rule(name: str, access: str, priority: int, **more: object) -> dict[str, object]:
    return {
        "type": "Microsoft.Network/networkSecurityGroups/securityRules",
        "apiVersion": "2023-11-01",
        "name": f"g/{name}",
        "properties": {
            "priority": priority,
            "direction": "Inbound",
            "access": access,
            "protocol": "*",
            "sourcePortRange": "*",
            "sourceAddressPrefix": "*",
            "destinationPortRange": "22",
            "destinationAddressPrefix": "*",
        },
        **more,
    }


def test_a_denial_that_may_not_be_there_closes_nothing_for_certain(tmp_path: Path) -> None:
    group = {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-11-01", "name": "g"}
    for more, expected in (({}, "pass"), ({"condition": "[parameters('on')]"}, "unknown")):
        template = {
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "parameters": {"on": {"type": "bool"}},
            "resources": [group, rule("no", "Deny", 100, **more), rule("yes", "Allow", 200)],
        }
        found = outcomes(tmp_path, json.dumps(template), "firewall-rule-no-admin-port", "main.json")
        assert found["Microsoft.Network/networkSecurityGroups/g/securityRules/yes"] == expected


def test_in_cloudformation_both_may_hang_on_one_condition(tmp_path: Path) -> None:
    text = """
Parameters: {Stage: {Type: String}, Size: {Type: String}}
Conditions:
  Live: !Equals [!Ref Stage, live]
  Large: !Equals [!Ref Size, large]
Resources:
"""
    for name, own, other in (("Plain", "Live", ""), ("Both", "Live", "Live"), ("Two", "Live", "Large")):
        condition = f"\n    Condition: {other}" if other else ""
        text += f"""  {name}: {{Type: AWS::SecretsManager::Secret, Condition: {own}, Properties: {{Name: {name}}}}}
  Turns{name}:
    Type: AWS::SecretsManager::RotationSchedule{condition}
    Properties: {{SecretId: !Ref {name}, RotationRules: {{AutomaticallyAfterDays: 30}}}}
"""
    found = outcomes(tmp_path, text, "secret-rotation", "template.yaml")
    assert found == {"Plain": "pass", "Both": "pass", "Two": "unknown"}
