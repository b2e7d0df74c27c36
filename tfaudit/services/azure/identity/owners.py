"""How many identities own a subscription: by roles that are assigned at it, or above it, from where they are inherited.

A group counts once, however many are in it. A custom role that allows everything, the giving of roles too, counts as
the role Owner does.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known, Unknown
from tfaudit.model.vocabulary.types import SettingType
from tfaudit.reading import states
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.view import View
from tfaudit.services.azure.identity import role_assignments
from tfaudit.services.azure.identity.role_assignments import ASSIGNMENTS, BINDING
from tfaudit.services.azure.keys.keys import raw
from tfaudit.services.azure.security.statements import more, statements

_TEXT: SettingType = "str"
_WIDE = frozenset({"subscription", "management_group", "tenant"})


def _value(view: View, name: str) -> Any:
    """Return the value of a setting of an assignment; why it is not known."""
    reading = BINDING[name].read(view, _TEXT)
    return reading if isinstance(reading, Unknown) else getattr(reading, "value", None)


def _owners(view: View) -> states.Reading | Inapplicable:
    if view.resource.plane != "live":
        return Inapplicable("owners are counted in the live subscription, where all assignments are seen")
    found = statements(view, ASSIGNMENTS, role_assignments.TABLE, "role assignments")
    owners: set[str] = set()
    unsure = more(found)
    for each in found.views:
        owner, scope = role_assignments.owns(each), _value(each, "scope")
        if (isinstance(scope, str) and scope not in _WIDE) or (isinstance(owner, Known) and not owner.value):
            continue
        if not isinstance(owner, Known) or isinstance(scope, Unknown):
            unsure = unsure or (owner if isinstance(owner, Unknown) else scope)
            continue
        owners.add(str(raw(each, "principal")))
    return unsure or Known(len(owners), view.resource, ())


OWNERS = Fact(joins=_owners, beside=(*ASSIGNMENTS, "microsoft.authorization/roledefinitions"))
"""How many own the subscription."""
