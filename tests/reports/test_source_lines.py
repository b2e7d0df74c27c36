"""A quoted source line shows no secret, wherever that began; what is none stays as it is."""

from __future__ import annotations

import pytest

from tfaudit.redaction import REDACTED
from tfaudit.reports.source_lines import redacted_lines


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
        "    - {name: DB_PASSWORD, value: correct-horse}",
        "    - {value: correct-horse, name: DB_PASSWORD}",
        '{"name": "DB_PASSWORD", "value": "correct-horse"}',
        'value = "Endpoint=sb://x;SharedAccessKeyName=n;sharedaccesskey=correct-horse"',
    ],
)
def test_a_secret_on_one_line(line: str) -> None:
    [shown] = redacted_lines([line])
    assert "correct-horse" not in shown
    assert REDACTED in shown


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


def test_a_heredoc_that_is_not_indented() -> None:
    lines = ["  user_data = <<EOF", "export WORD=correct-horse", "EOF", "  size = 1"]
    assert redacted_lines(lines) == [f"  user_data = {REDACTED}", REDACTED, "EOF", "  size = 1"]


def test_a_key_wherever_it_stands() -> None:
    lines = [
        "  content: |",
        "    -----BEGIN PRIVATE KEY-----",
        "    c2hvcnQ=",
        "    -----END PRIVATE KEY-----",
        "  mode: 1",
    ]
    shown = redacted_lines(lines)
    assert "c2hvcnQ=" not in "\n".join(shown)
    assert shown[-1] == "  mode: 1"


def test_a_line_below_a_name_that_only_sounds_like_a_secret_stays() -> None:
    lines = ["- name: secrets-store", "  image: registry/secrets-store:1.2"]
    assert redacted_lines(lines) == lines


def test_a_secret_keeps_what_says_what_it_is() -> None:
    lines = [
        "kind: Secret",
        "metadata:",
        "  name: orders",
        "stringData:",
        "  pin: 1234",
        "  file: |",
        "    correct-horse",
        'resource "aws_secretsmanager_secret_version" "orders" {',
        "  secret_id = aws_secretsmanager_secret.orders.id",
        "  secret_string = jsonencode({",
        '    word = "correct-horse"',
        "  })",
        "}",
    ]
    shown = redacted_lines(lines, every_value=True)
    assert "1234" not in "\n".join(shown)
    assert "correct-horse" not in "\n".join(shown)
    assert [shown[index] for index in (0, 1, 2, 3, 7, 8, 12)] == [
        lines[index] for index in (0, 1, 2, 3, 7, 8, 12)
    ]


def test_every_value_of_a_secret() -> None:
    shown = redacted_lines(["data:", "  anything: Y29ycmVjdA==", "  other: aG9yc2U="], every_value=True)
    assert shown == ["data:", f"  anything: {REDACTED}", f"  other: {REDACTED}"]


@pytest.mark.parametrize("part", ["a", "password", "a.", "name ", "- ", "{ ", '"', "=", " ", "secret="])
def test_hostile_lines_take_linear_time(part: str) -> None:
    # Anything worse than linear would take minutes.
    for start in ("", "password: ", "name: secret", "  x = "):
        redacted_lines([start + part * 500_000] * 5)
        redacted_lines([(start + part * 2_000)[:2_000]] * 100, every_value=True)
