"""Identities with their policies, and logs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.terraform_in_moto.account import ACCOUNT, Account, Attributes, Body, Maker, document, stated

# Policy documents, as docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html has them.


def _policy_document(account: Account, body: Body) -> Attributes:
    statements: list[Any] = []
    for source in body.get("source_policy_documents") or ():
        statements += json.loads(source)["Statement"]
    statements += [_statement(each) for each in body.get("statement") or ()]
    return {"json": json.dumps({"Version": "2012-10-17", "Statement": statements})}


def _statement(block: Body) -> dict[str, Any]:
    """Return a statement as the provider writes it: a list of one as the one."""
    parts = stated(block, Sid="sid", Action="actions", NotAction="not_actions", Resource="resources")
    statement: dict[str, Any] = {"Effect": "Allow", **stated(block, Effect="effect")}
    statement |= {name: _alone(value) for name, value in parts.items()}
    for principal in block.get("principals") or ():
        named = _alone(principal["identifiers"])
        if principal["type"] == "*":
            statement["Principal"] = "*"
        else:
            statement.setdefault("Principal", {})[principal["type"]] = named
    for condition in block.get("condition") or ():
        test = statement.setdefault("Condition", {}).setdefault(condition["test"], {})
        test[condition["variable"]] = _alone(condition["values"])
    return statement


def _alone(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


# IAM


def _role(account: Account, body: Body) -> Attributes:
    made = account.client("iam").create_role(
        RoleName=body["name"],
        AssumeRolePolicyDocument=document(body["assume_role_policy"]),
        **stated(body, MaxSessionDuration="max_session_duration"),
    )["Role"]
    return {"id": body["name"], "name": body["name"], "arn": made["Arn"]}


def _policy(account: Account, body: Body) -> Attributes:
    made = account.client("iam").create_policy(
        PolicyName=body["name"], PolicyDocument=document(body["policy"])
    )
    return {"id": made["Policy"]["Arn"], "arn": made["Policy"]["Arn"]}


def _inline(kind: str) -> Callable[[Account, Body], Attributes]:
    def make(account: Account, body: Body) -> Attributes:
        getattr(account.client("iam"), f"put_{kind}_policy")(
            **{f"{kind.capitalize()}Name": body[kind]},
            PolicyName=body["name"],
            PolicyDocument=document(body["policy"]),
        )
        return {"id": f"{body[kind]}:{body['name']}"}

    return make


def _attachment(kind: str) -> Callable[[Account, Body], Attributes]:
    def make(account: Account, body: Body) -> Attributes:
        arn = body["policy_arn"]
        attach = getattr(account.client("iam"), f"attach_{kind}_policy")
        attach(**{f"{kind.capitalize()}Name": body[kind]}, PolicyArn=arn)
        return {"id": f"{body[kind]}:{arn}"}

    return make


def _identity_provider(account: Account, body: Body) -> Attributes:
    made = account.client("iam").create_open_id_connect_provider(
        Url=body["url"], ClientIDList=body["client_id_list"], ThumbprintList=["0" * 40]
    )
    return {"arn": made["OpenIDConnectProviderArn"]}


def _iam_group(account: Account, body: Body) -> Attributes:
    account.client("iam").create_group(GroupName=body["name"])
    return {"id": body["name"], "name": body["name"]}


def _membership(account: Account, body: Body) -> Attributes:
    for group in body["groups"]:
        account.client("iam").add_user_to_group(GroupName=group, UserName=body["user"])
    return {"id": body["user"]}


def _user(account: Account, body: Body) -> Attributes:
    made = account.client("iam").create_user(UserName=body["name"])["User"]
    return {"id": body["name"], "name": body["name"], "arn": made["Arn"]}


def _access_key(account: Account, body: Body) -> Attributes:
    made = account.client("iam").create_access_key(UserName=body["user"])["AccessKey"]
    return {"id": made["AccessKeyId"]}


def _password_policy(account: Account, body: Body) -> Attributes:
    account.client("iam").update_account_password_policy(
        **stated(
            body,
            MinimumPasswordLength="minimum_password_length",
            RequireLowercaseCharacters="require_lowercase_characters",
            RequireUppercaseCharacters="require_uppercase_characters",
            RequireNumbers="require_numbers",
            RequireSymbols="require_symbols",
            PasswordReusePrevention="password_reuse_prevention",
            MaxPasswordAge="max_password_age",
            AllowUsersToChangePassword="allow_users_to_change_password",
        )
    )
    return {}


# Logs


def _log_group(account: Account, body: Body) -> Attributes:
    logs, name = account.client("logs"), body["name"]
    logs.create_log_group(logGroupName=name, **stated(body, kmsKeyId="kms_key_id"))
    if body.get("retention_in_days"):
        logs.put_retention_policy(logGroupName=name, retentionInDays=body["retention_in_days"])
    return {"id": name, "name": name, "arn": f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:{name}"}


def _trail(account: Account, body: Body) -> Attributes:
    cloudtrail = account.client("cloudtrail")
    made = cloudtrail.create_trail(
        **stated(
            body,
            Name="name",
            S3BucketName="s3_bucket_name",
            IsMultiRegionTrail="is_multi_region_trail",
            IncludeGlobalServiceEvents="include_global_service_events",
            EnableLogFileValidation="enable_log_file_validation",
            KmsKeyId="kms_key_id",
            CloudWatchLogsLogGroupArn="cloud_watch_logs_group_arn",
            CloudWatchLogsRoleArn="cloud_watch_logs_role_arn",
        )
    )
    if body.get("enable_logging", True):
        cloudtrail.start_logging(Name=body["name"])
    selectors = [
        {
            **stated(
                each, ReadWriteType="read_write_type", IncludeManagementEvents="include_management_events"
            ),
            "DataResources": [
                stated(part, Type="type", Values="values") for part in each.get("data_resource") or ()
            ],
        }
        for each in body.get("event_selector") or ()
    ]
    if selectors:
        cloudtrail.put_event_selectors(TrailName=body["name"], EventSelectors=selectors)
    return {"id": made["TrailARN"], "arn": made["TrailARN"]}


MAKERS: Mapping[str, Maker] = {
    "data.aws_iam_policy_document": _policy_document,
    "aws_cloudwatch_log_group": _log_group,
    "aws_cloudtrail": _trail,
    "aws_iam_role": _role,
    "aws_iam_policy": _policy,
    "aws_iam_role_policy": _inline("role"),
    "aws_iam_group_policy": _inline("group"),
    "aws_iam_user_policy": _inline("user"),
    "aws_iam_role_policy_attachment": _attachment("role"),
    "aws_iam_group_policy_attachment": _attachment("group"),
    "aws_iam_user_policy_attachment": _attachment("user"),
    "aws_iam_openid_connect_provider": _identity_provider,
    "aws_iam_group": _iam_group,
    "aws_iam_user": _user,
    "aws_iam_user_group_membership": _membership,
    "aws_iam_access_key": _access_key,
    "aws_iam_account_password_policy": _password_policy,
}
