"""Classic Load Balancers, as `load_balancer`, and their listeners, as `listener` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.network.balancers import facing
from tfaudit.services.aws.network.elbv2 import OF_LISTENERS, minimum_tls
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import listed

READS = (
    "aws_elb",
    "AWS::ElasticLoadBalancing::LoadBalancer",
    "elb.describe_load_balancers",
)
KINDS = ("load_balancer", "listener")
COMPANIONS = {
    "aws_lb_ssl_negotiation_policy": "load_balancer",
    "aws_load_balancer_policy": "load_balancer_name",
    "aws_load_balancer_listener_policy": "load_balancer_name",
}
NAMES = ("name", "id")

_BY_NAME = {"LoadBalancerName": "LoadBalancerName"}
CALLS = (
    Listing(
        "elb",
        "describe_load_balancers",
        "LoadBalancerDescriptions",
        "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{LoadBalancerName}",
        name="LoadBalancerName",
        permission="elasticloadbalancing:DescribeLoadBalancers",
        details=(
            Detail(
                "describe_load_balancer_attributes",
                _BY_NAME,
                "elasticloadbalancing:DescribeLoadBalancerAttributes",
            ),
            Detail(
                "describe_load_balancer_policies",
                _BY_NAME,
                "elasticloadbalancing:DescribeLoadBalancerPolicies",
                items="PolicyDescriptions",
            ),
        ),
    ),
)

_LOGS = "docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html"
_NEGOTIATION = "docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html"
_PROTOCOLS = {
    "Protocol-SSLv3": "1.0",
    "Protocol-TLSv1": "1.0",
    "Protocol-TLSv1.1": "1.1",
    "Protocol-TLSv1.2": "1.2",
}
_CREATE = "docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html"

_ENCRYPTED = frozenset({"HTTPS", "SSL"})
_HTTP_ONLY = "a Classic Load Balancer has no such setting: it forwards headers as they are"


def _logs(view: View) -> Reading:
    block = view.read("access_logs")
    enabled = view.read("access_logs.enabled")
    if isinstance(block.value, (dict, list)) and enabled.absent:
        return Reading(True, block.resource, block.path)  # the block's documented default
    return block if block.absent else enabled


LOAD_BALANCER = {
    "network.public": facing(_CREATE),
    "logs.enabled": Fact(
        terraform=_logs,
        cloudformation="AccessLoggingPolicy.Enabled",
        api="describe_load_balancer_attributes/LoadBalancerAttributes.AccessLog.Enabled",
        default=Documented(False, _LOGS),
    ),
    "drop_invalid_headers": Fact(not_applicable=_HTTP_ONLY),
    "deletion_protection": Fact(not_applicable="a Classic Load Balancer has no deletion protection"),
    "waf": Fact(not_applicable="a web ACL can only be attached to an Application Load Balancer"),
    **{name: Fact(not_applicable="its listeners are judged") for name in OF_LISTENERS},
    "waf.mode": Fact(not_applicable="a web ACL can only be attached to an Application Load Balancer"),
    "audit.enabled": Fact(
        not_applicable="its changes are recorded by CloudTrail, its requests in access logs"
    ),
    "tags": TAGS,
}


def _protocol(view: View) -> Reading:
    return view.first("lb_protocol", "Protocol", "Listener.Protocol")


def _encrypted(view: View) -> Any:
    named = _protocol(view)
    if not named.known:
        return named
    word = str(named.value).upper()
    if word == "TCP":
        why = "a TCP listener passes bytes on: TLS, if any, ends at its target"
        return NotApplicable(why, named.resource, named.path)
    return Reading(word in _ENCRYPTED, named.resource, named.path)


def _min_tls(view: View) -> Any:
    told = _encrypted(view)
    if isinstance(told, NotApplicable) or not told.known:
        return told
    if told.value is False:
        return NotApplicable("it does not speak TLS", told.resource, told.path)
    for attributes in _negotiations(view):
        if isinstance(attributes.value, (Unresolved, Reference)):
            return attributes
        version = _lowest(_pairs(attributes.value))
        if version is not None:
            return Reading(version, attributes.resource, attributes.path)
    return Default("1.0", _NEGOTIATION, told.resource, told.path)


def _negotiations(view: View) -> Iterator[Reading]:
    """Yield the attributes of each policy that may negotiate TLS for the listener that `view` shows."""
    root = View(view.resource, view.inventory, COMPANIONS, NAMES)
    if view.dialect == "terraform":
        found, unsure = root.companions("aws_lb_ssl_negotiation_policy")
        yield from (
            each.read("attribute") for each in found if str(each.get("lb_port")) == str(view.get("lb_port"))
        )
        yield from _set_beside(root, view.read("lb_port").value)
        if unsure:
            yield Reading(unsure, view.resource, view.base)
        return
    listed = root.read("describe_load_balancer_policies" if view.dialect == "api" else "Policies")
    if isinstance(listed.value, (Unresolved, Reference)):
        yield listed
    named = view.get("PolicyNames")
    for policy in (*root.each("Policies"), *root.each("describe_load_balancer_policies")):
        if isinstance(policy.body, dict) and isinstance(named, list) and policy.get("PolicyName") in named:
            yield policy.first("Attributes", "PolicyAttributeDescriptions")


def _set_beside(root: View, port: Any) -> Iterator[Reading]:
    """Yield the attributes of the policies that a listener policy of its own type sets for the port."""
    links, unsure = root.companions("aws_load_balancer_listener_policy")
    policies, more = root.companions("aws_load_balancer_policy")
    for link in links:
        set_for = link.read("load_balancer_port")
        if isinstance(set_for.value, (Unresolved, Reference)):
            because = f"which listener {link.resource.address} is for is not known"
            yield Reading(
                Unresolved(because, "scan the plan or the live account"), set_for.resource, set_for.path
            )
        elif str(set_for.value) == str(port):
            for named in listed(link.read("policy_names")):
                yield from _named_policy(named, policies)
    for unclear in (unsure, more):
        if unclear:
            yield Reading(unclear, root.resource, root.base)


def _named_policy(named: Reading, policies: list[View]) -> Iterator[Reading]:
    predefined = minimum_tls(named.value) if isinstance(named.value, str) else None
    if predefined is not None:
        yield Reading(
            [{"name": "Reference-Security-Policy", "value": named.value}], named.resource, named.path
        )
        return
    for policy in policies:
        called = named.value
        mine = (
            called.address == policy.resource.address
            if isinstance(called, Reference)
            else called == policy.get("policy_name")
        )
        if mine:
            yield policy.read("policy_attribute")
            return
    because = f"the policy {named.value} is not declared here"
    yield Reading(Unresolved(because, "scan the plan or the live account"), named.resource, named.path)


def _pairs(attributes: Any) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for each in attributes if isinstance(attributes, list) else [attributes]:
        if isinstance(each, dict):
            name = each.get("name") or each.get("Name") or each.get("AttributeName")
            pairs[str(name)] = next(
                (each[word] for word in ("value", "Value", "AttributeValue") if word in each), None
            )
    return pairs


def _lowest(attributes: dict[str, Any]) -> Any:
    """Return the lowest version that the attributes of a negotiation policy allow; None where they name none."""
    named = attributes.get("Reference-Security-Policy")
    if named is not None:
        return named if isinstance(named, (Unresolved, Reference)) else minimum_tls(named) or _unlisted(named)
    for name, version in _PROTOCOLS.items():
        if name in attributes and str(attributes[name]).lower() == "true":
            return version
    return None


def _unlisted(named: Any) -> Unresolved:
    return Unresolved(f"{named} is no security policy that AWS lists", "check it by hand")


LISTENER = {
    "protocol": Fact(terraform=_protocol, cloudformation=_protocol, api=_protocol),
    "https_only": Fact(terraform=_encrypted, cloudformation=_encrypted, api=_encrypted),
    "redirect_to_https": Fact(not_applicable="a Classic Load Balancer cannot redirect"),
    "tls.required": Fact(terraform=_encrypted, cloudformation=_encrypted, api=_encrypted),
    "tls.min_version": Fact(terraform=_min_tls, cloudformation=_min_tls, api=_min_tls),
    "tags": Fact(not_applicable="the listener of a Classic Load Balancer has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the load balancer and each of its listeners."""
    owner = key(view, "aws:elb:loadbalancer/{}", "name", "LoadBalancerName")
    yield asset("load_balancer", view, LOAD_BALANCER, owner)
    for attribute in ("listener", "Listeners", "ListenerDescriptions"):
        for index, listener in enumerate(view.each(attribute)):
            known = _listener_key(listener, owner)
            part = f"{attribute}[{index}]"
            yield asset(
                "listener",
                listener,
                LISTENER,
                known,
                name=str(known) if isinstance(known, str) else part,
                part=part,
            )


def _listener_key(view: View, owner: Key) -> Key:
    if isinstance(owner, Unresolved):
        return owner
    base = owner.replace("loadbalancer", "listener", 1)
    port = view.first("lb_port", "LoadBalancerPort", "Listener.LoadBalancerPort")
    if port.known:
        return f"{base}/{port.value}"
    return Unresolved(f"its port is {port.value}", "scan the plan or the live account")
