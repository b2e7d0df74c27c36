"""RDS and Aurora on every plane: parity, what members and replicas inherit, and what parameter groups tell."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same,
    denied,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)

KEY = "arn:aws:kms:eu-west-1:123456789012:key/k1"
ORDERS: dict[str, Any] = {
    "DBInstanceIdentifier": "orders",
    "DBInstanceArn": "arn:aws:rds:eu-west-1:123456789012:db:orders",
    "Engine": "postgres",
    "EngineVersion": "14.12",
    "StorageEncrypted": True,
    "KmsKeyId": KEY,
    "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
    "PubliclyAccessible": False,
    "BackupRetentionPeriod": 14,
    "MultiAZ": True,
    "DeletionProtection": True,
    "IAMDatabaseAuthenticationEnabled": True,
    "EnabledCloudwatchLogsExports": ["postgresql", "upgrade"],
    "describe_db_parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": "1"}],
    "TagList": [{"Key": "team", "Value": "orders"}],
}


def test_an_instance_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_kms_key" "data" {}
        resource "aws_db_parameter_group" "strict" {
          name   = "strict"
          family = "postgres14"
          parameter {
            name  = "rds.force_ssl"
            value = "1"
          }
        }
        resource "aws_db_instance" "orders" {
          identifier                          = "orders"
          engine                              = "postgres"
          engine_version                      = "14.12"
          storage_encrypted                   = true
          kms_key_id                          = aws_kms_key.data.arn
          publicly_accessible                 = false
          backup_retention_period             = 14
          multi_az                            = true
          deletion_protection                 = true
          iam_database_authentication_enabled = true
          enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
          parameter_group_name                = aws_db_parameter_group.strict.name
          manage_master_user_password         = true
          tags                                = { team = "orders" }
        }
    """
    template = """
        Resources:
          Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
          Strict:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: postgres14, Description: strict, Parameters: {rds.force_ssl: "1"}}
          Orders:
            Type: AWS::RDS::DBInstance
            Properties:
              DBInstanceIdentifier: orders
              Engine: postgres
              EngineVersion: "14.12"
              StorageEncrypted: true
              KmsKeyId: !GetAtt Key.Arn
              PubliclyAccessible: false
              BackupRetentionPeriod: 14
              MultiAZ: true
              DeletionProtection: true
              EnableIAMDatabaseAuthentication: true
              EnableCloudwatchLogsExports: [postgresql, upgrade]
              DBParameterGroupName: !Ref Strict
              ManageMasterUserPassword: true
              Tags: [{Key: team, Value: orders}]
    """
    assert_same(
        {
            "engine": "postgres",
            "version": "14.12",
            "encryption.at_rest": True,
            "encryption.customer_managed_key": True,
            "tls.required": True,
            "network.public": False,
            "backup.enabled": True,
            "backup.retention_days": 14,
            "ha.multi_zone": True,
            "deletion_protection": True,
            "auth.iam": True,
            "logs.enabled": True,
            "audit.events": ["admin", "connections"],
            "tags": {"team": "orders"},
        },
        terraform=[each for each in from_terraform(terraform) if each.kind == "database"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "database"],
        api=from_api("rds.describe_db_instances", ORDERS),
    )


def test_a_cluster_is_the_same_on_every_plane() -> None:
    answer = {
        "DBClusterIdentifier": "ledger",
        "DBClusterArn": "arn:aws:rds:eu-west-1:123456789012:cluster:ledger",
        "Engine": "aurora-postgresql",
        "EngineVersion": "16.4",
        "StorageEncrypted": True,
        "BackupRetentionPeriod": 7,
        "MultiAZ": True,
        "DeletionProtection": False,
        "describe_db_cluster_parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": "0"}],
    }
    terraform = """
        resource "aws_rds_cluster" "ledger" {
          cluster_identifier      = "ledger"
          engine                  = "aurora-postgresql"
          engine_version          = "16.4"
          storage_encrypted       = true
          backup_retention_period = 7
        }
        resource "aws_rds_cluster_instance" "ledger" {
          count              = 2
          cluster_identifier = aws_rds_cluster.ledger.id
          engine             = "aurora-postgresql"
        }
    """
    template = """
        Resources:
          Ledger:
            Type: AWS::RDS::DBCluster
            Properties:
              DBClusterIdentifier: ledger
              Engine: aurora-postgresql
              EngineVersion: "16.4"
              StorageEncrypted: true
              BackupRetentionPeriod: 7
          One: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Ledger}}
          Two: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Ledger}}
    """
    assert_same(
        {
            "encryption.at_rest": True,
            "tls.required": False,
            "network.public": NOT_APPLICABLE,
            "backup.retention_days": 7,
            "ha.multi_zone": True,
            "deletion_protection": False,
        },
        terraform=from_terraform(terraform)[:1],
        cloudformation=from_cloudformation(dedent(template))[:1],
        api=from_api("rds.describe_db_clusters", answer),
    )


def test_a_member_of_a_cluster_has_only_what_is_its_own() -> None:
    member = {
        "DBInstanceIdentifier": "ledger-1",
        "DBInstanceArn": "arn:aws:rds:eu-west-1:123456789012:db:ledger-1",
        "DBClusterIdentifier": "ledger",
        "Engine": "aurora-postgresql",
        "StorageEncrypted": True,
        "BackupRetentionPeriod": 1,
        "PubliclyAccessible": True,
    }
    terraform = """
        resource "aws_rds_cluster_instance" "one" {
          identifier          = "ledger-1"
          cluster_identifier  = "ledger"
          engine              = "aurora-postgresql"
          publicly_accessible = true
        }
    """
    assert_same(
        {
            "network.public": True,
            "encryption.at_rest": NOT_APPLICABLE,
            "backup.retention_days": NOT_APPLICABLE,
            "tls.required": NOT_APPLICABLE,
            "deletion_protection": NOT_APPLICABLE,
        },
        terraform=from_terraform(terraform),
        api=from_api("rds.describe_db_instances", member),
    )


def test_a_replica_has_its_sources_encryption_and_no_backups_of_its_own() -> None:
    found = from_terraform(
        """
        resource "aws_db_instance" "orders" {
          identifier        = "orders"
          engine            = "mysql"
          storage_encrypted = true
        }
        resource "aws_db_instance" "read" {
          identifier          = "read"
          replicate_source_db = aws_db_instance.orders.identifier
        }
        resource "aws_db_instance" "far" {
          identifier          = "far"
          replicate_source_db = "arn:aws:rds:us-east-1:123456789012:db:elsewhere"
        }
        """
    )
    names = ["encryption.at_rest", "backup.retention_days", "tls.required", "ha.multi_zone"]
    told = {each.name: values(each, names) for each in found}
    assert told["read"] == {
        "encryption.at_rest": True,
        "backup.retention_days": NOT_APPLICABLE,
        "tls.required": False,
        "ha.multi_zone": NOT_APPLICABLE,
    }
    assert told["far"]["encryption.at_rest"] == UNKNOWN
    assert told["far"]["tls.required"] == UNKNOWN


def test_a_replica_has_its_sources_engine_and_version() -> None:
    orders, copy, far = from_terraform("""
        resource "aws_db_instance" "orders" {
          identifier     = "orders"
          engine         = "postgres"
          engine_version = "17.4"
        }
        resource "aws_db_instance" "copy" {
          identifier          = "copy"
          replicate_source_db = aws_db_instance.orders.identifier
        }
        resource "aws_db_instance" "far" {
          identifier          = "far"
          replicate_source_db = "arn:aws:rds:us-east-1:123456789012:db:elsewhere"
        }
        """)
    for each, engine, version in (
        (orders, "postgres", "17.4"),
        (copy, "postgres", "17.4"),
        (far, UNKNOWN, UNKNOWN),
    ):
        assert values(each, ["engine", "version"]) == {"engine": engine, "version": version}


def test_databases_that_replicate_one_another_do_not_hang() -> None:
    found = from_terraform(
        """
        resource "aws_db_instance" "a" {
          identifier          = "a"
          replicate_source_db = "b"
        }
        resource "aws_db_instance" "b" {
          identifier          = "b"
          replicate_source_db = "a"
        }
        """
    )
    assert [values(each, ["encryption.at_rest"]) for each in found] == [{"encryption.at_rest": UNKNOWN}] * 2


@pytest.mark.parametrize(
    ("engine", "version", "required"),
    [
        ("postgres", "14.12", False),
        ("postgres", "15.4", True),
        ("postgres", "17", True),
        ("aurora-postgresql", "16.4", False),
        ("aurora-postgresql", "17.4", True),
        ("aurora-mysql", "8.0.mysql_aurora.3.08.0", False),
        ("aurora-mysql", "8.4.mysql_aurora.8.4.1", True),
        ("mariadb", "10.11", False),
        ("mariadb", "11.8.2", True),
        ("mysql", "8.4.3", False),
        ("sqlserver-ex", "15.00", False),
        ("oracle-ee", "19", False),
        ("custom-oracle-ee", "19", UNKNOWN),
        ("postgres", "", UNKNOWN),
    ],
)
def test_without_a_parameter_group_the_engine_and_its_version_decide(
    engine: str, version: str, required: object
) -> None:
    line = f'engine_version = "{version}"' if version else ""
    (found,) = from_terraform(
        f'resource "aws_db_instance" "a" {{\n identifier = "a"\n engine = "{engine}"\n {line}\n}}'
    )
    assert values(found, ["tls.required"]) == {"tls.required": required}


@pytest.mark.parametrize(
    ("engine", "parameters", "required"),
    [
        ("db2-se", [], False),
        ("db2-se", [{"ParameterName": "db2comm", "ParameterValue": "SSL"}], True),
        ("db2-se", [{"ParameterName": "db2comm", "ParameterValue": "TCPIP,SSL"}], False),
        ("docdb", [], True),
        ("docdb", [{"ParameterName": "tls", "ParameterValue": "tls1.2+"}], True),
        ("docdb", [{"ParameterName": "tls", "ParameterValue": "disabled"}], False),
        ("neptune", [{"ParameterName": "neptune_enforce_ssl", "ParameterValue": "0"}], False),
    ],
)
def test_other_clusters_that_the_same_call_reports(
    engine: str, parameters: list[dict[str, str]], required: bool
) -> None:
    body = {"DBClusterIdentifier": "c", "Engine": engine, "describe_db_cluster_parameters": parameters}
    (found,) = from_api("rds.describe_db_clusters", body)
    assert values(found, ["tls.required"]) == {"tls.required": required}


def test_an_unreadable_parameter_group_is_unknown_and_says_what_to_grant() -> None:
    (found,) = from_api(
        "rds.describe_db_instances", {**ORDERS, "describe_db_parameters": denied("rds:DescribeDBParameters")}
    )
    setting = found.settings["tls.required"]
    assert values(found, ["tls.required"]) == {"tls.required": UNKNOWN}
    assert "rds:DescribeDBParameters" in getattr(setting, "settle_with", "")


def test_the_providers_own_key_is_not_the_customers() -> None:
    of_aws = {**ORDERS, "describe_key": {"KeyMetadata": {"KeyManager": "AWS"}}}
    (found,) = from_api("rds.describe_db_instances", of_aws)
    assert values(found, ["encryption.customer_managed_key"]) == {"encryption.customer_managed_key": False}


def test_storage_that_a_key_of_aws_encrypts_counts_as_encrypted() -> None:
    (found,) = from_api(
        "rds.describe_db_clusters",
        {
            "DBClusterIdentifier": "new",
            "Engine": "aurora-mysql",
            "StorageEncrypted": False,
            "StorageEncryptionType": "sse-rds",
        },
    )
    assert values(found, ["encryption.at_rest"]) == {"encryption.at_rest": True}


@pytest.mark.parametrize(
    ("password", "inline"),
    [
        ('"correct-horse"', True),
        ("random_password.p.result", False),
        ("var.password", False),
        ("data.aws_secretsmanager_secret_version.p.secret_string", False),
    ],
)
def test_only_a_written_password_is_inline(password: str, inline: bool) -> None:
    found = from_terraform(
        f"""
        variable "password" {{ type = string }}
        resource "random_password" "p" {{ length = 30 }}
        resource "aws_db_instance" "a" {{
          identifier = "a"
          engine     = "mysql"
          password   = {password}
        }}
        """
    )
    assert values(found[0], ["inline_secrets"]) == {"inline_secrets": inline}


def test_the_family_of_a_parameter_group_tells_the_engine_that_is_not_set() -> None:
    found = from_terraform(
        """
        resource "aws_db_parameter_group" "pg" {
          family = "postgres14"
        }
        resource "aws_db_instance" "a" {
          identifier           = "a"
          snapshot_identifier  = "before"
          parameter_group_name = aws_db_parameter_group.pg.name
        }
        """
    )
    assert values(found[0], ["tls.required"]) == {"tls.required": False}


def test_an_aurora_cluster_is_not_public_and_a_multi_az_cluster_may_be() -> None:
    template = """
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: %s
      %s
"""
    for engine, line, public in (
        ("aurora-postgresql", "DeletionProtection: true", NOT_APPLICABLE),
        ("postgres", "DBClusterInstanceClass: db.m6gd.large", UNKNOWN),
        (
            "postgres",
            "DBClusterInstanceClass: db.m6gd.large\n      PubliclyAccessible: false",
            False,
        ),
    ):
        (found,) = from_cloudformation(template % (engine, line))
        assert values(found, ["network.public"]) == {"network.public": public}
