"""Oracle encrypts connections by options: the same group spelled on every plane, and what can be wrong with it."""

from __future__ import annotations

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

BOTH = ["tls.required", "tls.min_version"]
TERRAFORM = """
variable "wanted" {}
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "oracle-se2"
  option_group_name = %s
}
resource "aws_db_option_group" "own" {
  name        = "own"
  engine_name = "oracle-se2"
  option {
    option_name = "S3_INTEGRATION"
  }
  option {
    option_name = "%s"
    option_settings {
      name  = "%s"
      value = %s
    }
  }
}
"""
CLOUDFORMATION = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: orders
      Engine: oracle-se2
      OptionGroupName: !Ref Own
  Own:
    Type: AWS::RDS::OptionGroup
    Properties:
      EngineName: oracle-se2
      OptionConfigurations:
        - OptionName: NATIVE_NETWORK_ENCRYPTION
          OptionSettings:
            - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}
"""


def live(options: Any) -> Any:
    body = {
        "DBInstanceIdentifier": "orders",
        "Engine": "oracle-se2",
        "OptionGroupMemberships": [{"OptionGroupName": "own"}],
        "describe_option_groups": options,
    }
    return from_api("rds.describe_db_instances", body)


def group(name: str, **settings: str) -> list[dict[str, Any]]:
    told = [{"Name": each, "Value": value} for each, value in settings.items()]
    return [{"OptionGroupName": "own", "Options": [{"OptionName": name, "OptionSettings": told}]}]


def test_required_native_encryption_is_the_same_on_every_plane() -> None:
    native = ("NATIVE_NETWORK_ENCRYPTION", "SQLNET.ENCRYPTION_SERVER", '"REQUIRED"')
    assert_same(
        {"tls.required": True, "tls.min_version": NOT_APPLICABLE},
        terraform=from_terraform(TERRAFORM % ("aws_db_option_group.own.name", *native)),
        cloudformation=from_cloudformation(CLOUDFORMATION),
        api=live(group("NATIVE_NETWORK_ENCRYPTION", **{"SQLNET.ENCRYPTION_SERVER": "REQUIRED"})),
    )


@pytest.mark.parametrize(
    ("named", "option", "setting", "value", "required", "oldest"),
    [
        (
            '"own"',
            "NATIVE_NETWORK_ENCRYPTION",
            "SQLNET.ENCRYPTION_SERVER",
            '"REQUESTED"',
            False,
            NOT_APPLICABLE,
        ),
        ('"own"', "NATIVE_NETWORK_ENCRYPTION", "OTHER", '"1"', False, NOT_APPLICABLE),
        (
            '"own"',
            "NATIVE_NETWORK_ENCRYPTION",
            "SQLNET.ENCRYPTION_SERVER",
            "var.wanted",
            UNKNOWN,
            NOT_APPLICABLE,
        ),
        ('"own"', "SSL", "SQLNET.SSL_VERSION", '"1.2 or 1.0"', False, "1.0"),
        ('"own"', "SSL", "SQLNET.SSL_VERSION", '"1.2"', False, "1.2"),
        ('"own"', "SSL", "FIPS.SSLFIPS_140", '"TRUE"', False, "1.0"),
        ("null", "SSL", "SQLNET.SSL_VERSION", '"1.2"', False, NOT_APPLICABLE),
        ('"default:oracle-se2-19"', "SSL", "SQLNET.SSL_VERSION", '"1.2"', False, NOT_APPLICABLE),
        ('"elsewhere"', "SSL", "SQLNET.SSL_VERSION", '"1.2"', UNKNOWN, UNKNOWN),
        ("var.wanted", "SSL", "SQLNET.SSL_VERSION", '"1.2"', UNKNOWN, UNKNOWN),
    ],
)
def test_what_an_option_group_comes_to(
    named: str, option: str, setting: str, value: str, required: object, oldest: object
) -> None:
    found = from_terraform(TERRAFORM % (named, option, setting, value))[0]
    assert values(found, BOTH) == {"tls.required": required, "tls.min_version": oldest}


@pytest.mark.parametrize(
    ("version", "oldest"), [("19", "1.0"), ("21.0.0.0.ru-1", "1.0"), ("26.0.0.0.ru-1", "1.2")]
)
def test_an_ssl_option_without_a_version_speaks_what_its_engine_does(version: str, oldest: str) -> None:
    body = {
        "DBInstanceIdentifier": "orders",
        "Engine": "oracle-ee",
        "EngineVersion": version,
        "describe_option_groups": group("SSL"),
    }
    (found,) = from_api("rds.describe_db_instances", body)
    assert values(found, ["tls.min_version"]) == {"tls.min_version": oldest}


def test_options_that_may_not_be_read_are_unknown() -> None:
    (found,) = live(denied("rds:DescribeOptionGroups"))
    assert values(found, BOTH) == {"tls.required": UNKNOWN, "tls.min_version": UNKNOWN}


def test_an_account_s_default_group_has_no_options() -> None:
    (found,) = live([{"OptionGroupName": "default:oracle-se2-19", "Options": []}])
    assert values(found, BOTH) == {"tls.required": False, "tls.min_version": NOT_APPLICABLE}


def test_a_replica_has_the_options_of_its_source_and_a_circle_does_not_hang() -> None:
    source = TERRAFORM % ('"own"', "NATIVE_NETWORK_ENCRYPTION", "SQLNET.ENCRYPTION_SERVER", '"REQUIRED"')
    copy = """
resource "aws_db_instance" "copy" {
  identifier          = "copy"
  replicate_source_db = %s
}
resource "aws_db_instance" "circle" {
  identifier          = "circle"
  engine              = "oracle-se2"
  replicate_source_db = "circle"
}
"""
    found = {
        each.address: each for each in from_terraform(source + copy % "aws_db_instance.orders.identifier")
    }
    assert values(found["aws_db_instance.copy"], ["tls.required"]) == {"tls.required": True}
    assert values(found["aws_db_instance.circle"], ["tls.required"]) == {"tls.required": False}


@pytest.mark.parametrize(
    ("version", "parameters", "expected"),
    [
        ("15.00.4236.7.v1", {}, "1.0"),
        ("15.00.4385.2.v1", {}, "1.2"),
        ("15.00.4365.2.v1", {}, "1.0"),
        ("15.00.4385.2.v1", {"rds.tls11": "enabled"}, "1.1"),
        ("15.00.4236.7.v1", {"rds.tls10": "disabled", "rds.tls11": "disabled"}, "1.2"),
        ("15.00.4236.7.v1", {"rds.tls10": "default", "rds.tls11": "disabled"}, "1.0"),
        ("15.00", {"rds.tls10": "disabled", "rds.tls11": "disabled"}, "1.2"),
        ("15.00", {"rds.tls10": "disabled"}, UNKNOWN),
        ("15.00", {"rds.tls10": "enabled"}, "1.0"),
        ("18.00.1000.1.v1", {}, UNKNOWN),
    ],
)
def test_the_oldest_tls_of_sql_server_hangs_on_its_build_and_two_parameters(
    version: str, parameters: dict[str, str], expected: str
) -> None:
    told = [{"ParameterName": name, "ParameterValue": value} for name, value in parameters.items()]
    body = {
        "DBInstanceIdentifier": "a",
        "Engine": "sqlserver-se",
        "EngineVersion": version,
        "describe_db_parameters": told,
    }
    (found,) = from_api("rds.describe_db_instances", body)
    assert values(found, ["tls.min_version"]) == {"tls.min_version": expected}


def test_a_parameter_group_that_is_named_by_its_literal_name_is_found() -> None:
    found = from_terraform("""
resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "mysql"
  engine_version       = "8.0"
  parameter_group_name = "own"
}
resource "aws_db_parameter_group" "own" {
  name   = "own"
  family = "mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}
""")
    assert values(found[0], ["tls.required"]) == {"tls.required": True}
