"""The configurations of an app of App Service: what the app states itself, and what resources beside it do.

A template states them in the app's `siteConfig`, or in `Microsoft.Web/sites/config` of the name `web`, `appsettings`,
`connectionstrings` or `authsettingsV2`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.settings import Unknown
from tfaudit.model.vocabulary.types import SettingType
from tfaudit.reading.companions import told_whole
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import Spelling, Word, azure
from tfaudit.reading.states import Absent, Reading
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.databases.server_parameters import named_beside, parameter

ARM_TYPES = ("Microsoft.Web/sites/config", "Microsoft.Web/sites/slots/config")
_SITES, _SLOTS = "microsoft.web/sites", "microsoft.web/sites/slots"
CONFIGURED = (f"{_SITES}/config", f"{_SLOTS}/config")
"""The types of configurations beside an app."""

_RULE: Spelling = {
    # word of a rule, then its path in Terraform and in ARM, where an address may be the name of a tag
    "address": azure("ip_address", "ipAddress"),
    "tag": azure("service_tag", "tag"),
    "subnet": azure("virtual_network_subnet_id", "vnetSubnetResourceId"),
    "headers": azure("headers", "headers"),
    "action": azure("action", "action"),
    "priority": azure("priority", "priority"),
}


def rule_words(arm: str, terraform: str = "") -> Spelling:
    """Return the words of the rules of an app's two sites, as the app or a configuration has them below these paths."""

    def word(own: str, azures: str, rows: Spelling | None = None) -> Word:
        return azure(f"{terraform}{own}" if terraform else None, f"{arm}{azures}", rows)

    return {
        "rules": word("ip_restriction", "ipSecurityRestrictions", _RULE),
        "otherwise": word("ip_restriction_default_action", "ipSecurityRestrictionsDefaultAction"),
        "as_main": word("scm_use_main_ip_restriction", "scmIpSecurityRestrictionsUseMain"),
        "scm_rules": word("scm_ip_restriction", "scmIpSecurityRestrictions", _RULE),
        "scm_otherwise": word("scm_ip_restriction_default_action", "scmIpSecurityRestrictionsDefaultAction"),
    }


CONFIG: Spelling = {
    # word of a configuration, then its path in Terraform and in ARM
    "name": azure(None, "name"),
    "all": azure(None, "properties"),
    "signs_in": azure(None, "properties.platform.enabled"),
    "requires_sign_in": azure(None, "properties.globalValidation.requireAuthentication"),
    "without_sign_in": azure(None, "properties.globalValidation.unauthenticatedClientAction"),
    "open_paths": azure(None, "properties.globalValidation.excludedPaths"),
    "older_sign_in": azure(None, "properties.enabled"),
    "older_without": azure(None, "properties.unauthenticatedClientAction"),
    "lowest_tls": azure(None, "properties.minTlsVersion"),
    "scm_tls": azure(None, "properties.scmMinTlsVersion"),
    "health": azure(None, "properties.healthCheckPath"),
    "ftp": azure(None, "properties.ftpsState"),
    "debugging": azure(None, "properties.remoteDebuggingEnabled"),
    "origins": azure(None, "properties.cors.allowedOrigins"),
    "runs": azure(None, "properties.linuxFxVersion"),
    "runs_on_windows": azure(None, "properties.windowsFxVersion"),
    "http2": azure(None, "properties.http20Enabled"),
    "route_all": azure(None, "properties.vnetRouteAllEnabled"),
    **rule_words("properties."),
}


_SWITCH: SettingType = "bool"


def beside(view: View, types: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of `types` that are an app's own children: those of its slots point at the app as well.

    What azurerm declares may have children that azapi declares.
    """
    type_ = view.resource.type
    above = type_ if "/" in type_ else _SLOTS if type_.endswith("_slot") else _SITES
    return tuple(each for each in types if each.rpartition("/")[0] == above)


def configuration(view: View, name: str, word: str) -> Reading:
    """Return what the configuration `name` beside an app states for a word of `CONFIG`."""
    return parameter(view, beside(view, CONFIGURED), name, CONFIG, word)


def any_origin(origins: Any) -> bool | None:
    """Return whether pages of every origin may read its answers."""
    return None if origins is None else some(as_list(origins), lambda each: each == "*")


def stating(view: View, *words: str) -> View | Unknown | Absent:
    """Return what states one of the words of an app: itself, in its `siteConfig`, or the configuration `web` beside it.

    Live, the app's own is all that Azure has of `web`, so nothing beside it is looked at.
    """
    if told_whole(view.resource, "properties.siteConfig") or not all(
        isinstance(view.word(each), Absent) for each in words
    ):
        return view
    return named_beside(view, beside(view, CONFIGURED), "web", CONFIG)


def of_web(view: View, word: str) -> Reading:
    """Return a word of the app, as what is `stating` it has it."""
    found = stating(view, word)
    return found.word(word) if isinstance(found, View) else found


def of_config(
    word: str,
    using: Callable[[Any], Any] | None = None,
    *,
    default: Documented | ByPlane,
) -> Fact:
    """Return the fact that is a word of the app, as `of_web` has it; `using` converts its value to a bool."""
    converted = Fact(using, of=(word,)) if using is not None else None

    def joins(view: View) -> Any:
        found = stating(view, word)
        if not isinstance(found, View):
            return found
        reading = found.word(word)
        return reading if converted is None or isinstance(reading, Absent) else converted.read(found, _SWITCH)

    return Fact(joins=joins, of=(word, "name"), default=default)
