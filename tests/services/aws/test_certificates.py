"""Certificates on every plane: whether they are renewed, when they end, how strong their keys are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from textwrap import dedent
from typing import Any

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)
from tfaudit.services.key_strength import of_algorithm, of_key

ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/c1"


def live(**more: Any) -> dict[str, Any]:
    described = {
        "Type": "AMAZON_ISSUED",
        "KeyAlgorithm": "EC_prime256v1",
        "DomainValidationOptions": [{"ValidationMethod": "DNS"}],
        **more,
    }
    return {"CertificateArn": ARN, "DomainName": "shop.example", "describe_certificate": described}


def test_a_certificate_is_the_same_on_every_plane() -> None:
    template = """
        Resources:
          Web:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: shop.example, ValidationMethod: DNS, KeyAlgorithm: EC_prime256v1}
    """
    terraform = """
        resource "aws_acm_certificate" "web" {
          domain_name       = "shop.example"
          validation_method = "DNS"
          key_algorithm     = "EC_prime256v1"
        }
    """
    assert_same(
        {"auto_renew": True, "key_strength_bits": 128},
        key=False,
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("acm.list_certificates", live()),
    )


@pytest.mark.parametrize(
    ("of", "renewed"),
    [
        ({"Type": "IMPORTED"}, False),
        ({"Type": "PRIVATE"}, True),
        ({"DomainValidationOptions": [{"ValidationMethod": "DNS"}, {"ValidationMethod": "EMAIL"}]}, False),
    ],
)
def test_what_somebody_has_to_do_is_not_renewed_by_itself(of: dict[str, Any], renewed: bool) -> None:
    (found,) = from_api("acm.list_certificates", live(**of))
    assert values(found, ["auto_renew"]) == {"auto_renew": renewed}


def test_days_are_counted_from_now_and_not_below_nothing() -> None:
    soon = datetime.now(UTC) + timedelta(days=10, hours=1)
    past = datetime.now(UTC) - timedelta(days=3)
    for ends, days in ((soon, 10), (past, 0), (soon.isoformat(), 10)):
        (found,) = from_api("acm.list_certificates", live(NotAfter=ends))
        assert values(found, ["days_left"]) == {"days_left": days}
    (pending,) = from_api("acm.list_certificates", live())
    assert values(pending, ["days_left"]) == {"days_left": NOT_APPLICABLE}


def test_text_that_is_no_certificate_tells_nothing() -> None:
    body = {
        "ServerCertificateName": "old",
        "Arn": "arn:aws:iam::1:server-certificate/old",
        "Expiration": "soon",
    }
    for text in ("", "-----BEGIN CERTIFICATE-----\nnonsense", "x" * 100_000):
        (found,) = from_api(
            "iam.list_server_certificates", {**body, "get_server_certificate": {"CertificateBody": text}}
        )
        assert values(found, ["key_strength_bits", "days_left", "auto_renew"]) == {
            "key_strength_bits": UNKNOWN,
            "days_left": UNKNOWN,
            "auto_renew": False,
        }


def test_strength_is_compared_across_algorithms() -> None:
    rising = ["RSA-1024", "RSA_2048", "RSA_3072", "EC_secp384r1", "EC_secp521r1"]
    assert [of_algorithm(each) for each in rising] == [80, 112, 128, 192, 256]
    assert of_algorithm("EC_prime256v1") == of_algorithm("P-256") == of_key("EC", None, "P-256") == 128
    assert of_key("RSA-HSM", "2048", None) == 112
    assert of_algorithm("something new") is None
    assert of_key(None, 2048, None) is None
