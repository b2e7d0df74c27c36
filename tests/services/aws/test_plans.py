"""A plan tells the same as the code that it is made of, where providers fill in what nobody set."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from tests.parity import UNKNOWN, from_terraform, values
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Limits, Resource
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.terraform import plan as terraform_plan
from tfaudit.sources.tree.files import InputFile

NAMES = {
    "aws_s3_bucket": [
        "versioning",
        "public_acl",
        "policy.public",
        "tls.required",
        "access_logged",
        "object_lock",
    ],
    "aws_db_instance": ["encryption.customer_managed_key", "ha.multi_zone", "tls.required", "backup.enabled"],
    "aws_kms_key": ["policy.public", "rotation"],
    "aws_sqs_queue": ["encryption.at_rest"],
}
# What providers leave to be "known after apply" for resources that set nothing but their names.
COMPUTED = {
    "aws_s3_bucket": ["acl", "arn", "grant", "id", "logging", "object_lock_enabled", "policy", "versioning"],
    "aws_db_instance": ["arn", "id", "kms_key_id", "multi_az", "parameter_group_name"],
    "aws_kms_key": ["arn", "id", "key_id", "policy"],
    "aws_sqs_queue": ["arn", "id", "sqs_managed_sse_enabled", "policy"],
}
SET: dict[str, dict[str, Any]] = {
    "aws_s3_bucket": {"bucket": "b"},
    "aws_db_instance": {"identifier": "b", "engine": "mysql"},
    "aws_kms_key": {"enable_key_rotation": True},
    "aws_sqs_queue": {"name": "b"},
    "aws_ebs_volume": {"encrypted": True},
    "aws_efs_file_system": {"encrypted": True},
}


def _plan(type_: str, after: dict[str, Any], unknown: list[str]) -> list[Asset]:
    change = {
        "actions": ["create"],
        "before": None,
        "after": after,
        "after_unknown": dict.fromkeys(unknown, True),
        "after_sensitive": {},
    }
    each = {"address": f"{type_}.b", "mode": "managed", "type": type_, "name": "b"}
    written = {name: {"constant_value": value} for name, value in SET[type_].items()}
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "resource_changes": [{**each, "change": change}],
        "configuration": {"root_module": {"resources": [{**each, "expressions": written}]}},
    }
    return _assets_of(plan)


def _assets_of(plan: dict[str, Any]) -> list[Asset]:
    with tempfile.TemporaryDirectory() as folder:
        text = json.dumps(plan)
        (Path(folder) / "plan.json").write_text(text)
        read = terraform_plan.read(InputFile(Path(folder), "plan.json", len(text)), Limits())
        found = list(assets([each for each in read if isinstance(each, Resource)], Registry()))
    return [each for each in found if isinstance(each, Asset) and each.kind != "access_policy"]


def test_what_the_provider_fills_in_has_the_documented_default_in_plan_and_code() -> None:
    for type_, names in NAMES.items():
        lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in SET[type_].items())
        (written, *_) = from_terraform(f'resource "{type_}" "b" {{\n{lines}\n}}')
        (planned,) = _plan(type_, SET[type_], COMPUTED[type_])
        assert values(planned, names) == values(written, names), type_


def test_a_key_that_only_the_plan_names_may_be_the_providers() -> None:
    key = {**SET["aws_db_instance"], "kms_key_id": "arn:aws:kms:eu-west-1:123456789012:key/k1"}
    (planned,) = _plan("aws_db_instance", key, [])
    assert values(planned, ["encryption.customer_managed_key"]) == {
        "encryption.customer_managed_key": UNKNOWN
    }


def test_an_id_that_a_plan_knows_already_is_the_key() -> None:
    (volume,) = _plan("aws_ebs_volume", {"encrypted": True, "id": "vol-1"}, [])
    (files,) = _plan("aws_efs_file_system", {"encrypted": True, "id": "fs-1"}, [])
    assert [volume.key, files.key] == ["aws:ec2:volume/vol-1", "aws:efs:file-system/fs-1"]


def test_a_state_holds_the_id_that_kms_made_up() -> None:
    """Nothing in code or an unapplied plan does."""
    each = {"address": "aws_kms_key.b", "mode": "managed", "type": "aws_kms_key", "name": "b"}
    resource = {**each, "values": {"id": "k1", "key_id": "k1", "enable_key_rotation": True}}
    state = {
        "format_version": "1.0",
        "terraform_version": "1.9.8",
        "values": {"root_module": {"resources": [resource]}},
    }
    (applied,) = _assets_of(state)
    assert applied.key == "aws:kms:key/k1"
    (planned,) = _plan("aws_kms_key", SET["aws_kms_key"], COMPUTED["aws_kms_key"])
    assert not isinstance(planned.key, str)
