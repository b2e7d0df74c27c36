"""Entra ID by Microsoft Graph, against the stand-in: roles of the directory, and client secrets of applications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands import tfaudit
from tests.servers.azure import CLIENT, TENANT, Azure
from tests.servers.azure import azure as running
from tests.sources.live.azure_run import EVERY, gaps, run, signed_in

if TYPE_CHECKING:
    from tfaudit.model.result import ScanResult

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
CHOSEN = [each for each in EVERY if {"identity", "role_binding"} & set(each.kinds)]


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Azure]:
    """A directory with three roles that are held and four applications."""
    with running(tmp_path) as state:
        signed_in(state, monkeypatch)
        state.graph_permissions = {
            "RoleManagement.Read.Directory",
            "RoleAssignmentSchedule.Read.Directory",
            "Application.Read.All",
            "AuditLog.Read.All",
            "User.Read.All",
        }
        state.directory = {
            "roleManagement/directory/roleAssignments": [
                assignment("one", GLOBAL_ADMINISTRATOR, "/", "ada@example.org"),
                assignment("two", GLOBAL_ADMINISTRATOR, "/administrativeUnits/1", "bob@example.org"),
                assignment("three", READER, "/", "cy@example.org"),
                assignment("four", GLOBAL_ADMINISTRATOR, "/", "gil@example.org"),
            ],
            "roleManagement/directory/roleAssignmentScheduleInstances": [
                schedule("one", "Activated"),
                schedule("three", "Assigned"),
                schedule("four", "Assigned"),
            ],
            "reports/authenticationMethods/userRegistrationDetails": [
                user("ada", "member", admin=True, factor=True),
                user("dan", "member", admin=False, factor=False),
                user("eve", "guest", admin=True, factor=True),
                user("flo", "guest", admin=False, factor=True),
            ],
            "users": [
                listed("ada", 3),
                listed("dan", None),
                listed("eve", 400),
                listed("flo", 400, enabled=False),
            ],
            "applications": [
                application("old", 400),
                application("new", 5),
                application("without"),
                application("several", 5, 6),
            ],
        }
        yield state


def assignment(id_: str, role: str, scope: str, name: str) -> dict[str, Any]:
    principal = {"@odata.type": "#microsoft.graph.user", "id": name, "userPrincipalName": name}
    return {
        "id": id_,
        "roleDefinitionId": role,
        "principalId": name,
        "directoryScopeId": scope,
        "principal": principal,
    }


def schedule(of: str, kind: str) -> dict[str, Any]:
    return {
        "id": f"instance-{of}",
        "principalId": of,
        "roleDefinitionId": GLOBAL_ADMINISTRATOR,
        "assignmentType": kind,
        "roleAssignmentOriginId": of,
        "endDateTime": None,
    }


def user(name: str, type_: str, *, admin: bool, factor: bool) -> dict[str, Any]:
    return {
        "id": name,
        "userPrincipalName": f"{name}@example.org",
        "userType": type_,
        "isAdmin": admin,
        "isMfaRegistered": factor,
    }


def listed(name: str, days: int | None, *, enabled: bool = True) -> dict[str, Any]:
    """A user who signed in `days` ago, or never since the account was made a week ago."""
    now = datetime.now(UTC)
    activity = None if days is None else {"lastSignInDateTime": (now - timedelta(days=days)).isoformat()}
    made = (now - timedelta(days=7 if days is None else 800)).isoformat()
    return {
        "id": name,
        "userPrincipalName": f"{name}@example.org",
        "accountEnabled": enabled,
        "createdDateTime": made,
        **({"signInActivity": activity} if activity else {}),
    }


def application(name: str, *ages: int) -> dict[str, Any]:
    now = datetime.now(UTC)
    secrets = [
        {
            "startDateTime": (now - timedelta(days=days)).isoformat(),
            "endDateTime": (now + timedelta(days=500 - days)).isoformat(),
            "hint": "a-z",
            "secretText": None,
        }
        for days in ages
    ]
    return {
        "id": f"id-{name}",
        "appId": f"app-{name}",
        "displayName": name,
        "passwordCredentials": secrets,
        "keyCredentials": [],
    }


def looked_at(azure: Azure) -> ScanResult:
    return run(azure, policies=CHOSEN, entra=True, graph=f"{azure.url}/graph")


def failed(result: ScanResult) -> set[tuple[str, str]]:
    return {
        (each.policy.id, each.asset.name.rpartition("/")[2])
        for each in result.verdicts
        if each.outcome.value == "fail"
    }


OF_ROLES = {
    ("role-binding-not-privileged-at-large-scope", "four"),
    ("role-binding-privileged-not-standing", "two"),
    ("role-binding-privileged-not-standing", "four"),
}
OF_APPLICATIONS = {("access-key-rotated", "old"), ("identity-one-access-key", "several")}
OF_USERS = {("identity-mfa", "dan@example.org"), ("identity-guest-not-admin", "eve@example.org")}
IDLE = {("identity-in-use", "eve@example.org")}


def test_who_administers_the_tenant_and_which_secrets_are_old_is_found(azure: Azure) -> None:
    result = looked_at(azure)
    assert failed(result) == OF_ROLES | OF_APPLICATIONS | OF_USERS | IDLE
    [admin] = [
        each
        for each in result.verdicts
        if each.policy.id == "role-binding-not-privileged-at-large-scope" and each.outcome.value == "fail"
    ]
    assert str(admin.places[0]) == (
        f"Microsoft.Graph/roleManagement/directory/roleAssignments {TENANT} four roleDefinitionId"
    )
    assert "unknown" not in {each.outcome.value for each in result.verdicts}
    assert gaps(result) == []
    directory = result.coverage[-1]
    assert (directory.target, directory.listed, directory.whole) == (f"entra:{TENANT}", 19, 19)


@pytest.mark.parametrize(
    ("permission", "path", "left"),
    [
        (
            "RoleManagement.Read.Directory",
            "roleManagement/directory/roleAssignments",
            OF_APPLICATIONS | OF_USERS | IDLE,
        ),
        ("Application.Read.All", "applications", OF_ROLES | OF_USERS | IDLE),
        ("User.Read.All", "users", OF_ROLES | OF_APPLICATIONS | OF_USERS),
        (
            "AuditLog.Read.All",
            "reports/authenticationMethods/userRegistrationDetails",
            OF_ROLES | OF_APPLICATIONS,
        ),
    ],
)
def test_a_permission_that_is_absent_is_named_and_the_rest_is_judged(
    azure: Azure, permission: str, path: str, left: set[tuple[str, str]]
) -> None:
    azure.graph_permissions -= {permission}
    result = looked_at(azure)
    [gap] = gaps(result)
    assert gap.startswith(f"Microsoft.Graph/{path} {TENANT}: {CLIENT} may not call it")
    assert gap.endswith(f"; grant {permission} of Microsoft Graph")
    assert failed(result) == left


def standing(result: ScanResult) -> dict[str, str]:
    return {
        each.asset.name.rpartition("/")[2]: each.outcome.value
        for each in result.verdicts
        if each.policy.id == "role-binding-privileged-not-standing" and each.outcome.value != "not_applicable"
    }


def test_whether_a_role_is_activated_is_unknown_where_that_may_not_be_read(azure: Azure) -> None:
    assert standing(looked_at(azure)) == {"one": "pass", "two": "fail", "four": "fail"}
    azure.graph_permissions -= {"RoleAssignmentSchedule.Read.Directory"}
    result = looked_at(azure)
    assert standing(result) == {"one": "unknown", "two": "unknown", "four": "unknown"}
    [gap] = gaps(result)
    assert gap.endswith("grant RoleAssignmentSchedule.Read.Directory of Microsoft Graph")


def test_without_a_licence_for_it_no_role_is_activated(azure: Azure) -> None:
    body = b'{"error": {"code": "AadPremiumLicenseRequired", "message": "The tenant needs Premium P2."}}'
    call = "Microsoft.Graph/roleManagement/directory/roleAssignmentScheduleInstances"
    azure.disturbed = {call: lambda _: (400, {}, body)}
    result = looked_at(azure)
    assert standing(result) == {"one": "fail", "two": "fail", "four": "fail"}
    assert gaps(result) == []


def test_without_a_licence_for_the_report_it_is_not_read_and_nothing_is_granted(azure: Azure) -> None:
    code = b"Authentication_RequestFromNonPremiumTenantOrB2CTenant"
    body = b'{"error": {"code": "%s", "message": "Neither tenant is B2C or tenant has a premium license."}}'
    call = "Microsoft.Graph/reports/authenticationMethods/userRegistrationDetails"
    azure.disturbed = {call: lambda _: (403, {}, body % code)}
    result = looked_at(azure)
    [gap] = gaps(result)
    assert "licence of Entra ID P1" in gap
    assert "grant" not in gap
    assert failed(result) == OF_ROLES | OF_APPLICATIONS


def test_permissions_name_what_the_chosen_policies_take_of_the_directory(tmp_path: Path) -> None:
    def named(*options: str) -> str:
        return tfaudit("permissions", "azure", "--entra", *options, cwd=tmp_path).stderr

    every = (
        "Application.Read.All, AuditLog.Read.All, GroupSettings.Read.All, RoleAssignmentSchedule.Read.Directory,"
        " RoleManagement.Read.Directory, User.Read.All"
    )
    assert every in named()
    alone = named("--policy", "role-binding-no-privileged-guest")
    assert alone.endswith(": AuditLog.Read.All, RoleManagement.Read.Directory\n")
    assert "Microsoft Graph" not in tfaudit("permissions", "azure", cwd=tmp_path).stderr


def test_without_being_asked_for_the_directory_is_left_alone(azure: Azure) -> None:
    run(azure, policies=CHOSEN)
    assert [each for each in azure.calls if "Graph/" in each and "Resource" not in each] == []


@pytest.mark.parametrize("body", [b"{}", b"<html></html>", b'{"value": [{"id": "x"}]}', b""])
def test_what_is_not_of_the_form_is_not_read(azure: Azure, body: bytes) -> None:
    azure.disturbed = {"Microsoft.Graph/applications": lambda _: (200, {}, body)}
    result = looked_at(azure)
    [gap] = gaps(result)
    assert "is not Azure's form" in gap
    assert failed(result) == OF_ROLES | OF_USERS | IDLE


LOCKOUT = [each for each in EVERY if each.id == "sign-in-locks-out"]


def locking_out(azure: Azure, *settings: dict[str, Any]) -> tuple[str, list[Any]]:
    """How the policy on lockout comes out, and the values that decide it."""
    azure.graph_permissions |= {"GroupSettings.Read.All"}
    azure.directory["groupSettings"] = list(settings)
    result = run(azure, policies=LOCKOUT, entra=True, graph=f"{azure.url}/graph")
    (verdict,) = result.verdicts
    values = [verdict.asset.settings[f"lockout.{each}"] for each in ("attempts", "minutes")]
    return verdict.outcome.value, [getattr(each, "value", None) for each in values]


def rules(**values: str) -> dict[str, Any]:
    return {
        "id": "own",
        "displayName": "Password Rule Settings",
        "templateId": "5cf42378-d67d-4f36-ba46-e8b86229381d",
        "values": [{"name": name, "value": value} for name, value in values.items()],
    }


OTHER = {"id": "o", "displayName": "Group.Unified", "templateId": "62375ab9", "values": []}


@pytest.mark.parametrize(
    ("settings", "outcome", "values"),
    [
        ((), "pass", [10, 1]),
        ((OTHER,), "pass", [10, 1]),
        ((OTHER, rules(LockoutThreshold="5", LockoutDurationInSeconds="1800")), "pass", [5, 30]),
        ((rules(LockoutThreshold="20"),), "fail", [20, 1]),
        ((rules(LockoutThreshold="5", LockoutDurationInSeconds="59"),), "fail", [5, 0]),
    ],
)
def test_lockout_is_as_set_or_as_documented(
    azure: Azure, settings: tuple[dict[str, Any], ...], outcome: str, values: list[int]
) -> None:
    assert locking_out(azure, *settings) == (outcome, values)


def test_without_its_permission_lockout_is_not_read(azure: Azure) -> None:
    result = run(azure, policies=LOCKOUT, entra=True, graph=f"{azure.url}/graph")
    assert result.verdicts == []
    [gap] = gaps(result)
    assert gap.endswith("grant GroupSettings.Read.All of Microsoft Graph")


def large(result: ScanResult) -> dict[str, str]:
    return {
        each.asset.name.rpartition("/")[2]: each.outcome.value
        for each in result.verdicts
        if each.policy.id == "role-binding-not-privileged-at-large-scope"
    }


def test_a_role_that_somebody_has_made_is_not_known_to_be_harmless(azure: Azure) -> None:
    made = assignment("made", "0f0e0d0c-0b0a-0908-0706-050403020100", "/", "cy@example.org")
    support = assignment("support", "E00E864A-17C5-4A4B-9C06-F5B95A8D5BD8", "/", "cy@example.org")
    azure.directory["roleManagement/directory/roleAssignments"] += [made, support]
    assert large(looked_at(azure)) == {
        "one": "not_applicable",  # it is activated
        "two": "not_applicable",
        "four": "fail",
        "three": "pass",
        "made": "unknown",
        "support": "fail",  # it may give roles
    }


LISTS = {
    # call, then which permission lists it
    "roleManagement/directory/roleAssignments": "RoleManagement.Read.Directory",
    "roleManagement/directory/roleAssignmentScheduleInstances": "RoleAssignmentSchedule.Read.Directory",
    "applications": "Application.Read.All",
    "reports/authenticationMethods/userRegistrationDetails": "AuditLog.Read.All",
    "users": "User.Read.All",
}


def told(result: ScanResult) -> dict[tuple[str, str], str]:
    return {(each.policy.id, each.asset.address): each.outcome.value for each in result.verdicts}


def test_lists_of_many_pages_are_read_to_the_end(azure: Azure) -> None:
    whole = told(looked_at(azure))
    azure.page, azure.requests = 1, []
    result = looked_at(azure)
    assert gaps(result) == []
    assert told(result) == whole
    for path, every in azure.directory.items():
        assert azure.calls.count(f"Microsoft.Graph/{path}") == len(every)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "broken",
    [
        (403, {}, b'{"error": {"code": "Authorization_RequestDenied", "message": "No."}}'),
        (500, {}, b'{"error": {"code": "InternalServerError", "message": "Later."}}'),
        (200, {}, b'{"value": [{}]}'),
        (200, {}, b'{"value": null}'),
        (200, {}, b"<html></html>"),
        (200, {}, b'{"value": [], "@odata.nextLink": "https://example.org/v1.0/next"}'),
    ],
    ids=["denied", "broken", "without ids", "no list", "no JSON", "leads elsewhere"],
)
def test_a_page_that_is_missing_leaves_unknown_what_it_may_have(
    azure: Azure, path: str, broken: tuple[int, dict[str, str], bytes]
) -> None:
    azure.page = 1
    whole = told(looked_at(azure))
    answers = iter([None])
    azure.disturbed = {f"Microsoft.Graph/{path}": lambda found: next(answers, broken) or found}
    result = looked_at(azure)
    assert gaps(result), "what is missing is a gap"
    changed = {key: how for key, how in told(result).items() if how != whole[key]}
    assert set(changed.values()) <= {"unknown"}
    assert {how for key, how in told(result).items() if key not in whole} == set()


@pytest.mark.parametrize("path", LISTS)
def test_a_list_that_is_denied_turns_nothing_into_a_pass(azure: Azure, path: str) -> None:
    whole = told(looked_at(azure))
    azure.graph_permissions -= {LISTS[path]}
    result = looked_at(azure)
    [gap] = gaps(result)
    assert f"grant {LISTS[path]} of Microsoft Graph" in gap
    assert {how for key, how in told(result).items() if how != whole[key]} <= {"unknown"}
