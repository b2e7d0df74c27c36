"""Doors: ways by which traffic comes up to the security groups before a machine, hop by hop from the internet.

What comes straight from outside has an address of the internet. A firewall or a gateway passes on from its own subnet,
and Front Door from addresses of its service: rules of a security group are about these, and not about who asked.

learn.microsoft.com/azure/virtual-network/service-tags-overview
learn.microsoft.com/azure/application-gateway/how-application-gateway-works
"""

from __future__ import annotations

import ipaddress
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.model.settings import Unknown
from tfaudit.services.reach import EVERY, PROTOCOLS, Ranges

_ANY = ("*", "any", "0.0.0.0/0")
# RFC 1918 and 6598. Addresses for documentation count as public here, since they stand for such.
_INNER = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
)


def is_inner(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    """Return whether a range is one of private addresses."""
    return any(
        each.version == network.version and network.subnet_of(each)  # type: ignore[arg-type]
        for each in _INNER
    )


class Origin(Struct, frozen=True):
    """Where traffic comes from that does not have an address of whoever asked.

    `tags` are the service tags that hold all of it, in lower case, `maybe` those that may; `networks` the ranges of its
    addresses, None where they are not known. What is `inside` is let in by the rules that every group ends with.
    """

    tags: frozenset[str]
    maybe: frozenset[str] = frozenset()
    networks: tuple[str, ...] | None = None
    inside: bool = False

    def among(self, values: list[Any]) -> bool | None:
        """Return whether the sources `values` of a rule hold all of it; None where that is not known."""
        found: bool | None = False
        for value in values:
            one = self._in(value)
            if one:
                return True
            found = None if one is None else found
        return found

    def _in(self, value: Any) -> bool | None:
        if isinstance(value, (Unresolved, Reference)):
            return None
        text = str(value).lower()
        if text in _ANY or text in self.tags:
            return True
        if text in self.maybe:
            return None
        try:
            wanted = ipaddress.ip_network(text, strict=False)
        except ValueError:
            return False
        if self.networks is None:
            return None if self.inside or not is_inner(wanted) else False
        return _all_in(self.networks, wanted)


def _all_in(networks: tuple[str, ...], wanted: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool | None:
    """Return whether `wanted` holds all of `networks`; None for a part of them."""
    found: set[bool | None] = set()
    for each in networks:
        try:
            own = ipaddress.ip_network(each, strict=False)
        except ValueError:
            return None
        if own.version == wanted.version:
            held = own.subnet_of(wanted)  # type: ignore[arg-type]
            found.add(True if held else None if own.overlaps(wanted) else False)
    return None if len(found) > 1 else next(iter(found), False)


def inside(networks: list[str] | None) -> Origin:
    """Return the origin of what a part of the network passes on, which stands in the ranges `networks`."""
    return Origin(
        frozenset({"virtualnetwork"}), networks=None if networks is None else tuple(networks), inside=True
    )


FRONT_DOOR = Origin(frozenset({"azurefrontdoor.backend", "internet"}), frozenset({"azurecloud"}))
"""Where Front Door's requests come from: learn.microsoft.com/azure/frontdoor/origin-security."""

OUTSIDE = Origin(frozenset({"internet"}), frozenset({"azurecloud", "apimanagement"}))
"""Where requests of other services come from that stand in no network: public addresses of Azure."""


class Door(Struct, frozen=True):
    """A way in up to the security groups.

    `name` has the hops to it. `closed` is whether without any group it lets nothing in. `origin` None is the internet
    itself. What is `published` is passed on request by request by what speaks for the machine, and `filtered` where a
    web application firewall is on the way, None where that is not known. `decided` is where it is said that it leads
    here; without it the security groups say it.
    """

    name: str
    resource: Resource
    ports: Ranges = EVERY
    protocols: tuple[str, ...] = PROTOCOLS
    closed: bool | None = None
    unclear: Unknown | None = None
    origin: Origin | None = None
    published: bool = False
    filtered: bool | None = False
    decided: Path | None = None

    def doubted(self, why: Unknown | None) -> Door:
        """Return the door as one that is there perhaps, for the reason `why` unless it has one; as it is for None."""
        return self if why is None or self.unclear is not None else replace(self, unclear=why)
