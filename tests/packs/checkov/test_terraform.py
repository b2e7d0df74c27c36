"""Checkov's checks over our evaluation: what they decide, what stays unknown, and where it is said to be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.packs.checkov.scans import document, judged, written
from tfaudit.packs.checkov.blocks import Blocks
from tfaudit.packs.checkov.marks import around, possible
from tfaudit.packs.checkov.paths import _below
from tfaudit.packs.checkov.secrets import Secrets

VOLUMES = """
variable "encrypted" {
  type = bool
}
resource "aws_dax_cluster" "sound" {
  cluster_name       = "a"
  iam_role_arn       = "arn:aws:iam::1:role/r"
  node_type          = "dax.r4.large"
  replication_factor = 1
  server_side_encryption {
    enabled = true
  }
}
resource "aws_dax_cluster" "faulty" {
  cluster_name       = "b"
  iam_role_arn       = "arn:aws:iam::1:role/r"
  node_type          = "dax.r4.large"
  replication_factor = 1
  server_side_encryption {
    enabled = false
  }
}
resource "aws_dax_cluster" "open" {
  cluster_name       = "c"
  iam_role_arn       = "arn:aws:iam::1:role/r"
  node_type          = "dax.r4.large"
  replication_factor = 1
  server_side_encryption {
    enabled = var.encrypted
  }
}
"""


@pytest.fixture(scope="module")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("volumes"), {"main.tf": VOLUMES})


def test_a_check_passes_fails_and_stays_unknown_with_the_variables_name(volumes: Path) -> None:
    found = judged(volumes)
    assert found["CKV_AWS_47", "aws_dax_cluster.sound"]["outcome"] == "pass"
    faulty = found["CKV_AWS_47", "aws_dax_cluster.faulty"]
    assert faulty["outcome"] == "fail"
    assert faulty["places"][0]["line"] == 20, "the attribute's own line"
    open_ = found["CKV_AWS_47", "aws_dax_cluster.open"]
    assert open_["outcome"] == "unknown"
    assert "var.encrypted" in open_["because"]


def test_a_value_settles_what_is_unknown(volumes: Path) -> None:
    found = judged(volumes, "--var", "encrypted=true")
    assert found["CKV_AWS_47", "aws_dax_cluster.open"]["outcome"] == "pass"


def test_a_check_that_its_unknown_value_cannot_change_is_decided(tmp_path: Path) -> None:
    code = """
    variable "port" { type = number }
    resource "aws_security_group_rule" "closed" {
      type        = "ingress"
      from_port   = 443
      to_port     = 443
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
      description = "port ${var.port}"
    }
    """
    found = judged(written(tmp_path, {"main.tf": code}), "--policy", "CKV_AWS_25")
    assert found["CKV_AWS_25", "aws_security_group_rule.closed"]["outcome"] == "pass"


def test_what_a_check_has_nothing_to_say_about_is_not_applicable(tmp_path: Path) -> None:
    code = """
    resource "aws_neptune_cluster_instance" "a" {
      cluster_identifier = "x"
      instance_class     = "db.r4.large"
    }
    resource "aws_db_instance" "oracle" {
      engine         = "oracle-ee"
      instance_class = "db.t3.small"
    }
    """
    found = judged(written(tmp_path, {"main.tf": code}), "--policy", "CKV_AWS_250")
    assert found["CKV_AWS_250", "aws_db_instance.oracle"]["outcome"] == "not_applicable"


BUCKETS = """
variable "bucket" { type = string }
resource "aws_s3_bucket" "logged" {
  bucket = "logged"
}
resource "aws_s3_bucket_lifecycle_configuration" "logged" {
  bucket = aws_s3_bucket.logged.id
  rule {
    id     = "old"
    status = "Enabled"
    expiration { days = 30 }
  }
}
resource "aws_s3_bucket" "bare" {
  bucket = "bare"
}
"""
ELSEWHERE = """
resource "aws_s3_bucket_lifecycle_configuration" "some" {
  bucket = var.bucket
  rule {
    id     = "old"
    status = "Enabled"
    expiration { days = 30 }
  }
}
"""


def test_graph_checks_follow_references(tmp_path: Path) -> None:
    found = judged(written(tmp_path, {"main.tf": BUCKETS}), "--policy", "CKV2_AWS_61")
    assert found["CKV2_AWS_61", "aws_s3_bucket.logged"]["outcome"] == "pass"
    assert found["CKV2_AWS_61", "aws_s3_bucket.bare"]["outcome"] == "fail"


def test_a_connection_that_may_be_there_leaves_a_graph_check_open(tmp_path: Path) -> None:
    found = judged(written(tmp_path, {"main.tf": BUCKETS + ELSEWHERE}), "--policy", "CKV2_AWS_61")
    bare = found["CKV2_AWS_61", "aws_s3_bucket.bare"]
    assert bare["outcome"] == "unknown"
    assert "var.bucket" in bare["because"]
    assert found["CKV2_AWS_61", "aws_s3_bucket.logged"]["outcome"] == "pass"


def test_modules_providers_and_data_are_judged_too(tmp_path: Path) -> None:
    code = """
    module "pinned" { source = "git::https://example.org/m.git?ref=0123456789abcdef0123456789abcdef01234567" }
    module "moving" { source = "git::https://example.org/m.git?ref=main" }
    provider "aws" {
      access_key = "AKIAIOSFODNN7EXAMPLE"
      secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    }
    data "aws_iam_policy_document" "all" {
      statement {
        actions   = ["*"]
        resources = ["*"]
      }
    }
    """
    found = judged(written(tmp_path, {"main.tf": code}))
    assert found["CKV_TF_1", "module.pinned"]["outcome"] == "pass"
    assert found["CKV_TF_1", "module.moving"]["outcome"] == "fail"
    assert found["CKV_AWS_41", "provider.aws"]["outcome"] == "fail"
    assert found["CKV_AWS_1", "data.aws_iam_policy_document.all"]["outcome"] == "fail"


def test_a_secret_that_a_check_finds_stands_in_no_report(tmp_path: Path) -> None:
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    code = f'provider "aws" {{\n  access_key = "AKIAIOSFODNN7EXAMPLE"\n  secret_key = "{secret}"\n}}\n'
    found = document(written(tmp_path, {"main.tf": code}), "--policy", "CKV_AWS_41")
    assert found["verdicts"][0]["outcome"] == "fail"
    assert secret not in str(found)


def test_two_roots_with_one_name_do_not_share_an_answer(tmp_path: Path) -> None:
    # Checkov keeps parsed policies by a resource's path: of two roots, one would get the other's answer.
    policy = """
    resource "aws_iam_role_policy" "p" {{
      role   = "r"
      policy = jsonencode({{
        Version   = "2012-10-17"
        Statement = [{{ Effect = "Allow", Action = "{action}", Resource = "{resource}" }}]
      }})
    }}
    """
    narrow = policy.format(action="s3:GetObject", resource="arn:aws:s3:::b/*")
    wide = policy.format(action="iam:*", resource="*")
    tree = written(tmp_path, {"a/main.tf": wide, "b/main.tf": narrow, "c/main.tf": wide})
    found = document(tree, "--pack-format", "terraform", "--policy", "CKV_AWS_289", "--jobs", "1")
    assert {each["asset"]["scope"]: each["outcome"] for each in found["verdicts"]} == {
        "a": "fail",
        "b": "pass",
        "c": "fail",
    }


def test_a_comment_waives_the_check_that_it_names(tmp_path: Path) -> None:
    code = """
    resource "aws_dax_cluster" "faulty" {
      # checkov:skip=CKV_AWS_47:encrypted by the application
      cluster_name       = "b"
      iam_role_arn       = "r"
      node_type          = "dax.r4.large"
      replication_factor = 1
    }
    """
    found = judged(written(tmp_path, {"main.tf": code}))
    waived = found["CKV_AWS_47", "aws_dax_cluster.faulty"]
    assert (waived["outcome"], waived["waiver"]["reason"]) == ("waived", "encrypted by the application")
    assert found["CKV_AWS_239", "aws_dax_cluster.faulty"]["outcome"] == "fail"


def test_one_fact_is_one_finding_that_names_both(tmp_path: Path) -> None:
    code = 'resource "aws_db_instance" "d" {\n  engine = "postgres"\n  storage_encrypted = false\n}\n'
    found = judged(written(tmp_path, {"main.tf": code}))
    assert ("CKV_AWS_16", "aws_db_instance.d") not in found
    ours = found["database-encrypted", "aws_db_instance.d"]
    assert ours["outcome"] == "fail"
    assert {"tool": "checkov", "rule": "CKV_AWS_16", "outcome": "fail"} in ours["same"]


def test_a_plan_is_judged_as_code_is(tmp_path: Path) -> None:
    plan = """{"format_version": "1.2", "terraform_version": "1.9.0",
      "planned_values": {"root_module": {"resources": [{"address": "aws_dax_cluster.d", "mode": "managed",
        "type": "aws_dax_cluster", "name": "d", "values": {"cluster_name": "d",
          "server_side_encryption": [{"enabled": false}]}}]}},
      "resource_changes": [{"address": "aws_dax_cluster.d", "mode": "managed", "type": "aws_dax_cluster", "name": "d",
        "change": {"actions": ["create"], "before": null, "after": {"cluster_name": "d",
          "server_side_encryption": [{"enabled": false}]}, "after_unknown": {}}}],
      "configuration": {"root_module": {}}}"""
    found = judged(written(tmp_path, {"plan.json": plan}))
    assert found["CKV_AWS_47", "aws_dax_cluster.d"]["outcome"] == "fail"


def test_runs_give_equal_bytes_whatever_the_order(tmp_path: Path) -> None:
    tree = written(tmp_path, {f"root-{number}/main.tf": VOLUMES for number in range(9)})
    fixed = {"SOURCE_DATE_EPOCH": "1700000000", "TFAUDIT_CACHE": ""}
    first = document(tree, "--pack-format", "terraform", "--jobs", "1", environment=fixed)
    second = document(tree, "--pack-format", "terraform", "--jobs", "3", environment=fixed)
    assert first == second


def test_what_has_not_changed_is_recalled(tmp_path: Path) -> None:
    tree = written(tmp_path / "tree", {"main.tf": VOLUMES})
    kept = {
        "TFAUDIT_CACHE": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "settings"),
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    cold = document(tree, environment=kept)
    assert any((tmp_path / "cache" / "checkov").iterdir())
    assert document(tree, environment=kept) == cold


def test_a_reference_inside_of_a_text_connects(tmp_path: Path) -> None:
    code = """
    resource "aws_cloudwatch_log_group" "trail" {}
    resource "aws_cloudtrail" "t" {
      name                       = "t"
      s3_bucket_name             = "b"
      cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
    }
    """
    found = judged(written(tmp_path, {"main.tf": code}), "--policy", "CKV2_AWS_10")
    assert found["CKV2_AWS_10", "aws_cloudtrail.t"]["outcome"] == "pass"


def test_a_text_of_which_a_part_is_not_known_may_be_another_text(tmp_path: Path) -> None:
    code = """
    variable "version" { type = string }
    resource "azurerm_storage_account" "s" {
      name            = "s"
      min_tls_version = "TLS1_${var.version}"
    }
    """
    found = judged(written(tmp_path, {"main.tf": code}))
    (tls,) = [
        each for (check, _), each in found.items() if check in ("CKV_AZURE_44", "object-store-minimum-tls")
    ]
    assert tls["outcome"] == "unknown"


def test_a_module_that_two_roots_call_is_joined_in_each_by_itself(tmp_path: Path) -> None:
    module = """
    variable "encrypted" { type = bool }
    resource "aws_db_instance" "d" {
      engine            = "postgres"
      storage_encrypted = var.encrypted
    }
    """
    call = 'module "db" {{\n  source = "../db"\n  encrypted = {}\n}}\n'
    tree = {"db/main.tf": module, "a/main.tf": call.format("true"), "b/main.tf": call.format("false")}
    found = document(written(tmp_path, tree), "--pack-format", "terraform", "--policy", "database-encrypted",
                     "--policy", "CKV_AWS_16")  # fmt: skip
    assert {
        (each["asset"]["scope"], each["outcome"], each["same"][0]["outcome"]) for each in found["verdicts"]
    } == {
        ("a", "pass", "pass"),
        ("b", "fail", "fail"),
    }


def test_a_comment_behind_a_secret_is_no_part_of_it(tmp_path: Path) -> None:
    text = 'resource "ibm_iam_account_settings" "a" {\n  restrict_create_platform_apikey = "RESTRICTED" # so\n}\n'
    found = judged(written(tmp_path, {"main.tf": text}))
    assert found["CKV2_IBM_3", "ibm_iam_account_settings.a"]["outcome"] == "pass"


def test_a_check_that_another_file_makes_of_a_shared_class_is_run(tmp_path: Path) -> None:
    text = (
        'resource "oci_core_network_security_group_security_rule" "ssh" {\n  network_security_group_id = "n"\n'
        '  direction = "INGRESS"\n  protocol = "6"\n  source = "0.0.0.0/0"\n  tcp_options {\n'
        "    destination_port_range {\n      min = 22\n      max = 22\n    }\n  }\n}\n"
    )
    found = judged(written(tmp_path, {"main.tf": text}))
    assert found["CKV_OCI_22", "oci_core_network_security_group_security_rule.ssh"]["outcome"] == "fail"


def test_a_table_is_joined_with_what_scales_it_by_its_name(tmp_path: Path) -> None:
    text = (
        'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n  hash_key = "id"\n'
        '  billing_mode = "PROVISIONED"\n  read_capacity = 1\n  write_capacity = 1\n'
        '  attribute {\n    name = "id"\n    type = "S"\n  }\n}\n'
        'resource "aws_appautoscaling_target" "t" {\n  resource_id = "table/${aws_dynamodb_table.orders.name}"\n'
        '  scalable_dimension = "dynamodb:table:ReadCapacityUnits"\n  service_namespace = "dynamodb"\n'
        "  min_capacity = 1\n  max_capacity = 9\n}\n"
        'resource "aws_appautoscaling_policy" "p" {\n  name = "p"\n  policy_type = "TargetTrackingScaling"\n'
        "  resource_id = aws_appautoscaling_target.t.resource_id\n"
        "  service_namespace = aws_appautoscaling_target.t.service_namespace\n"
        "  scalable_dimension = aws_appautoscaling_target.t.scalable_dimension\n}\n"
    )
    found = judged(written(tmp_path / "one", {"main.tf": text}))
    assert found["CKV2_AWS_16", "aws_dynamodb_table.orders"]["outcome"] == "pass"
    # Another one that has the same name is not the one that is scaled.
    other = text[: text.index('resource "aws_appauto')].replace(
        '"aws_dynamodb_table" "orders"', '"aws_dynamodb_table" "o"'
    )
    found = judged(written(tmp_path / "two", {"main.tf": text + other}))
    assert found["CKV2_AWS_16", "aws_dynamodb_table.orders"]["outcome"] == "pass"
    assert found["CKV2_AWS_16", "aws_dynamodb_table.o"]["outcome"] == "fail"


def test_an_argument_that_is_null_is_not_there(tmp_path: Path) -> None:
    code = """
    variable "description" {
      type    = string
      default = null
    }
    resource "aws_security_group_rule" "r" {
      type        = "egress"
      from_port   = 443
      to_port     = 443
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
      description = var.description
      security_group_id = "sg-1"
    }
    """
    found = judged(written(tmp_path, {"main.tf": code}), "--policy", "CKV_AWS_23")
    assert found["CKV_AWS_23", "aws_security_group_rule.r"]["outcome"] == "fail"


def test_a_reference_inside_of_a_module_is_judged_as_one_outside_is(tmp_path: Path) -> None:
    module = """
    resource "aws_iam_user" "u" { name = "u" }
    resource "aws_iam_user_policy" "p" {
      user   = aws_iam_user.u.name
      policy = "{}"
    }
    """
    found = judged(written(tmp_path, {"main.tf": 'module "m" { source = "./m" }', "m/main.tf": module}))
    assert found["CKV_AWS_40", "module.m.aws_iam_user_policy.p"]["outcome"] == "fail"


PLAN = """{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {"root_module": {"resources": [
  {"address": "aws_lambda_function.f", "mode": "managed", "type": "aws_lambda_function", "name": "f",
   "values": {"function_name": "f", "environment": [{"variables": {"access_key": "AKIAIOSFODNN7EXAMPLE"}}]}},
  {"address": "aws_vpc.v", "mode": "managed", "type": "aws_vpc", "name": "v", "values": {"cidr_block": "10.0.0.0/16"}},
  {"address": "aws_flow_log.l", "mode": "managed", "type": "aws_flow_log", "name": "l", "values": {}}]}},
  "resource_changes": [
  {"address": "aws_vpc.v", "mode": "managed", "type": "aws_vpc", "name": "v",
   "change": {"actions": ["create"], "after": {}, "after_unknown": {"id": true, "arn": true}}},
  {"address": "aws_flow_log.l", "mode": "managed", "type": "aws_flow_log", "name": "l",
   "change": {"actions": ["create"], "after": {}, "after_unknown": {"id": true, "vpc_id": true}}}]}"""


def test_a_secret_in_a_plan_is_judged_and_shown_to_nobody(tmp_path: Path) -> None:
    report = document(written(tmp_path / "tree", {"plan.json": PLAN}), "--policy", "CKV_AWS_45")
    (found,) = report["verdicts"]
    assert found["outcome"] == "fail"
    assert "AKIAIOSFODNN7EXAMPLE" not in json.dumps(report)
    harmless = PLAN.replace("AKIAIOSFODNN7EXAMPLE", "${other}")
    (found,) = document(written(tmp_path / "other", {"plan.json": harmless}), "--policy", "CKV_AWS_45")[
        "verdicts"
    ]
    assert found["outcome"] == "pass"


def test_a_secret_that_cannot_be_read_again_is_not_known(tmp_path: Path) -> None:
    secrets = Secrets(str(written(tmp_path, {"plan.json": PLAN})))
    path = ("environment", 0, "variables", "access_key")
    conf = {"a": [("*", "plan.json", "aws_lambda_function.f", *path)], "b": [("*", "gone.json", "x.y", "z")]}
    found = secrets.put_back({**conf, "c": [("*", "gone.tf", 3, 3)]})
    assert found["a"] == ["AKIAIOSFODNN7EXAMPLE"]
    assert [found[each][0][0] for each in "bc"] == ["?", "?"]


def test_what_an_error_says_of_a_resource_with_a_secret_is_not_passed_on() -> None:
    class Raises:
        id = "CKV_X_1"

        def run(self, *given: Any) -> Any:
            raise ValueError(f"cannot take {given[1]['password']}")

    blocks = Blocks({}, frozenset())
    block = {"file": "/plan.json", "name": "d", "type": "aws_db_instance"}
    assert blocks._run(Raises(), {**block, "secrets": True}, {"password": ["hunter2"]})[2] == "ValueError"
    assert "hunter2" in blocks._run(Raises(), {**block, "secrets": False}, {"password": ["hunter2"]})[2]


def test_a_bucket_of_a_plan_that_has_no_policy_passes_what_is_asked_of_policies(tmp_path: Path) -> None:
    values = {"bucket": "b", "policy": None}
    rule = {"type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}
    rule["description"] = None
    resources = [
        {"address": f"{type_}.a", "mode": "managed", "type": type_, "name": "a", "values": held}
        for type_, held in (("aws_s3_bucket", values), ("aws_security_group_rule", rule))
    ]
    plan = {"format_version": "1.2", "planned_values": {"root_module": {"resources": resources}}}
    asked = [f"--policy=CKV_AWS_{each}" for each in (23, 70, 382)]
    found = judged(written(tmp_path, {"plan.json": json.dumps(plan)}), *asked)
    assert found["CKV_AWS_70", "aws_s3_bucket.a"]["outcome"] == "pass", (
        "there is no policy that lets anybody in"
    )
    assert found["CKV_AWS_23", "aws_security_group_rule.a"]["outcome"] == "fail", "there is no description"
    assert found["CKV_AWS_382", "aws_security_group_rule.a"]["outcome"] == "fail", "it lets everything out"


def test_a_link_that_a_plan_knows_connects_across_modules(tmp_path: Path) -> None:
    link = "https://www.googleapis.com/compute/v1/projects/p/global/networks/n"
    networks = [("one", {"name": "n", "self_link": link}), ("two", {"name": "m", "self_link": f"{link}2"})]
    network = "google_compute_network"
    modules = [
        {
            "address": f"module.{name}",
            "resources": [
                {
                    "address": f"module.{name}.{network}.n", "mode": "managed", "type": network, "name": "n",
                    "values": held,
                }
            ],
        }
        for name, held in networks
    ]  # fmt: skip
    firewall = {
        "address": "google_compute_firewall.f", "mode": "managed", "type": "google_compute_firewall", "name": "f",
        "values": {"name": "f", "network": link},
    }  # fmt: skip
    root = {"resources": [firewall], "child_modules": modules}
    plan = {"format_version": "1.2", "planned_values": {"root_module": root}}
    found = judged(written(tmp_path, {"plan.json": json.dumps(plan)}), "--policy", "CKV2_GCP_18")
    assert found["CKV2_GCP_18", f"module.one.{network}.n"]["outcome"] == "pass"
    assert found["CKV2_GCP_18", f"module.two.{network}.n"]["outcome"] == "fail"


def test_two_values_that_only_apply_tells_are_not_one_name(tmp_path: Path) -> None:
    found = judged(written(tmp_path, {"plan.json": PLAN}), "--policy", "CKV2_AWS_11")
    assert found["CKV2_AWS_11", "aws_vpc.v"]["outcome"] == "unknown", "the log may be of another network"


def test_a_rule_belongs_to_the_policy_whose_name_it_refers_to(tmp_path: Path) -> None:
    code = """
    resource "google_compute_security_policy" "NAME" {
      name = "NAME"
    }
    resource "google_compute_security_policy_rule" "NAME" {
      security_policy = google_compute_security_policy.NAME.name
      priority        = 1
      action          = "ACTION"
      match {
        expr {
          expression = "evaluatePreconfiguredExpr('cve-canary')"
        }
      }
    }
    """
    sound = code.replace("NAME", "sound").replace("ACTION", "deny(403)")
    faulty = code.replace("NAME", "faulty").replace("ACTION", "allow")
    found = judged(written(tmp_path, {"main.tf": sound + faulty}))
    assert found["CKV_GCP_73", "google_compute_security_policy.sound"]["outcome"] == "pass"
    assert found["CKV_GCP_73", "google_compute_security_policy.faulty"]["outcome"] == "fail"


def test_a_secret_that_comes_by_a_variable_is_not_looked_for_in_the_variables_name(tmp_path: Path) -> None:
    key = "LUFRPT1yWFdyMFg5NlZxZ1ViU2ZhMTh6aGVEbDJ1UFU9ck9vc2tGcmlHV0tDbWRFa2cxcGUxSU8wMlVjaE9ReU0yYWN5SU1rL2pEOGh"
    code = f"""
    variable "panos" {{
      default = {{
        api_key = "{key}DcE50WEt5ABlHQWZoTm8xNG1SQQ=="
      }}
    }}
    provider "panos" {{
      api_key = var.panos.api_key
    }}
    """
    found = judged(written(tmp_path, {"main.tf": code}))
    assert found["CKV_PAN_1", "provider.panos"]["outcome"] == "unknown"


def test_a_value_at_a_path_is_the_same_without_a_walk_through_all_of_it() -> None:
    dpath = pytest.importorskip("dpath")
    held = {
        "a": [{"b": [1, {"c": []}], "d": "x"}], "b": [{"a": [2]}], "e": [None], "f g": [3], "h": [[], [4]],
    }  # fmt: skip
    for name, result in (("search", dict), ("get", object)):
        real, quick = getattr(dpath, name), _below(getattr(dpath, name))
        for path in (
            "a",
            "a/[0]/b",
            "a/[0]/b/[1]/c",
            "a/0/d",
            "e",
            "e/[0]",
            "z",
            "z/y",
            "a/z",
            "*/[0]",
            "**/a",
            "h/[1]",
            "/a",
        ):
            assert _of(quick, held, path) == _of(real, held, path), (name, path)
            assert result is object or isinstance(quick(held, path), dict)
        assert list(dpath.search(held, "**/a", yielded=True)) == list(
            _below(dpath.search)(held, "**/a", yielded=True)
        )
    assert _below(dpath.search)(held, "a;[0];d", separator=";") == dpath.search(
        held, "a;[0];d", separator=";"
    )


def _of(function: Any, held: Any, path: str) -> Any:
    try:
        return function(held, path)
    except (KeyError, ValueError) as error:
        return type(error)


def test_equal_blocks_of_two_roots_get_the_same_verdicts_and_their_own_places(tmp_path: Path) -> None:
    tree = {f"{each}/main.tf": "\n" * number + VOLUMES for number, each in enumerate("ab")}
    found = document(written(tmp_path, tree), "--policy", "CKV_AWS_47")["verdicts"]
    said = {(each["asset"]["scope"], each["asset"]["address"]): each for each in found}
    assert len(said) == len(found) >= 4
    for (scope, address), each in said.items():
        assert each["places"][0]["origin"].startswith(scope)
        assert each["outcome"] == said[scope.replace("b", "a"), address]["outcome"]
        line = said[scope.replace("b", "a"), address]["places"][0]["line"]
        assert each["places"][0]["line"] == line + (scope == "b")


def test_of_a_text_with_a_part_that_is_not_known_only_that_part_may_be_anything(tmp_path: Path) -> None:
    code = """
    variable "whose" {}
    variable "all" {}
    data "aws_iam_policy_document" "known" {
      statement {
        actions   = ["s3:PutObject"]
        resources = ["arn:aws:s3:::${var.whose}/*"]
      }
    }
    data "aws_iam_policy_document" "open" {
      statement {
        actions   = ["s3:PutObject"]
        resources = [var.all]
      }
    }
    resource "aws_security_group" "described" {
      description = "Whose: ${var.whose}"
      ingress {
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/${var.whose}"]
      }
    }
    resource "aws_security_group" "narrow" {
      description = "narrow"
      ingress {
        description = "one address"
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["${var.whose}/32"]
      }
    }
    """
    report = document(written(tmp_path, {"main.tf": code}))

    def outcome(check: str, address: str) -> str:
        about = [each for each in report["verdicts"] if each["asset"]["address"].partition("#")[0] == address]
        same = [one["outcome"] for each in about for one in each.get("same", ()) if one["rule"] == check]
        own = [each["outcome"] for each in about if each["policy"] == check]
        (found,) = {*same, *own}
        return str(found)

    assert outcome("CKV_AWS_356", "data.aws_iam_policy_document.known") == "pass"
    assert outcome("CKV_AWS_356", "data.aws_iam_policy_document.open") == "unknown"
    assert outcome("CKV_AWS_23", "aws_security_group.described") == "fail"
    assert outcome("CKV_AWS_24", "aws_security_group.described") == "unknown"
    assert outcome("CKV_AWS_24", "aws_security_group.narrow") == "pass"


def test_what_is_written_around_the_parts_of_a_text() -> None:
    assert around("${arn:aws:s3:::${local.name}/*}") == ("arn:aws:s3:::", "/*")
    assert around("${aws_kms_key.k.arn}:*") == ("", ":*")
    assert around('${<<EOT\nsays "${var.a}"\nEOT\n}') == ('says "', '"')
    assert around("${var.a}") == around("${var.a}${var.b}") == ()
    assert around('${lookup(local.names, "${var.a}-b")}') == ()  # what a function makes of it may be anything
    assert possible("0.0.0.0/${var.bits}", "0.0.0.0/0") == "0.0.0.0/0"
    assert possible("arn:aws:s3:::${var.a}", "*") == "arn:aws:s3:::*"
    assert possible("${var.a}", "*") == "*"


def test_what_stands_in_blocks_of_which_the_number_is_not_known_is_not_known(tmp_path: Path) -> None:
    code = """
    variable "nets" {}
    resource "google_sql_database_instance" "i" {
      name = "i"
      settings {
        tier = "t"
        ip_configuration {
          dynamic "authorized_networks" {
            for_each = var.nets
            content {
              value = "0.0.0.0/0"
            }
          }
        }
      }
    }
    """
    found = judged(written(tmp_path, {"main.tf": code}))
    assert found["CKV_GCP_11", "google_sql_database_instance.i"]["outcome"] == "unknown"
    assert found["CKV_GCP_79", "google_sql_database_instance.i"]["outcome"] != "unknown"
