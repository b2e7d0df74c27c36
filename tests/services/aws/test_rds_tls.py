"""The oldest TLS version that an RDS database speaks, and where else its backups are."""

from __future__ import annotations

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

DATABASE = """
variable "oldest" {}
resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "%s"
  %s
  parameter_group_name = %s
}
resource "aws_db_parameter_group" "own" {
  name   = "own"
  family = "own"
  parameter {
    name  = "%s"
    value = %s
  }
}
"""
_OWN = "aws_db_parameter_group.own.name"


@pytest.mark.parametrize(
    ("engine", "version", "group", "parameter", "value", "expected"),
    [
        ("postgres", 'engine_version = "16.3"', "null", "x", '"1"', "1.2"),
        ("postgres", 'engine_version = "12.19"', "null", "x", '"1"', "1.0"),
        ("postgres", 'engine_version = "16.3"', _OWN, "ssl_min_protocol_version", '"TLSv1.3"', "1.3"),
        ("postgres", 'engine_version = "16.3"', _OWN, "ssl_min_protocol_version", '"TLSv1.1"', "1.1"),
        ("postgres", 'engine_version = "16.3"', _OWN, "ssl_min_protocol_version", "var.oldest", UNKNOWN),
        ("postgres", "", "null", "x", '"1"', UNKNOWN),
        ("mysql", 'engine_version = "8.0"', "null", "x", '"1"', "1.2"),
        ("mysql", 'engine_version = "5.7"', "null", "x", '"1"', "1.0"),
        ("mysql", 'engine_version = "5.7"', _OWN, "tls_version", '"TLSv1.2,TLSv1.3"', "1.2"),
        ("aurora-mysql", 'engine_version = "8.0.mysql_aurora.3.08.0"', "null", "x", '"1"', "1.2"),
        ("aurora-mysql", 'engine_version = "5.7.mysql_aurora.2.12.1"', "null", "x", '"1"', UNKNOWN),
        ("custom-oracle-ee", 'engine_version = "19"', "null", "x", '"1"', UNKNOWN),
    ],
)
def test_the_oldest_version(
    engine: str, version: str, group: str, parameter: str, value: str, expected: str
) -> None:
    database = from_terraform(DATABASE % (engine, version, group, parameter, value))[0]
    assert values(database, ["tls.min_version"]) == {"tls.min_version": expected}


def test_backups_in_a_second_region_on_every_plane() -> None:
    assert_same(
        {"backup.cross_region": True, "network.allowed_sources": NOT_APPLICABLE},
        terraform=from_terraform("""
resource "aws_db_instance" "orders" {
  identifier = "orders"
  engine     = "postgres"
}
resource "aws_db_instance_automated_backups_replication" "orders" {
  source_db_instance_arn = aws_db_instance.orders.arn
}
"""),
        cloudformation=from_cloudformation("""
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: orders
      Engine: postgres
      AutomaticBackupReplicationRegion: eu-central-1
"""),
        api=from_api(
            "rds.describe_db_instances",
            {
                "DBInstanceIdentifier": "orders",
                "DBInstanceArn": "arn:aws:rds:eu-west-1:123456789012:db:orders",
                "Engine": "postgres",
                "DBInstanceAutomatedBackupsReplications": [
                    {
                        "DBInstanceAutomatedBackupsArn": "arn:aws:rds:eu-central-1:123456789012:auto-backup:ab-1"
                    }
                ],
            },
        ),
    )
