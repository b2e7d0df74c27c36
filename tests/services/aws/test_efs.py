"""EFS file systems on every plane."""

from __future__ import annotations

import json
from textwrap import dedent

from tests.parity import UNKNOWN, assert_same, from_api, from_cloudformation, from_terraform, values

TLS_ONLY = {
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ]
}


def test_a_file_system_is_the_same_on_every_plane() -> None:
    terraform = f"""
        resource "aws_efs_file_system" "shared" {{
          encrypted = true
          tags      = {{ team = "web" }}
        }}
        resource "aws_efs_backup_policy" "shared" {{
          file_system_id = aws_efs_file_system.shared.id
          backup_policy {{
            status = "ENABLED"
          }}
        }}
        resource "aws_efs_file_system_policy" "shared" {{
          file_system_id = aws_efs_file_system.shared.id
          policy         = <<POLICY
{json.dumps(TLS_ONLY)}
POLICY
        }}
    """
    template = f"""
        Resources:
          Shared:
            Type: AWS::EFS::FileSystem
            Properties:
              Encrypted: true
              BackupPolicy: {{Status: ENABLED}}
              FileSystemPolicy: {json.dumps(TLS_ONLY)}
              FileSystemTags: [{{Key: team, Value: web}}]
    """
    body = {
        "FileSystemId": "fs-1",
        "Encrypted": True,
        "Tags": [{"Key": "team", "Value": "web"}],
        "describe_backup_policy": {"BackupPolicy": {"Status": "ENABLED"}},
        "describe_file_system_policy": {"Policy": json.dumps(TLS_ONLY)},
    }
    assert_same(
        {
            "encryption.at_rest": True,
            "encryption.customer_managed_key": False,
            "backup.enabled": True,
            "tls.required": True,
            "policy.public": False,
            "ha.multi_zone": True,
            "tags": {"team": "web"},
        },
        key=False,
        terraform=[each for each in from_terraform(terraform) if each.kind == "file_store"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "file_store"],
        api=[each for each in from_api("efs.describe_file_systems", body) if each.kind == "file_store"],
    )


def test_a_file_system_of_one_zone_is_backed_up_by_itself() -> None:
    one, all_zones = from_terraform("""
resource "aws_efs_file_system" "one" {
  availability_zone_name = "eu-west-1a"
}
resource "aws_efs_file_system" "all" {
}
""")
    assert values(one, ["backup.enabled"]) == {"backup.enabled": True}
    assert values(all_zones, ["backup.enabled"]) == {"backup.enabled": False}


def test_a_file_system_of_one_zone_that_an_account_reports_without_backups_has_none() -> None:
    body = {"FileSystemId": "fs-1", "AvailabilityZoneName": "eu-west-1a", "describe_backup_policy": None}
    (found,) = from_api("efs.describe_file_systems", body)
    assert values(found, ["backup.enabled"]) == {"backup.enabled": False}


def test_one_that_may_be_of_one_zone_may_be_backed_up_by_itself() -> None:
    text = 'variable "zone" {}\nresource "aws_efs_file_system" "f" {\n availability_zone_name = ZONE\n}'
    (unknown,) = from_terraform(text.replace("ZONE", "var.zone"))
    names = ["backup.enabled", "ha.multi_zone"]
    assert values(unknown, names) == dict.fromkeys(names, UNKNOWN)
    subnet = 'resource "aws_subnet" "s" {}\n' + text.replace("ZONE", "aws_subnet.s.availability_zone")
    named = next(each for each in from_terraform(subnet) if each.kind == "file_store")
    assert values(named, names) == {"backup.enabled": True, "ha.multi_zone": False}


def test_a_zone_is_the_same_on_every_plane() -> None:
    template = """
        Resources:
          One:
            Type: AWS::EFS::FileSystem
            Properties: {AvailabilityZoneName: eu-west-1a, KmsKeyId: alias/aws/elasticfilesystem}
    """
    terraform = """
        resource "aws_efs_file_system" "one" {
          availability_zone_name = "eu-west-1a"
          kms_key_id             = "alias/aws/elasticfilesystem"
        }
    """
    body = {
        "FileSystemId": "fs-1",
        "AvailabilityZoneName": "eu-west-1a",
        "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k1",
        "describe_key": {"KeyMetadata": {"KeyManager": "AWS"}},
    }
    assert_same(
        {"ha.multi_zone": False, "encryption.customer_managed_key": False, "encryption.at_rest": False},
        key=False,
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("efs.describe_file_systems", body),
    )
