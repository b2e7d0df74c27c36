"""S3 buckets on every plane: parity, companions, and how block, lists and policy act on one another."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same,
    denied,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)
from tfaudit.services.expiry import FOR_EVER

TLS_ONLY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ],
}
BLOCK = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
RULE = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "arn:aws:kms:eu-west-1:123456789012:key/k1"}
ORDERS: dict[str, Any] = {
    "Name": "orders",
    "get_bucket_encryption": {
        "ServerSideEncryptionConfiguration": {"Rules": [{"ApplyServerSideEncryptionByDefault": RULE}]}
    },
    "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
    "get_bucket_versioning": {"Status": "Enabled"},
    "get_bucket_logging": {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": ""}},
    "get_bucket_acl": {
        "Grants": [{"Grantee": {"Type": "CanonicalUser", "ID": "a"}, "Permission": "FULL_CONTROL"}]
    },
    "get_bucket_policy": {"Policy": json.dumps(TLS_ONLY)},
    "get_public_access_block": {"PublicAccessBlockConfiguration": BLOCK},
    "account_public_access_block": None,
    "get_bucket_ownership_controls": {
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    },
    "get_object_lock_configuration": {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}},
    "get_bucket_lifecycle_configuration": {"Rules": [{"Status": "Enabled", "Expiration": {"Days": 90}}]},
    "get_bucket_tagging": {"TagSet": [{"Key": "team", "Value": "orders"}]},
}
EVERYONE = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"}


def test_a_bucket_is_the_same_on_every_plane() -> None:
    terraform = f"""
        resource "aws_kms_key" "data" {{}}
        resource "aws_s3_bucket" "orders" {{
          bucket              = "orders"
          object_lock_enabled = true
          tags                = {{ team = "orders" }}
        }}
        resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {{
          bucket = aws_s3_bucket.orders.id
          rule {{
            apply_server_side_encryption_by_default {{
              sse_algorithm     = "aws:kms"
              kms_master_key_id = aws_kms_key.data.arn
            }}
          }}
        }}
        resource "aws_s3_bucket_versioning" "orders" {{
          bucket = aws_s3_bucket.orders.id
          versioning_configuration {{
            status = "Enabled"
          }}
        }}
        resource "aws_s3_bucket_logging" "orders" {{
          bucket        = aws_s3_bucket.orders.bucket
          target_bucket = "logs"
          target_prefix = ""
        }}
        resource "aws_s3_bucket_policy" "orders" {{
          bucket = "orders"
          policy = <<POLICY
{json.dumps(TLS_ONLY)}
POLICY
        }}
        resource "aws_s3_bucket_public_access_block" "orders" {{
          bucket                  = aws_s3_bucket.orders.id
          block_public_acls       = true
          block_public_policy     = true
          ignore_public_acls      = true
          restrict_public_buckets = true
        }}
        resource "aws_s3_bucket_ownership_controls" "orders" {{
          bucket = aws_s3_bucket.orders.id
          rule {{
            object_ownership = "BucketOwnerEnforced"
          }}
        }}
        resource "aws_s3_bucket_lifecycle_configuration" "orders" {{
          bucket = aws_s3_bucket.orders.id
          rule {{
            id     = "old"
            status = "Enabled"
            expiration {{
              days = 90
            }}
          }}
        }}
    """
    template = f"""
        Resources:
          Key: {{Type: AWS::KMS::Key, Properties: {{EnableKeyRotation: true}}}}
          Orders:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: orders
              ObjectLockEnabled: true
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {{SSEAlgorithm: "aws:kms", KMSMasterKeyID: !GetAtt Key.Arn}}
              VersioningConfiguration: {{Status: Enabled}}
              LoggingConfiguration: {{DestinationBucketName: logs}}
              PublicAccessBlockConfiguration: {json.dumps(BLOCK)}
              OwnershipControls: {{Rules: [{{ObjectOwnership: BucketOwnerEnforced}}]}}
              LifecycleConfiguration: {{Rules: [{{Status: Enabled, ExpirationInDays: 90}}]}}
              Tags: [{{Key: team, Value: orders}}]
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties: {{Bucket: !Ref Orders, PolicyDocument: {json.dumps(TLS_ONLY)}}}
    """
    assert_same(
        {
            "encryption.at_rest": True,
            "encryption.algorithm": "aws:kms",
            "encryption.customer_managed_key": True,
            "tls.required": True,
            "public_access_blocked": True,
            "public_acl": False,
            "policy.public": False,
            "acl_disabled": True,
            "versioning": True,
            "access_logged": True,
            "object_lock": True,
            "lifecycle_days": 90,
            "tags": {"team": "orders"},
        },
        terraform=[each for each in from_terraform(terraform) if each.kind == "object_store"],
        cloudformation=[
            each for each in from_cloudformation(dedent(template)) if each.kind == "object_store"
        ],
        api=from_api("s3.list_buckets", ORDERS),
    )


def test_the_old_inline_blocks_of_the_provider_still_count() -> None:
    (found,) = from_terraform(
        """
        resource "aws_s3_bucket" "old" {
          bucket = "old"
          acl    = "public-read"
          versioning {
            enabled = true
          }
          logging {
            target_bucket = "logs"
          }
          server_side_encryption_configuration {
            rule {
              apply_server_side_encryption_by_default {
                sse_algorithm = "aws:kms"
              }
            }
          }
        }
        """
    )
    assert values(found, ["public_acl", "versioning", "access_logged", "encryption.algorithm"]) == {
        "public_acl": True,
        "versioning": True,
        "access_logged": True,
        "encryption.algorithm": "aws:kms",
    }


def test_a_bucket_with_nothing_beside_it_has_what_s3_gives_new_buckets() -> None:
    (found,) = from_terraform('resource "aws_s3_bucket" "b" {\n bucket = "b"\n}')
    expected = {
        "encryption.at_rest": True,
        "public_access_blocked": True,
        "acl_disabled": True,
        "versioning": False,
    }
    assert values(found, expected) == expected
    assert "April 2023" in getattr(found.settings["public_access_blocked"], "documented", "")


def test_an_account_that_reports_no_block_has_none() -> None:
    bare = {**ORDERS, "get_public_access_block": None, "get_bucket_ownership_controls": None}
    (found,) = from_api("s3.list_buckets", bare)
    assert values(found, ["public_access_blocked", "acl_disabled"]) == {
        "public_access_blocked": False,
        "acl_disabled": False,
    }


def test_a_companion_whose_bucket_is_not_known_may_belong_to_any() -> None:
    found = from_terraform(
        """
        variable "name" { type = string }
        resource "aws_s3_bucket" "b" {
          bucket = "b"
        }
        resource "aws_s3_bucket_versioning" "v" {
          bucket = var.name
          versioning_configuration {
            status = "Enabled"
          }
        }
        """
    )
    assert values(found[0], ["versioning"]) == {"versioning": UNKNOWN}


@pytest.mark.parametrize(
    ("change", "public"),
    [
        ({"get_bucket_acl": {"Grants": [{"Grantee": EVERYONE, "Permission": "READ"}]}}, True),
        (
            {
                "get_bucket_acl": {"Grants": [{"Grantee": EVERYONE, "Permission": "READ"}]},
                "get_public_access_block": {"PublicAccessBlockConfiguration": BLOCK},
            },
            False,
        ),
        ({"get_bucket_acl": denied("s3:GetBucketAcl")}, UNKNOWN),
    ],
)
def test_a_block_makes_a_public_list_ineffective(change: dict[str, Any], public: object) -> None:
    body = {**ORDERS, "get_public_access_block": None, "get_bucket_ownership_controls": None, **change}
    (found,) = from_api("s3.list_buckets", body)
    assert values(found, ["public_acl"]) == {"public_acl": public}


def test_a_bucket_for_the_logs_of_others_is_not_asked_to_log_itself() -> None:
    logs = {**ORDERS, "Name": "logs", "get_bucket_logging": {}}
    found = {each.name: each for each in from_api("s3.list_buckets", ORDERS, logs)}
    assert values(found["logs"], ["access_logged"]) == {"access_logged": NOT_APPLICABLE}
    assert values(found["orders"], ["access_logged"]) == {"access_logged": True}


def test_of_several_declared_policies_every_one_counts() -> None:
    found = from_terraform(
        """
        resource "aws_s3_bucket" "b" {
          bucket = "b"
        }
        resource "aws_s3_bucket_policy" "closed" {
          bucket = aws_s3_bucket.b.id
          policy = jsonencode({ Statement = [] })
        }
        resource "aws_s3_bucket_policy" "open" {
          bucket = aws_s3_bucket.b.id
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" }]
          })
        }
        """
    )
    assert values(found[0], ["policy.public"]) == {"policy.public": True}


def test_a_key_that_the_algorithm_does_not_use_counts_for_nothing() -> None:
    rule = {"SSEAlgorithm": "AES256", "KMSMasterKeyID": "arn:aws:kms:eu-west-1:123456789012:key/k1"}
    answer = {"ServerSideEncryptionConfiguration": {"Rules": [{"ApplyServerSideEncryptionByDefault": rule}]}}
    (found,) = from_api("s3.list_buckets", {**ORDERS, "get_bucket_encryption": answer})
    assert values(found, ["encryption.customer_managed_key"]) == {"encryption.customer_managed_key": False}


def test_object_lock_brings_versioning_with_it() -> None:
    (found,) = from_terraform('resource "aws_s3_bucket" "b" {\n object_lock_enabled = true\n}')
    assert values(found, ["versioning", "object_lock"]) == {"versioning": True, "object_lock": True}


PUBLIC = ["public_acl", "public_acl.rights"]


@pytest.mark.parametrize("list_", ["acl", "access_control_policy", "grant"])
def test_a_public_list_is_the_same_on_every_plane(list_: str) -> None:
    group = EVERYONE["URI"]
    written = {
        "acl": ('resource "aws_s3_bucket_acl" "b" {', 'acl = "public-read-write"'),
        "access_control_policy": (
            'resource "aws_s3_bucket_acl" "b" {',
            f"""access_control_policy {{
                  grant {{
                    permission = "FULL_CONTROL"
                    grantee {{
                      type = "Group"
                      uri  = "{group}"
                    }}
                  }}
                }}""",
        ),
        "grant": (
            'resource "aws_s3_bucket" "b" {',
            f"""grant {{
                  type        = "Group"
                  permissions = ["FULL_CONTROL"]
                  uri         = "{group}"
                }}""",
        ),
    }
    head, body = written[list_]
    bucket = 'resource "aws_s3_bucket" "b" {\n bucket = "orders"\n}\n'
    name = 'bucket = "orders"'
    terraform = f"{'' if list_ == 'grant' else bucket}{head}\n{name}\n{body}\n}}"
    template = """
        Resources:
          B: {Type: AWS::S3::Bucket, Properties: {BucketName: orders, AccessControl: PublicReadWrite}}
    """
    open_ = {
        "get_bucket_acl": {"Grants": [{"Grantee": EVERYONE, "Permission": "FULL_CONTROL"}]},
        "get_public_access_block": None,
        "get_bucket_ownership_controls": None,
    }
    assert_same(
        {"public_acl": True, "public_acl.rights": ["read", "write"]},
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("s3.list_buckets", {**ORDERS, **open_}),
    )


def test_a_list_that_is_not_known_gives_rights_that_are_not_known() -> None:
    (refused,) = from_api("s3.list_buckets", {**ORDERS, "get_bucket_acl": denied("s3:GetBucketAcl")})
    assert values(refused, ["public_acl.rights"]) == {"public_acl.rights": UNKNOWN}
    text = """
        variable "acl" {}
        resource "aws_s3_bucket" "b" {
          grant {
            type        = "Group"
            permissions = ["READ"]
            uri         = var.acl
          }
        }
    """
    (given,) = from_terraform(text)
    assert values(given, PUBLIC) == dict.fromkeys(PUBLIC, UNKNOWN)


def test_an_open_grant_counts_behind_one_that_is_not_known() -> None:
    grants = [
        {"Grantee": {"Type": "Group", "URI": denied("s3:GetBucketAcl")}, "Permission": "READ"},
        {"Grantee": EVERYONE, "Permission": "READ"},
    ]
    bare = {"get_public_access_block": None, "get_bucket_ownership_controls": None}
    (found,) = from_api("s3.list_buckets", {**ORDERS, **bare, "get_bucket_acl": {"Grants": grants}})
    assert values(found, ["public_acl"]) == {"public_acl": True}


@pytest.mark.parametrize(
    ("ownership", "public"),
    [('"BucketOwnerEnforced"', False), ("var.owner", UNKNOWN), ('"ObjectWriter"', True)],
)
def test_who_owns_objects_decides_whether_lists_count(ownership: str, public: object) -> None:
    found = from_terraform(
        f"""
        variable "owner" {{}}
        resource "aws_s3_bucket" "b" {{
          acl = "public-read"
        }}
        resource "aws_s3_bucket_ownership_controls" "b" {{
          bucket = aws_s3_bucket.b.id
          rule {{
            object_ownership = {ownership}
          }}
        }}
        """
    )
    assert values(found[0], ["public_acl"]) == {"public_acl": public}


FLAGS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
BLOCKED = ["public_access_blocked", "public_access_blocked.missing"]


def _account(value: str) -> str:
    flags = "\n".join(f"{name} = {value}" for name in FLAGS)
    return f"""
        variable "on" {{}}
        resource "aws_s3_account_public_access_block" "all" {{
          {flags}
        }}
        resource "aws_s3_bucket" "b" {{
          bucket = "orders"
        }}
        resource "aws_s3_bucket_public_access_block" "b" {{
          bucket            = aws_s3_bucket.b.id
          block_public_acls = true
        }}
    """


def test_the_accounts_block_counts_on_every_plane() -> None:
    reported = {
        "get_public_access_block": {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}},
        "account_public_access_block": {"PublicAccessBlockConfiguration": BLOCK},
    }
    assert_same(
        {"public_access_blocked": True, "public_access_blocked.missing": []},
        terraform=from_terraform(_account("true")),
        api=from_api("s3.list_buckets", {**ORDERS, **reported}),
    )


@pytest.mark.parametrize("value", ["var.on", "false"])
def test_what_a_block_leaves_open_is_named(value: str) -> None:
    (found,) = from_terraform(_account(value))
    missing = [] if value == "var.on" else ["BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"]
    expected = dict(zip(BLOCKED, (UNKNOWN, UNKNOWN) if not missing else (False, missing), strict=True))
    assert values(found, BLOCKED) == expected


def test_part_of_a_block_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_s3_bucket" "b" {
          bucket = "orders"
        }
        resource "aws_s3_bucket_public_access_block" "b" {
          bucket             = aws_s3_bucket.b.id
          block_public_acls  = true
          ignore_public_acls = false
        }
    """
    template = """
        Resources:
          B:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: orders
              PublicAccessBlockConfiguration: {BlockPublicAcls: true, IgnorePublicAcls: false}
    """
    part = {"BlockPublicAcls": True, "IgnorePublicAcls": False}
    assert_same(
        {
            "public_access_blocked": False,
            "public_access_blocked.missing": [
                "BlockPublicPolicy",
                "IgnorePublicAcls",
                "RestrictPublicBuckets",
            ],
        },
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api(
            "s3.list_buckets", {**ORDERS, "get_public_access_block": {"PublicAccessBlockConfiguration": part}}
        ),
    )


@pytest.mark.parametrize(
    ("lock", "versioning"), [("true", True), ("false", False), ("null", False), ("var.lock", UNKNOWN)]
)
def test_a_lock_that_is_not_known_may_bring_versioning(lock: str, versioning: object) -> None:
    (found,) = from_terraform(
        f'variable "lock" {{}}\nresource "aws_s3_bucket" "b" {{\n object_lock_enabled = {lock}\n}}'
    )
    assert values(found, ["versioning"]) == {"versioning": versioning}


def test_a_lock_configured_beside_a_bucket_locks_it() -> None:
    text = """
        variable "lock" {}
        resource "aws_s3_bucket" "b" {
          object_lock_enabled = var.lock
        }
        resource "aws_s3_bucket_object_lock_configuration" "b" {
          bucket = BUCKET
        }
    """
    names = ["object_lock", "versioning"]
    (found,) = from_terraform(text.replace("BUCKET", "aws_s3_bucket.b.id"))
    assert values(found, names) == dict.fromkeys(names, True)
    (found,) = from_terraform(text.replace("BUCKET", "var.lock"))
    assert values(found, names) == dict.fromkeys(names, UNKNOWN)


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        ([("Enabled", 90), ("Enabled", 30), ("Disabled", 1)], 30),
        ([("Enabled", 90), ("Enabled", None)], 90),
        ([("Enabled", 30), (denied("x"), 90)], 30),
        ([("Enabled", 90), (denied("x"), 30)], UNKNOWN),
        ([("Enabled", 90), ("Enabled", denied("x"))], UNKNOWN),
        ([("Enabled", 90), ("Disabled", denied("x"))], 90),
        ([], FOR_EVER),
    ],
)
def test_of_several_rules_the_fewest_days_hold(rules: list[tuple[Any, Any]], days: object) -> None:
    answer = {"Rules": [{"Status": status, "Expiration": {"Days": each}} for status, each in rules]}
    (found,) = from_api("s3.list_buckets", {**ORDERS, "get_bucket_lifecycle_configuration": answer})
    assert values(found, ["lifecycle_days"]) == {"lifecycle_days": days}


def test_deleting_with_a_second_factor_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_s3_bucket" "b" {
          bucket = "orders"
        }
        resource "aws_s3_bucket_versioning" "b" {
          bucket = aws_s3_bucket.b.id
          versioning_configuration {
            status     = "Enabled"
            mfa_delete = "Enabled"
          }
        }
    """
    reported = {"get_bucket_versioning": {"Status": "Enabled", "MFADelete": "Enabled"}}
    assert_same(
        {"mfa_delete": True, "versioning": True},
        terraform=from_terraform(terraform),
        api=from_api("s3.list_buckets", {**ORDERS, **reported}),
    )
    (declared,) = from_cloudformation("Resources:\n  B: {Type: AWS::S3::Bucket}\n")
    assert values(declared, ["mfa_delete"]) == {"mfa_delete": False}


@pytest.mark.parametrize(
    ("logging", "logged"),
    [
        ("{LogFilePrefix: a/}", True),
        ("{DestinationBucketName: !Ref Logs}", True),
        ("{DestinationBucketName: !Ref Name}", UNKNOWN),
        ("{}", False),
        ("!Ref AWS::NoValue", False),
    ],
)
def test_a_template_may_log_to_the_bucket_itself(logging: str, logged: object) -> None:
    template = f"""
        Parameters: {{Name: {{Type: String}}}}
        Resources:
          Logs: {{Type: AWS::S3::Bucket}}
          B: {{Type: AWS::S3::Bucket, Properties: {{LoggingConfiguration: {logging}}}}}
    """
    found = {each.name: each for each in from_cloudformation(dedent(template))}
    assert values(found["B"], ["access_logged"]) == {"access_logged": logged}


@pytest.mark.parametrize("balancer", ["application", "network"])
def test_a_bucket_for_the_logs_of_a_load_balancer_may_have_s3s_own_key(balancer: str) -> None:
    found = from_terraform(
        f"""
        resource "aws_s3_bucket" "logs" {{
          bucket = "logs"
        }}
        resource "aws_lb" "web" {{
          load_balancer_type = "{balancer}"
          access_logs {{
            bucket = aws_s3_bucket.logs.id
          }}
        }}
        """
    )
    bucket = next(each for each in found if each.kind == "object_store")
    expected = NOT_APPLICABLE if balancer == "application" else False
    name = "encryption.customer_managed_key"
    assert values(bucket, [name]) == {name: expected}


def test_a_bucket_of_another_stack_that_logs_itself_receives_no_logs_by_that() -> None:
    (found,) = from_terraform(
        """
        resource "aws_s3_bucket_logging" "shop" {
          bucket        = "shop"
          target_bucket = "logs"
        }
        """
    )
    names = ["access_logged", "encryption.customer_managed_key"]
    assert values(found, names) == {"access_logged": True, "encryption.customer_managed_key": UNKNOWN}


def test_an_account_that_reports_no_default_encryption_has_none() -> None:
    answers: list[Any] = [None, {"ServerSideEncryptionConfiguration": {"Rules": []}}]
    for answer in answers:
        (found,) = from_api("s3.list_buckets", {**ORDERS, "get_bucket_encryption": answer})
        assert values(found, ["encryption.at_rest"]) == {"encryption.at_rest": False}
    (refused,) = from_api("s3.list_buckets", {**ORDERS, "get_bucket_encryption": denied("x")})
    assert values(refused, ["encryption.at_rest"]) == {"encryption.at_rest": UNKNOWN}
