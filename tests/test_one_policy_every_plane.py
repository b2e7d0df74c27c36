"""The one idea: a policy file judges the same database in code, in a plan, in a template and in the account.

It gives the same verdict, and the verdicts know that they are about the same fact of the same database.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit, verdicts
from tests.servers.aws import REGION, Aws

POLICIES = ("backup-retention", "database-encrypted", "database-not-public")

TERRAFORM = """
variable "days" {{
  type = number
}}

resource "aws_db_instance" "orders" {{
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.t4g.micro"
  allocated_storage       = 20
  username                = "orders"
  backup_retention_period = var.days
  storage_encrypted       = {encrypted}
  publicly_accessible     = {public}
  skip_final_snapshot     = true

  manage_master_user_password = true
}}
"""

TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Days:
    Type: Number
    Default: {days}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    Properties:
      DBInstanceIdentifier: !Join ["", [ord, ers]]
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: "20"
      MasterUsername: orders
      ManageMasterUserPassword: true
      BackupRetentionPeriod: !Ref Days
      StorageEncrypted: {encrypted}
      PubliclyAccessible: {public}
"""

SOUND = {"days": 14, "encrypted": "true", "public": "false"}
WEAK = {"days": 1, "encrypted": "false", "public": "true"}


def plan(days: int, encrypted: bool, public: bool) -> str:
    """Return what `terraform show -json` writes of a plan that creates the database."""
    after: dict[str, Any] = {
        "allocated_storage": 20,
        "allow_major_version_upgrade": None,
        "apply_immediately": False,
        "auto_minor_version_upgrade": True,
        "backup_retention_period": days,
        "blue_green_update": [],
        "copy_tags_to_snapshot": False,
        "customer_owned_ip_enabled": None,
        "dedicated_log_volume": False,
        "delete_automated_backups": True,
        "deletion_protection": None,
        "domain": None,
        "enabled_cloudwatch_logs_exports": None,
        "engine": "postgres",
        "final_snapshot_identifier": None,
        "iam_database_authentication_enabled": None,
        "identifier": "orders",
        "instance_class": "db.t4g.micro",
        "iops": None,
        "manage_master_user_password": True,
        "max_allocated_storage": None,
        "monitoring_interval": 0,
        "password": None,
        "performance_insights_enabled": False,
        "publicly_accessible": public,
        "replicate_source_db": None,
        "restore_to_point_in_time": [],
        "s3_import": [],
        "skip_final_snapshot": True,
        "snapshot_identifier": None,
        "storage_encrypted": encrypted,
        "tags": None,
        "timeouts": None,
        "username": "orders",
    }
    computed = (
        "address arn ca_cert_identifier db_name db_subnet_group_name endpoint engine_version hosted_zone_id id "
        "kms_key_id multi_az parameter_group_name port resource_id status storage_type tags_all vpc_security_group_ids"
    )
    about = {
        "address": "aws_db_instance.orders",
        "mode": "managed",
        "type": "aws_db_instance",
        "name": "orders",
        "provider_name": "registry.terraform.io/hashicorp/aws",
    }
    literal = (
        "allocated_storage engine identifier instance_class manage_master_user_password publicly_accessible "
        "skip_final_snapshot storage_encrypted username"
    )
    expressions: dict[str, Any] = {name: {"constant_value": after[name]} for name in literal.split()}
    expressions["backup_retention_period"] = {"references": ["var.days"]}
    return json.dumps(
        {
            "format_version": "1.2",
            "terraform_version": "1.9.8",
            "variables": {"days": {"value": days}},
            "planned_values": {
                "root_module": {
                    "resources": [{**about, "schema_version": 2, "values": after, "sensitive_values": {}}]
                }
            },
            "resource_changes": [
                {
                    **about,
                    "change": {
                        "actions": ["create"],
                        "before": None,
                        "after": after,
                        "after_unknown": dict.fromkeys(computed.split(), True),
                        "before_sensitive": False,
                        "after_sensitive": {"password": True},
                    },
                }
            ],
            "configuration": {
                "provider_config": {
                    "aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws"}
                },
                "root_module": {
                    "resources": [
                        {
                            **about,
                            "provider_config_key": "aws",
                            "expressions": expressions,
                            "schema_version": 2,
                        }
                    ],
                    "variables": {"days": {}},
                },
            },
            "timestamp": "2026-11-20T08:00:00Z",
            "applyable": True,
            "complete": True,
            "errored": False,
        },
        indent=2,
    )


def judged(*command: str | Path, folder: Path, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """The verdicts of the policies on the one database, by policy."""
    chosen = [word for id_ in POLICIES for word in ("--policy", id_)]
    done = tfaudit(*command, *chosen, "-o", "json", cwd=folder, environment=environment)
    found = verdicts(done)
    assert sorted(each["policy"] for each in found) == sorted(POLICIES), done.stderr
    return {each["policy"]: each for each in found}


@pytest.fixture
def planes(request: pytest.FixtureRequest, aws: Aws, tmp_path: Path) -> dict[str, dict[str, Any]]:
    """The verdicts on a database with the given values, by plane."""
    values = request.param
    days, encrypted, public = values["days"], values["encrypted"] == "true", values["public"] == "true"
    for name, file, text in (
        ("terraform", "main.tf", TERRAFORM.format(**values)),
        ("plan", "plan.json", plan(days, encrypted, public)),
        ("cloudformation", "orders.yaml", TEMPLATE.format(**values)),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text(text)
    (tmp_path / "terraform" / "terraform.tfvars").write_text(f"days = {days}\n")
    aws.client("rds").create_db_instance(
        DBInstanceIdentifier="orders",
        Engine="postgres",
        DBInstanceClass="db.t4g.micro",
        AllocatedStorage=20,
        MasterUsername="orders",
        ManageMasterUserPassword=True,
        BackupRetentionPeriod=days,
        StorageEncrypted=encrypted,
        PubliclyAccessible=public,
    )
    found = {
        name: judged("scan", tmp_path / name, folder=tmp_path)
        for name in ("terraform", "plan", "cloudformation")
    }
    live = judged("live", "aws", "--region", REGION, folder=tmp_path, environment=aws.environment)
    return {**found, "live": live}


@pytest.mark.parametrize(
    ("planes", "outcome"), [(SOUND, "pass"), (WEAK, "fail")], indirect=["planes"], ids=["sound", "weak"]
)
def test_every_plane_gives_the_same_verdict_on_the_same_database(
    planes: dict[str, dict[str, Any]], outcome: str
) -> None:
    for policy in POLICIES:
        seen = {plane: found[policy] for plane, found in planes.items()}
        assert {plane: each["outcome"] for plane, each in seen.items()} == dict.fromkeys(planes, outcome)
        assert {each["asset"]["key"] for each in seen.values()} == {"aws:rds:db/orders"}
        assert len({(each["setting"], json.dumps(each["value"])) for each in seen.values()}) == 1
        facts = {each["fact"] for each in seen.values()}
        assert len(facts) == 1
        assert facts != {""}


@pytest.mark.parametrize("planes", [WEAK], indirect=True, ids=["weak"])
def test_each_plane_says_where_it_saw_it(planes: dict[str, dict[str, Any]]) -> None:
    places = {plane: found["backup-retention"]["places"][0] for plane, found in planes.items()}

    line = TERRAFORM.split("\n").index("  backup_retention_period = var.days") + 1
    assert (places["terraform"]["origin"], places["terraform"]["line"]) == ("main.tf", line)
    line = TEMPLATE.split("\n").index("      BackupRetentionPeriod: !Ref Days") + 1
    assert (places["cloudformation"]["origin"], places["cloudformation"]["line"]) == (
        "orders.yaml",
        line,
    )
    assert places["plan"]["origin"] == "plan.json"
    assert places["live"]["origin"] == f"rds.describe_db_instances {REGION}"
    assert places["live"]["at"].endswith("BackupRetentionPeriod")
