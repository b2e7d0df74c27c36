"""Network Watcher in the regions of networks: what records flows and looks for faults there.

Azure makes one in a region with the first network, unless the subscription has opted out of that.
learn.microsoft.com/azure/network-watcher/network-watcher-create
"""

from __future__ import annotations

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.companions import hidden, listed
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.elements import elements

ARM_TYPES = ("Microsoft.Network/networkWatchers", "Microsoft.Network/virtualNetworks")

WATCHERS = ("azurerm_network_watcher", "microsoft.network/networkwatchers")
_OPTED_OUT = "disablenetworkwatcherautocreation"
_REGISTRATION = "azurerm_resource_provider_registration"
_PAGE = "learn.microsoft.com/azure/network-watcher/network-watcher-create"
_SETTLE = "scan the plan or the live subscription"

PLACED: Spelling = {"location": azure("location", "location")}
REGISTRATION: Spelling = {
    # word, then its path in Terraform: templates have no word for the features of a provider
    "features": azure(
        "feature",
        NOTHING,
        rows={"name": azure("name", NOTHING), "registered": azure("registered", NOTHING)},
    ),
}


def _watched(view: View) -> states.Reading:
    """Return whether there is a watcher in the network's region."""
    own = view.spelled(PLACED).word("location")
    found = view.inventory.of_type(*WATCHERS)
    unsure: Unknown | None = None
    for resource in found:
        its = View(resource, view.inventory, table=PLACED).word("location")
        match own, its:
            case Known(value=one), Known(value=other) if _region(one) == _region(other):
                return Known(True, its.resource, its.path)
            case (Known(), Known()) | (_, Absent()):
                pass
            case _:
                because = "whether a network watcher is in its region is not known"
                unsure = unsure or Unknown(because, _SETTLE, its.resource, its.path)
    if unsure is not None:
        return unsure
    missed = hidden(view.resource, WATCHERS[1])
    if missed is not None:
        return Unknown(missed.because, missed.settle_with, view.resource, view.base)
    if listed(view.resource, WATCHERS[1]):
        return Known(False, view.resource, view.base)
    return _opted_out(view)


def _region(value: object) -> str:
    """Return a region's name as the API has it: `West Europe` is `westeurope`."""
    return str(lower(value)).replace(" ", "")


def _opted_out(view: View) -> states.Reading:
    """Return False where the subscription has opted out of watchers that Azure makes; absent where nothing says so."""
    for resource in view.inventory.of_type(_REGISTRATION):
        for feature in elements(View(resource, view.inventory, table=REGISTRATION), "features"):
            name, registered = feature.word("name"), feature.word("registered")
            if isinstance(name, Known) and lower(name.value) != _OPTED_OUT:
                continue
            match name, registered:
                case Known(), Known(value=value):
                    if as_bool(value) is True:
                        return Known(False, registered.resource, registered.path)
                case (Unknown() | Pointer(), _) | (_, Unknown() | Pointer()):
                    because = "whether the subscription has opted out of network watchers is not known"
                    return Unknown(because, _SETTLE, feature.resource, feature.base)
                case _:
                    pass
    return Absent(view.resource, view.base)


WATCHED = Fact(joins=_watched, default=Documented(True, _PAGE), beside=WATCHERS)
"""Whether a network watcher is there where the network is."""
