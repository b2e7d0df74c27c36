"""What Defender for Cloud takes findings from beside its plans: Defender for Endpoint, and that for cloud apps."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.security.statements import more, statements

ARM_TYPES = ("Microsoft.Security/settings",)
SETTINGS = ("azurerm_security_center_setting", "microsoft.security/settings")
NAMES = ("WDATP", "MCAS")
"""Those that Azure reports of each subscription that uses Defender for Cloud: one that it does not report is not on.

learn.microsoft.com/rest/api/defenderforcloud/settings/list
"""

SETTING: Spelling = {
    # word, then its path in Terraform and in ARM
    "name": azure("setting_name", "name"),
    "enabled": azure("enabled", "properties.enabled"),
}


def _open(reading: Unknown | Pointer) -> Unresolved:
    told = reading if isinstance(reading, Unknown) else reading.unknown
    return Unresolved(told.because, told.settle_with)


def _off(view: View) -> states.Reading:
    """Return which are off, and for those of which it is not known, why."""
    found = statements(view, SETTINGS, SETTING, "settings of Defender for Cloud")
    rest = more(found)
    off: list[Any] = []
    stated: set[str] = set()
    where: Known | None = None
    for each in found.views:
        name, on = each.word("name"), each.word("enabled")
        if isinstance(name, (Unknown, Pointer)):
            off.append(_open(name))
        elif isinstance(name, Known):
            stated.add(str(name.value).upper())
            if isinstance(on, (Unknown, Pointer)):
                off.append(_open(on))
            elif isinstance(on, Absent) or as_bool(on.value) is False:
                off.append(str(name.value).upper())
                where = where or (on if isinstance(on, Known) else name)
    if rest is None:
        off += [name for name in NAMES if name not in stated]
    elif not stated >= {*NAMES}:
        off.append(Unresolved(rest.because, rest.settle_with))
    return Known(off, view.resource, ()) if where is None else Known(off, where.resource, where.path)


INTEGRATIONS_OFF = Fact(joins=_off, beside=SETTINGS)
"""The sources of Defender for Cloud that are off."""
