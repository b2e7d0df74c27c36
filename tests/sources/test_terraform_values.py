"""What attributes come out as: known values, references, and the unknown apart from the known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.sources.terraform_trees import because, points, read
from tfaudit.model.resources import Reference, Unresolved

if TYPE_CHECKING:
    from pathlib import Path


def value(tmp_path: Path, expression: str, also: str = "") -> Any:
    reading = read(tmp_path, f'resource "aws_x" "x" {{\n  v = {expression}\n}}\n{also}\n')
    assert reading.unread == []
    return reading.body("aws_x.x")["v"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"a\\tb\\u00e9 $${x}"', "a\tbé ${x}"),
        ("1.50", 1.5),
        ("1e3 + 2E-1", 1000.2),
        ("-5e+1", -50),
        ('"a 1e3 ${1e3}"', "a 1e3 1000"),
        ('{ a-1e3 = "b" }', {"a-1e3": "b"}),
        ("-3", -3),
        ("true", True),
        ("null", None),
        ('["a", 1, { b = [2] }]', ["a", 1, {"b": [2]}]),
        ("7 + 2 * 3", 13),
        ("-5 % 3", -2),
        ('1 < 2 && "a" != "b"', True),
        ('true ? "yes" : "no"', "yes"),
        ('upper("a")', "A"),
        ("merge({ a = 1 }, { b = 2 })", {"a": 1, "b": 2}),
        ('[for k, v in { b = 1, a = 2 } : "${k}${v}"]', ["a2", "b1"]),
        ('{ for x in ["a", "b"] : x => upper(x) if x != "b" }', {"a": "A"}),
        ('[{ n = "x" }, { n = "y" }][*].n', ["x", "y"]),
        ('"%{ if 1 == 2 }a%{ else }b%{ endif }"', "b"),
        ('"%{ for x in ["a", "b"] }<${x}>%{ endfor }"', "<a><b>"),
        ('try({}.missing, "fallback")', "fallback"),
        ('cidrsubnet("10.0.0.0/16", 8, 2)', "10.0.2.0/24"),
        ('jsonencode({ b = "<", a = [true, null] })', '{"a":[true,null],"b":"\\u003c"}'),
        ("terraform.workspace", "default"),
        ('regex("[a-z]+", "123abc")', "abc"),
        ('[yamldecode("a: 1").a, "kept"]', [1, "kept"]),
    ],
)
def test_known_expressions_have_terraform_s_values(tmp_path: Path, expression: str, expected: object) -> None:
    assert value(tmp_path, expression) == expected


def test_a_heredoc_loses_its_common_indentation(tmp_path: Path) -> None:
    assert value(tmp_path, "<<-EOT\n    a ${1 + 1}\n      b\n    EOT\n") == "a 2\n  b\n"
    assert value(tmp_path, "<<EOT\n  a\nEOT\n") == "  a\n"


@pytest.mark.parametrize(
    ("expression", "target"),
    [
        ("aws_kms_key.k.arn", "aws_kms_key.k.arn"),
        ("aws_kms_key.c[0].arn", "aws_kms_key.c[0].arn"),
        ('aws_kms_key.e["x"].key_id', 'aws_kms_key.e["x"].key_id'),
        ('"${aws_kms_key.k.arn}"', "aws_kms_key.k.arn"),
        ("data.aws_iam_policy_document.p.json", "data.aws_iam_policy_document.p.json"),
        ("try(aws_kms_key.c[0].arn, null)", "aws_kms_key.c[0].arn"),
        ("one(aws_kms_key.one[*].arn)", "aws_kms_key.one[0].arn"),
        ("true ? aws_kms_key.k.arn : null", "aws_kms_key.k.arn"),
        ("{ id = aws_kms_key.k.id } == null ? null : aws_kms_key.k.arn", "aws_kms_key.k.arn"),
        ('aws_kms_key.k.arn != "" ? aws_kms_key.k.arn : null', "aws_kms_key.k.arn"),
        ("coalesce(null, aws_kms_key.k.arn)", "aws_kms_key.k.arn"),
        ("local.key", "aws_kms_key.k.arn"),
        ("aws_kms_key.elsewhere.arn", "aws_kms_key.elsewhere.arn"),
    ],
)
def test_references_keep_address_and_attribute(tmp_path: Path, expression: str, target: str) -> None:
    also = """
    locals { key = aws_kms_key.k.arn }
    resource "aws_kms_key" "k" {}
    resource "aws_kms_key" "c" { count = 2 }
    resource "aws_kms_key" "one" { count = 1 }
    resource "aws_kms_key" "e" { for_each = toset(["x", "y"]) }
    data "aws_iam_policy_document" "p" {}
    """
    assert points(value(tmp_path, expression, also)) == target


def test_a_splat_gives_a_reference_for_each_instance(tmp_path: Path) -> None:
    found = value(tmp_path, "aws_subnet.s[*].id", 'resource "aws_subnet" "s" { count = 2 }')
    assert found == [Reference("aws_subnet.s[0]", "id"), Reference("aws_subnet.s[1]", "id")]


def test_an_attribute_that_the_target_declares_is_its_value_unless_it_names_the_target(
    tmp_path: Path,
) -> None:
    also = 'resource "aws_rds_cluster" "c" {\n engine = "aurora-mysql"\n cluster_identifier = "main"\n}'
    assert value(tmp_path, "aws_rds_cluster.c.engine", also) == "aurora-mysql"
    assert (
        points(value(tmp_path, "aws_rds_cluster.c.cluster_identifier", also))
        == "aws_rds_cluster.c.cluster_identifier"
    )
    assert value(tmp_path, '"${aws_rds_cluster.c.cluster_identifier}-x"', also) == "main-x"


def test_a_bucket_s_arn_is_told_by_its_name_inside_a_text(tmp_path: Path) -> None:
    also = 'resource "aws_s3_bucket" "b" { bucket = "logs" }'
    assert value(tmp_path, '"${aws_s3_bucket.b.arn}/*"', also) == "arn:aws:s3:::logs/*"


def test_a_variable_without_a_value_is_unresolved_with_a_way_to_settle_it(tmp_path: Path) -> None:
    found = value(tmp_path, "var.u", 'variable "u" {}')
    assert found == Unresolved(
        "the value comes from var.u, which has no value here", "pass --var-file, or scan the plan", "var.u"
    )


@pytest.mark.parametrize(
    "expression",
    [
        '"prefix-${var.u}"',
        "upper(var.u)",
        'var.u ? "a" : "b"',
        "[for x in var.u : x]",
        "var.u.inner[0]",
        "!var.u",
        "-var.u",
        'merge(var.u, { a = "b" })',
        "var.u == 1",
        'lookup(var.u, "k", null)',
    ],
)
def test_what_is_made_from_an_unknown_is_unresolved_and_never_null(tmp_path: Path, expression: str) -> None:
    found = value(tmp_path, expression, 'variable "u" {}')
    assert "var.u" in because(found)
    assert found.expression in (expression, expression[1:-1])


def test_known_parts_stay_known_beside_unknown_ones(tmp_path: Path) -> None:
    also = 'variable "u" {}\nlocals {\n l = [var.u, "10.0.0.0/8"]\n m = { a = var.u, b = 2 }\n}'
    listed = value(tmp_path, "local.l", also)
    assert because(listed[0])
    assert listed[1] == "10.0.0.0/8"
    mapped = value(tmp_path, "merge(local.m, { c = 3 })", also)
    assert because(mapped["a"])
    assert (mapped["b"], mapped["c"]) == (2, 3)
    joined = value(tmp_path, 'concat(var.u, ["10.0.0.0/8"])', also)
    assert because(joined[0])
    assert joined[1] == "10.0.0.0/8"


@pytest.mark.parametrize(
    "expression", ["var.u && false", "false && var.u", "!(true || var.u)", "var.u ? false : false"]
)
def test_an_unknown_that_does_not_matter_does_not_spread(tmp_path: Path, expression: str) -> None:
    assert value(tmp_path, expression, 'variable "u" {}') is False


def test_jsonencode_with_unknown_parts_is_the_document(tmp_path: Path) -> None:
    also = 'variable "u" {}\nresource "aws_sns_topic" "t" {}'
    found = value(tmp_path, 'jsonencode({ Principal = "*", A = var.u, B = [aws_sns_topic.t.arn] })', also)
    assert found["Principal"] == "*"
    assert because(found["A"])
    assert points(found["B"][0]) == "aws_sns_topic.t.arn"


def test_a_json_heredoc_with_unknown_parts_is_the_document(tmp_path: Path) -> None:
    text = '<<EOF\n{"Principal": "*", "Resource": "${aws_sns_topic.t.arn}", "Id": "x-${var.u}", "N": ${1 + 1}}\nEOF\n'
    found = value(tmp_path, text, 'variable "u" {}\nresource "aws_sns_topic" "t" {}')
    assert found["Principal"] == "*"
    assert points(found["Resource"]) == "aws_sns_topic.t.arn"
    assert found["Id"].expression == "x-${var.u}"
    assert found["N"] == 2


def test_a_known_json_heredoc_stays_text(tmp_path: Path) -> None:
    assert json.loads(value(tmp_path, '<<EOF\n{"a": ${1}}\nEOF\n')) == {"a": 1}


def test_secrets_do_not_leave_the_reader(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        variable "pw" { default = "hunter2hunter2" }
        locals { settings = { db_password = "correct-horse", size = 3 } }
        resource "aws_db_instance" "d" {
          password = var.pw
          settings = local.settings
          note = "key AKIAIOSFODNN7EXAMPLE"
          url = "postgres://admin:swordfish@db/x"
        }
        resource "aws_x" "y" { text = "x-${local.settings.db_password}${var.none}" }
        variable "none" {}
        """,
    )
    everything = repr([(each.body, each.place) for each in reading.resources.values()])
    for secret in ("hunter2", "correct-horse", "AKIAIOSFODNN7EXAMPLE", "swordfish"):
        assert secret not in everything
    assert reading.body("aws_db_instance.d")["password"] == "(redacted)"
    assert reading.body("aws_db_instance.d")["settings"]["size"] == 3


def test_blocks_are_lists_and_maps_are_dicts(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """
        resource "aws_s3_bucket" "b" {
          count = 1
          provider = aws.eu
          depends_on = [aws_x.y]
          tags = { a = 1 }
          versioning { enabled = true }
          grant { id = "1" }
          grant { id = "2" }
          provisioner "local-exec" { command = "rm -rf /" }
          lifecycle {
            prevent_destroy = true
            ignore_changes = [tags]
          }
        }
        """,
    )
    assert reading.body("aws_s3_bucket.b[0]") == {
        "tags": {"a": 1},
        "versioning": [{"enabled": True}],
        "grant": [{"id": "1"}, {"id": "2"}],
        "lifecycle": [{"prevent_destroy": True}],
    }


def test_what_a_sensitive_variable_holds_is_not_told(tmp_path: Path) -> None:
    also = 'variable "pw" {\n default = "plainsight"\n sensitive = true\n}\nresource "aws_y" "y" { password = var.pw }'
    reading = read(tmp_path, f'resource "aws_x" "x" {{\n  v = "x-${{var.pw}}"\n}}\n{also}')
    assert because(reading.body("aws_x.x")["v"]) == "var.pw is marked sensitive"
    assert reading.body("aws_y.y")["password"] == "(redacted)"
    assert "plainsight" not in repr(reading.resources)


def test_a_yes_or_no_of_a_sensitive_variable_is_judged(tmp_path: Path) -> None:
    also = 'variable "on" {{\n type = {}\n default = {}\n sensitive = true\n}}\nresource "aws_x" "x" {{ v = var.on }}'
    for number, (type_, default, expected) in enumerate((("bool", "false", False), ("bool", '"true"', True))):
        assert read(tmp_path / str(number), also.format(type_, default)).body("aws_x.x")["v"] is expected
    for number, (type_, default) in enumerate(
        (("any", '"true"'), ("number", "1"), ("list(bool)", "[true]")), 2
    ):
        found = read(tmp_path / str(number), also.format(type_, default)).body("aws_x.x")["v"]
        assert because(found) == "var.on is marked sensitive"


def test_how_many_instances_there_are_is_not_told_where_the_count_is_unknown(tmp_path: Path) -> None:
    also = 'variable "u" {}\nresource "aws_kms_key" "k" { count = var.u ? 1 : 0 }'
    assert because(value(tmp_path, "length(aws_kms_key.k) > 0", also))
    assert because(value(tmp_path, "length(aws_kms_key.k[*].arn)", also))
    assert points(value(tmp_path, "aws_kms_key.k[0].arn", also)) == "aws_kms_key.k[0].arn"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("arn:${var.p}:iam::aws:policy", "arn:${local.again}:iam::aws:policy/X"),
        ("${var.p}/32", "${local.text}/X"),
        ("postgres://root:hunter2@${var.p}", "${local.text}/X"),
    ],
)
def test_of_arns_alone_the_known_parts_are_carried_on(tmp_path: Path, text: str, written: str) -> None:
    also = f'variable "p" {{}}\nlocals {{\n  text = "{text}"\n  again = "${{local.text}}/X"\n}}'
    found = value(tmp_path, "local.again", also)
    assert isinstance(found, Unresolved)
    assert found.expression == (written if text.startswith("arn:") else "local.again")
    assert because(found) == "the value comes from var.p, which has no value here"


def test_of_a_range_the_length_of_its_prefix_is_carried_on(tmp_path: Path) -> None:
    also = 'variable "p" {}\nlocals {\n  ranges = { here = "${var.p}/32" }\n}'
    found = value(tmp_path, "local.ranges.here", also)
    assert isinstance(found, Unresolved)
    assert found.expression == "${local.ranges.here}/32"


def test_a_part_of_a_list_that_is_not_known_has_a_known_length(tmp_path: Path) -> None:
    also = 'data "aws_availability_zones" "all" {}\nvariable "n" {}\n'
    zones = "slice(data.aws_availability_zones.all.names, 1, 3)"
    found = value(tmp_path / "1", f'[for i, zone in {zones} : cidrsubnet("10.0.0.0/16", 8, i)]', also)
    assert found == ["10.0.0.0/24", "10.0.1.0/24"]
    assert value(tmp_path / "2", f"length({zones})", also) == 2
    assert isinstance(value(tmp_path / "3", f"{zones}[0] == {zones}[1]", also), Unresolved)
    assert isinstance(value(tmp_path / "4", f"length(toset({zones}))", also), Unresolved)
    assert isinstance(
        value(tmp_path / "5", "length(slice(data.aws_availability_zones.all.names, 0, var.n))", also),
        Unresolved,
    )
