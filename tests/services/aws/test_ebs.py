"""EBS volumes on every plane, and the disks that instances and templates declare."""

from __future__ import annotations

from textwrap import dedent

from tests.parity import UNKNOWN, assert_same, from_api, from_cloudformation, from_terraform, values

ENCRYPTED = ["encryption.at_rest"]


def test_a_volume_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_kms_key" "data" {}
        resource "aws_ebs_volume" "data" {
          availability_zone = "eu-west-1a"
          encrypted         = true
          kms_key_id        = aws_kms_key.data.arn
        }
    """
    template = """
        Resources:
          Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
          Data:
            Type: AWS::EC2::Volume
            Properties: {AvailabilityZone: eu-west-1a, Encrypted: true, KmsKeyId: !Ref Key}
    """
    body = {
        "VolumeId": "vol-1",
        "Encrypted": True,
        "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k1",
        "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
    }
    assert_same(
        {"encryption.at_rest": True, "encryption.customer_managed_key": True},
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
