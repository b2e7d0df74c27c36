"""What the flexible servers of PostgreSQL and MySQL have in common, by words that both their tables have."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.services.azure.choices import lower, one_of, switched
from tfaudit.services.azure.databases.not_of_sql import NOT_OF_SQL
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.databases.server_parameters import set_by
from tfaudit.services.azure.databases.vault_copies import kept_in_vault
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.left_out import but_of_replicas
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down

ARM_TYPES = ("Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforMySQL/flexibleServers")

WORDS: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "version": azure("version", "properties.version"),
    "subnet": azure("delegated_subnet_id", "properties.network.delegatedSubnetResourceId"),
    "create_mode": azure("create_mode", "properties.createMode"),
    "backup_days": azure("backup_retention_days", "properties.backup.backupRetentionDays"),
    "backup_elsewhere": azure("geo_redundant_backup_enabled", "properties.backup.geoRedundantBackup"),
    "standby": azure("high_availability.mode", "properties.highAvailability.mode"),
    "password": azure("administrator_password", "properties.administratorLoginPassword"),
    "password_wo": azure("administrator_password_wo", NOTHING),
}
"""What both spell alike; the words `key` and `endpoint` each table has of its own."""


class Pages(Struct, frozen=True):
    """The pages that document one of the two services.

    `server` documents azurerm's arguments; `kept` how long backups are kept, and `backup` the rest about them.
    """

    server: Cited
    kept: str | Cited
    backup: str
    encryption: str
    firewall: str
    tls: str
    updates: str


def facts(name: str, arm_type: str, pages: Pages, settings: tuple[str, ...], rules: tuple[str, ...]) -> Facts:
    """Return the facts of both services about the one called `name`, of `arm_type`.

    `settings` are the types of its parameters, `rules` those of its firewall rules.
    """
    has_address = public(pages.server)
    kept = Fact("backup_days", default=Documented(7, pages.kept))
    sources = allowed_sources(rules, has_address, Documented([], pages.firewall))
    return {
        **NOT_OF_SQL,
        "version": Fact("version"),
        "encryption.at_rest": always(True, pages.encryption),
        "encryption.customer_managed_key": stated("key", default=Documented(False, pages.encryption)),
        "network.public": has_address,
        "network.private_endpoint": has_private_endpoint(arm_type, subnet="subnet"),
        "network.allowed_sources": sources,
        **store_ways.facts(
            Store(
                arm_type,
                (f"{'postgres' if name == 'PostgreSQL' else 'mysql'}.database.azure.com",),
                by_requests=False,
                public=has_address,
                sources=sources,
                subnet="subnet",
            )
        ),
        "backup.enabled": always(True, pages.backup),
        "backup.long_term": kept_in_vault(arm_type),
        "backup.retention_days": kept,
        "backup.cross_region": but_of_replicas(
            "backup_elsewhere", Documented(False, Cited(pages.server.terraform, pages.backup))
        ),
        "tls.required": set_by(settings, "require_secure_transport", Documented(True, pages.tls)),
        "ha.multi_zone": but_of_replicas("standby", Documented(False, pages.server), one_of("zoneredundant")),
        "inline_secrets": written_down("password", "password_wo"),
        "auto_minor_upgrade": always(True, pages.updates),
        "deletion_protection": DELETION_PROTECTION,
        "tags": TAGS,
    }


def public(source: Cited) -> Fact:
    """Return the fact that a server has a public address: it is said, or there is none inside a network."""

    def has_address(endpoint: Any, subnet: Any) -> Any:
        if endpoint is not None:
            return Said(switched(endpoint), by="endpoint")
        return None if subnet is None else Documented(False, source)

    return Fact(has_address, of=("endpoint", "subnet"), default=Documented(True, source))


def standby(source: str) -> Fact:
    """Return the fact that a server has a standby, in whichever zone."""

    def has_one(mode: Any) -> bool | None:
        return None if mode is None else lower(mode) != "disabled"

    return Fact(has_one, of=("standby",), default=Documented(False, source))
