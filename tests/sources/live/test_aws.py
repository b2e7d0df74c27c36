from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from tests.servers.aws_answers import IDENTITY, Dripping, answering, refused, told
from tests.servers.processes import free_port
from tfaudit.errors import UnreachableError, UsageError
from tfaudit.model.calls import Call, Detail, Listing
from tfaudit.model.resources import Resource, Unread, Unresolved
from tfaudit.sources.live.aws import connect
from tfaudit.sources.live.aws.session import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.servers.aws import Aws

REGION = "eu-west-1"
BUCKETS = Listing(
    "s3",
    "list_buckets",
    "Buckets",
    "arn:{partition}:s3:::{Name}",
    name="Name",
    per_region=False,
    region_at="get_bucket_location/LocationConstraint",
    details=(
        Detail("get_bucket_versioning", {"Bucket": "Name"}),
        Detail("get_bucket_policy", {"Bucket": "Name"}, absent=("NoSuchBucketPolicy",)),
        Detail("get_bucket_location", {"Bucket": "Name"}),
    ),
)
DATABASES = Listing(
    "rds",
    "describe_db_instances",
    "DBInstances",
    "DBInstanceArn",
    details=(
        Detail(
            "describe_db_parameters",
            {"DBParameterGroupName": "DBParameterGroups.0.DBParameterGroupName"},
            items="Parameters",
        ),
    ),
)
GROUPS = Listing("ec2", "describe_security_groups", "SecurityGroups", "GroupId")
DATABASE = (
    "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances>{}</DBInstances>{}"
    "</DescribeDBInstancesResult></DescribeDBInstancesResponse>"
)
ORDERS = (
    "<DBInstance><DBInstanceIdentifier>{0}</DBInstanceIdentifier><DBInstanceArn>arn:aws:rds:x:1:db:{0}</DBInstanceArn>"
    "<DBParameterGroups><DBParameterGroup><DBParameterGroupName>own</DBParameterGroupName></DBParameterGroup>"
    "</DBParameterGroups></DBInstance>"
)


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that open nothing, and nothing of the developer's own."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "do-not-show-this")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


def collect(
    url: str, *listings: Listing, regions: tuple[str, ...] = (REGION,), **more: Any
) -> list[Resource | Unread]:
    target = Target(regions, endpoint=url, threads=4, attempts=more.pop("attempts", 1), **more)
    return list(connect(target).collect(listings))


def only(found: list[Resource | Unread]) -> Resource:
    (resource,) = found
    assert isinstance(resource, Resource), resource
    return resource


def with_gap(found: list[Resource | Unread]) -> tuple[Resource, Unread]:
    """The one thing that was found, and the one record of what is not known of it."""
    resource, gap = found
    assert isinstance(resource, Resource), resource
    assert isinstance(gap, Unread), gap
    return resource, gap


def unread(found: list[Resource | Unread]) -> Unread:
    (gap,) = found
    assert isinstance(gap, Unread), gap
    return gap


def test_an_account_s_own_block_is_told_of_each_bucket_by_a_name_of_its_own(aws: Aws) -> None:
    aws.client("s3").create_bucket(Bucket="far", CreateBucketConfiguration={"LocationConstraint": REGION})
    block = {"BlockPublicAcls": True, "IgnorePublicAcls": True}
    aws.client("s3control").put_public_access_block(
        AccountId="123456789012", PublicAccessBlockConfiguration=block
    )
    absent = ("NoSuchPublicAccessBlockConfiguration",)
    account = Detail(
        "get_public_access_block",
        {"AccountId": "={account}"},
        name="account_block",
        client="s3control",
        absent=absent,
    )
    own = Detail("get_public_access_block", {"Bucket": "Name"}, absent=absent)
    bucket = only(collect(aws.url, replace(BUCKETS, details=(*BUCKETS.details, own, account))))

    assert bucket.body["get_public_access_block"] is None
    assert bucket.body["account_block"]["PublicAccessBlockConfiguration"]["IgnorePublicAcls"] is True
    assert (
        str(bucket.place_of(("account_block", "PublicAccessBlockConfiguration", "IgnorePublicAcls")))
        == "s3control.get_public_access_block eu-west-1 far PublicAccessBlockConfiguration.IgnorePublicAcls"
    )


def test_buckets_come_with_their_details_from_their_own_region(aws: Aws) -> None:
    aws.client("s3", "us-east-1").create_bucket(Bucket="near")
    aws.client("s3").create_bucket(Bucket="far", CreateBucketConfiguration={"LocationConstraint": REGION})
    aws.client("s3").put_bucket_versioning(Bucket="far", VersioningConfiguration={"Status": "Enabled"})

    found = collect(aws.url, BUCKETS, regions=(REGION, "us-east-1"))
    buckets = {each.body["Name"]: each for each in found if isinstance(each, Resource)}

    far = buckets["far"]
    assert (far.type, far.address, far.plane, far.dialect, far.scope) == (
        "s3.list_buckets",
        "arn:aws:s3:::far",
        "live",
        "api",
        "aws:123456789012",
    )
    assert far.body["get_bucket_versioning"]["Status"] == "Enabled"
    assert far.body["get_bucket_policy"] is None
    assert far.context["region"] == REGION
    assert buckets["near"].context["region"] == "us-east-1"
    assert str(far.place) == "s3.list_buckets eu-west-1 Buckets[far]"
    assert (
        str(far.place_of(("get_bucket_versioning", "Status")))
        == "s3.get_bucket_versioning eu-west-1 far Status"
    )
    assert far.place_of(("CreationDate",)).at == "Buckets[far].CreationDate"
    json.dumps(far.body)


def test_buckets_of_other_regions_are_left_out_when_regions_are_named(aws: Aws) -> None:
    aws.client("s3", "us-east-1").create_bucket(Bucket="near")

    assert collect(aws.url, BUCKETS, regions=(REGION,)) == []


def test_all_pages_are_read_in_every_region(aws: Aws) -> None:
    for region in (REGION, "us-east-1"):
        client = aws.client("ec2", region)
        for number in range(3):
            client.create_security_group(GroupName=f"g{number}", Description="x")
    paged = Listing(
        "ec2", "describe_security_groups", "SecurityGroups", "GroupId", parameters={"MaxResults": 5}
    )

    found = collect(aws.url, paged, regions=(REGION, "us-east-1"))
    named = [(each.context["region"], each.body["GroupName"]) for each in found if isinstance(each, Resource)]

    assert [region for region, _ in named] == [REGION] * 4 + ["us-east-1"] * 4
    assert {name for _, name in named} == {"default", "g0", "g1", "g2"}


def test_without_named_regions_the_enabled_ones_are_asked(aws: Aws) -> None:
    whole = Listing("ec2", "get_ebs_encryption_by_default", "", "ebs:{region}")

    found = collect(aws.url, whole, regions=())
    addresses = [each.address for each in found if isinstance(each, Resource)]

    assert "ebs:eu-west-1" in addresses
    assert len(addresses) == len({*addresses}) > 10


def test_lists_that_share_an_answer_and_lists_inside_lists(aws: Aws) -> None:
    aws.client("iam").create_role(
        RoleName="r", AssumeRolePolicyDocument='{"Version": "2012-10-17", "Statement": []}'
    )
    aws.client("iam").create_user(UserName="u")
    image = aws.client("ec2").describe_images()["Images"][0]["ImageId"]
    aws.client("ec2").run_instances(ImageId=image, MinCount=2, MaxCount=2, UserData="password=hunter2")
    details = "get_account_authorization_details"
    listings = [
        Listing("iam", details, "RoleDetailList", "Arn", part="RoleDetailList", per_region=False),
        Listing("iam", details, "UserDetailList", "Arn", part="UserDetailList", per_region=False),
        Listing("ec2", "describe_instances", "Reservations.Instances", "InstanceId"),
    ]

    found = [each for each in collect(aws.url, *listings) if isinstance(each, Resource)]

    assert [each.type for each in found] == [
        f"iam.{details}.RoleDetailList",
        f"iam.{details}.UserDetailList",
        "ec2.describe_instances",
        "ec2.describe_instances",
    ]
    assert found[0].body["AssumeRolePolicyDocument"] == {"Version": "2012-10-17", "Statement": []}


def test_details_of_details_and_texts_as_items(aws: Aws) -> None:
    eks = aws.client("eks")
    role = "arn:aws:iam::123456789012:role/r"
    vpc = {"subnetIds": ["subnet-1", "subnet-2"]}
    eks.create_cluster(name="c", roleArn=role, resourcesVpcConfig=vpc)
    eks.create_nodegroup(clusterName="c", nodegroupName="n", subnets=["subnet-1"], nodeRole=role)
    clusters = Listing(
        "eks",
        "list_clusters",
        "clusters",
        "arn:{partition}:eks:{region}:{account}:cluster/{value}",
        name="value",
        details=(
            Detail("describe_cluster", {"name": "value"}, items="cluster"),
            Detail(
                "list_nodegroups",
                {"clusterName": "value"},
                items="nodegroups",
                details=(
                    Detail(
                        "describe_nodegroup",
                        {"clusterName": "^value", "nodegroupName": "value"},
                        items="nodegroup",
                    ),
                ),
            ),
        ),
    )

    cluster = only(collect(aws.url, clusters))

    assert cluster.address == "arn:aws:eks:eu-west-1:123456789012:cluster/c"
    assert cluster.body["describe_cluster"]["name"] == "c"
    assert cluster.body["list_nodegroups"][0]["describe_nodegroup"]["nodeRole"] == role
    place = cluster.place_of(("list_nodegroups", 0, "describe_nodegroup", "nodeRole"))
    assert str(place) == "eks.describe_nodegroup eu-west-1 c nodeRole"


def test_what_is_not_configured_is_one_empty_resource(aws: Aws) -> None:
    policy = Listing(
        "iam",
        "get_account_password_policy",
        "",
        "arn:{partition}:iam::{account}:root",
        per_region=False,
        absent=("NoSuchEntity",),
    )

    found = only(collect(aws.url, policy))

    assert (found.address, found.body) == ("arn:aws:iam::123456789012:root", {})


def test_a_service_may_bring_its_own_function(aws: Aws) -> None:
    aws.client("iam").create_user(UserName="u")

    def users(call: Call) -> Iterator[Mapping[str, Any]]:
        for user in call("list_users")["Users"]:
            yield {"user": user["UserName"], "password": "hunter2"}

    found = only(collect(aws.url, Listing("iam", "list_users", "", "{user}", per_region=False, fetch=users)))

    assert found.body["user"] == "u"
    assert "hunter2" not in repr(found.body)


def test_a_service_whose_function_fails_is_unread_and_nothing_else_is_lost(aws: Aws) -> None:
    def broken(_: Call) -> Iterator[Mapping[str, Any]]:
        yield {"user": "u"}
        raise KeyError("gone")

    def odd(_call: Call, _item: Mapping[str, Any]) -> Any:
        raise KeyError("gone")

    aws.client("iam").create_user(UserName="u")
    listings = [
        Listing("iam", "list_roles", "", "{user}", per_region=False, fetch=broken),
        Listing(
            "iam",
            "list_users",
            "Users",
            "Arn",
            per_region=False,
            details=(Detail("list_groups", {}, fetch=odd),),
        ),
    ]

    found = collect(aws.url, *listings)

    (user,) = (each for each in found if isinstance(each, Resource))
    assert "KeyError" in str(user.body["list_groups"].because)
    told = {each.place.origin: each.settle_with for each in found if isinstance(each, Unread)}
    defect = "report this as a defect of tfaudit"
    assert told == {"iam.list_roles global": defect, "iam.list_groups us-east-1": defect}


def test_of_a_bucket_whose_region_may_not_be_asked_nothing_is_known() -> None:
    """It may lie in a region that was not asked for: neither is it left out, nor asked elsewhere."""
    buckets = (
        "<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name></Bucket></Buckets></ListAllMyBucketsResult>"
    )
    with answering(**{"/": told(buckets), "/b": refused("AccessDenied")}) as answers:
        bucket, gap = with_gap(collect(answers.url, BUCKETS))

    assert gap.settle_with == "grant s3:GetBucketLocation"
    assert bucket.body["get_bucket_location"].settle_with == "grant s3:GetBucketLocation"
    assert "in which region" in bucket.body["get_bucket_policy"].because
    assert bucket.body["get_bucket_policy"].settle_with == "grant s3:GetBucketLocation"


def test_secrets_in_answers_are_redacted_as_they_are_read() -> None:
    environment = [{"name": "DB_PASSWORD", "value": "hunter2"}, {"name": "MODE", "value": "fast"}]
    definition = {"taskDefinitionArn": "t", "containerDefinitions": [{"environment": environment}]}
    listing = Listing(
        "ecs", "describe_task_definition", "taskDefinition", "taskDefinitionArn", {"taskDefinition": "t"}
    )
    with answering(DescribeTaskDefinition=told(json.dumps({"taskDefinition": definition}))) as answers:
        found = only(collect(answers.url, listing))

    assert found.body["containerDefinitions"][0]["environment"] == [
        {"name": "DB_PASSWORD", "value": "(redacted)"},
        {"name": "MODE", "value": "fast"},
    ]


def test_a_denied_list_is_unread_and_names_who_and_what() -> None:
    with answering(DescribeDBInstances=refused("AccessDenied", "User: x is not authorized")) as answers:
        gap = unread(collect(answers.url, DATABASES))

    assert gap.place.origin == "rds.describe_db_instances eu-west-1"
    assert gap.because == "role/audit may not call it"
    assert gap.settle_with == "grant rds:DescribeDBInstances"


def test_a_list_that_is_denied_everywhere_is_told_once() -> None:
    regions = ("eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1")
    with answering(DescribeDBInstances=refused("AccessDenied")) as answers:
        gap = unread(collect(answers.url, DATABASES, regions=regions))

    assert gap.place.origin == "rds.describe_db_instances eu-west-1, eu-west-2, eu-west-3 and 2 more regions"


def test_the_action_that_the_api_itself_names_is_preferred() -> None:
    message = "role/audit is not authorized to perform: rds:Special on resource: x with an explicit deny"
    with answering(DescribeDBInstances=refused("AccessDenied", message)) as answers:
        assert unread(collect(answers.url, DATABASES)).settle_with == "lift the explicit deny of rds:Special"


@pytest.mark.parametrize("code", ["UnauthorizedOperation", "AccessDeniedException", "AuthorizationError"])
def test_every_spelling_of_a_refusal_is_one(code: str) -> None:
    with answering(DescribeDBInstances=refused(code)) as answers:
        assert unread(collect(answers.url, DATABASES)).settle_with == "grant rds:DescribeDBInstances"


def test_a_denied_detail_is_unknown_and_the_item_stays() -> None:
    databases = told(DATABASE.format(ORDERS.format("orders"), ""))
    with answering(DescribeDBInstances=databases, DescribeDBParameters=refused("AccessDenied")) as answers:
        database, gap = with_gap(collect(answers.url, DATABASES))

    assert database.body["describe_db_parameters"] == Unresolved(
        "role/audit may not call rds:DescribeDBParameters", "grant rds:DescribeDBParameters"
    )
    assert str(gap.place) == "rds.describe_db_parameters eu-west-1"
    assert gap.because == "role/audit may not call it, of orders"


def test_one_answer_serves_all_items_that_ask_the_same() -> None:
    databases = told(DATABASE.format(ORDERS.format("a") + ORDERS.format("b"), ""))
    parameters = told(
        "<DescribeDBParametersResponse><DescribeDBParametersResult><Parameters><Parameter><ParameterName>p</ParameterName>"
        "</Parameter></Parameters></DescribeDBParametersResult></DescribeDBParametersResponse>"
    )
    with answering(DescribeDBInstances=databases, DescribeDBParameters=parameters) as answers:
        found = collect(answers.url, DATABASES)

    assert [each.body["describe_db_parameters"] for each in found if isinstance(each, Resource)] == [
        [{"ParameterName": "p"}]
    ] * 2
    assert answers.asked["DescribeDBParameters"] == 1


def test_what_depends_on_a_denied_detail_is_unknown_too() -> None:
    listing = Listing(
        "rds",
        "describe_db_instances",
        "DBInstances",
        "DBInstanceArn",
        details=(
            Detail("describe_db_parameters", {"DBParameterGroupName": "DBInstanceArn"}, items="Parameters"),
            Detail("describe_key", {"KeyId": "describe_db_parameters.0.ParameterName"}, client="kms"),
        ),
    )
    databases = told(DATABASE.format(ORDERS.format("orders"), ""))
    with answering(DescribeDBInstances=databases, DescribeDBParameters=refused("AccessDenied")) as answers:
        database, _ = with_gap(collect(answers.url, listing))

    assert database.body["describe_key"] == database.body["describe_db_parameters"]
    assert isinstance(database.body["describe_key"], Unresolved)


def test_the_region_that_the_list_tells_is_not_asked_for_again(aws: Aws) -> None:
    aws.client("s3").create_bucket(Bucket="far", CreateBucketConfiguration={"LocationConstraint": REGION})
    told_by_list = replace(
        BUCKETS,
        parameters={"MaxBuckets": 1000},
        region_at="BucketRegion, get_bucket_location/LocationConstraint",
    )

    bucket = only(collect(aws.url, told_by_list))

    assert bucket.context["region"] == REGION
    assert isinstance(bucket.body["get_bucket_location"], Unresolved) is ("BucketRegion" in bucket.body)


def test_a_call_that_no_policy_needs_is_not_made_and_leaves_no_value() -> None:
    spared = Listing(
        "rds", "describe_db_instances", "DBInstances", "DBInstanceArn",
        details=(Detail("describe_db_parameters", {"DBParameterGroupName": "DBInstanceArn"}, wanted=False),),
    )  # fmt: skip
    with answering(DescribeDBInstances=told(DATABASE.format(ORDERS.format("a"), ""))) as answers:
        database = only(collect(answers.url, spared))

    assert isinstance(database.body["describe_db_parameters"], Unresolved)
    assert answers.asked["DescribeDBParameters"] == 0


def test_pages_that_boto3_has_no_paginator_for_are_read() -> None:
    def pages(given: Mapping[str, str]) -> tuple[int, str]:
        last = given.get("NextMarker") == "2"
        answer = {"WebACLs": [{"Name": "b" if last else "a", "ARN": "b" if last else "a"}]}
        return 200, json.dumps(answer if last else {**answer, "NextMarker": "2"})

    listing = Listing("wafv2", "list_web_acls", "WebACLs", "ARN", {"Scope": "REGIONAL"})
    with answering(ListWebACLs=pages) as answers:
        found = collect(answers.url, listing)

    assert [each.address for each in found if isinstance(each, Resource)] == ["a", "b"]


def test_parameters_of_every_form_reach_the_api(aws: Aws) -> None:
    ec2 = aws.client("ec2")
    group = ec2.create_security_group(GroupName="g", Description="x")["GroupId"]
    listing = replace(
        GROUPS,
        parameters={"GroupIds": [group]},
        details=(
            Detail("describe_security_groups", {"GroupIds": "[GroupId]"}, items="SecurityGroups"),
            Detail("describe_subnets", {"Filters": "?vpc-id=VpcId"}, items="Subnets"),
            Detail("describe_vpc_attribute", {"VpcId": "VpcId", "Attribute": "=enableDnsSupport"}),
            Detail("describe_network_acls", {"Filters": "?vpc-id=Nowhere"}, items="NetworkAcls"),
        ),
    )

    body = only(collect(aws.url, listing)).body

    assert [each["GroupId"] for each in body["describe_security_groups"]] == [group]
    assert {each["VpcId"] for each in body["describe_subnets"]} == {body["VpcId"]}
    assert body["describe_vpc_attribute"]["EnableDnsSupport"] == {"Value": True}
    assert "describe_network_acls" not in body


def test_pages_before_a_failure_are_kept() -> None:
    def pages(given: Mapping[str, str]) -> tuple[int, str]:
        if "Marker" in given:
            return refused("InternalFailure", "boom", 400)(given)
        return 200, DATABASE.format(ORDERS.format("a"), "<Marker>next</Marker>")

    with answering(DescribeDBInstances=pages) as answers:
        found = collect(answers.url, Listing("rds", "describe_db_instances", "DBInstances", "DBInstanceArn"))

    assert [type(each) for each in found] == [Resource, Unread]
    assert "boom" in unread(found[1:]).because


def test_throttling_is_waited_out() -> None:
    said = [told(DATABASE.format("", "")), refused("Throttling", "Rate exceeded", 400)]

    def once(given: Mapping[str, str]) -> tuple[int, str]:
        return said.pop()(given)

    with answering(DescribeDBInstances=once) as answers:
        assert collect(answers.url, DATABASES, attempts=3) == []
        assert answers.asked["DescribeDBInstances"] == 2


def test_throttling_without_end_is_unread() -> None:
    with answering(DescribeDBInstances=refused("Throttling", "Rate exceeded", 400)) as answers:
        gap = unread(collect(answers.url, DATABASES))

    assert "throttled" in gap.because
    assert "--threads" in gap.settle_with


def test_a_region_that_is_not_enabled_is_unread() -> None:
    with answering(DescribeDBInstances=refused("InvalidClientTokenId", "invalid")) as answers:
        gap = unread(collect(answers.url, DATABASES, regions=("me-south-1",)))

    assert gap.because == "the region is not enabled for the account"
    assert "--region" in gap.settle_with


def test_credentials_that_expire_on_the_way_end_the_calls_and_show() -> None:
    with answering(DescribeDBInstances=refused("ExpiredToken", "The security token is expired")) as answers:
        found = collect(answers.url, DATABASES, GROUPS, regions=("eu-west-1", "eu-west-2", "eu-west-3"))

    gaps = [each for each in found if isinstance(each, Unread)]
    assert len(gaps) == len(found)
    assert "rds.describe_db_instances eu-west-1, eu-west-2, eu-west-3" in {each.place.origin for each in gaps}
    settled = {each.settle_with for each in gaps if "expired" in each.because}
    assert settled == {"log in again and repeat the scan"}


FULL = DATABASE.format(ORDERS.format("a"), "")
PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>"
KEYS = Listing("kms", "list_keys", "Keys", "KeyArn")
BROKEN = {
    "a page for people": (DATABASES, PAGE, "its root element is html, not DescribeDBInstancesResponse"),
    "nothing": (DATABASES, "", "it is empty"),
    "half of it": (DATABASES, FULL[: len(FULL) // 2], "it breaks off"),
    "another answer": (DATABASES, "<Response/>", "its root element is Response"),
    "no result": (DATABASES, "<DescribeDBInstancesResponse/>", "it has no DescribeDBInstancesResult"),
    "no list": (DATABASES, FULL.replace("DBInstances>", "Other>"), "it has no DBInstances"),
    "no text at all": (DATABASES, "a, b", "it is not XML"),
    "a page instead of JSON": (KEYS, PAGE, "it is not JSON"),
    "half of the JSON": (KEYS, '{"Keys": [{"KeyId": "k", "KeyArn": "arn"}', "it is not JSON"),
    "a bare list": (KEYS, "[]", "it is not a JSON object"),
    "an empty object": (KEYS, "{}", "it says nothing"),
    "no list in the JSON": (KEYS, '{"message": "hello"}', "it has no Keys"),
    "nesting without end": (KEYS, '{"a":' * 100_000, "it is not JSON"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_an_answer_that_is_not_of_the_api_s_form_is_unread(kind: str) -> None:
    listing, text, how = BROKEN[kind]
    with answering(DescribeDBInstances=told(text), ListKeys=told(text)) as answers:
        gap = unread(collect(answers.url, listing))

    assert gap.place.origin == f"{listing.client}.{listing.operation} eu-west-1"
    assert "is not AWS's form: " in gap.because
    assert how in gap.because
    assert "proxy" in gap.settle_with


@pytest.mark.parametrize("text", [PAGE, "", "<Response/>", "<VersioningConfiguration><Status>Ena"])
def test_a_broken_answer_about_one_thing_leaves_it_unknown(text: str) -> None:
    bucket = "<Bucket><Name>b</Name><BucketRegion>eu-west-1</BucketRegion></Bucket>"
    buckets = f"<ListAllMyBucketsResult><Buckets>{bucket}</Buckets></ListAllMyBucketsResult>"
    of_one = replace(
        BUCKETS, region_at="BucketRegion", details=(Detail("get_bucket_versioning", {"Bucket": "Name"}),)
    )
    with answering(**{"/": told(buckets), "/b?versioning": told(text)}) as answers:
        found, gap = with_gap(collect(answers.url, of_one))

    assert isinstance(found.body["get_bucket_versioning"], Unresolved)
    # What breaks off in the middle botocore itself takes for an error of S3's.
    assert "is not AWS's form" in gap.because or "Internal Server Error" in gap.because


def test_what_the_api_always_sends_and_did_not_is_not_known() -> None:
    listing = Listing(
        "rds", "describe_db_instances", "DBInstances", "DBInstanceArn", sent=("StorageEncrypted", "Engine")
    )
    orders = ORDERS.format("a").replace("<DBParameterGroups>", "<Engine>mysql</Engine><DBParameterGroups>")
    with answering(DescribeDBInstances=told(DATABASE.format(orders, ""))) as answers:
        database, gap = with_gap(collect(answers.url, listing))

    assert database.body["Engine"] == "mysql"
    assert isinstance(database.body["StorageEncrypted"], Unresolved)
    assert gap.because == "its answer has no StorageEncrypted, which the API always sends, of a"


def test_a_body_that_drips_ends_with_the_time_of_its_call() -> None:
    started = time.monotonic()
    with answering(DescribeDBInstances=told(Dripping(FULL))) as answers:
        gap = unread(collect(answers.url, DATABASES, call_seconds=1))

    assert gap.because == "the call does not end in the time that it may take"
    assert time.monotonic() - started < 20


def test_pages_that_name_the_same_next_one_end() -> None:
    again = told(DATABASE.format(ORDERS.format("a"), "<Marker>again</Marker>"))
    listing = Listing("rds", "describe_db_instances", "DBInstances", "DBInstanceArn")
    with answering(DescribeDBInstances=again) as answers:
        found = collect(answers.url, listing)

    assert "its pages do not end" in unread(found[-1:]).because


def test_an_endpoint_that_is_silent_is_unread_in_time() -> None:
    def silent(_: Mapping[str, str]) -> tuple[int, str]:
        time.sleep(2)
        return 200, ""

    with answering(DescribeDBInstances=silent) as answers:
        gap = unread(collect(answers.url, DATABASES, read_seconds=0.2))

    assert "does not answer in time" in gap.because


def test_regions_that_may_not_be_listed_leave_one() -> None:
    databases = told(DATABASE.format(ORDERS.format("a"), ""))
    with answering(
        DescribeDBInstances=databases, DescribeRegions=refused("UnauthorizedOperation")
    ) as answers:
        answers.said["DescribeDBParameters"] = refused("AccessDenied")
        found = collect(answers.url, DATABASES, regions=())

    assert "only us-east-1 is looked at" in unread(found[:1]).because
    assert [type(each) for each in found[1:]] == [Resource, Unread]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("ExpiredToken", "AWS: the credentials have expired; log in again"),
        ("InvalidClientTokenId", "AWS: the credentials are not valid (InvalidClientTokenId); log in again"),
        ("SignatureDoesNotMatch", "AWS: the credentials are not valid (SignatureDoesNotMatch); log in again"),
    ],
)
def test_credentials_that_do_not_hold_end_the_scan_in_one_sentence(code: str, sentence: str) -> None:
    said = refused(code, "AKIAIOSFODNN7EXAMPLE do-not-show-this")
    with answering(GetCallerIdentity=said) as answers, pytest.raises(UnreachableError) as raised:
        collect(answers.url, DATABASES)

    assert str(raised.value).startswith(sentence)
    assert "do-not-show" not in str(raised.value)


@pytest.mark.parametrize(
    ("code", "message", "sentence"),
    [
        (
            "AccessDenied",
            "x is not authorized to perform: sts:AssumeRole on resource: r",
            "grant sts:AssumeRole",
        ),
        ("AccessDenied", "no", "grant sts:GetCallerIdentity"),
        ("InternalFailure", "boom", "it failed with InternalFailure: boom; repeat the scan"),
    ],
)
def test_an_identity_that_is_not_told_ends_the_scan(code: str, message: str, sentence: str) -> None:
    said = refused(code, message, 400)
    with answering(GetCallerIdentity=said) as answers, pytest.raises(UnreachableError, match=sentence):
        collect(answers.url, DATABASES)


def test_no_credentials_end_the_scan_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    with pytest.raises(UnreachableError, match=r"^AWS: no credentials are found; .*--aws-profile"):
        collect("http://127.0.0.1:1", DATABASES)


def test_a_profile_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnreachableError, match="nowhere"):
        collect("http://127.0.0.1:1", DATABASES, profile="nowhere")


def test_an_endpoint_that_is_down_ends_the_scan_in_one_sentence() -> None:
    with pytest.raises(
        UnreachableError, match=r"^AWS: http://127.0.0.1:\d+ cannot be reached; .*AWS_ENDPOINT_URL"
    ):
        collect(f"http://127.0.0.1:{free_port()}", DATABASES)


def test_an_endpoint_that_is_no_address_is_named() -> None:
    with pytest.raises(UnreachableError, match="'nonsense' is not the address of an endpoint"):
        collect("nonsense", DATABASES)


def test_a_region_that_does_not_exist_is_wrong_usage(aws: Aws) -> None:
    with pytest.raises(UsageError, match='no region "eu-wst-1"; did you mean "eu-west-1"'):
        collect(aws.url, DATABASES, regions=("eu-wst-1",))


def test_the_identity_is_asked_once() -> None:
    with answering(GetCallerIdentity=told(IDENTITY), DescribeDBInstances=refused("AccessDenied")) as answers:
        collect(answers.url, DATABASES, GROUPS, regions=("eu-west-1", "eu-west-2"))

    assert answers.asked["GetCallerIdentity"] == 1
