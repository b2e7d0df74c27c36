"""However a file is written, its verdicts are the same: encoding, line ends, padding, quoting, escapes, merges."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.sources.clothes import ENCODINGS, as_json, as_yaml, encoded, ended, merged, padding
from tfaudit.model.result import ScanResult
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force

POD: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"}},
    "spec": {
        "automountServiceAccountToken": False,
        "containers": [
            {
                "name": "web",
                "image": "registry.internal/web:1.4",
                "securityContext": {"privileged": True, "capabilities": {"add": ["SYS_ADMIN"]}},
                "resources": {"limits": {"memory": "64Mi"}},
            }
        ],
    },
}
TEMPLATE: dict[str, Any] = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Description": "a store",
    "Resources": {
        "Store": {
            "Type": "AWS::RDS::DBInstance",
            "DeletionPolicy": "Delete",
            "Properties": {"DBInstanceIdentifier": "orders", "Engine": "postgres", "StorageEncrypted": False},
        },
        "Key": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": True, "KeyPolicy": {}}},
    },
}
CHANGE = {
    "address": "aws_kms_key.data",
    "mode": "managed",
    "type": "aws_kms_key",
    "name": "data",
    "change": {
        "actions": ["create"],
        "after": {"enable_key_rotation": False, "deletion_window_in_days": 30},
        "after_unknown": {"arn": True},
        "after_sensitive": {},
    },
}
PLAN: dict[str, Any] = {
    "format_version": "1.2",
    "terraform_version": "1.11.4",
    "resource_changes": [CHANGE],
}
POLICIES = in_force(Choice())
SEEDS = range(24)


def judged(path: Path) -> ScanResult:
    return scan(path, Options(POLICIES))


def verdicts(result: ScanResult) -> set[tuple[str, str, str, str]]:
    return {
        (each.policy.id, each.asset.address, each.outcome.value, each.setting) for each in result.verdicts
    }


def yaml_of(value: dict[str, Any], dice: Random) -> str:
    text = dice.choice((as_yaml, merged))(value, dice)
    head = padding(dice, dice.choice((0, 0, 300, 70_000)))
    directive = dice.choice(("", "", "---\n", "%YAML 1.1\n---\n"))
    return ended(head + directive + text + dice.choice(("", "...\n", "---\n")), dice)


def json_of(value: dict[str, Any], dice: Random) -> str:
    return ended(dice.choice(("", "\n" * 70_000, " \t\n")) + as_json(value, dice), dice)


def listed(value: dict[str, Any], dice: Random) -> dict[str, Any]:
    return dice.choice((value, {"apiVersion": "v1", "kind": "List", "items": [value]}))


def alone(value: dict[str, Any], dice: Random) -> dict[str, Any]:
    return value


@pytest.mark.parametrize(
    ("name", "value", "wrapped", "write"),
    [
        ("pod.yaml", POD, listed, yaml_of),
        ("pod.yml", POD, listed, json_of),
        ("pod.json", POD, listed, json_of),
        ("stack.yaml", TEMPLATE, alone, yaml_of),
        ("stack.template", TEMPLATE, alone, json_of),
        ("stack.json", TEMPLATE, alone, json_of),
        ("plan.json", PLAN, alone, json_of),
    ],
)
def test_clothes_do_not_change_the_verdicts(
    tmp_path: Path,
    name: str,
    value: dict[str, Any],
    wrapped: Callable[[dict[str, Any], Random], dict[str, Any]],
    write: Callable[[dict[str, Any], Random], str],
) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(value))
    plain = verdicts(judged(tmp_path))
    assert {outcome for _, _, outcome, _ in plain} >= {"fail"}
    for seed in SEEDS:
        dice = Random(seed)  # noqa: S311 - the same clothes each time
        encoding = dice.choice(list(ENCODINGS))
        path.write_bytes(encoded(write(wrapped(value, dice), dice), encoding))
        result = judged(tmp_path)
        assert not result.unread, (seed, encoding, result.unread)
        assert verdicts(result) == plain, (seed, encoding)
