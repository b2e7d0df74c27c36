"""Plans and states as `terraform show -json` writes them; plans/recorded.json is Terraform's own, of plans/recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.terraform_trees import points, read
from tfaudit.model.resources import Limits, Resource, Unread, Unresolved
from tfaudit.sources.terraform import plan as terraform_plan
from tfaudit.sources.text.json_document import document
from tfaudit.sources.tree.files import InputFile

PLANS = Path(__file__).with_name("plans")


def read_plan(path: Path) -> tuple[dict[str, Resource], list[Unread]]:
    file = InputFile(path.parent, path.name, path.stat().st_size)
    assert terraform_plan.claims(file)
    found = list(terraform_plan.read(file, Limits()))
    return (
        {each.address: each for each in found if isinstance(each, Resource)},
        [each for each in found if isinstance(each, Unread)],
    )


def planned(tmp_path: Path, **members: Any) -> dict[str, Resource]:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"format_version": "1.2", "terraform_version": "1.11.4", **members}))
    resources, unread = read_plan(path)
    assert unread == []
    return resources


def change(address: str, after: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    type_, name = address.split(".")[-2:]
    return {
        "address": address,
        "mode": more.pop("mode", "managed"),
        "type": type_,
        "name": name,
        "change": {"actions": more.pop("actions", ["create"]), "before": None, "after": after, **more},
    }


def test_a_recorded_plan() -> None:
    resources, unread = read_plan(PLANS / "recorded.json")
    assert unread == []
    eu = resources['terraform_data.database["eu"]']
    assert (eu.type, eu.plane, eu.dialect, eu.scope) == (
        "terraform_data",
        "plan",
        "terraform",
        "recorded.json",
    )
    body = eu.body["input"]
    assert (body["identifier"], body["retention"], body["password"]) == ("orders-eu", 35, "(redacted)")
    assert "note" not in body
    assert points(body["key"]) == "terraform_data.key.id"
    assert [str(each) for each in body["sources"]] == ["terraform_data.key.id", "10.0.0.0/8"]
    assert points(resources["terraform_data.replica[1]"].body["input"]) == 'terraform_data.database["eu"].id'
    policy = resources["terraform_data.policy"].body
    assert points(policy["input"]) == 'module.storage["logs"].terraform_data.bucket.id'
    assert [points(each) for each in policy["triggers_replace"]] == [
        "terraform_data.replica[0].id",
        "terraform_data.replica[1].id",
    ]
    bucket = resources['module.storage["logs"].terraform_data.bucket'].body
    assert points(bucket["input"]) == "terraform_data.key.id"
    assert "output" not in bucket  # nobody sets it: the provider will


def test_the_code_of_the_recorded_plan_has_the_same_addresses(tmp_path: Path) -> None:
    code = {
        str(each.relative_to(PLANS / "recorded")): each.read_text() for each in PLANS.glob("recorded/**/*.tf")
    }
    written = read(tmp_path, dict(code.items())).resources
    resources, _ = read_plan(PLANS / "recorded.json")
    assert set(written) == {address for address in resources if not address.startswith("provider.")}
    for address, each in written.items():
        for name, value in each.body.items():
            if isinstance(value, str):
                assert resources[address].body[name] == value


def test_a_recorded_state_joins_what_shares_an_id() -> None:
    resources, unread = read_plan(PLANS / "recorded_state.json")
    assert unread == []
    assert points(resources["terraform_data.replica[0]"].body["input"]) == 'terraform_data.database["eu"].id'
    body = resources['terraform_data.database["us"]'].body["input"]
    assert (body["retention"], body["password"]) == (7, "(redacted)")


def test_places_tell_the_address_and_attribute() -> None:
    resources, _ = read_plan(PLANS / "recorded.json")
    place = resources["terraform_data.key"].place_of(("input", "rotation"))
    assert str(place) == "recorded.json terraform_data.key.input.rotation"


def test_what_will_be_gone_is_left_out(tmp_path: Path) -> None:
    resources = planned(
        tmp_path,
        resource_changes=[
            change("aws_x.kept", {"v": 1}, actions=["no-op"]),
            change("aws_x.updated", {"v": 2}, actions=["update"]),
            change("aws_x.replaced", {"v": 3}, actions=["delete", "create"]),
            change("aws_x.deleted", None, actions=["delete"]),
            change("aws_x.forgotten", {"v": 4}, actions=["forget"]),
            {**change("aws_x.deposed", {"v": 5}), "deposed": "abc"},
        ],
        resource_drift=[change("aws_x.drifted", {"v": 6}, actions=["update"])],
    )
    assert set(resources) == {"aws_x.kept", "aws_x.updated", "aws_x.replaced"}


def test_sensitive_values_stay_set_and_are_not_told(tmp_path: Path) -> None:
    after = {
        "password": "swordfish1",
        "note": "plainsight",
        "days": 7,
        "tags": {"a": "hidden1"},
        "empty": None,
    }
    sensitive = {"note": True, "days": True, "tags": {"a": True}, "empty": True}
    [resource] = planned(
        tmp_path, resource_changes=[change("aws_db_instance.d", after, after_sensitive=sensitive)]
    ).values()
    assert resource.body["note"] == resource.body["password"] == "(redacted)"
    assert isinstance(resource.body["days"], Unresolved)
    assert resource.body["tags"] == {"a": "(redacted)"}
    assert "empty" not in resource.body
    for secret in ("swordfish1", "plainsight", "hidden1"):
        assert secret not in repr(resource)


def test_a_known_arn_of_another_resource_is_a_reference(tmp_path: Path) -> None:
    arn = "arn:aws:kms:eu-west-1:123456789012:key/1"
    expressions = {"kms_key_id": {"references": ["aws_kms_key.k.arn", "aws_kms_key.k"]}}
    resources = planned(
        tmp_path,
        resource_changes=[
            change("aws_kms_key.k", {"arn": arn}, actions=["no-op"]),
            change("aws_db_instance.d", {"kms_key_id": arn, "engine": "mysql"}, actions=["no-op"]),
        ],
        configuration={
            "provider_config": {
                "aws": {
                    "name": "aws",
                    "version_constraint": "~> 5.0",
                    "expressions": {"region": {"constant_value": "eu-west-1"}},
                }
            },
            "root_module": {
                "resources": [
                    {"mode": "managed", "type": "aws_kms_key", "name": "k"},
                    {
                        "mode": "managed",
                        "type": "aws_db_instance",
                        "name": "d",
                        "provider_config_key": "aws",
                        "expressions": expressions,
                    },
                ]
            },
        },
    )
    assert points(resources["aws_db_instance.d"].body["kms_key_id"]) == "aws_kms_key.k.arn"
    assert resources["aws_db_instance.d"].context == {"region": "eu-west-1", "provider_version": "~> 5.0"}
    assert resources["provider.aws"].body == {"region": "eu-west-1"}


def test_data_that_was_read_while_planning_is_there(tmp_path: Path) -> None:
    document = {
        "address": "data.aws_iam_policy_document.p",
        "mode": "data",
        "type": "aws_iam_policy_document",
        "name": "p",
        "values": {"json": "{}"},
    }
    managed = {"address": "aws_x.old", "mode": "managed", "type": "aws_x", "name": "old", "values": {}}
    resources = planned(
        tmp_path,
        resource_changes=[change("aws_x.x", {})],
        prior_state={"values": {"root_module": {"resources": [document, managed]}}},
    )
    assert set(resources) == {"aws_x.x", "data.aws_iam_policy_document.p"}
    assert resources["data.aws_iam_policy_document.p"].type == "data.aws_iam_policy_document"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("template.json", '{"Resources": {}}'),
        ("schemas.json", '{"format_version": "1.0", "provider_schemas": {}}'),
        ("main.tf.json", '{"format_version": "1.2", "terraform_version": "1", "values": {}}'),
    ],
)
def test_other_json_is_not_claimed(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert not terraform_plan.claims(InputFile(tmp_path, name, len(content)))


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ('"resource_changes": [', "plan.json:1:74: not JSON: it ends in the middle, as if it were cut off"),
        ('"values": {"root_mod', "plan.json:1:64: not JSON: it ends in the middle, as if it were cut off"),
        ('"resource_changes": [}', "plan.json:1:74: not JSON: Expecting value"),
        ('"resource_changes": {"a": 1}}', "plan.json resource_changes: it is no list"),
        ('"resource_changes": [1]}', "plan.json resource_changes[0]: it does not have the form"),
        ('"resource_changes": [{"address": "a.b"}]}', "plan.json a.b: it does not have the form"),
        ('"planned_values": [1]}', "plan.json planned_values: it is no JSON object"),
        ('"values": {"root_module": 3}}', "plan.json values.root_module: it is no JSON object"),
    ],
)
def test_a_broken_plan_is_named(tmp_path: Path, tail: str, said: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text('{"format_version": "1.2", "terraform_version": "1", ' + tail)
    resources, unread = read_plan(path)
    assert resources == {}
    assert [f"{each.place}: {each.because}"[: len(said)] for each in unread] == [said]


def test_what_is_set_and_only_apply_will_tell_is_unresolved(tmp_path: Path) -> None:
    written = {
        "mode": "managed",
        "type": "aws_x",
        "name": "x",
        "expressions": {"v": {"references": ["local.l"]}},
    }
    [resource] = planned(
        tmp_path,
        resource_changes=[change("aws_x.x", {}, after_unknown={"v": True, "computed": True})],
        configuration={"root_module": {"resources": [written]}},
    ).values()
    assert set(resource.body) == {"v"}
    assert resource.body["v"] == Unresolved(
        "only apply will tell it", "scan the live account, or the state after apply", "local.l"
    )


def test_a_plan_that_is_cut_off_anywhere_says_so() -> None:
    whole = {"format_version": "1.2", "v": [{"a": "\u20ac\\x\n"}, 1, -2.5e-10, None, True, False], "c": {}}
    text = json.dumps(whole).encode()
    for end in range(1, len(text)):
        found = document(text[:end], "plan.json", Limits())
        assert isinstance(found, Unread)
        assert found.because == "not JSON: it ends in the middle, as if it were cut off", text[:end]
    wrong = document(b'{"a": tree, "b": 1}', "plan.json", Limits())
    assert isinstance(wrong, Unread)
    assert "cut off" not in wrong.because
