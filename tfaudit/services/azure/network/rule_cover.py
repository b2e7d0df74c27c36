"""Whether a rule of a network security group is about all the traffic of another one, part by part, in three values.

An allowance that an earlier denial covers lets nothing in. Only traffic from the internet is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services import open_ports
from tfaudit.services.azure.network.identities import identity, same

_EVERY_PORT = ("*", "0-65535")
# learn.microsoft.com/azure/virtual-network/network-security-groups-overview: rules are about the private address of
# a machine, which is in its network.
INSIDE = ("*", "any", "virtualnetwork", "0.0.0.0/0")
"""Destinations that every machine of the network is among."""


def values(rule: View, *words: str) -> Iterator[Any]:
    """Yield what stands at the words, part by part; an `Unresolved` for what is not known."""
    for word in words:
        reading = rule.word(word)
        match reading:
            case Known(value=list(parts)):
                yield from parts
            case Known(value=value):
                yield value
            case Pointer(reference=reference):
                yield reference
            case Unknown(because=because, settle_with=settle_with, expression=expression):
                yield Unresolved(because, settle_with, expression)
            case Absent():
                pass


def _split(parts: Iterator[Any]) -> tuple[list[str], bool]:
    """Return what is known of `parts`, and whether all of them are."""
    known: list[str] = []
    whole = True
    for each in parts:
        if isinstance(each, (Unresolved, Reference)):
            whole = False
        elif each not in ("", None):
            known.append(str(each))
    return known, whole


def all_source_ports(rule: View) -> bool | None:
    """Return whether the rule is about traffic from every port."""
    parts, whole = _split(values(rule, "source_port", "source_ports"))
    if any(each in _EVERY_PORT for each in parts) or (whole and not parts):
        return True
    return False if whole else None


def internet(rule: View, part: str = "internet") -> bool | None:
    """Return whether the rule is about all of the internet, or of a range of it, be it range by range."""
    parts, whole = _split(values(rule, "source", "sources"))
    if open_ports.holds(parts, part):
        return True
    return False if whole else None


def sources(other: View, rule: View) -> bool | None:
    """Return whether `other` is about all of the internet that `rule` is about."""
    known, whole = _split(values(rule, "source", "sources"))
    # Next to a range that is most of the internet the small ones do not count.
    large = [each for each in known if open_ports.is_world(each)]
    outer, outer_whole = _split(values(other, "source", "sources"))
    if all(open_ports.holds(outer, each) for each in large or known):
        return True if whole or open_ports.holds(outer, "internet") else None
    return False if outer_whole else None


def destinations(other: View, rule: View) -> bool | None:
    """Return whether `other` is about all the machines of the network that `rule` is about."""
    outer, outer_whole = _split(values(other, "destination", "destinations"))
    if any(each.lower() in INSIDE for each in outer):
        return True
    inner, inner_whole = _split(values(rule, "destination", "destinations"))
    groups = list(values(rule, "destination_groups"))
    outer_groups = list(values(other, "destination_groups"))
    answers = [open_ports.holds(outer, each) if each.lower() not in INSIDE else False for each in inner] + [
        _among(each, outer_groups, rule) for each in groups
    ]
    if False in answers:
        return None if not outer_whole else False
    if None in answers or not inner_whole:
        return None
    return bool(answers)


def _among(group: Any, groups: list[Any], rule: View) -> bool | None:
    """Return whether an application security group is one of `groups`."""
    named = identity(group, rule.inventory)
    found: set[bool | None] = {same(named, identity(each, rule.inventory), rule.inventory) for each in groups}
    return True if True in found else None if None in found else False
