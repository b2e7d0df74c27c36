"""Policy documents in their spellings, from source text, and the questions that are asked of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tfaudit.model.resources import Place, Reference, Resource, Unresolved
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import aws
from tfaudit.reading.states import Absent, Known, Reading
from tfaudit.reading.view import View
from tfaudit.services.aws.identity import policy_questions as asked
from tfaudit.services.aws.identity.attached_policies import policies_of
from tfaudit.services.aws.identity.policy_documents import Document, policy_of
from tfaudit.sources.terraform.hcl import read_tree
from tfaudit.sources.tree.files import InputFile, Tree, discover

if TYPE_CHECKING:
    from pathlib import Path

TABLE = {"policy": aws("policy", None, "Policy")}
ORG = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}


def api(policy: Any) -> Document:
    """Return the document of a queue's policy as an API answers it."""
    body = {} if policy is None else {"Policy": policy}
    resource = Resource("sqs.get_queue_attributes", "q", body, Place("sqs"), "live", "api")
    return policy_of(View(resource, Inventory([resource]), table=TABLE), "policy")


def one(**statement: Any) -> Document:
    return api(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def terraform(folder: Path, text: str, address: str) -> Document:
    (folder / "main.tf").write_text(text)
    tree = Tree(folder)
    files = [each for each in discover(folder, folder, tree.limits) if isinstance(each, InputFile)]
    resources = [each for each in read_tree(files, tree) if isinstance(each, Resource)]
    found = next(each for each in resources if each.address == address)
    return policy_of(View(found, Inventory(resources), table=TABLE), "policy")


def answer(reading: Reading) -> object:
    if isinstance(reading, Absent):
        return "absent"
    return reading.value if isinstance(reading, Known) else "unknown"


@pytest.mark.parametrize(
    ("statement", "public"),
    [
        ({"Effect": "Allow", "Principal": "*"}, True),
        ({"Effect": "Allow", "Principal": {"AWS": "*"}}, True),
        ({"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::123456789012:root", "*"]}}, True),
        ({"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::123456789012:root"}}, True),
        ({"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}}, False),
        ({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}}, False),
        ({"Effect": "Deny", "Principal": "*"}, False),
        ({"Effect": "Allow", "Principal": "*", "Condition": ORG}, False),
        (
            {
                "Effect": "Allow",
                "Principal": "*",
                "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::logs"}},
            },
            False,
        ),
        (
            {
                "Effect": "Allow",
                "Principal": "*",
                "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:*"}},
            },
            True,
        ),
        (
            {"Effect": "Allow", "Principal": "*", "Condition": {"StringLike": {"aws:SourceAccount": "*"}}},
            True,
        ),
        # The key may be missing from the request, and then the condition holds.
        (
            {
                "Effect": "Allow",
                "Principal": "*",
                "Condition": {"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1"}},
            },
            True,
        ),
        (
            {
                "Effect": "Allow",
                "Principal": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
            },
            False,
        ),
        (
            {
                "Effect": "Allow",
                "Principal": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": ["0.0.0.0/0"]}},
            },
            True,
        ),
        ({"Effect": "Allow", "Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
        (
            {
                "Effect": "Allow",
                "Principal": "*",
                "Condition": {"StringEquals": {"aws:SourceAccount": "${x}"}},
            },
            "unknown",
        ),
    ],
)
def test_public_means_everyone_without_a_condition_that_keeps_strangers_out(
    statement: Any, public: object
) -> None:
    assert answer(asked.open_to_everyone(one(Action="sqs:SendMessage", Resource="*", **statement))) == public


def test_an_organisation_perimeter_denies_strangers_whatever_is_allowed() -> None:
    allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {
            "StringNotEquals": {"aws:PrincipalOrgID": "o-1"},
            "Bool": {"aws:PrincipalIsAWSService": "false"},
        },
    }
    assert answer(asked.open_to_everyone(api({"Statement": [allow, deny]}))) is False
    assert (
        answer(asked.open_to_everyone(api({"Statement": [allow, {**deny, "Action": "s3:PutObject"}]})))
        is True
    )


@pytest.mark.parametrize(
    ("changed", "denies"),
    [
        ({}, True),
        ({"Action": "*"}, True),
        ({"Condition": {"BoolIfExists": {"aws:securetransport": False}}}, True),
        ({"Action": "s3:PutObject"}, False),
        ({"Principal": {"AWS": "arn:aws:iam::123456789012:root"}}, False),
        ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, False),
        ({"Effect": "Allow"}, False),
        (
            {"Condition": {"Bool": {"aws:SecureTransport": "false", "aws:MultiFactorAuthPresent": "false"}}},
            False,
        ),
    ],
)
def test_plain_transport_is_denied_only_to_everyone_and_for_every_action(changed: Any, denies: bool) -> None:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        **changed,
    }
    assert answer(asked.refuses_plain_transport(one(**statement))) is denies


@pytest.mark.parametrize(
    ("action", "resource", "admin", "wide"),
    [
        ("*", "*", True, True),
        (["s3:GetObject", "*"], ["*"], True, True),
        ("*", "arn:aws:s3:::b", False, True),
        ("s3:*", "*", False, True),
        ("s3:Get*", "*", False, False),
    ],
)
def test_admin_is_every_action_on_every_resource(action: Any, resource: Any, admin: bool, wide: bool) -> None:
    found = one(Effect="Allow", Action=action, Resource=resource)
    assert answer(asked.admin(found)) is admin
    assert answer(asked.wildcard_actions(found)) is wide
    assert answer(asked.admin(one(Effect="Deny", Action=action, Resource=resource))) is False


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '"*"',
        '{"Statement": [null]}',
        "[" * 100_000,
        " " * 1_000_001,
        '{"Statement": ${jsonencode(x)}}',
    ],
)
def test_what_is_no_policy_is_unknown_never_harmless(text: str) -> None:
    assert answer(asked.open_to_everyone(api(text))) == "unknown"


def test_no_policy_is_a_fact_of_its_own() -> None:
    assert answer(asked.open_to_everyone(api(None))) == "absent"


def test_url_encoded_text_is_read() -> None:
    text = quote(json.dumps({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}))
    assert answer(asked.admin(api(text))) is True


def test_iam_variables_are_not_taken_for_templates() -> None:
    found = one(Effect="Allow", Action="s3:GetObject", Resource="arn:aws:s3:::b/${aws:username}/*")
    assert found.statements[0].resources == ("arn:aws:s3:::b/${aws:username}/*",)


def test_a_cloudformation_reference_is_one_resource_and_no_wildcard() -> None:
    statement = {"Effect": "Allow", "Action": "*", "Resource": Reference("Bucket", "Arn")}
    assert answer(asked.admin(api({"Statement": statement}))) is False


DATA = """
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "everyone"
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
data "aws_iam_policy_document" "more" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "%s"
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
}
resource "aws_sqs_queue_policy" "q" {
  queue_url = "q"
  policy    = data.aws_iam_policy_document.more.json
}
"""


@pytest.mark.parametrize(("sid", "public"), [("other", True), ("everyone", False)])
def test_data_blocks_are_followed_and_merged_by_sid(tmp_path: Path, sid: str, public: bool) -> None:
    found = terraform(tmp_path, DATA % sid, "aws_sqs_queue_policy.q")
    assert answer(asked.open_to_everyone(found)) is public


def test_the_place_of_an_answer_is_the_statement_that_decides(tmp_path: Path) -> None:
    found = asked.open_to_everyone(terraform(tmp_path, DATA % "other", "aws_sqs_queue_policy.q"))
    assert found.resource.address == "data.aws_iam_policy_document.base"
    assert found.path == ("statement", 0)


def test_data_blocks_in_a_circle_end_as_unknown() -> None:
    body = {"policy": Reference("data.aws_iam_policy_document.a", "json")}
    data = {"source_policy_documents": [Reference("data.aws_iam_policy_document.a", "json")]}
    here = Place("main.tf", 1)
    queue = Resource("aws_sqs_queue_policy", "aws_sqs_queue_policy.q", body, here, "code", "terraform")
    loop = Resource(
        "data.aws_iam_policy_document", "data.aws_iam_policy_document.a", data, here, "code", "terraform"
    )
    found = policy_of(View(queue, Inventory([queue, loop]), table=TABLE), "policy")
    assert answer(asked.open_to_everyone(found)) == "unknown"


def test_data_blocks_that_multiply_end_as_unknown() -> None:
    here = Place("main.tf", 1)
    body = {"policy": Reference("data.aws_iam_policy_document.d0", "json")}
    resources = [Resource("aws_sqs_queue_policy", "aws_sqs_queue_policy.q", body, here, "code", "terraform")]
    for level in range(9):
        below = [Reference(f"data.aws_iam_policy_document.d{level + 1}", "json")] * 50
        address = f"data.aws_iam_policy_document.d{level}"
        data = {"source_policy_documents": below}
        resources.append(Resource("data.aws_iam_policy_document", address, data, here, "code", "terraform"))
    found = policy_of(View(resources[0], Inventory(resources), table=TABLE), "policy")
    assert answer(asked.open_to_everyone(found)) == "unknown"


BUCKET = {
    "policy": aws(
        ("aws_s3_bucket_policy/policy", "policy"),
        "AWS::S3::BucketPolicy/PolicyDocument",
        "get_bucket_policy/Policy",
    )
}
OPEN = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}
CLOSED = {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}


def bucket(*others: Resource, **body: Any) -> View:
    resource = Resource("aws_s3_bucket", "aws_s3_bucket.b", body, Place("main.tf", 1), "code", "terraform")
    inventory = Inventory([resource, *others])
    return View(resource, inventory, {"aws_s3_bucket_policy": "bucket"}, ("bucket",), BUCKET)


def beside(name: str, policy: Any, of: Any) -> Resource:
    body = {"bucket": of, "policy": policy}
    here = Place("main.tf", 1)
    return Resource("aws_s3_bucket_policy", f"aws_s3_bucket_policy.{name}", body, here, "code", "terraform")


MINE = Reference("aws_s3_bucket.b", "id")
NOBODY_KNOWS = Unresolved("it is not known", "give it", "var.bucket")


@pytest.mark.parametrize(
    ("found", "public"),
    [
        (bucket(), "absent"),
        (bucket(policy=OPEN), True),
        (bucket(beside("a", OPEN, MINE)), True),
        (bucket(beside("a", CLOSED, MINE), policy=OPEN), True),
        (bucket(beside("a", CLOSED, MINE), beside("b", OPEN, MINE)), True),
        (bucket(beside("a", CLOSED, MINE)), False),
        (bucket(beside("a", CLOSED, NOBODY_KNOWS)), "unknown"),
        (bucket(beside("a", CLOSED, MINE), beside("b", OPEN, NOBODY_KNOWS)), False),
    ],
)
def test_all_policies_that_a_store_is_given_count_together(found: View, public: object) -> None:
    assert answer(asked.open_to_everyone(policies_of(found, "policy"))) == public


def test_an_answer_holds_the_one_policy_of_a_store() -> None:
    body = {"get_bucket_policy": {"Policy": json.dumps(OPEN)}}
    resource = Resource("s3.list_buckets", "b", body, Place("s3"), "live", "api")
    view = View(resource, Inventory([resource]), {"aws_s3_bucket_policy": "bucket"}, (), BUCKET)
    found = asked.open_to_everyone(policies_of(view, "policy"))
    assert answer(found) is True
    assert found.path == ("get_bucket_policy", "Policy", "Statement", 0)
