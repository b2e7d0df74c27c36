"""The custom role that `permissions azure` prints, against a stand-in that has one of everything that may be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import tfaudit
from tests.servers.azure import SUBSCRIPTION, Azure
from tests.servers.azure import azure as running
from tests.servers.azure_resources import API_VERSIONS
from tests.sources.live.azure_run import EVERY, Looking, gaps, signed_in, verdicts
from tfaudit.pipeline.live import azure_types
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet
from tfaudit.sources.live.azure.collect import Plan
from tfaudit.sources.live.azure.roles import ALWAYS, actions
from tfaudit.sources.live.azure.types import Way

NEEDS = azure_types(Options(PolicySet(EVERY)))
WAYS = [each for each in Plan.of(NEEDS).ways.values() if each.how != "inside"]
ACTIONS = actions(NEEDS)
SCOPE = f"/subscriptions/{SUBSCRIPTION}"
OF_SUBSCRIPTION = ("microsoft.authorization/", "microsoft.security/", "microsoft.consumption/")
NOT_PUT = ("microsoft.resources/subscriptions", "microsoft.resources/resourcegroups")
"""They are there as it is."""


def id_of(type_: str, name: str = "") -> str:
    """The id of the one resource of a type, below one of each type above it."""
    namespace, *types = type_.split("/")
    names = ["n"] * (len(types) - 1) + [name or "n"]
    steps = "/".join(f"{each}/{called}" for each, called in zip(types, names, strict=True))
    group = "" if type_.lower().startswith(OF_SUBSCRIPTION) else "/resourceGroups/rg"
    return f"{SCOPE}{group}/providers/{namespace}/{steps}"


def put(azure: Azure, way: Way) -> None:
    """Have one resource of a type, and what it is below."""
    steps = way.type.split("/")
    for end in range(2, len(steps)):
        above = id_of("/".join(steps[:end]))
        if azure.store.get(above) is None:
            azure.store.put(above, {"properties": {}})
    azure.store.put(id_of(way.type, way.name), {"properties": {}})


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Azure]:
    """A subscription with one of everything, one workspace under Sentinel, and a caller with the printed role alone."""
    with running(tmp_path) as state:
        signed_in(state, monkeypatch)
        for way in WAYS:
            if not way.api and way.key not in API_VERSIONS:
                monkeypatch.setitem(API_VERSIONS, way.key, ("2024-01-01",))
            if way.how != "at each" and way.key not in NOT_PUT:
                put(state, way)
        workspace = id_of("Microsoft.OperationalInsights/workspaces")
        state.store.put(
            id_of("Microsoft.OperationsManagement/solutions", "SecurityInsights(n)"),
            {
                "properties": {"workspaceResourceId": workspace},
                "plan": {"product": "OMSGallery/SecurityInsights"},
            },
        )
        state.roles = [(SCOPE, list(ACTIONS), [])]
        yield state


def test_what_is_printed_is_what_is_called(azure: Azure) -> None:
    assert gaps(Looking(azure).look()) == []
    asked = {each.lower() for each in azure.calls}
    in_graph = {each.key for each in WAYS if each.how == "graph"}
    named = {"microsoft.resources/subscriptions/providers": "microsoft.resources/providers"}
    printed = {each.lower().removesuffix("/read") for each in ACTIONS if each not in ALWAYS}
    assert {each for each in printed - in_graph if named.get(each, each) not in asked} == set()
    always = {each.lower().removesuffix("/read") for each in ALWAYS}
    assert asked - printed - always - set(named.values()) == set()


AT_EACH = {f"{each.type}/read" for each in WAYS if each.how == "at each"}
VERSIONS = "Microsoft.Resources/subscriptions/providers/read"
"""Of a provider whose versions are remembered, nothing is missed."""


def together(action: str) -> str:
    """With which others an action is denied: what is below a denied type is not asked for, nor what is at one."""
    return "at each" if action in AT_EACH else str(action.count("/"))


GROUPS: dict[str, list[str]] = {}
for one in ACTIONS:
    if one not in (*ALWAYS, VERSIONS):
        GROUPS.setdefault(together(one), []).append(one)


@pytest.mark.parametrize("which", GROUPS)
def test_each_action_that_is_missing_is_named_and_nothing_passes_without_it(azure: Azure, which: str) -> None:
    looking = Looking(azure)
    before = verdicts(looking.look())
    azure.roles = [(SCOPE, [each for each in ACTIONS if each not in GROUPS[which]], [])]
    result = looking.look()
    said = "\n".join(gaps(result)).lower()
    assert [each for each in GROUPS[which] if each.lower() not in said] == []
    changed = {key: how for key, how in verdicts(result).items() if before.get(key, how) != how}
    assert set(changed.values()) <= {"unknown"}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((), "the role can be assigned nowhere"),
        (("--management-group", "a", "--management-group", "b"), "Azure takes one management group"),
        (("--management-group", "a", "--management-group", "a"), ""),
        (("--subscription", SUBSCRIPTION), ""),
    ],
)
def test_what_azure_would_refuse_of_the_role_is_said_beside_it(
    tmp_path: Path, given: tuple[str, ...], says: str
) -> None:
    done = tfaudit("permissions", "azure", *given, cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["Name"] == "tfaudit read"
    assert (says in done.stderr) if says else done.stderr == ""


def test_a_name_that_is_none_makes_no_role(tmp_path: Path) -> None:
    done = tfaudit("permissions", "azure", "--subscription", 'x"y', cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert '--subscription: "x"y" is no id' in done.stderr
