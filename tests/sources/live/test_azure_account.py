"""What holds for a whole subscription, live, against the stand-in: each call that is missing is one unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.azure import CLIENT, SUBSCRIPTION, TENANT, Azure
from tests.servers.azure import azure as running
from tests.sources.live.azure_run import EVERY, gaps, run, signed_in
from tfaudit.pipeline.live import azure_types
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet
from tfaudit.sources.live.azure.roles import actions

if TYPE_CHECKING:
    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Policy

ACCOUNT = [each for each in EVERY if "account" in each.kinds]
OTHER = "55555555-5555-5555-5555-555555555555"
SCOPE = f"/subscriptions/{SUBSCRIPTION}"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
BENCHMARK = "/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8"
PLANS = (
    "VirtualMachines",
    "SqlServers",
    "AppServices",
    "StorageAccounts",
    "SqlServerVirtualMachines",
    "Containers",
    "KeyVaults",
    "Arm",
    "OpenSourceRelationalDatabases",
    "CosmosDbs",
    "CloudPosture",
)
GUARDS = (
    "Microsoft.Authorization/policyAssignments",
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/publicIPAddresses",
    "Microsoft.Security/securitySolutions",
    "Microsoft.Sql/servers/firewallRules",
)
BY_CALL = {
    "Microsoft.Security/securityContacts": {
        "account-attack-paths-sent",
        "account-security-contact",
        "account-security-alerts-sent",
        "account-owners-hear-alerts",
    },
    "Microsoft.Security/autoProvisioningSettings": {"account-agent-provisioned"},
    "Microsoft.Security/settings": {"account-detection-integrated"},
    "Microsoft.Consumption/budgets": {"account-has-budget"},
    "Microsoft.Insights/diagnosticSettings": {"account-audit-exported"},
}
"""What each call that is made for a subscription alone decides."""


def assignment(
    azure: Azure, name: str, scope: str = SCOPE, role: str = OWNER, kind: str = "User", **more: str
) -> None:
    azure.store.put(
        f"{scope}/providers/Microsoft.Authorization/roleAssignments/{name}",
        {
            "properties": {
                "scope": scope or "/",
                "roleDefinitionId": f"{SCOPE}/providers/Microsoft.Authorization/roleDefinitions/{role}",
                "principalId": name,
                "principalType": kind,
                **more,
            }
        },
    )


def watched(azure: Azure, scope: str = SCOPE) -> None:
    """Have everything that policies on an account ask for."""
    for plan in PLANS:
        azure.store.put(
            f"{scope}/providers/Microsoft.Security/pricings/{plan}",
            {"properties": {"pricingTier": "Standard"}},
        )
    azure.store.put(
        f"{scope}/providers/Microsoft.Security/securityContacts/default",
        {
            "properties": {
                "emails": "security@example.org",
                "notificationsSources": [
                    {"sourceType": "Alert", "minimalSeverity": "Medium"},
                    {"sourceType": "AttackPath", "minimalRiskLevel": "Critical"},
                ],
                "notificationsByRole": {"state": "On", "roles": ["Owner"]},
            }
        },
    )
    azure.store.put(
        f"{scope}/providers/Microsoft.Security/autoProvisioningSettings/default",
        {"properties": {"autoProvision": "On"}},
    )
    for source in ("WDATP", "MCAS"):
        azure.store.put(
            f"{scope}/providers/Microsoft.Security/settings/{source}",
            {"kind": "DataExportSettings", "properties": {"enabled": True}},
        )
    azure.store.put(
        f"{scope}/providers/Microsoft.Consumption/budgets/month",
        {
            "properties": {
                "amount": 100,
                "notifications": {"used": {"enabled": True, "contactRoles": ["Owner"]}},
            }
        },
    )
    azure.store.put(
        f"{scope}/providers/Microsoft.Insights/diagnosticSettings/activity",
        {"properties": {"logs": [{"category": "Administrative", "enabled": True}], "workspaceId": "/w"}},
    )
    azure.store.put(
        f"{scope}/providers/Microsoft.Authorization/policyAssignments/SecurityCenterBuiltIn",
        {"properties": {"policyDefinitionId": BENCHMARK, "enforcementMode": "Default"}},
    )
    operations = [f"{each}/{verb}" for each in GUARDS for verb in ("write", "delete")]
    group = f"{scope}/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/team"
    azure.store.put(
        group,
        {"properties": {"enabled": True, "emailReceivers": [{"name": "t", "emailAddress": "t@example.org"}]}},
    )
    azure.store.put(
        f"{scope}/resourceGroups/rg/providers/Microsoft.Insights/activityLogAlerts/outages",
        {
            "properties": {
                "enabled": True,
                "scopes": [scope],
                "actions": {"actionGroups": [{"actionGroupId": group}]},
                "condition": {"allOf": [{"field": "category", "equals": "ServiceHealth"}]},
            }
        },
    )
    azure.store.put(
        f"{scope}/resourceGroups/rg/providers/Microsoft.Insights/activityLogAlerts/changes",
        {
            "properties": {
                "enabled": True,
                "scopes": [scope],
                "actions": {"actionGroups": [{"actionGroupId": group}]},
                "condition": {
                    "allOf": [
                        {"field": "category", "equals": "Administrative"},
                        {"anyOf": [{"field": "operationName", "equals": each} for each in operations]},
                    ]
                },
            }
        },
    )


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Azure]:
    with running(tmp_path) as state:
        signed_in(state, monkeypatch)
        yield state


def outcomes(result: ScanResult, subscription: str = SUBSCRIPTION) -> dict[str, str]:
    """How each policy came out for the account that a subscription is."""
    return {
        each.policy.id: each.outcome.value
        for each in result.verdicts
        if each.asset.kind == "account" and each.asset.address.endswith(subscription)
    }


def test_a_subscription_that_is_watched_passes_and_an_empty_one_fails(azure: Azure) -> None:
    azure.add_subscription(OTHER, TENANT)
    watched(azure)
    result = run(azure, policies=ACCOUNT)
    assert gaps(result) == []
    assert set(outcomes(result).values()) == {"pass"}
    assert len(outcomes(result)) == len(ACCOUNT)
    empty = outcomes(result, OTHER)
    assert empty.keys() == outcomes(result).keys()
    assert {each: how for each, how in empty.items() if how != "fail"} == {
        "account-few-owners": "pass",
        "account-threat-detection": "unknown",  # Azure lists plans that are off, if it lists any
    }


def test_plans_that_are_off_and_deeds_without_an_alert_are_named(azure: Azure) -> None:
    watched(azure)
    azure.store.put(
        f"{SCOPE}/providers/Microsoft.Security/pricings/Arm", {"properties": {"pricingTier": "Free"}}
    )
    azure.store.put(
        f"{SCOPE}/resourceGroups/rg/providers/Microsoft.Insights/activityLogAlerts/changes",
        {"properties": {"enabled": False}},
    )
    failed = {
        each.policy.id: each.value
        for each in run(azure, policies=ACCOUNT).verdicts
        if each.outcome.value == "fail"
    }
    assert failed.keys() == {"account-threat-detection", "account-alerts-on-changes"}
    assert failed["account-threat-detection"] == ["Arm"]
    assert set(failed["account-alerts-on-changes"]) == {
        f"{each}/{verb}".lower() for each in GUARDS for verb in ("write", "delete")
    }


_ALERT = f"{SCOPE}/resourceGroups/rg/providers/Microsoft.Insights/activityLogAlerts/changes"
_GROUP = f"{SCOPE}/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/team"
_SENT = f"{SCOPE}/providers/Microsoft.Insights/diagnosticSettings/activity"
_ONE = f"{SCOPE}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/one"
_PLAN = "providers/Microsoft.Security/pricings/VirtualMachines"
_ELSEWHERE = f"/subscriptions/{OTHER}/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/team"
_CHANGES = "account-alerts-on-changes"
_CHANGED: dict[str, tuple[str, dict[str, object], str, str]] = {
    # what is so, what is changed, how, which policy speaks of it and how it comes out
    "the group is off": (_GROUP, {"enabled": False}, _CHANGES, "fail"),
    "the group has no receiver": (_GROUP, {"emailReceivers": []}, _CHANGES, "fail"),
    "the one receiver has left": (
        _GROUP,
        {"emailReceivers": [{"name": "t", "emailAddress": "t@example.org", "status": "Disabled"}]},
        _CHANGES,
        "fail",
    ),
    "one of two receivers has left": (
        _GROUP,
        {
            "emailReceivers": [
                {"name": "t", "emailAddress": "t@example.org", "status": "Disabled"},
                {"name": "u", "emailAddress": "u@example.org", "status": "Enabled"},
            ]
        },
        _CHANGES,
        "pass",
    ),
    "the alert names no group": (_ALERT, {"actions": {"actionGroups": []}}, _CHANGES, "fail"),
    "the group is of another subscription": (
        _ALERT,
        {"actions": {"actionGroups": [{"actionGroupId": _ELSEWHERE}]}},
        _CHANGES,
        "unknown",
    ),
    "the alert is about another subscription": (
        _ALERT,
        {"scopes": [f"/subscriptions/{OTHER}"]},
        _CHANGES,
        "fail",
    ),
    "the alert is about a resource group": (
        _ALERT,
        {"scopes": [f"{SCOPE}/resourceGroups/g"]},
        _CHANGES,
        "fail",
    ),
    "the log is listed, and is off": (
        _SENT,
        {"logs": [{"category": "Administrative", "enabled": False}]},
        "account-audit-exported",
        "fail",
    ),
    "another part of the log is sent": (
        _SENT,
        {"logs": [{"category": "ServiceHealth", "enabled": True}]},
        "account-audit-exported",
        "fail",
    ),
    "a plan is off for one machine": (
        f"{_ONE}/{_PLAN}",
        {"pricingTier": "Free"},
        "account-threat-detection",
        "pass",
    ),
}


@pytest.mark.parametrize("name", _CHANGED)
def test_what_only_seems_to_watch_a_subscription(azure: Azure, name: str) -> None:
    where, change, policy, expected = _CHANGED[name]
    watched(azure)
    before = azure.store.get(where) or {"properties": {}}
    azure.store.put(where, {"properties": {**before["properties"], **change}})
    result = run(azure, policies=[each for each in ACCOUNT if each.id == policy])
    assert outcomes(result) == {policy: expected}


@pytest.mark.parametrize("call", BY_CALL)
@pytest.mark.parametrize("full", [True, False])
def test_a_call_that_is_denied_is_one_gap_and_unknown_there_alone(
    azure: Azure, call: str, full: bool
) -> None:
    if full:
        watched(azure)
    before = outcomes(run(azure, policies=ACCOUNT))
    azure.roles = [(scope, allowed, [f"{call}/read"]) for scope, allowed, _ in azure.roles]
    result = run(azure, policies=ACCOUNT)
    after = outcomes(result)
    assert {each for each, how in after.items() if how != before[each]} == BY_CALL[call]
    assert {after[each] for each in BY_CALL[call]} == {"unknown"}
    [gap] = gaps(result)
    assert gap.startswith(f"{call} {SUBSCRIPTION}: {CLIENT} may not call it")
    assert gap.endswith(f"grant {call}/read")


@pytest.mark.parametrize(
    ("action", "policy"),
    [
        ("Microsoft.Security/pricings", "account-threat-detection"),
        ("Microsoft.Insights/activityLogAlerts", "account-alerts-on-changes"),
        ("Microsoft.Authorization/roleAssignments", "account-few-owners"),
        ("Microsoft.Authorization/policyAssignments", "account-security-baseline"),
    ],
)
def test_what_the_graph_may_leave_out_is_unknown_and_never_missing(
    azure: Azure, action: str, policy: str
) -> None:
    azure.roles = [(scope, allowed, [f"{action}/read"]) for scope, allowed, _ in azure.roles]
    result = run(azure, policies=ACCOUNT)
    assert outcomes(result)[policy] == "unknown"
    assert [each for each in gaps(result) if f"grant {action}/read at the subscription" in each]


@pytest.mark.parametrize("policy", ACCOUNT, ids=lambda each: each.id)
def test_what_permissions_print_for_a_policy_is_what_it_takes(azure: Azure, policy: Policy) -> None:
    watched(azure)
    azure.roles = [(SCOPE, actions(azure_types(Options(PolicySet([policy])))), [])]
    result = run(azure, policies=[policy])
    assert gaps(result) == []
    assert set(outcomes(result).values()) == {"pass"}


def test_owners_from_a_management_group_count_in_every_subscription(azure: Azure) -> None:
    azure.add_subscription(OTHER, TENANT)
    group = "/providers/Microsoft.Management/managementGroups/corp"
    for number in range(4):
        assignment(azure, f"0000000{number}-0000-0000-0000-000000000000", group)
    few = [
        each
        for each in EVERY
        if each.id in ("account-few-owners", "role-binding-not-privileged-at-large-scope")
    ]
    result = run(azure, policies=few)
    assert outcomes(result) == outcomes(result, OTHER) == {"account-few-owners": "fail"}
    bindings = [each.asset.address for each in result.verdicts if each.asset.kind == "role_binding"]
    assert len(bindings) == len(set(bindings)) == 4


_CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"
_ADMINISTRATOR = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
_NEW = "99999999-9999-9999-9999-999999999999"
_GIVES_READERS = (
    "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR "
    "(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] "
    "ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})"
)
_TWO: tuple[tuple[str, dict[str, str]], ...] = ((_CONTRIBUTOR, {}), (_ADMINISTRATOR, {}))
_HELD: dict[str, tuple[tuple[tuple[str, dict[str, str]], ...], str]] = {
    # what each of four has, and how it comes out
    "one role of an owner": (((OWNER, {}),), "fail"),
    "two roles that make an owner together": (_TWO, "fail"),
    "a contributor": (((_CONTRIBUTOR, {}),), "pass"),
    "who gives roles": (((_ADMINISTRATOR, {}),), "pass"),
    "a contributor who gives readers": (
        ((_CONTRIBUTOR, {}), (_ADMINISTRATOR, {"condition": _GIVES_READERS})),
        "pass",
    ),
    "an owner who gives readers": (((OWNER, {"condition": _GIVES_READERS}),), "pass"),
    "a contributor who gives what is not known": (
        ((_CONTRIBUTOR, {}), (_ADMINISTRATOR, {"condition": "nonsense ("})),
        "unknown",
    ),
    "a role that is not known": (((_NEW, {}),), "unknown"),
}


@pytest.mark.parametrize("name", _HELD)
def test_who_owns_a_subscription_is_told_by_all_that_somebody_has(azure: Azure, name: str) -> None:
    roles, expected = _HELD[name]
    for number in range(4):
        for index, (role, more) in enumerate(roles):
            above = "/providers/Microsoft.Management/managementGroups/corp" if index else SCOPE
            assignment(azure, f"{number}-{index}", above, role, principalId=f"p{number}", **more)
    few = [each for each in EVERY if each.id == "account-few-owners"]
    assert outcomes(run(azure, policies=few)) == {"account-few-owners": expected}


@pytest.mark.parametrize(
    ("actions", "condition", "expected"),
    [
        (["*"], None, "fail"),
        (["*/read"], None, "pass"),
        (["Microsoft.Authorization/roleAssignments/write"], None, "fail"),
        (["Microsoft.Authorization/roleAssignments/write"], _GIVES_READERS, "pass"),
        (["Microsoft.Authorization/roleAssignments/write"], "nonsense (", "unknown"),
        (None, None, "unknown"),
    ],
)
def test_a_built_in_role_that_is_newer_than_we_are_is_judged_by_its_definition(
    azure: Azure, actions: list[str] | None, condition: str | None, expected: str
) -> None:
    assignment(azure, "p", role=_NEW)
    if actions is not None:
        permission = {"actions": actions, "notActions": [], "condition": condition}
        azure.store.put(
            f"/providers/Microsoft.Authorization/roleDefinitions/{_NEW}",
            {"properties": {"roleName": "New", "type": "BuiltInRole", "permissions": [permission]}},
        )
    large = [each for each in EVERY if each.id == "role-binding-not-privileged-at-large-scope"]
    [verdict] = run(azure, policies=large).verdicts
    assert verdict.outcome.value == expected


def test_a_guest_who_holds_a_privileged_role_is_found_by_the_directory(azure: Azure) -> None:
    chosen = [each for each in EVERY if each.id == "role-binding-no-privileged-guest"]
    for name, kind in (
        ("guest", "User"),
        ("member", "User"),
        ("robot", "ServicePrincipal"),
        ("team", "Group"),
    ):
        assignment(azure, name, kind=kind)
    azure.directory = {
        "reports/authenticationMethods/userRegistrationDetails": [
            {
                "id": name,
                "userPrincipalName": name,
                "userType": name,
                "isAdmin": False,
                "isMfaRegistered": True,
            }
            for name in ("guest", "member")
        ],
        "roleManagement/directory/roleAssignments": [],
    }
    azure.graph_permissions = {"AuditLog.Read.All", "RoleManagement.Read.Directory"}

    def found(*, entra: bool = False) -> dict[str, str]:
        result = run(azure, policies=chosen, graph=f"{azure.url}/graph", entra=entra)
        return {
            each.asset.address.rpartition("/")[2]: each.outcome.value
            for each in result.verdicts
            if each.asset.kind == "role_binding"
        }

    assert found(entra=True) == {"guest": "fail", "member": "pass", "robot": "pass", "team": "unknown"}
    assert found() == {"guest": "unknown", "member": "unknown", "robot": "pass", "team": "unknown"}
    azure.graph_permissions = {"RoleManagement.Read.Directory"}
    assert found(entra=True)["guest"] == "unknown"
