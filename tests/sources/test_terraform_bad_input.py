"""Input that is broken, hostile or too large: one clear sentence for each, and everything else still read."""

from __future__ import annotations

import os
import resource
from typing import TYPE_CHECKING

import pytest

from tests.sources.terraform_trees import because, read
from tfaudit.model.resources import Limits

if TYPE_CHECKING:
    from pathlib import Path

GOOD = 'resource "aws_x" "good" { v = 1 }\n'


def test_a_syntax_error_costs_its_block_alone(tmp_path: Path) -> None:
    broken = """\
resource "aws_x" "before" { v = 1 }
resource "aws_x" "broken" {
  v = = 2
  w = 3
}
resource "aws_x" "after" { v = local.l }
locals { l = 4 }
"""
    reading = read(tmp_path, {"a.tf": broken, "b.tf": GOOD})
    assert [str(each.place) for each in reading.unread] == ["a.tf:3:7"]
    assert "not valid HCL" in reading.unread[0].because
    assert reading.body("aws_x.before")["v"] == 1
    assert reading.body("aws_x.after")["v"] == 4
    assert reading.body("aws_x.good")["v"] == 1
    assert because(reading.body("aws_x.broken")["w"]) == "it stands in a block that is not valid HCL"
    assert because(reading.body("aws_x.broken")["v"]) == "it is not valid HCL"


def test_a_missing_brace_does_not_swallow_the_next_resource(tmp_path: Path) -> None:
    reading = read(tmp_path, 'resource "aws_x" "a" {\n  v = 1\n\nresource "aws_x" "b" {\n  v = 2\n}\n')
    assert {"aws_x.a", "aws_x.b"} <= set(reading.resources)
    assert len(reading.unread) == 1
    assert reading.unread[0].place.line == 4


def test_a_block_without_its_labels_is_named(tmp_path: Path) -> None:
    reading = read(tmp_path, f'resource "aws_x" {{}}\n{GOOD}')
    assert reading.said == ["main.tf:1:1: a resource block without its labels is not evaluated"]
    assert set(reading.resources) == {"aws_x.good"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.tf", b"\x7fELF\x00\x01\x02" * 50, "bad.tf: it is not text"),
        ("bad.tf", 'resource "aws_x" "l" { v = "é" }'.encode("latin-1"), "bad.tf:1:29: it is not UTF-8 text"),
        (
            "bad.tf.json",
            b'{"resource": ',
            "bad.tf.json:1:14: not JSON: it ends in the middle, as if it were cut off",
        ),
        ("bad.tf.json", b"[]", "bad.tf.json:1:1: it holds no JSON object"),
        ("terraform.tfvars", b"a = ", "terraform.tfvars:1:5: it is no file of values"),
        ("terraform.tfvars.json", b"[1]", "terraform.tfvars.json: it is no JSON object of values"),
        ("x.auto.tfvars.json", b'{"a": ', "x.auto.tfvars.json:1: it is no JSON"),
    ],
)
def test_a_file_that_is_not_terraform_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    reading = read(tmp_path, {name: content, "good.tf": GOOD})
    assert reading.said == [said]
    assert reading.body("aws_x.good")["v"] == 1


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    reading = read(tmp_path, {"main.tf": b"\xef\xbb\xbf" + GOOD.encode()})
    assert reading.unread == []
    assert set(reading.resources) == {"aws_x.good"}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for root")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret.tf").write_text(GOOD)
    (tmp_path / "secret.tf").chmod(0)
    reading = read(tmp_path, {"good.tf": GOOD})
    assert reading.said == ["secret.tf: it cannot be read: Permission denied"]


def test_a_file_that_is_gone_when_it_is_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "loop.tf").symlink_to("loop.tf")
    reading = read(tmp_path, {"good.tf": GOOD})
    assert set(reading.resources) == {"aws_x.good"}


@pytest.mark.parametrize("opening", ["[", "(", "!", '"${', "{ a = "])
def test_deep_nesting_ends_in_a_sentence(tmp_path: Path, opening: str) -> None:
    closing = {"[": "]", "(": ")", "!": "", '"${': '}"', "{ a = ": "}"}[opening]
    deep = opening * 5000 + "1" + closing * 5000
    reading = read(tmp_path, {"deep.tf": f'resource "aws_x" "deep" {{\n  v = {deep}\n}}\n', "good.tf": GOOD})
    assert reading.unread
    assert all(each.place.origin == "deep.tf" for each in reading.unread)
    assert reading.body("aws_x.good")["v"] == 1


def test_deeply_nested_blocks_end_in_a_sentence(tmp_path: Path) -> None:
    deep = "b {\n" * 3000 + "}\n" * 3000
    reading = read(tmp_path, {"deep.tf": f'resource "aws_x" "deep" {{\n{deep}}}\n', "good.tf": GOOD})
    assert reading.said == ["deep.tf:50:1: it is nested deeper than 100 levels"]
    assert reading.body("aws_x.good")["v"] == 1


def test_values_that_refer_to_themselves_are_unresolved(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        locals {
          a = local.b
          b = "${local.a}x"
        }
        resource "aws_x" "x" {
          v = local.a
          w = aws_x.x.w
        }
        """,
    )
    assert "refers to itself" in because(reading.body("aws_x.x")["v"])
    assert str(reading.body("aws_x.x")["w"]) == "aws_x.x.w"


@pytest.mark.parametrize(
    ("first", "more"),
    [
        ('["x", "y"]', "concat(local.a{0}, local.a{0})"),
        ('["x", "y"]', "[local.a{0}, local.a{0}]"),
        ('"xxxxxxxxxx"', '"${{local.a{0}}}${{local.a{0}}}"'),
        ("{ k = 1 }", "{{ l = local.a{0}, r = local.a{0} }}"),
    ],
)
def test_values_that_double_are_stopped(tmp_path: Path, first: str, more: str) -> None:
    steps = "\n".join(f"  a{number} = {more.format(number - 1)}" for number in range(1, 60))
    reading = read(
        tmp_path, f'locals {{\n  a0 = {first}\n{steps}\n}}\nresource "aws_x" "x" {{ v = local.a59 }}\n{GOOD}'
    )
    assert "is too" in repr(reading.body("aws_x.x")["v"])
    assert reading.body("aws_x.good")["v"] == 1


def test_modules_that_multiply_are_stopped(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"m{number}/main.tf": f'module "n" {{\n source = "../m{number + 1}"\n count = 30\n}}\n'
        for number in range(6)
    }
    files["m6/main.tf"] = GOOD
    reading = read(tmp_path, files)
    assert any("too long to evaluate" in each for each in reading.said)


def test_a_folder_that_takes_too_long_costs_that_folder_alone(tmp_path: Path) -> None:
    loops = '[for a in range(1000) : [for b in range(90) : length(regexall("a", local.t))]]'
    text = 'join("", [for i in range(1000) : "ab"])'
    files: dict[str, str | bytes] = {
        "bad/main.tf": f'locals {{\n  t = {text}\n}}\nresource "aws_x" "x" {{\n  v = {loops}\n}}\n',
        "good/main.tf": GOOD,
    }
    reading = read(tmp_path, files, limits=Limits(parse_seconds=4))
    assert "bad: it took longer than 4 seconds, so none of it is evaluated" in reading.said
    assert reading.body("aws_x.good")["v"] == 1


def test_a_called_module_s_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    big = "# " + "x" * 5000 + "\n" + GOOD
    reading = read(
        tmp_path,
        {"main.tf": 'module "m" { source = "./.terraform/m" }', ".terraform/m/main.tf": big},
        limits=Limits(file_bytes=1000),
    )
    assert len(reading.unread) == 1


def test_a_folder_without_terraform_gives_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path, {"only.tfvars": "a = 1", "empty/main.tf": ""})
    assert (reading.resources, reading.unread) == ({}, [])


def test_a_name_that_stands_twice_in_json_is_told(tmp_path: Path) -> None:
    written = """{"//": "one", "//": "two",
      "resource": {"aws_x": {"a": {"v": 1}}},
      "resource": {"aws_x": {"b": {"v": 2}}}}"""
    reading = read(tmp_path, {"a.tf.json": written})
    assert [(str(each.place), each.because) for each in reading.unread] == [
        ("a.tf.json:3:1", "resource stands twice, first in line 2; only the last is read")
    ]
    assert reading.body("aws_x.b")["v"] == 2


def test_splats_of_splats_take_no_more_than_they_are_long(tmp_path: Path) -> None:
    reading = read(tmp_path, 'resource "aws_x" "a" {\n  v = [1]' + "[*]" * 10_000 + "\n}\n" + GOOD)
    assert [each.because for each in reading.unread] == ["it is nested deeper than 100 levels"]
    assert reading.body("aws_x.good")["v"] == 1
    value = reading.body("aws_x.a")["v"]
    while isinstance(value, list):
        (value,) = value
    assert because(value) == "it is nested too deeply"


def test_many_comments_in_a_row_are_read_in_passing(tmp_path: Path) -> None:
    row = "\n".join(f"  # tfaudit:ignore policy-{each} why" for each in range(20_000))
    reading = read(tmp_path, f'resource "aws_x" "a" {{\n{row}\n  v = 1\n}}\n')
    assert reading.unread == []
    found = reading.resources["aws_x.a"]
    assert len(found.suppressions) == 20_000
    assert {each.path for each in found.suppressions} == {("v",)}


@pytest.mark.parametrize(
    "loops",
    [
        "[for x in range(1000) : [for y in range(1000) : [for z in range(1000) : x * y * z]]]",
        "{for x in range(1000) : x => {for y in range(1000) : y => x}}",
        "[for x in range(1000) : x if length([for y in range(1000) : y if y > x]) > 3]",
        '"%{ for x in range(1000) }%{ for y in range(1000) }${x}%{ endfor }%{ endfor }"',
    ],
)
def test_loops_within_loops_end_as_unknown_and_cost_nothing_else(tmp_path: Path, loops: str) -> None:
    code = f'locals {{\n  l = {loops}\n}}\nresource "aws_x" "looped" {{\n  v = length(local.l)\n}}\n'
    before = cpu_seconds()
    reading = read(tmp_path, {"a.tf": code, "b.tf": GOOD}, jobs=1)
    assert reading.said == []
    assert because(reading.body("aws_x.looped")["v"]) == "the loops of its root go round too often"
    assert reading.body("aws_x.good")["v"] == 1
    assert cpu_seconds() - before < 15


def cpu_seconds() -> float:
    """Return the processor time of this process and of those that it has started and that have ended."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + ended.ru_utime


@pytest.mark.parametrize(
    "wrong",
    [
        '{"resource": {"aws_x": "x"}}',
        '{"resource": {"aws_x": {"v": [3]}}}',
        '{"resource": ["x"]}',
        '{"resource": 7}',
        '{"module": [1]}',
        '{"locals": "x"}',
        '{"variable": {"v": true}}',
    ],
)
def test_what_is_no_block_in_json_is_told(tmp_path: Path, wrong: str) -> None:
    reading = read(tmp_path, {"a.tf.json": wrong, "b.tf": GOOD})
    assert "stands where a block's body belongs" in reading.unread[0].because
    assert reading.unread[0].place.line == 1
    assert set(reading.resources) == {"aws_x.good"}


def test_comments_and_nothing_are_no_blocks_in_json(tmp_path: Path) -> None:
    sound = (
        '{"//": "x", "resource": {"//": "y", "aws_x": {"v": {"//": 1, "v": 2}, "//": "z"}}, "module": null}'
    )
    reading = read(tmp_path, {"a.tf.json": sound})
    assert reading.unread == []
    assert set(reading.resources) == {"aws_x.v"}
