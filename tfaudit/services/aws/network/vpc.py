"""Amazon VPC: networks and subnets, as `network` and `subnet` assets.

A network has flow logs when it, or each of its subnets, has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Pointer
from tfaudit.reading.view import All, Some, View
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import holds

READS = (
    "aws_vpc",
    "aws_default_vpc",
    "aws_subnet",
    "aws_default_subnet",
    "AWS::EC2::VPC",
    "AWS::EC2::Subnet",
    "ec2.describe_vpcs",
    "ec2.describe_subnets",
)
KINDS = ("network", "subnet")
COMPANIONS = {"aws_flow_log": "vpc_id", "AWS::EC2::FlowLog": "ResourceId"}
NAMES = ("id",)

_VPC_LOGS = Detail(
    "describe_flow_logs", {"Filter": "?resource-id=VpcId"}, "ec2:DescribeFlowLogs", items="FlowLogs"
)
_SUBNET_LOGS = Detail(
    "describe_flow_logs", {"Filter": "?resource-id=SubnetId"}, "ec2:DescribeFlowLogs", items="FlowLogs"
)
SUBNETS = Listing(
    "ec2",
    "describe_subnets",
    "Subnets",
    "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId}",
    sent=("MapPublicIpOnLaunch",),
)
CALLS = (
    Listing(
        "ec2",
        "describe_vpcs",
        "Vpcs",
        "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
        details=(_VPC_LOGS,),
        sent=("IsDefault",),
    ),
    replace(SUBNETS, details=(_SUBNET_LOGS,)),
)

_SHIELD = "docs.aws.amazon.com/waf/latest/developerguide/ddos-standard-summary.html"
_FLOW_LOGS = "docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html"
_SUBNET = "docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html"

TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    # A network that is declared elsewhere has what others name it by as `id`, whatever the plane.
    "id": aws("id", "id", "VpcId"),
    "logs": aws("aws_flow_log/vpc_id", "AWS::EC2::FlowLog/ResourceId", "describe_flow_logs/"),
    "tags": aws("tags", "Tags"),
}
SUBNET_WORDS: Spelling = {
    "id": aws("id", NOTHING, "SubnetId"),
    "public": aws("map_public_ip_on_launch", "MapPublicIpOnLaunch"),
    "logs": aws("aws_flow_log/subnet_id", "AWS::EC2::FlowLog/ResourceId", "describe_flow_logs/"),
    "tags": aws("tags", "Tags"),
}
IDENTITY = ("id", "tags")

_SUBNETS_OF = {"aws_subnet": "vpc_id", "AWS::EC2::Subnet": "VpcId", "ec2.describe_subnets": "VpcId"}
_LOGS_OF_SUBNETS = {"aws_flow_log": "subnet_id", "AWS::EC2::FlowLog": "ResourceId"}


def _own_logs(view: View) -> Known | Absent | Unknown:
    """Return whether a network or subnet has a flow log of its own."""
    match view.word("logs"):
        case Known(value=list() as listed) as found:
            held = holds(listed)
            if isinstance(held, Unresolved):
                return Unknown(held.because, held.settle_with, found.resource, found.path)
            return Known(True, found.resource, found.path) if held else Absent(view.resource, view.base)
        case Known() | Pointer() as found:
            return Known(True, found.resource, found.path)
        case Unknown() as found if found.resource is not view.resource:
            # A log whose subject is the network or subnet is there; only what else it says may not be known.
            return Known(True, found.resource, found.path)
        case Absent():
            return Absent(view.resource, view.base)
        case Unknown() as unknown:
            return unknown


def _flow_logs(view: View) -> Known | Absent | Unknown:
    """Return whether a network, or each of its subnets, has a flow log."""
    own = _own_logs(view)
    if isinstance(own, Known):
        return own
    subnets: list[View] = []
    unsure: Unknown | None = None
    network = View(view.resource, view.inventory, _SUBNETS_OF, ("id", "VpcId"))
    for type_ in _SUBNETS_OF:
        match network.companions(type_):
            case All(views=found):
                subnets += found
            case Some(views=found, more=more):
                subnets += found
                unsure = unsure or more
    logged = [_own_logs(_subnet(each)) for each in subnets]
    if logged and all(isinstance(each, Known) for each in logged):
        return unsure or Known(True, view.resource, view.base)
    if isinstance(own, Absent) and any(isinstance(each, Unknown) for each in logged):
        return Unknown("the flow logs of a subnet are not known", SETTLE, view.resource)
    return own


def _subnet(view: View) -> View:
    """Return a subnet's view: flow logs point at it by another attribute than at a network."""
    return View(view.resource, view.inventory, _LOGS_OF_SUBNETS, NAMES, SUBNET_WORDS)


_LOGGED = Fact(joins=_flow_logs, of=("logs",), default=Documented(False, _FLOW_LOGS))
NETWORK: Facts = {
    "flow_logs": _LOGGED,
    "flow_logs.retention_days": inapplicable(
        "where its flow logs are sent to says how long they are kept: log groups and buckets are judged"
    ),
    "flow_logs.analysed": inapplicable("records of a network of AWS are asked where they are sent to"),
    "ddos_protection": always(True, _SHIELD),
    "watched": inapplicable("AWS watches a region's networks without a resource of its own"),
    "tags": TAGS,
}
SUBNET: Facts = {
    "assigns_public_ip": Fact("public", default=Documented(False, _SUBNET)),
    "network_security_group": inapplicable("AWS attaches security groups to interfaces, not to subnets"),
    "default_outbound_access": inapplicable("machines of AWS get out by the routes of their subnet alone"),
    "tags": TAGS,
}
DEFAULT_SUBNET: Facts = {**SUBNET, "assigns_public_ip": Fact("public", default=Documented(True, _SUBNET))}
_NETWORKS = ("aws_vpc", "aws_default_vpc", "AWS::EC2::VPC", "ec2.describe_vpcs")
_SUBNETS = {
    "aws_subnet": SUBNET,
    "aws_default_subnet": DEFAULT_SUBNET,
    "AWS::EC2::Subnet": SUBNET,
    "ec2.describe_subnets": SUBNET,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the network or the subnet."""
    type_ = view.resource.type
    if type_ in _NETWORKS:
        yield asset("network", view, NETWORK, key(view, "aws:ec2:vpc/{}", "id"), name=_name(view))
    else:
        subnet = _subnet(view)
        known = key(subnet, "aws:ec2:subnet/{}", "id")
        yield asset("subnet", subnet, _SUBNETS[type_], known, name=_name(subnet))


def _name(view: View) -> str:
    """Return the Name tag, which is what people call a network by."""
    tags = TAGS.read(view, "map")
    name = tags.value.get("Name") if isinstance(tags, Known) else None
    return name if isinstance(name, str) else view.resource.address.rpartition(".")[2]
