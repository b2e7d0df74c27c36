"""AWS KMS keys of the customer, as `encryption_key` assets.

A key that AWS manages is no asset: nobody else can set anything of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, Facts, spelled
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity.attached_policies import attached
from tfaudit.services.aws.identity.policy_documents import read_document
from tfaudit.services.aws.identity.policy_questions import public_principal
from tfaudit.services.aws.tags import tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            Detail("describe_key", {"KeyId": "KeyId"}),
            # Asymmetric, HMAC and pending keys have no rotation to tell of.
            Detail(
                "get_key_rotation_status",
                {"KeyId": "KeyId"},
                absent=("UnsupportedOperationException", "KMSInvalidStateException"),
            ),
            Detail("get_key_policy", {"KeyId": "KeyId", "PolicyName": "=default"}),
            Detail("list_resource_tags", {"KeyId": "KeyId"}),
        ),
    ),
)

_ROTATION = "docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"
_DELETION = "docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html"
_POLICY = "docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"
_HSM = "docs.aws.amazon.com/kms/latest/developerguide/overview.html"
_SPECS = "docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html"


def _perhaps_not_rotating(view: View) -> Reading | None:
    """Return a part of the key that is not known and may make it one that KMS cannot rotate; None for none."""
    names = ("KeySpec", "Origin", _REPLICA)
    paths = [f"describe_key/KeyMetadata.{each}" if view.dialect == "api" else each for each in names]
    for path in (*paths, "customer_master_key_spec", "custom_key_store_id"):
        reading = view.read(path)
        if isinstance(reading.value, Unresolved):
            return reading
    return None


def _not_rotating(view: View) -> str:
    """Return why KMS cannot rotate this key by itself, or "" where it can (_ROTATION names the kinds)."""
    type_ = view.resource.type
    if type_ == "aws_kms_external_key":
        return "KMS does not rotate imported key material by itself"
    if type_ in ("aws_kms_replica_key", "AWS::KMS::ReplicaKey") or _metadata(view, _REPLICA) == "REPLICA":
        return "a replica rotates with its primary key, which is judged"
    spec = _metadata(view, "KeySpec") or view.get("customer_master_key_spec")
    if isinstance(spec, str) and spec != "SYMMETRIC_DEFAULT":
        return f"KMS does not rotate {spec} keys by itself"
    origin = _metadata(view, "Origin")
    store = view.read("custom_key_store_id")
    if store.known or isinstance(store.value, Reference) or (isinstance(origin, str) and origin != "AWS_KMS"):
        return "KMS does not rotate keys whose material it did not make"
    if _metadata(view, "KeyState") == "PendingDeletion":
        return "it is about to be deleted"
    return ""


_REPLICA = "MultiRegionConfiguration.MultiRegionKeyType"


def _metadata(view: View, name: str) -> Any:
    return view.get(f"describe_key/KeyMetadata.{name}" if view.dialect == "api" else name)


def _rotation(view: View) -> Any:
    if because := _not_rotating(view):
        return NotApplicable(because, view.resource, view.base)
    if view.dialect == "api":
        rotated = view.read("get_key_rotation_status/KeyRotationEnabled")
    else:
        rotated = view.first("enable_key_rotation", "EnableKeyRotation")
    return rotated if as_bool(rotated.value) else _perhaps_not_rotating(view) or rotated


def _rotation_days(view: View) -> Any:
    if because := _not_rotating(view):
        return NotApplicable(because, view.resource, view.base)
    if view.dialect == "api":
        return view.read("get_key_rotation_status/RotationPeriodInDays")
    return view.first("rotation_period_in_days", "RotationPeriodInDays")


def _deletion_window(view: View) -> Any:
    if view.dialect == "api":
        because = "the window is chosen when a key's deletion is asked for"
        return NotApplicable(because, view.resource, view.base)
    return view.first("deletion_window_in_days", "PendingWindowInDays")


def _public(view: View) -> Reading:
    if view.dialect == "terraform":
        return public_principal(attached(view, "aws_kms_key_policy", "policy", "policy"))
    if view.dialect == "cloudformation":
        return public_principal(read_document(view, "KeyPolicy"))
    return public_principal(read_document(view, "get_key_policy/Policy"))


def _outside(view: View) -> Any:
    """Return why it cannot be told where the key is held: in a key manager outside of AWS."""
    origin = view.read("describe_key/KeyMetadata.Origin" if view.dialect == "api" else "Origin")
    named = view.first("xks_key_id")
    if named.absent and origin.value != "EXTERNAL_KEY_STORE":
        return Reading(ABSENT, view.resource)
    told = origin if named.absent else named
    because = "it is held by a key manager outside of AWS"
    return Reading(Unresolved(because, "check that key manager by hand"), told.resource, told.path)


FACTS: Facts = {
    "rotation": Fact(**spelled(_rotation, _rotation), default=Documented(False, _ROTATION)),
    "rotation_days": Fact(**spelled(_rotation_days, _rotation_days), default=Documented(365, _ROTATION)),
    "deletion_window_days": Fact(
        **spelled(_deletion_window, _deletion_window), default=Documented(30, _DELETION)
    ),
    "policy.public": Fact(**spelled(_public, _public), default=Documented(False, _POLICY)),
    "customer_managed": Fact(always=Documented(True, _SPECS)),
    "hsm": Fact(**spelled(_outside, _outside), default=Documented(True, _HSM)),
    "expires": Fact(not_applicable="a KMS key has no date of expiry; it is rotated or deleted"),
    "deletion_protection": Fact(not_applicable="a key is never deleted at once: see its deletion window"),
    "tags": tagged("list_resource_tags/Tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the key that the resource declares or reports; none for a key that AWS manages."""
    if view.dialect == "api":
        if view.get("describe_key/KeyMetadata.KeyManager") == "AWS":
            return
        yield asset("encryption_key", view, FACTS, key(view, "aws:kms:key/{}", "KeyId"))
        return
    why = Unresolved("KMS makes the key's id up", "scan the plan's state or the live account")
    yield asset("encryption_key", view, FACTS, why)
