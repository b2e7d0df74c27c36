"""AWS CloudTrail trails, as `audit_trail` assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.enclosed import replaced
from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, spelled
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Reading
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_cloudtrail", "AWS::CloudTrail::Trail", "cloudtrail.describe_trails")
KINDS = ("audit_trail",)
CALLS = (
    Listing(
        "cloudtrail",
        "describe_trails",
        "trailList",
        "TrailARN",
        name="Name",
        # Each trail once, where it is at home; not its shadows in the other regions.
        parameters={"includeShadowTrails": False},
        details=(
            Detail("get_trail_status", {"Name": "TrailARN"}),
            Detail("get_event_selectors", {"TrailName": "TrailARN"}),
            Detail("list_tags", {"ResourceIdList": "[TrailARN]"}, items="ResourceTagList"),
            describe_key("KmsKeyId"),
        ),
    ),
)

_CREATE = "docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html"
_ENCRYPTION = (
    "docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html"
)
_EVENTS = "docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html"
_TERRAFORM = "hashicorp/aws/6.0.0/docs/resources/cloudtrail"


def _recorded(view: View) -> Reading:
    """Return the sorts of events that the trail records: `management`, `data`, or a part of them, `data writes`."""
    basic, advanced = "event_selector", "advanced_event_selector"
    if view.dialect == "cloudformation":
        basic, advanced = "EventSelectors", "AdvancedEventSelectors"
    elif view.dialect == "api":
        basic, advanced = "get_event_selectors/EventSelectors", "get_event_selectors/AdvancedEventSelectors"
    found: set[str] = set()
    first: Reading | None = None
    for path in (basic, advanced):
        reading = view.read(path)
        if not reading.known and not reading.absent:
            return reading
        if reading.absent or not reading.value:
            continue
        first = first or reading
        for selector in view.each(path):
            sorts = _of_basic(selector) if path == basic else _of_advanced(selector)
            if isinstance(sorts, Unresolved):
                return Reading(sorts, selector.resource, selector.base)
            found |= sorts
    found |= {sort for sort in ("management", "data") if {f"{sort} reads", f"{sort} writes"} <= found}
    return Reading(sorted(found), first.resource, first.path) if first else Reading(ABSENT, view.resource)


def _covers(view: View) -> Reading:
    """Return the sorts of events of which the trail records all: `management`, `data`."""
    recorded = _recorded(view)
    if not recorded.known:
        return recorded
    whole = [sort for sort in recorded.value if " " not in sort]
    return Reading(whole, recorded.resource, recorded.path)


def _events(view: View) -> Any:
    """Return what the recorded events tell of: management events of admin, data events of reads and writes."""
    recorded = _recorded(view)
    if not recorded.known:
        return recorded
    told = {
        "management": ["admin"],
        "data": ["reads", "writes"],
        "data reads": ["reads"],
        "data writes": ["writes"],
    }
    words = {word for sort in recorded.value for word in told.get(sort, ())}
    in_order = [word for word in ("reads", "writes", "admin") if word in words]
    return Reading(in_order, recorded.resource, recorded.path)


def _of_basic(selector: View) -> set[str] | Unresolved:
    management = selector.first("include_management_events", "IncludeManagementEvents")
    if isinstance(management.value, (Unresolved, Reference)):
        return Unresolved(
            "whether it records management events is not known here", "scan the plan or the live account"
        )
    kept = selector.first("read_write_type", "ReadWriteType")
    if isinstance(kept.value, (Unresolved, Reference)):
        return Unresolved("whether it records reads and writes is not known here", "scan the plan")
    part = {"readonly": " reads", "writeonly": " writes"}.get(str(kept.value).lower(), "")
    sorts = set() if as_bool(management.value) is False else {"management"}
    if not selector.first("data_resource", "DataResources").absent:
        sorts |= {"data"} if selector.first("data_resource", "DataResources").value else set()
    return {sort + part for sort in sorts}


def _of_advanced(selector: View) -> set[str] | Unresolved:
    fields = selector.first("field_selector", "FieldSelectors").value
    for field in fields if isinstance(fields, list) else []:
        if isinstance(field, dict) and "eventCategory" in (field.get("field"), field.get("Field")):
            equals = field.get("equals") or field.get("Equals")
            named = equals if isinstance(equals, list) else [equals]
            if all(isinstance(each, str) for each in named):
                return {str(each).lower() for each in named}
    return Unresolved("the category of its events is not known here", "scan the plan or the live account")


def _central(view: View) -> Reading:
    """Return whether the trail goes to a log group."""
    reading = view.first("cloud_watch_logs_group_arn", "CloudWatchLogsLogGroupArn")
    value = reading.value
    if isinstance(value, Unresolved):
        # Text around an expression is never empty: "${aws_cloudwatch_log_group.trail.arn}:*" names a group.
        if replaced(value.expression, "${", "}").strip('"') != ":*":
            return reading
    elif reading.absent or value == "":
        return Reading(ABSENT, reading.resource, reading.path)
    return Reading(True, reading.resource, reading.path)


_bucket = spelled("s3_bucket_name", "S3BucketName")
FACTS = {
    "audit.enabled": Fact(
        terraform="enable_logging",
        cloudformation="IsLogging",
        api="get_trail_status/IsLogging",
        default=Documented(True, _TERRAFORM),
    ),
    "multi_region": Fact(
        **spelled("is_multi_region_trail", "IsMultiRegionTrail"), default=Documented(False, _CREATE)
    ),
    "validated": Fact(
        terraform="enable_log_file_validation",
        cloudformation="EnableLogFileValidation",
        api="LogFileValidationEnabled",
        default=Documented(False, _CREATE),
    ),
    "encryption.at_rest": Fact(
        always=Documented(True, f"{_ENCRYPTION}: by S3's own keys unless a KMS key is named")
    ),
    "encryption.customer_managed_key": Fact(
        **customer_key("kms_key_id", "KMSKeyId", "KmsKeyId"), default=Documented(False, _ENCRYPTION)
    ),
    "logs.central": Fact(**spelled(_central, _central), default=Documented(False, _CREATE)),
    "logs.enabled": Fact(**spelled(_central, _central), default=Documented(False, _CREATE)),
    "audit.events": Fact(**spelled(_events, _events), default=Documented(["admin"], _EVENTS)),
    "covers": Fact(**spelled(_covers, _covers), default=Documented(["management"], _EVENTS)),
    "target": Fact(**_bucket),
    "logs.retention_days": Fact(
        not_applicable="its bucket or log group keeps the records, and is judged for it"
    ),
    "scope": Fact(always=Documented("account", _CREATE)),
    "deletion_protection": Fact(not_applicable="CloudTrail has no deletion protection"),
    "tags": tagged("list_tags/0.TagsList"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `audit_trail` that the resource declares or reports."""
    name = {"terraform": "name", "cloudformation": "TrailName", "api": "Name"}[view.dialect]
    yield asset("audit_trail", view, FACTS, key(view, "aws:cloudtrail:trail/{}", name))
