"""Whether a guest holds a role of Azure: known by the type of the holder, and live by what the directory has of him."""

from __future__ import annotations

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower

_NONE = frozenset({"serviceprincipal", "device"})
_FOREIGN = "foreigngroup"
_SETTLE = "scan the live subscription with --entra and AuditLog.Read.All of Microsoft Graph"


def _of_machine(principal: Pointer) -> bool:
    """Whether a holder is taken from a resource's own identity: what has a `principal_id` in Azure is no person."""
    attribute = principal.reference.attribute.rpartition(".")[2]
    return attribute.lower().replace("_", "") == "principalid"


def held_by_guest(view: View) -> states.Reading:
    """Return whether a role assignment is to somebody of another tenant."""
    kind, principal = view.word("principal_type"), view.word("principal")
    if isinstance(principal, Pointer) and _of_machine(principal):
        return Known(False, principal.resource, principal.path)
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
