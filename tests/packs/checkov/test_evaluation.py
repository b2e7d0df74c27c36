"""What is a difference of checkov's evaluation, and what is one of its checks: `benchmarks/checkov_evaluation.py`."""

from __future__ import annotations

from pathlib import Path

from benchmarks.checkov_agreement import _judged, classes
from benchmarks.checkov_evaluation import Difference, compared

MODULE = """
variable "rules" { default = [] }
variable "unused" { default = false }

resource "aws_security_group" "this" {
  description = "shown"
  vpc_id      = "vpc-1"
  dynamic "ingress" {
    for_each = var.rules
    content {
      description = "ssh"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_sqs_queue" "unused" {
  count = var.unused ? 1 : 0
}
"""
PAIR = ("main.tf", "aws_instance.a", "CKV_AWS_8", "")


def test_what_checkov_says_of_the_evaluated_code_tells_the_two_apart(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/main.tf").write_text(MODULE)
    (tmp_path / "main.tf").write_text('module "rules" {\n  source = "./rules"\n  rules  = [22]\n}\n')
    body = compared(tmp_path, None)
    # Checkov makes no block of the list; given the block that Terraform makes, it says what the pack says.
    address = "module.rules.aws_security_group.this"
    open_ = Difference(("rules/main.tf", address, "CKV_AWS_24", ""), "fail", "pass", "fail")
    assert open_ in body.differences
    assert open_.of_evaluation
    assert open_ not in body.left
    assert body.equal > 0


def test_a_difference_that_stays_when_checkov_is_given_the_evaluated_code_is_left() -> None:
    assert not Difference(PAIR, "fail", "pass", "pass").of_evaluation
    assert not Difference(PAIR, "fail", "pass", "nothing").of_evaluation
    assert not Difference(PAIR, "pass", "fail", "not written out").of_evaluation
    assert not Difference(PAIR, "nothing", "pass", "pass").of_evaluation


def test_what_neither_says_anything_of_is_one_answer() -> None:
    assert Difference(PAIR, "nothing", "pass", "nothing").of_evaluation
    assert Difference(PAIR, "not_applicable", "pass", "nothing").of_evaluation


def test_a_resource_that_another_root_has_is_not_there_in_this_one() -> None:
    address = "module.queue.aws_sqs_queue.this"
    ours = {
        ("queue/main.tf", address, "CKV_AWS_27", "used"): "fail",
        ("queue/main.tf", "module.queue.aws_iam_role.this", "CKV_AWS_60", ""): "pass",
    }
    theirs = {**ours, ("queue/main.tf", address, "CKV_AWS_27", ""): "fail"}
    found = classes(ours, theirs)
    assert [pair[3] for pair in found["of what is not there: fail"]] == [""]
    assert not found["only theirs: fail"]


def test_a_whole_beside_its_own_instances_is_a_block_of_another_root() -> None:
    address = "module.vpc.aws_network_acl.public"
    named = ("main.tf", f"{address}[0]", "CKV2_AWS_1")
    ours = {(*named, "examples/acl"): "pass", ("main.tf", address, "CKV_AWS_231", "examples/acl"): "pass"}
    found = classes(ours, {(*named, ""): "pass", ("main.tf", address, "CKV2_AWS_1", ""): "pass"})
    assert len(found["equal"]) == 1
    assert len(found["of what is not there: pass"]) == 1
    assert not found["only theirs: pass"]


def test_a_fact_that_another_file_states_is_one_of_the_resource_that_it_is_about(tmp_path: Path) -> None:
    balancer = {"scope": "", "address": "aws_lb.web", "type": "aws_lb"}
    same = {"tool": "checkov", "rule": "CKV2_AWS_28", "outcome": "pass"}
    verdicts = [
        {"policy": "ours", "asset": balancer, "places": [{"origin": "waf.tf"}], "same": [same]},
        {"policy": "CKV2_AWS_20", "outcome": "pass", "asset": balancer, "places": [{"origin": "lb.tf"}]},
    ]
    pairs = dict(_judged({"verdicts": verdicts}, tmp_path))
    assert {(pair[0], pair[2]) for pair in pairs} == {("lb.tf", "CKV2_AWS_28"), ("lb.tf", "CKV2_AWS_20")}
