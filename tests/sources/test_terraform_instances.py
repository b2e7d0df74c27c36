"""count, for_each, dynamic blocks: which instances there are, and what stands for those that are not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sources.terraform_trees import because, points, read
from tfaudit.model.resources import Unresolved

if TYPE_CHECKING:
    from pathlib import Path


def test_count_and_for_each_make_instances_as_terraform_names_them(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        resource "aws_x" "c" {
          count = 2
          name  = "n${count.index}"
        }
        resource "aws_x" "e" {
          for_each = { b = { size = 1 }, a = { size = 2 } }
          name     = each.key
          size     = each.value.size
        }
        resource "aws_x" "s" {
          for_each = toset(["x"])
          name     = each.value
        }
        resource "aws_x" "none" { count = 0 }
        resource "aws_x" "follows" {
          for_each = aws_x.e
          target   = each.value.id
        }
        """,
    )
    assert reading.unread == []
    assert {
        address: each.body.get("name")
        for address, each in reading.resources.items()
        if "follows" not in address
    } == {
        "aws_x.c[0]": "n0",
        "aws_x.c[1]": "n1",
        'aws_x.e["a"]': "a",
        'aws_x.e["b"]': "b",
        'aws_x.s["x"]': "x",
    }
    assert reading.body('aws_x.e["a"]')["size"] == 2
    assert points(reading.body('aws_x.follows["b"]')["target"]) == 'aws_x.e["b"].id'


def test_an_unknown_for_each_keeps_the_resource(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        variable "u" {}
        resource "aws_s3_bucket" "b" {
          for_each = var.u
          bucket   = each.key
          acl      = "public-read"
          versioning { enabled = each.value.versioned }
        }
        resource "aws_s3_bucket_policy" "p" { bucket = aws_s3_bucket.b["x"].id }
        """,
    )
    body = reading.body("aws_s3_bucket.b[*]")
    assert body["acl"] == "public-read"
    assert "var.u" in because(body["bucket"])
    assert "var.u" in because(body["versioning"][0]["enabled"])
    assert points(reading.body("aws_s3_bucket_policy.p")["bucket"]) == "aws_s3_bucket.b[*].id"


def test_an_unknown_count_of_none_or_one_is_the_first(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        variable "u" {}
        resource "aws_x" "maybe" { count = var.u ? 1 : 0 }
        resource "aws_x" "many" { count = var.u }
        resource "aws_x" "uses" { to = aws_x.maybe[0].arn }
        """,
    )
    assert set(reading.resources) == {"aws_x.maybe[0]", "aws_x.many[*]", "aws_x.uses"}
    assert points(reading.body("aws_x.uses")["to"]) == "aws_x.maybe[0].arn"


def test_an_invalid_or_huge_count_does_not_lose_the_resource(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        resource "aws_x" "word" { count = "many" }
        resource "aws_x" "negative" { count = -1 }
        resource "aws_x" "huge" { count = 100000000 }
        resource "aws_x" "self" { for_each = aws_x.self }
        """,
    )
    assert set(reading.resources) == {"aws_x.word[*]", "aws_x.negative[*]", "aws_x.huge[*]", "aws_x.self[*]"}


def test_dynamic_blocks_are_written_out(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        resource "aws_security_group" "g" {
          ingress { from_port = 1 }
          dynamic "ingress" {
            for_each = [22, 80]
            content { from_port = ingress.value }
          }
          dynamic "egress" {
            for_each = { a = 1 }
            iterator = item
            content {
              description = item.key
              dynamic "inner" {
                for_each = [item.value]
                content { v = "${item.key}${inner.value}" }
              }
            }
          }
          dynamic "absent" {
            for_each = []
            content {}
          }
        }
        """,
    )
    assert reading.body("aws_security_group.g") == {
        "ingress": [{"from_port": 1}, {"from_port": 22}, {"from_port": 80}],
        "egress": [{"description": "a", "inner": [{"v": "a1"}]}],
    }


def test_the_key_of_a_dynamic_block_is_a_position_in_a_list_and_the_element_itself_in_a_set(
    tmp_path: Path,
) -> None:
    reading = read(
        tmp_path,
        """
        variable "u" {}
        resource "aws_x" "x" {
          dynamic "listed" {
            for_each = [{ port = 22 }, { port = 80 }]
            content {
              priority = 100 + listed.key
              port     = listed.value.port
            }
          }
          dynamic "one_of" {
            for_each = toset([{ verbs = ["get"] }])
            content { verbs = one_of.key.verbs }
          }
          dynamic "behind" {
            for_each = concat(var.u, ["a"])
            content {
              at = behind.key
              v  = behind.value
            }
          }
        }
        """,
    )
    body = reading.body("aws_x.x")
    assert body["listed"] == [{"priority": 100, "port": 22}, {"priority": 101, "port": 80}]
    assert body["one_of"] == [{"verbs": ["get"]}]
    (last,) = (each for each in body["behind"] if isinstance(each, dict))
    assert last["v"] == "a"
    assert isinstance(last["at"], Unresolved)


def test_dynamic_blocks_over_an_unknown_are_unresolved_not_absent(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        variable "u" {}
        resource "aws_security_group" "g" {
          ingress { from_port = 1 }
          dynamic "ingress" {
            for_each = var.u
            content { from_port = ingress.value }
          }
          dynamic "egress" {
            for_each = var.u
            content { from_port = egress.value }
          }
          dynamic "known" {
            for_each = [var.u]
            content {
              a = known.value
              b = 1
            }
          }
        }
        """,
    )
    body = reading.body("aws_security_group.g")
    assert body["ingress"][0] == {"from_port": 1}
    assert "how many ingress blocks" in because(body["ingress"][1])
    assert isinstance(body["egress"], Unresolved)
    assert body["known"][0]["b"] == 1
    assert because(body["known"][0]["a"])


def test_instances_that_a_table_tells(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        locals { rows = csvdecode("name,days\\na,1\\nb,7") }
        resource "aws_db_instance" "d" {
          for_each                = { for row in local.rows : row.name => row }
          identifier              = each.key
          backup_retention_period = tonumber(each.value.days)
          kms_key_id              = aws_kms_key.k.arn
        }
        resource "aws_kms_key" "k" {}
        """,
    )
    assert reading.body('aws_db_instance.d["b"]')["backup_retention_period"] == 7
    assert points(reading.body('aws_db_instance.d["a"]')["kms_key_id"]) == "aws_kms_key.k.arn"


@pytest.mark.parametrize("expression", ["one(aws_kms_key.k[*].arn)", 'join("", aws_kms_key.k[*].arn)'])
def test_what_may_exist_names_what_may_exist(tmp_path: Path, expression: str) -> None:
    reading = read(
        tmp_path,
        f"""
variable "wanted" {{ type = bool }}
resource "aws_kms_key" "k" {{
  count = var.wanted ? 1 : 0
}}
resource "aws_s3_bucket" "with" {{
  count = var.wanted ? 1 : 0
  key   = {expression}
}}
resource "aws_s3_bucket" "always" {{
  key = {expression}
}}
""",
    )
    assert points(reading.body("aws_s3_bucket.with[0]")["key"]) == "aws_kms_key.k[0].arn"
    assert isinstance(reading.body("aws_s3_bucket.always")["key"], Unresolved)
