"""How Azure's machines are reached: by public addresses and load balancers, through security groups."""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import attached, exposure

_PUBLIC = "learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses"


def _public(view: View) -> Any:
    """Return whether machines get a public address here; an interface of its own is judged itself."""
    unsure: Unknown | None = None
    inside = elements(view, "own_interfaces")
    for interface in inside:
        for address in elements(interface, "addresses"):
            reading = address.word("public")
            match reading:
                case Known() | Pointer():
                    return Known(True, reading.resource, reading.path)
                case Unknown():
                    unsure = unsure or reading
                case Absent():
                    pass
    if unsure is None and not inside and not isinstance(view.word("interfaces"), Absent):
        return NotApplicable("its network interfaces are judged", view.resource, view.base)
    return unsure or Absent(view.resource, view.base)


PUBLIC = Fact(joins=_public, of=("own_interfaces", "interfaces"), default=Documented(False, _PUBLIC))
"""Whether machines get a public address with an interface that stands inside of what declares them."""

REACH: Facts = exposure.facts(attached.of_machine, "interfaces", "own_interfaces")
"""Whether the internet reaches the machine."""
