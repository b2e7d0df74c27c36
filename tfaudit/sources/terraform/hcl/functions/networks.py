"""Functions over CIDR prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import whole
from tfaudit.sources.terraform.hcl.functions.signature import (
    MAX_ITEMS,
    Function,
    Refused,
    Unknown,
    known,
    too_large,
)
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, List

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network


def _network(prefix: str) -> IPv4Network | IPv6Network:
    import ipaddress

    address, slash, bits = prefix.partition("/")
    if not slash or not (bits.isascii() and bits.isdigit()):
        raise Refused("it is no CIDR prefix")
    # Terraform still takes zeros before an octet's digits, as decimal.
    octets = address.split(".")
    if len(octets) == 4 and all(each.isascii() and each.isdigit() and len(each) < 10 for each in octets):
        address = ".".join(str(int(each)) for each in octets)
    try:
        found = ipaddress.ip_network(f"{address}/{int(bits)}", strict=False)
    except ValueError as error:
        raise Refused("it is no CIDR prefix") from error
    if found.version == 6 and found.network_address.ipv4_mapped is not None:
        raise Unknown(
            Unresolved("Terraform counts in mapped IPv4 prefixes in a way of its own", SETTLE_APPLY)
        )
    return found


def _longer(found: IPv4Network | IPv6Network, bits: int) -> int:
    length = found.prefixlen + bits
    if bits < 0:
        raise Unknown(Unresolved("Terraform does not refuse a negative number of bits", SETTLE_APPLY))
    if length > found.max_prefixlen:
        raise Refused("the prefix cannot be that long")
    return length


def _subnet(prefix: str, bits: Any, number: Any) -> str:
    found, index = _network(prefix), whole(number)
    length = _longer(found, whole(bits))
    if index < 0:
        raise Unknown(Unresolved("Terraform does not refuse a negative subnet number", SETTLE_APPLY))
    if index >= 1 << whole(bits):
        raise Refused("there is no subnet of that number")
    start = int(found.network_address) + (index << (found.max_prefixlen - length))
    return f"{type(found.network_address)(start)}/{length}"


def _subnets(prefix: str, *bits: Any) -> List:
    found = _network(prefix)
    if len(bits) > MAX_ITEMS:
        raise too_large()
    result: List = List()
    start = int(found.network_address)
    for each in bits:
        if whole(each) < 1:
            raise Refused("a subnet is no longer than its prefix")
        length = _longer(found, whole(each))
        size = 1 << (found.max_prefixlen - length)
        start = -(-start // size) * size
        if start + size - 1 > int(found.broadcast_address):
            raise Refused("there is no room for all subnets")
        result.append(f"{type(found.network_address)(start)}/{length}")
        start += size
    return result


def _host(prefix: str, number: Any) -> str:
    found, index = _network(prefix), whole(number)
    if not -found.num_addresses <= index < found.num_addresses:
        raise Refused("the prefix has no such address")
    return str(found[index])


def _netmask(prefix: str) -> str:
    found = _network(prefix)
    if found.version != 4:
        raise Refused("only IPv4 has netmasks")
    return str(found.netmask)


FUNCTIONS: dict[str, Function] = {
    "cidrhost": known(_host, "s n"),
    "cidrnetmask": known(_netmask, "s"),
    "cidrsubnet": known(_subnet, "s n n"),
    "cidrsubnets": known(_subnets, "s", "n"),
}
