"""Private link services: what is sent to one by a private link goes on to a frontend of a load balancer inside.

It comes from addresses in a subnet of the service's own.

learn.microsoft.com/azure/private-link/private-link-service-overview
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from tfaudit.model.settings import Unknown
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import hosts, subnets
from tfaudit.services.azure.network.dnat import Forward
from tfaudit.services.azure.network.doors import inside
from tfaudit.services.azure.network.front_door_ways import Origin
from tfaudit.services.azure.network.identities import identity

ARM_TYPES = ("Microsoft.Network/privateLinkServices",)

SERVICES = ("azurerm_private_link_service", "microsoft.network/privatelinkservices")
_SETTLE = "scan the plan or the live subscription"

SERVICE: Spelling = {
    # word of a service, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "frontends": azure(
        "load_balancer_frontend_ip_configuration_ids", "properties.loadBalancerFrontendIpConfigurations"
    ),
    "addresses": azure(
        "nat_ip_configuration",
        "properties.ipConfigurations",
        rows={"subnet": azure("subnet_id", "properties.subnet.id")},
    ),
}


def through(forwards: Iterable[Forward], inventory: Inventory) -> Iterator[Forward]:
    """Yield what those of `forwards` lead to that lead to a service by a private link: frontends of balancers."""
    services = [View(each, inventory, table=SERVICE) for each in inventory.of_type(*SERVICES)]
    for forward in forwards if services else ():
        if not isinstance(forward, Origin) or forward.private is not True:
            continue
        for service in services:
            fits = hosts.names(forward.to, service, ("azure.privatelinkservice",))
            if fits is False:
                continue
            why = None
            if fits is None:
                because = f"whether {forward.door.name} leads to it is not known"
                why = Unknown(because, _SETTLE, forward.door.resource, forward.door.decided or ())
            door = replace(forward.door, origin=inside(_networks(service)), closed=False).doubted(why)
            name = str(getattr(service.word("name"), "value", "")) or service.resource.address
            door = replace(door, name=f"{door.name} > private link service {name}")
            for frontend in _frontends(service):
                yield Forward(door, frontend)


def _frontends(service: View) -> Iterator[Any]:
    value = service.stated("frontends").value
    yield from value if isinstance(value, list) else [] if service.stated("frontends").absent else [value]


def _networks(service: View) -> list[str] | None:
    known = service.inventory.derived(subnets.of_scope)
    found: list[str] = []
    for each in elements(service, "addresses"):
        subnet = known.get(identity(each.stated("subnet").value, service.inventory) or "")
        if subnet is None or subnet.prefixes is None:
            return None
        found += subnet.prefixes
    return found or None
