"""Azure Front Door Standard and Premium: profiles as `load_balancer` assets, their routes and domains as `listener`.

A profile of Azure CDN is of the same type in ARM, and none of this: its endpoints are judged (`cdn.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import RESOURCE, below, by_id, named, part_of, raw
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network.front_door_firewall import guarded, mode
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_cdn_frontdoor_profile",
    "azurerm_cdn_frontdoor_route",
    "azurerm_cdn_frontdoor_custom_domain",
    "microsoft.cdn/profiles",
    "microsoft.cdn/profiles/afdendpoints/routes",
    "microsoft.cdn/profiles/customdomains",
)
KINDS = ("load_balancer", "listener")
NAMES = ("name",)
COMPANIONS = {
    "azurerm_cdn_frontdoor_security_policy": "cdn_frontdoor_profile_id",
    "azurerm_cdn_frontdoor_endpoint": "cdn_frontdoor_profile_id",
    "azurerm_cdn_frontdoor_custom_domain": "cdn_frontdoor_profile_id",
    "microsoft.cdn/profiles/securitypolicies": "parent",
    "microsoft.cdn/profiles/afdendpoints": "parent",
    "microsoft.cdn/profiles/customdomains": "parent",
}
ARM_TYPES = (
    "Microsoft.Cdn/profiles",
    "Microsoft.Cdn/profiles/afdEndpoints",
    "Microsoft.Cdn/profiles/afdEndpoints/routes",
    "Microsoft.Cdn/profiles/customDomains",
    "Microsoft.Cdn/profiles/securityPolicies",
)

ARM_TYPE = "microsoft.cdn/profiles"
_ENDPOINTS = f"{ARM_TYPE}/afdendpoints"
_ROUTE_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/cdn_frontdoor_route"
_ROUTE_API = "learn.microsoft.com/rest/api/frontdoor/azurefrontdoorstandardpremium/routes/create"
_TLS = "learn.microsoft.com/azure/frontdoor/end-to-end-tls"
_DDOS = "learn.microsoft.com/azure/frontdoor/front-door-ddos"
_WAF = "learn.microsoft.com/azure/frontdoor/web-application-firewall"
_EDGES = "learn.microsoft.com/azure/frontdoor/front-door-overview"

TABLE: Spelling = {**RESOURCE, **TAGGED, "tier": azure("sku_name", "sku.name")}
ENDPOINT: Spelling = {**RESOURCE, "profile": azure("cdn_frontdoor_profile_id", "parent")}
ROUTE: Spelling = {
    **RESOURCE,
    # word of a route, then its path in Terraform and in ARM
    "endpoint": azure("cdn_frontdoor_endpoint_id", "parent"),
    "protocols": azure("supported_protocols", "properties.supportedProtocols"),
    "redirects": azure("https_redirect_enabled", "properties.httpsRedirect"),
}
DOMAIN: Spelling = {
    **RESOURCE,
    # word of a custom domain, then its path in Terraform and in ARM
    "profile": azure("cdn_frontdoor_profile_id", "parent"),
    "lowest_tls": azure("tls.minimum_tls_version", "properties.tlsSettings.minimumTlsVersion"),
}
IDENTITY = (*RESOURCE, "endpoint", "profile")

_OF_PROFILE = "its profile is judged"
PROFILE: Facts = {
    "tls.min_version": inapplicable("its custom domains are judged"),
    "https_only": inapplicable("its routes are judged"),
    "network.public": always(True, _EDGES),
    "waf": Fact(joins=guarded, of=tuple(RESOURCE), default=Documented(False, _WAF)),
    "waf.mode": Fact(joins=mode, of=tuple(RESOURCE)),
    "drop_invalid_headers": inapplicable("Front Door has no such setting"),
    "logs.enabled": logged("FrontDoorAccessLog", arm_type=ARM_TYPE),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def _plain(protocols: Any) -> bool:
    return some(as_list(protocols), lambda each: lower(each) == "http")


def _protocol(protocols: Any) -> str | None:
    if protocols is None:
        return None
    return "http" if _plain(protocols) else "https"


def _only_https(protocols: Any, redirects: Any) -> Any:
    """Return whether clients end up at HTTPS: it takes nothing else, or sends them there."""
    if protocols is not None and not _plain(protocols):
        return True
    return switched(redirects)


def _redirected(protocols: Any, redirects: Any) -> Any:
    return True if protocols is not None and not _plain(protocols) else switched(redirects)


_SENT_ON = ByPlane(terraform=Documented(True, _ROUTE_PAGE), arm=Documented(False, _ROUTE_API))
LISTENER: Facts = {
    "https_only": Fact(_only_https, of=("protocols", "redirects"), default=_SENT_ON),
    "tls.min_version": inapplicable("the domains that it answers by are judged"),
    "network.public": inapplicable(_OF_PROFILE),
    "deletion_protection": inapplicable(_OF_PROFILE),
    "tags": inapplicable("a route has no tags"),
}
OF_DOMAIN: Facts = {
    **{name: inapplicable("the routes that answer by it are judged") for name in LISTENER},
    "tls.min_version": Fact("lowest_tls", default=Documented("1.2", _TLS)),
    "deletion_protection": inapplicable(_OF_PROFILE),
    "tags": inapplicable("a domain has no tags"),
}


def _of_cdn(view: View) -> bool:
    """Whether a profile is one of Azure CDN: its tier says so."""
    tier = view.word("tier")
    return isinstance(tier, Known) and not str(tier.value).lower().endswith("azurefrontdoor")


def _endpoint_key(route: View) -> Key:
    for endpoint in route.leads_to("endpoint", "azurerm_cdn_frontdoor_endpoint", _ENDPOINTS):
        return below(endpoint.spelled(ENDPOINT), "profile", ARM_TYPE, "afdendpoints")
    return Unresolved("its endpoint is not known", "scan the plan or the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the `load_balancer` that a profile is, or the `listener` that a route or a custom domain is."""
    match view.resource.type:
        case "azurerm_cdn_frontdoor_route" | "microsoft.cdn/profiles/afdendpoints/routes":
            own = view.spelled(ROUTE)
            key = by_id(own) or part_of(_endpoint_key(own), _ENDPOINTS, "routes", raw(own, "name"))
            yield asset("listener", own, LISTENER, key)
        case "azurerm_cdn_frontdoor_custom_domain" | "microsoft.cdn/profiles/customdomains":
            own = view.spelled(DOMAIN)
            yield asset("listener", own, OF_DOMAIN, below(own, "profile", ARM_TYPE, "customdomains"))
        case _:
            if not _of_cdn(view):
                yield asset("load_balancer", view, PROFILE, named(view, ARM_TYPE))
