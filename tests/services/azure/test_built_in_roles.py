"""The table of Azure's built-in roles: what it says of each is what its actions come to."""

from __future__ import annotations

import re

import pytest

from tests.services.azure import built_in_roles as made
from tfaudit.services.azure.identity import built_in_roles

_ROWS = [line.split("\t") for line in made.FILE.read_text("utf-8").splitlines()[1:]]


def test_every_row_is_an_id_a_name_and_a_known_word() -> None:
    words = {"", *built_in_roles.ADMINISTER, built_in_roles.ON_A_CONDITION}
    for id_, name, *may in _ROWS:
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id_), id_
        assert name == name.strip()
        assert "".join(may) in words
    stands_for = {(name.lower(), "".join(may)) for _, name, *may in _ROWS}
    assert len({name for name, _ in stands_for}) == len(stands_for), "a name would come to two things"


def test_the_privileged_roles_of_azure_s_page_administer() -> None:
    # learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged
    privileged = {
        "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
        "a8889054-8d42-49c9-bc1c-52486c10e7cd": "Reservations Administrator",
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
        "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    }
    assert {each: built_in_roles.name_of(each) for each in built_in_roles.administering()} == privileged


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader"),
        ("29FE4964-1E60-436B-BD3A-77FD4C178B3C", "Azure Batch Account Contributor"),
        ("602da2ba-a5c2-41da-b01d-5360126ab525", "Virtual Machine Local User Login"),
        ("7eabc9a4-85f7-4f71-b8ab-75daaccc1033", "Windows 365 Network User"),
        ("0ab34830-df19-4f8c-b84e-aa85b8afa6e8", "Azure Front Door Domain Contributor"),
        ("5e3c6656-6cfa-4708-81fe-0de47ac73342", "BizTalk Contributor"),
        ("80d0d6b0-f522-40a4-8886-a5a11720c375", "Durable Task Worker"),
        ("28bf596f-4eb7-45ce-b5bc-6cf482fec137", "Locks Contributor"),
        ("ad710c24-b039-4e85-a019-deb4a06e8570", "Logic Apps Standard Contributor"),
        ("00000000-1111-2222-3333-444444444444", None),
    ],
)
def test_a_role_is_known_by_its_id(id_: str, name: str | None) -> None:
    assert built_in_roles.name_of(id_) == name


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("owner", built_in_roles.ALL),
        ("Key Vault Data Access Administrator", ""),
        ("Azure AI User", ""),  # what Foundry User was called
        ("Foundry User", ""),
        ("Logic Apps Standard Contributor (Preview)", ""),
        ("Azure Resilience Management Goals Administrator", built_in_roles.ON_A_CONDITION),
        ("Platform Owner", None),
        ("", None),
    ],
)
def test_what_a_role_comes_to_is_known_by_its_name(name: str, may: str | None) -> None:
    assert built_in_roles.may(name) == may


_WRITE = "Microsoft.Authorization/roleAssignments/write"
_READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def permission(
    *actions: str, without: tuple[str, ...] = (), condition: str | None = None
) -> dict[str, object]:
    return {
        "actions": list(actions),
        "notActions": list(without),
        "dataActions": [],
        "notDataActions": [],
        "condition": condition,
        "conditionVersion": None,
    }


def giving(*ids: str) -> str:
    return (
        f"((!(ActionMatches{{'{_WRITE}'}})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] "
        f"ForAnyOfAnyValues:GuidEquals{{{', '.join(ids)}}}))"
    )


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        ([permission("*")], "all"),
        (
            [
                permission(
                    "*",
                    without=(
                        "Microsoft.Authorization/*/Write",
                        "Microsoft.Authorization/elevateAccess/action",
                    ),
                )
            ],
            "all but roles",
        ),
        ([permission("*/read", "Microsoft.Authorization/*")], "gives roles"),
        ([permission("*/read"), permission(_WRITE)], "gives roles"),
        ([permission("*/read")], ""),
        ([permission(_WRITE, condition=giving(_READER))], ""),
        (
            [permission(_WRITE, condition=giving(_READER, "8e3af657a8ff443ca75c2fe8c4bcb635"))],
            "gives roles",
        ),
        (
            [permission(_WRITE, condition=giving("99999999-0000-0000-0000-000000000000"))],
            "gives roles on a condition",
        ),
    ],
)
def test_the_table_says_what_the_actions_of_a_role_come_to(
    permissions: list[dict[str, object]], may: str
) -> None:
    id_ = "12345678-0000-0000-0000-000000000000"
    row = next(
        each
        for each in made.lines([{"name": id_, "roleName": "New", "permissions": permissions}])
        if each.startswith(id_)
    )
    assert row.split("\t") == [id_, "New", *([may] if may else [])]


def test_a_name_that_a_role_had_before_stands_for_it() -> None:
    id_ = "12345678-0000-0000-0000-000000000000"
    role = {"name": id_, "roleName": "New", "permissions": [permission("*")]}
    older = [
        {"name": id_, "roleName": "Old"},
        {"name": id_, "roleName": "NEW"},
        {"name": "x", "roleName": "Gone"},
    ]
    found = [each for each in made.lines([role], [older]) if "Reservations" not in each][1:]
    assert found == [f"{id_}\tNew\tall", f"{id_}\tOld\tall"]
