"""Makes `built_in_roles.tsv` from what Azure lists: `python -m tests.services.azure.built_in_roles FILE ...`.

`az role definition list --query "[?roleType=='BuiltInRole']" > FILE` lists the roles that may be assigned in a
subscription. Of each its id, its name and what it comes to is kept. Names that older files have for the same ids are
kept as well, the newest file being named first: code that was written while they held still names them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tfaudit.services.azure.identity
from tests.parity import UNKNOWN, from_arm, values
from tfaudit.services.azure.identity.built_in_roles import (
    ALL,
    ALL_BUT_ROLES,
    GIVES_ROLES,
    ON_A_CONDITION,
)

FILE = Path(str(tfaudit.services.azure.identity.__file__)).with_name("built_in_roles.tsv")
_HEAD = (
    "# learn.microsoft.com/azure/role-based-access-control/built-in-roles: id, name, what it comes to;"
    " a name that it had before stands after it"
)
_ELSEWHERE = {
    # learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged: not assigned in a subscription
    "a8889054-8d42-49c9-bc1c-52486c10e7cd": ("Reservations Administrator", GIVES_ROLES)
}


def comes_to(permissions: list[dict[str, Any]]) -> str:
    """Return what a role comes to: what a custom one of the same permissions does."""
    role = {
        "type": "Microsoft.Authorization/roleDefinitions",
        "apiVersion": "2022-04-01",
        "name": "00000000-0000-0000-0000-000000000000",
        "properties": {"roleName": "r", "permissions": permissions, "assignableScopes": ["/subscriptions/0"]},
    }
    everything, gives = values(from_arm(role)[0], ("wildcard_actions", "escalates")).values()
    if gives == UNKNOWN:
        return ON_A_CONDITION
    if everything:
        return ALL if gives else ALL_BUT_ROLES
    return GIVES_ROLES if gives else ""


def lines(listed: list[dict[str, Any]], older: Iterable[list[dict[str, Any]]] = ()) -> list[str]:
    """Return the lines of the file for the roles `listed`; with other names that `older` lists have for them."""
    found = {
        each["name"].lower(): (each["roleName"].strip(), comes_to(each["permissions"])) for each in listed
    }
    found.update(_ELSEWHERE)
    names = {id_: [name] for id_, (name, _) in found.items()}
    taken = {name.lower() for name, _ in found.values()}
    for id_, name in ((each["name"].lower(), each["roleName"].strip()) for roles in older for each in roles):
        if id_ in names and name.lower() not in taken:
            names[id_].append(name)
            taken.add(name.lower())
    rows = sorted(found.items(), key=lambda each: each[1][0].lower())
    return [
        _HEAD,
        *(f"{id_}\t{name}\t{may}".rstrip() for id_, (_, may) in rows for name in names[id_]),
    ]


def main(files: list[str]) -> None:
    """Write the file."""
    newest, *older = [json.loads(Path(each).read_text("utf-8")) for each in files]
    FILE.write_text("\n".join(lines(newest, older)) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
