"""Private endpoints, joined to what they lead to: a store or a service that has one is reached by a private address.

What is reached by one states so itself where it is live, also of an endpoint in another subscription. An endpoint
whose connection the other side has to approve leads nowhere before that is done.
"""

from __future__ import annotations

from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.keys.keys import IDENTITY
from tfaudit.services.azure.pointers import pointing_at

ARM_TYPES = ("Microsoft.Network/privateEndpoints", "Microsoft.Storage/storageAccounts")

TYPES = ("azurerm_private_endpoint", "microsoft.network/privateendpoints")
_PAGE = "learn.microsoft.com/azure/private-link/private-endpoint-overview"
_CONNECTION = "properties.privateLinkServiceConnections.properties"
_BY_HAND = "properties.manualPrivateLinkServiceConnections.properties"
_STATE = "privateLinkServiceConnectionState"

ENDPOINT: Spelling = {
    # word, then its path in Terraform and in ARM, which has connections to be approved in a list of their own
    "target": azure(
        "private_service_connection.private_connection_resource_id",
        (f"{_CONNECTION}.privateLinkServiceId", f"{_BY_HAND}.privateLinkServiceId"),
    ),
    "by_hand": azure("private_service_connection.is_manual_connection", NOTHING),
    "by_hand_to": azure(NOTHING, f"{_BY_HAND}.privateLinkServiceId"),
    "state": azure(NOTHING, (f"{_CONNECTION}.{_STATE}", f"{_BY_HAND}.{_STATE}")),
    "name": azure("name", "name"),
    "subnet": azure("subnet_id", "properties.subnet.id"),
    "fixed": azure(
        "ip_configuration",
        "properties.ipConfigurations",
        rows={"address": azure("private_ip_address", "properties.privateIPAddress")},
    ),
    "told": azure(NOTHING, "properties.customDnsConfigs", rows={"addresses": azure(NOTHING, "ipAddresses")}),
    "interfaces": azure(NOTHING, "properties.networkInterfaces"),
}
REACHED: Spelling = {
    # word of what is reached, then its path in ARM, whose templates do not have it
    "connections": azure(
        NOTHING,
        "properties.privateEndpointConnections",
        rows={"status": azure(NOTHING, "properties.privateLinkServiceConnectionState.status")},
    ),
}
_SETTLE = "scan the live subscription"


def _stated(view: View) -> states.Reading:
    """Return what a live resource states of its own connections; absent where it states nothing of them."""
    found = view.spelled(REACHED).rows("connections")
    if not isinstance(found, list):
        return found
    unsure: Unknown | None = None
    for each in found:
        status = each.word("status")
        match status:
            case Known(value=value) if str(value).lower() == "approved":
                return Known(True, status.resource, status.path)
            case Unknown():
                unsure = unsure or status
            case Known() | Absent() | Pointer():
                pass
    where = view.spelled(REACHED).word("connections")
    return unsure or Known(False, where.resource, where.path)


def approved(endpoint: View) -> Known | Unknown:
    """Return whether an endpoint leads to its target: nobody has to approve it, or somebody has."""
    state = endpoint.word("state")
    status = state.value.get("status") if isinstance(state, Known) and isinstance(state.value, dict) else None
    if isinstance(status, str):
        return Known(status.lower() == "approved", state.resource, (*state.path, "status"))
    by_hand = endpoint.word("by_hand")
    match by_hand:
        case Unknown():
            return by_hand
        case Known(value=value) if as_bool(value) is not False:
            return _waits(by_hand)
        case _:
            to = endpoint.word("by_hand_to")
            target = endpoint.word("target")
            return Known(True, target.resource, target.path) if isinstance(to, Absent) else _waits(to)


def _waits(where: states.Reading) -> Unknown:
    because = "whether the owner of what it leads to has approved it is not known"
    return Unknown(because, _SETTLE, where.resource, where.path)


def has_private_endpoint(arm_type: str, *, subnet: str = "") -> Fact:
    """Return the fact that a private endpoint leads to a resource of `arm_type`, which lets an ARM id name it.

    What stands in a network itself, by the word `subnet`, needs none.
    """

    def joins(view: View) -> states.Reading | NotApplicable:
        place = view.word(subnet) if subnet else Absent(view.resource, view.base)
        match place:
            case Known() | Pointer():
                return NotApplicable("it stands in a subnet of its own", place.resource, place.path)
            case Unknown():
                return place
            case Absent():
                pass
        own = _stated(view)
        if not isinstance(own, Absent):
            return own
        endpoints = pointing_at(view, TYPES, arm_type, ENDPOINT, "target")
        unsure: Unknown | None = endpoints.more if isinstance(endpoints, Some) else None
        for endpoint in endpoints.views:
            found = approved(endpoint)
            if isinstance(found, Unknown):
                unsure = found
            elif found.value is True:
                return Known(True, endpoint.resource, endpoint.word("target").path)
        return unsure or Absent(view.resource, view.base)

    of = (*IDENTITY, subnet) if subnet else IDENTITY
    return Fact(joins=joins, of=of, default=Documented(False, _PAGE), beside=TYPES)
