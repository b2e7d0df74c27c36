"""Where values of Terraform come from: variables, tfvars, options, calls, locals, outputs and iterators."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.caches import store
from tests.sources.terraform_trees import Reading, read
from tfaudit.sources.terraform.kubernetes import as_objects

if TYPE_CHECKING:
    from pathlib import Path

DATABASE = 'resource "aws_db_instance" "db" {\n  publicly_accessible = var.public\n}\n'
OPEN = ("publicly_accessible",)


def said(reading: Reading, address: str, *path: str | int) -> list[str]:
    """Return the origins of a value that is read as it stands in the body."""
    resource = reading.resources[address]
    value: Any = resource.body
    for step in path:
        value = value[step]
    return [str(each) for each in resource.origins_of(path, value)]


def test_a_default_a_file_of_values_and_an_option_are_told_apart(tmp_path: Path) -> None:
    code = 'variable "public" {\n  type    = bool\n  default = true\n}\n' + DATABASE
    default = read(tmp_path / "a", code)
    assert said(default, "aws_db_instance.db", *OPEN) == ["var.public = true, from its default at main.tf:3"]
    files: dict[str, str | bytes] = {"main.tf": code, "production.auto.tfvars": "# ours\n\n\npublic = true\n"}
    from_file = read(tmp_path / "b", files)
    assert said(from_file, "aws_db_instance.db", *OPEN) == [
        "var.public = true, from production.auto.tfvars:4"
    ]
    given = read(tmp_path / "b", files, variables=(("public", "false"),))
    assert said(given, "aws_db_instance.db", *OPEN) == ["var.public = false, from --var"]
    stated = read(
        tmp_path / "b", files, variables=(("public", "true"),), stated_in={"public": "tfaudit.yaml"}
    )
    assert said(stated, "aws_db_instance.db", *OPEN) == ["var.public = true, from tfaudit.yaml"]


def test_json_is_told_by_its_lines_too(tmp_path: Path) -> None:
    declared: dict[str, Any] = {"variable": {"db": {"default": {}}}}
    files: dict[str, str | bytes] = {
        "main.tf": 'resource "aws_db_instance" "db" {\n  publicly_accessible = var.db.public\n}\n',
        "variables.tf.json": json.dumps(declared, indent=1),
        "terraform.tfvars.json": '{\n "db": {\n  "name": "x",\n  "public": true\n }\n}\n',
    }
    reading = read(tmp_path, files)
    assert said(reading, "aws_db_instance.db", *OPEN) == [
        "var.db.public = true, from terraform.tfvars.json:4"
    ]


def test_a_value_passed_down_two_modules_is_followed_to_the_file_of_values(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": 'variable "open" {}\nmodule "stack" {\n  source = "./stack"\n  public = var.open\n}\n',
        "terraform.tfvars": "open = true\n",
        "stack/main.tf": 'variable "public" {}\nmodule "db" {\n  source = "./db"\n  public = local.public\n}\n'
        "locals {\n  public = var.public\n}\n",
        "stack/db/main.tf": 'variable "public" {}\n' + DATABASE,
    }
    assert said(read(tmp_path, files), "module.stack.module.db.aws_db_instance.db", *OPEN) == [
        'var.public = true, from module "db" at stack/main.tf:4',
        "local.public = true, from stack/main.tf:7",
        'var.public = true, from module "stack" at main.tf:4',
        "var.open = true, from terraform.tfvars:1",
    ]


def test_the_same_module_called_twice_has_the_origins_of_each_call(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": 'module "a" {\n  source = "./db"\n  public = true\n}\nmodule "b" {\n  source = "./db"\n}\n',
        "db/main.tf": 'variable "public" {\n  default = false\n}\n' + DATABASE,
    }
    reading = read(tmp_path, files)
    assert said(reading, "module.a.aws_db_instance.db", *OPEN) == [
        'var.public = true, from module "a" at main.tf:3'
    ]
    assert said(reading, "module.b.aws_db_instance.db", *OPEN) == [
        "var.public = false, from its default at db/main.tf:2"
    ]


def test_each_value_is_followed_to_the_line_of_its_own_element(tmp_path: Path) -> None:
    code = (
        'variable "dbs" {}\nresource "aws_db_instance" "db" {\n  for_each            = var.dbs\n'
        "  publicly_accessible = each.value.public\n  identifier          = each.key\n}\n"
    )
    values = "dbs = {\n  a = {\n    public = false\n  }\n  b = {\n    public = true\n  }\n}\n"
    reading = read(tmp_path, {"main.tf": code, "terraform.tfvars": values})
    assert said(reading, 'aws_db_instance.db["a"]', *OPEN) == [
        "var.dbs.a.public = false, from terraform.tfvars:3"
    ]
    assert said(reading, 'aws_db_instance.db["b"]', *OPEN) == [
        "var.dbs.b.public = true, from terraform.tfvars:6"
    ]
    assert said(reading, 'aws_db_instance.db["b"]', "identifier") == ["var.dbs, from terraform.tfvars:1"]


def test_dynamic_blocks_and_outputs_are_followed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": """\
variable "rules" {
  default = [
    { port = 22, from = "0.0.0.0/0" },
    { port = 443, from = "10.0.0.0/8" },
  ]
}
module "net" {
  source = "./net"
}
resource "aws_security_group" "g" {
  description = module.net.open
  dynamic "ingress" {
    for_each = var.rules
    content {
      from_port   = ingress.value.port
      cidr_blocks = ["192.0.2.0/24", ingress.value.from]
      to_port     = 1
    }
  }
}
""",
        "net/main.tf": 'locals {\n  open = "yes"\n}\noutput "open" {\n  value = local.open\n}\n',
    }
    reading = read(tmp_path, files)
    group = "aws_security_group.g"
    assert said(reading, group, "ingress", 1, "from_port") == [
        "var.rules[1].port = 443, from its default at main.tf:4"
    ]
    assert said(reading, group, "ingress", 0, "cidr_blocks", 1) == [
        "var.rules[0].from = 0.0.0.0/0, from its default at main.tf:3"
    ]
    assert said(reading, group, "ingress", 0, "cidr_blocks", 0) == []
    assert said(reading, group, "ingress", 0, "cidr_blocks") == [
        "var.rules[0].from = 0.0.0.0/0, from its default at main.tf:3"
    ]
    # That the block is there at all comes from the list.
    assert said(reading, group, "ingress", 0, "to_port") == ["var.rules, from its default at main.tf:2"]
    assert said(reading, group, "description") == [
        "module.net.open, from net/main.tf:5",
        "local.open = yes, from net/main.tf:2",
    ]


def test_a_branch_that_is_not_taken_is_no_origin(tmp_path: Path) -> None:
    code = """\
variable "is_production" {
  default = true
}
variable "long" {
  default = 35
}
variable "short" {
  default = 1
}
resource "aws_db_instance" "db" {
  backup_retention_period = var.is_production ? var.long : var.short
  deletion_protection     = true
  tags = {
    a = "written"
    b = var.long
  }
}
"""
    reading = read(tmp_path, code)
    address = "aws_db_instance.db"
    assert said(reading, address, "backup_retention_period") == [
        "var.is_production = true, from its default at main.tf:2",
        "var.long = 35, from its default at main.tf:5",
    ]
    assert said(reading, address, "deletion_protection") == []
    assert said(reading, address, "tags", "a") == []
    assert said(reading, address, "tags", "b") == ["var.long = 35, from its default at main.tf:5"]
    assert reading.resources[address].origins_of(("tags",)) == ()  # which of them counts is not known
    assert reading.resources[address].origins_of(("tags", "c")) == ()
    assert reading.resources[address].origins_of(()) == ()


def test_a_variable_without_a_value_is_told_by_its_declaration(tmp_path: Path) -> None:
    reading = read(tmp_path, 'variable "public" {\n  type = bool\n}\n' + DATABASE)
    assert said(reading, "aws_db_instance.db", *OPEN) == ["var.public, declared without a value at main.tf:1"]


def test_a_null_that_is_not_taken_leaves_the_default(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": 'module "db" {\n  source = "./db"\n  public = null\n}\n',
        "db/main.tf": 'variable "public" {\n  nullable = false\n  default = true\n}\n' + DATABASE,
    }
    assert said(read(tmp_path, files), "module.db.aws_db_instance.db", *OPEN) == [
        "var.public = true, from its default at db/main.tf:3"
    ]


@pytest.mark.parametrize(
    ("declared", "attribute"),
    [
        ('variable "x" {\n  sensitive = true\n  default = "hunter2x"\n}', "identifier = var.x"),
        ('variable "db_password" {\n  default = "hunter2x"\n}', "identifier = var.db_password"),
        ('variable "x" {\n  default = "hunter2x"\n}', "password = var.x"),
        ('variable "x" {\n  default = "hunter2x"\n}', 'identifier = "a-${var.x}"'),
        ('variable "m" {\n  default = { token = "hunter2x" }\n}', "identifier = var.m.token"),
        (
            'locals {\n  x = var.secret\n}\nvariable "secret" {\n  default = "hunter2x"\n}',
            "identifier = local.x",
        ),
    ],
)
def test_a_secret_is_named_and_not_shown(tmp_path: Path, declared: str, attribute: str) -> None:
    reading = read(tmp_path, f'{declared}\nresource "aws_db_instance" "db" {{\n  {attribute}\n}}\n')
    resource = reading.resources["aws_db_instance.db"]
    name = attribute.partition(" ")[0]
    found = resource.origins_of((name,), resource.body[name])
    assert found
    last = found[-1]
    assert "hunter2x" not in str(last)
    assert last.value == ""


def test_what_a_secret_is_made_from_is_not_shown_either(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": 'variable "on" {\n  default = true\n}\n'
        'module "db" {\n  source = "./db"\n  public = var.on\n}\n',
        "db/main.tf": 'variable "public" {\n  sensitive = true\n}\n' + DATABASE,
    }
    assert said(read(tmp_path, files), "module.db.aws_db_instance.db", *OPEN) == [
        'var.public, from module "db" at main.tf:6',
        "var.on, from its default at main.tf:2",
    ]


def test_cycles_end(tmp_path: Path) -> None:
    code = (
        "locals {\n  a = local.b\n  b = local.c\n  c = local.a\n}\n"
        'resource "aws_db_instance" "db" {\n  publicly_accessible = local.a\n}\n'
    )
    told = said(read(tmp_path, code), "aws_db_instance.db", *OPEN)
    assert told == ["local.a, from main.tf:2", "local.b, from main.tf:3", "local.c, from main.tf:4"]


def test_iterators_that_mention_one_another_many_times_end(tmp_path: Path) -> None:
    depth, names = 4, "[" + ", ".join(["a{0}.value.x"] * 16) + "]"
    code = 'resource "aws_x" "y" {\n'
    for level in range(depth):
        over = "{ k = { x = var.v } }" if not level else "{ k = { x = " + names.format(level - 1) + " } }"
        code += f'dynamic "a{level}" {{\nfor_each = {over}\ncontent {{\n'
    code += f"end = a{depth - 1}.value.x\n" + "}}" * depth + "}\n"
    started = time.monotonic()
    reading = read(
        tmp_path, {"main.tf": code.replace("}}", "}\n}\n"), "v.tf": 'variable "v" {\n  default = 1\n}\n'}
    )
    assert "aws_x.y" in reading.resources
    assert time.monotonic() - started < 20


def test_thousands_of_variables_are_told_each_by_its_own_line(tmp_path: Path) -> None:
    many = 3_000
    variables = "".join(f'variable "v{number}" {{\n  default = {number}\n}}\n' for number in range(many))
    tags = "".join(f"    t{number} = var.v{number}\n" for number in range(many))
    listed = ", ".join(f"var.v{number}" for number in range(many))
    code = f'resource "aws_x" "y" {{\n  tags = {{\n{tags}  }}\n  all = [{listed}]\n}}\n'
    reading = read(tmp_path, {"main.tf": code, "variables.tf": variables})
    assert said(reading, "aws_x.y", "tags", "t2999") == [
        "var.v2999 = 2999, from its default at variables.tf:8999"
    ]
    assert len(said(reading, "aws_x.y", "all")) == 12  # as many as are ever shown of one value


def test_odd_names_stay_one_line_of_text(tmp_path: Path) -> None:
    odd = 'a"b\n`c'
    body = "  for_each = var.m\n  publicly_accessible = each.value\n"
    code = f'variable "m" {{}}\nresource "aws_db_instance" "db" {{\n{body}}}\n'
    reading = read(
        tmp_path, {"main.tf": code, "terraform.tfvars.json": json.dumps({"m": {odd: True, "x" * 999: True}})}
    )
    told = [str(each) for found in reading.resources.values() for each in found.origins_of(OPEN, True)]
    assert len(told) == 2
    assert all(len(each) < 200 for each in told)


def test_kept_answers_hold_the_origins(tmp_path: Path) -> None:
    code = 'variable "public" {\n  default = true\n}\n' + DATABASE
    for _ in range(2):
        reading = read(tmp_path / "tree", code, cache=store(tmp_path / "cache"))
        assert said(reading, "aws_db_instance.db", *OPEN) == [
            "var.public = true, from its default at main.tf:2"
        ]


def test_objects_of_the_kubernetes_provider_have_the_origins_of_their_attributes(tmp_path: Path) -> None:
    code = """\
variable "root" {
  default = true
}
resource "kubernetes_pod_v1" "p" {
  metadata {
    name = "p"
  }
  spec {
    host_network = var.root
    container {
      name  = "c"
      image = "i"
    }
  }
}
"""
    [pod] = as_objects(read(tmp_path, code).resources.values())
    told = [str(each) for each in pod.origins_of(("spec", "hostNetwork"), True)]
    assert told == ["var.root = true, from its default at main.tf:2"]
    assert pod.origins_of(("spec", "hostPID"), None) == ()
    assert pod.origins_of(("spec", "containers", 0, "image"), "i") == ()
