"""What is not known never turns into a value that another value of it would not give; and no expression is a bomb."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest

from tests.sources.terraform_expressions import agrees, is_unknown, values
from tests.sources.terraform_trees import read
from tfaudit.model.resources import Limits

ATOMS = ['"a"', '"b"', '""', "0", "1", "2", '"3"', "true", "false", "null", '"10.0.0.0/8"', '"x,y"', '"/a/"']
SHAPES = [
    '["{0}", {1}]',
    "[{0}, {1}, {2}]",
    "{{ a = {0}, b = {1} }}",
    "toset([{0}, {1}])",
    "tolist([{0}, {1}])",
    "tomap({{ a = {0}, b = {1} }})",
    "concat([{0}], {1})",
    "merge({{ a = {0} }}, {1})",
    "{0} == {1}",
    "{0} != {1}",
    "{0} && {1}",
    "{0} || {1}",
    "!{0}",
    "{0} ? {1} : {2}",
    "{0} + {1}",
    "{0} < {1}",
    "[for x in [{0}, {1}] : x if x != {2}]",
    "{{ for k, v in {{ a = {0}, b = {1} }} : k => v }}",
    "{{ for x in [{0}, {1}] : x => 1 }}",
    "[{0}, {1}][*]",
    "try({0}, {1})",
    "can({0})",
    "coalesce({0}, {1})",
    "length({0})",
    "contains({0}, {1})",
    "element({0}, {1})",
    "index({0}, {1})",
    "lookup({0}, {1}, {2})",
    "flatten([{0}, [{1}]])",
    "distinct({0})",
    "reverse({0})",
    "sort({0})",
    "slice({0}, 0, {1})",
    "one({0})",
    "keys({0})",
    "values({0})",
    "zipmap({0}, {1})",
    "setunion({0}, {1})",
    "setsubtract({0}, {1})",
    "setintersection({0}, {1})",
    "setproduct({0}, {1})",
    "alltrue({0})",
    "anytrue({0})",
    "compact({0})",
    "coalescelist({0}, {1})",
    "chunklist({0}, {1})",
    "join({0}, {1})",
    "split({0}, {1})",
    "replace({0}, {1}, {2})",
    "upper({0})",
    "substr({0}, {1}, {2})",
    'format("%v-%v", {0}, {1})',
    'formatlist("%s", {0})',
    # The document of a text of which parts are not known stands for the text: of its own, that is no part of it.
    "jsondecode(jsonencode({0}))",
    "max({0}, {1})",
    "sum({0})",
    "tostring({0})",
    "tonumber({0})",
    "tobool({0})",
    "matchkeys({0}, {1}, {2})",
    "transpose({0})",
    "startswith({0}, {1})",
    '"${{{0}}}-${{{1}}}"',
    '"%{{ if {0} }}a%{{ else }}b%{{ endif }}"',
    '"%{{ for x in {0} }}<${{x}}>%{{ endfor }}"',
]
STANDING = [
    '"a"',
    '"q"',
    '""',
    "1",
    "7",
    "true",
    "false",
    "null",
    "[]",
    '["a", "b"]',
    "[1]",
    "{}",
    '{ a = "b" }',
]
HOLE = "UNKNOWN"


def has_unknown(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return is_unknown(value) or any(map(has_unknown, inner))


def grown(choose: random.Random, depth: int) -> str:
    if depth == 0 or choose.random() < 0.2:
        return choose.choice(ATOMS)
    shape = choose.choice(SHAPES)
    parts = [grown(choose, depth - 1) for _ in range(3)]
    return shape.replace('"{0}"', "{0}").format(*parts)


def with_hole(choose: random.Random) -> str:
    """Return an expression one of whose smallest parts is a hole."""
    while True:
        whole = grown(choose, 3)
        places = [at for at in range(len(whole)) if whole.startswith(('"a"', '"b"', "1", "true"), at)]
        if places and len(whole) < 400:
            at = choose.choice(places)
            size = next(len(each) for each in ('"a"', '"b"', "1", "true") if whole.startswith(each, at))
            before, after = whole[:at], whole[at + size :]
            if not (
                before[-1:].isalnum() or after[:1].isalnum() or before[-1:] in "./_" or after[:1] in "./_0"
            ):
                return before + HOLE + after


@pytest.mark.parametrize("seed", range(4))
def test_no_known_part_depends_on_what_is_not_known(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311 - the same expressions each time
    written = [with_hole(choose) for _ in range(250)]
    unknown = values(
        tmp_path / "unknown", [each.replace(HOLE, "var.u") for each in written], 'variable "u" {}\n'
    )
    assert sum(map(is_unknown, unknown)) < 240  # some of them are known, in part at least
    for standing in STANDING:
        known = values(tmp_path / "known", [each.replace(HOLE, f"({standing})") for each in written])
        for expression, partial, full in zip(written, unknown, known, strict=True):
            if not has_unknown(full):  # it is refused, in part at least
                assert agrees(partial, full), (expression, standing, partial, full)


ALIASES = "a0: &a0 [1, 1, 1]\\n" + "".join(
    f"a{at + 1}: &a{at + 1} [*a{at}, *a{at}, *a{at}]\\n" for at in range(40)
)
BOMBS = [
    'format("%1000000000d", 1)',
    'format("%.999999999f", 1)',
    "range(0, 1, 0.0000001)",
    "[for x in setproduct(range(1000), range(1000), range(1000)) : x]",
    "1e999999999",
    '"${10 * 1e4000}"',
    "pow(9, 1e9)",
    f'parseint("{"1" * 50_000}", 2)',
    f'regexall("(a*)*b", "{"a" * 20_000}")',
    'regex("((((a{0,100}){0,100}){0,100}){0,100})", "aaa")',
    f'regexall("a|.*b", "{"a" * 200_000}")',
    f'replace("{"a" * 10_000}", "a", "{"b" * 10_000}")',
    'indent(1000000000, "a\\nb")',
    f'jsondecode("{"[" * 50_000}")',
    f'yamldecode("{"[" * 5_000}")',
    f'yamldecode("{ALIASES}")',
    "jsonencode([for x in range(1000) : [for y in range(100) : range(1000)]])",
    "flatten([for x in range(1000) : range(1000)])",
    'join("", [for x in range(1000) : join("", [for y in range(1000) : "yyyyyyyyyy"])])',
    'formatlist("%9999d", range(1000))',
    'cidrsubnet("10.0.0.0/8", 1e9, 1)',
    f'timeadd("2020-01-01T00:00:00Z", "{"9" * 400}h")',
    'merge([for x in range(1000) : { for y in range(100) : "k${x}_${y}" => x }]...)',
    f'fileset(".", "{"*" * 5_000}")',
    f'fileset(".", "{"**/" * 200}x")',
]


def test_an_expression_that_grows_beyond_measure_is_not_known(tmp_path: Path) -> None:
    """All of them together, within what a test may take: each alone is a matter of a second at most."""
    started = time.monotonic()
    code = "".join(f'resource "aws_x" "x{at}" {{\n  v = {each}\n}}\n' for at, each in enumerate(BOMBS))
    for at in range(200):
        code += f"locals {{\n  d{at} = [local.d{at + 1}, local.d{at + 1}]\n}}\n"
    code += 'locals {\n  d200 = "x"\n}\nresource "aws_x" "doubled" {\n  v = jsonencode(local.d0)\n}\n'
    reading = read(tmp_path, code, limits=Limits(parse_seconds=100))
    assert reading.said == [] or all("too long" in each for each in reading.said)
    for resource in reading.resources.values():
        assert len(repr(resource.body)) < 2_000_000
    assert time.monotonic() - started < 100
