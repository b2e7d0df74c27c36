"""Secrets are told by the name that they stand under and by their form; what is none stays readable."""

from __future__ import annotations

import pytest

from tfaudit.redaction import REDACTED, redacted, redacted_value, secret_name
from tfaudit.resources import Reference, Unresolved

# Made up for this test, and cut in two so that no scanner takes them for real.
AWS_KEY = "AKIA" + "Q3EGTEXAMPLE2345"
GITHUB = "ghp_" + "a1B2" * 9
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".c2lnbmF0dXJl"


@pytest.mark.parametrize("secret", [AWS_KEY, GITHUB, JWT, "-----BEGIN RSA PRIVATE KEY-----"])
def test_a_secret_by_its_form(secret: str) -> None:
    assert secret not in redacted(f"the value is {secret}, and must be empty")


def test_values_become_plain_data() -> None:
    value = {
        "password": "correct-horse",
        "ports": {443, 22},
        "parts": [Unresolved("var.x has no value"), Reference("aws_kms_key.k", "arn"), True, None],
    }
    assert redacted_value(value) == {
        "password": REDACTED,
        "ports": [22, 443],
        "parts": [{"unresolved": "var.x has no value"}, {"reference": "aws_kms_key.k.arn"}, True, None],
    }


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("auth.password", True),
        ("secret_arn", False),
        ("tags", False),
        ("auth_token", True),
        ("http_tokens", False),
        ("HttpTokens", False),
        ("creation_token", False),
        ("token.actions.githubusercontent.com:sub", False),
        ("secretsmanager:ResourceTag/team", False),
        ("aws:secret", False),
        ("app:db:password", True),
    ],
)
def test_names(name: str, secret: bool) -> None:
    assert secret_name(name) is secret


@pytest.mark.parametrize(
    "part",
    ["eyJ-", "://a", "-----BEGIN PRIVATE KEY-----", "glpat-", "password", "sig=", "ghp_", "a:b@", "key=-"],
)
def test_hostile_text_takes_linear_time(part: str) -> None:
    # Anything worse than linear would take minutes.
    redacted(part * 100_000)
    secret_name(part * 100_000)
