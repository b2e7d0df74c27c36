"""Where an RDS database stands: with a public address or not, and in how many zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default, Known, Unknown
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import Some, View
from tfaudit.services.aws.databases.rds_words import empty

if TYPE_CHECKING:
    from tfaudit.model.resources import Reference

_API = "docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"
_TERRAFORM = "hashicorp/aws/6.0.0/docs/resources/db_instance"
_MULTI_AZ_CLUSTER = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html"
_SETTLE = "set PubliclyAccessible, or scan the live account"
_BY_VPC = "PubliclyAccessible is not set: it depends on the VPC of"

NOT_PUBLIC = ByPlane(
    terraform=Documented(False, _TERRAFORM),  # the provider sends false, whatever the network
    cloudformation=Unresolved(
        "PubliclyAccessible is not set: it depends on the internet gateway of the default VPC", _SETTLE
    ),
)
# The API's page has said two rules for it over time: by the subnet group, and by its network's gateway.
_BY_SUBNETS = Unresolved("a Multi-AZ cluster is public or not by its subnet group and network", _SETTLE)
CLUSTER_NOT_PUBLIC = ByPlane(
    terraform=_BY_SUBNETS, cloudformation=_BY_SUBNETS, api=Documented(False, _MULTI_AZ_CLUSTER)
)

_SUBNET_GROUP: Spelling = {"subnets": aws(NOTHING, "SubnetIds", NOTHING)}
_SUBNET: Spelling = {"network": aws(NOTHING, "VpcId", NOTHING)}
_ATTACHMENT: Spelling = {
    "network": aws(NOTHING, "VpcId", NOTHING),
    "gateway": aws(NOTHING, "InternetGatewayId", NOTHING),
}


def public(view: View) -> Reading | Default:
    """Return whether the database gets a public address, which a template may leave to the network.

    It is public where the subnet group's VPC, or the default VPC, has an internet gateway.
    """
    stated, group = view.word("public"), view.word("subnet_group")
    if not isinstance(stated, Absent) or empty(group):
        return stated
    for subnet_group in view.leads_to("subnet_group", "AWS::RDS::DBSubnetGroup"):
        for subnet in subnet_group.spelled(_SUBNET_GROUP).leads_to("subnets", "AWS::EC2::Subnet"):
            inside = subnet.spelled(_SUBNET)
            network = inside.word("network")
            if isinstance(network, Pointer) and inside.leads_to("network"):
                return _public_by_gateway(view, network.reference)
    name = "its subnet group, which is not known"
    if isinstance(group, (Known, Pointer)):
        name = str(group.value if isinstance(group, Known) else group.reference)
    return Unknown(f"{_BY_VPC} {name}", _SETTLE, view.resource, view.base)


def _public_by_gateway(view: View, network: Reference) -> Unknown | Default:
    """Return whether an internet gateway is attached to the network."""
    found = view.companions("AWS::EC2::VPCGatewayAttachment")
    unclear = found.more.because if isinstance(found, Some) else ""
    for each in found.views:
        attachment = each.spelled(_ATTACHMENT)
        if isinstance(attachment.word("gateway"), Absent):
            continue
        match attachment.word("network"):
            case Pointer(reference=reference) if reference.address == network.address:
                return Default(True, _API, view.resource, view.base)
            case Unknown(because=because):
                unclear = unclear or because
            case _:
                pass
    if not unclear:
        return Default(False, _API, view.resource, view.base)
    because = f"which network an internet gateway is attached to is not known: {unclear}"
    return Unknown(because, _SETTLE, view.resource, view.base)


def zones(view: View) -> Reading | Default:
    """Return whether a cluster has instances in more than one zone: an Aurora cluster with one instance does not."""
    stated, sized = view.word("zones"), view.word("instance_class")
    if not isinstance(stated, Absent):
        return stated
    if isinstance(sized, Unknown):
        return sized
    if not empty(sized):
        return Default(True, _MULTI_AZ_CLUSTER, view.resource, view.base)
    members: list[View] = []
    more: Unknown | None = None
    for type_ in ("aws_rds_cluster_instance", "AWS::RDS::DBInstance"):
        found = view.companions(type_)
        members += found.views
        more = more or (found.more if isinstance(found, Some) else None)
    if len(members) > 1:
        return Known(True, view.resource, view.base)
    if more is not None:
        return more
    if members:
        return Known(False, members[0].resource)
    because = "none of its instances is declared here"
    return Unknown(because, "scan where they are, or the live account", view.resource, view.base)
