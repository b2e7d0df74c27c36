"""AWS Secrets Manager secrets with their rotation, policy and values, as `secret` assets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, spelled
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_int
from tfaudit.reading.view import Reading
from tfaudit.services.aws.identity.attached_policies import attached
from tfaudit.services.aws.identity.policy_documents import read_document
from tfaudit.services.aws.identity.policy_questions import public_principal
from tfaudit.services.aws.keys.credentials import not_shown, written_down
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_secretsmanager_secret", "AWS::SecretsManager::Secret", "secretsmanager.list_secrets")
KINDS = ("secret",)
COMPANIONS = {
    "aws_secretsmanager_secret_rotation": "secret_id",
    "aws_secretsmanager_secret_policy": "secret_arn",
    "aws_secretsmanager_secret_version": "secret_id",
    "AWS::SecretsManager::RotationSchedule": "SecretId",
    "AWS::SecretsManager::ResourcePolicy": "SecretId",
}
NAMES = ("name", "Name")
CALLS = (
    Listing(
        "secretsmanager",
        "list_secrets",
        "SecretList",
        "ARN",
        name="Name",
        details=(Detail("get_resource_policy", {"SecretId": "ARN"}), describe_key("KmsKeyId")),
    ),
)

_ENCRYPTION = "docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html"
_ROTATION = "docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html"
_RECOVERY = "docs.aws.amazon.com/secretsmanager/latest/APIReference/API_DeleteSecret.html"
_POLICY = "docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html"
_VERSION = "aws_secretsmanager_secret_version"
_ROTATIONS = {
    "terraform": "aws_secretsmanager_secret_rotation",
    "cloudformation": "AWS::SecretsManager::RotationSchedule",
}


def _rotation(view: View) -> Any:
    """Return whether the secret is rotated: by a schedule that names it, or as its service does."""
    if view.dialect == "api":
        return view.read("RotationEnabled")
    found, unsure = view.companions(_ROTATIONS[view.dialect])
    if found:
        return Reading(True, found[0].resource)
    legacy = view.read("rotation_lambda_arn")
    if not legacy.absent:
        return Reading(True, legacy.resource, legacy.path)
    return Reading(unsure or ABSENT, view.resource)


def _rotation_days(view: View) -> Any:
    if view.dialect == "api":
        days, schedule = (
            view.read("RotationRules.AutomaticallyAfterDays"),
            view.read("RotationRules.ScheduleExpression"),
        )
    elif view.dialect == "cloudformation":
        rules = f"{_ROTATIONS['cloudformation']}/RotationRules"
        days = view.read(f"{rules}.AutomaticallyAfterDays")
        schedule = view.read(f"{rules}.ScheduleExpression")
    else:
        rules = f"{_ROTATIONS['terraform']}/rotation_rules"
        days = view.first(f"{rules}.automatically_after_days", "rotation_rules.automatically_after_days")
        schedule = view.read(f"{rules}.schedule_expression")
    if not days.absent or schedule.absent:
        return days
    if isinstance(schedule.value, str) and (found := _RATE.fullmatch(schedule.value.strip())):
        number = int(found[1])
        return Reading(number if found[2] == "day" else -(-number // 24), schedule.resource, schedule.path)
    because = "a cron schedule does not say how many days lie between two rotations"
    return Reading(Unresolved(because, "check the schedule by hand"), schedule.resource, schedule.path)


_RATE = re.compile(r"rate\((\d{1,6}) (day|hour)s?\)")


def _public(view: View) -> Reading:
    if view.dialect == "terraform":
        return public_principal(attached(view, "aws_secretsmanager_secret_policy", "policy", "policy"))
    if view.dialect == "cloudformation":
        return public_principal(attached(view, "AWS::SecretsManager::ResourcePolicy", "ResourcePolicy"))
    return public_principal(read_document(view, "get_resource_policy/ResourcePolicy"))


def _recovery(view: View) -> Any:
    if view.dialect == "terraform":
        return view.read("recovery_window_in_days")
    because = "the window is chosen when the secret's deletion is asked for"
    return NotApplicable(because, view.resource, view.base)


FACTS = {
    "encryption.at_rest": Fact(always=Documented(True, _ENCRYPTION)),
    "encryption.customer_managed_key": Fact(
        **customer_key("kms_key_id", "KmsKeyId"), default=Documented(False, _ENCRYPTION)
    ),
    "rotation": Fact(**spelled(_rotation, _rotation), default=Documented(False, _ROTATION)),
    "rotation_days": Fact(**spelled(_rotation_days, _rotation_days), using=as_int),
    "policy.public": Fact(**spelled(_public, _public), default=Documented(False, _POLICY)),
    "inline": Fact(
        terraform=written_down(
            f"{_VERSION}/secret_string", f"{_VERSION}/secret_string_wo", f"{_VERSION}/secret_binary"
        ),
        cloudformation=written_down("SecretString"),
        api=not_shown,
    ),
    "recovery_window_days": Fact(**spelled(_recovery, _recovery), default=Documented(30, _RECOVERY)),
    "external": Fact(
        always=Documented(True, "docs.aws.amazon.com/secretsmanager/latest/userguide/intro.html")
    ),
    "expires": Fact(not_applicable="a secret has no date of expiry; it is rotated"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `secret` that the resource declares or reports."""
    path = "name" if view.dialect == "terraform" else "Name"
    name = str(view.get(path) or "")  # whole: its slashes are part of it
    yield asset("secret", view, FACTS, key(view, "aws:secretsmanager:secret/{}", path), name)
