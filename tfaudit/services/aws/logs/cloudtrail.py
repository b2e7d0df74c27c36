"""AWS CloudTrail trails, as `audit_trail` assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.enclosed import replaced, text_of
from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.settings import Known
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading, Unknown
from tfaudit.reading.values import as_bool
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        sent=("IsMultiRegionTrail", "LogFileValidationEnabled"),
        details=(
            Detail("get_trail_status", {"Name": "TrailARN"}, sent=("IsLogging",)),
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


_SELECTOR: Spelling = {
    "include_management_events": aws("include_management_events", "IncludeManagementEvents"),
    "read_write_type": aws("read_write_type", "ReadWriteType"),
    "data_resource": aws("data_resource", "DataResources"),
}
_FIELD: Spelling = {"field": aws("field", "Field"), "equals": aws("equals", "Equals")}
_ADVANCED: Spelling = {"field_selector": aws("field_selector", "FieldSelectors", rows=_FIELD)}
_SELECTED = "get_event_selectors"
TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "TrailName", "Name"),
    "logging": aws("enable_logging", "IsLogging", "get_trail_status/IsLogging"),
    "multi_region": aws("is_multi_region_trail", "IsMultiRegionTrail"),
    "validated": aws("enable_log_file_validation", "EnableLogFileValidation", "LogFileValidationEnabled"),
    "key": aws("kms_key_id", "KMSKeyId", "KmsKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "log_group": aws("cloud_watch_logs_group_arn", "CloudWatchLogsLogGroupArn"),
    "selectors": aws("event_selector", "EventSelectors", f"{_SELECTED}/EventSelectors", rows=_SELECTOR),
    "advanced": aws(
        "advanced_event_selector",
        "AdvancedEventSelectors",
        f"{_SELECTED}/AdvancedEventSelectors",
        rows=_ADVANCED,
    ),
    "tags": aws("tags", "Tags", "list_tags/0.TagsList"),
}
IDENTITY = ("name",)

_TELLING = {
    "management": ("admin",),
    "data": ("reads", "writes"),
    "data reads": ("reads",),
    "data writes": ("writes",),
}
_OF_BOTH = ("selectors", "advanced")


def _recorded(then: Callable[[set[str]], list[str]]) -> Callable[[Any, Any], Any]:
    """Return the function of both sorts of selectors that answers `then` of the events that the trail records.

    These are `management`, `data`, or a part of them, `data writes`.
    """

    def says(selectors: Any, advanced: Any) -> Any:
        if not selectors and not advanced:
            return None
        found: set[str] = set()
        for row in selectors or ():
            found |= _of_basic(row)
        for number, row in enumerate(advanced or ()):
            categories = _categories(row)
            if categories is None:
                because = "the category of its events is not known here"
                unknown = CannotTell(because, "scan the plan or the live account")
                return Said(unknown, by="advanced", row=number)
            found |= categories
        found |= {sort for sort in ("management", "data") if {f"{sort} reads", f"{sort} writes"} <= found}
        return Said(then(found), by="selectors" if selectors else "advanced")

    return says


def _of_basic(row: Any) -> set[str]:
    part = {"readonly": " reads", "writeonly": " writes"}.get(str(row.get("read_write_type")).lower(), "")
    sorts = set() if as_bool(row.get("include_management_events")) is False else {"management"}
    if row.get("data_resource"):
        sorts.add("data")
    return {sort + part for sort in sorts}


def _categories(row: Any) -> set[str] | None:
    for field in row.get("field_selector") or ():
        if field.get("field") == "eventCategory":
            equals = field.get("equals")
            named = equals if isinstance(equals, list) else [equals]
            if all(isinstance(each, str) for each in named):
                return {each.lower() for each in named}
    return None


@_recorded
def _covered(sorts: set[str]) -> list[str]:
    """Return the sorts of events of which the trail records all: `management`, `data`."""
    return sorted(sort for sort in sorts if " " not in sort)


@_recorded
def _events(sorts: set[str]) -> list[str]:
    """Return what the recorded events tell of: management events of admin, data events of reads and writes."""
    words = {word for sort in sorts for word in _TELLING.get(sort, ())}
    return [word for word in ("reads", "writes", "admin") if word in words]


def _central(view: View) -> Reading:
    """Return whether the trail goes to a log group."""
    group = view.word("log_group")
    match group:
        case Known(value=""):
            return Absent(group.resource, group.path)
        case Unknown(expression=text) if replaced(text_of(text), "${", "}") == ":*":
            # Text around an expression is never empty: "${aws_cloudwatch_log_group.trail.arn}:*" names a group.
            return Known(True, group.resource, group.path)
        case Known() | Pointer():
            return Known(True, group.resource, group.path)
        case Absent() | Unknown():
            return group


_CENTRAL = Fact(joins=_central, of=("log_group",), default=Documented(False, _CREATE))
FACTS: Facts = {
    "audit.enabled": Fact("logging", default=Documented(True, _TERRAFORM)),
    "multi_region": Fact("multi_region", default=Documented(False, _CREATE)),
    "validated": Fact("validated", default=Documented(False, _CREATE)),
    "encryption.customer_managed_key": Fact(
        joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _ENCRYPTION)
    ),
    "logs.central": _CENTRAL,
    "audit.events": Fact(_events, of=_OF_BOTH, default=Documented(["admin"], _EVENTS)),
    "covers": Fact(_covered, of=_OF_BOTH, default=Documented(["management"], _EVENTS)),
    "logs.retention_days": inapplicable("its bucket or log group keeps the records, and is judged for it"),
    "scope": always("account", _CREATE),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `audit_trail` that the resource declares or reports."""
    yield asset("audit_trail", view, FACTS, key(view, "aws:cloudtrail:trail/{}", "name"))
