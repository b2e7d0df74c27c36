"""Plans that are not whole, and plans with members of an odd form: the rest is read, what is missing is reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.test_terraform_plan import change, read_plan
from tfaudit.model.resources import Resource, Unread

KEY = change("aws_kms_key.data", {"enable_key_rotation": True})


def read(tmp_path: Path, **members: Any) -> tuple[dict[str, Resource], list[Unread]]:
    path = tmp_path / "plan.json"
    stated = {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [KEY], **members}
    path.write_text(json.dumps(stated))
    return read_plan(path)


@pytest.mark.parametrize(
    ("members", "at", "says"),
    [
        ({"errored": True, "complete": False}, "errored", "broke this plan off"),
        ({"errored": False, "complete": False}, "complete", "not complete"),
        (
            {
                "complete": False,
                "deferred_changes": [
                    {"reason": "provider_config_unknown", "resource_change": change("aws_kms_key.later", {})}
                ],
            },
            "aws_kms_key.later",
            "later round (provider_config_unknown)",
        ),
        ({"deferred_changes": [7]}, "deferred_changes[0]", "later round"),
        ({"deferred_changes": {"a": 1}}, "deferred_changes[0]", "later round"),
        ({"errored": "yes"}, "errored", "broke this plan off"),
    ],
)
def test_what_a_plan_says_is_missing_is_reported_once(
    tmp_path: Path, members: dict[str, Any], at: str, says: str
) -> None:
    resources, [gap] = read(tmp_path, **members)
    assert set(resources) == {"aws_kms_key.data"}
    assert gap.place.at == at
    assert says in gap.because


@pytest.mark.parametrize("members", [{}, {"errored": False, "complete": True, "deferred_changes": []}])
def test_a_whole_plan_has_no_gaps(tmp_path: Path, members: dict[str, Any]) -> None:
    assert read(tmp_path, **members)[1] == []


@pytest.mark.parametrize("version", ["2.0", "10", 2, ""])
def test_another_major_version_is_not_read(tmp_path: Path, version: Any) -> None:
    resources, [gap] = read(tmp_path, format_version=version)
    assert resources == {}
    assert "format_version" in gap.because


@pytest.mark.parametrize(
    "odd",
    [
        change("aws_x.odd", {"a": 1}, after_unknown="true"),
        change("aws_x.odd", {"a": 1}, after_unknown={"a": "yes"}),
        change("aws_x.odd", {}, after_unknown=True),
        change("aws_x.odd", {"a": "x"}, after_unknown={"a": {"b": True}}),
        change("aws_x.odd", {"a": {"b": 1}}, after_sensitive={"a": [True]}),
        change("aws_x.odd", {"a": 1}, after_sensitive=["a"]),
        change("aws_x.odd", None),
        change("aws_x.odd", {}, actions="create"),
        change("aws_x.odd", {}, actions=[]) | {"change": None},
        change("aws_x.odd", {}) | {"name": 4},
        change("aws_x.odd", {}) | {"type": "aws_y"},
    ],
)
def test_one_odd_member_is_one_gap_and_the_rest_is_read(tmp_path: Path, odd: dict[str, Any]) -> None:
    resources, [gap] = read(tmp_path, resource_changes=[odd, KEY])
    assert set(resources) == {"aws_kms_key.data"}
    assert gap.place.at == "aws_x.odd"


def test_an_odd_mark_of_a_secret_does_not_show_the_secret(tmp_path: Path) -> None:
    odd = change("aws_x.odd", {"a": {"b": "hunter2"}}, after_sensitive={"a": ["b"]})
    found = read(tmp_path, resource_changes=[odd])
    assert "hunter2" not in repr(found)


def test_a_whole_mark_covers_every_value(tmp_path: Path) -> None:
    marked = change("aws_x.x", {"a": "hunter2"}, after_sensitive=True)
    resources, _ = read(tmp_path, resource_changes=[marked])
    assert resources["aws_x.x"].body == {"a": "(redacted)"}


def test_what_stays_as_it_is_needs_no_change(tmp_path: Path) -> None:
    held = {"mode": "managed", "type": "aws_kms_key", "values": {"enable_key_rotation": False}}
    child = {"resources": [{**held, "address": "module.m.aws_kms_key.inner", "name": "inner"}, 5]}
    module = {
        "resources": [{**held, "address": "aws_kms_key.kept", "name": "kept"}],
        "child_modules": [child],
    }
    resources, [gap] = read(tmp_path, planned_values={"root_module": module})
    assert set(resources) == {"aws_kms_key.data", "aws_kms_key.kept", "module.m.aws_kms_key.inner"}
    assert gap.place.at == "planned_values.root_module.child_modules[0].resources[1]"


def test_a_plan_that_only_refreshes_is_the_state_it_found(tmp_path: Path) -> None:
    held = {
        "address": "aws_kms_key.kept", "mode": "managed", "type": "aws_kms_key", "name": "kept",
        "values": {"enable_key_rotation": False},
    }  # fmt: skip
    state = {"values": {"root_module": {"resources": [held]}}}
    resources, gaps = read(
        tmp_path, resource_changes=[], planned_values={"root_module": {}}, prior_state=state
    )
    assert (set(resources), gaps) == ({"aws_kms_key.kept"}, [])
    removed = change("aws_kms_key.kept", None, actions=["delete"])
    assert read(tmp_path, resource_changes=[removed], prior_state=state) == ({}, [])


@pytest.mark.parametrize("actions", [["delete"], ["forget"]])
def test_what_goes_away_is_not_judged(tmp_path: Path, actions: list[str]) -> None:
    assert read(tmp_path, resource_changes=[change("aws_x.x", None, actions=actions)]) == ({}, [])


@pytest.mark.parametrize(
    "actions", [["delete", "create"], ["create", "delete"], ["create", "forget"], ["no-op"]]
)
def test_what_is_replaced_or_stays_is_judged_as_it_will_be(tmp_path: Path, actions: list[str]) -> None:
    resources, gaps = read(tmp_path, resource_changes=[change("aws_x.x", {"a": 1}, actions=actions)])
    assert (set(resources), gaps) == ({"aws_x.x"}, [])


@pytest.mark.parametrize(
    "configuration",
    [
        7,
        {"root_module": [1]},
        {"provider_config": {"aws": 3, "b": {"name": 4}}, "root_module": {"resources": [3, {"type": []}]}},
        {"root_module": {"module_calls": {"m": 1}, "resources": {"a": 1}}},
    ],
)
def test_an_odd_configuration_costs_no_resource(tmp_path: Path, configuration: Any) -> None:
    resources, _ = read(tmp_path, configuration=configuration)
    assert "aws_kms_key.data" in resources


def test_a_key_that_stands_twice_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(
        '{"format_version": "1.2", "terraform_version": "1", "errored": true,\n"values": {}, "errored": false}'
    )
    _, [gap] = read_plan(path)
    assert (gap.place.line, "errored stands twice" in gap.because) == (2, True)
