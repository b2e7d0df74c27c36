"""The preferences of Session Manager are the same from every plane, and no other document is taken for them."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from tests.parity import assert_same, from_api, from_cloudformation, from_terraform, values

CONTENT = {"schemaVersion": "1.0", "sessionType": "Standard_Stream", "inputs": {"idleSessionTimeout": "15"}}


def test_preferences_are_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_ssm_document" "preferences" {
          name          = "SSM-SessionManagerRunShell"
          document_type = "Session"
          content       = jsonencode({ inputs = { idleSessionTimeout = "15" } })
          tags          = { team = "shop" }
        }
    """
    template = """
        Resources:
          Preferences:
            Type: AWS::SSM::Document
            Properties:
              Name: SSM-SessionManagerRunShell
              DocumentType: Session
              Content: {inputs: {idleSessionTimeout: "15"}}
              Tags: [{Key: team, Value: shop}]
    """
    body = {
        "Name": "SSM-SessionManagerRunShell",
        "Tags": [{"Key": "team", "Value": "shop"}],
        "get_document": {"Content": json.dumps(CONTENT)},
    }
    assert_same(
        {"session.idle_minutes": 15, "tags": {"team": "shop"}},
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("ssm.list_documents", body),
    )


def preferences(content: str) -> object:
    found = from_api(
        "ssm.list_documents",
        {"Name": "SSM-SessionManagerRunShell", "get_document": {"Content": content}},
    )
    return values(found[0], ["session.idle_minutes"])["session.idle_minutes"]


@pytest.mark.parametrize("content", ["{}", '{"inputs": {}}', '{"inputs": {"maxSessionDuration": "60"}}'])
def test_twenty_minutes_where_nothing_is_said(content: str) -> None:
    assert preferences(content) == 20


@pytest.mark.parametrize("name", ["SSM-SessionManagerRunShellOfOurs", "restart"])
def test_any_other_document_is_none(name: str) -> None:
    assert not from_api("ssm.list_documents", {"Name": name, "get_document": {"Content": "{}"}})
    assert not from_terraform(
        f'resource "aws_ssm_document" "a" {{\n  name = "{name}"\n  content = "{{}}"\n}}'
    )
