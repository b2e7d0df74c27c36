"""Functions of Terraform's language: the values that `terraform console` (1.11.4) prints, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.terraform_expressions import is_unknown, values
from tests.sources.terraform_trees import because
from tfaudit.sources.terraform.hcl.functions.table import HOMES, function

NUMBERS: list[tuple[str, object]] = [
    ("0.1 + 0.2", 0.3),
    ("1 / 3 * 3", 1),
    ("12345678901234567890 * 98765432109876543210", 1219326311370217952237463801111263526900),
    ("tostring(1e100)", "1" + "0" * 100),
    ("length(tostring(2 / 3))", 156),
    ("-5.5 % 2", -1.5),
    ("-7 % 3", -1),
    ("7 % -3", 1),
    ("-6 % 3", 0),
    ("100000000000000000000000000000007 % 10", 7),
    ("1 % 0", 1),
    ('"5" + 1', 6),
    ('max(1, "2")', 2),
    ("ceil(1.0000000000000000001)", 2),
    ("floor(-1.5)", -2),
    ("log(8, 2)", 3),
    ("pow(2, 0.5)", 1.4142135623730951),
    ("signum(-3)", -1),
    ('parseint("1Z", 62)', 123),
    ('parseint("-ff", 16)', -255),
    ("range(0, 1, 0.25)", [0, 0.25, 0.5, 0.75]),
    ("range(5, 0)", [5, 4, 3, 2, 1]),
    ('sum([1, "2", 0.5])', 3.5),
    ('tonumber(".5")', 0.5),
]

TYPES: list[tuple[str, object]] = [
    ('true ? 1 : "a"', "1"),
    ('true ? [1] : ["a", "b"]', ["1"]),
    ('true ? { a = 1, b = "x" } : {}', {"a": "1", "b": "x"}),
    ('tolist([1, "a", null])', ["1", "a", None]),
    ('tomap({ a = 1, b = "x" })', {"a": "1", "b": "x"}),
    ('toset([3, 1, 20, "b"])', ["1", "20", "3", "b"]),
    ("toset([10, 9, 9])", [9, 10]),
    ('[for k, v in toset(["b", "a"]) : "${k}${v}"]', ["aa", "bb"]),
    ("[] == tolist([])", False),
    ('tolist(["a"]) == ["a"]', False),
    ("toset([1, 2]) == toset([2, 1])", True),
    ('"1" == 1', False),
    ('tobool("1")', True),
    ('!"true"', False),
    ('distinct([1, "a", 1])', ["1", "a"]),
    ('contains(["1"], 1)', False),
    ('lookup(tomap({ a = "1" }), "b", 3)', "3"),
    ('lookup({ a = "1" }, "b", 3)', 3),
    ('coalesce(1, "a")', "1"),
    ('setunion([1], ["a"])', ["1", "a"]),
    ('setsubtract([1, 2], ["1"])', ["2"]),
    ('values(tomap({ b = 1, a = "x" }))', ["x", "1"]),
    ('values({ b = 1, a = "x" })', ["x", 1]),
    ('setproduct([1, "a"], ["x"])', [["1", "x"], ["a", "x"]]),
    ('matchkeys(["a", "b", "c"], [1, 2, 1], ["1"])', ["a", "c"]),
    ('transpose({ a = ["x", "y"], b = ["x"] })', {"x": ["a", "b"], "y": ["a"]}),
    ('concat(tolist([1]), tolist(["a"]))', ["1", "a"]),
    ('flatten([[1], ["a", [true]], toset(["c", "b"])])', [1, "a", True, "b", "c"]),
    ("element([1, 2], -1)", 2),
    ("chunklist([1, 2, 3], 2)", [[1, 2], [3]]),
    ('coalescelist([], [1, "b"])', [1, "b"]),
    ('compact(["a", "", null, 1])', ["a", "1"]),
    ('alltrue([true, "true"])', True),
    ("anytrue([])", False),
    ("one([])", None),
    ('zipmap(["a", "b"], [1, "x"])', {"a": 1, "b": "x"}),
    ("merge({ a = { b = 1 } }, null, { a = { c = 2 } })", {"a": {"c": 2}}),
]

TEXTS: list[tuple[str, object]] = [
    ('title("hello world-foo bar_x it\'s éa")', "Hello World-Foo Bar_x It'S Éa"),
    ('indent(2, "a\\nb\\n\\nc")', "a\n  b\n  \n  c"),
    ('urlencode("a b&c/é~*")', "a+b%26c%2F%C3%A9~%2A"),
    ('split("", "abé")', ["a", "b", "é"]),
    ('substr("héllo", -4, 2)', "él"),
    ('upper("straße")', "STRAßE"),
    ('trim("?!a?!", "!?")', "a"),
    ('trimspace(" \\t\\u00a0a ")', "a"),
    ('strrev("aé")', "éa"),
    ('length("héé")', 3),
    ('join(",", ["a", 1], toset(["b"]))', "a,1,b"),
    ('regex("(?P<a>x)(?P<b>y)?", "x")', {"a": "x", "b": None}),
    ('regex("(x)(y)?", "x")', ["x", None]),
    ('regexall("x*", "axb")', ["", "x", ""]),
    ('replace("hello", "/(?P<n>l+)/", "<$${n}>")', "he<ll>o"),
    ('replace("hello", "/l(l)/", "<$1>$9")', "he<l>o"),
    ('replace("abc", "/x*/", "-")', "-a-b-c-"),
    ('replace("a/b", "/", "-")', "a-b"),
    ('format("%5.1f|%-8s|%08.3f|%+d|%x|%#o", 1.25, "ab", 3.14159, 5, 255, 8)', "  1.2|ab      |0003.142|+5|ff|010"),
    ('format("%v %v %v %#v %q", 123456789, 0.00001, [1, "a<"], true, "é\\n")',
     '1.23456789e+08 1e-05 [1,"a\\u003c"] true "é\\n"'),
    ('format("%[2]s %[1]s %%", "a", "b")', "b a %"),
    ('formatlist("%s-%s", ["a", "b"], "x")', ["a-x", "b-x"]),
    ('formatdate("DD MMM YY HH:mm Z ZZZ ZZZZ EEE \'o\'\'clock\'", "2020-02-03T14:05:06+02:00")',
     "03 Feb 20 02:05 +02:00 +0200 +0200 Mon o'clock"),
    ('timeadd("2017-11-22T00:00:00+02:00", "-1h1.5s")', "2017-11-21T22:59:58+02:00"),
    ('timecmp("2017-11-22T00:00:00Z", "2017-11-22T01:00:00+01:00")', 0),
    ('cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)',
     ["10.1.0.0/20", "10.1.16.0/20", "10.1.32.0/24", "10.1.48.0/20"]),
    ('cidrhost("010.0.0.0/8", -2)', "10.255.255.254"),
    ('cidrsubnet("2001:db8::/32", 16, 162)', "2001:db8:a2::/48"),
    ('dirname("a/b/../c/d.tf")', "a/c"),
    ('basename("a/b/")', "b"),
]  # fmt: skip

ENCODINGS: list[tuple[str, object]] = [
    ('jsonencode({ b = 1.50, a = "<&>\\u2028\\t", c = 0.0000001 })',
     '{"a":"\\u003c\\u0026\\u003e\\u2028\\t","b":1.5,"c":0.0000001}'),
    ('jsondecode("{\\"a\\":1.10,\\"b\\":[1e3],\\"a\\":2}")', {"a": 2, "b": [1000]}),
    ('yamldecode("a: yes\\nb: 012\\nc: 2020-01-01\\nd: ~\\ne: \'5\'\\nf: 0x1f")',
     {"a": True, "b": 12, "c": "2020-01-01T00:00:00Z", "d": None, "e": "5", "f": 31}),
    ('yamldecode("x: &a {b: 1}\\nz: {<<: *a, c: 2}")', {"x": {"b": 1}, "z": {"b": 1, "c": 2}}),
    ('yamlencode({ a = ["x", true, null], b = "m\\nn", c = {} })',
     '"a":\n- "x"\n- true\n- null\n"b": |-\n  m\n  n\n"c": {}\n'),
    ('csvdecode("a,b\\r\\n1,\\"x,\\"\\"y\\"\\n")', [{"a": "1", "b": 'x,"y'}]),
    ('base64decode("w6k=")', "é"),
    ('base64sha256("a")', "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="),
    ('md5("a")', "0cc175b9c0f1b6a831c399e269772661"),
    ('textencodebase64("aé", "UTF-16LE")', "YQDpAA=="),
    ('textdecodebase64("Yek=", "windows-1252")', "aé"),
    ('uuidv5("dns", "www.terraform.io")', "a5008fae-b28c-5ba5-96cd-82b4c53552d6"),
    ('provider::aws::arn_parse("arn:aws:iam::1:role/a/b").resource', "role/a/b"),
    ('provider::aws::arn_build("aws", "s3", "", "", "b")', "arn:aws:s3:::b"),
    ('provider::aws::trim_iam_role_path("arn:aws:iam::1:role/a/b")', "arn:aws:iam::1:role/b"),
    ('provider::terraform::decode_tfvars("a = 1\\nb = [\\"x\\"]")', {"a": 1, "b": ["x"]}),
    ('core::upper("a")', "A"),
]  # fmt: skip

REFUSED = [
    '"${[1]}x"',
    '"a${null}"',
    "toset([true, 1])",
    'toset(["a"])[0]',
    'format("%d", 1.5)',
    'format("%s")',
    'format("%s", "a", "b")',
    'join(",", [null])',
    'index(["a", "1"], 1)',
    "one([1, 2])",
    "range(2000)",
    "sum([])",
    'regex("a", "b")',
    'regex("(?P<x>a)(b)", "ab")',
    'tonumber("0x10")',
    'concat(toset(["a"]), ["b"])',
    "coalesce(true, 1)",
    'csvdecode("a,b\\n1\\n")',
    'yamldecode("- 1\\n---\\n- 2")',
    'jsondecode("[1,]")',
    'base64decode("gA==")',
    'formatdate("YYYY", "2020-02-30T00:00:00Z")',
    'cidrhost("10.0.0.0", 1)',
    "{ for x in [1, 1] : x => x }",
    "true ? { a = 1, b = [1] } : { c = 1 }",
    "slice([1], 0, 2)",
    'upper("a", "b")',
    "upper(null)",
]


@pytest.mark.parametrize(
    "table", [NUMBERS, TYPES, TEXTS, ENCODINGS], ids=["numbers", "types", "texts", "encodings"]
)
def test_functions_give_terraform_s_values(tmp_path: Path, table: list[tuple[str, object]]) -> None:
    found = values(tmp_path, [expression for expression, _ in table])
    assert {each[0]: value for each, value in zip(table, found, strict=True)} == dict(table)


def test_what_terraform_refuses_is_passed_over_by_try(tmp_path: Path) -> None:
    expressions = [f'try({each}, "refused")' for each in REFUSED] + [f"can({each})" for each in REFUSED]
    found = values(tmp_path, expressions)
    assert dict(zip(expressions, found, strict=True)) == dict(
        zip(expressions, ["refused"] * len(REFUSED) + [False] * len(REFUSED), strict=True)
    )


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("timestamp()", "clock"),
        ("uuid()", "another value each time"),
        ('bcrypt("x")', "another value each time"),
        ('pathexpand("~/.ssh/id_rsa.pub")', "home folder"),
        ('provider::random::pet("x")', "provider's own function"),
        ('base64gzip("x")', "compressor"),
        ("1 / 0", "divides by zero"),
        ('length("e\\u0301\\u0302")', "characters made of several"),
        ("nosuch(1)", "no function nosuch()"),
        ('rsadecrypt("eA==", "key")', "secret"),
    ],
)
def test_what_is_not_known_says_why_and_is_no_failure(tmp_path: Path, expression: str, said: str) -> None:
    found = values(tmp_path, [expression, f'try({expression}, "passed over")'])
    assert said in because(found[0])
    assert is_unknown(found[1])


def test_each_function_is_found_in_its_module() -> None:
    names = [name for names in HOMES.values() for name in names.split()]
    assert len(names) == len(set(names)) > 90
    assert [name for name in names if function(name) is None] == []
