"""App Service environments, which hold the apps of one customer, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import among
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.platform import common
from tfaudit.services.azure.tags import TAGGED

READS = (
    "azurerm_app_service_environment_v3",
    "azurerm_app_service_environment",
    "microsoft.web/hostingenvironments",
)
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Web/hostingEnvironments",)

ARM_TYPE = "microsoft.web/hostingenvironments"
IDENTITY = tuple(RESOURCE)
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/app_service_environment_v3",
    "learn.microsoft.com/azure/templates/microsoft.web/hostingenvironments",
)
_SETTINGS = (
    "learn.microsoft.com/azure/app-service/environment/app-service-app-service-environment-custom-settings"
)

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "mode": azure("internal_load_balancing_mode", "properties.internalLoadBalancingMode"),
    "settings": azure(
        "cluster_setting",
        "properties.clusterSettings",
        rows={"name": azure("name", "name"), "value": azure("value", "value")},
    ),
}


def outside(mode: Any, site: str = "web") -> bool | None:
    """Return whether the address of a site, `web` or `publishing`, is a public one, and none of the network inside."""
    return None if mode is None else site not in str(mode).lower()


def _setting(settings: Any, name: str) -> Any:
    """Return the row of a setting; None where there is none."""
    return among(as_list(settings), lambda at, each: at if lower(each.get("name")) == name else None)


def _lowest_tls(settings: Any) -> Any:
    """Return the lowest version that all apps take: the setting that is named after 1.0 is about 1.1 as well."""
    row = _setting(settings, "disabletls1.0")
    if row is None or str(settings[row].get("value")) != "1":
        return Inapplicable("each of its apps says which versions it takes")
    return Said("1.2", by="settings", row=row)


def _inside_encrypted(settings: Any) -> Any:
    """Return whether what its machines send each other and write to their disks is encrypted."""
    row = _setting(settings, "internalencryption")
    if row is None:
        return None
    return Said(lower(settings[row].get("value")) in ("true", "1"), by="settings", row=row)


ENVIRONMENT: Facts = {
    **common.facts(
        _PAGE,
        ARM_TYPE,
        without_keys="an environment has no keys: its apps say who gets in",
        without_customer_key="an environment keeps no data of its own",
        without_identity="its apps have identities of their own",
        without_endpoint="it stands in a subnet of its own",
    ),
    "network.public": Fact(outside, of=("mode",), default=Documented(True, _PAGE)),
    "tls.min_version": Fact(_lowest_tls, of=("settings",)),
    "scratch_encrypted": Fact(_inside_encrypted, of=("settings",), default=Documented(False, _SETTINGS)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, ENVIRONMENT, named(view, ARM_TYPE))
