"""Pools of Azure Batch, the machines that jobs run on, as `node_pool` assets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import among, some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import RESOURCE, below, part_of_named
from tfaudit.services.credentials import literal_among
from tfaudit.services.open_ports import ADMIN_PORTS, is_world

READS = ("azurerm_batch_pool", "microsoft.batch/batchaccounts/pools")
KINDS = ("node_pool",)
ARM_TYPES = ("Microsoft.Batch/batchAccounts/pools",)

_ACCOUNT = "microsoft.batch/batchaccounts"
_ADDRESSES = "learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip"
_ENCRYPTION = "learn.microsoft.com/azure/batch/disk-encryption"
_MACHINES = "properties.deploymentConfiguration.virtualMachineConfiguration"
_ENDPOINTS = "learn.microsoft.com/azure/batch/pool-endpoint-configuration, pools made since December 2025"

USER: Spelling = {
    # word of an account on its machines, then its path in Terraform and in ARM
    "password": azure("password", "password"),
    "key": azure("linux_user_configuration.ssh_private_key", "linuxUserConfiguration.sshPrivateKey"),
}
TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "account": azure("account_name", NOTHING),
    "parent": azure(NOTHING, "parent"),
    "addresses": azure(
        "network_configuration.public_address_provisioning_type",
        "properties.networkConfiguration.publicIPAddressConfiguration.provision",
    ),
    "at_host": azure(
        "security_profile.host_encryption_enabled", f"{_MACHINES}.securityProfile.encryptionAtHost"
    ),
    "encrypted": azure(
        "disk_encryption",
        f"{_MACHINES}.diskEncryptionConfiguration.targets",
        rows={"disk": azure("disk_encryption_target", "")},
    ),
    "users": azure("user_accounts", "properties.userAccounts", rows=USER),
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


def _encrypted(at_host: Any, targets: Any) -> Any:
    """Return whether the temporary disk is encrypted: with all of a host, or as one of the disks that are."""
    if switched(at_host) is True:
        return Said(True, by="at_host")
    if targets is not None:
        return Said(
            some(as_list(targets), lambda each: lower(each["disk"]) == "temporarydisk"), by="encrypted"
        )
    return switched(at_host)


def _secrets_written_down(view: View) -> Any:
    """Return whether a password or a key of an account stands there as text."""
    if view.resource.plane == "live":
        return Inapplicable("no answer holds it: the code is judged")
    readings = [user.word(word) for user in elements(view, "users") for word in USER]
    found = literal_among(readings)
    if found is not None:
        return found
    users = view.word("users")
    return users if isinstance(users, (Absent, Unknown)) else Known(False, users.resource, users.path)


POOL: Facts = {
    "encryption.at_host": Fact(
        _encrypted, of=("at_host", "encrypted"), default=Documented(False, _ENCRYPTION)
    ),
    "inline_secrets": Fact(
        joins=_secrets_written_down, of=("users",), default=Documented(False, "no account is made here")
    ),
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
