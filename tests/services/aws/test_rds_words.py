"""What RDS states in each spelling beyond the plain instance: clusters, replicas, copies, networks; and unknowns."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Limits, Resource, Unresolved
from tfaudit.model.settings import Known
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.terraform import plan as terraform_plan
from tfaudit.sources.tree.files import InputFile


def terraform(type_: str, lines: str, more: str = "") -> Asset:
    """Return the first database of a root with one resource of `type_`, and `more` beside it."""
    found = from_terraform(f'variable "open" {{}}\n{more}\nresource "{type_}" "a" {{\n{lines}\n}}')
    return next(each for each in found if each.kind == "database")


def template(type_: str, lines: str, more: str = "") -> Asset:
    """Return the first database of a template with one resource of `type_`, and `more` beside it."""
    head = f"Parameters: {{Open: {{Type: String}}}}\nResources:\n  A:\n    Type: {type_}\n    Properties:\n"
    body = "\n".join(f"      {line}" for line in dedent(lines).strip().splitlines())
    found = from_cloudformation(f"{head}{body}\n{more}")
    return next(each for each in found if each.kind == "database")


def test_a_multi_az_cluster_is_the_same_on_every_plane() -> None:
    code = """
        cluster_identifier                  = "ledger"
        engine                              = "postgres"
        engine_version                      = "16.4"
        db_cluster_instance_class           = "db.m6gd.large"
        kms_key_id                          = aws_kms_key.k.arn
        db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.g.name
        iam_database_authentication_enabled = true
        enabled_cloudwatch_logs_exports     = ["audit"]
        deletion_protection                 = true
        tags                                = { team = "ledger" }
    """
    beside = """
        resource "aws_kms_key" "k" {}
        resource "aws_rds_cluster_parameter_group" "g" {
          family = "postgres16"
          parameter {
            name  = "rds.force_ssl"
            value = "0"
          }
        }
    """
    lines = """
        DBClusterIdentifier: ledger
        Engine: postgres
        EngineVersion: "16.4"
        DBClusterInstanceClass: db.m6gd.large
        KmsKeyId: !GetAtt K.Arn
        DBClusterParameterGroupName: !Ref G
        EnableIAMDatabaseAuthentication: true
        EnableCloudwatchLogsExports: [audit]
        DeletionProtection: true
        Tags: [{Key: team, Value: ledger}]
    """
    others = """
  K: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
  G:
    Type: AWS::RDS::DBClusterParameterGroup
    Properties: {Family: postgres16, Description: g, Parameters: {rds.force_ssl: "0"}}
    """
    answer = {
        "DBClusterIdentifier": "ledger",
        "Engine": "postgres",
        "EngineVersion": "16.4",
        "DBClusterInstanceClass": "db.m6gd.large",
        "MultiAZ": True,
        "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k1",
        "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
        "describe_db_cluster_parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": "0"}],
        "IAMDatabaseAuthenticationEnabled": True,
        "EnabledCloudwatchLogsExports": ["audit"],
        "DeletionProtection": True,
        "TagList": [{"Key": "team", "Value": "ledger"}],
    }
    assert_same(
        {
            "encryption.at_rest": False,
            "encryption.customer_managed_key": True,
            "tls.required": False,
            "tls.min_version": "1.2",
            "backup.enabled": True,
            "backup.retention_days": 1,
            "backup.cross_region": NOT_APPLICABLE,
            "audit.events": ["connections", "statements"],
            "logs.enabled": True,
            "ha.multi_zone": True,
            "deletion_protection": True,
            "auth.iam": True,
            "auto_minor_upgrade": True,
            "tags": {"team": "ledger"},
        },
        terraform=[terraform("aws_rds_cluster", code, beside)],
        cloudformation=[template("AWS::RDS::DBCluster", lines, others)],
        api=from_api("rds.describe_db_clusters", answer),
    )


def test_a_replica_is_the_same_on_every_plane() -> None:
    inherited = {
        "backup.enabled": NOT_APPLICABLE,
        "backup.retention_days": NOT_APPLICABLE,
        "backup.cross_region": NOT_APPLICABLE,
        "ha.multi_zone": NOT_APPLICABLE,
        "auto_minor_upgrade": False,
    }
    answer = {"DBInstanceIdentifier": "copy", "Engine": "mysql", "AutoMinorVersionUpgrade": False}
    lines = "DBInstanceIdentifier: copy\nAutoMinorVersionUpgrade: false\n"
    code = 'identifier = "copy"\nauto_minor_version_upgrade = false\nreplicate_source_db = "first"'
    assert_same(
        inherited,
        terraform=[terraform("aws_db_instance", code)],
        instance=[template("AWS::RDS::DBInstance", f"{lines}SourceDBInstanceIdentifier: first")],
        cluster=[template("AWS::RDS::DBInstance", f"{lines}SourceDBClusterIdentifier: first")],
        api=from_api(
            "rds.describe_db_instances", {**answer, "ReadReplicaSourceDBInstanceIdentifier": "first"}
        ),
        api_cluster=from_api(
            "rds.describe_db_instances", {**answer, "ReadReplicaSourceDBClusterIdentifier": "first"}
        ),
    )


def test_a_replicated_cluster_is_the_same_on_every_plane() -> None:
    answer = {"DBClusterIdentifier": "copy", "Engine": "aurora-mysql", "ReplicationSourceIdentifier": "arn:x"}
    lines = "DBClusterIdentifier: copy\nEngine: aurora-mysql\nReplicationSourceIdentifier: arn:x"
    code = 'cluster_identifier = "copy"\nengine = "aurora-mysql"\nreplication_source_identifier = "arn:x"'
    assert_same(
        {"backup.enabled": NOT_APPLICABLE, "backup.retention_days": NOT_APPLICABLE},
        terraform=[terraform("aws_rds_cluster", code)],
        cloudformation=[template("AWS::RDS::DBCluster", lines)],
        api=from_api("rds.describe_db_clusters", answer),
    )


@pytest.mark.parametrize(
    "found",
    [
        lambda: terraform("aws_db_instance", 'engine = "mysql"\nsnapshot_identifier = "s"'),
        lambda: terraform("aws_db_instance", 'engine = "mysql"\ns3_import {\n bucket_name = "b"\n}'),
        lambda: terraform(
            "aws_rds_cluster", 'engine = "aurora-mysql"\nrestore_to_point_in_time {\n restore_type = "x"\n}'
        ),
        lambda: template("AWS::RDS::DBInstance", "Engine: mysql\nDBSnapshotIdentifier: s"),
        lambda: template(
            "AWS::RDS::DBInstance", 'Engine: mysql\nDBSnapshotIdentifier: ""\nDBClusterSnapshotIdentifier: s'
        ),
        lambda: template("AWS::RDS::DBCluster", "Engine: aurora-mysql\nSnapshotIdentifier: s"),
        lambda: template("AWS::RDS::DBCluster", "Engine: aurora-mysql\nSourceDBClusterIdentifier: c"),
    ],
)
def test_a_copy_has_the_encryption_of_what_it_is_restored_from(found: Any) -> None:
    assert values(found(), ["encryption.at_rest"]) == {"encryption.at_rest": UNKNOWN}


def test_a_cluster_that_is_restored_has_backups_of_its_own() -> None:
    """In a template a cluster names by `SourceDBClusterIdentifier` what it is restored from: it is no replica."""
    restored = template("AWS::RDS::DBCluster", "Engine: aurora-mysql\nSourceDBClusterIdentifier: c")
    told = values(restored, ["backup.retention_days", "encryption.customer_managed_key"])
    assert told == {"backup.retention_days": 1, "encryption.customer_managed_key": False}


def test_storage_of_the_first_aurora_serverless_is_encrypted_on_every_plane() -> None:
    answer = {"DBClusterIdentifier": "c", "Engine": "aurora-mysql", "EngineMode": "serverless"}
    assert_same(
        {"encryption.at_rest": True},
        terraform=[
            terraform(
                "aws_rds_cluster",
                'cluster_identifier = "c"\nengine = "aurora-mysql"\nengine_mode = "serverless"',
            )
        ],
        cloudformation=[
            template(
                "AWS::RDS::DBCluster",
                "DBClusterIdentifier: c\nEngine: aurora-mysql\nEngineMode: serverless\nStorageEncrypted: false",
            )
        ],
        api=from_api("rds.describe_db_clusters", answer),
    )


NETWORK = """
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref Inner]}}
  Inner: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network}}
  Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: %s, %s}}
"""


@pytest.mark.parametrize(
    ("network", "gateway", "public"),
    [
        ("!Ref Network", "InternetGatewayId: !Ref Gateway", True),
        ("!Ref Network", "VpnGatewayId: vgw-1", False),
        ("!Ref Other", "InternetGatewayId: !Ref Gateway", False),
        ("!Ref Open", "InternetGatewayId: !Ref Gateway", UNKNOWN),
    ],
)
def test_a_template_may_leave_the_public_address_to_the_network(
    network: str, gateway: str, public: object
) -> None:
    database = template(
        "AWS::RDS::DBInstance", "Engine: mysql\nDBSubnetGroupName: !Ref Group", NETWORK % (network, gateway)
    )
    assert values(database, ["network.public"]) == {"network.public": public}


@pytest.mark.parametrize("group", ["", "DBSubnetGroupName: elsewhere", "DBSubnetGroupName: !Ref Open"])
def test_without_its_network_the_public_address_is_not_known(group: str) -> None:
    setting = template("AWS::RDS::DBInstance", f"Engine: mysql\n{group}").settings["network.public"]
    assert getattr(setting, "because", "").startswith("PubliclyAccessible is not set: it depends on the ")


@pytest.mark.parametrize(
    ("lines", "setting", "expected"),
    [
        ('replicate_source_db = "b"\nbackup_retention_period = var.open', "backup.retention_days", UNKNOWN),
        ('replicate_source_db = "b"\nbackup_retention_period = var.open', "backup.enabled", UNKNOWN),
        ('replicate_source_db = "b"\nmulti_az = var.open', "ha.multi_zone", UNKNOWN),
        ("replicate_source_db = var.open", "backup.retention_days", UNKNOWN),
        ("replicate_source_db = var.open\nbackup_retention_period = 9", "backup.retention_days", 9),
        ("engine = var.open\niam_database_authentication_enabled = false", "auth.iam", UNKNOWN),
        ("engine = var.open\niam_database_authentication_enabled = true", "auth.iam", True),
        ('engine = "oracle-ee"\niam_database_authentication_enabled = var.open', "auth.iam", NOT_APPLICABLE),
        ("engine = var.open", "encryption.at_rest", False),
        ("engine = var.open", "tls.required", UNKNOWN),
        ('engine = "postgres"\nengine_version = var.open', "tls.required", UNKNOWN),
        ('engine = "postgres"\nparameter_group_name = var.open', "tls.required", UNKNOWN),
    ],
)
def test_what_is_not_known_of_an_instance(lines: str, setting: str, expected: object) -> None:
    assert values(terraform("aws_db_instance", lines), [setting]) == {setting: expected}


@pytest.mark.parametrize(
    ("lines", "encrypted"),
    [
        ("engine = var.open", UNKNOWN),
        ("engine = var.open\nstorage_encrypted = true", True),
        ("engine = var.open\nstorage_encrypted = false", False),
        ('engine = "aurora-mysql"\nengine_mode = var.open', True),
        ('engine = "aurora-mysql"\nengine_mode = var.open\nstorage_encrypted = false', UNKNOWN),
    ],
)
def test_what_is_not_known_of_a_cluster(lines: str, encrypted: object) -> None:
    assert values(terraform("aws_rds_cluster", lines), ["encryption.at_rest"]) == {
        "encryption.at_rest": encrypted
    }


@pytest.mark.parametrize(("cluster", "days"), [('""', 1), ("c", NOT_APPLICABLE), ("!Ref Open", UNKNOWN)])
def test_only_a_cluster_that_is_named_has_members(cluster: str, days: object) -> None:
    found = template("AWS::RDS::DBInstance", f"Engine: mysql\nDBClusterIdentifier: {cluster}")
    assert values(found, ["backup.retention_days"]) == {"backup.retention_days": days}


def test_a_macro_among_the_parameters_may_set_any_of_them() -> None:
    group = """
  Own:
    Type: AWS::RDS::DBParameterGroup
    Properties:
      Family: postgres16
      Parameters: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://notes/part.yaml}}}
    """
    lines = "Engine: postgres\nEngineVersion: 16\nDBParameterGroupName: !Ref Own"
    found = template("AWS::RDS::DBInstance", lines, group)
    assert values(found, ["tls.required"]) == {"tls.required": UNKNOWN}


def test_a_parameter_that_is_named_decides_beside_one_whose_name_is_not_known() -> None:
    body = {
        "DBInstanceIdentifier": "a",
        "Engine": "postgres",
        "EngineVersion": "16",
        "describe_db_parameters": [
            Unresolved("not read", "read it"),
            {"ParameterName": "rds.force_ssl", "ParameterValue": "0"},
        ],
    }
    (found,) = from_api("rds.describe_db_instances", body)
    assert values(found, ["tls.required"]) == {"tls.required": False}


@pytest.mark.parametrize(
    ("version", "name", "oldest"),
    [
        ('"19"', '"OTHER"', "1.0"),
        ('"26"', '"OTHER"', "1.2"),
        ("var.open", '"OTHER"', UNKNOWN),
        ('"26"', "var.open", UNKNOWN),
    ],
)
def test_an_oracle_option_that_is_not_wholly_known(version: str, name: str, oldest: object) -> None:
    group = f"""
        resource "aws_db_option_group" "own" {{
          engine_name = "oracle-ee"
          option {{
            option_name = "SSL"
            option_settings {{
              name  = {name}
              value = "1.2"
            }}
          }}
        }}
    """
    lines = (
        f'engine = "oracle-ee"\nengine_version = {version}\noption_group_name = aws_db_option_group.own.name'
    )
    found = terraform("aws_db_instance", lines, group)
    assert values(found, ["tls.min_version"]) == {"tls.min_version": oldest}


def test_a_log_whose_name_is_not_known_hides_none_of_the_others() -> None:
    found = terraform(
        "aws_db_instance", 'engine = "mysql"\nenabled_cloudwatch_logs_exports = [var.open, "audit"]'
    )
    events = found.settings["audit.events"]
    assert isinstance(events, Known)
    assert events.value[:2] == ["connections", "statements"]
    assert isinstance(events.value[2], Unresolved)
    assert values(found, ["logs.enabled"]) == {"logs.enabled": True}
    (alone,) = from_terraform(
        'variable "open" {}\nresource "aws_db_instance" "a" {\n enabled_cloudwatch_logs_exports = [var.open]\n}'
    )
    assert values(alone, ["logs.enabled"]) == {"logs.enabled": UNKNOWN}


REPLICATION = (
    'resource "aws_db_instance_automated_backups_replication" "r" {\n source_db_instance_arn = %s\n}'
)


@pytest.mark.parametrize(
    "source", ['"arn:aws:rds:eu-west-1:1:db:x"', "data.aws_db_instance.x.db_instance_arn"]
)
def test_of_a_database_of_another_stack_only_its_copied_backups_are_known(source: str) -> None:
    data = 'data "aws_db_instance" "x" {\n db_instance_identifier = "x"\n}\n'
    (found,) = from_terraform(data + REPLICATION % source)
    names = ["backup.cross_region", "encryption.at_rest", "backup.retention_days", "inline_secrets"]
    assert values(found, names) == dict.fromkeys(names, UNKNOWN) | {"backup.cross_region": True}


@pytest.mark.parametrize(
    ("password", "inline"), [("correct-horse", True), ("{{resolve:ssm-secure:p:1}}", False)]
)
def test_a_password_is_the_same_in_both_forms_of_code(password: str, inline: bool) -> None:
    cluster = 'cluster_identifier = "c"\nengine = "aurora-mysql"\n'
    lines = f'DBClusterIdentifier: c\nEngine: aurora-mysql\nMasterUserPassword: "{password}"'
    assert_same(
        {"inline_secrets": inline},
        terraform=[terraform("aws_rds_cluster", f'{cluster}master_password = "{password}"')],
        once=[
            terraform(
                "aws_rds_cluster",
                f'{cluster}master_password = var.open\nmaster_password_wo = "{password}"',
            )
        ],
        cloudformation=[template("AWS::RDS::DBCluster", lines)],
    )


def test_a_plan_does_not_show_whether_its_password_is_written_in_the_code() -> None:
    change = {"actions": ["create"], "before": None, "after": {"password": "correct-horse"}}
    each = {"address": "aws_db_instance.a", "mode": "managed", "type": "aws_db_instance", "name": "a"}
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "resource_changes": [{**each, "change": change}],
    }
    with tempfile.TemporaryDirectory() as folder:
        text = json.dumps(plan)
        (Path(folder) / "plan.json").write_text(text)
        read = terraform_plan.read(InputFile(Path(folder), "plan.json", len(text)), Limits())
        found = list(assets([each for each in read if isinstance(each, Resource)], Registry()))
    assert isinstance(found[0], Asset)
    assert values(found[0], ["inline_secrets"]) == {"inline_secrets": UNKNOWN}
