"""Whether the internet may try a shell on the nodes of a pool of AKS: by ports of the host that the pool lets in.

Nodes with public addresses stand behind a security group that AKS keeps, which lets in nothing but the host's ports
that the pool allows; a group of the pool's own subnet has to let them in as well. SSH answers unless it is off.
learn.microsoft.com/azure/aks/use-node-public-ips
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.network import private_addresses, subnets
from tfaudit.services.azure.network.doors import Door
from tfaudit.services.azure.network.identities import identity
from tfaudit.services.open_ports import ADMIN_PORTS
from tfaudit.services.reach import Ranges, common, ranges

ARM_TYPES = (
    "Microsoft.ContainerService/managedClusters",
    "Microsoft.ContainerService/managedClusters/agentPools",
)

_PAGE = "learn.microsoft.com/azure/aks/use-node-public-ips"
_SETTLE = "scan the plan or the live subscription"
_SHELLS: Ranges = ranges((each, each) for each in ADMIN_PORTS)
_BESIDE = (
    "microsoft.network/networksecuritygroups",
    "microsoft.network/networksecuritygroups/securityrules",
    "microsoft.network/virtualnetworks",
    "microsoft.network/virtualnetworks/subnets",
)


def words(inside: str = "") -> Spelling:
    """Return the words of a pool of which this is made; `inside` is what ARM puts before them: "properties."."""
    return {
        # word of a pool, then its path in Terraform and in ARM
        "host_ports": azure(
            "node_network_profile.allowed_host_ports",
            f"{inside}networkProfile.allowedHostPorts",
            rows={
                "first": azure("port_start", "portStart"),
                "last": azure("port_end", "portEnd"),
                "protocol": azure("protocol", "protocol"),
            },
        ),
        "subnet": azure("vnet_subnet_id", f"{inside}vnetSubnetID"),
        "shell": azure(NOTHING, f"{inside}securityProfile.sshAccess"),
    }


def _allowed(pool: View) -> tuple[Ranges, Unknown | None]:
    """Return the ports for shells that a pool lets in, and why there may be others."""
    found: list[tuple[int, int]] = []
    unsure: Unknown | None = None
    for each in elements(pool, "host_ports"):
        bounds = [_number(each, word) for word in ("first", "last")]
        protocol = each.word("protocol")
        if isinstance(protocol, Known) and lower(protocol.value) != "tcp":
            continue
        low, high = bounds[0], bounds[1] if bounds[1] is not None else bounds[0]
        if low is None or high is None or isinstance(protocol, (Unknown, Pointer)):
            because = "which ports of its nodes it lets in is not known"
            unsure = Unknown(because, _SETTLE, each.resource, each.base)
        else:
            found.append((low, high))
    return common(ranges(found), _SHELLS), unsure


def _number(each: View, word: str) -> int | None:
    reading = each.word(word)
    return as_int(reading.value) if isinstance(reading, Known) else None


def _closed(pool: View, word: str, off: Any) -> bool | Unknown:
    """Return whether a switch of a pool closes it: by its value `off`, or by not being there where that is None."""
    reading = pool.word(word)
    match reading:
        case Known(value=value):
            return (switched(value) is False) if off is None else lower(value) == off
        case Absent():
            return off is None
        case Unknown():
            return reading
        case Pointer():
            return reading.unknown


def _open(pool: View) -> states.Reading:
    """Return whether the internet may try a shell on the nodes."""
    wanted, unsure = _allowed(pool)
    if not wanted and unsure is None:
        return Absent(pool.resource, pool.base)
    at = pool.word("host_ports")
    for answer in (_closed(pool, "public_ip", None), _closed(pool, "shell", "disabled")):
        if answer is True:
            return Known(False, pool.resource, at.path)
        unsure = unsure or (answer if isinstance(answer, Unknown) else None)
    let_in, why = _past_subnet(pool, wanted or _SHELLS)
    if let_in is False:
        return Known(False, pool.resource, at.path)
    unsure = unsure or (why if let_in is None else None)
    return unsure or Known(True, pool.resource, at.path)


def _past_subnet(pool: View, wanted: Ranges) -> tuple[bool | None, Unknown | None]:
    """Return whether the security group of the pool's own subnet lets in ports; one that AKS makes has no other."""
    reading = pool.word("subnet")
    if isinstance(reading, Absent):
        return True, None
    named = identity(pool.stated("subnet").value, pool.inventory)
    subnet = pool.inventory.derived(subnets.of_scope).get(named or "")
    if subnet is None:
        because = "the subnet of its nodes is not declared here, so that its security group is not known"
        return None, Unknown(because, _SETTLE, pool.resource, reading.path)
    networks = None if subnet.prefixes is None else tuple(subnet.prefixes)
    door = Door("the public addresses of its nodes", pool.resource, wanted)
    return private_addresses.past_group(door, subnet, networks, True, pool.inventory)


SHELL_OPEN = Fact(
    joins=_open,
    of=("host_ports", "public_ip", "shell", "subnet"),
    default=Documented(False, f"{_PAGE}: no port of the nodes is let in"),
    beside=_BESIDE,
)
"""Whether the internet may try SSH or RDP on the nodes of a pool."""
