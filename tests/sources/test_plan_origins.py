"""Where values of a plan come from: the variables that its configuration names, through module calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.sources.test_terraform_plan import PLANS, change, planned, read_plan

if TYPE_CHECKING:
    from pathlib import Path


def refers(*names: str) -> dict[str, Any]:
    return {"references": list(names)}


def written(**expressions: Any) -> dict[str, Any]:
    return {
        "mode": "managed",
        "type": "aws_db_instance",
        "name": "db",
        "expressions": expressions,
        "for_each_expression": refers("var.dbs"),
    }


def test_a_value_is_followed_through_a_module_call_to_the_plans_variables(tmp_path: Path) -> None:
    inner = {
        "resources": [
            written(
                publicly_accessible=refers("var.public"),
                backup_retention_period=refers("each.value.days", "each.value"),
                identifier=refers("local.name"),
                password=refers("var.password"),
                multi_az=refers("var.zones"),
                deletion_protection={"constant_value": True},
                restore=[{"kind": refers("var.kept"), "size": {"constant_value": 1}}],
            )
        ],
        "variables": {
            "public": {},
            "dbs": {},
            "password": {"sensitive": True},
            "zones": {"default": True},
            "kept": {},
        },
    }
    call = {
        "expressions": {
            "public": refers("var.open"),
            "dbs": refers("var.dbs"),
            "password": refers("var.plain"),
            "kept": {"constant_value": "x"},
        },
        "module": inner,
    }
    after = {
        "publicly_accessible": True,
        "backup_retention_period": 1,
        "identifier": "x",
        "password": "hunter2x",
        "multi_az": True,
        "deletion_protection": True,
        "restore": [{"kind": "x", "size": 1}],
    }
    resources = planned(
        tmp_path,
        resource_changes=[{**change("module.m.aws_db_instance.db", after)}],
        variables={
            "open": {"value": True},
            "dbs": {"value": {"a": {"days": 1}}},
            "plain": {"value": "hunter2x"},
        },
        configuration={
            "root_module": {"module_calls": {"m": call}, "variables": {"open": {}, "dbs": {}, "plain": {}}}
        },
    )
    resource = resources["module.m.aws_db_instance.db"]

    def said(*path: str | int) -> list[str]:
        value: Any = after
        for step in path:
            value = value[step]
        return [str(each) for each in resource.origins_of(path, value)]

    assert said("publicly_accessible") == [
        'var.public, from module "m" at plan.json',
        "var.open = true, from plan.json",
    ]
    assert said("backup_retention_period") == [
        'var.dbs, from module "m" at plan.json',
        "var.dbs, from plan.json",
    ]
    assert said("identifier") == ["local.name, from plan.json"]
    assert said("multi_az") == ["var.zones = true, from its default at plan.json"]
    assert said("deletion_protection") == []
    assert said("restore", 0, "kind") == ['var.kept = x, from module "m" at plan.json']
    assert said("restore", 0, "size") == []
    assert resource.origins_of(("nothing",)) == resource.origins_of(()) == ()
    assert said("password") == ['var.password, from module "m" at plan.json', "var.plain, from plan.json"]


def test_a_recorded_plan_names_its_variables() -> None:
    resources, _ = read_plan(PLANS / "recorded.json")
    names = {
        each.name
        for resource in resources.values()
        for name in resource.body
        for each in resource.origins_of((name,))
    }
    assert any(name.startswith("var.") for name in names)


def test_odd_configurations_are_no_origins(tmp_path: Path) -> None:
    resources = planned(
        tmp_path,
        resource_changes=[change("aws_db_instance.db", {"publicly_accessible": True})],
        variables={"x": 3},
        configuration={
            "root_module": {
                "resources": [written(publicly_accessible=refers("var.", "local", "var.x"))],
                "variables": [],
                "module_calls": 7,
            }
        },
    )
    found = resources["aws_db_instance.db"].origins_of(("publicly_accessible",))
    assert [str(each) for each in found] == ["var.x, declared without a value at plan.json"]
