"""Amazon EKS clusters and managed node groups, as `cluster` and `node_pool` assets.

In a live account a cluster is only a name until `describe_cluster` tells the rest; its node groups stand below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading, Unknown, state
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.aws.network.vpc import SUBNETS
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import holds, not_known
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
            Detail(
                "describe_cluster",
                {"name": "value"},
                sent=(
                    "cluster.version",
                    "cluster.logging.clusterLogging",
                    "cluster.resourcesVpcConfig.endpointPublicAccess",
                    "cluster.resourcesVpcConfig.publicAccessCidrs",
                ),
            ),
            Detail(
                "list_nodegroups",
                {"clusterName": "value"},
                items="nodegroups",
                details=(
                    Detail(
                        "describe_nodegroup",
                        {"clusterName": "^value", "nodegroupName": "value"},
                        sent=("nodegroup.subnets",),
                    ),
                ),
            ),
        ),
    ),
    SUBNETS,  # whether a node group's instances get public addresses is read there
)

_API = "docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html"
_LOGS = "docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html"
_ENVELOPE = "docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html"
_REMOTE = "docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html"
_ACCESS = "docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html"
_ROLE = "docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html"
_CREATE = "docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html"
_WORLD = ["0.0.0.0/0"]

# Since this version EKS encrypts what the API stores with a key of its own, unless a customer's is named.
_ENVELOPE_SINCE = 28

_CLUSTER = "describe_cluster.cluster"
_VPC, _CFN_VPC, _API_VPC = "vpc_config", "ResourcesVpcConfig", f"{_CLUSTER}.resourcesVpcConfig"
_GROUP = "describe_nodegroup.nodegroup"
_ENCRYPTED: Spelling = {"resources": aws("resources", "Resources", "resources")}
NODE_GROUPS: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API's list of a cluster's groups
    "described": aws(NOTHING, NOTHING, _GROUP),
    # In an account the groups stand below their cluster.
    "cluster_name": aws("cluster_name", "ClusterName", "/value"),
    "node_group_name": aws("node_group_name", "NodegroupName", "value"),
    "ssh_key": aws("remote_access.ec2_ssh_key", "RemoteAccess.Ec2SshKey", f"{_GROUP}.remoteAccess.ec2SshKey"),
    "ssh_from": aws(
        "remote_access.source_security_group_ids",
        "RemoteAccess.SourceSecurityGroups",
        f"{_GROUP}.remoteAccess.sourceSecurityGroups",
    ),
    "subnets": aws("subnet_ids", "Subnets", f"{_GROUP}.subnets"),
    "tags": aws("tags", "Tags", f"{_GROUP}.tags"),
}
TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "Name", "value"),
    "version": aws("version", "Version", f"{_CLUSTER}.version"),
    "public": aws(
        f"{_VPC}.endpoint_public_access",
        f"{_CFN_VPC}.EndpointPublicAccess",
        f"{_API_VPC}.endpointPublicAccess",
    ),
    "allowed": aws(
        f"{_VPC}.public_access_cidrs", f"{_CFN_VPC}.PublicAccessCidrs", f"{_API_VPC}.publicAccessCidrs"
    ),
    "encryption": aws(
        "encryption_config", "EncryptionConfig", f"{_CLUSTER}.encryptionConfig", rows=_ENCRYPTED
    ),
    "logs": aws(
        "enabled_cluster_log_types",
        "Logging.ClusterLogging.EnabledTypes",
        f"{_CLUSTER}.logging.clusterLogging",
    ),
    "deletion": aws("deletion_protection", "DeletionProtection", f"{_CLUSTER}.deletionProtection"),
    "tags": aws("tags", "Tags", f"{_CLUSTER}.tags"),
    "groups": aws(NOTHING, NOTHING, "list_nodegroups", rows=NODE_GROUPS),
}
SUBNET: Spelling = {"public": aws("map_public_ip_on_launch", "MapPublicIpOnLaunch")}
IDENTITY = ("name", "groups", "described", "cluster_name", "node_group_name")


def _allowed(view: View) -> Reading:
    """Return who may reach the endpoint: nobody from outside where it is private."""
    public, allowed = view.word("public"), view.word("allowed")
    if isinstance(public, Known) and as_bool(public.value) is False:
        return Known([], public.resource, public.path)
    narrow = isinstance(allowed, Known) and allowed.value != [] and from_world(allowed.value) is False
    if isinstance(public, (Unknown, Pointer)) and not narrow:
        # While it is not known whether the endpoint is public, its being open to everyone says nothing yet.
        return public
    # An empty list names no one, and so is not sent: the default holds.
    empty = isinstance(allowed, Known) and allowed.value == []
    return Absent(allowed.resource, allowed.path) if empty else allowed


def _named_key(encryption: Any) -> Said | None:
    """Return that secrets are encrypted by a named key, at the block that says so; None where none does."""
    for number, block in enumerate(encryption or ()):
        resources = block.get("resources")
        if resources is None or "secrets" in resources:
            return Said(True, by="encryption", row=number)
    return None


def _encrypted(encryption: Any, version: Any) -> Any:
    if named := _named_key(encryption):
        return named
    if version is None:  # EKS makes its default version, which is one that it supports: all of them are newer
        return Documented(True, _ENVELOPE)
    minor = str(version).partition(".")[2]
    if not minor.isdigit():
        return CannotTell("the cluster's version is not known", "scan the plan or the live account")
    return Said(Documented(int(minor) >= _ENVELOPE_SINCE, _ENVELOPE), by="encryption")


def _logs(view: View) -> Reading:
    """Return the types of logs that are on."""
    logs = view.word("logs")
    if not isinstance(logs, Known) or not isinstance(logs.value, list):
        return logs
    types = [type_ for each in logs.value for type_ in _types(each)]
    return Known(types, logs.resource, logs.path)


def _types(each: Any) -> list[Any]:
    """Return the types of one part of the list: a type, a map with one, or with several that are on or off."""
    if not isinstance(each, dict):
        return [each]
    if "Type" in each:
        return [each["Type"]]
    enabled, types = each.get("enabled"), each.get("types")
    if isinstance(enabled, Unresolved):
        return [enabled]
    if not enabled or types is None:
        return []
    return types if isinstance(types, list) else [types]


def _audited(view: View) -> Reading:
    logs = _logs(view)
    if not isinstance(logs, Known) or not isinstance(logs.value, list):
        return logs
    on = "audit" in logs.value or not_known(logs.value) or False
    return state(on, logs.resource, logs.path)


_SOURCES = Fact(joins=_allowed, of=("public", "allowed"), default=Documented(_WORLD, _API))
_SECRETS = Fact(_encrypted, of=("encryption", "version"))
CLUSTER: Facts = {
    "upgrades.automatic": inapplicable(
        "EKS upgrades a cluster by itself only when its version goes out of support"
    ),
    "node_images.automatic": inapplicable("EKS has no channel for it: who has a node group updates it"),
    "run_command": inapplicable("EKS runs no commands in a cluster for those who may not reach its API"),
    "mounted_secrets.rotated": inapplicable("what mounts secrets is installed in the cluster, not set on it"),
    "images_cleaned": inapplicable("what cleans images up is installed in the cluster, not set on it"),
    "retired_add_ons": inapplicable("EKS has kept up all of its add-ons so far"),
    "auth.iam": always(True, _ACCESS),
    "managed_identity": always(True, _ROLE),
    "policies_enforced": inapplicable("what enforces policies is installed in the cluster, not set on it"),
    "threat_detection": inapplicable("GuardDuty watches all clusters of the account: the account is judged"),
    "encryption.customer_managed_key": inapplicable("the volumes of its nodes are judged"),
    "inline_secrets": inapplicable("EKS signs in by roles: a cluster has no password"),
    "version": Fact("version", default=Documented("latest", _CREATE)),
    "api.allowed_sources": _SOURCES,
    "secrets_encrypted": _SECRETS,
    "control_plane_logs": Fact(joins=_logs, of=("logs",), default=Documented([], _LOGS)),
    "audit.enabled": Fact(joins=_audited, of=("logs",), default=Documented(False, _LOGS)),
    "rbac": always(True, _ACCESS),
    "local_accounts": inapplicable("EKS signs people in by IAM; it has no local accounts"),
    "network_policy": inapplicable("an add-on of EKS enforces them, whose settings are not the cluster's"),
    "private_nodes": inapplicable("the subnets of EKS nodes say whether they get public addresses"),
    "deletion_protection": Fact("deletion", default=Documented(False, _CREATE)),
    "tags": TAGS,
}


def _remote(view: View) -> Reading:
    """Return whether SSH is open to the internet: a key is named, and no group that may use it."""
    ssh, groups = view.word("ssh_key"), view.word("ssh_from")
    if isinstance(ssh, (Absent, Unknown)):
        return ssh
    match groups:
        case Absent():
            return Known(True, ssh.resource, ssh.path)
        case Pointer():
            return Known(False, ssh.resource, ssh.path)
        case Unknown():
            return groups
        case Known(value=value):
            named = holds(value if isinstance(value, list) else [value])
            if isinstance(named, Unresolved):
                return state(named, groups.resource, groups.path)
            return Known(not named, ssh.resource, ssh.path)


# The types of subnets, and whether one gives addresses where it does not say so.
_SUBNETS = {"aws_subnet": False, "aws_default_subnet": True, "AWS::EC2::Subnet": False, SUBNETS.type: False}


def _public_addresses(view: View) -> Reading:
    """Return whether a subnet of the group gives its instances public addresses."""
    subnets = view.word("subnets")
    if isinstance(subnets, (Absent, Unknown)):
        return subnets
    value = subnets.reference if isinstance(subnets, Pointer) else subnets.value
    named = value if isinstance(value, list) else [value]
    answers = [answer for each in named for answer in _give_addresses(view, each)]
    if True in answers:
        return Known(True, subnets.resource, subnets.path)
    why = next((each for each in answers if isinstance(each, Unresolved)), False)
    return state(why, subnets.resource, subnets.path)


def _give_addresses(view: View, named: Any) -> list[bool | Unresolved]:
    """Return whether the subnets of that name or reference give public addresses."""
    if isinstance(named, Unresolved):
        return [named]
    if isinstance(named, Reference):
        found = [each for each in view.inventory.at(named.address) if each.type in _SUBNETS]
    else:
        found = view.inventory.named(SUBNETS.type, "SubnetId", str(named))
    because = f"the subnet {named} is not seen here"
    unseen = Unresolved(because, "scan it with the rest, or the live account")
    return [_gives_address(View(each, view.inventory, table=SUBNET)) for each in found] or [unseen]


def _gives_address(subnet: View) -> bool | Unresolved:
    public = subnet.word("public")
    match public:
        case Known(value=value):
            return as_bool(value) is True
        case Absent():
            return _SUBNETS[subnet.resource.type]
        case Unknown(because=because, settle_with=settle_with):
            return Unresolved(because, settle_with)
        case Pointer(reference=reference):
            return Unresolved(f"it is taken from {reference}", SETTLE)


def _several(view: View) -> Any:
    """Return whether more than one subnet is named; one that is not known may be none, or one of the others."""
    subnets = view.word("subnets")
    if not isinstance(subnets, Known) or not isinstance(subnets.value, list):
        return None if isinstance(subnets, Known) else subnets
    if len({str(each) for each in subnets.value if not isinstance(each, Unresolved)}) > 1:
        return Known(True, subnets.resource, subnets.path)
    open_ = next((each for each in subnets.value if isinstance(each, Unresolved)), None)
    return Known(False, subnets.resource, subnets.path) if open_ is None else open_


NODE_GROUP: Facts = {
    "encryption.at_host": inapplicable("disks of an EC2 host are encrypted always, and volumes are judged"),
    "inline_secrets": inapplicable("its nodes are signed in to by keys"),
    "remote_access_open": Fact(joins=_remote, of=("ssh_key", "ssh_from"), default=Documented(False, _REMOTE)),
    "public_ip": Fact(joins=_public_addresses, of=("subnets",)),
    "ha.multi_zone": Fact(joins=_several, of=("subnets",)),
    "tags": TAGS,
}
_NODES = ("aws_eks_node_group", "AWS::EKS::Nodegroup")


def _cluster_key(view: View) -> Key:
    return key(view, "aws:eks:cluster/{}", "name")


def _group_key(view: View) -> Key:
    cluster = key(view, "aws:eks:cluster/{}", "cluster_name")
    for target in view.leads_to("cluster_name"):
        cluster = _cluster_key(target.spelled(TABLE))
    group = key(view, "{}", "node_group_name")
    if isinstance(cluster, Unresolved):
        return cluster
    return group if isinstance(group, Unresolved) else f"{cluster}/nodegroup/{group}"


def assets(view: View) -> Iterator[Asset]:
    """Yield the cluster or the node group; in a live account the cluster and all its node groups."""
    if view.resource.type in _NODES:
        group = view.spelled(NODE_GROUPS)
        yield asset("node_pool", group, NODE_GROUP, _group_key(group))
        return
    yield asset("cluster", view, CLUSTER, _cluster_key(view))
    for index, group in enumerate(_groups(view)):
        if not isinstance(group.word("described"), Absent):
            part = f"list_nodegroups[{index}]"
            yield asset("node_pool", group, NODE_GROUP, _group_key(group), part=part)


def _groups(view: View) -> list[View]:
    """Return the groups that the account lists of a cluster; where it may not, one of which nothing is known."""
    rows = view.rows("groups")
    if isinstance(rows, Unknown):
        return [view.at(rows.path).spelled(NODE_GROUPS)]
    return rows if isinstance(rows, list) else []
