"""Amazon EBS volumes, as `block_volume` assets; with them the disks that instances and launch templates declare.

A volume made from a snapshot is encrypted where the snapshot is. Where a region's encryption by default is declared
beside a volume (`aws_ebs_encryption_by_default`), it decides for a volume that says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Some
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = (
    "aws_ebs_volume",
    "aws_instance",
    "aws_launch_template",
    "aws_launch_configuration",
    "AWS::EC2::Volume",
    "AWS::EC2::Instance",
    "AWS::EC2::LaunchTemplate",
    "AWS::AutoScaling::LaunchConfiguration",
    "ec2.describe_volumes",
)
KINDS = ("block_volume",)
COMPANIONS = {"aws_ebs_encryption_by_default": ""}
CALLS = (
    Listing(
        "ec2",
        "describe_volumes",
        "Volumes",
        "arn:{partition}:ec2:{region}:{account}:volume/{VolumeId}",
        name="VolumeId",
        details=(describe_key("KmsKeyId"),),
        sent=("Encrypted",),
    ),
)

_API = "docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html"
_BY_DEFAULT = "aws_ebs_encryption_by_default"

TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "id": aws("id", NOTHING, "VolumeId"),
    "encrypted": aws("encrypted", "Encrypted"),
    # What an account reports of a volume's encryption holds, whatever the volume was made from.
    "snapshot": aws("snapshot_id", "SnapshotId", NOTHING),
    "key": aws("kms_key_id", "KmsKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "tags": aws("tags", "Tags"),
}
IDENTITY = ("id",)

_BLOCK: Spelling = {
    # A disk in a block of its own, as Terraform's instances have them.
    "encrypted": aws("encrypted", None, None),
    "snapshot": aws("snapshot_id", None, None),
    "key": aws("kms_key_id", None, None),
    "key_manager": aws(None, None, None),
    "tags": aws("tags", None, None),
    "taken_away": aws("no_device", None, None),
}
_MAPPING: Spelling = {
    # A disk as one of the things that a device may be mapped to; a mapping to another has no `volume`.
    "volume": aws("ebs", "Ebs", None),
    "encrypted": aws("ebs.encrypted", "Ebs.Encrypted", None),
    "snapshot": aws("ebs.snapshot_id", "Ebs.SnapshotId", None),
    "key": aws("ebs.kms_key_id", "Ebs.KmsKeyId", None),
    "key_manager": aws(None, None, None),
    "tags": aws(NOTHING, NOTHING, None),
}
# Where the disks stand. What starts instances by itself has a root disk whether or not `with_root` describes it.
_BLOCKS: Spelling = {
    "with_root": aws("root_block_device", None, None, rows=_BLOCK),
    "disks": aws("ebs_block_device", None, None, rows=_BLOCK),
    "tags": aws("tags", None, None),
}
_MAPPINGS: Spelling = {
    "with_root": aws(None, "BlockDeviceMappings", None, rows=_MAPPING),
    "tags": aws(None, "Tags", None),
}
_TEMPLATE: Spelling = {
    "disks": aws("block_device_mappings", "LaunchTemplateData.BlockDeviceMappings", None, rows=_MAPPING)
}
_DISKS = {
    "aws_instance": _BLOCKS,
    "aws_launch_configuration": _BLOCKS,
    "aws_launch_template": _TEMPLATE,
    "AWS::EC2::Instance": _MAPPINGS,
    "AWS::AutoScaling::LaunchConfiguration": _MAPPINGS,
    "AWS::EC2::LaunchTemplate": _TEMPLATE,
}

_SNAPSHOT: Spelling = {"encrypted": aws("encrypted", None, None)}
_REGION: Spelling = {"on": aws("enabled", None, None)}


def _encrypted(view: View) -> Reading:
    """Return whether a disk is encrypted: as it says, else as the snapshot is, else as the region does by default."""
    own = view.word("encrypted")
    match own:
        case Pointer() | Unknown():
            return own
        case Known(value=value) if as_bool(value) is not False:
            return own
        case Known() | Absent():
            pass
    snapshot = view.word("snapshot")
    if not isinstance(snapshot, Absent):
        return _as_snapshot(view, snapshot)
    by_default = _region_default(view)
    return own if isinstance(by_default, Absent) else by_default


def _as_snapshot(view: View, snapshot: Known | Pointer | Unknown) -> Reading:
    for target in view.leads_to("snapshot"):
        found = target.spelled(_SNAPSHOT).word("encrypted")
        if isinstance(found, Known) and as_bool(found.value) is not None:
            return found
    if isinstance(snapshot, Unknown):
        because = f"it may be made from a snapshot, whose encryption holds: {snapshot.because}"
    else:
        named = snapshot.value if isinstance(snapshot, Known) else snapshot.reference
        because = f"it is made from the snapshot {named}, whose encryption holds"
    return Unknown(because, "scan the live account", snapshot.resource, snapshot.path)


def _region_default(view: View) -> Reading:
    """Return what the region's declared encryption by default says; absent where none is declared, or none is on."""
    declared = view.companions("aws_ebs_encryption_by_default")
    answer: Reading = declared.more if isinstance(declared, Some) else Absent(view.resource, view.base)
    for each in declared.views:
        on = each.spelled(_REGION).word("on")
        match on:
            case Absent():  # on is the provider's default
                return Known(True, on.resource, on.path)
            case Known(value=value) if as_bool(value) is True:
                return Known(True, on.resource, on.path)
            case Pointer():
                answer = on.unknown
            case Unknown():
                answer = on
            case Known():
                pass
    return answer


FACTS: Facts = {
    "encryption.at_rest": Fact(
        joins=_encrypted,
        of=("encrypted", "snapshot"),
        default=Documented(False, f"{_API}: unless the region encrypts by default"),
    ),
    "encryption.customer_managed_key": Fact(
        joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _API)
    ),
    "network.public": inapplicable("a volume has no address: its snapshots are judged"),
    "tags": TAGS,
}


def _root_encrypted(view: View) -> Any:
    by_default = _region_default(view)
    if not isinstance(by_default, Absent):
        return by_default
    because = "its image and the region's default decide on a root disk that the code does not describe"
    return CannotTell(because, "describe the root disk with encrypted = true, or scan the live account")


ROOT: Facts = {
    **FACTS,
    "encryption.at_rest": Fact(joins=_root_encrypted),
    "encryption.customer_managed_key": always(False, _API),
}


_MADE_UP = Unresolved("EC2 makes the volume's id up", "scan the plan's state or the live account")


def assets(view: View) -> Iterator[Asset]:
    """Yield the volume, or each disk that an instance or a template declares with settings of its own."""
    table = _DISKS.get(view.resource.type)
    if table is None:
        yield asset("block_volume", view, FACTS, key(view, "aws:ec2:volume/{}", "id"))
        return
    view = view.spelled(table)
    for word in ("with_root", "disks"):
        if word in table:
            yield from _disks(view, word)


def _disks(view: View, word: str) -> Iterator[Asset]:
    """Yield the disks in the list that `word` is, and a root disk where that list is to have one and does not."""
    found = view.rows(word)
    address = view.resource.address
    disks = found if isinstance(found, list) else []
    if word == "with_root" and not disks:
        yield asset("block_volume", view, ROOT, _MADE_UP, name=f"{address} root disk", part="root")
    elif isinstance(found, Unknown):
        part = str(found.path[-1]) if found.path else word
        yield asset("block_volume", view, _not_known(word), _MADE_UP, name=f"{address} {part}", part=part)
    for index, disk in enumerate(disks):
        if _is_volume(disk):
            attribute = next(step for step in reversed(disk.base) if isinstance(step, str))
            part = f"{attribute}[{index}]"
            yield asset("block_volume", disk, FACTS, _MADE_UP, name=f"{address} {part}", part=part)


def _not_known(word: str) -> Facts:
    """Return the facts of disks of which it is not known whether there are any."""
    stated = Fact(word)
    return {
        **FACTS,
        "encryption.at_rest": stated,
        "encryption.customer_managed_key": stated,
        "tags": stated,
    }


def _is_volume(disk: View) -> bool:
    """Whether it is one, or may be: a mapping is also for instance storage, or takes a device away."""
    if not isinstance(disk.body, (dict, Unresolved, Reference)):
        return False
    if "volume" in disk.table:
        match disk.word("volume"):
            case Absent() | Known(value=[]):
                return False
            case Known() | Pointer() | Unknown():
                return True
    taken_away = disk.word("taken_away")
    return not (isinstance(taken_away, Known) and as_bool(taken_away.value) is True)
