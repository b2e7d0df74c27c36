"""What gateways and Front Door speak for: machines behind them, and apps that they know by name.

Requests reach the asset, and no connection does: what may look at them on the way is a web application firewall. An app
has no other ways, so that a firewall that passes connections on to its private endpoint is told with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known, Setting, Unknown
from tfaudit.reading.companions import hidden_anywhere, may_be_missing
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import forwards, hosts, private_addresses, traffic_manager_ways
from tfaudit.services.azure.network.addresses import OF_SERVICES
from tfaudit.services.azure.network.clouds import ends_with, everywhere
from tfaudit.services.azure.network.dnat import Forward
from tfaudit.services.azure.network.front_door_ways import Origin
from tfaudit.services.azure.network.private_addresses import End
from tfaudit.services.azure.network.reached import Reach, note

ARM_TYPES = (
    "Microsoft.Web/sites",
    "Microsoft.Web/sites/hostNameBindings",
    "Microsoft.App/containerApps",
    "Microsoft.Web/staticSites",
)

_SETTLE = "scan the plan or the live subscription"
_ARM = {
    "static": "microsoft.web/staticsites",
    "container": "microsoft.app/containerapps",
    "": "microsoft.web/sites",
}
_SUFFIXES = {"static": "azurestaticapps.net", "container": "azurecontainerapps.io", "": "azurewebsites.net"}
# learn.microsoft.com/azure/app-service/reference-dangling-subdomain-prevention: a hash behind the name, and a region.
_REGIONAL = re.compile(r"-[a-z0-9]{16}\.[a-z0-9-]+\.(?:azurewebsites\.(?:net|us)|chinacloudsites\.cn)$")

APP: Spelling = {
    # word of an app, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "open": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "host": azure(
        NOTHING,
        ("properties.defaultHostName", "properties.configuration.ingress.fqdn"),
    ),
    "hosts": azure(NOTHING, ("properties.hostNames", "properties.customDomains")),
    "domains": azure(
        NOTHING, "properties.configuration.ingress.customDomains", rows={"name": azure(NOTHING, "name")}
    ),
}


BINDINGS = (
    "azurerm_app_service_custom_hostname_binding",
    "azurerm_app_service_slot_custom_hostname_binding",
    "azurerm_container_app_custom_domain",
    "azurerm_static_web_app_custom_domain",
    "microsoft.web/sites/hostnamebindings",
)
"""The resources that bind a name to an app."""

BINDING: Spelling = {
    # word of a binding, then its path in Terraform and in ARM
    "name": azure(("hostname", "domain_name", "name"), "name"),
    "app": azure(("container_app_id", "static_web_app_id", "app_service_slot_id"), "parent"),
    "app_name": azure("app_service_name", NOTHING),
}
_APPS = (
    "azurerm_linux_web_app",
    "azurerm_windows_web_app",
    "azurerm_linux_function_app",
    "azurerm_windows_function_app",
    "azurerm_app_service",
    "azurerm_function_app",
)


def facts(tells: Callable[[View], Reach], words: tuple[str, ...], beside: tuple[str, ...]) -> Facts:
    """Return the facts of what others speak for, as `tells` finds it."""

    def by(view: View) -> Known:
        found = tells(view)
        ways: list[Any] = list(dict.fromkeys(found.ways))
        if any(found.perhaps.values()) and found.unclear is not None:
            ways.append(Unresolved(found.unclear.because, found.unclear.settle_with))
        resource, path = found.decided or (view.resource, view.base)
        return Known(ways, resource, path)

    def unfiltered(view: View) -> Known | Unknown:
        found = tells(view).unfiltered
        if found.sure is not None:
            return Known(True, *found.sure)
        return found.unclear or Known(False, view.resource, view.base)

    types = (*beside, *forwards.PUBLISHING, *forwards.NAMING)
    return {
        "network.published_by": Fact(joins=by, of=words, beside=types),
        "network.published_unfiltered": Fact(joins=unfiltered, of=words, beside=types),
    }


def app_facts(public: Fact) -> Facts:
    """Return by what an app is published, and whether anything filters it; `public` is whether everybody reaches it."""
    words = dict.fromkeys(("name", *public.words))
    beside = dict.fromkeys((*public.beside, *forwards.REACHING, *private_addresses.TYPES))
    return facts(lambda view: of_app(view, public), tuple(words), tuple(beside))


def of_app(view: View, public: Fact) -> Reach:
    """Return by which ways an app is published that others know by its name: worked out once for all its facts."""
    known = view.inventory.derived(_by_app)
    if view.resource.address not in known:
        known[view.resource.address] = _of_app(view, public)
    return known[view.resource.address]


def _by_app(_: Inventory) -> dict[str, Reach]:
    return {}


def _of_app(view: View, public: Fact) -> Reach:
    app = View(view.resource, view.inventory, table=APP)
    found = Reach()
    every = [
        *view.inventory.derived(forwards.of_scope).to_addresses,
        *view.inventory.derived(traffic_manager_ways.direct),
    ]
    doors = [
        (each, each.unclear)
        for published in (False, True)
        for each in forwards.unread(view.resource, view.inventory, published=published)
    ]
    reached = _value(public.read(view, "bool")) if every else None
    ends = private_addresses.of(app, _ARM[_kind(app)]) if every else []
    for each in every:
        fits = _leads(each, app, ends, reached)
        if fits is False:
            continue
        why = each.door.unclear
        if fits is None and why is None:
            because = f"whether {each.door.name} leads to it is not known"
            why = Unknown(because, _SETTLE, each.door.resource, each.door.decided or ())
        gone = may_be_missing(each.door.resource, view.resource)
        if gone is not None and why is None:
            why = Unknown(gone.because, gone.settle_with, each.door.resource)
        doors.append((each.door, why))
    for door, why in doors:
        note(found.unfiltered, door, sure=why is None, perhaps=why is not None, why=why)
        if why is None:
            found.ways.append(f"the internet > {door.name} > {_name(app) or app.resource.address}")
            found.decided = found.decided or (door.resource, door.decided or ())
        else:
            found.perhaps["tcp"] = door.ports
            found.unclear = found.unclear or why
    return found


def _value(setting: Setting) -> bool | None:
    return bool(setting.value) if isinstance(setting, (Known, Default)) else None


def _kind(app: View) -> str:
    return next(each for each in _SUFFIXES if each in app.resource.type)


def _leads(forward: Forward, app: View, ends: list[End], reached: bool | None) -> bool | None:
    """Return whether a way leads to an app: by a reference to it, its name, or the address of a private endpoint.

    `reached` is whether everybody reaches the app, None where that is not known.
    """
    named = _is_name_of(forward.to, app)
    if not isinstance(forward, Origin):
        return _any([named, *(_by_endpoint(forward, app, each) for each in ends)])
    if named is False or forward.private is True:
        return named
    if forward.door.origin is None:  # a client that a name has led here
        return named if reached is True else reached
    # Without a private link it is asked as everybody asks, and nobody is let in where nobody is.
    reading = app.word("open")
    if isinstance(reading, Unknown) or (_kind(app) == "container" and reached is False):
        return None
    shut = isinstance(reading, Known) and str(reading.value).lower() in ("false", "disabled")
    return named if not shut else None if forward.private is None else False


def _any(answers: list[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def _by_endpoint(forward: Forward, app: View, end: End) -> bool | None:
    """Return whether a way leads to the address of a private endpoint, and is let in there."""
    if not _is_address(forward.to):
        return False
    leads = private_addresses.leads(forward.to, end, app.inventory)
    passes, _ = private_addresses.let_in(forward.door, end, app.inventory)
    if leads is False or passes is False:
        return False
    return True if leads and passes and end.unclear is None else None


def _is_name_of(value: Any, app: View) -> bool | None:
    if isinstance(value, Reference):
        if value.address == app.resource.address:
            return True
        looked_up = value.address.startswith("data.") or ".data." in value.address
        return None if looked_up or not app.inventory.at(value.address) else False
    suffix = _SUFFIXES[_kind(app)]
    if hosts.looks_like_id(value):
        return hosts.is_id_of(value, app)
    if isinstance(value, Unresolved):
        return hosts.made_from(value, app, everywhere((suffix,))) or None
    return _is_name(str(value), app)


def _is_name(value: str, app: View) -> bool | None:
    host = value.lower().rstrip(".")
    if host in _hosts(app):
        return True
    kind = _kind(app)
    if not ends_with(host, _SUFFIXES[kind]):
        return False if host.endswith(OF_SERVICES) or _is_number(host) else _bound(host, app)
    name = _name(app).lower()
    if kind == "static" or not name:
        return None  # the platform has made its name up, or it is not known
    first = host.partition(".")[0]
    if first == name or first.startswith(f"{name}--"):
        return True
    return first.startswith(name) and bool(_REGIONAL.match(host[len(name) :]))


def _bound(host: str, app: View) -> bool | None:
    """Return whether a name of somebody's own is one by which the app answers: it has to be bound to it."""
    found: bool | None = False
    for resource in app.inventory.of_type(*BINDINGS):
        binding = View(resource, app.inventory, table=BINDING)
        name, to = binding.word("name"), {each.resource.address for each in _bound_to(binding)}
        if isinstance(name, Known) and str(name.value).rpartition("/")[2].lower() != host:
            continue
        if isinstance(name, Known) and app.resource.address in to:
            return True
        if not to or app.resource.address in to:
            found = None
    missed = hidden_anywhere(app.resource, BINDINGS[-1], app.inventory)
    return None if missed is not None and _hosts(app) == set() else found


def _bound_to(binding: View) -> Iterator[View]:
    yield from binding.leads_to("app")
    yield from binding.leads_to("app_name", *_APPS, named=("name",))


def _is_address(value: Any) -> bool:
    """Return whether a value is an address, or is made from what has one: a name of somebody's own is neither."""
    return not isinstance(value, str) or _is_number(value)


def _is_number(host: str) -> bool:
    return host.replace(".", "").isdigit() or ":" in host


def _hosts(app: View) -> set[str]:
    found: set[str] = set()
    for word in ("host", "hosts"):
        reading = app.word(word)
        if isinstance(reading, Known):
            parts = reading.value if isinstance(reading.value, list) else [reading.value]
            found |= {str(each).lower() for each in parts}
    for domain in elements(app, "domains"):
        name = domain.word("name")
        if isinstance(name, Known):
            found.add(str(name.value).lower())
    return found


def _name(app: View) -> str:
    reading = app.word("name")
    return reading.value if isinstance(reading, Known) and isinstance(reading.value, str) else ""
