"""Ways by Traffic Manager, which answers a name with one of its endpoints: nothing passes it, and nothing is filtered.

Clients are led to an app as they are by the app's own name. What sends requests to a profile's name sends them to its
endpoints.

learn.microsoft.com/azure/traffic-manager/traffic-manager-endpoint-types
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import hosts
from tfaudit.services.azure.network.clouds import ends_with
from tfaudit.services.azure.network.dnat import Forward
from tfaudit.services.azure.network.doors import Door
from tfaudit.services.azure.network.front_door_ways import Origin
from tfaudit.services.azure.network.identities import identity, own, same
from tfaudit.services.azure.network.way_parts import last_name, switched_off

ARM_TYPES = (
    "Microsoft.Network/trafficmanagerprofiles",
    "Microsoft.Network/trafficmanagerprofiles/AzureEndpoints",
    "Microsoft.Network/trafficmanagerprofiles/ExternalEndpoints",
    "Microsoft.Network/trafficmanagerprofiles/NestedEndpoints",
)

PROFILES = ("azurerm_traffic_manager_profile", "microsoft.network/trafficmanagerprofiles")
ENDPOINTS = (
    "azurerm_traffic_manager_azure_endpoint",
    "azurerm_traffic_manager_external_endpoint",
    "azurerm_traffic_manager_nested_endpoint",
    "microsoft.network/trafficmanagerprofiles/azureendpoints",
    "microsoft.network/trafficmanagerprofiles/externalendpoints",
    "microsoft.network/trafficmanagerprofiles/nestedendpoints",
)
_SETTLE = "scan the plan or the live subscription"
_NESTED = 4  # profiles one inside of the other

_ENDPOINT: Spelling = {
    # word of an endpoint, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "resource": azure("target_resource_id", "properties.targetResourceId"),
    "host": azure("target", "properties.target"),
    "enabled": azure("enabled", "properties.endpointStatus"),
}
ALONE: Spelling = {**_ENDPOINT, "profile": azure("profile_id", "parent")}
PROFILE: Spelling = {
    # word of a profile, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "enabled": azure("profile_status", "properties.profileStatus"),
    "label": azure("dns_config.relative_name", "properties.dnsConfig.relativeName"),
    "endpoints": azure(NOTHING, "properties.endpoints", rows=_ENDPOINT),
}


class Answer(Struct):
    """One endpoint of a profile: what it is, as it stands there, and how one gets there."""

    profile: View
    endpoint: View
    to: Any
    name: str
    unclear: Unknown | None


def direct(inventory: Inventory) -> list[Origin]:
    """Return where clients are led: for `inventory.derived`."""
    found: list[Origin] = []
    for each in inventory.derived(answers):
        door = Door(
            each.name,
            each.endpoint.resource,
            protocols=("tcp",),
            unclear=each.unclear,
            published=True,
            filtered=False,
            decided=each.endpoint.base,
        )
        found.append(Origin(door, each.to, False))
    return found


def through(forwards: Iterable[Forward], inventory: Inventory) -> Iterator[Forward]:
    """Yield what those of `forwards` lead to that lead to the name of a profile: its endpoints."""
    every = inventory.derived(answers)
    led = list(forwards) if every else []
    for _ in range(_NESTED):
        led = [more for each in led for more in _answered(each, every)]
        yield from led


def _answered(forward: Forward, every: list[Answer]) -> Iterator[Forward]:
    for answer in every:
        fits = _is_profile(forward.to, answer.profile)
        if fits is False:
            continue
        why = answer.unclear
        if fits is None:
            because = f"whether {forward.door.name} leads to {answer.name} is not known"
            why = Unknown(because, _SETTLE, forward.door.resource, forward.door.decided or ())
        door = replace(forward.door, name=f"{forward.door.name} > {answer.name}").doubted(why)
        yield (
            Origin(door, answer.to, forward.private)
            if isinstance(forward, Origin)
            else Forward(door, answer.to)
        )


def _is_profile(to: Any, profile: View) -> bool | None:
    label = profile.word("label")
    if isinstance(to, str) and to[:1] != "/":
        host = to.lower().rstrip(".")
        if not ends_with(host, "trafficmanager.net"):
            return False
        return host.partition(".")[0] == str(label.value).lower() if isinstance(label, Known) else None
    # What is not known may be anything: who asks about the thing itself is told so.
    return hosts.names(to, profile, ()) or False


def answers(inventory: Inventory) -> list[Answer]:
    """Return the endpoints of the profiles of a scope that are switched on: for `inventory.derived`."""
    return list(_all(inventory))


def _all(inventory: Inventory) -> Iterator[Answer]:
    profiles = [View(each, inventory, table=PROFILE) for each in inventory.of_type(*PROFILES)]
    alone = [View(each, inventory, table=ALONE) for each in inventory.of_type(*ENDPOINTS)]
    for profile in profiles:
        off = switched_off(profile)
        if off is True:
            continue
        why = _doubt(off, "whether its profile is switched on is not known", profile)
        inside = elements(profile, "endpoints")
        told = {last_name(each) for each in inside}
        for each in inside:
            yield from _one(profile, each, why)
        for each in alone:
            belongs = _belongs(each, profile)
            # A live profile tells of its endpoints, each of which is a resource as well.
            if belongs is not False and not (belongs and last_name(each) in told):
                unsure = _doubt(belongs, "whether an endpoint belongs to a profile is not known", each)
                missing = may_be_missing(each.resource, profile.resource)
                gone = Unknown(missing.because, missing.settle_with, each.resource) if missing else None
                yield from _one(profile, each, why or unsure or gone)


def _belongs(endpoint: View, profile: View) -> bool | None:
    if any(each.resource is profile.resource for each in endpoint.leads_to("profile", *PROFILES)):
        return True
    named = identity(endpoint.stated("profile").value, profile.inventory)
    return same(named, own(profile), profile.inventory)


def _one(profile: View, endpoint: View, why: Unknown | None) -> Iterator[Answer]:
    off = switched_off(endpoint)
    if off is True:
        return
    why = why or _doubt(off, "whether its endpoint is switched on is not known", endpoint)
    stated = endpoint.stated("resource")
    if stated.absent:
        stated = endpoint.stated("host")
    if stated.absent:
        return
    to = hosts.host(stated.value, endpoint.resource, endpoint.inventory)
    called = last_name(profile) or profile.resource.address
    name = f"Traffic Manager {called} > endpoint {last_name(endpoint) or endpoint.resource.address}"
    yield Answer(profile, endpoint, to, name, why)


def _doubt(answer: bool | None, because: str, view: View) -> Unknown | None:
    return Unknown(because, _SETTLE, view.resource, view.base) if answer is None else None
