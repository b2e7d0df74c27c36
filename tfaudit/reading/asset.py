"""What a service makes: an asset of the resource behind a view, and its key."""

from __future__ import annotations

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Resource, Unresolved
from tfaudit.model.settings import Unknown
from tfaudit.reading.element import part_called
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.settings import Readables, Settings
from tfaudit.reading.view import View


def asset(  # noqa: PLR0913 - what an asset is made of
    kind: str, view: View, facts: Readables, key: Key, name: str = "", part: str = ""
) -> Asset:
    """Return the asset that `view` shows.

    `name` is what people call it, by default the last part of its key or address. `part` is added to the address where
    one resource holds several assets, `ingress[0]`.
    """
    resource = view.resource
    address = f"{resource.address}#{part}" if part else resource.address
    said = part_called(view, part) if part else ""
    if not name:
        name = key.rpartition("/")[2] if isinstance(key, str) else _called(resource)
    return Asset(
        kind,
        name,
        key,
        address,
        resource,
        Settings(kind, facts, view),
        view.base,
        f"{resource.address}#{said}" if said else "",
    )


def perhaps(kind: str, view: View, facts: Facts, key: Key, why: Unknown, part: str = "") -> Asset:  # noqa: PLR0913
    """Return an asset of which it is not known whether there is one: nothing is known of it, for the reason `why`."""
    unknown = Fact(constant=Unresolved(why.because, why.settle_with))
    return asset(kind, view, dict.fromkeys(facts, unknown), key, part=part)


def _called(resource: Resource) -> str:
    """Return what a resource is called whose key is not known."""
    if resource.dialect == "arm":
        return str(resource.body.get("name", resource.address))
    return resource.address.rpartition(".")[2]


def key(view: View, pattern: str, *paths: str) -> Key:
    """Return `pattern` with `{}` filled by the first of `paths` that is set, or why the key is not known yet.

    `key(view, "aws:rds:db/{}", "identifier", "DBInstanceIdentifier")`
    """
    reading = view.stated(paths[0]) if len(paths) == 1 and paths[0] in view.table else view.first(*paths)
    if reading.known:
        return pattern.format(reading.value)
    if reading.value is ABSENT:
        return Unresolved(
            f"{paths[0]} is not set: the provider makes a name up",
            "scan the plan's state or the live account",
        )
    return Unresolved(f"{paths[0]} is {reading.value}", "scan the plan or the live account")
