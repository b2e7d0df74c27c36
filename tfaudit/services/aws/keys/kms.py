"""AWS KMS keys of the customer, as `encryption_key` assets.

A key that AWS manages is no asset: nobody else can set anything of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.settings import Known
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset, key, perhaps
from tfaudit.reading.documented import ByPlane, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.values import as_bool
from tfaudit.services.aws.identity.attached_policies import policies_of
from tfaudit.services.aws.identity.policy_questions import open_to_everyone
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tfaudit.reading.view import View

READS = (
    "aws_kms_key",
    "aws_kms_external_key",
    "aws_kms_replica_key",
    "AWS::KMS::Key",
    "AWS::KMS::ReplicaKey",
    "kms.list_keys",
)
KINDS = ("encryption_key",)
COMPANIONS = {"aws_kms_key_policy": "key_id"}
CALLS = (
    Listing(
        "kms",
        "list_keys",
        "Keys",
        "KeyArn",
        details=(
            Detail(
                "describe_key", {"KeyId": "KeyId"}, sent=("KeyMetadata.KeyManager", "KeyMetadata.KeySpec")
            ),
            # Asymmetric, HMAC and pending keys have no rotation to tell of.
            Detail(
                "get_key_rotation_status",
                {"KeyId": "KeyId"},
                absent=("UnsupportedOperationException", "KMSInvalidStateException"),
                sent=("KeyRotationEnabled",),
            ),
            Detail("get_key_policy", {"KeyId": "KeyId", "PolicyName": "=default"}, sent=("Policy",)),
            Detail("list_resource_tags", {"KeyId": "KeyId"}),
        ),
    ),
)

_ROTATION = "docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"
_DELETION = "docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html"
_POLICY = "docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"
_HSM = "docs.aws.amazon.com/kms/latest/developerguide/overview.html"

_METADATA = "describe_key/KeyMetadata"
_STATUS = "get_key_rotation_status"
TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "key_id": aws("id", NOTHING, "KeyId"),
    "manager": aws(NOTHING, NOTHING, f"{_METADATA}.KeyManager"),
    "rotation": aws("enable_key_rotation", "EnableKeyRotation", f"{_STATUS}/KeyRotationEnabled"),
    "rotation_days": aws(
        "rotation_period_in_days", "RotationPeriodInDays", f"{_STATUS}/RotationPeriodInDays"
    ),
    "spec": aws("customer_master_key_spec", "KeySpec", f"{_METADATA}.KeySpec"),
    "origin": aws(NOTHING, "Origin", f"{_METADATA}.Origin"),
    "store": aws("custom_key_store_id", NOTHING, NOTHING),  # where there is an origin, that says it
    "outside": aws("xks_key_id", NOTHING, f"{_METADATA}.XksKeyConfiguration.Id"),
    "replica": aws(NOTHING, NOTHING, f"{_METADATA}.MultiRegionConfiguration.MultiRegionKeyType"),
    "state": aws(NOTHING, NOTHING, f"{_METADATA}.KeyState"),
    "window": aws("deletion_window_in_days", "PendingWindowInDays", NOTHING),
    "policy": aws(("aws_kms_key_policy/policy", "policy"), "KeyPolicy", "get_key_policy/Policy"),
    "tags": aws("tags", "Tags", "list_resource_tags/Tags"),
}
IDENTITY = ("key_id", "manager")

_IMPORTED = "KMS does not rotate imported key material by itself"
_REPLICA = "a replica rotates with its primary key, which is judged"
_NOT_MADE = "KMS does not rotate keys whose material it did not make"
# Which values make a key one that KMS cannot rotate by itself, and why (_ROTATION names the kinds).
_FIXED: dict[str, Callable[[Any], str]] = {
    "replica": lambda value: _REPLICA if value == "REPLICA" else "",
    "spec": lambda value: (
        "" if value == "SYMMETRIC_DEFAULT" else f"KMS does not rotate {value} keys by itself"
    ),
    "store": lambda value: _NOT_MADE if value else "",
    "origin": lambda value: "" if value == "AWS_KMS" else _NOT_MADE,
    "state": lambda value: "it is about to be deleted" if value == "PendingDeletion" else "",
}


def _of_rotating(word: str, default: Documented) -> Fact:
    """Return the fact that `word` states of a key that KMS can rotate by itself.

    One that is on, or has its days, is such a key, also where the rest of it is not known.
    """

    def joins(view: View) -> Any:
        perhaps: Unknown | None = None
        for name, why in _FIXED.items():
            match view.word(name):
                case Known(value=value):
                    if because := why(value):
                        return Inapplicable(because)
                case Pointer() as pointer:
                    if name == "store":
                        return Inapplicable(_NOT_MADE)
                    perhaps = perhaps or pointer.unknown
                case Unknown() as unknown:
                    perhaps = perhaps or unknown
                case Absent():
                    pass
        reading = view.word(word)
        if isinstance(reading, Known) and as_bool(reading.value) is not False:
            return reading
        return perhaps or reading

    return Fact(joins=joins, of=(word, *_FIXED), default=default)


def _in_module(outside: Any, origin: Any) -> Any:
    """Return why it is not known where the key is held: in a key manager outside of AWS."""
    if outside is not None or origin == "EXTERNAL_KEY_STORE":
        return CannotTell("it is held by a key manager outside of AWS", "check that key manager by hand")
    return None


_WINDOW = Documented(30, _DELETION)
FACTS: Facts = {
    "rotation": _of_rotating("rotation", Documented(False, _ROTATION)),
    "rotation_days": _of_rotating("rotation_days", Documented(365, _ROTATION)),
    "deletion_window_days": Fact(
        "window",
        default=ByPlane(
            terraform=_WINDOW,
            cloudformation=_WINDOW,
            api=Inapplicable("the window is chosen when a key's deletion is asked for"),
        ),
    ),
    "policy.public": Fact(
        joins=lambda view: open_to_everyone(policies_of(view, "policy")),
        of=("policy",),
        default=Documented(False, _POLICY),
    ),
    "hsm": Fact(_in_module, of=("outside", "origin"), default=Documented(True, _HSM)),
    "expires": inapplicable("a KMS key has no date of expiry; it is rotated or deleted"),
    "tags": TAGS,
}
_BY_TYPE: dict[str, Facts] = {
    type_: {**FACTS, "rotation": inapplicable(because), "rotation_days": inapplicable(because)}
    for type_, because in {
        "aws_kms_external_key": _IMPORTED,
        "aws_kms_replica_key": _REPLICA,
        "AWS::KMS::ReplicaKey": _REPLICA,
    }.items()
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the key that the resource declares or reports; none for a key that AWS manages."""
    manager = view.word("manager")
    if isinstance(manager, Known) and manager.value == "AWS":
        return
    facts = _BY_TYPE.get(view.resource.type, FACTS)
    named = key(view, "aws:kms:key/{}", "key_id")
    if isinstance(manager, Unknown):  # perhaps one that AWS manages
        yield perhaps("encryption_key", view, facts, named, manager)
    else:
        yield asset("encryption_key", view, facts, named)
