"""Firewall rules of Azure's data services: a first and a last address each, as CIDRs.

The rule 0.0.0.0 to 0.0.0.0 has a meaning of its own: every address of Azure, other customers' included. It reads as
`AzureServices` here.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.reading.view import Reading, View

AZURE_SERVICES = "AzureServices"
_SPANS = (("start_ip_address", "end_ip_address"), ("start_ip", "end_ip"))


def allowed_sources(
    companion: str, source: str, public: Callable[[View], Any], without_rules: list[str]
) -> Callable[[View], Any]:
    """Return a spelling: the CIDRs that the rules of type `companion` let in.

    `public` reads whether the service has a public address at all: without one, rules do not count. `without_rules` is
    what gets in where there is no rule, as `source` documents.
    """

    def spelling(view: View) -> Any:
        outside = public(view)
        if getattr(outside, "value", None) is False:
            return NotApplicable(
                "it has no public address, so its firewall rules do not count", view.resource
            )
        rules, unsure = view.companions(companion)
        if not rules:
            return (
                Reading(unsure, view.resource)
                if unsure
                else Default(without_rules, source, view.resource, view.base)
            )
        sources: list[Any] = [unsure] if unsure else []
        where = rules[0].resource
        for rule in rules:
            found = span(rule)
            if _wide(found):
                where = rule.resource
            sources += found
        return Known(sources, where, ())

    return spelling


def _wide(sources: list[Any]) -> bool:
    return any(
        isinstance(each, str) and (each == AZURE_SERVICES or int(each.partition("/")[2]) < 8)
        for each in sources
    )


def span(rule: View) -> list[Any]:
    """Return the blocks that one rule lets in, or why they are not known."""
    for first_name, last_name in _SPANS:
        first, last = rule.read(first_name).value, rule.read(last_name).value
        if isinstance(first, str) and isinstance(last, str):
            return cidrs(first, last)
        for value in (first, last):
            if isinstance(value, (Unresolved, Reference)):
                return [value]
    return [Unresolved(f"the addresses of {rule.resource.address} are not known", "scan the plan")]


def cidrs(first: str, last: str) -> list[Any]:
    """Return the blocks from address `first` to `last`; `AzureServices` for the rule that means all of Azure."""
    if first == last == "0.0.0.0":  # noqa: S104 - an address in a rule, nothing is bound
        return [AZURE_SERVICES]
    try:
        low, high = ipaddress.IPv4Address(first), ipaddress.IPv4Address(last)
        return [str(block) for block in ipaddress.summarize_address_range(low, high)]
    except ValueError:
        return [Unresolved(f"{first} to {last} is not a range of addresses", "check the rule")]
