"""Roles of a directory of Entra ID that somebody holds, as `role_binding` assets.

The directory tells which role, and at what scope: `/` is the whole tenant. Which built-in roles can make their holder
an administrator of everything is known by their template ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.entra.identity.holders import is_guest, standing, temporary

READS = ("microsoft.graph/rolemanagement/directory/roleassignments",)
KINDS = ("role_binding",)
ASKED_FOR = {
    "microsoft.graph/rolemanagement/directory/roleassignmentscheduleinstances": ("standing", "temporary")
}
"""Types that policies on these settings need as well."""

_ROLES = "learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference"
_ADMINISTERS = frozenset(
    {
        "62e90394-69f5-4237-9190-012177145e10",  # Global Administrator
        "e8611ab8-c189-46e8-94e1-60213ab1f814",  # Privileged Role Administrator
        "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",  # Privileged Authentication Administrator
        "e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8",  # Partner Tier2 Support: it gives roles as well
    }
)
"""Roles whose holders can give themselves every other, or take over who holds it: the page names them privileged."""

TABLE: Spelling = {
    # word, then its path in what Microsoft Graph answers
    "id": azure(NOTHING, "id"),
    "role": azure(NOTHING, "roleDefinitionId"),
    "role_name": azure(NOTHING, "roleDefinition.displayName"),
    "scope": azure(NOTHING, "directoryScopeId"),
    "holder": azure(NOTHING, "principalId"),
    "principal": azure(NOTHING, "principal"),
    "holder_name": azure(NOTHING, ("principal.userPrincipalName", "principal.displayName")),
}
IDENTITY = ("id",)


@cache
def _built_in() -> frozenset[str]:
    """Return the template ids of the built-in roles."""
    lines = Path(__file__).with_name("built_in_roles.tsv").read_text("utf-8").splitlines()[1:]
    return frozenset(line.partition("\t")[0] for line in lines)


def _administers(role: Any) -> bool | CannotTell | None:
    if role is None:
        return None
    if (id_ := str(role).lower()) in _built_in():
        return id_ in _ADMINISTERS
    because = f"role {id_} is none of the built-in roles of Entra ID that tfaudit knows"
    return CannotTell(because, "look at what the role allows in Entra ID")


def _reaches(scope: Any) -> str | None:
    """Return how far a role reaches: the whole tenant, or an administrative unit or an object of it."""
    if scope is None:
        return None
    return "tenant" if scope == "/" else "resource"


def _holders(name: Any, holder: Any) -> list[str] | None:
    shown = holder if name is None else name
    return None if shown is None else [str(shown)]


ASSIGNMENT: Facts = {
    "admin": Fact(_administers, of=("role",)),
    "role": Fact(lambda name, role: role if name is None else name, of=("role_name", "role")),
    "scope": Fact(_reaches, of=("scope",)),
    "subjects": Fact(_holders, of=("holder_name", "holder")),
    "subjects.guests": Fact(is_guest, of=("principal",)),
    "standing": Fact(joins=standing, of=("id",)),
    "temporary": Fact(joins=temporary, of=("id",)),
    "of_cluster": always(False, _ROLES),
    "unauthenticated": always(False, _ROLES),
    "public_principal": always(False, _ROLES),
    "tags": inapplicable("an assignment has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `role_binding` of an assignment."""
    yield asset("role_binding", view, ASSIGNMENT, f"entra:role-assignment/{view.stated('id').value}")
