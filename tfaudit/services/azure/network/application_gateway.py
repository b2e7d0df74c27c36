"""Azure Application Gateways, as `load_balancer` assets, and their listeners.

The TLS policy stands on the gateway; a listener has one of its own only through an SSL profile. A web application
firewall is a block of the gateway or a policy that it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.keys.keys import inside, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.provider import changed_in
from tfaudit.services.azure.tags import TAGS
from tfaudit.services.azure.zones import several

READS = ("azurerm_application_gateway",)
KINDS = ("load_balancer", "listener")

ARM_TYPE = "microsoft.network/applicationgateways"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/application_gateway"
_TLS = "learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview"
_WAF = "learn.microsoft.com/azure/web-application-firewall/ag/ag-overview"
_WAF_POLICY = "hashicorp/azurerm/4.50.0/docs/resources/web_application_firewall_policy"
_ZONES = "learn.microsoft.com/azure/application-gateway/application-gateway-autoscaling-zone-redundant"

_PREDEFINED = {
    "appgwsslpolicy20150501": "1.0",
    "appgwsslpolicy20170401": "1.1",
    "appgwsslpolicy20170401s": "1.2",
    "appgwsslpolicy20220101": "1.2",
    "appgwsslpolicy20220101s": "1.2",
}
_VERSIONS = ("1.0", "1.1", "1.2", "1.3")


def _policy_minimum(policy: View) -> Any:
    """Return the lowest TLS version that an `ssl_policy` block lets in."""
    name = policy.read("policy_name")
    if name.known and name.value:
        told = _PREDEFINED.get(str(name.value).lower())
        return Known(told, name.resource, name.path) if told else name
    lowest = policy.read("min_protocol_version")
    if not name.absent or not lowest.absent:
        return lowest if name.absent else name
    disabled = policy.read("disabled_protocols")
    if not disabled.known or any(not isinstance(each, str) for each in disabled.value):
        return disabled
    closed = {each.lower().removeprefix("tlsv").replace("_", ".") for each in disabled.value}
    told = next((version for version in _VERSIONS if version not in closed), None)
    return Known(told, disabled.resource, disabled.path) if told else ABSENT


def _minimum_tls(view: View) -> Any:
    listeners = [each.read("protocol") for each in view.each("http_listener")]
    if (
        not isinstance(view.read("http_listener").value, Unresolved)
        and listeners
        and all(each.known and str(each.value).lower() in ("http", "tcp") for each in listeners)
    ):
        return NotApplicable("none of its listeners speaks TLS", view.resource, view.base)
    for policy in view.each("ssl_policy"):
        return (
            policy.read("") if isinstance(policy.body, (Unresolved, Reference)) else _policy_minimum(policy)
        )
    return changed_in(view, 4, "1.0", "1.2", _TLS)


def _public(view: View) -> Any:
    unsure: Reading | None = None
    for frontend in view.each("frontend_ip_configuration"):
        address = frontend.read("public_ip_address_id")
        if isinstance(address.value, Unresolved):
            unsure = address
        elif not address.absent:
            return Known(True, address.resource, address.path)
    return unsure or ABSENT


def _firewall_policy(view: View) -> View | None:
    return next(iter(view.targets("firewall_policy_id", "azurerm_web_application_firewall_policy")), None)


def _waf(view: View) -> Any:
    tier = view.read("sku.tier")
    if not tier.known or not str(tier.value).lower().startswith("waf"):
        return Known(False, tier.resource, tier.path) if tier.known else tier
    policy = view.read("firewall_policy_id")
    if not policy.absent:
        target = _firewall_policy(view)
        enabled = target.read("policy_settings.enabled") if target else policy
        if target is not None and not enabled.absent:
            return enabled
        if isinstance(policy.value, Unresolved):
            own = view.read("waf_configuration.enabled")
            return own if own.value is True else policy
        return Known(True, policy.resource, policy.path)
    return view.read("waf_configuration.enabled")


def _waf_mode(view: View) -> Any:
    if getattr(_waf(view), "value", None) is False:
        return NotApplicable("it has no web application firewall", view.resource, view.base)
    policy = view.read("firewall_policy_id")
    if policy.absent:
        return view.read("waf_configuration.firewall_mode")
    target = _firewall_policy(view)
    if target is None:
        because = f"its firewall policy {policy.value} is not declared here"
        return Reading(Unresolved(because, "scan the root that declares it"), policy.resource, policy.path)
    mode = target.read("policy_settings.mode")
    return Default("prevention", _WAF_POLICY, target.resource) if mode.absent else mode


def _only_https(view: View) -> Any:
    told: Any = ABSENT
    for listener in view.each("http_listener"):
        secure = getattr(_secure(listener), "value", None)
        redirects = getattr(_redirects(listener), "value", None)
        where = listener.read("protocol")
        if secure is False and redirects is False:
            return Known(False, where.resource, where.path)
        if secure is not True and redirects is not True:
            told = Reading(
                Unresolved("a listener's protocol or redirect is not known", "scan the plan"),
                where.resource,
                where.path,
            )
        elif told is ABSENT:
            told = Known(True, where.resource, where.path)
    return told


def _secure(listener: View) -> Any:
    protocol = listener.read("protocol")
    if not protocol.known:
        return protocol
    return Known(str(protocol.value).lower() in ("https", "tls"), protocol.resource, protocol.path)


def _redirects(listener: View) -> Any:
    """Return whether a plain listener only sends clients to HTTPS."""
    protocol = listener.read("protocol")
    if protocol.known and str(protocol.value).lower() != "http":
        return NotApplicable("it speaks HTTPS itself", listener.resource, listener.base)
    whole = View(listener.resource, listener.inventory)
    name = listener.get("name")
    for rule in whole.each("request_routing_rule"):
        if rule.get("http_listener_name") != name or name is None:
            continue
        wanted = rule.read("redirect_configuration_name")
        if isinstance(wanted.value, (Unresolved, Reference)):
            return wanted
        for redirect in whole.each("redirect_configuration"):
            if redirect.get("name") == wanted.value:
                return _to_https(redirect, whole)
        return Known(False, protocol.resource, protocol.path)
    return Known(False, protocol.resource, protocol.path)


def _secure_or_redirects(listener: View) -> Any:
    secure = _secure(listener)
    return _redirects(listener) if isinstance(secure, Known) and not secure.value else secure


def _to_https(redirect: View, whole: View) -> Any:
    url = redirect.read("target_url")
    if url.known:
        return Known(str(url.value).lower().startswith("https://"), url.resource, url.path)
    target = redirect.read("target_listener_name")
    for listener in whole.each("http_listener"):
        if target.known and listener.get("name") == target.value:
            protocol = str(listener.get("protocol")).lower()
            return Known(protocol == "https", target.resource, target.path)
    return target


def _own_minimum(listener: View) -> Any:
    if getattr(_secure(listener), "value", None) is False:
        return NotApplicable("it does not speak TLS", listener.resource, listener.base)
    name = listener.read("ssl_profile_name")
    if isinstance(name.value, (Unresolved, Reference)):
        return name
    whole = View(listener.resource, listener.inventory)
    unclear: Reading | None = None
    for profile in whole.each("ssl_profile") if name.known else ():
        called = profile.read("name")
        if isinstance(called.value, Unresolved):
            unclear = unclear or called
        elif called.value == name.value:
            for policy in profile.each("ssl_policy"):
                return _policy_minimum(policy)
    return unclear or NotApplicable(
        "its gateway's TLS policy holds: the gateway is judged", listener.resource, listener.base
    )


GATEWAY = {
    "tls.min_version": Fact(terraform=_minimum_tls),
    "tls.required": Fact(terraform=_only_https, default=Documented(False, _PAGE)),
    "https_only": Fact(terraform=_only_https, default=Documented(False, _PAGE)),
    "redirect_to_https": Fact(not_applicable="its listeners are judged"),
    "network.public": Fact(terraform=_public, default=Documented(False, _PAGE)),
    "waf": Fact(terraform=_waf, default=Documented(False, _WAF)),
    "waf.mode": Fact(terraform=_waf_mode, using=lambda mode: str(mode).lower()),
    "ddos_protection": Fact(not_applicable="its network is judged"),
    "drop_invalid_headers": Fact(not_applicable="an Application Gateway has no such setting"),
    "logs.enabled": logged("ApplicationGatewayAccessLog", arm_type=ARM_TYPE),
    "audit.enabled": logged(
        "ApplicationGatewayAccessLog", "ApplicationGatewayFirewallLog", arm_type=ARM_TYPE
    ),
    "ha.multi_zone": Fact(terraform="zones", using=several, default=Documented(False, _ZONES)),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}
LISTENER = {
    "protocol": Fact(terraform="protocol", using=lambda word: str(word).lower()),
    "https_only": Fact(terraform=_secure_or_redirects),
    "redirect_to_https": Fact(terraform=_redirects),
    "tls.required": Fact(terraform=_secure),
    "tls.min_version": Fact(terraform=_own_minimum),
    "network.public": Fact(not_applicable="its gateway is judged"),
    "authentication": Fact(not_applicable="what it forwards to authenticates"),
    "deletion_protection": Fact(not_applicable="its gateway is judged"),
    "tags": Fact(not_applicable="a listener has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the gateway and each of its HTTP listeners."""
    key = named(view, ARM_TYPE)
    yield asset("load_balancer", view, GATEWAY, key)
    for index, listener in enumerate(view.each("http_listener")):
        name = str(listener.get("name") or index)
        own = inside(key, ARM_TYPE, "httplisteners", name) if isinstance(key, str) else key
        yield asset("listener", listener, LISTENER, own, name, f"http_listener[{index}]")
