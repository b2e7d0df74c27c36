"""Amazon EKS clusters and managed node groups, as `cluster` and `node_pool` assets.

In a live account a cluster is only a name until `describe_cluster` tells the rest; its node groups stand below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import At, Fact, spelled
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.network.vpc import SUBNETS
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import filled, not_known
from tfaudit.services.open_ports import from_world

READS = (
    "aws_eks_cluster",
    "aws_eks_node_group",
    "AWS::EKS::Cluster",
    "AWS::EKS::Nodegroup",
    "eks.list_clusters",
)
KINDS = ("cluster", "node_pool")

CALLS = (
    Listing(
        "eks",
        "list_clusters",
        "clusters",
        "arn:{partition}:eks:{region}:{account}:cluster/{value}",
        name="value",
        details=(
            Detail("describe_cluster", {"name": "value"}),
            Detail(
                "list_nodegroups",
                {"clusterName": "value"},
                items="nodegroups",
                details=(Detail("describe_nodegroup", {"clusterName": "^value", "nodegroupName": "value"}),),
            ),
        ),
    ),
    SUBNETS,  # whether a node group's instances get public addresses is told there
)

_API = "docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html"
_LOGS = "docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html"
_ENVELOPE = "docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html"
_REMOTE = "docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html"
_NODEGROUP = "docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html"
_ACCESS = "docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html"
_CREATE = "docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html"
_WORLD = ["0.0.0.0/0"]

# Since this version EKS encrypts what the API stores with a key of its own, unless a customer's is named.
_ENVELOPE_SINCE = 28
_BODY = "describe_cluster.cluster"


def _read(view: View, terraform: str, cloudformation: str, api: str) -> Reading:
    """Return what stands at the path of the view's own spelling, so that an absent one is shown in its block."""
    return view.read({"terraform": terraform, "cloudformation": cloudformation}.get(view.dialect, api))


def _public(view: View) -> Reading:
    return _read(
        view,
        "vpc_config.endpoint_public_access",
        "ResourcesVpcConfig.EndpointPublicAccess",
        f"{_BODY}.resourcesVpcConfig.endpointPublicAccess",
    )


def _allowed(view: View) -> Any:
    public = _public(view)
    if public.known and str(public.value).lower() == "false":
        return Known([], public.resource, public.path)
    allowed = _read(
        view,
        "vpc_config.public_access_cidrs",
        "ResourcesVpcConfig.PublicAccessCidrs",
        f"{_BODY}.resourcesVpcConfig.publicAccessCidrs",
    )
    if allowed.value == []:  # names no one, and so is not sent: the default holds
        return Default(_WORLD, _API, allowed.resource, allowed.path)
    told = public.known or public.absent
    # While it is not known whether the endpoint is public, its being open to everyone says nothing yet.
    return allowed if told or (allowed.known and from_world(allowed.value) is False) else public


def _blocks(view: View) -> Iterator[View]:
    yield from view.each("encryption_config")
    yield from view.each("EncryptionConfig")
    yield from view.each(f"{_BODY}.encryptionConfig")


def _named_key(view: View) -> Reading | None:
    """Return the reading of the block that encrypts secrets by a named key; None where there is none."""
    if view.dialect == "api" and isinstance(view.read(_BODY).value, Unresolved):
        return view.read(_BODY)
    for block in _blocks(view):
        if isinstance(block.body, (Unresolved, Reference)):
            return Reading(block.body, block.resource, block.base)
        named = block.first("resources", "Resources")
        if isinstance(named.value, (Unresolved, Reference)):
            return named
        if named.absent or "secrets" in named.value:
            return Reading(True, block.resource, block.base)
    return None


def _version(view: View) -> Reading:
    return _read(view, "version", "Version", f"{_BODY}.version")


def _secrets_encrypted(view: View) -> Any:
    named = _named_key(view)
    if named is not None:
        return named
    version = _version(view)
    minor = str(version.value).partition(".")[2] if version.known else ""
    if minor.isdigit():
        return Default(int(minor) >= _ENVELOPE_SINCE, _ENVELOPE, view.resource, view.base)
    if version.absent:  # EKS makes its default version, which is one that it supports: all of them are newer
        return Default(True, _ENVELOPE, view.resource, view.base)
    return Reading(
        Unresolved("the cluster's version is not known", "scan the plan or the live account"), view.resource
    )


def _customer_key(view: View) -> Any:
    return _named_key(view) or Default(False, _ENVELOPE, view.resource, view.base)


def _cloudformation_logs(view: View) -> Reading:
    reading = view.read("Logging.ClusterLogging.EnabledTypes")
    if isinstance(reading.value, list):
        types = [each.get("Type") if isinstance(each, dict) else each for each in reading.value]
        return Reading(types, reading.resource, reading.path)
    return reading


def _live_logs(view: View) -> Reading:
    listed = view.read(f"{_BODY}.logging.clusterLogging")
    if not isinstance(listed.value, list):
        return listed
    types: list[Any] = []
    for each in listed.value:
        enabled = each.get("enabled") if isinstance(each, dict) else each
        if isinstance(enabled, Unresolved):
            types.append(enabled)
        elif enabled:
            named = each.get("types")
            types += named if isinstance(named, list) else [named] if named is not None else []
    return Reading(types, listed.resource, listed.path)


def _live_tags(view: View) -> Reading:
    return view.read(f"{_BODY}.tags")


def _logs(default: Any, **using: Any) -> Fact:
    return Fact(
        terraform="enabled_cluster_log_types",
        cloudformation=_cloudformation_logs,
        api=_live_logs,
        default=Documented(default, _LOGS),
        **using,
    )


def _types(view: View) -> Reading:
    if view.dialect == "terraform":
        return view.read("enabled_cluster_log_types")
    return _live_logs(view) if view.dialect == "api" else _cloudformation_logs(view)


def _any_log(view: View) -> Reading:
    return filled(_types(view))


def _audited(view: View) -> Reading:
    types = _types(view)
    if not isinstance(types.value, list):
        return types
    told = "audit" in types.value or not_known(types.value) or False
    return Reading(told, types.resource, types.path)


CLUSTER = {
    "version": Fact(
        terraform=_version, cloudformation=_version, api=_version, default=Documented("latest", _CREATE)
    ),
    "api.public": Fact(
        terraform=_public, cloudformation=_public, api=_public, default=Documented(True, _API)
    ),
    "network.public": Fact(
        terraform=_public, cloudformation=_public, api=_public, default=Documented(True, _API)
    ),
    "api.allowed_sources": Fact(
        terraform=_allowed, cloudformation=_allowed, api=_allowed, default=Documented(_WORLD, _API)
    ),
    "network.allowed_sources": Fact(
        terraform=_allowed, cloudformation=_allowed, api=_allowed, default=Documented(_WORLD, _API)
    ),
    "network.private_endpoint": Fact(
        **spelled(
            "vpc_config.endpoint_private_access",
            "ResourcesVpcConfig.EndpointPrivateAccess",
            f"{_BODY}.resourcesVpcConfig.endpointPrivateAccess",
        ),
        default=Documented(False, _API),
    ),
    "secrets_encrypted": Fact(
        terraform=_secrets_encrypted, cloudformation=_secrets_encrypted, api=_secrets_encrypted
    ),
    "encryption.at_rest": Fact(
        terraform=_secrets_encrypted, cloudformation=_secrets_encrypted, api=_secrets_encrypted
    ),
    "encryption.customer_managed_key": Fact(
        terraform=_customer_key, cloudformation=_customer_key, api=_customer_key
    ),
    "control_plane_logs": _logs([]),
    "logs.enabled": Fact(
        terraform=_any_log, cloudformation=_any_log, api=_any_log, default=Documented(False, _LOGS)
    ),
    "audit.enabled": Fact(
        terraform=_audited, cloudformation=_audited, api=_audited, default=Documented(False, _LOGS)
    ),
    "rbac": Fact(always=Documented(True, _ACCESS)),
    "local_accounts": Fact(not_applicable="EKS signs people in by IAM; it has no local accounts"),
    "private_nodes": Fact(not_applicable="the subnets of EKS nodes say whether they get public addresses"),
    "deletion_protection": Fact(
        **spelled("deletion_protection", "DeletionProtection", f"{_BODY}.deletionProtection"),
        default=Documented(False, _CREATE),
    ),
    "tags": Fact(
        terraform=TAGS.terraform, cloudformation=TAGS.cloudformation, api=_live_tags, default=TAGS.default
    ),
}


def _remote(view: View) -> Any:
    """Whether SSH is open to the internet: a key is named, and no group that may use it."""
    ssh = _read(view, "remote_access.ec2_ssh_key", "RemoteAccess.Ec2SshKey", "remoteAccess.ec2SshKey")
    if ssh.absent:
        block = view.first("remote_access", "RemoteAccess", "remoteAccess")
        return block if isinstance(block.value, Unresolved) else ssh
    groups = _read(
        view,
        "remote_access.source_security_group_ids",
        "RemoteAccess.SourceSecurityGroups",
        "remoteAccess.sourceSecurityGroups",
    )
    if isinstance(ssh.value, Unresolved):
        return ssh
    listed = filled(groups)
    if isinstance(listed.value, Unresolved):
        return listed
    return Reading(groups.absent or groups.value == [], ssh.resource, ssh.path)


def _subnets_public(view: View) -> Any:
    """Whether a subnet of the group gives its instances public addresses."""
    listed = view.first("subnet_ids", "Subnets", "subnets")
    told: list[Any] = []
    for each in listed.value if isinstance(listed.value, list) else [listed.value]:
        if isinstance(each, Reference):
            found = view.inventory.at(each.address)
        else:
            found = [one for one in view.inventory.of_type(SUBNETS.type) if one.body.get("SubnetId") == each]
        values = [
            View(one, view.inventory).first("map_public_ip_on_launch", "MapPublicIpOnLaunch").value or False
            for one in found
        ]
        told += values or [
            Unresolved(f"the subnet {each} is not seen here", "scan it with the rest, or the live account")
        ]
    if any(value is True or value == "true" for value in told):
        return Reading(True, listed.resource, listed.path)
    unclear = next((value for value in told if isinstance(value, (Unresolved, Reference))), None)
    return Reading(False if unclear is None else unclear, listed.resource, listed.path)


def _scaling(terraform: str, cloudformation: str, api: str) -> Fact:
    return Fact(
        **spelled(f"scaling_config.{terraform}", f"ScalingConfig.{cloudformation}", f"scalingConfig.{api}")
    )


def _taint(taints: Any) -> list[Any]:
    return [
        each
        if not isinstance(each, dict)
        else f"{each.get('key') or each.get('Key')}:{each.get('effect') or each.get('Effect')}"
        for each in (taints if isinstance(taints, list) else [taints])
    ]


NODE_GROUP = {
    "remote_access_open": Fact(
        terraform=_remote, cloudformation=_remote, api=_remote, default=Documented(False, _REMOTE)
    ),
    "public_ip": Fact(terraform=_subnets_public, cloudformation=_subnets_public, api=_subnets_public),
    "labels": Fact(**spelled("labels", "Labels", "labels"), default=Documented({}, _NODEGROUP)),
    "taints": Fact(
        terraform=At("taint", _taint), cloudformation=At("Taints", _taint), api=At("taints", _taint),
        default=Documented([], _NODEGROUP),
    ),
    "autoscaling.min": _scaling("min_size", "MinSize", "minSize"),
    "autoscaling.max": _scaling("max_size", "MaxSize", "maxSize"),
    "ha.multi_zone": Fact(
        **spelled("subnet_ids", "Subnets", "subnets"), using=lambda ids: len(ids) > 1 if isinstance(ids, list) else None
    ),
    "tags": TAGS,
}  # fmt: skip


def _cluster_key(view: View) -> Key:
    return key(view, "aws:eks:cluster/{}", "name", "Name", "value")


def _group_key(view: View) -> Key:
    named = view.first("cluster_name", "ClusterName", "clusterName")
    cluster: Key | None = None
    for target in view.targets("cluster_name") or view.targets("ClusterName"):
        cluster = _cluster_key(target)
    if cluster is None:
        cluster = (
            f"aws:eks:cluster/{named.value}"
            if named.known
            else Unresolved(f"its cluster is {named.value}", "scan the plan or the live account")
        )
    group = key(view, "{}", "node_group_name", "NodegroupName", "nodegroupName")
    if isinstance(cluster, Unresolved):
        return cluster
    return group if isinstance(group, Unresolved) else f"{cluster}/nodegroup/{group}"


def assets(view: View) -> Iterator[Asset]:
    """Yield the cluster or the node group; in a live account the cluster and all its node groups."""
    if view.resource.type in ("aws_eks_node_group", "AWS::EKS::Nodegroup"):
        yield asset("node_pool", view, NODE_GROUP, _group_key(view))
        return
    yield asset("cluster", view, CLUSTER, _cluster_key(view))
    if view.dialect == "api":
        for index, listed in enumerate(view.each("list_nodegroups")):
            group = listed.at(("describe_nodegroup", "nodegroup"))
            if isinstance(group.body, (dict, Unresolved)):
                part = f"list_nodegroups[{index}]"
                yield asset("node_pool", group, NODE_GROUP, _group_key(group), part=part)
