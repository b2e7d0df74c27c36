"""Which companion belongs to which resource, where a name is not known."""

from __future__ import annotations

from textwrap import dedent

from tests.parity import UNKNOWN, from_cloudformation, from_terraform, values


def test_the_same_unknown_name_joins_in_a_template() -> None:
    template = """
        Parameters:
          App: {Type: String}
        Resources:
          Data:
            Type: AWS::S3::Bucket
            Properties: {BucketName: !Sub "${App}-data"}
          Logs:
            Type: AWS::S3::Bucket
            Properties: {BucketName: !Sub "${App}-logs"}
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Sub "${App}-data"
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*"}
    """
    found = from_cloudformation(dedent(template))
    told = {
        each.address: values(each, ["policy.public"])["policy.public"]
        for each in found
        if each.kind == "object_store"
    }
    assert told == {"Data": True, "Logs": False}


def test_a_name_that_nobody_else_carries_may_be_anybodys() -> None:
    found = from_terraform(
        """
        variable "name" { type = string }
        variable "other" { type = string }
        resource "aws_s3_bucket" "data" {
          bucket = "${var.name}-data"
        }
        resource "aws_s3_bucket" "logs" {
          bucket = "logs"
        }
        resource "aws_s3_bucket_versioning" "data" {
          bucket = "${var.name}-data"
          versioning_configuration {
            status = "Enabled"
          }
        }
        resource "aws_s3_bucket_logging" "other" {
          bucket        = var.other
          target_bucket = "logs"
        }
        """
    )
    told = {
        each.address: values(each, ["versioning", "access_logged"])
        for each in found
        if each.kind == "object_store"
    }
    assert told["aws_s3_bucket.data"] == {"versioning": True, "access_logged": UNKNOWN}
    assert told["aws_s3_bucket.logs"] == {"versioning": False, "access_logged": UNKNOWN}
