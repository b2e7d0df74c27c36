"""What an address is called by where something passes traffic on to it: a private address, a public one, a name.

Terraform and Bicep refer to the resource that has the address; live state has the address itself.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services.azure.network.clouds import ends_with, everywhere, in_region
from tfaudit.services.azure.network.doors import is_inner
from tfaudit.services.azure.network.identities import identity, own, same

ARM_TYPES = ("Microsoft.Network/publicIPAddresses",)

_PUBLIC = ("azurerm_public_ip", "microsoft.network/publicipaddresses")
_HOSTS = "cloudapp.azure.com"
OF_SERVICES = (
    *(
        f".{each}"
        for each in everywhere(
            (
                "azurewebsites.net",
                "azurecontainerapps.io",
                "azurestaticapps.net",
                "azure-api.net",
                "azurefd.net",
                "azureedge.net",
                "trafficmanager.net",
            )
        )
    ),
    *(".windows.net", ".azure.com"),
    *(".usgovcloudapi.net", ".azure.us", ".chinacloudapi.cn", ".azure.cn"),
)
"""Ends of names that Azure gives to what is no machine."""

_WITH_ADDRESSES = (
    "/publicipaddresses/",
    "/networkinterfaces/",
    "/loadbalancers/",
    "/applicationgateways/",
    "/privateendpoints/",
    "/virtualmachines/",
)
"""What of an id says that it is of something that has an address."""

_NUMBER = re.compile(r"\d+")

PUBLIC: Spelling = {
    # word of a public address, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "text": azure("ip_address", "properties.ipAddress"),
    "host": azure(NOTHING, "properties.dnsSettings.fqdn"),
    "label": azure("domain_name_label", "properties.dnsSettings.domainNameLabel"),
    "location": azure("location", "location"),
}


class Called(Struct):
    """One address, and what it may be called by.

    `owner` has it, as the one with the number `index`, and `machine` has the owner. `networks` are the ranges in which
    its private address is, exact ones where it is known, None where they are not. `public` are the identities of public
    addresses that lead to it, and `texts` what these are and are named; `cloudapp.azure.com` is for a name that is not
    known. `named` is the identity of a part that has it, a frontend, in lower case.
    """

    owner: str
    index: int = 0
    machine: str = ""
    networks: tuple[str, ...] | None = None
    public: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    named: str = ""


def public_of(view: View, word: str) -> tuple[frozenset[str], frozenset[str], str]:
    """Return the identities, the texts and the name of the public address that the word `word` names."""
    named: set[str] = set()
    texts: set[str] = set()
    name = ""
    found = identity(view.stated(word).value, view.inventory)
    if found is not None:
        named.add(found)
    for each in view.leads_to(word, *_PUBLIC):
        address = each.spelled(PUBLIC)
        named |= {own(each), each.resource.address}
        texts |= set(_texts(address))
        name = _text(address, "name") or each.resource.address
    return frozenset(named), frozenset(texts), name


def _texts(address: View) -> Iterator[str]:
    for word in ("text", "host"):
        text = _text(address, word)
        if text:
            yield text.lower()
    label, location = _text(address, "label"), _text(address, "location")
    if label and location:
        # learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#domain-name-label
        yield f"{label}.{location.replace(' ', '')}.{in_region(_HOSTS, location)}".lower()
    elif not isinstance(address.word("label"), Absent):
        yield _HOSTS


def _text(view: View, word: str) -> str:
    match view.word(word):
        case Known(value=str(value)):
            return value
        case _:
            return ""


def meets(value: Any, address: Called, inventory: Inventory) -> bool | None:
    """Return whether `value`, an address or a name as it stands, is that of `address`; None where it is not known."""
    if isinstance(value, Reference):
        return _referred(value, address, inventory)
    named = identity(value, inventory)
    if named is not None:
        return _one_of(named, address, inventory)
    if isinstance(value, Unresolved):
        return None
    text = str(value).lower().rstrip(".")
    if text in address.texts:
        return True
    try:
        wanted = ipaddress.ip_address(text)
    except ValueError:
        return _named(text, address)
    if (
        address.public
        and not is_inner(ipaddress.ip_network(text))
        and not any(map(_is_address, address.texts))
    ):
        return None  # the public address is made at deployment
    if address.networks is None:
        return None
    found = {_at(each, wanted) for each in address.networks}
    return True if found == {True} else None if found & {True, None} else False


def _named(host: str, address: Called) -> bool | None:
    """Return whether a name is that of an address: one of somebody's own may be made to lead anywhere."""
    if ends_with(host, _HOSTS):
        return None if _HOSTS in address.texts else False
    return False if host.endswith(OF_SERVICES) else None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _at(network: str, wanted: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool | None:
    """Return whether `wanted` is the one address of a range, None where it is one of several there."""
    try:
        whole = ipaddress.ip_network(network, strict=False)
    except ValueError:
        return None
    if wanted not in whole:
        return False
    return True if whole.num_addresses == 1 else None


def _referred(value: Reference, address: Called, inventory: Inventory) -> bool | None:
    if value.address == address.owner:
        number = _NUMBER.search(value.attribute)
        return (int(number[0]) if number else 0) == address.index
    if value.address == address.machine or value.address in address.public:
        return True
    looked_up = value.address.startswith("data.") or ".data." in value.address
    if not looked_up:
        return False if inventory.at(value.address) else None
    return _one_of(identity(value, inventory), address, inventory)


def _one_of(named: str | None, address: Called, inventory: Inventory) -> bool | None:
    """Return whether an id is that of what has the address, or of a public address that leads to it."""
    if address.named and named == address.named:
        return True
    if named and named[:1] == "/" and not any(each in named for each in _WITH_ADDRESSES):
        return False
    owners = [own(View(each, inventory)) for each in inventory.at(address.owner)] if address.owner else []
    answers = {
        same(named, each, inventory) for each in (*(owners or [address.owner]), *address.public) if each
    }
    return True if True in answers else None if None in answers else False
