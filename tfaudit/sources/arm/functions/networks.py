"""Functions of address blocks.

learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-cidr
"""

from __future__ import annotations

import ipaddress
from typing import Any

from tfaudit.sources.arm.functions.signature import Function, Table, Wrong, text, whole


def _network(block: Any) -> Any:
    try:
        return ipaddress.ip_network(text(block), strict=False)
    except ValueError as error:
        raise Wrong(f"{block[:40]!r} is not a block of addresses") from error


def subnet(block: Any, prefix: Any, index: Any) -> str:
    """Return one of the equal parts of a block, counted from 0."""
    network = _network(block)
    if not network.prefixlen <= whole(prefix) <= network.max_prefixlen:
        raise Wrong("the part is larger than the block")
    if not 0 <= whole(index) < 1 << (prefix - network.prefixlen):
        raise Wrong("there is no such part of the block")
    first = int(network.network_address) + (index << (network.max_prefixlen - prefix))
    return f"{type(network.network_address)(first)}/{prefix}"


def host(block: Any, index: Any) -> str:
    """Return an address of a block that a machine may have, counted from 0."""
    network = _network(block)
    at = int(network.network_address) + whole(index) + 1
    if index < 0 or at > int(network.broadcast_address):
        raise Wrong("there is no such address in the block")
    return str(type(network.network_address)(at))


def parsed(block: Any) -> dict[str, Any]:
    """Return the parts of a block."""
    network = _network(block)
    found: dict[str, Any] = {"network": str(network.network_address), "netmask": str(network.netmask)}
    if network.version == 4:
        found["broadcast"] = str(network.broadcast_address)
    edge = 1 if network.num_addresses > 2 else 0
    found["firstUsable"] = str(network.network_address + edge)
    found["lastUsable"] = str(network.broadcast_address - edge)
    found["cidr"] = network.prefixlen
    return found


TABLE: Table = {
    "cidrhost": Function(host, 2, 2),
    "cidrsubnet": Function(subnet, 3, 3),
    "parsecidr": Function(parsed, 1, 1),
}
