"""Tells whether a named KMS key is the customer's own, or one that AWS manages for a service.

    "encryption.customer_managed_key": Fact(**customer_key("kms_key_id", "KmsKeyId"), default=...)

In code, the alias `alias/aws/<service>` and data blocks that look it up name AWS's own key. An API answer
holds only the key's id, so the live account is asked by `describe_key`, a detail of the listing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.calls import Detail
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.view import View

# What the aliases of AWS's own keys begin with: docs.aws.amazon.com/kms/latest/developerguide/concepts.html
_AWS_ALIAS = "alias/aws/"
_OWN = (
    "aws_kms_key",
    "aws_kms_external_key",
    "aws_kms_replica_key",
    "aws_kms_replica_external_key",
    "aws_kms_alias",
    "AWS::KMS::Key",
    "AWS::KMS::ReplicaKey",
    "AWS::KMS::Alias",
)
_LOOKED_UP = {"data.aws_kms_key": "key_id", "data.aws_kms_alias": "name"}


def describe_key(path: str) -> Detail:
    """Return the call that tells who manages the key at `path` of a listed item."""
    return Detail(
        "describe_key",
        {"KeyId": path},
        permission="kms:DescribeKey",
        absent=("NotFoundException",),
        client="kms",
        sent=("KeyMetadata.KeyManager",),
    )


def keys_owner(key: str = "key", manager: str = "key_manager") -> Callable[[View], states.Reading]:
    """Return what joins "the key that the word `key` names is the customer's"; absent where none is named.

    The word `manager` is what the API reports of the key itself. Code never states it (None in the table): there the
    declaration of the named key decides, or its name.
    """

    def joins(view: View) -> states.Reading:
        named = view.word(key)
        match named:
            case states.Absent() | Known(value=""):
                return states.Absent(named.resource, named.path)
            case states.Unknown():
                return named
            case states.Pointer(reference=reference):
                return states.state(_of_target(view, reference), named.resource, named.path)
            case Known(value=value):
                if _is_aws(str(value)):
                    return Known(False, named.resource, named.path)
                return _by_manager(view, named, view.word(manager))

    return joins


def _by_manager(view: View, named: Known, manager: states.Reading) -> states.Reading:
    """Return whether a named key is the customer's: as the API reports, or in code by its name."""
    match manager:
        case Known(value=who):
            return Known(who == "CUSTOMER", named.resource, manager.path)
        case states.Unstated():
            return _by_name(view, named)
        case states.Unknown():
            return manager
        case states.Absent() | states.Pointer():
            because = f"who manages the key {named.value} is not reported"
            return states.Unknown(because, "grant kms:DescribeKey", named.resource, named.path)


def _by_name(view: View, named: Known) -> states.Reading:
    """Return whether a key named in code is the customer's: an alias tells, and so does who wrote the name."""
    if view.resource.plane == "plan" and ":alias/" not in str(named.value):
        # A plan or state also shows the key that AWS chose where the code names none.
        because = "whose key it is cannot be seen from its id"
        return states.Unknown(because, "scan the code or the live account", named.resource, named.path)
    return Known(True, named.resource, named.path)


def _of_target(view: View, reference: Reference) -> Any:
    for target in view.inventory.at(reference.address):
        if target.type in _OWN:
            return True
        name = target.body.get(_LOOKED_UP.get(target.type, ""))
        if isinstance(name, str):
            return not _is_aws(name)
    if any(part in _OWN for part in reference.address.split(".")) and "data." not in f".{reference.address}":
        return True  # the resource itself could not be read, or is not there: its type tells enough
    because = f"the key is taken from {reference}, which is not declared here"
    return Unresolved(because, "scan the plan or the live account")


def _is_aws(name: str) -> bool:
    return name.startswith(_AWS_ALIAS) or f":{_AWS_ALIAS}" in name
