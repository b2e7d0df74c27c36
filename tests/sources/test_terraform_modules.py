"""Roots, modules, variables from outside, workspaces, providers, override files, and the JSON syntax."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands import tfaudit
from tests.sources.terraform_trees import because, points, read, write
from tfaudit import scan
from tfaudit.sources.tree.files import VariableFile

if TYPE_CHECKING:
    from pathlib import Path


def test_a_called_module_is_evaluated_through_its_callers_alone(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "live/main.tf": """
            module "key" { source = "../modules/key" }
            module "db" {
              source   = "../modules/db"
              for_each = { eu = 7, us = 35 }
              name     = each.key
              days     = each.value
              key      = module.key.arn
            }
            resource "aws_x" "uses" {
              db  = module.db["eu"].id
              all = [for d in module.db : d.name]
            }
            """,
            "modules/key/main.tf": 'resource "aws_kms_key" "k" {}\noutput "arn" { value = aws_kms_key.k.arn }',
            "modules/db/main.tf": """
            variable "name" {}
            variable "days" { type = number }
            variable "key" { default = null }
            variable "multi" { default = true }
            resource "aws_db_instance" "d" {
              identifier = "db-${var.name}"
              backup_retention_period = var.days
              kms_key_id = var.key
              multi_az = var.multi
            }
            output "id" { value = aws_db_instance.d.id }
            output "name" { value = aws_db_instance.d.identifier }
            """,
            "modules/unused/main.tf": 'variable "u" {}\nresource "aws_x" "u" { v = var.u }',
        },
    )
    assert reading.unread == []
    assert {(each.scope, address) for address, each in reading.resources.items()} == {
        ("live", "module.key.aws_kms_key.k"),
        ("live", 'module.db["eu"].aws_db_instance.d'),
        ("live", 'module.db["us"].aws_db_instance.d'),
        ("live", "aws_x.uses"),
        ("modules/unused", "aws_x.u"),
    }
    body = reading.body('module.db["us"].aws_db_instance.d')
    assert (body["identifier"], body["backup_retention_period"], body["multi_az"]) == ("db-us", 35, True)
    assert points(body["kms_key_id"]) == "module.key.aws_kms_key.k.arn"
    assert reading.where('module.db["us"].aws_db_instance.d', "multi_az") == "modules/db/main.tf:10:15"
    uses = reading.body("aws_x.uses")
    assert points(uses["db"]) == 'module.db["eu"].aws_db_instance.d.id'
    assert [points(each) for each in uses["all"]] == [
        'module.db["eu"].aws_db_instance.d.identifier',
        'module.db["us"].aws_db_instance.d.identifier',
    ]


def test_optional_attributes_get_their_defaults(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "main.tf": 'module "m" {\n  source = "./m"\n  cfg = { name = "x" }\n  days = "7"\n}',
            "m/main.tf": """
            variable "cfg" { type = object({ name = string, tls = optional(bool, true), note = optional(string) }) }
            variable "days" { type = number }
            resource "aws_x" "x" {
              tls  = var.cfg.tls
              note = var.cfg.note
              days = var.days
            }
            """,
        },
    )
    assert reading.body("module.m.aws_x.x") == {"tls": True, "note": None, "days": 7}


def test_a_module_that_is_not_on_disk_is_named(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        """\
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.0.0"
}
module "up" { source = "../elsewhere" }
module "gone" { source = "./gone" }
resource "aws_db_instance" "d" {
  subnet = module.vpc.database_subnets[0]
  other  = "x-${module.vpc.vpc_id}"
}
""",
    )
    assert [(each.place.line, each.because, each.settle_with) for each in reading.unread] == [
        (
            5,
            'module "up" comes from "../elsewhere", which lies outside of the scanned tree',
            "scan the folder that holds both",
        ),
        (
            6,
            'module "gone" comes from "./gone", and no Terraform file is there',
            "mend the source, or scan the folder that holds both",
        ),
        (
            1,
            'module "vpc" comes from "terraform-aws-modules/vpc/aws" and is not on disk',
            "run terraform init first, or scan the plan",
        ),
    ]
    body = reading.body("aws_db_instance.d")
    assert "is not on disk" in because(body["subnet"])
    assert "is not on disk" in because(body["other"])


def test_modules_of_an_earlier_init_are_used(tmp_path: Path) -> None:
    manifest = {
        "Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {"Key": "vpc", "Source": "registry.terraform.io/a/vpc/aws", "Dir": ".terraform/modules/vpc"},
            {"Key": "out", "Source": "registry.terraform.io/a/out/aws", "Dir": "../../../etc"},
        ]
    }
    write(tmp_path, {".terraform/modules/modules.json": json.dumps(manifest)})
    write(
        tmp_path, {".terraform/modules/vpc/main.tf": 'resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }'}
    )
    reading = read(tmp_path, 'module "vpc" { source = "a/vpc/aws" }\nmodule "out" { source = "a/out/aws" }')
    assert reading.body("module.vpc.aws_vpc.v") == {"cidr_block": "10.0.0.0/16"}
    assert reading.where("module.vpc.aws_vpc.v") == ".terraform/modules/vpc/main.tf:1:1"
    (gap,) = reading.unread
    assert gap.because == (
        'module "out" comes from "a/out/aws" and modules.json puts it in "../../../etc", '
        "which is not in .terraform/modules"
    )


def test_a_module_cycle_ends(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "a/main.tf": 'module "b" { source = "../b" }\nresource "aws_x" "a" {}',
            "b/main.tf": 'module "a" { source = "../a" }\nresource "aws_x" "b" {}',
        },
    )
    assert set(reading.resources) == {"aws_x.a", "module.b.aws_x.b"}
    assert reading.said == ['b/main.tf:1:1: module "a" calls itself in a circle: a -> b -> a']


def test_a_link_out_of_the_tree_is_not_followed_to_a_module(tmp_path: Path) -> None:
    write(tmp_path / "outside", {"main.tf": 'resource "aws_x" "secret" {}'})
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "mod").symlink_to(tmp_path / "outside")
    reading = read(tmp_path / "tree", 'module "m" { source = "./mod" }')
    assert reading.resources == {}
    assert len(reading.unread) == 1


def test_variables_come_from_files_and_options_in_terraform_s_order(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": """
        variable "a" { default = "default" }
        variable "b" { default = "default" }
        variable "c" { default = "default" }
        variable "d" { default = "default" }
        variable "e" { type = list(string) }
        variable "n" { type = number }
        resource "aws_x" "x" {
          v = [var.a, var.b, var.c, var.d]
          e = var.e
          n = var.n
        }
        """,
        "terraform.tfvars": 'a = "tfvars"\nb = "tfvars"\nc = "tfvars"\nd = "tfvars"\n',
        "x.auto.tfvars.json": '{"b": "auto", "c": "auto", "d": "auto"}',
        "not_loaded.tfvars": 'a = "wrong"',
    }
    reading = read(
        tmp_path,
        files,
        variable_files=(VariableFile("given.tfvars", b'c = "given"\nd = "given"\nundeclared = 1\n'),),
        variables=(("d", "option"), ("e", '["x"]'), ("n", "7")),
    )
    assert reading.unread == []
    assert reading.body("aws_x.x") == {"v": ["tfvars", "auto", "given", "option"], "e": ["x"], "n": 7}


def test_variables_of_all_sources_meet_in_one_text(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "variables.tf": 'variable "a" {}\nvariable "b" {}',
            "main.tf": 'resource "aws_x" "x" { v = regex("[a-z]+", "${var.a}${var.b}") }',
            "terraform.tfvars": 'a = "12ab"',
        },
        variables=(("b", 'c"${x}'),),
    )
    assert reading.body("aws_x.x")["v"] == "abc"


def test_the_workspace_is_told(tmp_path: Path) -> None:
    code = 'resource "aws_x" "x" { v = terraform.workspace == "prod" ? 35 : 1 }'
    assert read(tmp_path, code, workspace="prod").body("aws_x.x")["v"] == 35
    assert read(tmp_path, code).body("aws_x.x")["v"] == 1


def test_region_and_version_come_from_the_provider(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "main.tf": """
            terraform {
              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = "~> 5.0"
                }
              }
            }
            provider "aws" { region = var.region }
            provider "aws" {
              alias  = "us"
              region = "us-east-1"
            }
            variable "region" { default = "eu-west-1" }
            resource "aws_x" "home" {}
            resource "aws_x" "away" { provider = aws.us }
            module "m" {
              source = "./m"
              providers = { aws = aws.us }
            }
            """,
            "m/main.tf": 'resource "aws_x" "inner" {}',
        },
    )
    told = {address: dict(each.context) for address, each in reading.resources.items()}
    assert told["aws_x.home"] == {"region": "eu-west-1", "provider_version": "~> 5.0"}
    assert told["aws_x.away"]["region"] == "us-east-1"
    assert told["module.m.aws_x.inner"] == {
        "region": "us-east-1",
        "provider_version": "~> 5.0",
        "called_in": "main.tf",
        "called_at": "main.tf:18:13",
    }
    assert reading.resources["provider.aws.us"].type == "provider.aws"


def test_override_files_win(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "main.tf": 'resource "aws_x" "x" {\n a = 1\n b = 1\n blk { c = 1 }\n}',
            "x_override.tf": 'resource "aws_x" "x" {\n b = 2\n blk { c = 2 }\n}',
        },
    )
    assert reading.body("aws_x.x") == {"a": 1, "b": 2, "blk": [{"c": 2}]}


def test_two_resources_of_one_name_are_both_read(tmp_path: Path) -> None:
    reading = read(
        tmp_path, {"a.tf": 'resource "aws_x" "x" { v = 1 }', "b.tf": 'resource "aws_x" "x" { v = 2 }'}
    )
    assert sorted(each.body["v"] for each in reading.resources.values()) == [1, 2]


JSON = """\
{
  "variable": {"days": {"type": "number", "default": 7}, "u": {}},
  "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "us", "region": "us-east-1"}]},
  "locals": {"name": "db-${terraform.workspace}"},
  "data": {"aws_iam_policy_document": {"p": {"statement": [{"actions": ["s3:*"]}]}}},
  "resource": {
    "aws_db_instance": {
      "d": {
        "//": "a comment",
        "identifier": "${local.name}",
        "backup_retention_period": "${var.days}",
        "kms_key_id": "${aws_kms_key.k.arn}",
        "storage_encrypted": true,
        "name": "x-${var.u}-\\"q\\"",
        "provider": "aws.us",
        "tags": {"a": "${upper(\\"b\\")}"},
        "dynamic": {"timeouts": {"for_each": ["5m"], "content": {"create": "${timeouts.value}"}}},
        "lifecycle": {"prevent_destroy": true}
      }
    },
    "aws_kms_key": {"k": [{"count": 1}]}
  }
}
"""


def test_the_json_syntax_means_the_same(tmp_path: Path) -> None:
    reading = read(tmp_path, {"main.tf.json": JSON})
    assert reading.unread == []
    body = reading.body("aws_db_instance.d")
    assert points(body.pop("kms_key_id")) == "aws_kms_key.k[0].arn"
    assert "var.u" in because(body.pop("name"))
    assert body == {
        "identifier": "db-default",
        "backup_retention_period": 7,
        "storage_encrypted": True,
        "tags": {"a": "B"},
        "timeouts": [{"create": "5m"}],
        "lifecycle": [{"prevent_destroy": True}],
    }
    assert reading.where("aws_db_instance.d") == "main.tf.json:8:7"
    assert reading.where("aws_db_instance.d", "storage_encrypted") == "main.tf.json:13:9"
    assert reading.resources["aws_db_instance.d"].context["region"] == "us-east-1"
    assert reading.body("data.aws_iam_policy_document.p") == {"statement": [{"actions": ["s3:*"]}]}


def test_a_root_may_mix_both_syntaxes(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "a.tf": 'variable "d" { default = 3 }',
            "b.tf.json": '{"resource": {"aws_x": {"x": {"v": "${var.d}"}}}}',
        },
    )
    assert reading.body("aws_x.x")["v"] == 3


@pytest.mark.parametrize("mark", ['terraform {\n  backend "s3" {}\n}', ""])
def test_a_called_folder_with_a_backend_is_a_root_as_well(tmp_path: Path, mark: str) -> None:
    reading = read(
        tmp_path,
        {"app/main.tf": 'module "m" { source = "../m" }', "m/main.tf": f'{mark}\nresource "aws_x" "x" {{}}'},
    )
    assert {each.scope for each in reading.resources.values()} == ({"app", "m"} if mark else {"app"})


def test_a_module_of_which_the_instances_are_unknown_is_no_error_to_pass_over(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "main.tf": """
            variable "u" {}
            module "m" {
              source   = "./m"
              for_each = var.u
              name     = each.key
            }
            resource "aws_x" "x" {
              names  = try(values(module.m)[*].name, ["wrong"])
              listed = try([for each in module.m : each.name], ["wrong"])
              one    = module.m["a"].bucket
            }
            """,
            "m/main.tf": 'variable "name" {}\nresource "aws_s3_bucket" "b" { acl = "private" }\n'
            'output "name" { value = var.name }\noutput "bucket" { value = aws_s3_bucket.b.id }',
        },
    )
    assert reading.body("module.m[*].aws_s3_bucket.b") == {"acl": "private"}
    body = reading.body("aws_x.x")
    assert "how many instances" in because(body["names"])
    assert "how many instances" in because(body["listed"])
    assert points(body["one"]) == "module.m[*].aws_s3_bucket.b.id"


def test_links_to_files_of_the_tree_are_files_of_their_folder(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    write(tmp_path, {"outside.tf": 'variable "o" { default = "leaked" }'})
    write(
        tree,
        {
            "common/provider.tf": 'provider "aws" { region = "eu-west-1" }\nvariable "size" {}\n',
            "common/values.tfvars": "size = 3",
            "live/main.tf": 'resource "aws_x" "x" {\n  size = var.size\n  o = var.o\n}\n',
        },
    )
    (tree / "live/provider.tf").symlink_to("../common/provider.tf")
    (tree / "live/terraform.tfvars").symlink_to("../common/values.tfvars")
    (tree / "live/outside.tf").symlink_to(tmp_path / "outside.tf")
    (tree / "live/loop.tf").symlink_to("loop.tf")
    reading = read(tree, {})
    resource = reading.resources["aws_x.x"]
    assert resource.body["size"] == 3
    assert resource.context["region"] == "eu-west-1"
    assert "not declared" in because(resource.body["o"])


def test_a_folder_of_links_alone_is_a_root(tmp_path: Path) -> None:
    declared = 'variable "on" {}\nresource "aws_kms_key" "k" {\n  enable_key_rotation = var.on\n}\n'
    write(tmp_path, {"common/main.txt": declared, "live/terraform.tfvars": "on = false"})
    (tmp_path / "live/main.tf").symlink_to("../common/main.txt")
    done = tfaudit("scan", ".", "--policy", "key-rotation", "-o", "json", cwd=tmp_path)
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert (verdict["outcome"], verdict["asset"]["scope"]) == ("fail", "live")


def test_a_module_behind_a_link_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "mod").symlink_to("mod")
    reading = read(tmp_path, 'module "m" { source = "./mod" }\nresource "aws_x" "x" {}')
    assert set(reading.resources) == {"aws_x.x"}
    assert [each.because for each in reading.unread] == [
        'module "m" comes from "./mod", and no Terraform file is there'
    ]


def test_a_missing_module_of_which_nothing_exists_is_no_gap(tmp_path: Path) -> None:
    text = """
module "none" {
  source   = "registry.example/none/aws"
  for_each = toset([])
}
module "off" {
  source = "registry.example/off/aws"
  count  = 0
}
module "some" {
  source = "registry.example/some/aws"
}
"""
    reading = read(tmp_path, text)
    assert [gap.because for gap in reading.unread] == [
        'module "some" comes from "registry.example/some/aws" and is not on disk'
    ]


VARIABLES = """
variable "loose" {
  default = "d"
}
variable "strict" {
  default  = "d"
  nullable = false
}
variable "rest" {
  type = object({ a = optional(number, 5), b = optional(string), c = string })
}
variable "typed" {
  type    = list(string)
  default = null
}
resource "aws_x" "x" {
  loose  = var.loose
  strict = var.strict
  rest   = var.rest
  typed  = var.typed
  none   = var.typed == null
}
"""


def test_null_is_a_value_unless_a_variable_is_not_nullable(tmp_path: Path) -> None:
    call = 'module "%s" {\n  source = "%s"\n  loose = %s\n  strict = %s\n  rest = %s\n  typed = %s\n}\n'
    through = """
variable "loose" {}
variable "strict" {}
variable "rest" {}
variable "typed" {}
"""
    passed = ("var.loose", "var.strict", "var.rest", "var.typed")
    given = ("null", "null", '{ a = "7", c = 1, d = 2 }', "[1]")
    reading = read(
        tmp_path,
        {
            "main.tf": call % ("one", "./inner", *given) + call % ("two", "./outer", *given),
            "inner/main.tf": VARIABLES,
            "outer/main.tf": through + call % ("in", "../inner", *passed),
        },
    )
    expected = {
        "loose": None,
        "strict": "d",
        "rest": {"a": 7, "b": None, "c": "1"},
        "typed": ["1"],
        "none": False,
    }
    assert reading.body("module.one.aws_x.x") == expected
    assert reading.body("module.two.module.in.aws_x.x") == expected


def test_a_value_that_does_not_fit_its_type_is_not_known(tmp_path: Path) -> None:
    code = 'variable "n" {\n  type = number\n  default = "many"\n}\nresource "aws_x" "x" {\n  v = var.n\n}\n'
    assert "does not fit its type" in because(read(tmp_path, code).body("aws_x.x")["v"])


def test_blocks_that_make_nothing_are_counted_in_a_note(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "main.tf": """
variable "all" {
  default = {}
}
resource "aws_s3_bucket" "each" {
  for_each = var.all
}
resource "aws_s3_bucket" "one" {
  count = 1
}
module "m" {
  source = "./m"
  count  = length(var.all)
}
""",
            "m/main.tf": 'resource "aws_s3_bucket" "inner" {}',
        },
    )
    notes = scan(tmp_path).notes
    said = "2 blocks make nothing with the values at hand (count is 0, for_each is empty, or a condition is false)"
    assert f"{said}: aws_s3_bucket.each, module.m" in notes
