"""A secret that is written down, and what only looks like one: the same verdict wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.test_right_verdicts import outcomes
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force

REAL = "hunter2-Zq9vv"
PLACES = {
    "aws_db_instance": (
        "database-password-not-inline",
        "main.tf",
        'resource "aws_db_instance" "d" {\n  engine = "postgres"\n  password = "VALUE"\n}\n',
    ),
    "aws_secretsmanager_secret": (
        "secret-not-inline",
        "main.tf",
        (
            'resource "aws_secretsmanager_secret" "s" { name = "s" }\n'
            'resource "aws_secretsmanager_secret_version" "s" {\n'
            '  secret_id = aws_secretsmanager_secret.s.id\n  secret_string = "VALUE"\n}\n'
        ),
    ),
    "azurerm_key_vault_secret": (
        "secret-not-inline",
        "main.tf",
        'resource "azurerm_key_vault_secret" "s" {\n  name = "s"\n  key_vault_id = "v"\n  value = "VALUE"\n}\n',
    ),
    "azurerm_linux_web_app": (
        "web-app-no-inline-secrets",
        "main.tf",
        'resource "azurerm_linux_web_app" "w" {\n  name = "w"\n  app_settings = { DB_PWD = "VALUE" }\n}\n',
    ),
    "AWS::RDS::DBInstance": (
        "database-password-not-inline",
        "template.yaml",
        "Resources:\n  D: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: 'VALUE'}}\n",
    ),
    "AWS::SecretsManager::Secret": (
        "secret-not-inline",
        "template.yaml",
        "Resources:\n  S: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: 'VALUE'}}\n",
    ),
    "Microsoft.KeyVault/vaults/secrets": (
        "secret-not-inline",
        "main.bicep",
        (
            "resource s 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {\n"
            "  name: 'v/s'\n  properties: { value: 'VALUE' }\n}\n"
        ),
    ),
    "Microsoft.App/containerApps": (
        "web-app-no-inline-secrets",
        "main.bicep",
        (
            "resource a 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'a'\n  location: 'w'\n  properties: {\n"
            "    configuration: { secrets: [ { name: 'mail', value: 'VALUE' } ] }\n  }\n}\n"
        ),
    ),
    "core/Pod": (
        "container-no-inline-secrets",
        "pod.yaml",
        (
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
            "spec: {containers: [{name: c, image: i, env: [{name: DB_PWD, value: 'VALUE'}]}]}\n"
        ),
    ),
    "core/Secret": (
        "secret-not-inline",
        "secret.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: 'VALUE'}\n",
    ),
}


@pytest.mark.parametrize(("value", "expected"), [(REAL, "fail"), ("op://vault/item/password", "pass")])
def test_what_says_where_a_secret_is_is_none(tmp_path: Path, value: str, expected: str) -> None:
    for number, (_, name, text) in enumerate(PLACES.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(text.replace("VALUE", value), "utf-8")
    policies = tuple({policy for policy, _, _ in PLACES.values()})
    result = scan(tmp_path, Options(in_force(Choice(ids=policies))))
    found = {each.asset.resource.type: each.outcome.value for each in result.verdicts}
    assert found == {place.lower() if "Microsoft" in place else place: expected for place in PLACES}


VARIABLES = {
    '{name: TOKEN_ISSUER, value: "https://issuer.example"}': "pass",
    "{name: API_KEY_HEADER, value: X-Api-Key}": "pass",
    "{name: DB_PASSWORD_SSM_PARAM, value: /shop/db/password}": "pass",
    "{name: DB_PWD, value: hunter2-Zq9vv}": "fail",
    "{name: DB_PASSWORD, value: $(OTHER)}": "pass",
}
HEADERS = {
    "{name: Authorization, value: Basic c2hvcDpodW50ZXIy}": "fail",
    "{name: Authorization, value: Bearer hunter2-Zq9vv}": "fail",
    "{name: X-Api-Key, value: hunter2-Zq9vv}": "fail",
    "{name: Authorization, value: 'op://vault/item/token'}": "pass",
    "{name: Host, value: shop.example}": "pass",
    "{name: Cookie, value: shop_session-id=x-liveness-probe}": "pass",
}


def containers(*written: str) -> str:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
    return pod + "".join(f"  - {{name: c{at}, image: i, {each}}}\n" for at, each in enumerate(written))


def test_the_name_of_a_variable_says_whether_it_is_a_secret(tmp_path: Path) -> None:
    pod = containers(*(f"env: [{each}]" for each in VARIABLES))
    found = outcomes(tmp_path, pod, "container-no-inline-secrets", "pod.yaml")
    assert list(found.values()) == list(VARIABLES.values())


def test_a_probe_signs_in_by_no_secret(tmp_path: Path) -> None:
    probes = ("livenessProbe", "readinessProbe", "startupProbe")
    call = "{httpGet: {path: /, port: 80, httpHeaders: [%s]}}"
    pod = containers(*(f"{probe}: {call % each}" for probe in probes for each in HEADERS))
    found = outcomes(tmp_path, pod, "container-no-inline-secrets", "pod.yaml")
    assert list(found.values()) == list(HEADERS.values()) * len(probes)


VAULT = (
    'resource "azurerm_key_vault_secret" "%s" {\n  name = "s"\n  key_vault_id = "v"\n  value = %s\n%s\n}\n'
)
LATER = "lifecycle { ignore_changes = [value] }"


PLACEHOLDERS = (
    ('"changeme"', LATER, "pass"),
    ('"SET_BY_HAND"', LATER, "pass"),
    ('"<set in the portal>"', "lifecycle { ignore_changes = all }", "pass"),
    ('jsonencode({ user = "shop", password = "changeme" })', LATER, "pass"),
    ('jsonencode({ user = "shop", password = "hunter2-Zq9vv" })', LATER, "fail"),
    ('"hunter2-Zq9vv"', LATER, "fail"),
    ('"changeme"', "lifecycle { ignore_changes = [tags] }", "fail"),
    ('"changeme"', "", "fail"),
    ('jsonencode({ user = "shop", password = random_password.p.result })', "", "pass"),
    (
        'jsonencode({ user = "shop", mail = "hunter2-Zq9vv", password = random_password.p.result })',
        "",
        "fail",
    ),
)


def test_a_placeholder_that_is_left_alone_later_is_no_secret(tmp_path: Path) -> None:
    text = 'resource "random_password" "p" { length = 20 }\n'
    for number, (value, lifecycle, _) in enumerate(PLACEHOLDERS):
        text += VAULT % (f"s{number}", value, lifecycle)
    found = outcomes(tmp_path, text, "secret-not-inline")
    assert list(found.values()) == [expected for _, _, expected in PLACEHOLDERS]


def test_of_a_map_the_key_that_is_named_is_left_alone(tmp_path: Path) -> None:
    app = 'resource "azurerm_linux_web_app" "%s" {\n  name = "%s"\n'
    app += '  app_settings = { DB_PASSWORD = "changeme"%s }\n%s\n}\n'
    one = 'lifecycle { ignore_changes = [app_settings["DB_PASSWORD"]] }'
    text = app % ("named", "a", "", one) + app % ("another", "b", "", one.replace("DB_", "MAIL_"))
    text += app % ("beside", "c", ', API_TOKEN = "hunter2-Zq9vv"', one)
    found = outcomes(tmp_path, text, "web-app-no-inline-secrets")
    assert found == {
        "azurerm_linux_web_app.named": "pass",
        "azurerm_linux_web_app.another": "fail",
        "azurerm_linux_web_app.beside": "fail",
    }
