"""Flow logs of Azure networks.

A flow log records a virtual network, one of its subnets, or (no longer to be had for new ones) a security group. A
network whose subnets are all recorded, each by itself or by its group, is recorded as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.companions import hidden
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import IDENTITY
from tfaudit.services.azure.network.identities import identity, own
from tfaudit.services.azure.pointers import pointing_at

ARM_TYPES = (
    "Microsoft.Network/networkWatchers/flowLogs",
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/virtualNetworks/subnets",
)

_DOCS = "learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview"
_TYPES = ("azurerm_network_watcher_flow_log", "microsoft.network/networkwatchers/flowlogs")
_SUBNETS = ("azurerm_subnet", "microsoft.network/virtualnetworks/subnets")
_LINK = "azurerm_subnet_network_security_group_association"
_ANALYTICS = "properties.flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration"
FOR_EVER = 36_500
"""The days that stand for "kept until somebody deletes it": Azure's retention of 0 days."""

LOG: Spelling = {
    # word, then its path in Terraform and in ARM
    "target": azure(("target_resource_id", "network_security_group_id"), "properties.targetResourceId"),
    "enabled": azure("enabled", "properties.enabled"),
    "deletes": azure("retention_policy.enabled", "properties.retentionPolicy.enabled"),
    "days": azure("retention_policy.days", "properties.retentionPolicy.days"),
    "analytics": azure("traffic_analytics.enabled", f"{_ANALYTICS}.enabled"),
}
LINK: Spelling = {"group": azure("network_security_group_id", NOTHING)}
SUBNET: Spelling = {"group": azure(NOTHING, "properties.networkSecurityGroup.id")}
IN_NETWORK: Spelling = {
    "subnets": azure(
        "subnet",
        "properties.subnets",
        rows={"group": azure("security_group", "properties.networkSecurityGroup.id")},
    )
}


def _of(view: View, arm_type: str) -> tuple[View | None, Unknown | None]:
    """Return the flow log of what `view` shows, and why there may be another."""
    logs = pointing_at(view, _TYPES, arm_type, LOG, "target")
    return next(iter(logs.views), None), logs.more if isinstance(logs, Some) else None


def _by_groups(view: View) -> tuple[View | None, Unknown | None]:
    """Return the flow log of one security group where every subnet of the network has a group that is recorded.

    Where that is not known of one of them, the reason as well.
    """
    subnets = view.companions(*_SUBNETS)
    unsure = subnets.more if isinstance(subnets, Some) and subnets.views else None
    first: View | None = None
    inside = elements(view.spelled(IN_NETWORK), "subnets")
    for subnet in (*subnets.views, *inside):
        log, maybe = _of_subnet(subnet, view)
        if log is None and maybe is None:
            return None, None
        first, unsure = first or log, unsure or maybe
    return first, unsure


def _of_subnet(subnet: View, network: View) -> tuple[View | None, Unknown | None]:
    """Return the flow log of a subnet: its own, or that of its security group."""
    if subnet.resource is not network.resource:
        own_log, unsure = _switched_on(*_of(subnet, _SUBNETS[1]))
        if own_log is not None:
            return own_log, None
        log, maybe = _by_group(*_groups(subnet))
        return log, maybe if log is not None else maybe or unsure
    name = subnet.spelled({"name": azure("name", "name")}).word("name")
    called = f"{own(network)}/subnets/{name.value}".lower() if isinstance(name, Known) else ""
    for resource in network.inventory.of_type(*_TYPES):
        log_of_it = View(resource, network.inventory, table=LOG)
        if called and identity(log_of_it.stated("target").value, network.inventory) == called:
            found, unsure = _switched_on(log_of_it, None)
            if found is not None or unsure is not None:
                return found, unsure
    return _by_group(*_group_of(subnet))


def _switched_on(log: View | None, unsure: Unknown | None) -> tuple[View | None, Unknown | None]:
    """Return a log that records, or why it is not known that it does."""
    if log is None:
        return None, unsure
    match log.word("enabled"):
        case Known(value=value) if as_bool(value) is False:
            return None, unsure
        case Known() | Absent():
            return log, None
        case Pointer() as pointer:
            return None, pointer.unknown
        case Unknown() as unknown:
            return None, unknown


def _group_of(subnet: View) -> tuple[list[View], Unknown | None]:
    """Return the security group that a subnet names itself, and why that is not known."""
    named = subnet.word("group")
    return subnet.leads_to("group"), named if isinstance(named, Unknown) else None


def _groups(subnet: View) -> tuple[list[View], Unknown | None]:
    """Return the security groups of a subnet that is a resource of its own: named by it, or bound to it."""
    own, unclear = _group_of(subnet.spelled(SUBNET))
    if own or unclear or subnet.resource.type != _SUBNETS[0]:
        return own, unclear
    links = View(subnet.resource, subnet.inventory, {_LINK: "subnet_id"}).companions(_LINK)
    found = [group for link in links.views for group in link.spelled(LINK).leads_to("group")]
    return found, links.more if isinstance(links, Some) else None


def _by_group(groups: list[View], unsure: Unknown | None) -> tuple[View | None, Unknown | None]:
    """Return the flow log of one of a subnet's security groups, and why that is not known to record."""
    for group in groups:
        log, maybe = _of(group, "microsoft.network/networksecuritygroups")
        unsure = unsure or maybe
        recording, why = _switched_on(log, None)
        if recording is not None:
            return recording, None
        unsure = why or unsure
    return None, unsure


def _joined(stated: Callable[[View], states.Reading]) -> Callable[[View], states.Reading]:
    """Return what joins: what is stated by the flow log of the network, else by those of its subnets' groups."""

    def joins(view: View) -> states.Reading:
        if not view.inventory.of_type(*_TYPES) and hidden(view.resource, _TYPES[1]) is None:
            return Absent(view.resource, view.base)
        log, unsure = _of(view, "microsoft.network/virtualnetworks")
        if log is not None:
            return stated(log)
        log, maybe = _by_groups(view)
        if maybe is not None or (log is None and unsure is not None):
            return maybe or unsure or Absent(view.resource)
        return Absent(view.resource, view.base) if log is None else stated(log)

    return joins


def _recorded(log: View) -> states.Reading:
    enabled = log.word("enabled")
    return Known(True, log.resource) if isinstance(enabled, Absent) else enabled


def _retention(log: View) -> states.Reading:
    """Return for how long a log keeps what it records: for ever, unless it says that and when it deletes."""
    deletes, days = log.word("deletes"), log.word("days")
    match deletes, days:
        case (Absent(), _):  # the switch is off where it is not set
            return Known(FOR_EVER, log.resource, deletes.path)
        case (Known(value=value), _) if as_bool(value) is False:
            return Known(FOR_EVER, log.resource, deletes.path)
        case (_, Absent()):
            return Known(FOR_EVER, log.resource, deletes.path)
        case (_, Known(value=value)) if as_int(value) == 0:
            return Known(FOR_EVER, log.resource, deletes.path)
        case (Unknown() | Pointer(), Known()):
            return deletes  # nothing, or all that is older than so many days
        case _:
            return days


def _analysed(log: View) -> states.Reading:
    return log.word("analytics")


def _fact(stated: Callable[[View], states.Reading], without: Any) -> Fact:
    return Fact(joins=_joined(stated), of=IDENTITY, default=Documented(without, _DOCS), beside=_TYPES)


FLOW_LOGS = _fact(_recorded, False)
"""Whether what passes the network is recorded."""

RETENTION = _fact(_retention, 0)
"""For how many days the record is kept; 0 where there is none."""

ANALYSED = _fact(_analysed, False)
"""Whether the record goes to traffic analytics, in a Log Analytics workspace."""
