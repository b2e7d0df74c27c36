"""Azure Static Web Apps, as `web_app` assets: pages that the platform serves, with functions behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Reading
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.databases.server_parameters import parameter
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.network import published
from tfaudit.services.azure.platform.common import has_identity
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.azure.web.inline_secrets import written_down

READS = ("azurerm_static_site", "azurerm_static_web_app", "microsoft.web/staticsites")
KINDS = ("web_app",)
NAMES = ("name",)
_CONFIG = "microsoft.web/staticsites/config"
_BASIC = "microsoft.web/staticsites/basicauth"
COMPANIONS = {"microsoft.web/staticsites/config": "parent", "microsoft.web/staticsites/basicauth": "parent"}
ARM_TYPES = (
    "Microsoft.Web/staticSites",
    "Microsoft.Web/staticSites/config",
    "Microsoft.Web/staticSites/basicAuth",
)
DECLARED = ("microsoft.web/staticsites/config",)
"""Live, settings are shown only to who may list secrets."""

ARM_TYPE = "microsoft.web/staticsites"
_IDENTITY = "learn.microsoft.com/azure/static-web-apps/key-vault-secrets"
_ENDPOINT = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/static_web_app",
    "learn.microsoft.com/azure/templates/microsoft.web/staticsites",
)
_PASSWORD = "learn.microsoft.com/azure/static-web-apps/password-protection"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "identity": azure("identity.type", "identity.type"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "settings": azure("app_settings", NOTHING),
    "connections": azure(NOTHING, NOTHING),
    "asked_in": azure("basic_auth.environments", f"{_BASIC}/properties.applicableEnvironmentsMode"),
}
IDENTITY = tuple(RESOURCE)
CONFIG: Spelling = {"name": azure(None, "name"), "value": azure(None, "properties")}
_OF_ROUTES = CannotTell(
    "who may see which of its pages stands in its staticwebapp.config.json", "look at the routes in that file"
)
_PAGES = "the platform serves its pages"


def _configured(view: View) -> Iterator[tuple[str, Reading]]:
    for name in ("appsettings", "functionappsettings"):
        yield "settings", parameter(view, (_CONFIG,), name, CONFIG)


def _asked(environments: Any) -> Any:
    """Return whether a password is asked for everywhere; without one its own routes say who has to sign in."""
    return True if lower(environments) == "allenvironments" else _OF_ROUTES


_PUBLIC = Fact(switched, of=("endpoint",), default=Documented(True, _ENDPOINT))
APP: Facts = {
    "https_only": inapplicable("the platform serves it by TLS alone, and has no setting for it"),
    "tls.min_version": inapplicable("the service has no setting for the versions of TLS that it takes"),
    "publishing.tls_min_version": inapplicable("a pipeline publishes to it, by a token"),
    "health_check": inapplicable(_PAGES),
    "plain_ftp": inapplicable("nothing is put there by FTP"),
    "basic_publishing": inapplicable("a pipeline publishes to it, by a token"),
    "remote_debugging": inapplicable(_PAGES),
    "cors.any_origin": inapplicable("its headers stand in its staticwebapp.config.json"),
    "runtime": inapplicable(_PAGES),
    "managed_identity": Fact(has_identity, of=("identity",), default=Documented(False, _IDENTITY)),
    "authentication": Fact(_asked, of=("asked_in",), default=Documented(False, _PASSWORD)),
    **published.app_facts(_PUBLIC),
    "inline_secrets": written_down(_configured),
    "client_certificates.required": inapplicable("the service asks nobody for a certificate"),
    "client_certificates.paths_left_out": inapplicable("the service asks nobody for a certificate"),
    "http2": inapplicable(_PAGES),
    "network.public": _PUBLIC,
    "network.publishing_public": inapplicable("a pipeline publishes to it, by a token"),
    "network.rules_let_in_all": inapplicable("who may call stands in its staticwebapp.config.json"),
    "network.all_outbound_routed": inapplicable(_PAGES),
    "logs.enabled": inapplicable("the service has no resource logs"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `web_app` that the resource declares."""
    yield asset("web_app", view, APP, named(view, ARM_TYPE))
