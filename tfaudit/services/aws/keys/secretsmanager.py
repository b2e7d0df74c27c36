"""AWS Secrets Manager secrets with their rotation, policy and values, as `secret` assets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.settings import Known
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import ByPlane, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading, Unknown, Unstated
from tfaudit.reading.view import All, Some
from tfaudit.services.aws.identity.attached_policies import policies_of
from tfaudit.services.aws.identity.policy_questions import open_to_everyone
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.credentials import literal_among

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
_INTRO = "docs.aws.amazon.com/secretsmanager/latest/userguide/intro.html"

_VERSION = "aws_secretsmanager_secret_version"
_SCHEDULES = ("aws_secretsmanager_secret_rotation", "AWS::SecretsManager::RotationSchedule")
_RULES = "aws_secretsmanager_secret_rotation/rotation_rules"
_CFN_RULES = "AWS::SecretsManager::RotationSchedule/RotationRules"
TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "Name"),
    "key": aws("kms_key_id", "KmsKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "rotated": aws(NOTHING, NOTHING, "RotationEnabled"),
    "function": aws("rotation_lambda_arn", NOTHING, NOTHING),  # until version 4 of the provider
    "days": aws(
        (f"{_RULES}.automatically_after_days", "rotation_rules.automatically_after_days"),
        f"{_CFN_RULES}.AutomaticallyAfterDays",
        "RotationRules.AutomaticallyAfterDays",
    ),
    "schedule": aws(
        f"{_RULES}.schedule_expression",
        f"{_CFN_RULES}.ScheduleExpression",
        "RotationRules.ScheduleExpression",
    ),
    "policy": aws(
        ("aws_secretsmanager_secret_policy/policy", "policy"),
        "AWS::SecretsManager::ResourcePolicy/ResourcePolicy",
        "get_resource_policy/ResourcePolicy",
    ),
    "text": aws(NOTHING, "SecretString", None),
    "window": aws("recovery_window_in_days", NOTHING, NOTHING),
    "tags": aws("tags", "Tags"),
}
VERSION: Spelling = {
    "text": aws("secret_string", NOTHING, NOTHING),
    "unkept_text": aws("secret_string_wo", NOTHING, NOTHING),
    "binary": aws("secret_binary", NOTHING, NOTHING),
}
IDENTITY = ("name",)


def _belonging(view: View, *types: str) -> tuple[list[View], Unknown | None]:
    """Return the resources of `types` that surely belong to the secret, and why there may be more."""
    found: list[View] = []
    perhaps: Unknown | None = None
    for type_ in types:
        match view.companions(type_):
            case All(views=views):
                found += views
            case Some(views=views, more=more):
                found += views
                perhaps = perhaps or more
    return found, perhaps


def _rotated(view: View) -> Reading:
    """Return whether the secret is rotated: as the account reports, or by a schedule that names it."""
    reported = view.word("rotated")
    if not isinstance(reported, Absent):
        return reported
    schedules, perhaps = _belonging(view, *_SCHEDULES)
    if schedules:
        return Known(True, schedules[0].resource)
    function = view.word("function")
    if isinstance(function, (Known, Pointer)):
        return Known(True, function.resource, function.path)
    return function if isinstance(function, Unknown) else perhaps or function


_RATE = re.compile(r"rate\((\d{1,6}) (day|hour)s?\)")


def _days_between(days: Any, schedule: Any) -> Any:
    """Return how many days lie between two rotations."""
    if days is not None or schedule is None:
        return days
    if found := _RATE.fullmatch(str(schedule).strip()):
        number = int(found[1])
        return number if found[2] == "day" else -(-number // 24)
    because = "a cron schedule does not say how many days lie between two rotations"
    return CannotTell(because, "check the schedule by hand")


def _inline(view: View) -> Reading | Inapplicable:
    """Return whether the secret's value is written down: in itself, or in a version of it.

    What comes from a variable, a generated secret or a lookup is not.
    """
    readings = [view.word("text")]
    if isinstance(readings[0], Unstated):
        return Inapplicable("no answer holds it: the code is judged")
    versions, perhaps = _belonging(view, _VERSION)
    readings += [each.spelled(VERSION).word(name) for each in versions for name in VERSION]
    if (literal := literal_among(readings)) is not None:
        return literal
    if perhaps is not None:
        return perhaps
    given = next((each for each in readings if not isinstance(each, Absent)), readings[0])
    return Known(False, given.resource, given.path)


_LATER = Inapplicable("the window is chosen when the secret's deletion is asked for")
FACTS: Facts = {
    "encryption.customer_managed_key": Fact(
        joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _ENCRYPTION)
    ),
    "rotation": Fact(
        joins=_rotated,
        of=("rotated", "function"),
        default=Documented(False, _ROTATION),
        beside=_SCHEDULES,
    ),
    "rotation_days": Fact(_days_between, of=("days", "schedule")),
    "policy.public": Fact(
        joins=lambda view: open_to_everyone(policies_of(view, "policy")),
        of=("policy",),
        default=Documented(False, _POLICY),
    ),
    "inline": Fact(joins=_inline, of=("text",)),
    "recovery_window_days": Fact(
        "window",
        default=ByPlane(terraform=Documented(30, _RECOVERY), cloudformation=_LATER, api=_LATER),
    ),
    "external": always(True, _INTRO),
    "expires": inapplicable("a secret has no date of expiry; it is rotated"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `secret` that the resource declares or reports."""
    named = view.word("name")
    name = str(named.value) if isinstance(named, Known) else ""  # whole: its slashes are part of it
    yield asset("secret", view, FACTS, key(view, "aws:secretsmanager:secret/{}", "name"), name)
