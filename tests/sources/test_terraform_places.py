"""Where resources, blocks and attributes stand, and which comments belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sources.terraform_trees import read

if TYPE_CHECKING:
    from pathlib import Path

CODE = """\
# a comment

resource "aws_s3_bucket" "b" {
  bucket = "é"
  tags = {
    a = 1
    b = [
      "x",
      "y",
    ]
  }
  versioning {
    enabled = true
  }
  dynamic "grant" {
    for_each = ["p", "q"]
    content {
      id = grant.value
    }
  }
  grant { id = "r" }
  policy = jsonencode({
    Statement = [{
      Effect = var.e
    }]
  })
}
"""


def test_every_path_of_a_body_has_its_place(tmp_path: Path) -> None:
    reading = read(tmp_path, {"sub/main.tf": CODE})
    address = "aws_s3_bucket.b"
    resource = reading.resources[address]
    assert (resource.place.origin, resource.place.line, resource.place.column) == ("sub/main.tf", 3, 1)
    assert resource.scope == "sub"
    expected = {
        ("bucket",): "sub/main.tf:4:3",
        ("tags",): "sub/main.tf:5:3",
        ("tags", "a"): "sub/main.tf:6:5",
        ("tags", "b", 1): "sub/main.tf:9:7",
        ("versioning",): "sub/main.tf:12:3",
        ("versioning", 0, "enabled"): "sub/main.tf:13:5",
        ("grant", 0, "id"): "sub/main.tf:18:7",
        ("grant", 1, "id"): "sub/main.tf:18:7",
        ("grant", 2, "id"): "sub/main.tf:21:11",
        ("policy", "Statement", 0, "Effect"): "sub/main.tf:24:7",
        ("not", "there"): "sub/main.tf:3:1",
        ("versioning", 0, "mfa_delete"): "sub/main.tf:12:3",
    }
    assert {path: str(resource.place_of(path)) for path in expected} == expected
    assert resource.place_of(("tags",)).end_line == 11
    assert resource.place_of(("versioning", 0, "enabled")).at == "versioning[0].enabled"


def test_suppressions_belong_to_what_they_stand_at(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """\
# trivy:ignore:AVD-AWS-0089:exp:2027-01-31
# tfaudit:ignore bucket-public the site is public
resource "aws_s3_bucket" "b" { # tfaudit:ignore on-header why
  #checkov:skip=CKV_AWS_18:no logs
  bucket = "x" # tfaudit:ignore on-line why
  # tfaudit:ignore above-line why
  acl = "private"
  versioning {
    enabled = false # tfaudit:ignore inside why
  }
}

# tfaudit:ignore other why
resource "aws_s3_bucket" "c" {}
""",
    )
    found = {each.ids[0]: each for each in reading.resources["aws_s3_bucket.b"].suppressions}
    assert {name: each.path for name, each in found.items()} == {
        "AVD-AWS-0089": (),
        "bucket-public": (),
        "on-header": (),
        "CKV_AWS_18": (),
        "on-line": ("bucket",),
        "above-line": ("acl",),
        "inside": ("versioning", 0, "enabled"),
    }
    assert found["AVD-AWS-0089"].until == "2027-01-31"
    assert found["bucket-public"].reason == "the site is public"
    assert str(found["inside"].place) == "main.tf:9:21"
    assert [each.ids for each in reading.resources["aws_s3_bucket.c"].suppressions] == [("other",)]


def test_files_that_are_copies_of_one_another_keep_their_own_places(tmp_path: Path) -> None:
    override = 'resource "aws_s3_bucket" "b" {\n  bucket = "e"\n  versioning { enabled = false }\n}\n'
    reading = read(
        tmp_path, {"a/main.tf": CODE, "b/main.tf": CODE, "c/main.tf": CODE, "c/override.tf": override}
    )
    assert reading.where("aws_s3_bucket.b", "tags", "b", 1) == "a/main.tf:9:7"
    assert reading.where("b:aws_s3_bucket.b", "versioning", 0, "enabled") == "b/main.tf:13:5"
    assert reading.body("b:aws_s3_bucket.b")["bucket"] == "é"
    assert reading.body("c:aws_s3_bucket.b")["bucket"] == "e"
    assert reading.body("c:aws_s3_bucket.b")["versioning"] == [{"enabled": False}]
    # What an override file sets has no place in the file that it overrides.
    assert reading.where("c:aws_s3_bucket.b", "versioning", 0, "enabled") == "c/main.tf:3:1"
