"""IAM on every plane: policies, roles, users, groups, the account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

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
from tfaudit.model.settings import Known

if TYPE_CHECKING:
    from tfaudit.model.asset import Asset

CALL = "iam.get_account_authorization_details"
ACCOUNT = "arn:aws:iam::123456789012"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
TRUST = {
    "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
    ]
}


def of(kind: str, found: list[Asset]) -> list[Asset]:
    return [each for each in found if each.kind == kind]


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return {"Version": "2012-10-17", "Statement": [statement]}


def managed(document: Any, **more: Any) -> dict[str, Any]:
    versions = [
        {"VersionId": "v1", "IsDefaultVersion": False, "Document": allow("*")},
        {"VersionId": "v2", "IsDefaultVersion": True, "Document": document},
    ]
    return {"PolicyName": "work", "Arn": f"{ACCOUNT}:policy/work", "PolicyVersionList": versions, **more}


def role(trust: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "RoleName": "worker",
        "Arn": f"{ACCOUNT}:role/worker",
        "AssumeRolePolicyDocument": trust or TRUST,
        **more,
    }


def user(**more: Any) -> dict[str, Any]:
    return {
        "UserName": "ci",
        "Arn": f"{ACCOUNT}:user/ci",
        "list_mfa_devices": [],
        "list_access_keys": [],
        "get_login_profile": None,
        **more,
    }


def attached(arn: str) -> dict[str, Any]:
    return {"AttachedManagedPolicies": [{"PolicyName": arn.rpartition("/")[2], "PolicyArn": arn}]}


def test_a_managed_policy_is_the_same_on_every_plane() -> None:
    document = json.dumps(allow(["s3:GetObject", "iam:PassRole", "ec2:RunInstances"]))
    terraform = (
        f'resource "aws_iam_policy" "w" {{\n  name = "work"\n  policy = <<POLICY\n{document}\nPOLICY\n}}\n'
    )
    template = f"""
Resources:
  Work:
    Type: AWS::IAM::ManagedPolicy
    Properties: {{ManagedPolicyName: work, PolicyDocument: {document}}}
"""
    assert_same(
        {
            "admin": False,
            "wildcard_actions": False,
            "escalation_paths": ["role passed to an instance"],
            "public_principal": NOT_APPLICABLE,
        },
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(template),
        api=from_api(CALL, managed(json.loads(document))),
    )


def test_an_inline_policy_is_the_same_wherever_it_is_written() -> None:
    document = json.dumps(allow("*"))
    trust = json.dumps(TRUST)
    apart = f"""
resource "aws_iam_role" "worker" {{
  name               = "worker"
  assume_role_policy = jsonencode({trust})
}}
resource "aws_iam_role_policy" "work" {{
  name   = "work"
  role   = aws_iam_role.worker.id
  policy = jsonencode({document})
}}
"""
    inside = f"""
resource "aws_iam_role" "worker" {{
  name               = "worker"
  assume_role_policy = jsonencode({trust})
  inline_policy {{
    name   = "work"
    policy = jsonencode({document})
  }}
}}
"""
    template = f"""
Resources:
  Worker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument: {trust}
      Policies: [{{PolicyName: work, PolicyDocument: {document}}}]
"""
    beside = f"""
Resources:
  Work:
    Type: AWS::IAM::Policy
    Properties: {{PolicyName: work, Roles: [worker], PolicyDocument: {document}}}
"""
    live = role(RolePolicyList=[{"PolicyName": "work", "PolicyDocument": json.loads(document)}])
    assert_same(
        {"admin": True, "wildcard_actions": True},
        apart=of("access_policy", from_terraform(apart)),
        inside=of("access_policy", from_terraform(inside)),
        cloudformation=of("access_policy", from_cloudformation(template)),
        beside=of("access_policy", from_cloudformation(beside)),
        api=of("access_policy", from_api(CALL, live)),
    )


def test_a_role_is_the_same_on_every_plane() -> None:
    trust = json.dumps(TRUST)
    own = f"""
resource "aws_iam_role" "worker" {{
  name                = "worker"
  assume_role_policy  = jsonencode({trust})
  managed_policy_arns = ["{ADMIN}"]
}}
"""
    beside = f"""
resource "aws_iam_role" "worker" {{
  name               = "worker"
  assume_role_policy = jsonencode({trust})
}}
data "aws_iam_policy" "admin" {{
  name = "AdministratorAccess"
}}
resource "aws_iam_role_policy_attachment" "admin" {{
  role       = aws_iam_role.worker.name
  policy_arn = data.aws_iam_policy.admin.arn
}}
"""
    template = f"""
Resources:
  Worker:
    Type: AWS::IAM::Role
    Properties: {{RoleName: worker, AssumeRolePolicyDocument: {trust}, ManagedPolicyArns: ["{ADMIN}"]}}
"""
    assert_same(
        {
            "admin": True,
            "public_principal": False,
            "wildcard_actions": NOT_APPLICABLE,
        },
        terraform=of("role", from_terraform(own)),
        attachment=of("role", from_terraform(beside)),
        cloudformation=of("role", from_cloudformation(template)),
        api=of("role", from_api(CALL, role(**attached(ADMIN)))),
    )


def test_roles_of_awss_own_services_are_left_out() -> None:
    assert from_api(CALL, role(Path="/aws-service-role/ecs.amazonaws.com/")) == []


GITHUB = {"Federated": f"{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"}


@pytest.mark.parametrize(
    ("principal", "condition", "public"),
    [
        ({"AWS": "*"}, {}, True),
        ({"AWS": "*"}, {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, False),
        ({"AWS": "*"}, {"StringEquals": {"sts:ExternalId": "x"}}, True),
        (GITHUB, {}, True),
        (GITHUB, {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}, True),
        (GITHUB, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}}, True),
        (GITHUB, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/*"}}, False),
        (GITHUB, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme*"}}, True),
        (GITHUB, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme-?/web:*"}}, True),
        (GITHUB, {"StringEquals": {"token.actions.githubusercontent.com/acme:sub": "repo:acme/web"}}, False),
        ({"Federated": f"{ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/1"}, {}, False),
        ({"Federated": "cognito-identity.amazonaws.com"}, {}, True),
        ({"Service": "ec2.amazonaws.com"}, {}, False),
    ],
)
def test_a_trust_policy_is_public_when_strangers_can_take_the_role(
    principal: Any, condition: dict[str, Any], public: bool
) -> None:
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": principal,
        "Condition": condition,
    }
    (found,) = of("role", from_api(CALL, role({"Statement": [statement]})))
    assert values(found, ["public_principal"]) == {"public_principal": public}


@pytest.mark.parametrize(
    ("statements", "paths"),
    [
        ([allow("iam:CreateAccessKey")], ["access key of another user"]),
        ([allow("iam:CreateAccessKey", f"{ACCOUNT}:user/*")], ["access key of another user"]),
        ([allow("iam:CreateAccessKey", f"{ACCOUNT}:user/ci")], []),
        ([allow("iam:PassRole")], []),
        ([allow("iam:PassRole"), allow("ec2:*")], ["role passed to an instance"]),
        (
            [
                allow(
                    ["iam:PassRole", "ec2:RunInstances"],
                    [f"{ACCOUNT}:role/web", "arn:aws:ec2:*:*:instance/*"],
                )
            ],
            [],
        ),
        (
            [
                allow(
                    "iam:PassRole",
                    Condition={"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}},
                ),
                allow("ec2:RunInstances"),
            ],
            [],
        ),
        (
            [allow("iam:Put*")],
            ["inline policy of a user", "inline policy of a group", "inline policy of a role"],
        ),
        (
            [
                allow("iam:AddUserToGroup"),
                {"Statement": [{"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]},
            ],
            [],
        ),
        (
            [allow("iam:PassRole"), allow("ecs:RegisterTaskDefinition"), allow("ecs:UpdateService")],
            ["role passed to a service"],
        ),
        (
            [{"Statement": [{"Effect": "Allow", "NotAction": ["ec2:*", "iam:Create*"], "Resource": "*"}]}],
            None,
        ),
    ],
)
def test_escalation_takes_all_actions_of_a_method_everywhere(
    statements: list[Any], paths: list[str] | None
) -> None:
    document = {"Statement": [each for one in statements for each in one["Statement"]]}
    (found,) = from_api(CALL, managed(document))
    told = values(found, ["escalation_paths"])["escalation_paths"]
    if paths is None:
        assert "policy attached to a role" in told
        assert "role passed to an instance" not in told
        assert "new version of a policy" not in told
    else:
        assert told == paths


@pytest.mark.parametrize(
    ("action", "admin"),
    [
        ("*", True),
        ("*:*", True),
        ("**", True),
        ("*:**", True),
        ("s3:*", False),
        ("*:Get*", False),
        (":*", False),
    ],
)
def test_as_many_stars_as_somebody_likes_are_every_action(action: str, admin: bool) -> None:
    (found,) = from_api(CALL, managed(allow(action)))
    assert values(found, ["admin"]) == {"admin": admin}


@pytest.mark.parametrize(
    ("statement", "wide"),
    [
        (allow("secretsmanager:GetSecretValue"), True),
        (allow("s3:Get*"), True),
        (allow("ec2:Describe*"), False),
        (allow("s3:GetObject", "arn:aws:s3:::orders/*"), False),
        (allow("s3:GetObject", Condition={"StringEquals": {"aws:ResourceTag/team": "web"}}), False),
        (allow("s3:GetObject", Condition={"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}), True),
    ],
)
def test_sensitive_actions_on_every_resource(statement: Any, wide: bool) -> None:
    (found,) = from_api(CALL, managed(statement))
    actions = found.settings["sensitive_actions"]
    assert isinstance(actions, Known)
    assert bool(actions.value) is wide


def test_what_a_variable_gives_is_not_known() -> None:
    text = """
variable "actions" {}
resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }] })
}
"""
    (found,) = from_terraform(text)
    names = ("admin", "wildcard_actions", "escalation_paths")
    assert values(found, names) == dict.fromkeys(names, UNKNOWN)


def test_a_user_is_the_same_on_every_plane() -> None:
    terraform = f"""
resource "aws_iam_user" "ci" {{
  name = "ci"
}}
resource "aws_iam_user_policy_attachment" "ci" {{
  user       = aws_iam_user.ci.name
  policy_arn = "{ADMIN}"
}}
resource "aws_iam_access_key" "ci" {{
  user = aws_iam_user.ci.name
}}
resource "aws_iam_user_login_profile" "ci" {{
  user = aws_iam_user.ci.name
}}
"""
    template = f"""
Resources:
  Ci:
    Type: AWS::IAM::User
    Properties:
      UserName: ci
      ManagedPolicyArns: ["{ADMIN}"]
      LoginProfile: {{Password: "{{{{resolve:secretsmanager:first}}}}"}}
  Key:
    Type: AWS::IAM::AccessKey
    Properties: {{UserName: !Ref Ci}}
"""
    live = user(
        **attached(ADMIN),
        list_access_keys=[{"Status": "Active", "CreateDate": "2024-01-01T00:00:00+00:00"}],
        get_login_profile={"LoginProfile": {"UserName": "ci"}},
    )
    assert_same(
        {"direct_policies": True, "console_access": True, "access_keys": 1, "admin": True, "is_root": False},
        terraform=of("identity", from_terraform(terraform)),
        cloudformation=of("identity", from_cloudformation(template)),
        api=of("identity", from_api(CALL, live)),
    )


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"list_mfa_devices": [{"SerialNumber": "x"}]}, {"mfa": True}),
        (
            {},
            {"mfa": False, "access_keys": 0, "access_key_age_days": NOT_APPLICABLE, "console_access": False},
        ),
        ({"list_mfa_devices": denied("iam:ListMFADevices")}, {"mfa": UNKNOWN}),
        (
            {"list_access_keys": denied("iam:ListAccessKeys")},
            {"access_keys": UNKNOWN, "access_key_age_days": UNKNOWN},
        ),
        ({"get_login_profile": denied("iam:GetLoginProfile")}, {"console_access": UNKNOWN}),
        (
            {"list_access_keys": [{"Status": "Inactive", "CreateDate": "2020-01-01T00:00:00Z"}]},
            {"access_keys": 0, "access_key_age_days": NOT_APPLICABLE},
        ),
    ],
)
def test_how_a_user_signs_in_is_told_live_only(answers: dict[str, Any], expected: dict[str, Any]) -> None:
    (found,) = from_api(CALL, user(**answers))
    assert values(found, expected) == expected


def test_the_age_of_the_oldest_active_key_counts() -> None:
    keys = [
        {"Status": "Active", "CreateDate": "2999-01-01T00:00:00Z"},
        {"Status": "Active", "CreateDate": "2020-01-01T00:00:00Z"},
    ]
    (found,) = from_api(CALL, user(list_access_keys=keys))
    assert values(found, ["access_key_age_days"])["access_key_age_days"] > 365


def test_a_group_is_the_same_on_every_plane() -> None:
    terraform = f"""
resource "aws_iam_group" "people" {{
  name = "people"
}}
resource "aws_iam_group_policy_attachment" "people" {{
  group      = aws_iam_group.people.name
  policy_arn = "{ADMIN}"
}}
"""
    template = f"""
Resources:
  People:
    Type: AWS::IAM::Group
    Properties: {{GroupName: people, ManagedPolicyArns: ["{ADMIN}"]}}
"""
    live = {"GroupName": "people", "Arn": f"{ACCOUNT}:group/people", **attached(ADMIN)}
    assert_same(
        {"admin": True, "direct_policies": NOT_APPLICABLE, "mfa": NOT_APPLICABLE},
        terraform=of("identity", from_terraform(terraform)),
        cloudformation=of("identity", from_cloudformation(template)),
        api=of("identity", from_api(CALL, live)),
    )


POLICY = {
    "MinimumPasswordLength": 14,
    "RequireSymbols": True,
    "RequireNumbers": True,
    "RequireUppercaseCharacters": True,
    "RequireLowercaseCharacters": True,
    "MaxPasswordAge": 90,
}


def summary(policy: Any, **counted: int) -> dict[str, Any]:
    return {
        "SummaryMap": {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": 0, **counted},
        "get_account_password_policy": policy,
    }


def test_the_password_policy_is_the_same_in_code_and_live() -> None:
    terraform = """
resource "aws_iam_account_password_policy" "all" {
  minimum_password_length      = 14
  require_symbols              = true
  require_numbers              = true
  require_uppercase_characters = true
  require_lowercase_characters = true
  max_password_age             = 90
}
"""
    assert_same(
        {"min_length": 14, "complexity": True, "reuse_prevention": 0, "max_age_days": 90},
        terraform=from_terraform(terraform),
        api=of("password_policy", from_api("iam.get_account_summary", summary({"PasswordPolicy": POLICY}))),
    )


def test_without_a_policy_of_its_own_an_account_has_awss() -> None:
    (found,) = of("password_policy", from_api("iam.get_account_summary", summary(None)))
    expected = {"min_length": 8, "complexity": False, "reuse_prevention": 0}
    assert values(found, expected) == expected


def test_the_root_user_is_told_by_the_accounts_summary() -> None:
    live = summary(None, AccountMFAEnabled=0, AccountAccessKeysPresent=1)
    (root,) = of("identity", from_api("iam.get_account_summary", live))
    expected = {"is_root": True, "mfa": False, "access_keys": 1}
    assert values(root, expected) == expected


TOGETHER = ["role passed to an instance"]


def test_policies_of_one_role_escalate_together() -> None:
    trust = json.dumps(TRUST)
    passing, running = json.dumps(allow("iam:PassRole")), json.dumps(allow("ec2:RunInstances"))
    terraform = f"""
resource "aws_iam_role" "worker" {{
  name               = "worker"
  assume_role_policy = jsonencode({trust})
}}
resource "aws_iam_role_policy" "pass" {{
  name   = "pass"
  role   = aws_iam_role.worker.id
  policy = jsonencode({passing})
}}
resource "aws_iam_policy" "run" {{
  name   = "run"
  policy = jsonencode({running})
}}
resource "aws_iam_role_policy_attachment" "run" {{
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.run.arn
}}
"""
    template = f"""
Resources:
  Worker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument: {trust}
      Policies: [{{PolicyName: pass, PolicyDocument: {passing}}}]
  Run:
    Type: AWS::IAM::Policy
    Properties: {{PolicyName: run, Roles: [!Ref Worker], PolicyDocument: {running}}}
"""
    live = role(
        RolePolicyList=[{"PolicyName": "pass", "PolicyDocument": json.loads(passing)}],
        **attached(f"{ACCOUNT}:policy/work"),
    )
    assert_same(
        {"escalation_paths": TOGETHER},
        terraform=of("role", from_terraform(terraform)),
        cloudformation=of("role", from_cloudformation(template)),
        api=of("role", from_api(CALL, live, managed(json.loads(running)))),
    )


def test_a_denial_in_one_policy_holds_for_the_others() -> None:
    policies = [
        {"PolicyName": "pass", "PolicyDocument": allow("iam:PassRole")},
        {"PolicyName": "run", "PolicyDocument": allow("ec2:RunInstances")},
        {
            "PolicyName": "never",
            "PolicyDocument": {"Statement": [{"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]},
        },
    ]
    for count, paths in ((2, TOGETHER), (3, [])):
        (found,) = of("role", from_api(CALL, role(RolePolicyList=policies[:count])))
        assert values(found, ["escalation_paths"]) == {"escalation_paths": paths}
    bounded = role(RolePolicyList=policies[:2], PermissionsBoundary={"PermissionsBoundaryArn": ADMIN})
    (found,) = of("role", from_api(CALL, bounded))
    assert values(found, ["escalation_paths"]) == {"escalation_paths": UNKNOWN}


@pytest.mark.parametrize(
    ("policy", "admin"),
    [
        (f'"{ADMIN}"', UNKNOWN),
        ("var.policy", UNKNOWN),
        ('"arn:aws:iam::aws:policy/ReadOnlyAccess"', False),
        ("aws_iam_policy.work.arn", False),
    ],
)
def test_an_attachment_to_nobody_known_matters_only_where_its_policy_does(policy: str, admin: object) -> None:
    text = f"""
variable "role" {{}}
variable "policy" {{}}
resource "aws_iam_role" "worker" {{
  name               = "worker"
  assume_role_policy = jsonencode({json.dumps(TRUST)})
}}
resource "aws_iam_policy" "work" {{
  name   = "work"
  policy = jsonencode({json.dumps(allow("s3:GetObject", "arn:aws:s3:::orders/*"))})
}}
resource "aws_iam_role_policy_attachment" "one" {{
  role       = var.role
  policy_arn = {policy}
}}
"""
    (found,) = of("role", from_terraform(text))
    assert values(found, ["admin"]) == {"admin": admin}


HOLDERS = f"""
resource "aws_iam_role" "worker" {{
  name               = "worker"
  assume_role_policy = jsonencode({json.dumps(TRUST)})
}}
resource "aws_iam_user" "clerk" {{
  name = "clerk"
}}
resource "aws_iam_group" "crew" {{
  name = "crew"
}}
resource "aws_iam_policy" "all" {{
  name   = "all"
  policy = jsonencode({json.dumps(allow("*"))})
}}
variable "unknown" {{}}
"""


def block(type_: str, label: str, /, **attributes: str) -> str:
    inside = "".join(f"  {key} = {value}\n" for key, value in attributes.items())
    return f'resource "{type_}" "{label}" {{\n{inside}}}\n'


def given(role: str, policy: str) -> str:
    return block("aws_iam_role_policy_attachment", "a", role=role, policy_arn=policy)


ALL = "aws_iam_policy.all.arn"
OF_CREW = block("aws_iam_group_policy_attachment", "a", group='"crew"', policy_arn=ALL)
IN_CREW = block("aws_iam_group_membership", "m", name='"m"', group='"crew"', users='["clerk"]')


@pytest.mark.parametrize(
    ("declared", "holder", "expected"),
    [
        (given('"worker"', ALL), "worker", True),
        (given('"other"', ALL), "worker", False),
        (given('"worker"', "var.unknown"), "worker", UNKNOWN),
        (given("var.unknown", ALL), "worker", UNKNOWN),
        (given('"worker"', f'"{ACCOUNT}:policy/of-another-stack"'), "worker", UNKNOWN),
        (given('"worker"', '"arn:aws:iam::aws:policy/PowerUserAccess"'), "worker", False),
        (given('"worker"', '"arn:aws:iam::aws:policy/NotYetKnown"'), "worker", UNKNOWN),
        (block("aws_iam_role_policy", "a", role='"worker"', policy="var.unknown"), "worker", UNKNOWN),
        (
            block("aws_iam_user_policy", "a", user='"clerk"', policy="aws_iam_policy.all.policy"),
            "clerk",
            True,
        ),
        (IN_CREW + OF_CREW, "clerk", True),
        (OF_CREW, "clerk", False),
        (
            block("aws_iam_user_group_membership", "m", user='"clerk"', groups="[var.unknown]"),
            "clerk",
            UNKNOWN,
        ),
        (block("aws_iam_user_group_membership", "m", user='"clerk"', groups='["crew"]'), "clerk", False),
    ],
)
def test_a_holder_is_judged_with_everything_that_it_is_given(
    declared: str, holder: str, expected: object
) -> None:
    found = {
        each.name: each for each in from_terraform(HOLDERS + declared) if each.kind in ("role", "identity")
    }
    assert values(found[holder], ["admin"])["admin"] == expected


PASSING, RUNNING = allow("iam:PassRole"), allow("ec2:RunInstances")


def test_what_a_group_gives_its_users_is_the_same_on_every_plane() -> None:
    document = json.dumps(allow("*"))
    terraform = f"""
resource "aws_iam_user" "ci" {{
  name = "ci"
}}
resource "aws_iam_group" "crew" {{
  name = "crew"
}}
resource "aws_iam_group_policy" "all" {{
  group  = aws_iam_group.crew.name
  policy = jsonencode({document})
}}
resource "aws_iam_user_group_membership" "ci" {{
  user   = aws_iam_user.ci.name
  groups = [aws_iam_group.crew.name]
}}
"""
    inside = f"""
Resources:
  Ci:
    Type: AWS::IAM::User
    Properties: {{UserName: ci, Groups: [crew]}}
  Crew:
    Type: AWS::IAM::Group
    Properties: {{GroupName: crew, Policies: [{{PolicyName: all, PolicyDocument: {document}}}]}}
"""
    beside = f"""
Resources:
  Ci:
    Type: AWS::IAM::User
    Properties: {{UserName: ci}}
  Crew:
    Type: AWS::IAM::Group
    Properties: {{GroupName: crew}}
  All:
    Type: AWS::IAM::GroupPolicy
    Properties: {{PolicyName: all, GroupName: !Ref Crew, PolicyDocument: {document}}}
  In:
    Type: AWS::IAM::UserToGroupAddition
    Properties: {{GroupName: !Ref Crew, Users: [!Ref Ci]}}
"""
    group = {
        "GroupName": "crew",
        "Arn": f"{ACCOUNT}:group/crew",
        "GroupPolicyList": [{"PolicyName": "all", "PolicyDocument": json.loads(document)}],
    }
    assert_same(
        {"admin": True, "direct_policies": False},
        terraform=users(from_terraform(terraform)),
        cloudformation=users(from_cloudformation(inside)),
        beside=users(from_cloudformation(beside)),
        api=users(from_api(CALL, user(GroupList=["crew"]), group)),
    )


def users(found: list[Asset]) -> list[Asset]:
    return [each for each in found if each.key == "aws:iam:user/ci"]


def test_a_permissions_boundary_is_the_same_on_every_plane() -> None:
    trust, both = json.dumps(TRUST), json.dumps(allow(["iam:PassRole", "ec2:RunInstances"]))
    terraform = f"""
resource "aws_iam_role" "worker" {{
  name                 = "worker"
  assume_role_policy   = jsonencode({trust})
  permissions_boundary = "{ADMIN}"
  inline_policy {{
    name   = "both"
    policy = jsonencode({both})
  }}
}}
"""
    template = f"""
Resources:
  Worker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument: {trust}
      PermissionsBoundary: "{ADMIN}"
      Policies: [{{PolicyName: both, PolicyDocument: {both}}}]
"""
    live = role(
        RolePolicyList=[{"PolicyName": "both", "PolicyDocument": json.loads(both)}],
        PermissionsBoundary={"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": ADMIN},
        Tags=[{"Key": "team", "Value": "web"}],
    )
    assert_same(
        {"escalation_paths": UNKNOWN, "admin": False},
        terraform=of("role", from_terraform(terraform)),
        cloudformation=of("role", from_cloudformation(template)),
        api=of("role", from_api(CALL, live)),
    )


def test_an_attached_policy_of_awss_is_the_same_on_every_plane() -> None:
    beside = f"""
resource "aws_iam_group_policy_attachment" "a" {{
  group      = "of-another-stack"
  policy_arn = "{ADMIN}"
}}
"""
    several = f"""
resource "aws_iam_user_policy_attachments_exclusive" "a" {{
  user_name   = "of-another-stack"
  policy_arns = ["{ADMIN}"]
}}
"""
    permission_set = f"""
resource "aws_ssoadmin_managed_policy_attachment" "a" {{
  instance_arn       = "i"
  permission_set_arn = "p"
  managed_policy_arn = "{ADMIN}"
}}
"""
    template = f"""
Resources:
  Set:
    Type: AWS::SSO::PermissionSet
    Properties: {{Name: s, InstanceArn: i, ManagedPolicies: ["{ADMIN}"]}}
"""
    expected = {"admin": True, "wildcard_actions": True, "tags": NOT_APPLICABLE}
    assert_same(
        expected,
        beside=from_terraform(beside),
        several=of("access_policy", from_terraform(several)),
        permission_set=from_terraform(permission_set),
        cloudformation=from_cloudformation(template),
    )
    partition = beside.replace("arn:aws:", "arn:${data.aws_partition.current.partition}:")
    (found,) = from_terraform(partition + 'data "aws_partition" "current" {}\n')
    assert values(found, expected) == expected


def test_a_partition_that_is_not_known_hides_no_policy_of_awss() -> None:
    (found,) = of(
        "access_policy",
        from_terraform("""
data "aws_partition" "current" {}
locals {
  partition = data.aws_partition.current.partition
  prefix    = "arn:${local.partition}:iam::aws:policy"
  policies  = { admin = "${local.prefix}/AdministratorAccess" }
}
resource "aws_iam_user_policy_attachment" "each" {
  for_each   = { for name, arn in local.policies : name => arn }
  user       = "somebody"
  policy_arn = each.value
}
"""),
    )
    assert (found.name, values(found, ["admin"])) == ("AdministratorAccess", {"admin": True})


def test_why_an_attached_policy_is_not_known_is_said() -> None:
    text = 'variable "p" {}\n' + block("aws_iam_user_policy_attachment", "a", user='"x"', policy_arn="var.p")
    (found,) = of("access_policy", from_terraform(text))
    assert "var.p" in getattr(found.settings["admin"], "because", "")


def test_an_argument_of_a_statement_that_is_null_is_not_set() -> None:
    text = """
data "aws_iam_policy_document" "some" {
  dynamic "statement" {
    for_each = [{ actions = ["sqs:SendMessage"], resources = ["arn:aws:sqs:eu-west-1:111122223333:orders"] }]
    content {
      sid           = try(statement.value.sid, null)
      effect        = try(statement.value.effect, null)
      actions       = statement.value.actions
      not_actions   = try(statement.value.not_actions, null)
      resources     = statement.value.resources
      not_resources = try(statement.value.not_resources, null)
    }
  }
}
resource "aws_iam_policy" "some" {
  name   = "some"
  policy = data.aws_iam_policy_document.some.json
}
"""
    (found,) = of("access_policy", from_terraform(text))
    asked = ["wildcard_actions", "sensitive_actions", "escalation_paths"]
    assert values(found, asked) == {
        "wildcard_actions": False,
        "sensitive_actions": [],
        "escalation_paths": [],
    }


def test_a_permission_sets_own_policy_is_the_same_on_every_plane() -> None:
    document = json.dumps(allow("*"))
    terraform = f"""
resource "aws_ssoadmin_permission_set_inline_policy" "a" {{
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({document})
}}
"""
    template = f"""
Resources:
  Set:
    Type: AWS::SSO::PermissionSet
    Properties: {{Name: s, InstanceArn: i, InlinePolicy: {document}}}
"""
    assert_same(
        {"admin": True},
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(template),
    )


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ({"RequireSymbols": False, "RequireNumbers": False}, ["numbers", "symbols"]),
        (
            {"RequireUppercaseCharacters": False, "RequireLowercaseCharacters": False},
            ["lowercase", "uppercase"],
        ),
    ],
)
def test_which_characters_are_not_asked_for_is_the_same_in_code_and_live(
    left_out: dict[str, bool], missing: list[str]
) -> None:
    asked = {**POLICY, "PasswordReusePrevention": 24, **left_out}
    terraform = f"""
resource "aws_iam_account_password_policy" "all" {{
  minimum_password_length      = 14
  max_password_age             = 90
  password_reuse_prevention    = 24
  require_symbols              = {str(asked["RequireSymbols"]).lower()}
  require_numbers              = {str(asked["RequireNumbers"]).lower()}
  require_uppercase_characters = {str(asked["RequireUppercaseCharacters"]).lower()}
  require_lowercase_characters = {str(asked["RequireLowercaseCharacters"]).lower()}
}}
"""
    assert_same(
        {"complexity": False, "complexity.missing": missing, "reuse_prevention": 24},
        terraform=from_terraform(terraform),
        api=of("password_policy", from_api("iam.get_account_summary", summary({"PasswordPolicy": asked}))),
    )


def test_a_password_policy_that_may_not_be_read_is_unknown() -> None:
    body = summary(denied("iam:GetAccountPasswordPolicy"))
    (found,) = of("password_policy", from_api("iam.get_account_summary", body))
    names = ("min_length", "complexity", "reuse_prevention", "max_age_days")
    assert values(found, names) == dict.fromkeys(names, UNKNOWN)


def test_keys_that_no_answer_states_are_unknown() -> None:
    body = user()
    del body["list_access_keys"]
    (found,) = from_api(CALL, body)
    names = ("access_keys", "access_key_age_days")
    assert values(found, names) == dict.fromkeys(names, UNKNOWN)


def test_a_key_without_the_time_when_it_was_made_has_no_known_age() -> None:
    keys = [{"Status": "Active", "CreateDate": "2020-01-01T00:00:00Z"}, {"Status": "Active"}]
    (found,) = from_api(CALL, user(list_access_keys=keys))
    expected = {"access_keys": 2, "access_key_age_days": UNKNOWN}
    assert values(found, expected) == expected


def test_a_policy_that_is_there_for_certain_goes_before_one_that_is_not_known() -> None:
    body = user(UserPolicyList=denied("iam:GetAccountAuthorizationDetails"), **attached(ADMIN))
    (found,) = of("identity", from_api(CALL, body))
    assert values(found, ["direct_policies"]) == {"direct_policies": True}


def test_an_attached_policy_whose_document_is_not_here_is_not_harmless() -> None:
    text = (
        HOLDERS
        + given('"worker"', "aws_iam_policy.none.arn")
        + block("aws_iam_policy", "none", name='"none"')
    )
    found = {each.name: each for each in from_terraform(text) if each.kind == "role"}
    names = ("admin", "escalation_paths")
    assert values(found["worker"], names) == dict.fromkeys(names, UNKNOWN)


def trusting(provider: str) -> str:
    return f"""
variable "which" {{}}
resource "aws_iam_role" "worker" {{
  name               = "worker"
  assume_role_policy = jsonencode({{ Statement = [{{
    Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = {{ Federated = {provider} }}
  }}] }})
}}
data "aws_iam_openid_connect_provider" "read" {{
  arn = var.which
}}
data "aws_iam_openid_connect_provider" "github" {{
  arn = "{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
}}
data "tls_certificate" "other" {{
  url = var.which
}}
resource "aws_iam_openid_connect_provider" "other" {{
  url = data.tls_certificate.other.url
}}
resource "aws_eks_cluster" "cluster" {{
  name = "cluster"
}}
resource "aws_iam_openid_connect_provider" "cluster" {{
  url = aws_eks_cluster.cluster.identity[0].oidc[0].issuer
}}
"""


@pytest.mark.parametrize(
    ("provider", "public"),
    [
        ("data.aws_iam_openid_connect_provider.github.arn", True),
        ("data.aws_iam_openid_connect_provider.read.arn", UNKNOWN),
        ("aws_iam_openid_connect_provider.other.arn", UNKNOWN),
        ("aws_iam_openid_connect_provider.cluster.arn", False),
    ],
)
def test_whose_tokens_a_provider_takes_is_known_or_not(provider: str, public: object) -> None:
    (found,) = of("role", from_terraform(trusting(provider)))
    assert values(found, ["public_principal"]) == {"public_principal": public}
