"""Terraform's functions over CIDR prefixes."""

from __future__ import annotations

from typing import Any


def subnet(prefix: Any, bits: Any, number: Any) -> str:
    """Return the subnet `number` of `prefix` made `bits` longer."""
    found = network(prefix)
    width, index = found.prefixlen + int(bits), int(number)
    size = found.max_prefixlen - width
    if size < 0 or not 0 <= index < 1 << int(bits):
        raise ValueError
    return f"{found.network_address + (index << size)}/{width}"


def host(prefix: Any, number: Any) -> str:
    """Return the address `number` of `prefix`, counted from its end where negative."""
    found, index = network(prefix), int(number)
    if not -found.num_addresses <= index < found.num_addresses:
        raise ValueError
    return str(found[index])


def netmask(prefix: Any) -> str:
    """Return the mask of an IPv4 prefix."""
    return str(network(prefix).netmask)


def network(prefix: Any) -> Any:
    """Return a prefix as a network; `ValueError` where it is none."""
    import ipaddress

    return ipaddress.ip_network(str(prefix), strict=False)
