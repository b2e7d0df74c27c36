"""Amazon EBS volumes, as `block_volume` assets; with them the disks that instances and launch templates declare.

A volume made from a snapshot is encrypted where the snapshot is. Where a region's encryption by default is declared
beside a volume (`aws_ebs_encryption_by_default`), it decides for a volume that says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, Facts, spelled
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

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
CALLS = (
    Listing(
        "ec2",
        "describe_volumes",
        "Volumes",
        "arn:{partition}:ec2:{region}:{account}:volume/{VolumeId}",
        name="VolumeId",
        details=(describe_key("KmsKeyId"),),
    ),
)

_API = "docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html"
_BY_DEFAULT = "aws_ebs_encryption_by_default"
_BLOCKS = {
    "aws_instance": ("root_block_device", "ebs_block_device"),
    "aws_launch_configuration": ("root_block_device", "ebs_block_device"),
    "aws_launch_template": ("block_device_mappings",),
    "AWS::EC2::Instance": ("BlockDeviceMappings",),
    "AWS::AutoScaling::LaunchConfiguration": ("BlockDeviceMappings",),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData.BlockDeviceMappings",),
}


# What starts instances by itself, and so has a root disk whether or not it is described.
_STARTS = frozenset(_BLOCKS) - {"aws_launch_template", "AWS::EC2::LaunchTemplate"}


def _encrypted(view: View) -> Any:
    reading = view.first("encrypted", "Encrypted", "ebs.encrypted", "Ebs.Encrypted")
    if view.dialect == "api" or (not reading.absent and as_bool(reading.value) is not False):
        return reading
    snapshot = view.first("snapshot_id", "SnapshotId", "ebs.snapshot_id", "Ebs.SnapshotId")
    if not snapshot.absent:
        return _as_snapshot(view, snapshot)
    by_default = _region_default(view)
    return by_default if not by_default.absent else reading


def _as_snapshot(view: View, snapshot: Reading) -> Reading:
    if isinstance(snapshot.value, Reference):
        for target in view.inventory.at(snapshot.value.address):
            stated = as_bool(target.body.get("encrypted"))
            if stated is not None:
                return Reading(stated, target, ("encrypted",))
    why = Unresolved(
        f"it is made from the snapshot {snapshot.value}, whose encryption holds", "scan the live account"
    )
    return Reading(why, snapshot.resource, snapshot.path)


def _region_default(view: View) -> Reading:
    """Return what the region's declared encryption by default says; `ABSENT` where none is declared."""
    for declared in view.inventory.of_type(_BY_DEFAULT):
        value = declared.body.get("enabled", True)  # the provider's default
        if as_bool(value) is True:
            return Reading(True, declared, ("enabled",) if "enabled" in declared.body else ())
    return Reading(ABSENT, view.resource, view.base)


_KEYS = customer_key(("kms_key_id", "ebs.kms_key_id"), ("KmsKeyId", "Ebs.KmsKeyId"), "KmsKeyId")
FACTS: Facts = {
    "encryption.at_rest": Fact(
        **spelled(_encrypted, _encrypted),
        default=Documented(False, f"{_API}: unless the region encrypts by default"),
    ),
    "encryption.customer_managed_key": Fact(**_KEYS, default=Documented(False, _API)),
    "network.public": Fact(not_applicable="a volume has no address: its snapshots are judged"),
    "deletion_protection": Fact(not_applicable="EBS volumes have no deletion protection"),
    "tags": TAGS,
}


def _root_encrypted(view: View) -> Reading:
    by_default = _region_default(view)
    if not by_default.absent:
        return by_default
    because = "its image and the region's default decide on a root disk that the code does not describe"
    settle = "describe the root disk with encrypted = true, or scan the live account"
    return Reading(Unresolved(because, settle), view.resource, view.base)


ROOT: Facts = {
    **FACTS,
    "encryption.at_rest": Fact(**spelled(_root_encrypted, _root_encrypted)),
    "encryption.customer_managed_key": Fact(default=Documented(False, _API)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the volume, or each disk that an instance or a template declares with settings of its own."""
    type_ = view.resource.type
    if type_ in _BLOCKS:
        yield from _disks(view, _BLOCKS[type_])
        return
    if view.dialect == "api":
        yield asset("block_volume", view, FACTS, key(view, "aws:ec2:volume/{}", "VolumeId"))
        return
    why = Unresolved("EC2 makes the volume's id up", "scan the plan's state or the live account")
    yield asset("block_volume", view, FACTS, why)


def _disks(view: View, paths: tuple[str, ...]) -> Iterator[Asset]:
    why = Unresolved("EC2 makes the volume's id up", "scan the plan's state or the live account")
    described = view.first(paths[0]).value
    if view.resource.type in _STARTS and not (described and isinstance(described, (dict, list))):
        yield asset("block_volume", view, ROOT, why, name=f"{view.resource.address} root disk", part="root")
    for path in paths:
        for index, disk in enumerate(view.each(path)):
            if not isinstance(disk.body, dict) or _without_volume(disk):
                continue
            part = f"{path.rpartition('.')[2]}[{index}]"
            yield asset("block_volume", disk, FACTS, why, name=f"{view.resource.address} {part}", part=part)


def _without_volume(disk: View) -> bool:
    """Whether a mapping is for instance storage, or takes a device away."""
    if not disk.first("virtual_name", "VirtualName", "no_device", "NoDevice").absent:
        return disk.first("ebs", "Ebs").absent
    mapping = disk.base[0] in ("block_device_mappings", "BlockDeviceMappings", "LaunchTemplateData")
    return mapping and disk.first("ebs", "Ebs").absent
