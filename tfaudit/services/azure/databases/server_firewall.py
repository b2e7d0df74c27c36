"""Firewall rules of Azure's data services: a first and a last address each, as CIDRs.

The rule 0.0.0.0 to 0.0.0.0 has a meaning of its own: every address of Azure, other customers' included. It reads as
`AzureServices` here.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.reading import states
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import Some, View

ARM_TYPES = (
    "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules",
    "Microsoft.DBforPostgreSQL/servers/firewallRules",
    "Microsoft.DBforPostgreSQL/serverGroupsv2/firewallRules",
    "Microsoft.DBforMySQL/flexibleServers/firewallRules",
    "Microsoft.DBforMySQL/servers/firewallRules",
    "Microsoft.DBforMariaDB/servers/firewallRules",
    "Microsoft.Sql/servers/firewallRules",
    "Microsoft.Cache/redis/firewallRules",
)
AZURE_SERVICES = "AzureServices"
SPAN: Spelling = {
    # word, then its path in Terraform and in ARM; the later ones are those of azurerm_redis_firewall_rule
    "first": azure(("start_ip_address", "start_ip"), ("properties.startIpAddress", "properties.startIP")),
    "last": azure(("end_ip_address", "end_ip"), ("properties.endIpAddress", "properties.endIP")),
}


def allowed_sources(companions: tuple[str, ...], public: Fact, default: Documented | Inapplicable) -> Fact:
    """Return the fact which CIDRs the rules of types `companions` let in; `default` is what gets in without any.

    `public` is whether the service has a public address at all: without one, rules do not count. Where that is not
    known, they are judged as if it had.
    """

    def joins(view: View) -> Any:
        outside = public.read(view, "bool")
        if isinstance(outside, (Known, Default)) and outside.value is False:
            because = "it has no public address, so its firewall rules do not count"
            return NotApplicable(because, view.resource)
        rules = view.companions(*companions)
        more = rules.more if isinstance(rules, Some) else None
        if not rules.views:
            return more or Absent(view.resource, view.base)
        sources: list[Any] = [Unresolved(more.because, more.settle_with)] if more else []
        where = rules.views[0].resource
        for rule in rules.views:
            found = span(rule)
            if _wide(found):
                where = rule.resource
            sources += found
        return Known(sources, where, ())

    return Fact(joins=joins, of=("name", *public.words), default=default, beside=companions)


def _wide(sources: list[Any]) -> bool:
    return any(
        isinstance(each, str) and (each == AZURE_SERVICES or int(each.partition("/")[2]) < 8)
        for each in sources
    )


def span(rule: View) -> list[Any]:
    """Return the blocks that one rule lets in, or why they are not known."""
    view = rule.spelled(SPAN)
    first, last = view.word("first"), view.word("last")
    if isinstance(first, Known) and isinstance(last, Known):
        return cidrs(str(first.value), str(last.value))
    return [next(filter(None, map(_open, (first, last))), _without(rule))]


def _open(address: states.Reading) -> Unresolved | None:
    match address:
        case Unknown():
            return Unresolved(address.because, address.settle_with)
        case Pointer():
            return Unresolved(address.unknown.because, address.unknown.settle_with)
        case Known() | Absent():
            return None


def _without(rule: View) -> Unresolved:
    return Unresolved(f"the addresses of {rule.resource.address} are not known", "scan the plan")


def cidrs(first: str, last: str) -> list[Any]:
    """Return the blocks from address `first` to `last`; `AzureServices` for the rule that means all of Azure."""
    if first == last == "0.0.0.0":  # noqa: S104 - an address in a rule, nothing is bound
        return [AZURE_SERVICES]
    try:
        low, high = ipaddress.IPv4Address(first), ipaddress.IPv4Address(last)
        return [str(block) for block in ipaddress.summarize_address_range(low, high)]
    except ValueError:
        return [Unresolved(f"{first} to {last} is not a range of addresses", "check the rule")]
