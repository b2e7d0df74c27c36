"""Secrets are recognised by the name that they stand under and by their form; what is none stays readable."""

from __future__ import annotations

import re

import pytest

from tfaudit import secret_shapes
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.redaction import REDACTED, _may_hold_one, redacted, redacted_value, secret_name, shown

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


@pytest.mark.parametrize(
    "words",
    [
        "setx DB_HOME {}",
        "setx /M DB_HOME {}",
        "openssl enc -aes-256-cbc -k {} -in x",
        "openssl enc -K {}",
        "openssl rsa -passin pass:{} -in k",
        "openssl req -passout pass:{}",
        "ldapsearch -x -D cn=admin -w {} -b dc=x",
        "ldapadd -x -w{}",
        "curl -uadmin:{} https://x",
        "mysqldump -p{} app",
        "mariadb -u root -p'{}'",
        "sshpass -p '{}' ssh x",
        "sshpass -p{} ssh x",
        "docker login -p{} reg.io",
        "helm registry login -u a -p {} x",
        "az login --service-principal -u x -p {} --tenant t",
        "vault login {}",
        "mongodump -u root -p {} --gzip",
        "sqlcmd -S db -U sa -P {}",
        "psexec -u a -p {} cmd",
        "smbclient //s/x -U me%{}",
        "lftp -u me,{} h",
        "snmpwalk -v2c -c {} host",
        "htpasswd -b f u {}",
        "rabbitmqctl add_user me {}",
        "net use Z: \\\\srv\\share {} /user:me",
        "cmdkey /add:h /user:a /pass:{}",
        "keytool -storepass {} -x",
        "echo {} | passwd --stdin root",
        "kinit admin@SHOP.INTERNAL <<< {}",
        "kinit -k user <<< '{}'",
        'sudo -S ls <<<"{}"',
        "docker login -u a --password-stdin reg.io <<< {}",
        "echo {} | kinit admin",
        "printf '%s\\n' {} | sudo -S ls",
        "printf '%s' '{}' | cryptsetup open /dev/sda x",
        "echo root:{} | chpasswd",
        "CREATE USER a IDENTIFIED BY '{}'",
        "ALTER ROLE a WITH PASSWORD '{}'",
        "ConvertTo-SecureString '{}' -AsPlainText",
        '<property name="db.password" value="{}"/>',
        "AC" + "0123456789abcdef" * 2 + ":{}",
    ],
)
def test_a_secret_by_the_program_that_takes_it(words: str) -> None:
    assert redacted(words.format("sw0rd-fish1")) == words.format(REDACTED)


@pytest.mark.parametrize(
    "words",
    [
        "sqlplus system/{}@db:1521/ORCL",
        "sqlplus -s scott/{}@//db/ORCL",
        "jdbc:oracle:thin:scott/{}@db:1521:x",
        "connect scott/{}@db:1521/ORCL",
    ],
)
def test_a_secret_between_a_user_of_oracle_and_a_host(words: str) -> None:
    assert redacted(words.format("sw0rd-fish1")) == words.partition("{}")[0] + REDACTED


TOKENS = (
    ("SK", "0123456789abcdef" * 2),
    ("SG.", "a1B2c3D4e5F6g7H8i9J0kL." + "a1B2c3D4" * 5 + "e5F"),
    ("npm_", "a1B2c3D4e5F6" * 3),
    ("pypi-AgE", "IcHlwaS5vcmcCJDAwMDAw"),
    ("dckr_pat_", "a1B2c3D4e5F6g7H8i9J0k"),
    ("dop_v1_", "0123456789abcdef" * 4),
    ("hvs.", "CAESIa1B2c3D4e5F6g7H8"),
    ("AIza", "SyA0123456789abcdefghijklmnopqrstuv"),
    ("xapp-", "1-A0123456789-0123456789"),
    ("rk_live_", "a1B2c3D4e5F6g7H8i9"),
    ("sk-ant-", "api03-a1B2c3D4e5F6g7H8"),
    ("hf_", "abcdefghijklmnopqrstuvwxyzABCDEFGH"),
    ("glsa_", "a1B2c3D4e5F6g7H8i9J0_01234567"),
    ("gldt-", "a1B2c3D4e5F6g7H8i9J0"),
    ("shpat_", "0123456789abcdef" * 2),
    ("NRAK-", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0"),
    ("key-", "0123456789abcdef" * 2),
    ("ATATT3", "xFfGF0a1B2c3D4e5F6g7H8"),
    ("dapi", "0123456789abcdef" * 2),
)


@pytest.mark.parametrize(("beginning", "rest"), TOKENS)
def test_a_token_by_the_beginning_that_its_service_gives_it(beginning: str, rest: str) -> None:
    assert redacted(f"the value {beginning}{rest}, and more") == f"the value {REDACTED}, and more"


@pytest.mark.parametrize(
    "words",
    [
        "actions/checkout@v4.1.7",
        "registry.io/library/nginx@sha256:0123456789abcdef",
        "docker run -p 8080:80 -u 1000 nginx",
        "kubectl -n shop login",
        "curl -u $USER:$PASSWORD https://x",
        "curl -k https://x:8443/y",
        "ldapsearch -x -W -b dc=x",
        "mysql -u root -p",
        "the net user count",
        "openssl s_client -connect x:443",
        "az login --identity",
        "vault login -method=aws",
        "key-0123 is no key",
        "setx",
        "a password 'must' be",
        "team/app@db.internal:5432",
    ],
)
def test_what_only_looks_like_a_command_with_a_secret_stays(words: str) -> None:
    assert redacted(words) == words


HINTS = (
    *(f"{name}{sign}" for name in secret_shapes._NAMES.split() for sign in "=:> '"),
    *(
        "sig=",
        "?code=",
        "&code=",
        '"auth"',
        "authorization:",
        "authorization' = ",
        "-u=",
        "-user ",
        "--user=",
        "$apr1$",
        "$2a$",
        "$y$",
    ),
    *(
        "ghp_",
        "gho_",
        "github_pat_",
        "glpat-",
        "glft-",
        "glsa_",
        "rk_live",
        "sk_",
        "@host:1521",
        "@a/b.c-d:9",
    ),
    *(
        "hvs.",
        "hvb.",
        "ac" + "0a" * 16,
        "sk" + "f" * 32,
        "://host:word@",
        "hooks.slack.com/",
        "sk-" + "a" * 20,
        "key-" + "0a" * 16,
        "dapi" + "0a" * 16,
        "age-secret-key-1",
        "|",
        "bcp ",
        " value",
        "password 'x",
        "sshpass",
    ),
)


@pytest.mark.parametrize("hint", HINTS)
def test_what_hints_at_a_secret_is_looked_at(hint: str) -> None:
    """Words are looked for one by one before the exact hints are: what one of these is in holds such a word."""
    assert re.search(secret_shapes.HINT, hint)
    assert _may_hold_one(f"a text with {hint} in it")


def test_every_exact_hint_is_tried_above() -> None:
    exact = [each for each in secret_shapes._MARKS.values() if each]
    assert [each for each in exact if not any(re.search(each, hint) for hint in HINTS)] == []
    assert all(_may_hold_one(mark) for mark, exactly in secret_shapes._MARKS.items() if not exactly)


def test_a_way_is_shown_whole_and_a_long_list_says_how_much_more_there_is() -> None:
    way = " > ".join(f"a rather long name of step {number}" for number in range(10))
    assert shown([way]) == way
    told = shown([f"entry {number}" for number in range(1_000)])
    assert told.startswith("entry 0, entry 1, ")
    assert re.search(r", entry \d+ and \d+ more$", told)
    assert len(told) < 1_100
    assert len(shown(["a" * 5_000_000])) <= 400
    assert len(shown("a" * 5_000_000)) == 120
    assert shown({"password": "hunter2", "tags": ["a", "b"]}) == "password=(redacted), tags=a, b"
