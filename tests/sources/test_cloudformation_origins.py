"""Where values of a template come from: parameters, mappings, conditions and the stacks of other templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tfaudit.model.resources import Limits, Resource
from tfaudit.sources import cloudformation
from tfaudit.sources.tree.files import InputFile, Tree

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Public:
    Type: String
    Default: 'true'
  Stage:
    Type: String
  Password:
    Type: String
    Default: hunter2x
  Hidden:
    Type: String
    NoEcho: true
    Default: hunter2x
Mappings:
  Sizes:
    prod:
      days: 35
Conditions:
  IsOpen: !Equals [!Ref Public, 'true']
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      PubliclyAccessible: !Ref Public
      BackupRetentionPeriod: !FindInMap [Sizes, prod, days]
      StorageEncrypted: !If [IsOpen, false, !Ref Stage]
      MultiAZ: true
      DBInstanceIdentifier: !Sub 'db-${Stage}-${!Literal}'
      MasterUsername: !Ref Password
      DBName: !Ref Hidden
      Tags: [{Key: a, Value: b}, {Key: c, Value: !Ref Stage}]
"""


def read(folder: Path, files: dict[str, str], **more: Any) -> dict[str, Resource]:
    for name, text in files.items():
        (folder / name).write_text(text)
    tree = Tree(folder, Limits(), **more)
    found = cloudformation.read_tree([InputFile(folder, each, len(files[each])) for each in files], tree)
    return {f"{each.scope}:{each.address}": each for each in found if isinstance(each, Resource)}


def said(resource: Resource, *path: str | int) -> list[str]:
    value: Any = resource.body
    for step in path:
        value = value[step]
    return [str(each) for each in resource.origins_of(path, value)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("PubliclyAccessible",), ["parameter Public = true, from its default at t.yaml:5"]),
        (("BackupRetentionPeriod",), ["mapping Sizes.prod.days = 35, from t.yaml:18"]),
        (("StorageEncrypted",), ["parameter Public, from its default at t.yaml:5"]),
        (("MultiAZ",), []),
        (("DBInstanceIdentifier",), ["parameter Stage, declared without a value at t.yaml:6"]),
        (("MasterUsername",), ["parameter Password, from its default at t.yaml:10"]),
        (("DBName",), ["parameter Hidden, from its default at t.yaml:14"]),
        (("Tags", 0, "Value"), []),
        (("Tags",), []),
        (("Tags", 1, "Value"), ["parameter Stage, declared without a value at t.yaml:6"]),
    ],
)
def test_where_a_value_comes_from(tmp_path: Path, path: tuple[str | int, ...], expected: list[str]) -> None:
    resource = read(tmp_path, {"t.yaml": TEMPLATE})["t.yaml:Db"]
    assert said(resource, *path) == expected
    assert "hunter2x" not in str(resource.origins_of(path, "hunter2x"))


def test_what_is_not_written_comes_from_nowhere(tmp_path: Path) -> None:
    resource = read(tmp_path, {"t.yaml": TEMPLATE})["t.yaml:Db"]
    assert resource.origins_of(("DeletionProtection",)) == ()
    assert resource.origins_of(()) == ()


def test_a_parameter_that_is_given(tmp_path: Path) -> None:
    given = {"parameters": (("Public", "false"),)}
    resource = read(tmp_path, {"t.yaml": TEMPLATE}, **given)["t.yaml:Db"]
    assert said(resource, "PubliclyAccessible") == ["parameter Public = false, from --parameter"]
    stated = {**given, "stated_in": {"Public": "tfaudit.yaml"}}
    resource = read(tmp_path, {"t.yaml": TEMPLATE}, **stated)["t.yaml:Db"]
    assert said(resource, "PubliclyAccessible") == ["parameter Public = false, from tfaudit.yaml"]
    # With that value the condition chose the other branch.
    assert said(resource, "StorageEncrypted") == [
        "parameter Public, from tfaudit.yaml",
        "parameter Stage, declared without a value at t.yaml:6",
    ]


def test_a_parameter_that_a_stack_gives_is_followed_into_that_template(tmp_path: Path) -> None:
    parent = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Open: {Type: String, Default: 'true'}
Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./t.yaml
      Parameters:
        Public: !Ref Open
"""
    resource = read(tmp_path, {"parent.yaml": parent, "t.yaml": TEMPLATE})["t.yaml:Db"]
    assert said(resource, "PubliclyAccessible") == [
        "parameter Public = true, from the stack Data at parent.yaml:10",
        "parameter Open = true, from its default at parent.yaml:3",
    ]


def test_conditions_that_refer_to_one_another_end(tmp_path: Path) -> None:
    text = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  P: {Type: String, Default: x}
Conditions:
  A: !And [!Condition B, !Equals [!Ref P, x]]
  B: !And [!Condition A, !Equals [!Ref P, x]]
Resources:
  It:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !If [A, a, b]
"""
    resource = read(tmp_path, {"t.yaml": text})["t.yaml:It"]
    assert [each.name for each in resource.origins_of(("BucketName",))] == ["parameter P"]
