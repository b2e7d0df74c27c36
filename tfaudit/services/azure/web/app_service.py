"""Azure App Service: web apps, function apps, logic apps on a plan, and deployment slots, as `web_app` assets.

The provider has had three generations of them: `azurerm_app_service` and `azurerm_function_app` up to 3, and
those for Linux and Windows from 3 on. ARM has one type for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Reading
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, not_judged, switched
from tfaudit.services.azure.databases.server_parameters import parameter
from tfaudit.services.azure.keys.keys import RESOURCE, below, named
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import published
from tfaudit.services.azure.platform.common import has_identity
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.azure.web.access_rules import ACCESS, REACHED
from tfaudit.services.azure.web.client_certificates import ASKED, CERTIFICATES
from tfaudit.services.azure.web.inline_secrets import written_down
from tfaudit.services.azure.web.outbound import OUTBOUND, ROUTED
from tfaudit.services.azure.web.runtimes import RUNTIME_WORDS, runtime
from tfaudit.services.azure.web.sign_in import AUTHENTICATION, SIGN_IN
from tfaudit.services.azure.web.site_config import (
    any_origin,
    beside,
    configuration,
    of_config,
)

READS = (
    "azurerm_linux_web_app",
    "azurerm_windows_web_app",
    "azurerm_linux_web_app_slot",
    "azurerm_windows_web_app_slot",
    "azurerm_linux_function_app",
    "azurerm_windows_function_app",
    "azurerm_linux_function_app_slot",
    "azurerm_windows_function_app_slot",
    "azurerm_function_app_flex_consumption",
    "azurerm_app_service",
    "azurerm_app_service_slot",
    "azurerm_function_app",
    "azurerm_function_app_slot",
    "azurerm_logic_app_standard",
    "microsoft.web/sites",
    "microsoft.web/sites/slots",
)
KINDS = ("web_app",)
NAMES = ("name",)
COMPANIONS = {
    "microsoft.web/sites/basicpublishingcredentialspolicies": "parent",
    "microsoft.web/sites/slots/basicpublishingcredentialspolicies": "parent",
    "microsoft.web/sites/config": "parent",
    "microsoft.web/sites/slots/config": "parent",
    "azurerm_app_service_virtual_network_swift_connection": "app_service_id",
    "azurerm_app_service_slot_virtual_network_swift_connection": "slot_name",
    "microsoft.web/sites/networkconfig": "parent",
    "microsoft.web/sites/slots/networkconfig": "parent",
}
ARM_TYPES = (
    "Microsoft.Web/sites",
    "Microsoft.Web/sites/slots",
    "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
    "Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies",
    "Microsoft.Web/sites/config",
    "Microsoft.Web/sites/slots/config",
    "Microsoft.Web/sites/networkConfig",
    "Microsoft.Web/sites/slots/networkConfig",
)

ARM_TYPE = "microsoft.web/sites"
_SLOTS = "microsoft.web/sites/slots"
_PAGES = "hashicorp/azurerm/{}/docs/resources/{}"
_LOGIC_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/logic_app_standard"
_OLDER = (
    "azurerm_app_service",
    "azurerm_app_service_slot",
    "azurerm_function_app",
    "azurerm_function_app_slot",
)
_TLS = "learn.microsoft.com/azure/app-service/overview-tls"
_BASIC = "learn.microsoft.com/azure/app-service/configure-basic-auth-disable"
_FTP = "learn.microsoft.com/azure/app-service/deploy-ftp"
_HTTPS = "learn.microsoft.com/azure/app-service/configure-ssl-bindings"
_DEBUGGING = "learn.microsoft.com/azure/app-service/configure-common"
_IDENTITY = "learn.microsoft.com/azure/app-service/overview-managed-identity"
_HTTP2 = "learn.microsoft.com/azure/app-service/configure-common"
_HEALTH = "learn.microsoft.com/azure/app-service/monitor-instances-health-check"
_CORS = "learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api"
_PUBLISHED = tuple(each for each in COMPANIONS if each.endswith("basicpublishingcredentialspolicies"))

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "app": azure(("app_service_id", "function_app_id", "app_service_name", "function_app_name"), "parent"),
    "https": azure("https_only", "properties.httpsOnly"),
    "lowest_tls": azure(
        ("site_config.minimum_tls_version", "site_config.min_tls_version"),
        "properties.siteConfig.minTlsVersion",
    ),
    "scm_tls": azure(
        ("site_config.scm_minimum_tls_version", "site_config.scm_min_tls_version"),
        "properties.siteConfig.scmMinTlsVersion",
    ),
    "health": azure("site_config.health_check_path", "properties.siteConfig.healthCheckPath"),
    "ftp": azure("site_config.ftps_state", "properties.siteConfig.ftpsState"),
    "ftp_basic": azure("ftp_publish_basic_authentication_enabled", NOTHING),
    "deploy_basic": azure(
        ("webdeploy_publish_basic_authentication_enabled", "scm_publish_basic_authentication_enabled"),
        NOTHING,
    ),
    "debugging": azure(
        "site_config.remote_debugging_enabled", "properties.siteConfig.remoteDebuggingEnabled"
    ),
    "origins": azure("site_config.cors.allowed_origins", "properties.siteConfig.cors.allowedOrigins"),
    "identity": azure("identity.type", "identity.type"),
    "settings": azure("app_settings", "properties.siteConfig.appSettings"),
    "connections": azure("connection_string", "properties.siteConfig.connectionStrings"),
    "http2": azure("site_config.http2_enabled", "properties.siteConfig.http20Enabled"),
    **SIGN_IN,
    **CERTIFICATES,
    **ACCESS,
    **OUTBOUND,
    **RUNTIME_WORDS,
}
IDENTITY = (*RESOURCE, "app")
PUBLISHING: Spelling = {
    # of what states one way of publishing to an app
    "name": azure(None, "name"),
    "value": azure(None, "properties.allow"),
}


def _plain(state: Any) -> Any:
    """Return whether files may be put there by plain FTP."""
    if state is None:
        return None
    word = lower(state)
    return word == "allallowed" if word in ("allallowed", "ftpsonly", "disabled") else not_judged(state)


def _basic(view: View) -> Any:
    """Return whether a user name and a password publish to it, by one way or the other.

    Each way is open where nothing closes it; templates close it by a resource of its own, called `ftp` or `scm`.
    """
    ways = [_way(view, word, name) for word, name in (("ftp_basic", "ftp"), ("deploy_basic", "scm"))]
    unsure: Any = None
    for each in ways:
        match each:
            case Known(value=value) if switched(value) is False:
                continue
            case Known(value=value) if switched(value) is True:
                return each
            case Absent():  # said where the other way is closed, if it is
                other = next((one for one in ways if isinstance(one, Known)), None)
                return each if other is None else Known(True, other.resource, other.path)
            case Known(value=value):
                unsure = unsure or not_judged(value)
            case _:
                unsure = unsure or each
    return unsure or ways[0]


def _way(view: View, word: str, name: str) -> Reading:
    """Return whether one way is open: as the app states it, or what belongs to it does."""
    reading = view.word(word)
    if not isinstance(reading, Absent):
        return reading
    return parameter(view, beside(view, _PUBLISHED), name, PUBLISHING)


def _configured(view: View) -> Iterator[tuple[str, Reading]]:
    """Yield what configurations beside the app state of settings and of connections."""
    yield "settings", configuration(view, "appsettings", "all")
    yield "connections", configuration(view, "connectionstrings", "all")


def _page(view: View) -> str:
    """Return the provider's page of the resource's own type; version 4 dropped the types for both systems."""
    type_ = view.resource.type
    return _PAGES.format("3.117.0" if type_ in _OLDER else "4.50.0", type_.removeprefix("azurerm_"))


def _ftp_by_default(view: View) -> Documented:
    if view.resource.type == "azurerm_logic_app_standard":
        return Documented(True, _LOGIC_PAGE)
    return Documented(view.resource.type in _OLDER, _page(view))


def _http_by_default(view: View) -> Documented:
    return Documented(False, _page(view))


APP: Facts = {
    "https_only": Fact(
        switched,
        of=("https",),
        default=ByPlane(terraform=_http_by_default, arm=Documented(False, _HTTPS)),
    ),
    "tls.min_version": of_config("lowest_tls", default=Documented("1.2", f"{_TLS}: of apps made since 2018")),
    "publishing.tls_min_version": of_config(
        "scm_tls", default=Documented("1.2", f"{_TLS}: of apps made since 2018")
    ),
    "health_check": of_config("health", bool, default=Documented(False, _HEALTH)),
    "plain_ftp": of_config(
        "ftp",
        _plain,
        default=ByPlane(terraform=_ftp_by_default, arm=Documented(True, _FTP)),
    ),
    "basic_publishing": Fact(
        joins=_basic,
        of=("ftp_basic", "deploy_basic", "name"),
        default=Documented(True, _BASIC),
        beside=_PUBLISHED,
    ),
    "remote_debugging": of_config("debugging", switched, default=Documented(False, _DEBUGGING)),
    "cors.any_origin": of_config("origins", any_origin, default=Documented(False, _CORS)),
    "runtime": runtime(),
    "managed_identity": Fact(has_identity, of=("identity",), default=Documented(False, _IDENTITY)),
    "authentication": AUTHENTICATION,
    "http2": of_config(
        "http2", switched, default=ByPlane(terraform=_http_by_default, arm=Documented(False, _HTTP2))
    ),
    **ASKED,
    **REACHED,
    "network.all_outbound_routed": ROUTED,
    **published.app_facts(REACHED["network.public"]),
    "inline_secrets": written_down(_configured),
    "logs.enabled": logged("AppServiceHTTPLogs", "FunctionAppLogs", "AppServiceAuditLogs", arm_type=ARM_TYPE),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `web_app` that the resource declares: an app, or a slot of one."""
    if view.resource.type == _SLOTS or view.resource.type.endswith("_slot"):
        yield asset("web_app", view, APP, below(view, "app", ARM_TYPE, "slots"))
    else:
        yield asset("web_app", view, APP, named(view, ARM_TYPE))
