"""Secrets are told by the name that they stand under and by their form; what is none stays readable."""

from __future__ import annotations

import pytest

from tfaudit.redaction import REDACTED, redacted, redacted_lines, redacted_value, secret_name, visible
from tfaudit.resources import Reference, Unresolved

# Made up for this test, and cut in two so that no scanner takes them for real.
AWS_KEY = "AKIA" + "Q3EGTEXAMPLE2345"
GITHUB = "ghp_" + "a1B2" * 9
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "line",
    [
        '  password = "correct-horse"',
        '  master_password="correct-horse" # for now',
        "DB_PASSWORD: correct-horse",
        '"authToken": "correct-horse",',
        '  { name = "x", secret_string = "correct-horse" }',
        "args: --api-key=correct-horse",
        'url = "postgres://app:correct-horse@db:5432/app"',
        'connection_string = "Server=db;Password=correct-horse;"',
        "  user_data = <<-EOT correct-horse",
        'value = "Endpoint=sb://x;SharedAccessKeyName=n;sharedaccesskey=correct-horse"',
    ],
)
def test_a_secret_on_one_line(line: str) -> None:
    [shown] = redacted_lines([line])
    assert "correct-horse" not in shown
    assert REDACTED in shown


@pytest.mark.parametrize("secret", [AWS_KEY, GITHUB, JWT, "-----BEGIN RSA PRIVATE KEY-----"])
def test_a_secret_by_its_form(secret: str) -> None:
    assert secret not in redacted(f"the value is {secret}, and must be empty")


@pytest.mark.parametrize(
    "line",
    [
        '  secret_name = "orders/database"',
        "  manage_master_user_password = true",
        "  password = var.password",
        "  kms_key_id = aws_kms_key.main.arn",
        "  token_lifetime_minutes = 30",
        "automountServiceAccountToken: true",
        "  password = random_password.main.result",
        "  storage_encrypted = true",
        "kind: Secret",
        "password_policy { minimum_length = 14 }",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert redacted_lines([line]) == [line]


def test_a_secret_over_several_lines() -> None:
    lines = [
        "resource {",
        "  secret_string = jsonencode({",
        '    user = "app"',
        '    word = "correct-horse"',
        "  })",
        "  name = 1",
        "}",
    ]
    shown = redacted_lines(lines)
    assert "correct-horse" not in "\n".join(shown)
    assert shown[-2:] == lines[-2:]


def test_a_block_of_yaml() -> None:
    lines = ["stringData:", "  tls-private-key: |", "    bGluZTE=", "    bGluZTI=", "  plain: x"]
    shown = redacted_lines(lines)
    assert "bGluZTE=" not in "\n".join(shown)
    assert shown[-1] == "  plain: x"


def test_a_value_whose_name_stands_above_it() -> None:
    shown = redacted_lines(
        ["env:", "- name: DB_PASSWORD", "  value: correct-horse", "- name: MODE", "  value: fast"]
    )
    assert shown[2] == f"  value: {REDACTED}"
    assert shown[4] == "  value: fast"


def test_every_value_of_a_secret() -> None:
    shown = redacted_lines(["data:", "  anything: Y29ycmVjdA==", "  other: aG9yc2U="], every_value=True)
    assert shown == ["data:", f"  anything: {REDACTED}", f"  other: {REDACTED}"]


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


def test_control_characters_are_shown() -> None:
    assert visible("a\x1b[31m\u202eb\tc\nd\udce9") == "a\\x1b[31m\\u202eb c d\\udce9"


@pytest.mark.parametrize(
    ("name", "secret"), [("auth.password", True), ("secret_arn", False), ("tags", False)]
)
def test_names(name: str, secret: bool) -> None:
    assert secret_name(name) is secret
