"""What a firewall rule opens, in three values: used by every provider whose rules have ports and sources.

Ports are written "22", "8000-8100" or "all"; sources are CIDRs, or words for what is no address range
(`group:web`, `self`). What ends in `_among` is for plain functions of words (`reading.parts`): a part that is not known
leaves it open. The others take raw values, of which an `Unresolved` or `Reference` element is a part that is not known.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.parts import some

Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"

ADMIN_PORTS = (22, 23, 3389, 5985, 5986)
"""SSH, Telnet, RDP, WinRM over HTTP and HTTPS."""

DATA_PORTS = (
    1433,  # SQL Server
    1434,  # SQL Server browser
    1521,  # Oracle
    2181,  # ZooKeeper
    2379,  # etcd
    2380,  # etcd peers
    3306,  # MySQL, MariaDB
    5432,  # PostgreSQL
    5439,  # Redshift
    5601,  # Kibana
    5671,  # AMQP over TLS
    5672,  # AMQP
    5984,  # CouchDB
    6379,  # Redis
    6380,  # Redis over TLS
    7000,  # Cassandra
    7199,  # Cassandra JMX
    8086,  # InfluxDB
    9042,  # Cassandra clients
    9092,  # Kafka
    9200,  # Elasticsearch, OpenSearch
    9300,  # Elasticsearch nodes
    11211,  # Memcached
    15672,  # RabbitMQ management
    27017,  # MongoDB
    27018,
    27019,
    50000,  # Db2
)
"""Where databases, caches, queues and search engines listen by their own documentation."""

UDP_DATA_PORTS = (1434, 11211)
"""Those of them that are open by UDP as well: SQL Server's browser, and Memcached. A shell's sign-in goes over TCP."""

# A range this broad is the internet for a judge of rules: 0.0.0.0/1 twice is everyone, 2000::/3 all public IPv6.
_WORLD_BITS = 3
_IPV4 = 4
_LAST_PORT = 65_535
_WORDS = frozenset({"*", "any", "internet", "<nw>/0", "/0"})


@lru_cache(maxsize=4096)
def is_world(source: str) -> bool:
    """Whether a source is (nearly) every address: `0.0.0.0/0`, `::/0`, `*`, `Internet`."""
    if source.lower() in _WORDS:
        return True
    if "/" not in source:
        return False
    try:
        network = ipaddress.ip_network(source, strict=False)
    except ValueError:
        return False
    return network.prefixlen <= _WORLD_BITS


def holds(outer: Iterable[str], inner: str) -> bool:
    """Whether all addresses of `inner`, a range or a word for the internet, are among those of `outer` together."""
    ranges_ = tuple(outer)
    if any(each.lower() in _WORDS for each in ranges_):
        return True
    whole = _joined(ranges_)
    if inner.lower() in _WORDS:
        # A network of Azure, or a rule in words, is one of IPv4 unless somebody writes IPv6 down.
        return any(each.version == _IPV4 and each.prefixlen == 0 for each in whole)
    wanted = _joined((inner,))
    return bool(wanted) and any(
        each.version == wanted[0].version
        and each.network_address <= wanted[0].network_address  # type: ignore[operator]
        and each.broadcast_address >= wanted[0].broadcast_address  # type: ignore[operator]
        for each in whole
    )


@lru_cache(maxsize=1024)
def _joined(sources: tuple[str, ...]) -> tuple[Network, ...]:
    """Return the ranges among `sources`, those that touch as one."""
    found: list[Network] = []
    for each in sources:
        try:
            found.append(ipaddress.ip_network(each, strict=False))
        except ValueError:
            continue
    old = [each for each in found if isinstance(each, ipaddress.IPv4Network)]
    new = [each for each in found if isinstance(each, ipaddress.IPv6Network)]
    return (*ipaddress.collapse_addresses(old), *ipaddress.collapse_addresses(new))


def told_apart(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of the internet that `sources` tell apart: "internet" alone where none of them is such a part.

    They are the eighths of all addresses of IPv4; where ranges of IPv6 are beside them none is told apart.
    """
    networks = [each for source in sources if (each := _network(source)) is not None]
    large = any(0 < each.prefixlen <= _WORLD_BITS for each in networks)
    if not large or any(each.version != _IPV4 for each in networks):
        return ("internet",)
    return tuple(map(str, ipaddress.IPv4Network("0.0.0.0/0").subnets(new_prefix=_WORLD_BITS)))


@lru_cache(maxsize=4096)
def _network(source: str) -> Network | None:
    try:
        return ipaddress.ip_network(source, strict=False)
    except ValueError:
        return None


def world_among(sources: Iterable[Any] | None) -> bool:
    """Whether one of `sources`, plain values of a word, is the whole internet."""
    return some(sources, lambda each: is_world(str(each)))


def port_among(ports: Iterable[Any] | None, wanted: Sequence[int]) -> bool:
    """Whether `ports`, plain values of a word, hold one of `wanted`."""

    def holds(port: Any) -> bool:
        low, high = bounds(str(port))
        return any(low <= each <= high for each in wanted)

    return some(ports, holds)


def all_ports_among(ports: Iterable[Any] | None) -> bool:
    """Whether one of `ports`, plain values of a word, is all ports."""

    def is_all(port: Any) -> bool:
        low, high = bounds(str(port))
        return low <= 1 and high >= 65535

    return some(ports, is_all)


def from_world(sources: Iterable[Any]) -> bool | None:
    """Whether one of `sources`, or several that lie side by side, is the whole internet.

    None where one that is not known could be.
    """
    stated: bool | None = False
    known: list[str] = []
    for each in sources:
        if isinstance(each, (Unresolved, Reference)):
            stated = None
        elif is_world(str(each)):
            return True
        else:
            known.append(str(each))
    if len(known) > 1 and any(each.prefixlen <= _WORLD_BITS for each in _joined(tuple(known))):
        return True
    return stated


def covers(ports: Iterable[Any], wanted: Sequence[int]) -> bool | None:
    """Whether `ports` hold one of `wanted`; None where a part that is not known could."""
    stated: bool | None = False
    for each in ports:
        if isinstance(each, (Unresolved, Reference)):
            stated = None
            continue
        first, last = bounds(str(each))
        if any(first <= port <= last for port in wanted):
            return True
    return stated


def bounds(port: str) -> tuple[int, int]:
    """Return the first and last port of "22", "8000-8100", "all" or "*"; (1, 0), which is empty, for anything else."""
    if port.lower() in ("all", "*"):
        return 0, 65535
    first, _, last = port.partition("-")
    try:
        return int(first), int(last or first)
    except ValueError:
        return 1, 0


def without(wanted: Sequence[int], closed: Iterable[Any]) -> list[int]:
    """Return those of `wanted` that none of the port ranges `closed` holds; what is not known closes none."""
    ranges = [bounds(str(each)) for each in closed if not isinstance(each, (Unresolved, Reference))]
    return [port for port in wanted if not any(first <= port <= last for first, last in ranges)]


def every_port(ports: Iterable[Any]) -> bool | None:
    """Whether `ports` together are all ports; None where a part that is not known could be."""
    stated: bool | None = False
    known: list[tuple[int, int]] = []
    for each in ports:
        if isinstance(each, (Unresolved, Reference)):
            stated = None
        else:
            known.append(bounds(str(each)))
    reached = 0
    for first, last in sorted(known):
        if first <= reached + 1:
            reached = max(reached, last)
    return True if reached >= _LAST_PORT else stated


def port_range(first: Any, last: Any) -> str | Unresolved:
    """Return "22" or "22-80" for two numbers (or their text), "all" for 0 to 65535 or none; `Unresolved` otherwise."""
    for each in (first, last):
        if isinstance(each, Unresolved):
            return each
        if isinstance(each, Reference):
            return Unresolved(f"it is taken from {each}", "scan the plan or the live account", str(each))
    try:
        low, high = int(first), int(first if last is None else last)
    except (TypeError, ValueError):
        return Unresolved("its ports are not numbers", "check it by hand", f"{first}-{last}")
    if low <= 0 and (high >= 65535 or high < 0):
        return "all"
    return str(low) if low == high else f"{low}-{high}"


def both(left: bool | None, right: bool | None) -> bool | None:
    """Return the three-valued "and"."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True
