"""Whether an answer is of AWS's own form, asked before it is parsed.

botocore makes an empty answer of what it does not know: of a proxy's page, of JSON that was cut, of nothing at all. An
answer that says nothing would be read as "not configured", so it is a failed call instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tfaudit.sources.live.aws.errors import not_aws

# The first element after the prolog, comments and white space.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+<([A-Za-z_][\w.-]*(?::[\w.-]+)?)",
    re.DOTALL,
)
# S3's models do not name the root element of most answers: docs.aws.amazon.com/AmazonS3/latest/API/. Where they do not,
# `<operation>Response` is taken as well, which servers that stand in for S3 say.
# What answers `{}` where there is nothing to tell: docs.aws.amazon.com, API references of SQS and WAF.
_MAY_SAY_NOTHING = frozenset({"ListQueues", "ListQueueTags", "GetWebACLForResource"})
_ROOTS = {
    "GetBucketAcl": "AccessControlPolicy",
    "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
    "GetBucketLocation": "LocationConstraint",
    "GetBucketLogging": "BucketLoggingStatus",
    "GetBucketNotificationConfiguration": "NotificationConfiguration",
    "GetBucketTagging": "Tagging",
    "GetBucketVersioning": "VersioningConfiguration",
    "ListBuckets": "ListAllMyBucketsResult",
}


def check(operation_model: Any, response_dict: Mapping[str, Any], **_: Any) -> None:
    """Raise `CallFailed` for an answer that AWS did not give: as botocore's event `before-parse` calls it."""
    if not 200 <= response_dict["status_code"] < 300 or not _has_body(operation_model.output_shape):
        return
    body = response_dict["body"]
    how = _wrong(operation_model, body, str(response_dict["headers"].get("content-type", "")))
    if how:
        model = operation_model.service_model
        raise not_aws(f"the endpoint of {model.service_name}", how)


def _wrong(operation: Any, body: bytes, content_type: str) -> str:
    """Return what is wrong with an answer, "" for nothing."""
    if not body.strip():
        return "it is empty"
    protocol = operation.service_model.metadata["protocol"]
    if "json" in protocol:
        return _wrong_json(body, operation.name in _MAY_SAY_NOTHING)
    shape = operation.output_shape
    payload = shape.members.get(shape.serialization.get("payload", ""))
    if payload is not None and payload.type_name in ("string", "blob"):
        return _wrong_json(body, False)  # a policy: the only such answer that is asked for
    kind = content_type.partition(";")[0].strip()
    if kind and "xml" not in kind.lower():
        return f"it is {kind[:40]}, not XML"
    return _wrong_xml(operation, body)


def _wrong_json(body: bytes, may_say_nothing: bool) -> str:
    import msgspec

    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return "it is not JSON"
    if not isinstance(found, dict):
        return "it is not a JSON object"
    return "" if found or may_say_nothing else "it says nothing"


def _wrong_xml(operation: Any, body: bytes) -> str:
    root = _root(body)
    if not root:
        return "it is not XML"
    expected = _expected(operation)
    if expected and root not in (expected, f"{operation.name}Response"):
        return f"its root element is {root[:40]}, not {expected}"
    if root.lower() == "html":
        return "it is a page for people"
    wrapper = operation.output_shape.serialization.get("resultWrapper", "")
    if wrapper and b"<" + wrapper.encode() not in body:
        return f"it has no {wrapper}"
    return "" if _is_whole(body) else "it breaks off, or is not XML"


def _is_whole(body: bytes) -> bool:
    """Whether a document is well-formed from its beginning to its end; nothing is kept of it."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _expected(operation: Any) -> str:
    """Return the name of the root element that an answer in XML has, "" where the model does not tell."""
    if operation.service_model.metadata["protocol"] in ("query", "ec2"):
        return f"{operation.name}Response"
    shape = operation.output_shape
    payload = shape.members.get(shape.serialization.get("payload", ""))
    if payload is not None:
        return str(payload.serialization.get("name") or payload.name)
    return _ROOTS.get(operation.name, "")


def _root(body: bytes) -> str:
    """Return the local name of the first element, "" where there is none; a document type goes before an HTML page."""
    if body.lstrip()[:9].lower() == b"<!doctype":
        return "html"
    found = _ROOT.match(body[:4096])
    return found[1].decode("ascii", "replace").rpartition(":")[2] if found else ""


def _has_body(shape: Any) -> bool:
    """Whether some member of an answer stands in its body, and not in its headers."""
    if shape is None or not shape.members:
        return False
    return any(
        each.serialization.get("location") not in ("header", "headers", "statusCode")
        for each in shape.members.values()
    )
