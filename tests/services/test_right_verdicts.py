"""Verdicts that were wrong once, each with its twin: text in, verdict out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force


def outcomes(tmp_path: Path, text: str, policy: str, name: str = "main.tf") -> dict[str, str]:
    """Return how `policy` comes out for each asset of one file, by address."""
    (tmp_path / name).write_text(text, "utf-8")
    result = scan(tmp_path, Options(in_force(Choice(ids=(policy,)))))
    return {each.asset.address: each.outcome.value for each in result.verdicts}


def only(tmp_path: Path, text: str, policy: str, name: str = "main.tf") -> str:
    """Return the one outcome that all assets of the file have."""
    found = set(outcomes(tmp_path, text, policy, name).values()) - {Outcome.NOT_APPLICABLE.value}
    assert len(found) <= 1, found
    return found.pop() if found else Outcome.NOT_APPLICABLE.value


def bucket_policy(*statements: dict[str, object]) -> str:
    return f"""
resource "aws_s3_bucket" "maps" {{
  bucket = "atlas-maps"
}}
resource "aws_s3_bucket_policy" "maps" {{
  bucket = aws_s3_bucket.maps.id
  policy = jsonencode({json.dumps({"Statement": list(statements)})})
}}
"""


BUCKET, OBJECTS = "arn:aws:s3:::atlas-maps", "arn:aws:s3:::atlas-maps/*"
OPEN: dict[str, object] = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": OBJECTS}


def fence(*resources: str) -> dict[str, object]:
    outside = {"StringNotEquals": {"aws:PrincipalOrgID": "o-9z8y7x"}}
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": list(resources),
        "Condition": outside,
    }


def plain(*resources: str) -> dict[str, object]:
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": list(resources),
        "Condition": insecure,
    }


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ((BUCKET, OBJECTS), "pass"),
        ((OBJECTS,), "pass"),
        (("*",), "pass"),
        ((BUCKET,), "fail"),
        ((f"{BUCKET}/old/*",), "fail"),
    ],
)
def test_a_denial_closes_what_it_covers(tmp_path: Path, denied: tuple[str, ...], expected: str) -> None:
    assert only(tmp_path, bucket_policy(OPEN, fence(*denied)), "object-store-not-public") == expected


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ((BUCKET, OBJECTS), "pass"),
        (("*",), "pass"),
        ((OBJECTS,), "fail"),
        ((BUCKET, f"{BUCKET}/old/*"), "fail"),
    ],
)
def test_plain_transport_is_refused_for_all_of_a_bucket(
    tmp_path: Path, denied: tuple[str, ...], expected: str
) -> None:
    assert only(tmp_path, bucket_policy(plain(*denied)), "object-store-requires-tls") == expected


def test_two_denials_cover_together(tmp_path: Path) -> None:
    text = bucket_policy(plain(BUCKET), plain(OBJECTS))
    assert only(tmp_path, text, "object-store-requires-tls") == "pass"


def grant(action: str, resource: str) -> str:
    document = json.dumps({"Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]})
    return f'resource "aws_iam_policy" "p" {{\n  name = "p"\n  policy = jsonencode({document})\n}}\n'


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/*", "fail"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:123456789012:table/tours", "pass"),
        ("s3:GetObject", "arn:aws:s3:::*", "fail"),
        ("s3:GetObject", "arn:aws:s3:::atlas/*", "pass"),
        ("s3:GetObject", "arn:aws:s3:::*-maps/*", "pass"),
        ("sqs:ReceiveMessage", "arn:aws:sqs:*:*:*", "fail"),
        ("iam:PassRole", "arn:aws:iam::123456789012:role/path/*", "pass"),
        ("kms:Decrypt", "arn:aws:kms:*:123456789012:key/*", "fail"),
    ],
)
def test_an_arn_whose_names_are_wildcards_names_nothing(
    tmp_path: Path, action: str, resource: str, expected: str
) -> None:
    assert only(tmp_path, grant(action, resource), "policy-no-wildcard-resources") == expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [("*", "fail"), ("arn:aws:*:*:*:*", "fail"), ("arn:*:*:*:*:*", "fail"), ("arn:aws:s3:*:*:*", "pass")],
)
def test_everything_on_wildcards_alone_is_everything(tmp_path: Path, resource: str, expected: str) -> None:
    assert only(tmp_path, grant("*", resource), "policy-no-admin") == expected


def acl(*rules: tuple[int, str, str, int, str]) -> str:
    inside = "".join(
        f'  ingress {{\n    rule_no = {number}\n    action = "{action}"\n    protocol = "{protocol}"\n'
        f'    from_port = {port}\n    to_port = {port}\n    cidr_block = "{source}"\n  }}\n'
        for number, action, protocol, port, source in rules
    )
    return f'resource "aws_network_acl" "a" {{\n  vpc_id = "vpc-1"\n{inside}}}\n'


WORLD = "0.0.0.0/0"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([(5, "deny", "tcp", 22, WORLD), (6, "allow", "tcp", 22, WORLD)], "pass"),
        ([(6, "deny", "tcp", 22, WORLD), (5, "allow", "tcp", 22, WORLD)], "fail"),
        ([(5, "deny", "udp", 22, WORLD), (6, "allow", "tcp", 22, WORLD)], "fail"),
        ([(5, "deny", "tcp", 3389, WORLD), (6, "allow", "tcp", 22, WORLD)], "fail"),
        ([(5, "deny", "tcp", 22, "10.0.0.0/8"), (6, "allow", "tcp", 22, WORLD)], "fail"),
    ],
)
def test_the_first_rule_of_an_access_list_that_fits_decides(
    tmp_path: Path, rules: list[tuple[int, str, str, int, str]], expected: str
) -> None:
    assert only(tmp_path, acl(*rules), "firewall-rule-no-admin-port") == expected


def group_rule(priority: int, access: str, port: str) -> str:
    return f"""
resource "azurerm_network_security_rule" "{access.lower()}" {{
  name                        = "{access}"
  priority                    = {priority}
  direction                   = "Inbound"
  access                      = "{access}"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "{port}"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
  resource_group_name         = "rg"
  network_security_group_name = "front"
}}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (group_rule(100, "Deny", "0-4000") + group_rule(200, "Allow", "3389"), "pass"),
        (group_rule(300, "Deny", "0-4000") + group_rule(200, "Allow", "3389"), "fail"),
        (group_rule(100, "Deny", "3389") + group_rule(200, "Allow", "20-4000"), "fail"),
    ],
)
def test_the_first_rule_by_priority_that_fits_decides(tmp_path: Path, text: str, expected: str) -> None:
    assert only(tmp_path, text, "firewall-rule-no-admin-port") == expected


TRANSFORMED = """
Resources:
  Notes:
    Type: AWS::RDS::DBInstance
    {beside}
    Properties:
      Engine: mysql
      {inside}
"""
MACRO = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://notes/part.yaml}}"


@pytest.mark.parametrize(
    ("beside", "inside", "expected"),
    [(MACRO, "", "unknown"), ("", MACRO, "unknown"), ("", f"Tags: [{{{MACRO}}}]", "fail"), ("", "", "fail")],
)
def test_what_a_macro_may_set_is_not_known(tmp_path: Path, beside: str, inside: str, expected: str) -> None:
    text = TRANSFORMED.format(beside=beside, inside=inside)
    assert only(tmp_path, text, "database-encrypted", "template.yaml") == expected


def secret(value: str, more: str = "") -> str:
    return f"""
variable "given" {{}}
resource "random_password" "made" {{
  length = 24
}}
resource "aws_secretsmanager_secret" "s" {{
  name = "s"
}}
resource "aws_secretsmanager_secret_version" "s" {{
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = {value}
  {more}
}}
"""


IGNORED = "lifecycle {\n ignore_changes = [secret_string]\n}"


@pytest.mark.parametrize(
    ("value", "more", "expected"),
    [
        ('jsonencode({ user = "u", password = random_password.made.result })', "", "pass"),
        ('jsonencode({ user = "u", password = var.given })', "", "pass"),
        ('jsonencode({ user = random_password.made.result, password = "gr4nite-Pier-77" })', "", "fail"),
        ('"{}"', "", "pass"),
        ('"changeme"', IGNORED, "pass"),
        ('"changeme"', "", "fail"),
        ('"gr4nite-Pier-77"', IGNORED, "fail"),
    ],
)
def test_what_is_generated_given_or_replaced_is_no_literal(
    tmp_path: Path, value: str, more: str, expected: str
) -> None:
    assert only(tmp_path, secret(value, more), "secret-not-inline") == expected


def pod(container: str) -> str:
    return (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec:\n  containers:\n"
        f"    - {{name: c, image: x:1, {container}}}\n"
    )


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        ('args: ["--password=c0balt-Sluice-91"]', "fail"),
        ('args: ["--db-password", "c0balt-Sluice-91"]', "fail"),
        ('args: ["--password=$(DB_PASSWORD)"]', "pass"),
        ('args: ["--password-file", "/run/secrets/db"]', "pass"),
        ('command: ["serve", "--port", "8080"]', "pass"),
        ('env: [{name: PWD, value: "/srv/application"}]', "pass"),
        ('env: [{name: SMTP_PWD, value: "c0balt-Sluice-91"}]', "fail"),
        ('env: [{name: HEADERS, value: "Authorization=Bearer 1234567890abcdef1234"}]', "fail"),
        ('env: [{name: JWT_SECRET_ALGORITHM, value: "RS256"}]', "pass"),
    ],
)
def test_secrets_in_a_containers_definition(tmp_path: Path, container: str, expected: str) -> None:
    assert only(tmp_path, pod(container), "container-no-inline-secrets", "pod.yaml") == expected


@pytest.mark.parametrize(
    ("comment", "acl", "expected"),
    [
        ("CKV_AWS_20", "public-read", "waived"),
        ("CKV_AWS_57", "public-read", "fail"),
        ("CKV_AWS_20", "public-read-write", "fail"),
        ("CKV_AWS_20,CKV_AWS_57", "public-read-write", "waived"),
    ],
)
def test_a_skip_waives_the_fault_that_its_rule_is_about(
    tmp_path: Path, comment: str, acl: str, expected: str
) -> None:
    skips = "\n".join(f"  #checkov:skip={each}:agreed with the owners" for each in comment.split(","))
    text = f"""
resource "aws_s3_bucket" "b" {{
{skips}
  bucket = "b"
  acl    = "{acl}"
}}
resource "aws_s3_bucket_ownership_controls" "b" {{
  bucket = aws_s3_bucket.b.id
  rule {{
    object_ownership = "ObjectWriter"
  }}
}}
"""
    assert outcomes(tmp_path, text, "object-store-not-public")["aws_s3_bucket.b"] == expected


@pytest.mark.parametrize(
    ("missing", "comments", "expected"),
    [
        ("symbols", ["CKV_AWS_14"], "waived"),
        ("symbols", ["CKV_AWS_12"], "fail"),
        ("symbols numbers", ["CKV_AWS_14"], "fail"),
        ("symbols numbers", ["CKV_AWS_14", "CKV_AWS_12"], "waived"),
    ],
)
def test_skips_waive_together_what_each_is_about(
    tmp_path: Path, missing: str, comments: list[str], expected: str
) -> None:
    names = {"symbols", "numbers", "lowercase_characters", "uppercase_characters"}
    lines = [f"  require_{each} = {'false' if each in missing else 'true'}" for each in sorted(names)]
    skips = [f"  #checkov:skip={each}:agreed" for each in comments]
    inside = "\n".join([*skips, *lines])
    text = f"""
resource "aws_iam_account_password_policy" "p" {{
{inside}
  minimum_password_length = 20
  password_reuse_prevention = 24
}}
"""
    assert only(tmp_path, text, "password-policy-strong") == expected


GITHUB = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
SUBJECT = "token.actions.githubusercontent.com:sub"


TRUSTS: tuple[tuple[dict[str, object], str], ...] = (
    ({"StringLike": {SUBJECT: "repo:atlas*"}}, "fail"),
    ({"StringLike": {SUBJECT: "repo:atlas/*"}}, "pass"),
    ({"StringEquals": {SUBJECT: "repo:atlas/maps:ref:refs/heads/main"}}, "pass"),
    ({"StringEquals": {SUBJECT: "repo:atlas*"}}, "pass"),  # there a star is a letter: no token has it
    ({"ForAnyValue:StringLike": {SUBJECT: ["repo:atlas/maps:*"]}}, "pass"),
    ({"StringLike": {SUBJECT: ["repo:atlas/maps:*", "repo:*"]}}, "fail"),
    ({"StringLikeIfExists": {SUBJECT: "repo:atlas/maps:*"}}, "fail"),
    ({"StringNotEquals": {SUBJECT: "repo:atlas/maps:*"}}, "fail"),
    ({"StringNotLike": {SUBJECT: "repo:atlas/maps:*"}}, "fail"),
    ({"Null": {SUBJECT: "false"}}, "fail"),
    ({"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}, "fail"),
)


def test_a_trust_says_whose_token_it_takes(tmp_path: Path) -> None:
    text = ""
    for number, (condition, _) in enumerate(TRUSTS):
        statement = {
            "Effect": "Allow",
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": GITHUB},
            "Condition": condition,
        }
        trust = f"jsonencode({json.dumps({'Statement': [statement]})})"
        text += f'resource "aws_iam_role" "r{number}" {{\n  name = "r{number}"\n  assume_role_policy = {trust}\n}}\n'
    found = outcomes(tmp_path, text, "role-trust-not-public")
    assert list(found.values()) == [expected for _, expected in TRUSTS]


OUTSIDE: dict[str, object] = {"StringNotEquals": {"aws:PrincipalOrgID": "o-9z8y7x"}}
DENIALS: tuple[tuple[list[str], list[str], dict[str, object], str], ...] = (
    (["s3:GetObject"], ["s3:Get*"], OUTSIDE, "pass"),
    (["s3:GetObject"], ["s3:GetObject"], OUTSIDE, "pass"),
    (["s3:GetObject", "s3:PutObject"], ["s3:Get*"], OUTSIDE, "fail"),
    (["s3:Get*"], ["s3:GetObject"], OUTSIDE, "fail"),
    (["s3:Get*"], ["s3:Get?"], OUTSIDE, "fail"),
    (["s3:GetObject"], ["s3:*"], {}, "pass"),
)


def test_a_denial_counts_for_the_actions_that_it_names(tmp_path: Path) -> None:
    text = ""
    for number, (allowed, denied, condition, _) in enumerate(DENIALS):
        denial = {"Effect": "Deny", "Principal": "*", "Action": denied, "Resource": OBJECTS}
        whole = bucket_policy(
            {**OPEN, "Action": allowed}, {**denial, **({"Condition": condition} if condition else {})}
        )
        text += whole.replace("maps", f"maps{number}")
    found = outcomes(tmp_path, text, "object-store-not-public")
    assert list(found.values()) == [expected for *_, expected in DENIALS]
