"""Load balancers and listeners, of the newer and the classic kind, on every plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same,
    denied,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)
from tfaudit.services.aws.network.elbv2 import minimum_tls

if TYPE_CHECKING:
    from tfaudit.model.asset import Asset

ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1"
TERRAFORM = """
resource "aws_lb" "web" {
  name                       = "web"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}
resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = aws_lb.web.arn
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/web/1"
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"
  }
}
"""
CLOUDFORMATION = """
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Name: web
      LoadBalancerAttributes:
        - {Key: access_logs.s3.enabled, Value: "true"}
        - {Key: deletion_protection.enabled, Value: "true"}
        - {Key: routing.http.drop_invalid_header_fields.enabled, Value: "true"}
  Guard:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      ResourceArn: !Ref Web
      WebACLArn: arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/web/1
  Https:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Web
      Port: 443
      Protocol: HTTPS
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
      DefaultActions: [{Type: forward, TargetGroupArn: arn}]
"""
HTTPS = {
    "LoadBalancerArn": ARN,
    "Port": 443,
    "Protocol": "HTTPS",
    "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "DefaultActions": [{"Type": "forward"}],
}
API: dict[str, Any] = {
    "LoadBalancerArn": ARN,
    "LoadBalancerName": "web",
    "Scheme": "internet-facing",
    "Type": "application",
    "describe_load_balancer_attributes": [
        {"Key": "access_logs.s3.enabled", "Value": "true"},
        {"Key": "deletion_protection.enabled", "Value": "true"},
        {"Key": "routing.http.drop_invalid_header_fields.enabled", "Value": "true"},
    ],
    "describe_listeners": [HTTPS],
    "get_web_acl_for_resource": {
        "WebACL": {"ARN": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/web/1"}
    },
}


def of(kind: str, found: list[Asset]) -> list[Asset]:
    return [each for each in found if each.kind == kind]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "load_balancer",
            {
                "network.public": True,
                "logs.enabled": True,
                "drop_invalid_headers": True,
                "deletion_protection": True,
                "waf": True,
            },
        ),
        (
            "listener",
            {
                "https_only": True,
                "tls.min_version": "1.2",
            },
        ),
    ],
)
def test_a_load_balancer_and_its_listener_are_the_same_on_every_plane(
    kind: str, expected: dict[str, Any]
) -> None:
    assert_same(
        expected,
        terraform=of(kind, from_terraform(TERRAFORM)),
        cloudformation=of(kind, from_cloudformation(CLOUDFORMATION)),
        api=of(kind, from_api("elbv2.describe_load_balancers", API)),
    )


def test_what_nobody_set_is_what_aws_documents() -> None:
    bare = {
        **API,
        "describe_load_balancer_attributes": [],
        "get_web_acl_for_resource": None,
        "describe_listeners": [],
    }
    assert_same(
        {
            "network.public": True,
            "logs.enabled": False,
            "drop_invalid_headers": False,
            "deletion_protection": False,
            "waf": False,
        },
        terraform=from_terraform('resource "aws_lb" "web" {\n  name = "web"\n}\n'),
        cloudformation=from_cloudformation(
            "Resources:\n  W:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n    Properties: {Name: web}\n"
        ),
        api=from_api("elbv2.describe_load_balancers", bare),
    )


@pytest.mark.parametrize(
    ("policy", "version"),
    [
        ("ELBSecurityPolicy-2016-08", "1.0"),
        ("ELBSecurityPolicy-FS-2018-06", "1.0"),
        ("ELBSecurityPolicy-TLS13-1-0-2021-06", "1.0"),
        ("ELBSecurityPolicy-TLS-1-1-2017-01", "1.1"),
        ("ELBSecurityPolicy-FS-1-1-2019-08", "1.1"),
        ("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", "1.2"),
        ("ELBSecurityPolicy-FS-1-2-Res-2020-10", "1.2"),
        ("ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04", "1.2"),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", "1.3"),
        ("ELBSecurityPolicy-Of-Tomorrow", None),
    ],
)
def test_the_lowest_version_of_each_predefined_policy(policy: str, version: str | None) -> None:
    assert minimum_tls(policy) == version


def live_listener(**changed: Any) -> Asset:
    (found,) = of(
        "listener",
        from_api("elbv2.describe_load_balancers", {**API, "describe_listeners": [{**HTTPS, **changed}]}),
    )
    return found


def test_a_redirect_counts_as_encrypted_and_a_plain_forward_does_not() -> None:
    names = ("https_only", "tls.min_version")
    to_https = [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443"}}]
    to_http = [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTP", "Port": "8080"}}]
    plain = {"Protocol": "HTTP", "Port": 80, "SslPolicy": None}
    assert values(live_listener(**plain, DefaultActions=to_https), names) == dict(
        zip(names, (True, NOT_APPLICABLE), strict=True)
    )
    for actions in (to_http, HTTPS["DefaultActions"]):
        assert values(live_listener(**plain, DefaultActions=actions), names) == dict(
            zip(names, (False, NOT_APPLICABLE), strict=True)
        )


def test_bytes_that_are_passed_on_are_not_judged() -> None:
    assert values(live_listener(Protocol="TCP"), ["https_only"]) == {"https_only": NOT_APPLICABLE}
    assert values(live_listener(Protocol="TLS"), ["https_only"]) == {"https_only": True}


def test_only_an_application_load_balancer_has_headers_and_a_web_acl() -> None:
    (found,) = of("load_balancer", from_api("elbv2.describe_load_balancers", {**API, "Type": "network"}))
    names = ("drop_invalid_headers", "waf")
    assert values(found, names) == dict.fromkeys(names, NOT_APPLICABLE)
    (found,) = from_terraform(
        'variable "kind" {}\nresource "aws_lb" "x" {\n  load_balancer_type = var.kind\n}\n'
    )
    assert values(found, names) == dict.fromkeys(names, UNKNOWN)


def test_refused_calls_leave_their_settings_unknown() -> None:
    refused = denied("elasticloadbalancing:DescribeLoadBalancerAttributes")
    body = {
        **API,
        "describe_load_balancer_attributes": refused,
        "get_web_acl_for_resource": denied("wafv2:Get"),
    }
    (found,) = of("load_balancer", from_api("elbv2.describe_load_balancers", body))
    names = ("logs.enabled", "drop_invalid_headers", "deletion_protection", "waf")
    assert values(found, names) == dict.fromkeys(names, UNKNOWN)


def test_a_classic_load_balancer_is_the_same_on_every_plane() -> None:
    terraform = """
resource "aws_elb" "old" {
  name     = "old"
  internal = true
  access_logs {
    bucket = "logs"
  }
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}
"""
    template = """
Resources:
  Old:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      LoadBalancerName: old
      Scheme: internal
      AccessLoggingPolicy: {Enabled: true, S3BucketName: logs}
      Listeners: [{LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP}]
"""
    live = {
        "LoadBalancerName": "old",
        "Scheme": "internal",
        "ListenerDescriptions": [
            {"Listener": {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 80}}
        ],
        "describe_load_balancer_attributes": {"LoadBalancerAttributes": {"AccessLog": {"Enabled": True}}},
    }
    for kind, expected in (
        ("load_balancer", {"network.public": False, "logs.enabled": True, "waf": NOT_APPLICABLE}),
        ("listener", {"https_only": False, "tls.min_version": NOT_APPLICABLE}),
    ):
        assert_same(
            expected,
            terraform=of(kind, from_terraform(terraform)),
            cloudformation=of(kind, from_cloudformation(template)),
            api=of(kind, from_api("elb.describe_load_balancers", live)),
        )


SSL = {"Listener": {"Protocol": "HTTPS", "LoadBalancerPort": 443, "InstancePort": 80}, "PolicyNames": ["tls"]}


@pytest.mark.parametrize(
    ("attributes", "version"),
    [
        ({"Reference-Security-Policy": "ELBSecurityPolicy-TLS-1-2-2017-01"}, "1.2"),
        ({"Protocol-TLSv1": "false", "Protocol-TLSv1.1": "true", "Protocol-TLSv1.2": "true"}, "1.1"),
        ({}, "1.0"),
        ({"Reference-Security-Policy": "Of-Tomorrow"}, UNKNOWN),
    ],
)
def test_a_classic_listener_negotiates_by_its_policy(attributes: dict[str, str], version: str) -> None:
    terraform = """
resource "aws_elb" "old" {
  name = "old"
  listener {
    instance_port      = 80
    instance_protocol  = "http"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
  }
}
resource "aws_lb_ssl_negotiation_policy" "tls" {
  name          = "tls"
  load_balancer = aws_elb.old.id
  lb_port       = 443
""" + "".join(
        f'  attribute {{\n    name  = "{name}"\n    value = "{value}"\n  }}\n'
        for name, value in attributes.items()
    )
    listed = [{"Name": name, "Value": value} for name, value in attributes.items()]
    template = f"""
Resources:
  Old:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      LoadBalancerName: old
      Listeners: [{{LoadBalancerPort: "443", InstancePort: "80", Protocol: HTTPS, PolicyNames: [tls]}}]
      Policies: [{{PolicyName: tls, PolicyType: SSLNegotiationPolicyType, Attributes: {listed}}}]
"""
    described = [{"AttributeName": name, "AttributeValue": value} for name, value in attributes.items()]
    live = {
        "LoadBalancerName": "old",
        "ListenerDescriptions": [SSL],
        "describe_load_balancer_policies": [{"PolicyName": "tls", "PolicyAttributeDescriptions": described}],
    }
    assert_same(
        {"tls.min_version": version},
        terraform=of("listener", from_terraform(terraform + "}\n")),
        cloudformation=of("listener", from_cloudformation(template)),
        api=of("listener", from_api("elb.describe_load_balancers", live)),
    )


@pytest.mark.parametrize(
    ("internal", "told"), [("true", False), ('"false"', True), ("var.internal", UNKNOWN)]
)
def test_a_balancer_faces_the_internet_unless_it_is_internal(internal: str, told: object) -> None:
    for type_ in ("aws_lb", "aws_elb"):
        (found,) = from_terraform(
            f'variable "internal" {{}}\nresource "{type_}" "x" {{\n  internal = {internal}\n}}\n'
        )
        assert values(found, ["network.public"]) == {"network.public": told}


def test_tags_are_known_where_they_are_stated_and_not_in_answers_without_them() -> None:
    for type_, call in (("aws_lb", "elbv2"), ("aws_elb", "elb")):
        (found,) = from_terraform(f'resource "{type_}" "x" {{\n  tags = {{ team = "shop" }}\n}}\n')
        assert values(found, ["tags"]) == {"tags": {"team": "shop"}}
        (live,) = from_api(f"{call}.describe_load_balancers", {"LoadBalancerName": "x"})
        assert values(live, ["tags"]) == {"tags": UNKNOWN}


def test_a_redirect_is_the_same_on_every_plane() -> None:
    terraform = """
resource "aws_lb" "web" {
  name = "web"
}
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
"""
    template = f"""
Resources:
  Http:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: {ARN}
      Port: 80
      Protocol: HTTP
      DefaultActions: [{{Type: redirect, RedirectConfig: {{Protocol: HTTPS, StatusCode: HTTP_301}}}}]
"""
    live = {
        **HTTPS,
        "Port": 80,
        "Protocol": "HTTP",
        "DefaultActions": [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS"}}],
    }
    assert_same(
        {"https_only": True},
        terraform=of("listener", from_terraform(terraform)),
        cloudformation=from_cloudformation(template),
        api=of("listener", from_api("elbv2.describe_load_balancers", {**API, "describe_listeners": [live]})),
    )


@pytest.mark.parametrize(
    ("listener", "told"),
    [
        ("protocol = var.x\n  port = 80", UNKNOWN),
        ("port = 80", False),
        ("port = var.x", UNKNOWN),
        ("", NOT_APPLICABLE),
    ],
)
def test_a_listener_without_a_protocol_is_a_gateways_where_it_has_no_port(
    listener: str, told: object
) -> None:
    (found,) = from_terraform(f'variable "x" {{}}\nresource "aws_lb_listener" "l" {{\n  {listener}\n}}\n')
    assert values(found, ["https_only"]) == {"https_only": told}
    assert found.settings["https_only"].place.line == (
        3 if "protocol" in listener or "var" in listener else 2
    )


def test_a_setting_in_a_list_of_attributes_is_shown_where_its_value_stands() -> None:
    found = of("load_balancer", from_cloudformation(CLOUDFORMATION))[0]
    assert found.settings["deletion_protection"].path == ("LoadBalancerAttributes", 1, "Value")
    live = of("load_balancer", from_api("elbv2.describe_load_balancers", API))[0]
    assert live.settings["logs.enabled"].place.at == "describe_load_balancer_attributes[0].Value"


CLASSIC = """
variable "x" {{}}
resource "aws_elb" "old" {{
  name = "old"
  listener {{
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 443
    lb_protocol       = "https"
  }}
}}
resource "aws_lb_ssl_negotiation_policy" "tls" {{
  name          = "tls"
  load_balancer = aws_elb.old.id
  lb_port       = {port}
  attribute {{
    name  = "Protocol-TLSv1"
    value = {old}
  }}
  attribute {{
    name  = "Protocol-TLSv1.2"
    value = "true"
  }}
}}
"""


@pytest.mark.parametrize(
    ("port", "old", "told"),
    [
        ("443", '"false"', "1.2"),
        ("443", '"true"', "1.0"),
        ("443", "var.x", UNKNOWN),
        ("var.x", '"false"', UNKNOWN),
        ("8443", '"false"', "1.0"),
    ],
)
def test_a_policy_of_which_a_part_is_not_known_allows_no_version_for_certain(
    port: str, old: str, told: object
) -> None:
    (found,) = of("listener", from_terraform(CLASSIC.format(port=port, old=old)))
    assert values(found, ["tls.min_version"]) == {"tls.min_version": told}


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ('["ELBSecurityPolicy-TLS-1-2-2017-01"]', "1.2"),
        ("[aws_load_balancer_policy.tls.policy_name]", "1.1"),
        ('["tls"]', "1.1"),
        ('["another"]', UNKNOWN),
        ("[var.x]", UNKNOWN),
    ],
)
def test_a_policy_that_is_set_beside_a_listener_counts(named: str, told: object) -> None:
    text = f"""
variable "x" {{}}
resource "aws_elb" "old" {{
  name = "old"
  listener {{
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 443
    lb_protocol       = "https"
  }}
}}
resource "aws_load_balancer_policy" "tls" {{
  load_balancer_name = aws_elb.old.name
  policy_name        = "tls"
  policy_type_name   = "SSLNegotiationPolicyType"
  policy_attribute {{
    name  = "Protocol-TLSv1.1"
    value = "true"
  }}
}}
resource "aws_load_balancer_listener_policy" "tls" {{
  load_balancer_name = aws_elb.old.name
  load_balancer_port = 443
  policy_names       = {named}
}}
"""
    (found,) = of("listener", from_terraform(text))
    assert values(found, ["tls.min_version"]) == {"tls.min_version": told}


def test_the_policies_that_a_template_names_by_what_is_not_known_are_not_the_default() -> None:
    template = """
Parameters: {Policy: {Type: String}}
Resources:
  Old:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      LoadBalancerName: old
      Listeners: [{LoadBalancerPort: "443", InstancePort: "80", Protocol: HTTPS, PolicyNames: [!Ref Policy]}]
"""
    (found,) = of("listener", from_cloudformation(template))
    assert values(found, ["tls.min_version"]) == {"tls.min_version": UNKNOWN}
    live = {
        "LoadBalancerName": "old",
        "ListenerDescriptions": [SSL],
        "describe_load_balancer_policies": denied("elasticloadbalancing:DescribeLoadBalancerPolicies"),
    }
    (found,) = of("listener", from_api("elb.describe_load_balancers", live))
    assert values(found, ["tls.min_version"]) == {"tls.min_version": UNKNOWN}


def test_a_policy_that_is_no_text_is_not_judged() -> None:
    assert values(live_listener(SslPolicy=["odd"]), ["tls.min_version"]) == {"tls.min_version": UNKNOWN}
