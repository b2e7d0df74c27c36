"""Pools of Azure Batch, the machines that jobs run on, as `node_pool` assets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import among, some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, below, part_of_named
from tfaudit.services.open_ports import ADMIN_PORTS, is_world

READS = ("azurerm_batch_pool", "microsoft.batch/batchaccounts/pools")
KINDS = ("node_pool",)
ARM_TYPES = ("Microsoft.Batch/batchAccounts/pools",)

_ACCOUNT = "microsoft.batch/batchaccounts"
_ADDRESSES = "learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip"
_ENDPOINTS = "learn.microsoft.com/azure/batch/pool-endpoint-configuration, pools made since December 2025"

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "account": azure("account_name", NOTHING),
    "parent": azure(NOTHING, "parent"),
    "addresses": azure(
        "network_configuration.public_address_provisioning_type",
        "properties.networkConfiguration.publicIPAddressConfiguration.provision",
    ),
    "endpoints": azure(
        "network_configuration.endpoint_configuration",
        "properties.networkConfiguration.endpointConfiguration.inboundNatPools",
        rows={
            "port": azure("backend_port", "backendPort"),
            "rules": azure(
                "network_security_group_rules",
                "networkSecurityGroupRules",
                rows={
                    "access": azure("access", "access"),
                    "source": azure("source_address_prefix", "sourceAddressPrefix"),
                    "priority": azure("priority", "priority"),
                },
            ),
        },
    ),
}
IDENTITY = (*RESOURCE, "account", "parent")


def _has_address(addresses: Any) -> bool | None:
    return None if addresses is None else lower(addresses) != "nopublicipaddresses"


def _lets_in_all(endpoint: Mapping[str, Any]) -> bool:
    """Whether the internet gets in by an endpoint: without a rule about it everybody does."""
    rules = [each for each in as_list(endpoint.get("rules")) or () if is_world(str(each["source"]))]
    first = min(rules, key=lambda each: int(each["priority"]), default=None)
    return first is None or lower(first["access"]) == "allow"


def _shell_open(endpoints: Any, addresses: Any) -> Any:
    """Return whether the internet may try SSH or RDP: an endpoint leads there, and no rule keeps it out."""
    if endpoints is None:
        return None
    if lower(addresses) == "nopublicipaddresses":
        return Said(False, by="addresses")
    found = among(
        as_list(endpoints),
        lambda at, each: at if int(each["port"]) in ADMIN_PORTS and _lets_in_all(each) else None,
    )
    if found is not None:
        return Said(True, by="endpoints", row=found)
    return Said(False, by="endpoints") if some(as_list(endpoints), lambda _: True) else None


POOL: Facts = {
    "public_ip": Fact(_has_address, of=("addresses",), default=Documented(True, _ADDRESSES)),
    "remote_access_open": Fact(
        _shell_open, of=("endpoints", "addresses"), default=Documented(False, _ENDPOINTS)
    ),
    "ha.multi_zone": inapplicable(
        "jobs start again elsewhere: which zones its machines stand in is no setting of it"
    ),
    "tags": inapplicable("a pool has no tags of its own"),
}


def _key(view: View) -> Key:
    if view.dialect == "arm":
        return below(view, "parent", _ACCOUNT, "pools")
    return part_of_named(view, _ACCOUNT, "pools")


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `node_pool` that the resource declares."""
    yield asset("node_pool", view, POOL, _key(view))
