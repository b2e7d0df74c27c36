"""Classic Load Balancers, as `load_balancer`, and their listeners, as `listener` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Unknown
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.lift import lifted
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading
from tfaudit.reading.view import Some, View
from tfaudit.services.aws.network.balancers import FACING, facing
from tfaudit.services.aws.network.elbv2 import JUDGED, minimum_tls
from tfaudit.services.aws.tags import TAGS

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
                sent=("LoadBalancerAttributes.AccessLog.Enabled",),
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

_PAIR: Spelling = {
    "name": aws("name", "Name", "AttributeName"),
    "value": aws("value", "Value", "AttributeValue"),
}
LISTENER_WORDS: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "protocol": aws("lb_protocol", "Protocol", "Listener.Protocol"),
    "port": aws("lb_port", "LoadBalancerPort", "Listener.LoadBalancerPort"),
    "policy_names": aws(NOTHING, "PolicyNames"),
}
POLICY_WORDS: Spelling = {
    "policy_name": aws("policy_name", "PolicyName"),
    "attributes": aws("policy_attribute", "Attributes", "PolicyAttributeDescriptions", rows=_PAIR),
}
NEGOTIATION_WORDS: Spelling = {
    "set_for": aws("lb_port", NOTHING),
    "attributes": aws("attribute", NOTHING, rows=_PAIR),
}
LINK_WORDS: Spelling = {
    "set_for": aws("load_balancer_port", NOTHING),
    "set": aws("policy_names", NOTHING),
}
TABLE: Spelling = {
    **FACING,
    "name": aws("name", "LoadBalancerName"),
    "log_block": aws("access_logs", NOTHING),
    "logs": aws(
        "access_logs.enabled",
        "AccessLoggingPolicy.Enabled",
        "describe_load_balancer_attributes/LoadBalancerAttributes.AccessLog.Enabled",
    ),
    "listeners": aws("listener", "Listeners", "ListenerDescriptions", rows=LISTENER_WORDS),
    "policies": aws(NOTHING, "Policies", "describe_load_balancer_policies", rows=POLICY_WORDS),
    "tags": aws("tags", "Tags", None),
}
IDENTITY = ("name", "port", "listeners")


def _logs(enabled: Any, block: Any) -> Any:
    # Terraform's block collects unless it says otherwise.
    return Said(True, by="log_block") if enabled is None and isinstance(block, (dict, list)) else enabled


LOAD_BALANCER: Facts = {
    "network.public": facing(_CREATE),
    "logs.enabled": Fact(_logs, of=("logs", "log_block"), default=Documented(False, _LOGS)),
    "drop_invalid_headers": inapplicable(_HTTP_ONLY),
    "deletion_protection": inapplicable("a Classic Load Balancer has no deletion protection"),
    "waf": inapplicable("a web ACL can only be attached to an Application Load Balancer"),
    "tls.min_version": JUDGED,
    "waf.mode": inapplicable("a web ACL can only be attached to an Application Load Balancer"),
    "tags": TAGS,
}


def _encrypted(protocol: Any) -> Any:
    """Return whether a listener speaks TLS; one of TCP has none of its own to judge."""
    if protocol is None:
        return None
    if str(protocol).upper() == "TCP":
        return Inapplicable("a TCP listener passes bytes on: TLS, if any, ends at its target")
    return str(protocol).upper() in _ENCRYPTED


def _min_tls(view: View) -> Reading | Default | NotApplicable:
    protocol = view.word("protocol")
    if not isinstance(protocol, Known):
        return protocol
    encrypted = _encrypted(protocol.value)
    if encrypted is not True:
        because = encrypted.because if isinstance(encrypted, Inapplicable) else "it does not speak TLS"
        return NotApplicable(because, protocol.resource, protocol.path)
    for attributes in _negotiations(view):
        version = lifted(_lowest, [attributes])
        if isinstance(version, (Unresolved, CannotTell)):
            return Unknown(version.because, version.settle_with, attributes.resource, attributes.path)
        if version is not None:
            return Known(version, attributes.resource, attributes.path)
    return Default("1.0", _NEGOTIATION, protocol.resource, protocol.path)


def _lowest(pairs: Any) -> str | CannotTell | None:
    """Return the lowest version that the attributes of a negotiation policy allow; None where they name none."""
    attributes = {str(each.get("name")): each.get("value") for each in pairs or ()}
    named = attributes.get("Reference-Security-Policy")
    if named is not None:
        because = f"{named} is no security policy that AWS lists"
        return minimum_tls(str(named)) or CannotTell(because, "check it by hand")
    for name, version in _PROTOCOLS.items():
        if name in attributes and str(attributes[name]).lower() == "true":
            return version
    return None


def _negotiations(view: View) -> Iterator[Reading]:
    """Yield the attributes of each policy that may negotiate TLS for the listener that `view` shows."""
    beside = view.companions("aws_lb_ssl_negotiation_policy")
    for each in beside.views:
        policy = each.spelled(NEGOTIATION_WORDS)
        is_set = _is_set_for(policy, view)
        if isinstance(is_set, Unknown):
            yield is_set
        elif is_set:
            yield policy.word("attributes")
    yield from _set_beside(view)
    if isinstance(beside, Some):
        yield beside.more
    yield from _named(view)


def _is_set_for(policy: View, listener: View) -> bool | Unknown:
    """Return whether what sets a policy does so for the port of `listener`."""
    port, own = policy.word("set_for"), listener.word("port")
    for each in (port, own):
        if isinstance(each, (Unknown, Pointer)):
            because = f"which listener {policy.resource.address} is for is not known"
            return Unknown(because, SETTLE, each.resource, each.path)
    return isinstance(port, Known) and isinstance(own, Known) and str(port.value) == str(own.value)


def _set_beside(view: View) -> Iterator[Reading]:
    """Yield the attributes of the policies that a listener policy of its own type sets for the port."""
    links = view.companions("aws_load_balancer_listener_policy")
    policies = view.companions("aws_load_balancer_policy")
    for each in links.views:
        link = each.spelled(LINK_WORDS)
        is_set = _is_set_for(link, view)
        if isinstance(is_set, Unknown):
            yield is_set
        elif is_set:
            yield from _linked(link, policies.views)
    for some in (links, policies):
        if isinstance(some, Some):
            yield some.more


def _linked(link: View, policies: list[View]) -> Iterator[Reading]:
    """Yield the attributes of each policy that `link` sets: AWS's own, or one of `policies`."""
    names = link.parts("set")
    for index, named in enumerate(names.value if isinstance(names, Known) else ()):
        path = (*names.path, index)
        if isinstance(named, str) and minimum_tls(named) is not None:
            yield Known([{"name": "Reference-Security-Policy", "value": named}], names.resource, path)
        elif policy := next((each for each in policies if _is_called(each, named)), None):
            yield policy.spelled(POLICY_WORDS).word("attributes")
        else:
            yield Unknown(f"the policy {named} is not declared here", SETTLE, names.resource, path)


def _is_called(policy: View, named: Any) -> bool:
    if isinstance(named, Reference):
        return named.address == policy.resource.address
    name = policy.spelled(POLICY_WORDS).word("policy_name")
    return isinstance(name, Known) and bool(name.value == named)


def _named(view: View) -> Iterator[Reading]:
    """Yield the attributes of each of the balancer's policies that the listener names."""
    names = view.parts("policy_names")
    for policy in View(view.resource, view.inventory, table=TABLE).elements("policies"):
        match policy.word("policy_name"):
            case Known(value=name) if isinstance(names, Known) and name in names.value:
                yield policy.word("attributes")
            case (Unknown() | Pointer()) as unclear:
                yield unclear
            case Known() | Absent():
                pass
    for each in names.value if isinstance(names, Known) else ():
        if isinstance(each, (Unresolved, Reference)):
            yield Unknown("the names of its policies are not known", SETTLE, names.resource, names.path)


LISTENER: Facts = {
    "https_only": Fact(_encrypted, of=("protocol",)),
    "tls.min_version": Fact(joins=_min_tls, of=("protocol", "port", "policy_names", "policies")),
    "tags": inapplicable("the listener of a Classic Load Balancer has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the load balancer and each of its listeners."""
    owner = key(view, "aws:elb:loadbalancer/{}", "name")
    yield asset("load_balancer", view, LOAD_BALANCER, owner)
    for index, listener in enumerate(view.elements("listeners")):
        known = _listener_key(listener, owner)
        part = f"{listener.base[0] if listener.base else 'listener'}[{index}]"
        name = known if isinstance(known, str) else part
        yield asset("listener", listener, LISTENER, known, name=name, part=part)


def _listener_key(view: View, owner: Key) -> Key:
    if isinstance(owner, Unresolved):
        return owner
    port = key(view, "{}", "port")
    return port if isinstance(port, Unresolved) else f"{owner.replace('loadbalancer', 'listener', 1)}/{port}"
