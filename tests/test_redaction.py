"""Secrets are recognised by the name that they stand under and by their form; what is none stays readable."""

from __future__ import annotations

import pytest

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.redaction import REDACTED, redacted, redacted_value, secret_name

# Made up for this test, and cut in two so that no scanner takes them for real.
AWS_KEY = "AKIA" + "Q3EGTEXAMPLE2345"
GITHUB = "ghp_" + "a1B2" * 9
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".c2lnbmF0dXJl"


@pytest.mark.parametrize("secret", [AWS_KEY, GITHUB, JWT, "-----BEGIN RSA PRIVATE KEY-----"])
def test_a_secret_by_its_form(secret: str) -> None:
    assert secret not in redacted(f"the value is {secret}, and must be empty")


@pytest.mark.parametrize(
    "words",
    [
        "Authorization: Bearer {}",
        "authorization=Basic {}",
        "bearer {}",
        "curl --token {} x",
        "run --db-password={} -v",
        "PGPASSWORD={} psql",
        "mysql -uroot -p{} shop",
        "Server=x;Password={};",
        "api_key={}&x=1",
        "aws_secret_access_key = {}",
        "password: {}",
        "X-Api-Key: {}",
        "machine x login a password {}",
        "sshpass -p {} ssh x",
        "docker login -u a -p {} registry",
        "redis-cli -h cache -a {} ping",
        "curl -u admin:{} https://x",
    ],
)
def test_a_secret_by_the_word_before_it(words: str) -> None:
    said = redacted(words.format("sw0rd-fish1"))
    assert said == words.format(REDACTED)


@pytest.mark.parametrize(
    "words",
    [
        'jsonencode({ db_password = "%s", user = "u" })',
        '{"password":"%s","user":"u"}',
        "{'api_key': '%s'}",
        r"{\"client_secret\": \"%s\"}",
        'merge({ token => "%s" }, x)',
        'psql --password="%s" shop',
    ],
)
def test_a_secret_in_quotes_behind_its_name(words: str) -> None:
    assert redacted(words % "sword fish") == words % REDACTED


@pytest.mark.parametrize(
    "words",
    [
        "<password>{}</password>",
        '{{"auth":"{}"}}',
        "https://{}@github.com/a/b",
        "https://x/y?key={}&z=1",
        "https://x.azurewebsites.net/api/f?code={}",
        "https://hooks.slack.com/services/T0/B0/{}",
        "https://discord.com/api/webhooks/1/{}",
        "admin:$apr1${}",
    ],
)
def test_a_secret_by_what_it_stands_in(words: str) -> None:
    assert "a1B2c3D4" not in redacted(words.format("a1B2c3D4" * 3))


@pytest.mark.parametrize(
    "words",
    [
        "password: at least 14 characters",
        "the secret: arn:aws:secretsmanager:eu-west-1:123456789012:secret:x",
        "docker run -p 8080:80 nginx",
        "useradd --user 1000:1000 x",
        "https://git@github.com/a/b",
        "the password policy1",
        "https://x/y?key=orders",
    ],
)
def test_a_sentence_that_only_has_the_words_stays(words: str) -> None:
    assert redacted(words) == words


@pytest.mark.parametrize("url", ["postgres://{}@db/app", "https://{}@registry.internal:5000/x"])
@pytest.mark.parametrize("who", ["app:sw0rd-fish1", ":sw0rd-fish1", "app:a/b:c"])
def test_who_logs_in_by_an_address(url: str, who: str) -> None:
    assert redacted(url.format(who)) == url.format(REDACTED)


@pytest.mark.parametrize(
    "words",
    [
        "run --password=$(DB_PASSWORD)",
        "run --token ${TOKEN}",
        "--token-auth-file=x",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders",
        "a bearer token is asked for",
        "docker run -p8080:80",
        'password = ""',
        '"password": "${var.password}"',
        '"token_type": "opaque"',
        "https://registry.internal:5000/x",
    ],
)
def test_what_only_announces_a_secret_stays(words: str) -> None:
    assert redacted(words) == words


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
        ("DB_PASS", True),
        ("PGPASSWORD", True),
        ("wifi_psk", True),
        ("smtp_pwd", True),
        ("pass_phrase", True),
        ("bypass", False),
        ("passthrough", False),
        ("iam:PassedToService", False),
    ],
)
def test_names(name: str, secret: bool) -> None:
    assert secret_name(name) is secret


@pytest.mark.parametrize(
    "part",
    [
        "eyJ-",
        "://a",
        "://a:b",
        "-----BEGIN PRIVATE KEY-----",
        "glpat-",
        "password",
        "sig=",
        "ghp_",
        "a:b@",
        "key=-",
        "bearer ",
        "mysql -",
        "--password ",
        "authorization:",
    ],
)
def test_hostile_text_takes_linear_time(part: str) -> None:
    # Anything worse than linear would take minutes.
    redacted(part * 100_000)
    secret_name(part * 100_000)
