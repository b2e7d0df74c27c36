"""Who reaches an app of App Service past its gateway: its public address, and the rules of its two sites.

An app has its own site and one for publishing, `scm`. Of the rules of a site, in order of their priority, the first
that is about a caller decides; what becomes of those whom none is about is said beside them. Where nothing is said of
that, an app with rules refuses them (learn.microsoft.com/azure/app-service/overview-access-restrictions): azurerm does
say it, as Allow, for the apps that it has had since 3 (hashicorp/azurerm/4.50.0/docs/resources/linux_web_app).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from tfaudit.model.settings import Default, Known, Setting, Unknown
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.lift import Veil, may_be_null
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.network.private_endpoints import TYPES, has_private_endpoint
from tfaudit.services.azure.provider import older_than
from tfaudit.services.azure.web.environments import outside
from tfaudit.services.azure.web.site_config import rule_words, stating
from tfaudit.services.open_ports import holds, is_world

ARM_TYPES = ("Microsoft.Web/sites", "Microsoft.Web/sites/config")

_PAGE = "learn.microsoft.com/azure/app-service/overview-access-restrictions"
_AZURERM = "hashicorp/azurerm/4.50.0/docs/resources/linux_web_app"
_OLDER = (
    "azurerm_app_service",
    "azurerm_app_service_slot",
    "azurerm_function_app",
    "azurerm_function_app_slot",
)
"""Types by which azurerm says nothing of the public address."""
_OF_ARM = (*_OLDER, "azurerm_logic_app_standard")
"""Types for which azurerm leaves it to Azure what becomes of those whom no rule is about."""

ACCESS: Spelling = {
    "endpoint": azure(
        (
            "public_network_access_enabled",
            "public_network_access",
            "site_config.public_network_access_enabled",
        ),
        ("properties.publicNetworkAccess", "properties.siteConfig.publicNetworkAccess"),
    ),
    "plan": azure(("service_plan_id", "app_service_plan_id"), "properties.serverFarmId"),
    "environment": azure(NOTHING, "properties.hostingEnvironmentProfile.id"),
    **rule_words("properties.siteConfig.", "site_config."),
}
PLANS = ("azurerm_service_plan", "azurerm_app_service_plan", "microsoft.web/serverfarms")
_PLAN: Spelling = {
    "environment": azure("app_service_environment_id", "properties.hostingEnvironmentProfile.id")
}
_ENVIRONMENTS = (
    "azurerm_app_service_environment_v3",
    "azurerm_app_service_environment",
    "microsoft.web/hostingenvironments",
)
_MODE: Spelling = {"mode": azure("internal_load_balancing_mode", "properties.internalLoadBalancingMode")}
_OPEN = Documented(True, _PAGE)
_NO_RULES = Inapplicable("it has no rules that name who is let in")
_PRIVATE = has_private_endpoint("microsoft.web/sites")
_MODE_SETTLES = "look at the internal load balancing mode of the environment"
_SETTLE = "set the default action of the rules"
_LAST = 65_000
"""Where a rule stands that says nothing of it: azurerm's default, and after every other rule."""


def _about_everyone(rule: Mapping[str, Any]) -> bool:
    """Whether a rule is about callers of all addresses, whatever headers they send."""
    headers, subnet = rule.get("headers"), rule.get("subnet")
    if type(subnet) is Veil and not may_be_null(subnet):
        return False
    if headers not in (None, [], {}) or subnet not in (None, ""):
        return False
    return any(is_world(each.strip()) for each in _sources(rule))


def _sources(rule: Mapping[str, Any]) -> list[str]:
    """Return the addresses and tags of a rule, several of which have commas between them."""
    found: list[str] = []
    for word in ("address", "tag"):
        value = rule.get(word)
        if type(value) is Veil and not may_be_null(value):
            continue  # the address of another resource is one
        if value not in (None, "") and not (word == "tag" and rule.get("address") not in (None, "")):
            found += str(value).split(",")
    return found


def _refuses(rule: Mapping[str, Any]) -> bool:
    return lower(rule.get("action")) == "deny"


def _lets_in_all(rules: Any, otherwise: Any, word: str, by_azure: bool | None) -> Any:
    """Return whether everybody is let in: by the first rule that is about everybody, or since no rule is.

    `by_azure` is whether Azure says what becomes of those whom no rule is about, None where that is not known.
    """
    stated = as_list(rules) or []
    about = [(at, each) for at, each in enumerate(stated) if _about_everyone(each)]
    for at, each in sorted(about, key=lambda one: _place(one[1])):
        if not _refuses(each):
            return Said(True, by=word, row=at)
        if any(holds((source.strip(),), "*") for source in _sources(each)):
            return Said(False, by=word, row=at)
    if otherwise is not None:
        return Said(lower(otherwise) != "deny", by=word.replace("rules", "otherwise"))
    if not stated:
        return None
    if by_azure is None:
        return CannotTell("azurerm 3 came to say what becomes of those whom no rule is about", _SETTLE)
    return Said(False if by_azure else Documented(True, _AZURERM), by=word)


def _place(rule: Mapping[str, Any]) -> int:
    priority = rule.get("priority")
    return _LAST if priority in (None, "") else int(priority)


def _main(by_azure: bool | None) -> Fact:
    return Fact(
        lambda rules, otherwise: _lets_in_all(rules, otherwise, "rules", by_azure), of=("rules", "otherwise")
    )


def _scm(by_azure: bool | None) -> Fact:
    def open_(as_main: Any, rules: Any, otherwise: Any, scm_rules: Any, scm_otherwise: Any) -> Any:
        if switched(as_main) is True:
            return _lets_in_all(rules, otherwise, "rules", by_azure)
        return _lets_in_all(scm_rules, scm_otherwise, "scm_rules", by_azure)

    return Fact(open_, of=("as_main", "rules", "otherwise", "scm_rules", "scm_otherwise"))


def _undone(by_azure: bool | None) -> Fact:
    def undone(rules: Any, otherwise: Any) -> Any:
        if not some(as_list(rules), lambda each: not _refuses(each) and not _about_everyone(each)):
            return _NO_RULES
        return _lets_in_all(rules, otherwise, "rules", by_azure)

    return Fact(undone, of=("rules", "otherwise"))


def _by_azure(view: View) -> bool | None:
    """Return whether Azure says what becomes of those whom no rule is about, and not azurerm; None for not known."""
    if view.dialect == "arm" or view.resource.type in _OF_ARM:
        return True
    return None if older_than(view, 4) else False


def _by_rules(view: View, fact: Callable[[bool | None], Fact]) -> Any:
    """Return what the rules of a site come to, as the app or the configuration `web` beside it states them."""
    found = stating(view, *fact(None).of)
    if not isinstance(found, View):
        return found
    return replace(fact(_by_azure(view)), default=_NO_RULES if fact is _undone else _OPEN).read(found, "bool")


def _closed(view: View) -> Setting | None:
    """Return why nobody gets in by the app's public address, or why that is not known; None where somebody may."""
    endpoint = view.word("endpoint")
    match endpoint:
        case Known(value=value) if switched(value) is False:
            return Known(False, endpoint.resource, endpoint.path)
        case Known(value=value) if isinstance(said := switched(value), CannotTell):
            return Unknown(said.because, said.settle_with, endpoint.resource, endpoint.path)
        case Unknown():
            return endpoint
        case Pointer(unknown=unknown):
            return unknown
        case Absent() if (
            view.dialect == "arm" or view.resource.type in _OLDER
        ):  # a private endpoint closes it
            private = _PRIVATE.read(view, "bool")
            if isinstance(private, Known) and private.value is True:
                return Known(False, private.resource, private.path)
            if isinstance(private, Unknown):
                return private
        case _:
            pass
    return None


def _inside(view: View, site: str) -> Setting | None:
    """Return that the address of a site is one of a network, or may be one; None where it is a public one.

    An App Service environment says of the addresses of its apps.
    """
    plans = [each.spelled(_PLAN) for each in view.leads_to("plan", *PLANS)]
    for each in (view, *plans):
        stands_in = each.word("environment")
        if isinstance(stands_in, Absent):
            continue
        for found in each.leads_to("environment", *_ENVIRONMENTS):
            mode = found.spelled(_MODE).word("mode")
            if isinstance(mode, Unknown):
                return mode
            if isinstance(mode, Known) and not outside(mode.value, site):
                return Known(False, mode.resource, mode.path)
            return None
        because = "it stands in an App Service environment, which may be inside a network only"
        return Unknown(because, _MODE_SETTLES, stands_in.resource, stands_in.path)
    return None


def _reached_by(fact: Callable[[bool | None], Fact], site: str) -> Fact:
    def joins(view: View) -> Any:
        closed = _closed(view) or _inside(view, site)
        if isinstance(closed, Known):
            return closed
        open_ = _by_rules(view, fact)
        if closed is not None and getattr(open_, "value", True) is not False:
            return closed
        endpoint = view.word("endpoint")
        if isinstance(open_, (Absent, Default)) and isinstance(
            endpoint, Known
        ):  # that it is public stands there
            return Known(True, endpoint.resource, endpoint.path)
        return open_

    of = ("endpoint", "plan", "environment", *fact(None).of, *_PRIVATE.of)
    return Fact(joins=joins, of=of, default=_OPEN, beside=TYPES)


REACHED: Facts = {
    "network.public": _reached_by(_main, "web"),
    "network.publishing_public": _reached_by(_scm, "publishing"),
    "network.rules_let_in_all": Fact(
        joins=lambda view: _by_rules(view, _undone), of=("rules", "otherwise"), default=_NO_RULES
    ),
}
