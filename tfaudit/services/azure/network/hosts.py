"""Names of hosts: which resource one is, by a reference, by an id, or by the name that Azure gives to it.

A host that is not known is often made from what another resource will be called, with a scheme and a path about it:
`trimprefix(azurerm_api_management.a.gateway_url, "https://")`. It is that resource then, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.inventory import Inventory, module_of
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.network.aliases import followed
from tfaudit.services.azure.network.clouds import everywhere
from tfaudit.services.azure.network.identities import identity, own, same

# azurerm_storage_account.s.primary_blob_host, with the numbers and keys of instances and blocks
_TERRAFORM = re.compile(
    r"(?P<address>(?:data\.)?azurerm_[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)\.(?P<attribute>[a-z]\w*(?:(?:\[\d+\])?\.\w+)*)"
)
_OF_ARM = re.compile(r"[\w.\[\]/-]+")
_MEMBERS = re.compile(r"[\w.]+")
_OTHERS = re.compile(r"\b(?:var|local|each|count|module|self|path)\.")
_TELLS_HOST = re.compile(
    r"(?i)(?:host_?name|fqdn|endpoints?|_host|_url|vault_?uri|domain_name|address)(?:\W|_|$)"
)
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://")

NAMED: Spelling = {"name": azure("name", "name")}


def host(value: Any, by: Resource, inventory: Inventory) -> Any:
    """Return the host in `value`, an address or a URL as it stands in `by`: a text, a reference, or why not known.

    A name that a record declared here leads on is what it leads to.
    """
    return followed(_host(value, by, inventory), inventory)


def _host(value: Any, by: Resource, inventory: Inventory) -> Any:
    if isinstance(value, str):
        return _of_url(value)
    if not isinstance(value, Unresolved):
        return value
    if value.expression[:1] == "/":  # an id of ARM, a part of which is not known
        return value
    found = list(_named_in(value.expression, by.dialect))
    if len(found) != 1 or (by.dialect != "arm" and _OTHERS.search(value.expression)):
        return value
    ((address, attribute),) = found
    if by.dialect != "arm":
        address = f"{module_of(by)}{address}"
    if not _TELLS_HOST.search(attribute) or not inventory.at(address):
        return value
    return Reference(address, attribute)


def _named_in(expression: str, dialect: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses that stand in an expression with the attribute that is taken of each."""
    if dialect != "arm":
        yield from ((each["address"], each["attribute"]) for each in _TERRAFORM.finditer(expression))
        return
    for each in _OF_ARM.findall(expression):
        address, *members = each.split(".properties.")
        for member in members:
            if address and (path := _MEMBERS.match(member)) is not None:
                yield address, f"properties.{path[0]}"


def _of_url(text: str) -> str:
    """Return the host of a URL, and what is no URL as it is."""
    if not _SCHEME.match(text):
        return text
    try:
        return urlsplit(text).hostname or text
    except ValueError:
        return text


def is_id_of(value: Any, view: View) -> bool | None:
    """Return whether an id, or a reference to one, is that of a resource; None where it is not known, or is no id."""
    named = identity(value, view.inventory)
    return None if named is None else same(named, own(view), view.inventory)


def looks_like_id(value: Any) -> bool:
    """Return whether a value is an id of ARM, be it one of which a part is not known."""
    text = value.expression if isinstance(value, Unresolved) else value
    return isinstance(text, str) and text[:1] == "/"


def names(value: Any, view: View, suffixes: tuple[str, ...]) -> bool | None:
    """Return whether a host is a resource whose own names end with `suffixes`; None where it is not known.

    A name of somebody's own is none of them: `None` for it is for the caller to say.
    """
    if isinstance(value, Reference):
        if value.address == view.resource.address:
            return True
        looked_up = value.address.startswith("data.") or ".data." in value.address
        return None if looked_up or not view.inventory.at(value.address) else False
    if looks_like_id(value):
        return is_id_of(value, view)
    name, suffixes = view.spelled(NAMED).word("name"), everywhere(suffixes)
    if isinstance(value, Unresolved):
        return True if made_from(value, view, suffixes) else None
    text = str(value).lower().rstrip(".")
    if not any(text.endswith(f".{each}") for each in suffixes):
        return False
    if not isinstance(name, Known):
        return None
    first = text.partition(".")[0]
    own_name = str(name.value).lower()
    # Behind the name there may be a region, or that it is the copy to read from.
    return first == own_name or first.startswith(f"{own_name}-")


def made_from(value: Unresolved, view: View, suffixes: tuple[str, ...]) -> bool:
    """Return whether a host is the name of a resource, which is not known either, with one of the suffixes behind."""
    name, expression = view.spelled(NAMED).word("name"), value.expression
    if not isinstance(name, Unknown) or not name.expression:
        return False
    named = name.expression if name.expression.startswith("${") else f"${{{name.expression}}}"
    begin, _, rest = expression.partition(named)
    ends = rest.startswith(".") and (
        any(rest.endswith(f".{each}") for each in suffixes) or "environment().suffixes." in rest
    )
    return begin in ("", "https://") and ends
