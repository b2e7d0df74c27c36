"""Bicep: what of it is deployed, with which values, from where, and what stays unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.arm_templates import account, parameter_file, read_files, template
from tfaudit.cache import opened
from tfaudit.model.resources import Reference, Resource, Unread, Unresolved
from tfaudit.pipeline.claimed import read
from tfaudit.redaction import REDACTED
from tfaudit.sources.registry import sources
from tfaudit.sources.tree.files import InputFile, Tree, discover

STORE = """
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {{
  name: {name}
  properties: {{
    x: {x}
  }}
}}
"""


def bicep(folder: Path, text: str, **parameters: str) -> list[Resource]:
    """Return what one file declares, of which all must be read."""
    found, gaps = read_files(folder, {"main.bicep": text}, None, **parameters)
    assert gaps == []
    return found


def value(folder: Path, expression: str, above: str = "") -> Any:
    """Return what an expression comes to, behind the statements `above`."""
    [found] = bicep(folder, above + STORE.format(name="'orders'", x=expression))
    return found.body["properties"].get("x")


@pytest.mark.parametrize(
    ("inside", "gaps"),
    [
        ("resources: []", 0),
        ("resources: [] outputs: { a: { type: 'string', value: 'x' } }", 0),
        ("resources: [] parameters: 5", 1),
        ("resources: [5]", 1),
        ("outputs: {}", 1),
    ],
)
def test_a_deployment_without_resources_is_nothing_and_a_broken_one_a_gap(
    tmp_path: Path, inside: str, gaps: int
) -> None:
    text = "resource told 'Microsoft.Resources/deployments@2024-03-01' = {\n  name: 'told'\n  properties: {\n"
    text += "    mode: 'Incremental'\n    template: {\n      '$schema': 'https://schema.management.azure.com/"
    text += "schemas/2019-04-01/deploymentTemplate.json#'\n      contentVersion: '1.0.0.0'\n      "
    text += inside.replace("] ", "]\n      ") + "\n    }\n  }\n}\n"
    found, told = read_files(tmp_path, {"main.bicep": text})
    assert found == []
    assert len(told) == gaps, told


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a${1 + 2 * 3}b'", "a7b"),
        ("'it\\'s \\${x} \\u{e9}'", "it's ${x} é"),
        ("'''\nline 'one'\n'''", "line 'one'\n"),
        ("!true == false", True),
        ("1 + 2 == 3 && !(4 < 3) || false", True),
        ("null ?? 'b'", "b"),
        ("true ? 'a' : 'b'", "a"),
        ("true\n      ? 'a'\n      : 'b'", "a"),
        ("-2 - -3", 1),
        ("7 / 2 % 2", 1),
        ("'A' =~ 'a'", True),
        ("'A' !~ 'a'", False),
        ("[1, 2\n3]", [1, 2, 3]),
        ("[for i in range(0, 2): 'n${i}']", ["n0", "n1"]),
        ("[for (each, at) in ['a', 'b']: '${each}${at}']", ["a0", "b1"]),
        ("[...[1, 2], 3]", [1, 2, 3]),
        ("{ a: 1, 'b-c': { d: [2] } }['b-c'].d[0]", 2),
        ("{ ...{ a: 1 }, b: 2 }", {"a": 1, "b": 2}),
        ("{ '${'k'}ey': 1 }", {"key": 1}),
        ("['x', [{ e: 'y' }][0].e]", ["x", "y"]),
        ("{ a: 1 }.?b", None),
        ("['a', 'b'][^1]", "b"),
        ("map([1, 2], n => n * 2)", [2, 4]),
        ("filter([1, 2, 3], (n, at) => at > 0 && n < 3)", [2]),
        ("sys.toUpper('a')", "A"),
        ("any({ a: 1 }).a", 1),
        ("nameof(store)", "store"),
        ("first(split('a,b', ','))!", "a"),
        ("contains(['a'], 'a') // a comment\n", True),
    ],
)  # fmt: skip
def test_expressions_give_what_bicep_documents(tmp_path: Path, expression: str, expected: Any) -> None:
    assert value(tmp_path, expression) == expected


@pytest.mark.parametrize(
    ("expression", "word"),
    [("madeUp(1)", "madeUp"), ("nothing", "nothing"), ("[1][4]", "no 4"), ("utcNow()", "deployment")],
)
def test_what_cannot_be_evaluated_says_why(tmp_path: Path, expression: str, word: str) -> None:
    found = value(tmp_path, expression)
    assert isinstance(found, Unresolved)
    assert word in found.because


def test_functions_types_variables_and_loops_of_the_files_own(tmp_path: Path) -> None:
    above = """
@description('A type''s description.')
type size = 'small' | 'large'
type choice =
  | 'a'
  | 'b'
type many = {
  @secure()
  password: string?
  *: string
}
@export()
func named(base string, at int) string => '${base}-${at}'
var names string[] = [for i in range(0, 2): named('n', i)]
param size size = 'small'
param choice
  | 'a'
  | 'b' = 'a'
"""
    text = above.replace("A type''s description.", "A description.")
    assert value(tmp_path, "[...names, size, choice]", text) == ["n-0", "n-1", "small", "a"]


def test_parameters_come_from_defaults_options_and_files(tmp_path: Path) -> None:
    text = "param tls string = 'a'\nparam none string\nparam may int?\n" + STORE.format(
        name="'orders'", x="{ tls: tls, none: none, may: may }"
    )
    files = {
        "main.bicep": text,
        "one.bicepparam": "using './main.bicep'\nvar base = 'b'\nparam tls = '${base}${base}'\nparam none = 'n'\n",
        "main.parameters.json": parameter_file(tls="c"),
    }
    by_file, by_json = read_files(tmp_path / "1", files)[0]
    [by_default] = bicep(tmp_path / "2", text)
    [by_option] = bicep(tmp_path / "3", text, tls="d")

    found = [each.body["properties"]["x"] for each in (by_file, by_json, by_default, by_option)]
    assert [each["tls"] for each in found] == ["bb", "c", "a", "d"]
    assert found[0]["none"] == "n"
    assert found[2]["none"] == Unresolved(
        "the parameter none has no value here", "pass --parameter none=...", "${none}"
    )
    assert found[2]["may"] is None
    at = ("properties", "x", "tls")
    told = [
        str(each.origins_of(at, found[number]["tls"])[0]) for number, each in enumerate((by_file, by_json))
    ]
    assert told[0] == "parameter tls = bb, from one.bicepparam:3"
    assert told[1] == "parameter tls = c, from main.parameters.json:5"
    assert by_file.scope == "main.bicep with one.bicepparam"


def test_of_a_secure_parameter_no_value_is_shown(tmp_path: Path) -> None:
    files = {
        "main.bicep": "@secure()\nparam p string\n" + STORE.format(name="'orders'", x="p"),
        "main.bicepparam": "using 'main.bicep'\nparam p = 'hunter2'\n",
        "other.bicepparam": "using 'main.bicep'\nparam p = az.getSecret('s', 'g', 'kv', 'name')\n",
    }
    literal, read_at_deployment = (each.body["properties"]["x"] for each in read_files(tmp_path, files)[0])
    assert literal == REDACTED
    assert isinstance(read_at_deployment, Unresolved)


def test_resources_know_their_parents_scopes_and_one_another(tmp_path: Path) -> None:
    text = """
param name string
resource server 'Microsoft.Sql/servers@2021-11-01' = {
  name: 'sql-${uniqueString(resourceGroup().id)}'
  properties: {}

  resource inside 'firewallRules' = {
    name: 'inside'
    properties: {}
  }
}
resource rules 'Microsoft.Sql/servers/firewallRules@2021-11-01' = [for r in ['a', 'b']: if (r != 'b') {
  parent: server
  name: r
  properties: {}
}]
resource far 'Microsoft.Sql/servers@2021-11-01' existing = {
  name: name
  scope: resourceGroup('other')
}
resource db 'Microsoft.Sql/servers/databases@2021-11-01' = {
  parent: far
  name: 'orders'
  properties: { rule: server::inside.id, server: server.properties.fullyQualifiedDomainName
    secret: server.listKeys().x }
}
resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: server
  name: 'keep'
}
"""
    server, inside, rule, database, lock = bicep(tmp_path, text)
    assert [each.address for each in (server, inside, rule, database, lock)] == [
        "server",
        "server::inside",
        "rules[0]",
        "db",
        "lock",
    ]
    of_server = Reference("server", "id")
    assert [each.body.get("parent") for each in (server, inside, rule)] == [None, of_server, of_server]
    assert lock.body["scope"] == of_server
    assert isinstance(database.body["parent"], Unresolved)
    assert "/resourceGroups/other/" in database.body["parent"].expression
    properties = database.body["properties"]
    assert properties["rule"] == Reference("server::inside", "id")
    assert properties["server"] == Reference("server", "properties.fullyQualifiedDomainName")
    assert isinstance(properties["secret"], Unresolved)


def test_what_is_declared_inside_of_a_resource_is_known_by_its_symbol_in_all_of_it(tmp_path: Path) -> None:
    text = """
resource server 'Microsoft.Sql/servers@2022-05-01-preview' = {
  name: 'orders'
  resource pool 'elasticPools' = { name: 'pool' }
  resource rules 'firewallRules' = [for at in range(0, 2): { name: 'rule${at}' }]
  resource data 'databases' = {
    name: 'ledger'
    properties: { elasticPoolId: pool.id, rule: rules[1].name, own: server.name }
    resource retention 'backupShortTermRetentionPolicies' = {
      name: 'default'
      properties: { pool: pool.id, of: data.id }
    }
  }
}
resource beside 'Microsoft.Sql/servers@2022-05-01-preview' = {
  name: 'other'
  properties: { pool: pool.id }
}
"""
    properties: dict[str, Any] = {each.address: each.body.get("properties") for each in bicep(tmp_path, text)}
    pool = Reference("server::pool", "id")
    assert properties["server::data"] == {"elasticPoolId": pool, "rule": "rule1", "own": "orders"}
    assert properties["server::data::retention"] == {"pool": pool, "of": Reference("server::data", "id")}
    assert isinstance(properties["beside"]["pool"], Unresolved)


def test_an_existing_resource_that_a_module_declares_is_the_same(tmp_path: Path) -> None:
    files = {
        "main.bicep": """
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'orders'
}
module blobs 'modules/blobs.bicep' = {
  name: 'blobs'
  params: { account: store.name }
}
output url string = blobs.outputs.url
""",
        "modules/blobs.bicep": """
param account string
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: account
}
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-01-01' = {
  parent: store
  name: 'default'
  properties: { url: store.properties.primaryEndpoints.blob }
}
output url string = blobs.properties.url
""",
    }
    found, gaps = read_files(tmp_path, files)
    assert gaps == []
    assert [(each.address, each.scope, each.place.origin) for each in found] == [
        ("store", "main.bicep", "main.bicep"),
        ("blobs.blobs", "main.bicep", "modules/blobs.bicep"),
    ]
    assert found[1].body["parent"] == Reference("store", "id")
    assert found[1].body["properties"]["url"] == Reference("store", "properties.primaryEndpoints.blob")


def test_modules_loops_conditions_and_outputs(tmp_path: Path) -> None:
    files = {
        "main.bicep": """
param on bool
var stores = ['one', 'two']
module store 'store.bicep' = [for (each, at) in stores: {
  name: 'store-${at}'
  params: { name: each, tls: null }
}]
module never 'store.bicep' = if (false) {
  params: { name: 'never' }
}
module maybe 'store.bicep' = if (on) {
  params: { name: 'maybe' }
}
resource last 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'last'
  properties: { x: store[1].outputs.name, y: never.?outputs.name ?? 'none' }
}
""",
        "store.bicep": """
param name string
param tls string = 'TLS1_2'
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: name
  properties: { minimumTlsVersion: tls }
}
output name string = store.name
""",
    }
    found, gaps = read_files(tmp_path, files)
    assert gaps == []
    assert [(each.address, each.body["name"]) for each in found] == [
        ("store[0].store", "one"),
        ("store[1].store", "two"),
        ("maybe.store", "maybe"),
        ("last", "last"),
    ]
    assert [isinstance(each.body.get("@Condition"), Unresolved) for each in found] == [
        False,
        False,
        True,
        False,
    ]
    assert found[0].body["properties"] == {"minimumTlsVersion": "TLS1_2"}
    assert found[3].body["properties"] == {"x": "two", "y": "none"}
    told = [str(each) for each in found[1].origins_of(("name",), "two")]
    assert told[0] == 'parameter name = two, from module "store" at main.bicep:6'
    assert found[1].place_of(("properties", "minimumTlsVersion")).line == 6


def test_modules_may_be_templates_and_files_may_import_and_be_loaded(tmp_path: Path) -> None:
    files = {
        "main.bicep": """
import { base, named as called } from 'shared.bicep'
import * as shared from 'shared.bicep'
module json 'store.json' = {
  params: { n: called(base) }
}
resource last 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: shared.named('last')
  properties: {
    rules: loadJsonContent('rules.json').rules
    first: loadJsonContent('rules.json', '$.first')
    list: loadYamlContent('list.yaml')
    text: loadTextContent('note.txt')
    base: shared.base
    out: json.outputs.n
  }
}
""",
        "shared.bicep": "@export()\nvar base = 'shop'\n@export()\nfunc named(x string) string => 'st${x}'\n",
        "store.json": template(
            account("[parameters('n')]"),
            parameters={"n": {"type": "string"}},
            outputs={"n": {"type": "string", "value": "[parameters('n')]"}},
        ),
        "rules.json": '{"rules": [1, 2], "first": {"a": 1}}',
        "list.yaml": "- a\n- b\n",
        "note.txt": "hello",
    }
    found, gaps = read_files(tmp_path, files)
    assert gaps == []
    in_bicep = [each for each in found if each.scope == "main.bicep"]
    assert [each.body["name"] for each in in_bicep] == ["stshop", "stlast"]
    assert in_bicep[1].body["properties"] == {
        "rules": [1, 2],
        "first": {"a": 1},
        "list": ["a", "b"],
        "text": "hello",
        "base": "shop",
        "out": "stshop",
    }


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (
            "br/public:avm/res/storage/storage-account:0.9.1",
            "br/public:avm/res/storage/storage-account:0.9.1",
        ),
        ("br:example.azurecr.io/modules/store:v1", "registry"),
        ("ts:00000000-0000-0000-0000-000000000000/rg/spec:v1", "registry"),
        ("missing.bicep", "missing.bicep"),
        ("../outside.bicep", "outside"),
        ("main.bicep", "circle"),
    ],
)
def test_a_module_that_is_not_there_is_a_gap_with_its_name(tmp_path: Path, path: str, word: str) -> None:
    text = f"module far '{path}' = {{\n  name: 'far'\n}}\n" + STORE.format(name="'orders'", x="far.outputs.x")
    found, gaps = read_files(tmp_path, {"main.bicep": text})
    assert "orders" in [each.body["name"] for each in found]
    assert any(word in gap.because and gap.place.line == 1 for gap in gaps)
    assert isinstance(found[-1].body["properties"]["x"], Unresolved)


def test_a_restored_module_of_a_registry_is_read_where_it_lies(tmp_path: Path) -> None:
    from tfaudit.pipeline.claimed import read
    from tfaudit.sources.registry import sources
    from tfaudit.sources.tree.files import InputFile, Tree

    (tmp_path / "vendor/avm/store").mkdir(parents=True)
    (tmp_path / "vendor/avm/store/main.bicep").write_text("param n string\n" + STORE.format(name="n", x="1"))
    text = "module store 'br/public:avm/store:1.0.0' = {\n  params: { n: 'orders' }\n}\n"
    (tmp_path / "main.bicep").write_text(text)
    tree = Tree(tmp_path, modules={"br/public:avm/": "vendor/avm"})
    files = [InputFile(tmp_path, "main.bicep", len(text))]
    unread: list[Unread] = []
    [found] = read(files, tree, sources(["main.bicep"]), unread)
    assert isinstance(found, Resource)
    assert (found.body["name"], found.place.origin) == ("orders", "vendor/avm/store/main.bicep")


def test_groups_and_scopes_of_a_subscription(tmp_path: Path) -> None:
    files = {
        "main.bicep": """
targetScope = 'subscription'
resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-shop'
  location: 'westeurope'
}
module store 'store.bicep' = {
  scope: group
}
module other 'store.bicep' = {
  scope: resourceGroup('rg-other')
}
resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid('a')
}
""",
        "store.bicep": STORE.format(name="'orders'", x="resourceGroup().name"),
    }
    group, store, other, assignment = read_files(tmp_path, files)[0]
    assert group.body["id"].endswith("}/resourceGroups/rg-shop")
    assert "/resourceGroups/rg-shop/" in store.body["id"]
    assert store.body["properties"]["x"] == "rg-shop"
    assert "/resourceGroups/rg-other/" in other.body["id"]
    assert assignment.body["scope"] == "/subscriptions/${subscription().subscriptionId}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("var a = 'b\n", 1),
        ("var ok = 1\nresource x = {}\n", 2),
        ("var a = {\n  b: }\n}\n", 2),
        ("var a = §\n", 1),
        ("var a = '${'\n", 1),
    ],
)
def test_what_is_broken_is_a_gap_at_its_line_and_the_rest_is_read(
    tmp_path: Path, text: str, line: int
) -> None:
    whole = text + "\n" + STORE.format(name="'orders'", x="1")
    found, gaps = read_files(tmp_path, {"main.bicep": whole})
    assert [each.place.line for each in gaps][:1] == [line]
    assert all(each.because.startswith("not Bicep: ") for each in gaps)
    assert len(found) <= 1


def test_hostile_nesting_ends(tmp_path: Path) -> None:
    for number, text in enumerate(("[" * 5_000, "(" * 5_000, "!" * 5_000 + "true", "'${" * 5_000)):
        _, gaps = read_files(tmp_path / str(number), {"main.bicep": f"var a = {text}\n"})
        assert gaps


def test_what_doubles_without_end_is_a_gap(tmp_path: Path) -> None:
    doubled = "\n".join(f"var v{n} = [v{n - 1}, v{n - 1}]" for n in range(1, 60))
    found, [gap] = read_files(
        tmp_path, {"main.bicep": "var v0 = ['a']\n" + doubled + STORE.format(name="'orders'", x="v59")}
    )
    assert found == []
    assert "unfolds to more than" in gap.because


WIDE = "padLeft('', 10000, 'a')"


@pytest.mark.parametrize(
    "grown",
    [
        f"replace(replace({WIDE}, 'a', {WIDE}), 'a', {WIDE})",
        f"join(map(range(0, 10000), n => {WIDE}), ',')",
        f"string(map(range(0, 10000), n => {WIDE}))",
        f"format('{'{0}' * 5_000}', {WIDE})",
        "length(flatten(map(range(0, 10000), n => range(0, 10000))))",
    ],
)
def test_what_grows_with_one_call_is_a_gap_and_not_made(tmp_path: Path, grown: str) -> None:
    found, [gap] = read_files(tmp_path, {"main.bicep": STORE.format(name="'orders'", x=grown)})
    assert found == []
    assert "unfolds to more than" in gap.because


def test_comments_may_waive(tmp_path: Path) -> None:
    text = """
// tfaudit:ignore object-store-access-logged nobody reads it
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'orders' // checkov:skip=CKV_AZURE_33: no queues
  properties: {
    minimumTlsVersion: 'TLS1_0' // tfaudit:ignore object-store-minimum-tls old clients
    text: '// tfaudit:ignore object-store-soft-delete no comment'
  }
}
"""
    [found] = bicep(tmp_path, text)
    assert [(each.tool, each.ids, each.reason, each.path) for each in found.suppressions] == [
        ("tfaudit", ("object-store-access-logged",), "nobody reads it", ()),
        ("checkov", ("CKV_AZURE_33",), "no queues", ()),
        ("tfaudit", ("object-store-minimum-tls",), "old clients", ("properties", "minimumTlsVersion")),
    ]


def test_places_are_those_of_what_is_written(tmp_path: Path) -> None:
    text = """param on bool = true
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'orders'
  properties: on ? {
    rules: [
      { a: 1 }
      { a: 2 }
    ]
  } : {}
}
"""
    [found] = bicep(tmp_path, text)
    assert (found.place.line, found.place.column, found.place.end_line) == (2, 1, 10)
    assert found.place_of(("properties", "rules", 1, "a")).line == 7
    assert found.place_of(("properties", "missing")).line == 4
    assert found.place_of(("name",)).line == 3


@pytest.mark.parametrize(
    ("tls", "judged"), [("TLS1_2", ["main.bicep"]), ("TLS1_0", ["main.bicep", "main.json"])]
)
def test_a_compiled_template_is_left_out_where_it_says_the_same(
    tmp_path: Path, tls: str, judged: list[str]
) -> None:
    compiled = account("[parameters('name')]", minimumTlsVersion=tls)
    files = {
        "main.bicep": """
param name string
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: name
  properties: { minimumTlsVersion: 'TLS1_2' }
}
""",
        "main.json": template(
            compiled,
            metadata={"_generator": {"name": "bicep", "templateHash": "1"}},
            parameters={"name": {"type": "string"}},
        ),
    }
    found, gaps = read_files(tmp_path, files)
    assert gaps == []
    assert [each.place.origin for each in found] == judged


def test_a_compiled_template_is_read_where_its_source_is_not(tmp_path: Path) -> None:
    files = {
        "main.bicep": "param name string\n" + STORE.format(name="name", x="'y'"),
        "main.json": template(
            account("[parameters('name')]", x="y"),
            metadata={"_generator": {"name": "bicep"}},
            parameters={"name": {"type": "string"}},
        ),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    tree = Tree(tmp_path)
    seen = [InputFile(tmp_path, "main.json", 1_000)]
    found = list(read(seen, tree, sources(["main.json"]), []))
    assert [each.place.origin for each in found if isinstance(each, Resource)] == ["main.json"]
    assert tree.notes == []


def test_lambdas_of_what_is_not_known_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    text = "param names array\n"
    text += STORE.format(name="'a'", x="[filter(names, n => n.a == 'b'), filter(names, n => n.a == 'c')]")
    [found] = bicep(tmp_path, text)
    one, other = found.body["properties"]["x"]
    assert one.expression == "${filter(names, (n) => equals(n.a, 'b'))}"
    assert other.expression == "${filter(names, (n) => equals(n.a, 'c'))}"


def test_what_was_compared_is_compared_again_where_a_file_that_decides_it_has_changed(tmp_path: Path) -> None:
    top, kept = tmp_path / "tree", tmp_path / "cache"
    top.mkdir()
    store = opened(kept, tmp_path / "settings", [top])
    compiled = template(
        account("a", x="TLS"),
        metadata={"_generator": {"name": "bicep"}},
    )
    shared = "@export()\nvar base = { tls: loadTextContent('tls.txt') }\n"
    text = "import { base } from 'shared.bicep'\n" + STORE.format(name="'a'", x="base.tls")
    files = {"main.bicep": text, "shared.bicep": shared, "tls.txt": "TLS", "main.json": compiled}
    for name, content in files.items():
        (top / name).write_text(content)

    def judged() -> list[str]:
        tree = Tree(top, cache=store)
        seen = [each for each in discover(top, top, tree.limits) if isinstance(each, InputFile)]
        found = list(read(seen, tree, sources(each.name for each in seen), []))
        assert set(tree.read_files) == {"tls.txt"}
        return [each.place.origin for each in found if isinstance(each, Resource)]

    assert judged() == judged() == ["main.bicep"]
    assert len(list((kept / "compiled").iterdir())) == 1
    (top / "tls.txt").write_text("none")
    assert judged() == judged() == ["main.bicep", "main.json"]
    (top / "tls.txt").write_text("TLS")
    assert judged() == ["main.bicep"]
    (top / "shared.bicep").write_text(shared.replace("tls:", "ssl:"))
    assert judged() == ["main.bicep", "main.json"]


def test_a_module_in_a_circle_is_a_gap_and_not_unfolded(tmp_path: Path) -> None:
    files = {
        "main.bicep": STORE.format(name="'a'", x="1") + "module one 'one.bicep' = { name: 'one' }\n",
        "one.bicep": STORE.format(name="'b'", x="1") + "module two 'main.bicep' = { name: 'two' }\n",
        "start.bicep": "module main 'main.bicep' = { name: 'main' }\n",
    }
    found, gaps = read_files(tmp_path, files)
    assert [each.address for each in found] == ["main.store", "main.one.store"]
    assert [(each.place.origin, each.because) for each in gaps] == [
        ("one.bicep", "the module main.bicep deploys itself, in a circle")
    ]


@pytest.mark.parametrize(
    ("version", "because"),
    [
        ("@2023-01-01", ""),
        ("@2023-01-01-preview", ""),
        ("@203-01-01", "the API version 203-01-01 of store[0] is none: Azure refuses it"),
        ("@2023-13-01", "the API version 2023-13-01 of store[0] is none: Azure refuses it"),
        ("@2023-01-01-preveiw", "the API version 2023-01-01-preveiw of store[0] is none: Azure refuses it"),
        ("", "store[0] has no API version"),
    ],
)
def test_a_mistyped_api_version_is_said_once_and_the_resource_is_read(
    tmp_path: Path, version: str, because: str
) -> None:
    text = f"""resource store 'Microsoft.Storage/storageAccounts{version}' = [for each in ['a', 'b']: {{
  name: each
}}]
"""
    found, gaps = read_files(tmp_path, {"main.bicep": text})
    assert [each.body["name"] for each in found] == ["a", "b"]
    assert [each.because for each in gaps] == ([because] if because else [])
    assert all(each.place.line == 1 for each in gaps)


@pytest.mark.parametrize("base", ["a", "b"])
def test_parameters_in_a_circle_are_a_gap(tmp_path: Path, base: str) -> None:
    files = {
        "m.bicep": "param p string = 'x'\n",
        "a.bicepparam": f"using 'm.bicep'\nextends '{base}.bicepparam'\n",
        "b.bicepparam": "using none\nextends 'a.bicepparam'\n",
    }
    _, gaps = read_files(tmp_path, files)
    assert [each.because for each in gaps] == ["it extends itself, by way of others"]


def test_what_lies_outside_of_the_tree_is_not_looked_at(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "t.bicep").write_text("module m 'br:reg.io/x:1' = {\n  name: 'm'\n}\n")
    modules = {"br:reg.io": ".."}

    def said() -> list[str]:
        found = [InputFile(tree, "t.bicep", 100)]
        got = read(found, Tree(tree, modules=modules), sources(["t.bicep"]), [])
        return [each.because for each in got if isinstance(each, Unread)]

    before = said()
    (tmp_path / "x").mkdir()
    (tmp_path / "x/main.bicep").write_text("var a = 1\n")
    assert said() == before
    assert "is in a registry and not in the scanned tree" in before[0]


def test_a_suffix_in_capitals_is_the_same_one(tmp_path: Path) -> None:
    found, _ = read_files(tmp_path, {"main.BICEP": STORE.format(name="'a'", x="1")})
    assert [each.address for each in found] == ["store"]


def test_what_may_begin_a_statement_is_told_in_order(tmp_path: Path) -> None:
    _, gaps = read_files(tmp_path, {"main.bicep": "nothing = 1\n"})
    words = gaps[0].because.removeprefix("not Bicep: ").partition(" is expected")[0].split(" or ")
    assert words == sorted(words)
    assert "resource" in words
