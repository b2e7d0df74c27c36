"""Endpoints of Azure CDN and the domains that they answer by, as `listener` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, negated
from tfaudit.services.azure.keys.keys import RESOURCE, by_id, named, part_of, raw
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_cdn_endpoint",
    "azurerm_cdn_endpoint_custom_domain",
    "microsoft.cdn/profiles/endpoints",
    "microsoft.cdn/profiles/endpoints/customdomains",
)
KINDS = ("listener",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Cdn/profiles/endpoints", "Microsoft.Cdn/profiles/endpoints/customDomains")

_PROFILE = "microsoft.cdn/profiles"
_ENDPOINT = f"{_PROFILE}/endpoints"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/cdn_endpoint",
    "learn.microsoft.com/azure/templates/microsoft.cdn/profiles/endpoints",
)
_DOMAIN_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/cdn_endpoint_custom_domain"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of an endpoint, then its path in Terraform and in ARM
    "profile": azure("profile_name", "parent"),
    "plain": azure("is_http_allowed", "properties.isHttpAllowed"),
}
DOMAIN: Spelling = {
    "id": RESOURCE["id"],
    "name": RESOURCE["name"],
    # word of a custom domain, then its path in Terraform and in ARM
    "endpoint": azure("cdn_endpoint_id", "parent"),
    "secured": azure(("cdn_managed_https", "user_managed_https"), "properties.customHttpsParameters"),
    "lowest_tls": azure(
        ("cdn_managed_https.tls_version", "user_managed_https.tls_version"),
        "properties.customHttpsParameters.minimumTlsVersion",
    ),
    "group": azure(NOTHING, NOTHING),
}
IDENTITY = (*RESOURCE, "profile", "endpoint")


def _lowest(lowest: Any, secured: Any) -> Any:
    """Return the lowest TLS version; `None` stands for any that the service speaks."""
    if lowest is not None:
        return "1.0" if lower(lowest) == "none" else lowest
    return Inapplicable("it answers by HTTP alone: its endpoint is judged") if not secured else None


ENDPOINT: Facts = {
    "https_only": Fact(negated, of=("plain",), default=Documented(False, _PAGE)),
    "tls.min_version": inapplicable("its custom domains are judged"),
    "tags": TAGS,
}
OF_DOMAIN: Facts = {
    **{name: inapplicable("its endpoint is judged") for name in ENDPOINT},
    "tls.min_version": Fact(_lowest, of=("lowest_tls", "secured"), default=Documented("1.2", _DOMAIN_PAGE)),
    "tags": inapplicable("a domain has no tags"),
}


def _endpoint_key(view: View) -> Key:
    if (key := by_id(view)) is not None:
        return key
    group, profile, name = raw(view, "group"), raw(view, "profile"), raw(view, "name")
    for target in view.leads_to("profile"):
        return part_of(named(target, _PROFILE), _PROFILE, "endpoints", name)
    if isinstance(group, str) and isinstance(profile, str):
        return part_of(f"azure:{_PROFILE}/{group}/{profile}", _PROFILE, "endpoints", name)
    return Unresolved("its profile is not known", "scan the plan or the live subscription")


def _domain_key(view: View) -> Key:
    if (key := by_id(view)) is not None:
        return key
    for target in view.leads_to("endpoint"):
        return part_of(_endpoint_key(target.spelled(TABLE)), _ENDPOINT, "customdomains", raw(view, "name"))
    return Unresolved("its endpoint is not known", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the `listener` that the resource declares: an endpoint, or a domain that it answers by."""
    if view.resource.type in (READS[1], READS[3]):
        own = view.spelled(DOMAIN)
        yield asset("listener", own, OF_DOMAIN, _domain_key(own))
    else:
        yield asset("listener", view, ENDPOINT, _endpoint_key(view))
