"""Ways through API Management: its gateway, an API of it or a backend that policies name, and what that asks.

The gateway has a public address unless its service stands inside of a network (`Internal`), takes nothing from the
public network, or has no gateway; what else is sent to its name or its address comes in all the same. It asks from
its own subnet, where it has one.

learn.microsoft.com/azure/api-management/virtual-network-concepts, learn.microsoft.com/azure/api-management/backends
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Resource
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.network import hosts, private_addresses, subnets
from tfaudit.services.azure.network.addresses import OF_SERVICES
from tfaudit.services.azure.network.clouds import ends_with
from tfaudit.services.azure.network.dnat import Forward
from tfaudit.services.azure.network.doors import OUTSIDE, Door, inside
from tfaudit.services.azure.network.front_door_ways import Origin
from tfaudit.services.azure.network.identities import identity, own, same
from tfaudit.services.azure.network.rule_cover import values
from tfaudit.services.azure.network.way_parts import last_name
from tfaudit.services.reach import Ranges

ARM_TYPES = (
    "Microsoft.ApiManagement/service",
    "Microsoft.ApiManagement/service/apis",
    "Microsoft.ApiManagement/service/backends",
    "Microsoft.ApiManagement/service/gateways",
    "Microsoft.ApiManagement/service/policies",
    "Microsoft.ApiManagement/service/apis/policies",
)

SERVICES = ("azurerm_api_management", "microsoft.apimanagement/service")
APIS = ("azurerm_api_management_api", "microsoft.apimanagement/service/apis")
BACKENDS = ("azurerm_api_management_backend", "microsoft.apimanagement/service/backends")
POLICIES = (
    "azurerm_api_management_policy",
    "azurerm_api_management_api_policy",
    "azurerm_api_management_api_operation_policy",
    "azurerm_api_management_product_policy",
    "microsoft.apimanagement/service/policies",
    "microsoft.apimanagement/service/apis/policies",
    "microsoft.apimanagement/service/apis/operations/policies",
    "microsoft.apimanagement/service/products/policies",
)
GATEWAYS = ("azurerm_api_management_gateway", "microsoft.apimanagement/service/gateways")
_SUFFIX = "azure-api.net"
_SETTLE = "scan the plan or the live subscription"
_TAKEN: Ranges = ((80, 80), (443, 443))
_PORT = re.compile(r":(\d{1,5})$")

SERVICE: Spelling = {
    # word of a service, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "place": azure("virtual_network_type", "properties.virtualNetworkType"),
    "open": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "without": azure("gateway_disabled", "properties.disableGateway"),
    "subnet": azure(
        "virtual_network_configuration.subnet_id", "properties.virtualNetworkConfiguration.subnetResourceId"
    ),
    "proxies": azure(
        "hostname_configuration.proxy",
        "properties.hostnameConfigurations",
        rows={"host": azure("host_name", "hostName")},
    ),
    "addresses": azure(NOTHING, "properties.privateIPAddresses"),
}
PART: Spelling = {
    # word of an API or a backend, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "service": azure("api_management_name", "parent"),
    "url": azure(("service_url", "url"), ("properties.serviceUrl", "properties.url")),
}
_GATEWAY: Spelling = {"service": azure("api_management_id", "parent")}
_POLICY: Spelling = {"text": azure("xml_content", "properties.value")}


def through(forwards: Iterable[Forward], inventory: Inventory) -> Iterator[Forward]:
    """Yield where the services of a scope send requests on: those from the internet, and those of `forwards`."""
    led = list(forwards)
    for resource in inventory.of_type(*SERVICES):
        service = View(resource, inventory, table=SERVICE)
        entries = [*_own(service), *_self_hosted(service), *_led(service, led)]
        if entries:
            for part, to, why in _asked(service):
                for entry in entries:
                    yield _sent(service, part, to, entry.doubted(why))


def _own(service: View) -> Iterator[Door]:
    """Yield the door that a service is to the internet; none where it has no public gateway."""
    place, open_, without = (service.word(each) for each in ("place", "open", "without"))
    if isinstance(without, Known) and as_bool(without.value) is True:
        return
    if isinstance(open_, Known) and str(open_.value).lower() in ("false", "disabled"):
        return
    if isinstance(place, Known) and str(place.value).lower() == "internal":
        return
    why = next(
        (
            Unknown("whether its gateway is on the internet is not known", _SETTLE, each.resource, each.path)
            for each in (place, open_, without)
            if isinstance(each, (Unknown, Pointer))
        ),
        None,
    )
    door = Door("", service.resource, _TAKEN, ("tcp",), unclear=why)
    subnet = _subnet(service)
    if isinstance(place, Absent) or str(getattr(place, "value", "")).lower() == "none":
        yield door
        return
    passes, unsure = private_addresses.past_group(door, subnet, None, True, service.inventory)
    if passes is not False:
        yield door.doubted(unsure)


def _self_hosted(service: View) -> Iterator[Door]:
    """Yield a door for a gateway that somebody runs elsewhere: it may be on the internet, wherever the service stands.

    learn.microsoft.com/azure/api-management/self-hosted-gateway-overview
    """
    for resource in service.inventory.of_type(*GATEWAYS):
        gateway = View(resource, service.inventory, table=_GATEWAY)
        named = identity(gateway.stated("service").value, service.inventory)
        if same(named, own(service), service.inventory) is not False:
            because = f"whether the self-hosted gateway {resource.address} is on the internet is not known"
            why = Unknown(because, "look at where it runs", resource)
            yield Door("", service.resource, _TAKEN, ("tcp",), unclear=why)
            return


def _subnet(service: View) -> subnets.Subnet | None:
    named = identity(service.stated("subnet").value, service.inventory)
    return service.inventory.derived(subnets.of_scope).get(named or "")


def _led(service: View, forwards: list[Forward]) -> Iterator[Door]:
    """Yield the doors by which others send requests to a service: by its names, or by its private endpoints."""
    ends = private_addresses.of(service, SERVICES[1]) if forwards else []
    for forward in forwards:
        found = _is_service(forward.to, service)
        for end in ends if not isinstance(forward, Origin) else []:
            found = found or private_addresses.leads(forward.to, end, service.inventory)
        if found:
            yield forward.door
        elif found is None and not isinstance(forward.to, str):
            because = f"whether {forward.door.name} leads to it is not known"
            yield forward.door.doubted(
                Unknown(because, _SETTLE, forward.door.resource, forward.door.decided or ())
            )


def _is_service(to: Any, service: View) -> bool | None:
    if isinstance(to, str) and to[:1] != "/":
        text = to.lower().rstrip(".")
        own = {str(each).lower() for row in _proxies(service) for each in values(row, "host")}
        own |= {str(each) for each in values(service, "addresses")}
        if text in own:
            return True
        if not ends_with(text, _SUFFIX):
            return False if text.endswith(OF_SERVICES) or not own else None
    return hosts.names(to, service, (_SUFFIX,))


def _proxies(service: View) -> list[View]:
    return service.elements("proxies")


def _asked(service: View) -> Iterator[tuple[View, Any, Unknown | None]]:
    """Yield what a service asks: the API or the backend that says so, the host, and why it may not be asked."""
    inventory = service.inventory
    for resource in inventory.of_type(*APIS):
        api = View(resource, inventory, table=PART)
        if _below(api, service) and not api.stated("url").absent:
            yield api, _host(api), _gone(resource, service.resource)
    texts = inventory.derived(_policies)
    for resource in inventory.of_type(*BACKENDS):
        backend = View(resource, inventory, table=PART)
        if not _below(backend, service) or backend.stated("url").absent:
            continue
        why = _gone(resource, service.resource)
        if f'"{last_name(backend)}"'.lower() not in texts or not last_name(backend):
            because = "whether a policy of the service names the backend is not known"
            why = why or Unknown(because, "look at the policies of its APIs", resource)
        yield backend, _host(backend), why


def _host(part: View) -> Any:
    return hosts.host(part.stated("url").value, part.resource, part.inventory)


def _below(part: View, service: View) -> bool:
    return any(
        each.resource is service.resource for each in part.leads_to("service", *SERVICES, named=("name",))
    )


def _gone(resource: Resource, beside: Resource) -> Unknown | None:
    missing = may_be_missing(resource, beside)
    return Unknown(missing.because, missing.settle_with, resource) if missing else None


def _policies(inventory: Inventory) -> str:
    """Return the text of all policies, in lower case, as far as it is known."""
    found = (View(each, inventory, table=_POLICY).word("text") for each in inventory.of_type(*POLICIES))
    return "\n".join(str(each.value).replace("'", '"').lower() for each in found if isinstance(each, Known))


def _sent(service: View, part: View, to: Any, entry: Door) -> Forward:
    called = f"API Management {last_name(service) or service.resource.address}"
    what = "API" if part.resource.type in APIS else "backend"
    hops = [entry.name, called, f"{what} {last_name(part) or part.resource.address}"]
    subnet = _subnet(service)
    stands_inside = not service.stated("subnet").absent
    door = replace(
        entry,
        name=" > ".join(filter(None, hops)),
        resource=part.resource,
        ports=_ports(part),
        protocols=("tcp",),
        origin=inside(subnet.prefixes if subnet else None) if stands_inside else OUTSIDE,
        closed=False if stands_inside else None,
        published=True,
        decided=part.stated("url").path,
    )
    return Forward(door, to) if stands_inside else Origin(door, to, False)


def _ports(part: View) -> Ranges:
    """Return the port that a URL asks on; both usual ones where it does not say by which scheme."""
    value = part.stated("url").value
    text = value if isinstance(value, str) else getattr(value, "expression", "")
    scheme, _, rest = str(text).partition("://")
    if isinstance(value, str) and (port := _PORT.search(rest.partition("/")[0])):
        return ((int(port[1]), int(port[1])),)
    return {"https": ((443, 443),), "http": ((80, 80),)}.get(scheme.lower(), _TAKEN)
