"""ARM templates: what of them is deployed, with which values, from where, and what stays unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, declared, parameter_file, read_files, template, value
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.redaction import REDACTED

_TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[concat('a', 1, true())]", "a1True"),
        ("[format('{0}-{1:00}', 'a', 7)]", "a-07"),
        ("[[literal]", "[literal]"),
        ("[toLower(substring('ABCDEF', 1, 3))]", "bcd"),
        ("[split('a;b,c', createArray(';', ','))]", ["a", "b", "c"]),
        ("[if(equals(length('abc'), 3), 'yes', 'no')]", "yes"),
        ("[union(createObject('a', 1, 'b', createObject('c', 2)), createObject('b', createObject('d', 3)))]",
         {"a": 1, "b": {"c": 2, "d": 3}}),
        ("[contains(createObject('Key', 1), 'key')]", True),
        ("[contains('Abc', 'abc')]", False),
        ("[coalesce(null(), 'b')]", "b"),
        ("[json('{\"a\": [1, 2]}').a[1]]", 2),
        ("[json('.5')]", 0.5),
        ("[json(' -.25 ')]", -0.25),
        ("[tryGet(createObject('a', 1), 'b')]", None),
        ("[createObject('a', 1).?b]", None),
        ("[map(range(0, 3), lambda('i', mul(lambdaVariables('i'), 2)))]", [0, 2, 4]),
        ("[filter(createArray(1, 2, 3), lambda('i', greater(lambdaVariables('i'), 1)))]", [2, 3]),
        ("[cidrSubnet('10.0.0.0/16', 24, 2)]", "10.0.2.0/24"),
        ("[padLeft('7', 3, '0')]", "007"),
        ("[base64ToString(base64('abc'))]", "abc"),
        ("[guid('a', 'b')]", "b0a16d42-fae6-5d5d-a3a6-a3c1b4e0e0a1"),
        ("[dateTimeAdd('2024-01-31T00:00:00Z', 'P1DT1H')]", "2024-02-01T01:00:00Z"),
        ("[items(createObject('b', 1, 'a', 2))[0].key]", "a"),
        ("[startsWith('Abc', 'ab')]", True),
        ("[last(split('a/b/c', '/'))]", "c"),
        ("[uri('https://x.example/a/', 'b.json')]", "https://x.example/a/b.json"),
        ("[and(true(), not(or(false(), false())))]", True),
        ("[div(-7, 2)]", -3),
    ],
)  # fmt: skip
def test_functions_give_what_azure_documents(tmp_path: Path, expression: str, expected: Any) -> None:
    if "guid" in expression:
        assert value(tmp_path, expression) == value(tmp_path, expression)
        assert len(value(tmp_path, expression)) == 36
        return
    assert value(tmp_path, expression) == expected


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("[madeUp('a')]", "madeUp"),
        ("[parameters('none')]", "none"),
        ("[substring('abc', 2, 9)]", "substring"),
        ("[concat('a'", "concat"),
        ("[div(1, 0)]", "divides"),
    ],
)
def test_what_cannot_be_evaluated_says_why(tmp_path: Path, expression: str, word: str) -> None:
    found = value(tmp_path, expression)
    if isinstance(found, str):  # without its bracket it is a text
        assert found == expression
    else:
        assert isinstance(found, Unresolved)
        assert word in found.because


def test_what_only_azure_tells_keeps_its_expression(tmp_path: Path) -> None:
    found = value(tmp_path, "[concat('st', uniqueString(resourceGroup().id))]")
    assert isinstance(found, Unresolved)
    assert found.expression == "st${uniqueString(resourceGroup().id)}"


def test_one_branch_decides_whatever_is_not_known_of_the_other(tmp_path: Path) -> None:
    sections: dict[str, Any] = {"parameters": {"open": {"type": "bool"}}}
    assert value(tmp_path, "[or(parameters('open'), true())]", **sections) is True
    assert value(tmp_path, "[if(parameters('open'), 'a', 'a')]", **sections) == "a"
    assert isinstance(value(tmp_path, "[if(parameters('open'), 'a', 'b')]", **sections), Unresolved)


def test_variables_may_be_loops_and_name_others(tmp_path: Path) -> None:
    variables = {
        "copy": [
            {"name": "names", "count": 2, "input": "[concat(variables('base'), copyIndex('names', 1))]"}
        ],
        "base": "st",
    }
    assert value(tmp_path, "[variables('names')]", variables=variables) == ["st1", "st2"]


def test_variables_in_a_circle_are_not_known(tmp_path: Path) -> None:
    found = value(tmp_path, "[variables('a')]", variables={"a": "[variables('b')]", "b": "[variables('a')]"})
    assert isinstance(found, Unresolved)
    assert "refers to itself" in found.because


def test_functions_of_the_templates_own(tmp_path: Path) -> None:
    own = [{"namespace": "own", "members": {"name": {
        "parameters": [{"name": "base", "type": "string"}],
        "output": {"type": "string", "value": "[toLower(parameters('base'))]"},
    }}}]  # fmt: skip
    assert value(tmp_path, "[own.name('ABC')]", functions=own) == "abc"


def test_parameters_come_from_the_default_a_file_or_an_option(tmp_path: Path) -> None:
    text = template(account(x="[parameters('tls')]"), parameters={"tls": {**_TEXT, "defaultValue": "a"}})
    [by_default] = declared(tmp_path / "1", text)
    [by_option] = declared(tmp_path / "2", text, tls="c")
    [by_file], _ = read_files(
        tmp_path / "3", {"main.json": text, "main.parameters.json": parameter_file(tls="b")}
    )

    assert [each.body["properties"]["x"] for each in (by_default, by_option, by_file)] == ["a", "c", "b"]
    assert str(by_default.origins_of(("properties", "x"), "a")[0]).startswith(
        "parameter tls = a, from its default"
    )
    assert (
        str(by_file.origins_of(("properties", "x"), "b")[0])
        == "parameter tls = b, from main.parameters.json:5"
    )
    assert str(by_option.origins_of(("properties", "x"), "c")[0]) == "parameter tls = c, from --parameter"


def test_each_file_of_parameters_is_a_deployment_of_its_own(tmp_path: Path) -> None:
    files = {
        "main.json": template(account("[parameters('n')]"), parameters={"n": _TEXT}),
        "main.parameters.test.json": parameter_file(n="one"),
        "parameters/main.parameters.production.json": parameter_file(n="two"),
        "other.parameters.json": parameter_file(n="three"),
    }
    found, _ = read_files(tmp_path, files)
    assert [(each.body["name"], each.scope) for each in found] == [
        ("one", "main.json with main.parameters.test.json"),
        ("two", "main.json with parameters/main.parameters.production.json"),
    ]


def test_a_parameter_without_a_value_is_not_known_and_says_what_settles_it(tmp_path: Path) -> None:
    found = value(tmp_path, "[parameters('tls')]", parameters={"tls": _TEXT})
    assert found == Unresolved(
        "the parameter tls has no value here", "pass --parameter tls=...", "${parameters('tls')}"
    )


def test_of_a_secure_parameter_no_value_is_shown(tmp_path: Path) -> None:
    secure = {"type": "securestring"}
    text = template(
        account(x="[parameters('p')]", y="[parameters('q')]", z="[parameters('r')]"),
        parameters={
            "p": {**secure, "defaultValue": "hunter2"},
            "q": secure,
            "r": {**secure, "defaultValue": ""},
        },
    )
    [found] = declared(tmp_path, text, q="hunter3")
    properties = found.body["properties"]
    assert properties["x"] == REDACTED
    assert isinstance(properties["y"], Unresolved)
    assert properties["z"] == ""
    assert "hunter" not in str(found.body) + str(found.origins_of(("properties", "x"), REDACTED))


def test_loops_conditions_and_children(tmp_path: Path) -> None:
    looped = {**account("[concat('st', copyIndex())]"), "copy": {"name": "all", "count": 2}}
    child = {"type": "blobServices", "apiVersion": "2023-01-01", "name": "default", "properties": {}}
    never = {**account("never"), "condition": False}
    maybe = {**account("maybe"), "condition": "[parameters('on')]"}
    found = declared(
        tmp_path,
        template({**looped, "resources": [child]}, never, maybe, parameters={"on": {"type": "bool"}}),
    )
    assert [each.address for each in found] == [
        "Microsoft.Storage/storageAccounts/st0",
        "Microsoft.Storage/storageAccounts/st0/blobServices/default",
        "Microsoft.Storage/storageAccounts/st1",
        "Microsoft.Storage/storageAccounts/st1/blobServices/default",
        "Microsoft.Storage/storageAccounts/maybe",
    ]
    assert [each.body.get("parent") for each in found[:2]] == [None, Reference(found[0].address, "id")]
    assert isinstance(found[4].body["@Condition"], Unresolved)


def test_a_loop_of_unknown_length_is_one_that_may_not_be(tmp_path: Path) -> None:
    looped = {**account("[concat('st', copyIndex())]"), "copy": {"name": "all", "count": "[parameters('n')]"}}
    [found] = declared(tmp_path, template(looped, parameters={"n": {"type": "int"}}))
    assert isinstance(found.body["@Condition"], Unresolved)
    assert isinstance(found.body["name"], Unresolved)


def test_children_name_what_they_belong_to_however_they_are_spelled(tmp_path: Path) -> None:
    rule = {"apiVersion": "2021-11-01", "properties": {}}
    name = "[parameters('server')]"
    server = {"type": "Microsoft.Sql/servers", "apiVersion": "2021-11-01", "name": name, "properties": {}}
    found = declared(
        tmp_path,
        template(
            {**server, "resources": [{**rule, "type": "firewallRules", "name": "inside"}]},
            {**rule, "type": "Microsoft.Sql/servers/firewallRules", "name": "[concat(parameters('server'), '/a')]"},
            {**rule, "type": "Microsoft.Sql/servers/firewallRules",
             "name": "[format('{0}/{1}', parameters('server'), 'b')]"},
            {**rule, "type": "Microsoft.Sql/servers/firewallRules", "name": "far/c"},
            {**rule, "type": "Microsoft.Sql/servers/providers/locks",
             "name": "[concat(parameters('server'), '/Microsoft.Authorization/keep')]"},
            {**rule, "type": "Microsoft.Authorization/locks", "name": "keep",
             "scope": "[format('Microsoft.Sql/servers/{0}', parameters('server'))]"},
            parameters={"server": _TEXT},
        ),
    )  # fmt: skip
    server_reference = Reference(found[0].address, "id")
    assert [each.body["parent"] for each in found[1:4]] == [server_reference] * 3
    assert str(found[4].body["parent"]).endswith("/Microsoft.Sql/servers/far")
    assert [each.type for each in found[5:]] == ["microsoft.authorization/locks"] * 2
    assert [each.body["scope"] for each in found[5:]] == [server_reference] * 2


def test_a_name_that_is_not_known_joins_nothing(tmp_path: Path) -> None:
    rule = {
        "type": "Microsoft.Sql/servers/firewallRules",
        "apiVersion": "2024-01-01",
        "name": "[parameters('whole')]",
    }
    server = {"type": "Microsoft.Sql/servers", "apiVersion": "2024-01-01", "name": "[parameters('server')]"}
    _, found = declared(tmp_path, template(server, rule, parameters={"server": _TEXT, "whole": _TEXT}))
    assert isinstance(found.body["parent"], Unresolved)


def test_ids_of_what_is_declared_are_references(tmp_path: Path) -> None:
    settings = {
        "type": "Microsoft.Insights/diagnosticSettings",
        "apiVersion": "2021-05-01-preview",
        "name": "d",
        "scope": "[resourceId('Microsoft.Storage/storageAccounts', variables('n'))]",
        "properties": {"workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'w')]"},
    }
    name = "[concat('st', uniqueString(resourceGroup().id))]"
    store, found = declared(tmp_path, template(account("[variables('n')]"), settings, variables={"n": name}))
    assert found.body["scope"] == Reference(store.address, "id")
    assert found.body["properties"]["workspaceId"].endswith("/Microsoft.OperationalInsights/workspaces/w")


def _nested(name: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": name,
        "properties": {"mode": "Incremental", **properties},
    }


def test_nested_templates_are_read_in_their_own_scope_or_in_that_of_the_outer(tmp_path: Path) -> None:
    inner = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": {"n": {"type": "string", "defaultValue": "inside"}},
        "resources": [account("[parameters('n')]")],
        "outputs": {"id": {"type": "string", "value": "[parameters('n')]"}},
    }
    found = declared(
        tmp_path,
        template(
            _nested("a", template=inner),
            _nested("b", template=inner, expressionEvaluationOptions={"scope": "inner"}),
            _nested("c", template=inner, expressionEvaluationOptions={"scope": "inner"},
                    parameters={"n": {"value": "[concat('gi', 'ven')]"}}),
            account("last", x="[reference('c').outputs.id.value]"),
            parameters={"n": {"type": "string", "defaultValue": "outside"}},
        ),
    )  # fmt: skip
    assert [each.body["name"] for each in found] == ["outside", "inside", "given", "last"]
    assert found[3].body["properties"]["x"] == "given"
    assert {each.scope for each in found} == {"main.json"}
    assert found[2].place.line > found[0].place.line


def test_linked_templates_are_read_where_they_lie_in_the_tree(tmp_path: Path) -> None:
    files = {
        "main.json": template(
            _nested("a", templateLink={"relativePath": "nested/store.json"}, parameters={"n": {"value": "one"}}),
            _nested("b", templateLink={"uri": "[uri(parameters('_artifactsLocation'), 'nested/store.json')]"},
                    parameters={"n": {"value": "two"}}),
            parameters={"_artifactsLocation": {
                "type": "string", "defaultValue": "[deployment().properties.templateLink.uri]"}},
        ),
        "nested/store.json": template(account("[parameters('n')]"), parameters={"n": _TEXT}),
    }  # fmt: skip
    found, gaps = read_files(tmp_path, files)
    assert gaps == []
    assert [(each.body["name"], each.place.origin, each.scope) for each in found] == [
        ("one", "nested/store.json", "main.json"),
        ("two", "nested/store.json", "main.json"),
    ]
    assert "deployment a" in str(found[0].origins_of(("name",), "one")[0])


@pytest.mark.parametrize(
    "link",
    [
        {"uri": "https://example.com/t.json"},
        {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/templateSpecs/t/versions/1"},
        {"relativePath": "../../../etc/passwd"},
        {"relativePath": "missing.json"},
    ],
)
def test_a_template_that_is_somewhere_else_is_a_gap_with_its_name(
    tmp_path: Path, link: dict[str, str]
) -> None:
    found, [gap] = read_files(tmp_path, {"main.json": template(_nested("far", templateLink=link), account())})
    assert [each.body["name"] for each in found] == ["orders"]
    assert gap.place.line > 0
    named = next(iter(link.values()))
    assert named.rpartition("/")[2] in gap.because


def test_a_template_that_deploys_itself_ends(tmp_path: Path) -> None:
    text = template(_nested("again", templateLink={"relativePath": "main.json"}), account())
    found, gaps = read_files(tmp_path, {"main.json": text})
    assert found
    assert [each.because for each in gaps] == ["modules are nested too deep, or in a circle"]


def test_symbolic_names_existing_resources_and_their_ids(tmp_path: Path) -> None:
    text = template(
        languageVersion="2.0",
        resources={
            "vault": {
                "existing": True,
                "type": "Microsoft.KeyVault/vaults",
                "apiVersion": "2024-01-01",
                "name": "kv",
            },
            "store": {**account("orders", x="[resourceInfo('vault').id]"), "dependsOn": ["vault"]},
            "secret": {
                "type": "Microsoft.KeyVault/vaults/secrets",
                "apiVersion": "2024-01-01",
                "name": "kv/s",
            },
        },
    )
    store, secret = declared(tmp_path, text)
    assert (store.address, secret.address) == ("store", "secret")
    assert store.body["properties"]["x"].endswith("/Microsoft.KeyVault/vaults/kv")
    assert secret.body["parent"].endswith("/Microsoft.KeyVault/vaults/kv")


def test_scopes_of_subscriptions_and_groups(tmp_path: Path) -> None:
    group = {
        "type": "Microsoft.Resources/resourceGroups",
        "apiVersion": "2024-01-01",
        "name": "rg-shop",
        "location": "x",
    }
    inner = {"$schema": "…deploymentTemplate.json#", "resources": [account("orders")]}
    text = template(
        group,
        {**_nested("a", template=inner), "resourceGroup": "rg-shop"},
        {
            "type": "Microsoft.Authorization/locks",
            "apiVersion": "2024-01-01",
            "name": "keep",
            "properties": {},
        },
        scope="subscription",
    )
    found_group, store, lock = declared(tmp_path, text)
    assert found_group.body["id"].endswith("}/resourceGroups/rg-shop")
    assert "/resourceGroups/rg-shop/providers/Microsoft.Storage" in store.body["id"]
    assert lock.body["scope"] == "/subscriptions/${subscription().subscriptionId}"


def test_places_are_those_of_what_is_written(tmp_path: Path) -> None:
    text = template(
        account(
            x={"copy": [{"name": "rules", "count": 2, "input": {"a": "[copyIndex('rules')]"}}]},
            MINIMUMTLSVERSION="b",
        )
    )
    [found] = declared(tmp_path, text)
    lines = text.splitlines()
    at = found.place_of(("properties", "x", "rules", 1, "a"))
    assert "copyIndex" in lines[at.line - 1]
    assert "MINIMUMTLSVERSION" in lines[found.place_of(("properties", "minimumTlsVersion")).line - 1]
    assert found.body["properties"]["minimumTlsVersion"] == "b"


def test_comments_are_no_part_of_the_values_and_may_waive(tmp_path: Path) -> None:
    text = (
        template(account(url="https://x"))
        .replace('"type":', '/* tfaudit:ignore object-store-minimum-tls it is old */ "type":')
        .replace('"url"', '// a "comment"\n"url"')
    )
    [found] = declared(tmp_path, text)
    assert found.body["properties"]["url"] == "https://x"
    assert [each.reason for each in found.suppressions] == ["it is old"]


def test_checkovs_skips_stand_in_the_metadata(tmp_path: Path) -> None:
    skips = {"checkov": {"skip": [{"id": "CKV_AZURE_3", "comment": "behind a proxy"}]}}
    [found] = declared(tmp_path, template({**account(), "metadata": skips}))
    assert [(each.tool, each.ids, each.reason) for each in found.suppressions] == [
        ("checkov", ("CKV_AZURE_3",), "behind a proxy")
    ]


def test_tags_keep_their_names(tmp_path: Path) -> None:
    [found] = declared(tmp_path, template({**account(), "tags": {"Name": "a", "TYPE": "b"}}))
    assert found.body["tags"] == {"Name": "a", "TYPE": "b"}


@pytest.mark.parametrize(
    ("text", "because"),
    [
        (
            '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", ',
            "not JSON",
        ),
        ('{"$schema": "x/deploymentTemplate.json#", "resources": [], "resources": []}', "stands twice"),
    ],
)
def test_what_is_broken_is_said(tmp_path: Path, text: str, because: str) -> None:
    _, gaps = read_files(tmp_path, {"main.json": text})
    assert any(because in each.because for each in gaps)


def test_what_unfolds_without_end_is_a_gap(tmp_path: Path) -> None:
    doubled = {f"v{n}": f"[concat(variables('v{n - 1}'), variables('v{n - 1}'))]" for n in range(1, 60)}
    text = template(account(x="[variables('v59')]"), variables={"v0": "[createArray('a', 'b')]", **doubled})
    found, [gap] = read_files(tmp_path, {"main.json": text})
    assert found == []
    assert "unfolds to more than" in gap.because


def test_other_json_is_not_claimed(tmp_path: Path) -> None:
    files = {"a.json": '{"resources": []}', "b.json": '{"note": "see deploymentTemplate.json"}'}
    assert read_files(tmp_path, files) == ([], [])


def test_what_hangs_on_the_subscription_is_not_known_as_a_whole(tmp_path: Path) -> None:
    for expression in ("[guid(resourceGroup().id, 'a')]", "[equals(subscription().id, '/subscriptions/s')]"):
        assert isinstance(value(tmp_path, expression), Unresolved)
    assert value(tmp_path, "[equals(subscription().id, subscription().id)]") is True
    assert value(tmp_path, "[last(split(resourceId('a.b/c', 'd'), '/'))]") == "d"


def test_an_api_version_may_be_computed_and_must_be_one(tmp_path: Path) -> None:
    good = account("a") | {"apiVersion": "[variables('version')]"}
    bad = account("b") | {"apiVersion": "2023-1-01"}
    text = template(good, bad, variables={"version": "2015-06-15"})
    found, gaps = read_files(tmp_path, {"main.json": text})
    assert [each.body["apiVersion"] for each in found] == ["2015-06-15", "2023-1-01"]
    assert [each.because for each in gaps] == [
        "the API version 2023-1-01 of Microsoft.Storage/storageAccounts/b is none: Azure refuses it"
    ]


def test_an_extension_whose_name_is_not_known_is_read(tmp_path: Path) -> None:
    lock = {
        "type": "Microsoft.Storage/storageAccounts/providers/locks",
        "apiVersion": "2020-05-01",
        "name": "[parameters('whole')]",
        "properties": {"level": "CanNotDelete"},
    }
    [found] = declared(tmp_path, template(lock, parameters={"whole": _TEXT}))
    assert found.type == "microsoft.authorization/locks"
    assert isinstance(found.body["name"], Unresolved)


@pytest.mark.parametrize(
    "placed",
    [
        "GEN-PASSWORD",
        "${PASSWORD}",
        "app-${NAME=orders}",
        "$(secretOrRandomPassword ${VAULT} PASSWORD)",
    ],
)
def test_a_placeholder_in_a_file_of_parameters_is_no_value(tmp_path: Path, placed: str) -> None:
    text = template(account("a", x="[parameters('secret')]"), parameters={"secret": {"type": "securestring"}})
    files = {"main.json": text, "main.parameters.json": parameter_file(secret=placed)}
    [found], gaps = read_files(tmp_path, files)
    assert gaps == []
    value = found.body["properties"]["x"]
    assert isinstance(value, Unresolved)
    assert placed[:40] in value.because


@pytest.mark.parametrize("text", ["$100", "$(date)", "a${", "cost ${} each"])
def test_a_dollar_alone_is_no_placeholder(tmp_path: Path, text: str) -> None:
    whole = template(account("a", x="[parameters('p')]"), parameters={"p": {"type": "string"}})
    [found], _ = read_files(tmp_path, {"main.json": whole, "main.parameters.json": parameter_file(p=text)})
    assert found.body["properties"]["x"] == text


def test_a_placeholder_inside_of_a_parameter_leaves_the_rest_known(tmp_path: Path) -> None:
    whole = template(account("a", x="[parameters('p')]"), parameters={"p": {"type": "object"}})
    given = parameter_file(p={"a": ["${TIER}", "hot"], "b": 1})
    [found], _ = read_files(tmp_path, {"main.json": whole, "main.parameters.json": given})
    stated = found.body["properties"]["x"]
    assert isinstance(stated["a"][0], Unresolved)
    assert (stated["a"][1], stated["b"]) == ("hot", 1)


def test_a_name_that_lacks_the_part_of_what_it_extends_is_a_name_all_the_same(tmp_path: Path) -> None:
    lock = {
        "type": "Microsoft.Storage/storageAccounts/providers/locks",
        "apiVersion": "2016-09-01",
        "name": "orders",
        "properties": {"level": "CanNotDelete"},
    }
    found, gaps = read_files(tmp_path, {"main.json": template(account(), lock)})
    assert not gaps
    assert [each.type for each in found] == [
        "microsoft.storage/storageaccounts",
        "microsoft.authorization/locks",
    ]


@pytest.mark.parametrize(
    ("profile", "type_", "version"),
    [
        ("2018-03-01-hybrid", "Microsoft.Storage/storageAccounts", "2016-01-01"),
        ("2019-03-01-Hybrid", "Microsoft.Storage/storageAccounts", "2017-10-01"),
        ("2020-09-01-hybrid", "Microsoft.Storage/storageAccounts", "2019-06-01"),
        ("2017-03-09-profile", "Microsoft.Network/virtualNetworks/subnets", "2015-06-15"),
        ("2018-03-01-hybrid", "Microsoft.Storage/storageAccounts/blobServices", ""),
        ("latest", "Microsoft.Storage/storageAccounts", ""),
        ("2099-01-01-hybrid", "Microsoft.Storage/storageAccounts", ""),
    ],
)
def test_a_profile_tells_api_versions(tmp_path: Path, profile: str, type_: str, version: str) -> None:
    stated = {"type": type_, "name": "/".join("abc"[: type_.count("/")])}
    [found] = declared(tmp_path, template(stated, apiProfile=profile))
    assert found.body["apiVersion"] == version
    [found] = declared(tmp_path, template({**stated, "apiVersion": "2023-01-01"}, apiProfile=profile))
    assert found.body["apiVersion"] == "2023-01-01"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("main.jsonc", lambda text: text),
        ("main.jsonc", lambda text: "// what it is for\n" + text.replace("{", "{ /* here */", 1)),
        ("main.json", lambda text: text.replace("$schema", "$Schema")),
        ("main.json", lambda text: text.replace("deploymentTemplate.json", "DeploymentTEMPLATE.json")),
        (
            "main.json",
            lambda text: text.replace('"contentVersion"', '"x": 1, "contentVersion"').replace(
                "$schema", "$SCHEMA"
            ),
        ),
    ],
)
def test_templates_by_other_spellings(tmp_path: Path, name: str, change: Any) -> None:
    text = change(template(account(), scope="subscription"))
    [found], gaps = read_files(tmp_path, {name: text})
    assert gaps == []
    assert found.body["scope"] == "/subscriptions/${subscription().subscriptionId}"


def test_a_jsonc_that_is_no_template_is_nobodys(tmp_path: Path) -> None:
    assert read_files(tmp_path, {"tsconfig.jsonc": "{ // compiler\n}"}) == ([], [])
