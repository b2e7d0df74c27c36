"""Application, Network and Gateway Load Balancers, as `load_balancer`, and what they listen on, as `listener` assets.

In a live account the listeners of a load balancer stand in its own body, under `describe_listeners`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, spelled
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.network.balancers import facing
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

_SHIELD = "docs.aws.amazon.com/waf/latest/developerguide/ddos-standard-summary.html"
_OF_LISTENERS = "its listeners are judged"
OF_LISTENERS = ("tls.required", "tls.min_version", "https_only", "redirect_to_https", "authentication")
"""Settings of a load balancer that its listeners have."""

_LISTENERS = frozenset({"aws_lb_listener", "aws_alb_listener", "AWS::ElasticLoadBalancingV2::Listener"})
_ENCRYPTED = frozenset({"HTTPS", "TLS", "SSL"})
# The lowest protocol of each predefined policy, after docs.aws.amazon.com/elasticloadbalancing/latest/application/
# describe-ssl-policies.html: a policy that is named after a version starts there, the two old ones at 1.0.
_POLICY = re.compile(r"ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-3])-")
_OLD_POLICIES = frozenset(
    {"ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-2015-05", "ELBSecurityPolicy-FS-2018-06"}
)


def minimum_tls(policy: Any) -> str | None:
    """Return the lowest TLS version that a predefined security policy accepts; None for one that AWS does not list."""
    if policy in _OLD_POLICIES:
        return "1.0"
    found = _POLICY.match(str(policy))
    return f"1.{found[1]}" if found else None


def _attribute(view: View, name: str) -> Reading:
    """Return the value of a load balancer's attribute in CloudFormation's and the API's list of keys and values."""
    listed = view.first("LoadBalancerAttributes", "describe_load_balancer_attributes")
    if listed.absent or not isinstance(listed.value, list):
        return listed
    for index, item in enumerate(listed.value):
        if isinstance(item, (Unresolved, Reference)):
            return Reading(item, listed.resource, (*listed.path, index))
        if isinstance(item, dict) and item.get("Key") == name:
            return Reading(item.get("Value", ABSENT), listed.resource, (*listed.path, index, "Value"))
    return Reading(ABSENT, listed.resource, listed.path)


def _from_attributes(terraform: Any, name: str, default: Documented) -> Fact:
    def read(view: View) -> Reading:
        return _attribute(view, name)

    return Fact(terraform=terraform, cloudformation=read, api=read, default=default)


def _access_logs(view: View) -> Reading:
    block = view.read("access_logs")
    if not isinstance(block.value, (dict, list)):
        return block
    enabled = view.read("access_logs.enabled")
    # The block's own default; a bucket without `enabled` collects nothing.
    return Reading(False, block.resource, block.path) if enabled.absent else enabled


def _only_for_applications(fact: Fact, why: str) -> Fact:
    def reader(spelling: Any) -> Any:
        def read(view: View) -> Any:
            type_ = view.first("load_balancer_type", "Type")
            if isinstance(type_.value, (Unresolved, Reference)):
                return type_
            if type_.known and type_.value != "application":  # the documented default
                return NotApplicable(why, type_.resource, type_.path)
            return spelling(view) if callable(spelling) else view.read(spelling)

        return read

    spellings = {name: reader(getattr(fact, name)) for name in ("terraform", "cloudformation", "api")}
    return Fact(**spellings, default=fact.default, using=fact.using, set_means=fact.set_means)


def _waf_terraform(view: View) -> Reading:
    return view.first(
        "aws_wafv2_web_acl_association/resource_arn", "aws_wafregional_web_acl_association/resource_arn"
    )


def _waf_cloudformation(view: View) -> Reading:
    return view.first(
        "AWS::WAFv2::WebACLAssociation/ResourceArn", "AWS::WAFRegional::WebACLAssociation/ResourceArn"
    )


def _associated(read: Any) -> Any:
    def associated(view: View) -> Reading:
        reading: Reading = read(view)
        if reading.absent or reading.resource is view.resource:
            return reading
        # The association was found by what it points at, so it is there even while its own text is not known.
        return Reading(True, reading.resource, reading.path)

    return associated


LOAD_BALANCER = {
    "network.public": facing(_CREATE),
    "logs.enabled": _from_attributes(_access_logs, "access_logs.s3.enabled", Documented(False, _ATTRIBUTES)),
    "drop_invalid_headers": _only_for_applications(
        _from_attributes(
            "drop_invalid_header_fields",
            "routing.http.drop_invalid_header_fields.enabled",
            Documented(False, _ATTRIBUTES),
        ),
        "only an Application Load Balancer reads headers",
    ),
    "deletion_protection": _from_attributes(
        "enable_deletion_protection", "deletion_protection.enabled", Documented(False, _ATTRIBUTES)
    ),
    "waf": _only_for_applications(
        Fact(
            terraform=_associated(_waf_terraform),
            cloudformation=_associated(_waf_cloudformation),
            api="get_web_acl_for_resource/WebACL.ARN",
            set_means=True,
            default=Documented(False, _WAF),
        ),
        "a web ACL can only be attached to an Application Load Balancer",
    ),
    **{name: Fact(not_applicable=_OF_LISTENERS) for name in OF_LISTENERS},
    "waf.mode": Fact(not_applicable="a web ACL's rules each have an action of their own"),
    "audit.enabled": Fact(
        not_applicable="its changes are recorded by CloudTrail, its requests in access logs"
    ),
    "ddos_protection": Fact(always=Documented(True, _SHIELD)),
    "tags": TAGS,
}


def _protocol(view: View) -> Reading:
    return view.first("protocol", "Protocol")


def _is_forwarder(view: View) -> NotApplicable | None:
    """Return why a listener of TCP or UDP has no TLS of its own to judge."""
    named = _protocol(view)
    if named.absent and view.first("port", "Port").absent:
        return NotApplicable("a Gateway Load Balancer's listener passes packets on", view.resource, view.base)
    if named.known and str(named.value).upper() not in (*_ENCRYPTED, "HTTP"):
        why = f"a {named.value} listener passes bytes on: TLS, if any, ends at its target"
        return NotApplicable(why, named.resource, named.path)
    return None


def _redirects(view: View) -> bool | Unresolved:
    """Whether every default action sends clients to HTTPS."""
    for action in (*view.each("default_action"), *view.each("DefaultActions")):
        if isinstance(action.body, (Unresolved, Reference)):
            return Unresolved("its default action is not known", "scan the plan or the live account")
        target = action.first("redirect.protocol", "RedirectConfig.Protocol")
        if isinstance(target.value, (Unresolved, Reference)):
            return Unresolved(
                "the protocol of its redirect is not known", "scan the plan or the live account"
            )
        if target.known and str(target.value).upper() == "HTTPS":
            return True
    return False


def _encrypted(view: View) -> Any:
    if forwards := _is_forwarder(view):
        return forwards
    named = _protocol(view)
    if isinstance(named.value, (Unresolved, Reference)):
        return named
    if named.absent:
        return Default(False, _TERRAFORM_LISTENER, view.resource, view.base)
    return Reading(str(named.value).upper() in _ENCRYPTED, named.resource, named.path)


def _https_only(view: View) -> Any:
    told = _encrypted(view)
    if isinstance(told, (Reading, Default)) and told.value is False:
        redirects = _redirects(view)
        return Reading(redirects, told.resource, told.path) if redirects else told
    return told


def _redirect(view: View) -> Any:
    named = _protocol(view)
    if named.known and str(named.value).upper() != "HTTP":
        return NotApplicable("only a plain HTTP listener has to redirect", named.resource, named.path)
    return Reading(_redirects(view), view.resource, view.base)


def _min_tls(view: View) -> Any:
    told = _encrypted(view)
    if isinstance(told, NotApplicable) or isinstance(told.value, (Unresolved, Reference)):
        return told
    if told.value is False:
        return NotApplicable("it does not speak TLS", told.resource, told.path)
    return view.first("ssl_policy", "SslPolicy")


_DEFAULT_POLICY = Documented("1.0", f"{_POLICIES}: ELBSecurityPolicy-2016-08")
LISTENER = {
    "protocol": Fact(**spelled("protocol", "Protocol"), default=Documented("HTTP", _TERRAFORM_LISTENER)),
    "https_only": Fact(terraform=_https_only, cloudformation=_https_only, api=_https_only),
    "redirect_to_https": Fact(terraform=_redirect, cloudformation=_redirect, api=_redirect),
    "tls.required": Fact(terraform=_encrypted, cloudformation=_encrypted, api=_encrypted),
    "tls.min_version": Fact(
        terraform=_min_tls, cloudformation=_min_tls, api=_min_tls, using=minimum_tls, default=_DEFAULT_POLICY
    ),
    "tags": TAGS,
}


def _listener_key(view: View) -> Key:
    """Return load balancer's name and port: what AWS holds unique of a listener."""
    owner: Key | None = None
    for target in view.targets("load_balancer_arn") or view.targets("LoadBalancerArn"):
        owner = _key(target)
    if owner is None:
        arn = view.get("LoadBalancerArn") or view.get("load_balancer_arn")
        found = re.search(r":loadbalancer/(?:app|net|gwy)/([^/]+)/", str(arn))
        owner = f"aws:elbv2:loadbalancer/{found[1]}" if found else _key(view)
    if isinstance(owner, Unresolved):
        return owner
    port = key(view, "{}", "port", "Port")
    return port if isinstance(port, Unresolved) else f"{owner.replace('loadbalancer', 'listener', 1)}/{port}"


def _key(view: View) -> Key:
    return key(view, "aws:elbv2:loadbalancer/{}", "name", "Name", "LoadBalancerName")


def assets(view: View) -> Iterator[Asset]:
    """Yield the load balancer, or the listener; in a live account the load balancer and all its listeners."""
    if view.resource.type in _LISTENERS:
        yield _listener(view, "")
        return
    yield asset("load_balancer", view, LOAD_BALANCER, _key(view))
    if view.dialect == "api":
        for index, each in enumerate(view.each("describe_listeners")):
            yield _listener(each, f"describe_listeners[{index}]")


def _listener(view: View, part: str) -> Asset:
    known = _listener_key(view)
    name = known.removeprefix("aws:elbv2:listener/") if isinstance(known, str) else ""
    return asset("listener", view, LISTENER, known, name=name, part=part)
