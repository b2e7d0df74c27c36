"""Ways through Azure CDN: an endpoint, its origins, and whether a web application firewall is on it.

Its requests come from the addresses that Front Door's come from, but for an origin with a private link.

learn.microsoft.com/azure/cdn/cdn-create-new-endpoint
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network.doors import Door
from tfaudit.services.azure.network.front_door_ways import Origin, sent_to
from tfaudit.services.azure.network.identities import own

ARM_TYPES = (
    "Microsoft.Cdn/profiles/endpoints",
    "Microsoft.Cdn/profiles/endpoints/origins",
    "Microsoft.Cdn/cdnWebApplicationFirewallPolicies",
)

ENDPOINTS = ("azurerm_cdn_endpoint", "microsoft.cdn/profiles/endpoints")
ORIGINS = "microsoft.cdn/profiles/endpoints/origins"
POLICIES = ("microsoft.cdn/cdnwebapplicationfirewallpolicies",)
_SETTLE = "scan the plan or the live subscription"

_ORIGIN: Spelling = {
    # word of an origin, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "host": azure("host_name", "properties.hostName"),
    "http": azure("http_port", "properties.httpPort"),
    "https": azure("https_port", "properties.httpsPort"),
    "enabled": azure(NOTHING, "properties.enabled"),
    "link": azure(NOTHING, ("properties.privateLinkResourceId", "properties.privateLinkAlias")),
    "link_to": azure(NOTHING, ("properties.privateLinkResourceId", "properties.privateLinkAlias")),
    "link_state": azure(NOTHING, "properties.privateEndpointStatus"),
}
ALONE: Spelling = {**_ORIGIN, "endpoint": azure(NOTHING, "parent")}
ENDPOINT: Spelling = {
    # word of an endpoint, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "state": azure(NOTHING, "properties.resourceState"),
    "policy": azure(NOTHING, "properties.webApplicationFirewallPolicyLink.id"),
    "origins": azure("origin", "properties.origins", rows=_ORIGIN),
    "forwards": azure(NOTHING, NOTHING),
}
_POLICY: Spelling = {"enabled": azure(NOTHING, "properties.policySettings.enabledState")}


def of_scope(inventory: Inventory) -> list[Origin]:
    """Return where the endpoints of a scope send requests on: for `inventory.derived`."""
    return list(_all(inventory))


def _all(inventory: Inventory) -> Iterator[Origin]:
    alone = [View(each, inventory, table=ALONE) for each in inventory.of_type(ORIGINS)]
    for resource in inventory.of_type(*ENDPOINTS):
        endpoint = View(resource, inventory, table=ENDPOINT)
        state = endpoint.word("state")
        if isinstance(state, Known) and str(state.value).lower() == "stopped":
            continue
        below = [
            each for each in alone if any(own(one) == own(endpoint) for one in each.leads_to("endpoint"))
        ]
        # An origin that is a resource of its own is told a second time inside of its endpoint.
        for origin in below or elements(endpoint, "origins"):
            yield from _through(endpoint, origin)


def _through(endpoint: View, origin: View) -> Iterator[Origin]:
    enabled = origin.word("enabled")
    if isinstance(enabled, Known) and str(enabled.value).lower() == "false":
        return
    why = None
    if isinstance(enabled, Unknown):
        why = Unknown("whether its origin is switched on is not known", _SETTLE, origin.resource, origin.base)
    missing = may_be_missing(origin.resource, endpoint.resource)
    if missing is not None:
        why = why or Unknown(missing.because, missing.settle_with, origin.resource)
    name = f"CDN endpoint {_name(endpoint) or endpoint.resource.address}"
    door = Door(
        f"{name} > origin {_name(origin) or origin.resource.address}",
        origin.resource,
        unclear=why,
        filtered=_filtered(endpoint),
        decided=origin.base,
    )
    yield from sent_to(door, origin, endpoint)


def _filtered(endpoint: View) -> bool | None:
    """Return whether a web application firewall that is switched on is on an endpoint; None where it is not known."""
    if isinstance(endpoint.word("policy"), Absent):
        return False
    for policy in endpoint.leads_to("policy", *POLICIES):
        enabled = policy.spelled(_POLICY).word("enabled")
        if isinstance(enabled, (Known, Absent)):
            return not (isinstance(enabled, Known) and str(enabled.value).lower() == "disabled")
    return None


def _name(view: View) -> str:
    match view.word("name"):
        case Known(value=str(value)):
            return value
        case _:
            return ""
