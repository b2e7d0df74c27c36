"""How many identities own a subscription: by roles that are assigned at it, or above it, from where they are inherited.

A group counts once, however many are in it. Who may do everything and may give roles is an owner: by the role Owner,
by a custom one that allows as much, or by several roles together.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known, Unknown
from tfaudit.model.vocabulary.types import SettingType
from tfaudit.reading import states
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.identity import grants
from tfaudit.services.azure.identity.denials import DENIALS
from tfaudit.services.azure.identity.grants import ASSIGNMENTS
from tfaudit.services.azure.identity.role_assignments import BINDING
from tfaudit.services.azure.keys.keys import raw
from tfaudit.services.azure.security.statements import more, statements

_TEXT: SettingType = "str"
_WIDE = frozenset({"subscription", "management_group", "tenant"})


def _value(view: View, name: str) -> Any:
    """Return the value of a setting of an assignment; why it is not known."""
    reading = BINDING[name].read(view, _TEXT)
    return reading if isinstance(reading, Unknown) else getattr(reading, "value", None)


class _Held:
    """What of an owner's rights somebody has: everything but roles, and the giving of any."""

    def __init__(self) -> None:
        self.halves: list[bool | Unknown] = [False, False]

    def take(self, readings: tuple[states.Reading, states.Reading]) -> None:
        """Add what one assignment gives."""
        for index, each in enumerate(readings):
            if isinstance(each, Known) and each.value is True:
                self.halves[index] = True
            elif not isinstance(each, (Known, Absent)) and self.halves[index] is False:
                self.halves[index] = each.unknown if isinstance(each, Pointer) else each

    @property
    def owns(self) -> bool | Unknown:
        """Whether both halves are held: by one role or by several together."""
        if False in self.halves:
            return False
        return next((each for each in self.halves if isinstance(each, Unknown)), True)


def _owners(view: View) -> states.Reading | Inapplicable:
    if view.resource.plane != "live":
        return Inapplicable("owners are counted in the live subscription, where all assignments are seen")
    found = statements(view, ASSIGNMENTS, grants.TABLE, "role assignments")
    holders: dict[str, _Held] = {}
    unsure = more(found)
    for each in found.views:
        scope = _value(each, "scope")
        if isinstance(scope, Unknown):
            unsure = unsure or scope
        elif scope in _WIDE:
            holders.setdefault(str(raw(each, "principal")).lower(), _Held()).take(grants.parts(each))
    answers = [each.owns for each in holders.values()]
    unsure = unsure or next((each for each in answers if isinstance(each, Unknown)), None)
    return unsure or Known(answers.count(True), view.resource, ())


OWNERS = Fact(joins=_owners, beside=(*ASSIGNMENTS, "microsoft.authorization/roledefinitions", DENIALS))
"""How many own the subscription."""
