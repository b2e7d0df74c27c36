"""EBS volumes on every plane, and the disks that instances and templates declare."""

from __future__ import annotations

from textwrap import dedent

from tests.parity import (
    UNKNOWN,
    assert_same,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)

ENCRYPTED = ["encryption.at_rest"]


def test_a_volume_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_kms_key" "data" {}
        resource "aws_ebs_volume" "data" {
          availability_zone = "eu-west-1a"
          encrypted         = true
          kms_key_id        = aws_kms_key.data.arn
          tags              = { team = "web" }
        }
    """
    template = """
        Resources:
          Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
          Data:
            Type: AWS::EC2::Volume
            Properties:
              AvailabilityZone: eu-west-1a
              Encrypted: true
              KmsKeyId: !Ref Key
              Tags: [{Key: team, Value: web}]
    """
    body = {
        "VolumeId": "vol-1",
        "Encrypted": True,
        "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k1",
        "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
        "SnapshotId": "snap-1",
        "Tags": [{"Key": "team", "Value": "web"}],
    }
    assert_same(
        {"encryption.at_rest": True, "encryption.customer_managed_key": True, "tags": {"team": "web"}},
        key=False,
        terraform=[each for each in from_terraform(terraform) if each.kind == "block_volume"],
        cloudformation=[
            each for each in from_cloudformation(dedent(template)) if each.kind == "block_volume"
        ],
        api=from_api("ec2.describe_volumes", body),
    )


def test_a_volume_that_says_nothing_follows_its_region_or_its_snapshot() -> None:
    found = from_terraform(
        """
        resource "aws_ebs_volume" "plain" {
          availability_zone = "eu-west-1a"
        }
        resource "aws_ebs_volume" "restored" {
          availability_zone = "eu-west-1a"
          snapshot_id       = "snap-1"
        }
        """
    )
    assert [values(each, ENCRYPTED)["encryption.at_rest"] for each in found] == [False, UNKNOWN]
    by_region = from_terraform(
        """
        resource "aws_ebs_encryption_by_default" "region" {}
        resource "aws_ebs_volume" "plain" {
          availability_zone = "eu-west-1a"
        }
        """
    )
    assert [values(each, ENCRYPTED)["encryption.at_rest"] for each in by_region] == [True]


def test_each_declared_disk_is_judged_and_instance_storage_is_left_out() -> None:
    found = from_terraform(
        """
        resource "aws_instance" "web" {
          root_block_device {
            encrypted = true
          }
          ebs_block_device {
            device_name = "/dev/sdf"
          }
        }
        resource "aws_launch_template" "web" {
          block_device_mappings {
            device_name = "/dev/xvda"
            ebs {
              encrypted = true
            }
          }
          block_device_mappings {
            device_name  = "/dev/sdb"
            virtual_name = "ephemeral0"
          }
        }
        """
    )
    disks = {
        each.address: values(each, ENCRYPTED)["encryption.at_rest"]
        for each in found
        if each.kind == "block_volume"
    }
    assert disks == {
        "aws_instance.web#root_block_device[0]": True,
        "aws_instance.web#ebs_block_device[0]": False,
        "aws_launch_template.web#block_device_mappings[0]": True,
    }


def test_a_root_disk_that_nobody_describes_is_not_guessed() -> None:
    text = 'resource "aws_instance" "web" {\n ami = "ami-1"\n}\n'
    found = [each for each in from_terraform(text) if each.kind == "block_volume"]
    assert {each.address: values(each, ENCRYPTED)["encryption.at_rest"] for each in found} == {
        "aws_instance.web#root": UNKNOWN
    }
    region = 'resource "aws_ebs_encryption_by_default" "region" {\n enabled = true\n}\n'
    found = [each for each in from_terraform(text + region) if each.kind == "block_volume"]
    assert [values(each, ENCRYPTED) for each in found] == [{"encryption.at_rest": True}]


def test_disks_of_an_instance_are_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_launch_template" "web" {
          block_device_mappings {
            device_name = "/dev/xvda"
            ebs {
              encrypted  = true
              kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/k1"
            }
          }
          block_device_mappings {
            device_name = "/dev/sdb"
            ebs {
              snapshot_id = "snap-1"
            }
          }
          block_device_mappings {
            device_name = "/dev/sdc"
            no_device   = true
          }
        }
    """
    template = """
        Resources:
          Web:
            Type: TYPE
            Properties:
              AT:
                - {DeviceName: /dev/xvda, Ebs: {Encrypted: true, KmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/k1"}}
                - {DeviceName: /dev/sdb, Ebs: {SnapshotId: snap-1}}
                - {DeviceName: /dev/sdc, NoDevice: {}}
    """

    def disks(type_: str, at: str = "BlockDeviceMappings") -> list[dict[str, object]]:
        found = from_cloudformation(dedent(template).replace("TYPE", type_).replace("AT:", f"{at}:"))
        return [values(each, names) for each in found if each.kind == "block_volume"]

    names = ["encryption.at_rest", "encryption.customer_managed_key"]
    expected = [dict.fromkeys(names, True), dict(zip(names, (UNKNOWN, False), strict=True))]
    assert [
        values(each, names) for each in from_terraform(terraform) if each.kind == "block_volume"
    ] == expected
    assert disks("AWS::EC2::Instance") == expected
    assert disks("AWS::AutoScaling::LaunchConfiguration") == expected
    inside = "LaunchTemplateData:\n        BlockDeviceMappings"
    assert disks("AWS::EC2::LaunchTemplate", inside) == expected


def test_a_snapshot_that_is_declared_beside_its_volume_decides() -> None:
    found = from_terraform(
        """
        resource "aws_ebs_snapshot_copy" "copy" {
          source_snapshot_id = "snap-1"
          source_region      = "eu-west-1"
          encrypted          = true
        }
        resource "aws_ebs_volume" "restored" {
          availability_zone = "eu-west-1a"
          snapshot_id       = aws_ebs_snapshot_copy.copy.id
        }
        """
    )
    assert [values(each, ENCRYPTED) for each in found if each.kind == "block_volume"] == [
        {"encryption.at_rest": True}
    ]


def test_what_the_region_does_by_default_may_not_be_known() -> None:
    found = from_terraform(
        """
        variable "on" {}
        resource "aws_ebs_encryption_by_default" "region" {
          enabled = var.on
        }
        resource "aws_ebs_volume" "plain" {
          availability_zone = "eu-west-1a"
        }
        """
    )
    assert [values(each, ENCRYPTED) for each in found] == [{"encryption.at_rest": UNKNOWN}]


def test_disks_that_may_be_there_do_not_vanish() -> None:
    found = from_terraform(
        """
        variable "disks" {}
        resource "aws_instance" "web" {
          root_block_device {
            encrypted = true
          }
          dynamic "ebs_block_device" {
            for_each = var.disks
            content {
              device_name = ebs_block_device.value
            }
          }
        }
        """
    )
    assert {
        each.address: values(each, ENCRYPTED)["encryption.at_rest"]
        for each in found
        if each.kind == "block_volume"
    } == {
        "aws_instance.web#root_block_device[0]": True,
        "aws_instance.web#ebs_block_device": UNKNOWN,
    }


def test_a_device_that_is_taken_away_is_no_disk() -> None:
    text = """
        resource "aws_launch_configuration" "web" {
          root_block_device {
            encrypted = true
          }
          ebs_block_device {
            device_name = "/dev/sdf"
            no_device   = REMOVED
          }
        }
    """
    kept = from_terraform(text.replace("REMOVED", "false"))
    removed = from_terraform(text.replace("REMOVED", "true"))
    assert [each.address for each in removed if each.kind == "block_volume"] == [
        "aws_launch_configuration.web#root_block_device[0]"
    ]
    assert len([each for each in kept if each.kind == "block_volume"]) == 2
