"""Whether a guest holds a role of Azure: known by the type of the holder, and live by what the directory has of him."""

from __future__ import annotations

import re

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower

_NONE = frozenset({"serviceprincipal", "device"})
_ENTRA = re.compile(r"(?:^|\.)(data\.)?azuread_(service_principal|user|invitation)\.")
_NAME, _TYPE, _GUEST = "user_principal_name", "user_type", "Guest"
_ANOTHER_TENANT = "#ext#"
"""Stands in the name of a user who was invited. learn.microsoft.com/entra/external-id/user-properties"""

_FOREIGN = "foreigngroup"
_SETTLE = "scan the live subscription with --entra and AuditLog.Read.All of Microsoft Graph"


def _of_machine(principal: Pointer) -> bool:
    """Whether a holder is taken from a resource's own identity: what has a `principal_id` in Azure is no person."""
    attribute = principal.reference.attribute.rpartition(".")[2]
    return attribute.lower().replace("_", "") == "principalid"


def _of_entra(principal: Pointer, view: View) -> bool | None:
    """Whether a holder that code makes or looks up in the directory is a guest; None where that is not known.

    registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/invitation
    """
    named = _ENTRA.search(principal.reference.address)
    if named is None:
        return None
    made = [each.body for each in view.inventory.at(principal.reference.address)]
    if named[2] == "invitation":
        kinds = {str(each.get(_TYPE, _GUEST)) for each in made}
        return True if kinds == {_GUEST} else None
    if named[2] == "user" and named[1]:
        of_another = [_ANOTHER_TENANT in str(each.get(_NAME, "")).lower() for each in made]
        return True if made and all(of_another) else None
    return False


def held_by_guest(view: View) -> states.Reading:
    """Return whether a role assignment is to somebody of another tenant."""
    kind, principal = view.word("principal_type"), view.word("principal")
    if isinstance(principal, Pointer):
        guest = False if _of_machine(principal) else _of_entra(principal, view)
        if guest is not None:
            return Known(guest, principal.resource, principal.path)
    if isinstance(kind, Unknown):
        return kind
    if isinstance(kind, Known):
        word = lower(kind.value)
        if word in _NONE:
            return Known(False, kind.resource, kind.path)
        if word == _FOREIGN:
            return Known(True, kind.resource, kind.path)
        if word == "group":
            because = "a group holds it, and who is in the group is not known"
            return Unknown(because, "look at the group in Entra ID", kind.resource, kind.path)
    holder = view.resource.context.get("holder", "")
    if holder:
        return Known(holder == "guest", view.resource, principal.path)
    if isinstance(principal, Unknown):
        return principal
    path = view.base if isinstance(principal, Absent) else principal.path
    return Unknown("whether its holder is a guest is not known here", _SETTLE, view.resource, path)
