"""Application, Network and Gateway Load Balancers, as `load_balancer`, and what they listen on, as `listener` assets.

In a live account the listeners of a load balancer stand in its own body, under `describe_listeners`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading
from tfaudit.reading.view import View
from tfaudit.services.aws.network.balancers import FACING, facing
from tfaudit.services.aws.tags import TAGS

READS = (
    "aws_lb",
    "aws_alb",
    "aws_lb_listener",
    "aws_alb_listener",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::Listener",
    "elbv2.describe_load_balancers",
)
KINDS = ("load_balancer", "listener")
COMPANIONS = {
    "aws_wafv2_web_acl_association": "resource_arn",
    "aws_wafregional_web_acl_association": "resource_arn",
    "AWS::WAFv2::WebACLAssociation": "ResourceArn",
    "AWS::WAFRegional::WebACLAssociation": "ResourceArn",
}
NAMES = ("arn",)

_BY_ARN = {"LoadBalancerArn": "LoadBalancerArn"}
CALLS = (
    Listing(
        "elbv2",
        "describe_load_balancers",
        "LoadBalancers",
        "LoadBalancerArn",
        name="LoadBalancerName",
        permission="elasticloadbalancing:DescribeLoadBalancers",
        details=(
            Detail(
                "describe_load_balancer_attributes",
                _BY_ARN,
                "elasticloadbalancing:DescribeLoadBalancerAttributes",
                items="Attributes",
            ),
            Detail(
                "describe_listeners", _BY_ARN, "elasticloadbalancing:DescribeListeners", items="Listeners"
            ),
            Detail(
                "get_web_acl_for_resource",
                {"ResourceArn": "LoadBalancerArn"},
                "wafv2:GetWebACLForResource",
                # What a Network Load Balancer gets, to which no web ACL can belong.
                absent=("WAFInvalidParameterException", "WAFNonexistentItemException"),
                client="wafv2",
                # The call looks into the web ACL that it finds.
                also_permissions=("wafv2:GetWebACL",),
            ),
        ),
    ),
)

_ATTRIBUTES = "docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html"
_CREATE = "docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"
_POLICIES = "docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"
_WAF = "docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html"
_TERRAFORM_LISTENER = "hashicorp/aws/6.0.0/docs/resources/lb_listener"

JUDGED = inapplicable("its listeners are judged")
"""Settings of a load balancer that its listeners have."""

LISTENER_WORDS: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "balancer": aws("load_balancer_arn", "LoadBalancerArn"),
    "protocol": aws("protocol", "Protocol"),
    "port": aws("port", "Port"),
    "policy": aws("ssl_policy", "SslPolicy"),
    "actions": aws(
        "default_action",
        "DefaultActions",
        rows={"protocol": aws("redirect.protocol", "RedirectConfig.Protocol")},
    ),
    "tags": aws("tags", "Tags", None),
}
TABLE: Spelling = {
    **FACING,
    "name": aws("name", "Name", "LoadBalancerName"),
    "type": aws("load_balancer_type", "Type"),
    # Settings have attributes of their own in Terraform; elsewhere they are a list of keys and values.
    "attributes": aws(
        NOTHING,
        "LoadBalancerAttributes",
        "describe_load_balancer_attributes",
        rows={"key": aws(NOTHING, "Key"), "value": aws(NOTHING, "Value")},
    ),
    "log_block": aws("access_logs", NOTHING),
    "logs": aws("access_logs.enabled", NOTHING),
    "drop_headers": aws("drop_invalid_header_fields", NOTHING),
    "deletion": aws("enable_deletion_protection", NOTHING),
    "web_acl": aws(
        ("aws_wafv2_web_acl_association/resource_arn", "aws_wafregional_web_acl_association/resource_arn"),
        ("AWS::WAFv2::WebACLAssociation/ResourceArn", "AWS::WAFRegional::WebACLAssociation/ResourceArn"),
        "get_web_acl_for_resource/WebACL.ARN",
    ),
    "listeners": aws(NOTHING, NOTHING, "describe_listeners", rows=LISTENER_WORDS),
    "tags": aws("tags", "Tags", None),
}
IDENTITY = ("name", "balancer", "port", "listeners")

_ENCRYPTED = frozenset({"HTTPS", "TLS", "SSL"})
# The lowest protocol of each predefined policy, after docs.aws.amazon.com/elasticloadbalancing/latest/application/
# describe-ssl-policies.html: a policy that is named after a version starts there, the two old ones at 1.0.
_POLICY = re.compile(r"ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-3])-")
_OLD_POLICIES = frozenset(
    {"ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-2015-05", "ELBSecurityPolicy-FS-2018-06"}
)


def minimum_tls(policy: Any) -> str | None:
    """Return the lowest TLS version that a predefined security policy accepts; None for one that AWS does not list."""
    if str(policy) in _OLD_POLICIES:
        return "1.0"
    found = _POLICY.match(str(policy))
    return f"1.{found[1]}" if found else None


def _attribute(view: View, word: str, name: str) -> Reading:
    """Return a setting of a load balancer: by a word of its own, or by its name in the list of attributes."""
    own = view.word(word)
    if not isinstance(own, Absent):
        return own
    listed = view.rows("attributes")
    if not isinstance(listed, list):
        return own if isinstance(listed, Absent) else listed
    for each in listed:
        match each.word("key"):
            case Known(value=value) if value == name:
                return each.word("value")
            case (Pointer() | Unknown()) as reading:
                return reading
            case Known() | Absent():
                pass
    where = view.parts("attributes")
    return Absent(where.resource, where.path) if isinstance(where, Known) else own


def _setting(word: str, name: str) -> Fact:
    return Fact(
        joins=lambda view: _attribute(view, word, name),
        of=(word, "attributes"),
        default=Documented(False, _ATTRIBUTES),
    )


def _access_logs(view: View) -> Reading:
    match view.word("log_block"):
        case Known() as block:
            enabled = view.word("logs")
            # The block's own default; a bucket without `enabled` collects nothing.
            return Known(False, block.resource, block.path) if isinstance(enabled, Absent) else enabled
        case Absent():
            return _attribute(view, "logs", "access_logs.s3.enabled")
        case reading:
            return reading


def _web_acl(view: View) -> Reading:
    match view.word("web_acl"):
        case Unknown() as found if found.resource is not view.resource:
            # The association was found by what it points at, so it is there even while its own text is not known.
            return Known(True, found.resource, found.path)
        case Known(value="" | [] | {} | False) as nothing:
            return Absent(nothing.resource, nothing.path)
        case Known() | Pointer() as found:
            return Known(True, found.resource, found.path)
        case reading:
            return reading


def _for_applications(
    read: Callable[[View], Reading], of: tuple[str, ...], documented: str, why: str
) -> Fact:
    """Return the fact of a setting that only an Application Load Balancer has, which is the default type."""

    def joins(view: View) -> Reading | NotApplicable:
        match view.word("type"):
            case Known(value=value, resource=resource, path=path) if value != "application":
                return NotApplicable(why, resource, path)
            case Known() | Absent():
                return read(view)
            case reading:
                return reading

    return Fact(joins=joins, of=("type", *of), default=Documented(False, documented))


LOAD_BALANCER: Facts = {
    "network.public": facing(_CREATE),
    "logs.enabled": Fact(
        joins=_access_logs, of=("log_block", "logs", "attributes"), default=Documented(False, _ATTRIBUTES)
    ),
    "drop_invalid_headers": _for_applications(
        lambda view: _attribute(view, "drop_headers", "routing.http.drop_invalid_header_fields.enabled"),
        ("drop_headers", "attributes"),
        _ATTRIBUTES,
        "only an Application Load Balancer reads headers",
    ),
    "deletion_protection": _setting("deletion", "deletion_protection.enabled"),
    "waf": _for_applications(
        _web_acl, ("web_acl",), _WAF, "a web ACL can only be attached to an Application Load Balancer"
    ),
    "tls.min_version": JUDGED,
    "waf.mode": inapplicable("a web ACL's rules each have an action of their own"),
    "tags": TAGS,
}


def _encrypted(protocol: Any, port: Any) -> Any:
    """Return whether a listener speaks TLS; one of TCP or UDP has none of its own to judge."""
    if protocol is None and port is None:
        return Inapplicable("a Gateway Load Balancer's listener passes packets on")
    if protocol is None:
        return Documented(False, _TERRAFORM_LISTENER)
    named = str(protocol).upper()
    if named not in (*_ENCRYPTED, "HTTP"):
        return Inapplicable(f"a {protocol} listener passes bytes on: TLS, if any, ends at its target")
    return named in _ENCRYPTED


def _redirects(actions: Any) -> bool:
    """Whether a default action sends clients to HTTPS."""
    targets = (each.get("protocol") for each in actions or ())
    return any(target is not None and str(target).upper() == "HTTPS" for target in targets)


def _https_only(protocol: Any, port: Any, actions: Any) -> Said:
    encrypted = _encrypted(protocol, port)
    plain = encrypted is False or isinstance(encrypted, Documented)
    return Said(True if plain and _redirects(actions) else encrypted, by="protocol")


def _min_tls(protocol: Any, port: Any, policy: Any) -> Said:
    encrypted = _encrypted(protocol, port)
    if isinstance(encrypted, Inapplicable):
        return Said(encrypted, by="protocol")
    if encrypted is not True:
        return Said(Inapplicable("it does not speak TLS"), by="protocol")
    if policy is None:
        return Said(None, by="policy")
    because = f"its value {str(policy)[:80]!r} is not one that tfaudit can judge"
    return Said(minimum_tls(policy) or CannotTell(because, "check it by hand"), by="policy")


_DEFAULT_POLICY = Documented("1.0", f"{_POLICIES}: ELBSecurityPolicy-2016-08")
LISTENER: Facts = {
    "https_only": Fact(_https_only, of=("protocol", "port", "actions")),
    "tls.min_version": Fact(_min_tls, of=("protocol", "port", "policy"), default=_DEFAULT_POLICY),
    "tags": TAGS,
}
_LISTENERS = frozenset({"aws_lb_listener", "aws_alb_listener", "AWS::ElasticLoadBalancingV2::Listener"})


def _key(view: View) -> Key:
    return key(view, "aws:elbv2:loadbalancer/{}", "name")


def _listener_key(view: View) -> Key:
    """Return load balancer's name and port: what AWS holds unique of a listener."""
    owner = next((_key(each.spelled(TABLE)) for each in view.leads_to("balancer")), None)
    if owner is None:
        arn = key(view, "{}", "balancer")
        if isinstance(arn, Unresolved):
            return arn
        found = re.search(r":loadbalancer/(?:app|net|gwy)/([^/]+)/", arn)
        because = Unresolved(f"{arn} does not tell a load balancer's name", SETTLE)
        owner = f"aws:elbv2:loadbalancer/{found[1]}" if found else because
    port = key(view, "{}", "port")
    if isinstance(owner, Unresolved) or isinstance(port, Unresolved):
        return owner if isinstance(owner, Unresolved) else port
    return f"{owner.replace('loadbalancer', 'listener', 1)}/{port}"


def assets(view: View) -> Iterator[Asset]:
    """Yield the load balancer, or the listener; in a live account the load balancer and all its listeners."""
    if view.resource.type in _LISTENERS:
        yield _listener(view.spelled(LISTENER_WORDS), "")
        return
    yield asset("load_balancer", view, LOAD_BALANCER, _key(view))
    for index, each in enumerate(view.elements("listeners")):
        yield _listener(each, f"describe_listeners[{index}]")


def _listener(view: View, part: str) -> Asset:
    known = _listener_key(view)
    name = known.removeprefix("aws:elbv2:listener/") if isinstance(known, str) else ""
    return asset("listener", view, LISTENER, known, name=name, part=part)
