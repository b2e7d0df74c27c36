"""What is asked for by a name that is not known, or among such names, is not known: it is not absent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, declared, read_files, template
from tfaudit.model.resources import Unresolved

_ASKED = {"p": {"type": "string"}, "o": {"type": "object"}}


def told(folder: Path, expression: str) -> Any:
    """Return what an expression of a template comes to, of which two parameters have no value."""
    [found] = declared(folder, template(account(x=expression), parameters=_ASKED))
    return found.body["properties"].get("x")


@pytest.mark.parametrize(
    "expression",
    [
        "[tryGet(createObject('a', 1), parameters('p'))]",
        "[coalesce(tryGet(createObject('a', 1), parameters('p')), createArray())]",
        "[tryGet(createObject('a', createObject()), 'a', parameters('p'))]",
        "[tryGet(createObject(parameters('p'), 1), 'b')]",
        "[createObject(parameters('p'), 1).?b]",
        "[contains(createObject(parameters('p'), 1), 'b')]",
        "[contains(resourceGroup().id, 'production')]",
        "[contains(resourceGroup().id, 'name')]",
        "[startsWith(split(resourceGroup().id, '/')[4], 'rg-')]",
        "[startsWith(resourceGroup().id, '/subscriptions/0000')]",
        "[endsWith(resourceGroup().id, '-prod')]",
        "[equals(length(resourceGroup().id), 80)]",
        "[indexOf(resourceGroup().id, 'prod')]",
        "[substring(resourceGroup().id, 15, 3)]",
        "[equalsIgnoreCase(split(resourceGroup().id, '/')[4], 'prod')]",
        "[union(createObject('a', parameters('o')), createObject('a', createObject('b', 1))).a]",
        "[reduce(parameters('o'), 0, lambda('a', 'b', lambdaVariables('a')))]",
    ],
)
def test_what_hangs_on_such_a_name_is_not_known(tmp_path: Path, expression: str) -> None:
    assert isinstance(told(tmp_path, expression), Unresolved)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[tryGet(createObject(parameters('p'), 1, 'b', 2), 'b')]", 2),
        ("[contains(createObject(parameters('p'), 1, 'b', 2), 'b')]", True),
        ("[contains(resourceGroup().id, '/resourceGroups/')]", True),
        ("[startsWith(resourceGroup().id, '/subscriptions/')]", True),
        ("[startsWith(resourceGroup().id, '/providers/')]", False),
        ("[endsWith(concat(resourceGroup().id, '-prod'), 'prod')]", True),
        ("[endsWith(concat(resourceGroup().id, '-prod'), 'test')]", False),
        ("[endsWith('abc', 'bc')]", True),
        ("[union(createObject('a', createObject('c', 2)), createObject('a', createObject('b', 1))).a.c]", 2),
    ],
)
def test_what_is_known_all_the_same_is(tmp_path: Path, expression: str, expected: Any) -> None:
    assert told(tmp_path, expression) == expected


def _deployment(reference: str) -> str:
    """Return a template with a deployment that makes an output, and an account that has it by `reference`."""
    nested = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [],
        "outputs": {"tls": {"type": "string", "value": "TLS1_0"}},
    }
    deployment = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "settings",
        "location": "westeurope",
        "properties": {"mode": "Incremental", "template": nested},
    }
    where = {
        "elsewhere": {"type": "string", "defaultValue": "[subscription().subscriptionId]"},
        "above": {"type": "string", "defaultValue": "[managementGroup().name]"},
    }
    scope = "managementGroup" if "managementGroup" in reference else "subscription"
    return template(
        deployment,
        account(minimumTlsVersion=reference.replace("DEPLOYMENT", "'Microsoft.Resources/deployments'")),
        scope=scope,
        parameters=where,
    )


@pytest.mark.parametrize(
    "reference",
    [
        "[reference(subscriptionResourceId(DEPLOYMENT, 'settings')).outputs.tls.value]",
        "[reference(subscriptionResourceId(parameters('elsewhere'), DEPLOYMENT, 'settings')).outputs.tls.value]",
        "[reference(managementGroupResourceId(parameters('above'), DEPLOYMENT, 'settings')).outputs.tls.value]",
    ],
)
def test_a_deployment_is_found_by_an_id_whose_subscription_is_brought_with_it(
    tmp_path: Path, reference: str
) -> None:
    [found] = declared(tmp_path, _deployment(reference))
    assert found.body["properties"]["minimumTlsVersion"] == "TLS1_0"


STORE = "resource store 'az:Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'orders'\n}\n"


@pytest.mark.parametrize("end", ["", " ", "\t", " \r", "\u00a0"])
@pytest.mark.parametrize("comment", ["// why", "#disable-next-line no-unused-vars", "/* why */"])
def test_a_line_ends_behind_a_comment_whatever_its_last_blank(tmp_path: Path, comment: str, end: str) -> None:
    text = f"param one string = 'a' {comment if comment[0] == '/' else ''}{end}\n"
    text += f"{comment}{end}\nvar two = 2 {comment if comment[0] == '/' else ''}{end}\n{STORE}"
    found, gaps = read_files(tmp_path, {"main.bicep": text})
    assert gaps == []
    assert [each.type for each in found] == ["microsoft.storage/storageaccounts"]
