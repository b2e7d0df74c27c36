from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.commands import tfaudit
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.pipeline.files import scan
from tfaudit.redaction import REDACTED
from tfaudit.sources.text.secrets import Masks, may_be_told_apart, without_secrets


@pytest.mark.parametrize(
    "body",
    [
        {"MasterUserPassword": "hunter2"},
        {"password": ["hunter2"]},
        {"Environment": {"Variables": {"DB_PASSWORD": "hunter2"}}},
        {"environment": [{"name": "API_TOKEN", "value": "hunter2"}]},
        {"Tags": [{"Key": "secret", "Value": "hunter2"}]},
        {"url": "postgres://user:hunter2@db/orders"},
        {"user_data": Unresolved("it is not known", "", "echo hunter2 ${x}")},
        {"UserData": "aHVudGVyMg== hunter2"},
    ],
)
def test_secrets_are_taken_out(body: dict[str, object]) -> None:
    assert "hunter2" not in repr(without_secrets(body))


@pytest.mark.parametrize(
    "body",
    [
        {"HttpTokens": "required"},
        {"http_tokens": "optional"},
        {"PasswordLastUsed": "2026-01-31T10:00:00+00:00"},
        {"PasswordLastUsed": "2026-01-31"},
        {"MasterUserPassword": "{{resolve:secretsmanager:db:SecretString:password}}"},
        {"credentials": "arn:aws:iam::123456789012:role/gateway"},
        {"AuthTokenEnabled": True, "PasswordLength": 14},
        {"manage_master_user_password": "true"},
        {"MasterUserPassword": Reference("Secret", "Value")},
        {"SecretArn": "arn:aws:secretsmanager:eu-west-1:1:secret:x", "KmsKeyId": "alias/x"},
        {"Action": ["secretsmanager:GetSecretValue"], "resources": ["secrets"]},
        {"PasswordPolicy": {"MinimumLength": 14}, "name": "password"},
    ],
)
def test_what_only_sounds_secret_stays(body: dict[str, object]) -> None:
    assert without_secrets({**body}) == body


def test_that_something_stands_there_can_still_be_told() -> None:
    assert without_secrets({"password": "hunter2", "token": ""}) == {"password": REDACTED, "token": ""}


def test_the_content_of_a_secret_is_kept_back_by_what_holds_it() -> None:
    vault = without_secrets({"name": "database", "value": "hunter2"}, "azurerm_key_vault_secret")
    assert vault == {"name": "database", "value": REDACTED}
    block = without_secrets(
        {"secret": [{"name": "database", "value": "hunter2"}], "value": "shown"}, "azurerm_x"
    )
    assert block == {"secret": [{"name": "database", "value": REDACTED}], "value": "shown"}
    assert without_secrets({"data": {"user": "hunter2"}}, "kubernetes_secret") == {"data": {"user": REDACTED}}


@pytest.mark.parametrize("output", ["json", "sarif", "html", "markdown", "text", "junit"])
def test_a_secret_that_evaluation_carries_along_is_told_nowhere(output: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        """
        variable "db_password" { default = "hunter2-Sommer" }
        locals { line = "user:${var.db_password}@host" }
        resource "aws_db_instance" "a" {
          identifier = "shop"
          password   = var.db_password
        }
        resource "aws_instance" "b" {
          tags      = { conn = local.line, s = sensitive("geheim12345") }
          user_data = "export P=${var.db_password}"
        }
        resource "aws_s3_bucket" "c" { bucket = "b-${var.db_password}" }
        resource "aws_s3_bucket" "d" {
          for_each = toset([var.db_password])
          bucket   = each.key
        }
        resource "aws_s3_bucket" "e" { bucket = file("${var.db_password}.txt") }
        resource "aws_db_instance" "f" {
          identifier = "x-${aws_db_instance.a.password}"
          password   = sensitive("geheim12345")
        }
        """
    )
    done = tfaudit("scan", ".", "--all", "--fail-on", "never", "-o", output, cwd=tmp_path)
    assert "aws_db_instance" in done.stdout
    assert "hunter2" not in done.stdout
    assert "geheim" not in done.stdout


def test_a_password_marked_sensitive_in_place_is_still_inline(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_db_instance" "a" {\n  password = sensitive("geheim12345")\n}\n'
    )
    found = [each for each in scan(tmp_path).verdicts if each.policy.id == "database-password-not-inline"]
    assert [each.outcome.value for each in found] == ["fail"]


@pytest.mark.parametrize("seed", range(40))
def test_many_secrets_are_masked_as_few_are(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - it is to be repeated

    def word() -> str:
        return "".join(chance.choices("ab1-", k=chance.randint(1, 14)))

    secrets = [word() for _ in range(chance.randint(0, 8))]
    text = "".join(chance.choice([*secrets, word()]) for _ in range(40))
    further = [f"{number:08d}-further" for number in range(600)]
    found = Masks([*secrets, *further]).over(text)
    assert found == Masks(secrets).over(text)
    assert not any(each in found for each in secrets if may_be_told_apart(each))


def test_no_number_of_secrets_lets_one_through(tmp_path: Path) -> None:
    count = 700
    variables = "".join(
        f'variable "password_{number}" {{ default = "sw0rd-fish-{number:04d}" }}\n' for number in range(count)
    )
    names = "".join(
        f'resource "aws_db_instance" "d{number}" {{\n  identifier = "x-${{var.password_{number}}}"\n'
        f"  password   = var.password_{number}\n}}\n"
        for number in range(count)
    )
    (tmp_path / "main.tf").write_text(variables + names)
    done = tfaudit("scan", "--policy", "database-encrypted", "-o", "json", ".", cwd=tmp_path)
    assert "aws_db_instance.d699" in done.stdout
    assert "sw0rd-fish" not in done.stdout
