"""Where an RDS database stands: with a public address or not, and in how many zones."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default
from tfaudit.reading.view import Reading, View
from tfaudit.services.contents import not_known

_API = "docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"
_TERRAFORM = "hashicorp/aws/6.0.0/docs/resources/db_instance"
_MULTI_AZ_CLUSTER = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html"
_MULTI_AZ = ("db_cluster_instance_class", "DBClusterInstanceClass")
_SETTLE = "set PubliclyAccessible, or scan the live account"


def public(view: View) -> Any:
    """Return whether the database gets a public address."""
    reading = view.first("publicly_accessible", "PubliclyAccessible")
    if not reading.absent:
        return reading
    if view.dialect == "terraform":
        return Default(
            False, _TERRAFORM, view.resource, view.base
        )  # the provider sends false, whatever the network
    if view.dialect == "api":
        return reading
    return _public_by_network(view)


def _public_by_network(view: View) -> Any:
    """Return the API's default: public where the subnet group's VPC, or the default VPC, has an internet gateway."""
    group = view.first("DBSubnetGroupName")
    if group.absent:
        return _untold(
            view, "PubliclyAccessible is not set: it depends on the internet gateway of the default VPC"
        )
    gateways = [
        each.body.get("VpcId")
        for each in view.inventory.of_type("AWS::EC2::VPCGatewayAttachment")
        if each.body.get("InternetGatewayId") is not None
    ]
    for subnet_group in view.targets("DBSubnetGroupName", "AWS::RDS::DBSubnetGroup"):
        for subnet in subnet_group.targets("SubnetIds", "AWS::EC2::Subnet"):
            network = subnet.read("VpcId").value
            if isinstance(network, Reference) and view.inventory.at(network.address):
                attached = network in gateways or _same(network, gateways)
                if not attached and (unclear := not_known(gateways)):
                    return _untold(
                        view,
                        f"which network an internet gateway is attached to is not known: {unclear.because}",
                    )
                return Default(attached, _API, view.resource, view.base)
    return _untold(view, f"PubliclyAccessible is not set: it depends on the VPC of {group.value}")


def _same(network: Reference, gateways: list[Any]) -> bool:
    return any(isinstance(each, Reference) and each.address == network.address for each in gateways)


def _untold(view: View, because: str) -> Reading:
    return Reading(Unresolved(because, _SETTLE), view.resource, view.base)


def cluster_public(view: View) -> Any:
    """Return whether a Multi-AZ DB cluster is public; an Aurora cluster has no address apart from its instances."""
    reading = view.first("PubliclyAccessible")
    if not reading.absent:
        return reading
    if view.dialect == "api" or view.first(*_MULTI_AZ).absent:
        return Reading(False, view.resource, view.base)
    # The API's page has told two rules for it over time: by the subnet group, and by its network's gateway.
    return _untold(view, "a Multi-AZ cluster is public or not by its subnet group and network")


def cluster_zones(view: View) -> Any:
    """Return whether a cluster has instances in more than one zone: an Aurora cluster with one instance does not."""
    if view.dialect == "api":
        return view.first("MultiAZ")
    sized = view.first(*_MULTI_AZ)
    if isinstance(sized.value, Unresolved):
        return sized
    if not sized.absent:
        return Default(True, _MULTI_AZ_CLUSTER, view.resource, view.base)
    type_ = "AWS::RDS::DBInstance" if view.dialect == "cloudformation" else "aws_rds_cluster_instance"
    members, unsure = view.companions(type_)
    if len(members) > 1:
        return True
    if unsure is not None:
        return unsure
    if not members:
        return Unresolved(
            "none of its instances is declared here", "scan where they are, or the live account"
        )
    return Reading(False, members[0].resource)
