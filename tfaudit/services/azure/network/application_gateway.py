"""Azure Application Gateways, as `load_balancer` assets, and their listeners.

The TLS policy stands on the gateway; a listener has one of its own only through an SSL profile. A web application
firewall is a block of the gateway or a policy that it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Default, Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool, as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.api_versions import changed_with
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.elements import element_name, elements
from tfaudit.services.azure.keys.keys import RESOURCE, inside, named, raw
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.provider import changed_in
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_application_gateway", "microsoft.network/applicationgateways")
KINDS = ("load_balancer", "listener")
ARM_TYPES = (
    "Microsoft.Network/applicationGateways",
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
)

ARM_TYPE = "microsoft.network/applicationgateways"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/application_gateway",
    "learn.microsoft.com/azure/templates/microsoft.network/applicationgateways",
)
_TLS = "learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview"
_WAF = "learn.microsoft.com/azure/web-application-firewall/ag/ag-overview"
_WAF_POLICY = "hashicorp/azurerm/4.50.0/docs/resources/web_application_firewall_policy"

_PREDEFINED = {
    "appgwsslpolicy20150501": "1.0",
    "appgwsslpolicy20170401": "1.1",
    "appgwsslpolicy20170401s": "1.2",
    "appgwsslpolicy20220101": "1.2",
    "appgwsslpolicy20220101s": "1.2",
}
_POLICIES = (
    "azurerm_web_application_firewall_policy",
    "microsoft.network/applicationgatewaywebapplicationfirewallpolicies",
)
_VERSIONS = ("1.0", "1.1", "1.2", "1.3")

POLICY: Spelling = {
    # word of a TLS policy, then its path in Terraform and in ARM
    "policy": azure("ssl_policy", "properties.sslPolicy"),
    "policy_name": azure("ssl_policy.policy_name", "properties.sslPolicy.policyName"),
    "lowest": azure("ssl_policy.min_protocol_version", "properties.sslPolicy.minProtocolVersion"),
    "disabled": azure("ssl_policy.disabled_protocols", "properties.sslPolicy.disabledSslProtocols"),
}
TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    **POLICY,
    # word, then its path in Terraform and in ARM
    "tier": azure("sku.tier", "properties.sku.tier"),
    "zones": azure("zones", "zones"),
    "firewall_policy": azure("firewall_policy_id", "properties.firewallPolicy.id"),
    "firewall": azure("waf_configuration.enabled", "properties.webApplicationFirewallConfiguration.enabled"),
    "firewall_mode": azure(
        "waf_configuration.firewall_mode", "properties.webApplicationFirewallConfiguration.firewallMode"
    ),
    "frontends": azure(
        "frontend_ip_configuration",
        "properties.frontendIPConfigurations",
        rows={"address": azure("public_ip_address_id", "properties.publicIPAddress")},
    ),
    "listeners": azure(
        "http_listener",
        "properties.httpListeners",
        rows={
            "name": azure("name", "name"),
            "protocol": azure("protocol", "properties.protocol"),
            "profile": azure("ssl_profile_name", "properties.sslProfile.id"),
        },
    ),
    "rules": azure(
        "request_routing_rule",
        "properties.requestRoutingRules",
        rows={
            "listener": azure("http_listener_name", "properties.httpListener.id"),
            "redirect": azure("redirect_configuration_name", "properties.redirectConfiguration.id"),
        },
    ),
    "redirects": azure(
        "redirect_configuration",
        "properties.redirectConfigurations",
        rows={
            "name": azure("name", "name"),
            "url": azure("target_url", "properties.targetUrl"),
            "target": azure("target_listener_name", "properties.targetListener.id"),
        },
    ),
    "profiles": azure(
        "ssl_profile", "properties.sslProfiles", rows={"name": azure("name", "name"), **POLICY}
    ),
}
IDENTITY = ("id", "name", "group", "listeners")
FIREWALL: Spelling = {
    # word of a policy of a web application firewall, then its path in Terraform and in ARM
    "enabled": azure("policy_settings.enabled", "properties.policySettings.state"),
    "mode": azure("policy_settings.mode", "properties.policySettings.mode"),
}


def _last(name: Any) -> str:
    """Return the name of a part of the gateway, which ARM calls by its id."""
    return str(name).rpartition("/")[2]


def _called(parts: list[View], word: str, name: str) -> View | Unknown | None:
    """Return the part whose `word` is `name`, or why it is not known whether there is one; None for none."""
    unclear: Unknown | None = None
    for part in parts:
        reading = part.word(word)
        match reading:
            case Known(value=value):
                if _last(value) == name:
                    return part
            case Unknown():
                unclear = unclear or reading
            case Pointer():
                unclear = unclear or reading.unknown
            case Absent():
                pass
    return unclear


def _lowest_version(policy: Any, name: Any, lowest: Any, disabled: Any) -> Any:
    """Return the lowest TLS version that a TLS policy lets in."""
    if name:
        return Said(_PREDEFINED.get(str(name).lower(), str(name)), by="policy_name")
    if lowest is not None:
        return Said(str(lowest), by="lowest")
    if disabled is not None:
        closed = {
            str(each).lower().removeprefix("tlsv").replace("_", ".") for each in as_list(disabled) or ()
        }
        opened = next((version for version in _VERSIONS if version not in closed), None)
        if opened is not None:
            return Said(opened, by="disabled")
    return None if policy is None else CannotTell("it is not set, and no default is documented", "set it")


_OF_POLICY = ("policy", "policy_name", "lowest", "disabled")
_LOWEST = Fact(
    _lowest_version,
    of=_OF_POLICY,
    default=ByPlane(
        terraform=changed_in(4, "1.0", "1.2", _TLS), arm=changed_with("2023-02-01", "1.0", "1.2", _TLS)
    ),
)


def _minimum_tls(view: View) -> Any:
    protocols = [each.word("protocol") for each in elements(view, "listeners")]
    plain = [isinstance(each, Known) and str(each.value).lower() in ("http", "tcp") for each in protocols]
    if plain and all(plain):
        return NotApplicable("none of its listeners speaks TLS", view.resource, view.base)
    return _LOWEST.read(view, "tls")


def _public(view: View) -> states.Reading:
    unsure: Unknown | None = None
    for frontend in elements(view, "frontends"):
        address = frontend.word("address")
        match address:
            case Unknown():
                unsure = address
            case Known() | Pointer():
                return Known(True, address.resource, address.path)
            case Absent():
                pass
    return unsure or Absent(view.resource, view.base)


def _policy_named(view: View) -> View | None:
    targets = view.leads_to("firewall_policy", *_POLICIES)
    return next((each.spelled(FIREWALL) for each in targets), None)


def has_firewall(view: View) -> states.Reading:
    """Return whether a web application firewall of the gateway, or a policy that it names, is in force."""
    tier = view.word("tier")
    if not isinstance(tier, Known):
        return tier
    if not str(tier.value).lower().startswith("waf"):
        return Known(False, tier.resource, tier.path)
    policy, own = view.word("firewall_policy"), view.word("firewall")
    if isinstance(policy, Absent):
        return own
    target = _policy_named(view)
    if target is not None and not isinstance(enabled := target.word("enabled"), Absent):
        return enabled
    if isinstance(policy, Unknown):
        return own if isinstance(own, Known) and as_bool(own.value) is True else policy
    return Known(True, policy.resource, policy.path)


def _waf_mode(view: View) -> Any:
    waf = has_firewall(view)
    if isinstance(waf, Known) and as_bool(waf.value) is False:
        return NotApplicable("it has no web application firewall", view.resource, view.base)
    policy = view.word("firewall_policy")
    if isinstance(policy, Absent):
        return _in_lower_case(view.word("firewall_mode"))
    target = _policy_named(view)
    if target is None:
        because = f"its firewall policy {raw(view, 'firewall_policy')} is not declared here"
        return Unknown(because, "scan the root that declares it", policy.resource, policy.path)
    mode = target.word("mode")
    if isinstance(mode, Absent):
        return Default("prevention", _WAF_POLICY, target.resource)
    return _in_lower_case(mode)


def _in_lower_case(reading: states.Reading) -> states.Reading:
    if isinstance(reading, Known):
        return Known(lower(reading.value), reading.resource, reading.path)
    return reading


def _secure(listener: View) -> states.Reading:
    protocol = listener.word("protocol")
    if not isinstance(protocol, Known):
        return protocol
    return Known(str(protocol.value).lower() in ("https", "tls"), protocol.resource, protocol.path)


def _whole(listener: View) -> View:
    return View(listener.resource, listener.inventory, table=TABLE)


def _redirects(listener: View) -> states.Reading | NotApplicable:
    """Return whether a plain listener only sends clients to HTTPS."""
    protocol, name = listener.word("protocol"), listener.word("name")
    if isinstance(protocol, Known) and str(protocol.value).lower() != "http":
        return NotApplicable("it speaks HTTPS itself", listener.resource, listener.base)
    not_sent = Known(False, protocol.resource, protocol.path)
    rules = elements(_whole(listener), "rules")
    if all(isinstance(rule.word("redirect"), Absent) for rule in rules):
        return not_sent
    if not isinstance(name, Known):
        return not_sent if isinstance(name, Absent) else name
    rule = _called(rules, "listener", str(name.value))
    return _redirect_of(rule, listener, not_sent) if isinstance(rule, View) else rule or not_sent


def _redirect_of(rule: View, listener: View, not_sent: Known) -> states.Reading:
    """Return whether the redirect that a rule names, if any, is to HTTPS."""
    wanted, whole = rule.word("redirect"), _whole(listener)
    if not isinstance(wanted, Known):
        return not_sent if isinstance(wanted, Absent) else wanted
    redirect = _called(elements(whole, "redirects"), "name", _last(wanted.value))
    return _to_https(redirect, whole) if isinstance(redirect, View) else redirect or not_sent


def _to_https(redirect: View, whole: View) -> states.Reading:
    url, target = redirect.word("url"), redirect.word("target")
    match url:
        case Known(value=value):
            return Known(str(value).lower().startswith("https://"), url.resource, url.path)
        case Unknown() | Pointer():
            return url
        case Absent():
            pass
    if not isinstance(target, Known):
        return target
    listener = _called(elements(whole, "listeners"), "name", _last(target.value))
    if not isinstance(listener, View):
        because = f"the listener {target.value} that it leads to is not declared here"
        return listener or Unknown(because, "check it by hand", target.resource, target.path)
    match protocol := listener.word("protocol"):
        case Known(value=value):
            return Known(str(value).lower() == "https", target.resource, target.path)
        case Absent():
            return Known(False, target.resource, target.path)
        case Unknown() | Pointer():
            return protocol


def _secure_or_redirects(listener: View) -> Any:
    secure = _secure(listener)
    return _redirects(listener) if isinstance(secure, Known) and not secure.value else secure


def _own_minimum(listener: View) -> Any:
    """Return the lowest TLS version of the listener's own policy, where it has one by an SSL profile."""
    secure, name = _secure(listener), listener.word("profile")
    if isinstance(secure, Known) and not secure.value:
        return NotApplicable("it does not speak TLS", listener.resource, listener.base)
    if isinstance(name, (Unknown, Pointer)):
        return name
    profile: View | Unknown | None = None
    if isinstance(name, Known):
        profile = _called(elements(_whole(listener), "profiles"), "name", _last(name.value))
    if isinstance(profile, View) and not isinstance(profile.word("policy"), Absent):
        return Fact(_lowest_version, of=_OF_POLICY).read(profile, "tls")
    if isinstance(profile, Unknown):
        return profile
    because = "its gateway's TLS policy holds: the gateway is judged"
    return NotApplicable(because, listener.resource, listener.base)


GATEWAY: Facts = {
    "tls.min_version": Fact(joins=_minimum_tls, of=("listeners", *_OF_POLICY)),
    "network.public": Fact(joins=_public, of=("frontends",), default=Documented(False, _PAGE)),
    "waf": Fact(
        joins=has_firewall, of=("tier", "firewall_policy", "firewall"), default=Documented(False, _WAF)
    ),
    "waf.mode": Fact(joins=_waf_mode, of=("tier", "firewall_policy", "firewall", "firewall_mode")),
    "drop_invalid_headers": inapplicable("an Application Gateway has no such setting"),
    "logs.enabled": logged("ApplicationGatewayAccessLog", arm_type=ARM_TYPE),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}
LISTENER: Facts = {
    "https_only": Fact(joins=_secure_or_redirects, of=("protocol", "name")),
    "tls.min_version": Fact(joins=_own_minimum, of=("protocol", "profile")),
    "tags": inapplicable("a listener has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the gateway and each of its HTTP listeners."""
    key = named(view, ARM_TYPE)
    yield asset("load_balancer", view, GATEWAY, key)
    for index, listener in enumerate(elements(view, "listeners")):
        called = listener.word("name")
        name = str(called.value) if isinstance(called, Known) and called.value else str(index)
        own = inside(key, ARM_TYPE, "httplisteners", name) if isinstance(key, str) else key
        yield asset(
            "listener", listener, LISTENER, own, name, f"{element_name(view, 'listeners', 0)}[{index}]"
        )
