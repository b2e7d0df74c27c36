"""The first Azure Front Door, as `load_balancer` assets, and its routing rules as `listener`.

Azure retires it in 2027. What answers, and what is done with it, are parts of the one resource.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_list, as_tls
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.elements import element_name, elements
from tfaudit.services.azure.keys.keys import RESOURCE, named, part_of, raw
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import waf_policies
from tfaudit.services.azure.network.waf_policies import ENABLED, FRONT_DOOR_POLICIES, MODE
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_frontdoor", "microsoft.network/frontdoors")
KINDS = ("load_balancer", "listener")
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/frontDoors", "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies")

ARM_TYPE = "microsoft.network/frontdoors"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/frontdoor",
    "learn.microsoft.com/azure/templates/microsoft.network/frontdoors",
)
_TLS = "learn.microsoft.com/azure/frontdoor/front-door-faq"
_DDOS = "learn.microsoft.com/azure/frontdoor/front-door-ddos"
_EDGES = "learn.microsoft.com/azure/frontdoor/front-door-overview"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "answers": azure(
        "frontend_endpoint",
        "properties.frontendEndpoints",
        rows={
            "policy": azure(
                "web_application_firewall_policy_link_id", "properties.webApplicationFirewallPolicyLink.id"
            ),
            "lowest_tls": azure(NOTHING, "properties.customHttpsConfiguration.minimumTlsVersion"),
        },
    ),
    "rules": azure(
        "routing_rule",
        "properties.routingRules",
        rows={
            "name": azure("name", "name"),
            "protocols": azure("accepted_protocols", "properties.acceptedProtocols"),
            "redirects": azure(
                "redirect_configuration.redirect_protocol",
                "properties.routeConfiguration.redirectProtocol",
            ),
        },
    ),
}
IDENTITY = (*RESOURCE, "rules")


def _policy(answer: View) -> View | None:
    return next(
        (each.spelled(waf_policies.TABLE) for each in answer.leads_to("policy", *FRONT_DOOR_POLICIES)), None
    )


def guarded(view: View) -> states.Reading:
    """Return whether a firewall in force stands before each name by which it answers."""
    found: states.Reading = Absent(view.resource, view.base)
    for answer in elements(view, "answers"):
        policy = answer.word("policy")
        match policy:
            case Absent():
                return Known(False, answer.resource, answer.base)
            case Unknown():
                return policy
            case Known() | Pointer():
                pass
        target = _policy(answer)
        enabled = ENABLED.read(target, "bool") if target else None
        if isinstance(enabled, Unknown):
            return enabled
        if enabled is not None and getattr(enabled, "value", True) is False:
            return Known(False, enabled.resource, enabled.path)
        found = Known(True, policy.resource, policy.path)
    return found


def _mode(view: View) -> Any:
    answers: list[Any] = []
    for answer in elements(view, "answers"):
        named_policy = answer.word("policy")
        if isinstance(named_policy, Absent):
            continue
        target = _policy(answer)
        if target is None:
            because = f"its firewall policy {raw(answer, 'policy')} is not declared here"
            settle = "scan the root that declares it"
            answers.append(Unknown(because, settle, named_policy.resource, named_policy.path))
        else:
            answers.append(MODE.read(target, "str"))
    if not answers:
        return NotApplicable("it has no web application firewall", view.resource, view.base)
    idle = [each for each in answers if getattr(each, "value", "prevention") != "prevention"]
    unclear = [each for each in answers if isinstance(each, Unknown)]
    return next(iter((*idle, *unclear, *answers)))


def _lowest(answers: Any) -> Any:
    """Return the lowest TLS version that one of its names lets in."""
    if answers is None:
        return None
    told = [each["lowest_tls"] for each in answers if each.get("lowest_tls") is not None]
    return min(told, key=lambda each: as_tls(each) or "0") if told else None


def _plain(protocols: Any) -> bool:
    return some(as_list(protocols), lambda each: lower(each) == "http")


def _redirected(redirects: Any) -> bool | None:
    return None if redirects is None else lower(redirects) == "httpsonly"


def _only_https(protocols: Any, redirects: Any) -> Any:
    if protocols is not None and not _plain(protocols):
        return True
    return _redirected(redirects)


FRONT_DOOR: Facts = {
    "tls.min_version": Fact(_lowest, of=("answers",), default=Documented("1.2", _TLS)),
    "https_only": inapplicable("its routing rules are judged"),
    "network.public": always(True, _EDGES),
    "waf": Fact(joins=guarded, of=("answers",), default=Documented(False, _PAGE)),
    "waf.mode": Fact(joins=_mode, of=("answers",)),
    "drop_invalid_headers": inapplicable("Front Door has no such setting"),
    "logs.enabled": logged("FrontdoorAccessLog", arm_type=ARM_TYPE),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}
_NEITHER = ByPlane(terraform=Documented(False, _PAGE), arm=Documented(False, _PAGE))
LISTENER: Facts = {
    "https_only": Fact(_only_https, of=("protocols", "redirects"), default=_NEITHER),
    "tls.min_version": inapplicable("its Front Door is judged"),
    "network.public": inapplicable("its Front Door is judged"),
    "deletion_protection": inapplicable("its Front Door is judged"),
    "tags": inapplicable("a rule has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the Front Door and each of its routing rules."""
    key = named(view, ARM_TYPE)
    yield asset("load_balancer", view, FRONT_DOOR, key)
    for index, rule in enumerate(elements(view, "rules")):
        name = raw(rule, "name")
        shown = name if isinstance(name, str) else str(index)
        own = part_of(key, ARM_TYPE, "routingrules", name)
        yield asset("listener", rule, LISTENER, own, shown, f"{element_name(view, 'rules', 0)}[{index}]")
