"""Whether an answer is of the Kubernetes API's own form; one that is not is a failed call, whatever its status says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tfaudit.redaction import redacted
from tfaudit.sources.live.failures import CallFailed, Meaning

AGAIN = frozenset({429, 500, 502, 503, 504})
"""The statuses of a server that may answer when it is asked again."""


def not_kubernetes(how: str) -> CallFailed:
    """Return the failure of an answer that no Kubernetes API server gives."""
    return CallFailed("form", f"the answer is not of the Kubernetes API's form: {how}")


def read(status: int, body: bytes) -> dict[str, Any]:
    """Return the object that an answer holds; `CallFailed` for an error, a `Status`, and what is no API object."""
    if status == 401:
        raise CallFailed("credentials", "the credentials are wrong or have expired", "401", expired=True)
    if status == 403:
        raise CallFailed("denied", _message(body), "403")
    if status in AGAIN:
        meaning: Meaning = "throttled" if status == 429 else "down"
        raise CallFailed(meaning, f"it failed with {status} on every try: {_message(body)}", str(status))
    if not 200 <= status < 300:
        raise CallFailed("other", f"it failed with {status}: {_message(body)}", str(status))
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise not_kubernetes("it is not JSON") from None
    if not isinstance(found, dict):
        raise not_kubernetes("it is no JSON object")
    if found.get("kind") == "Status":
        raise not_kubernetes(f"it is a Status, though it says {status}")
    return found


def listed(page: Mapping[str, Any], kind: str, api_version: str) -> list[dict[str, Any]]:
    """Return the objects of one page of a list of `kind`; `CallFailed` where it is no such list."""
    named = (page.get("kind"), page.get("apiVersion"))
    # A custom resource's list may be called as its definition says.
    if not (str(named[0]).endswith("List") and named[1] == api_version):
        raise not_kubernetes(f"it is no list of {kind} in {api_version}")
    items = page.get("items")
    if not isinstance(items, list) or not isinstance(page.get("metadata"), dict):
        raise not_kubernetes("it has no list of items")
    for each in items:
        _check(each)
    return items


def one(found: Mapping[str, Any], kind: str, name: str) -> dict[str, Any]:
    """Return the object `name` of `kind` that an answer is."""
    if found.get("kind") != kind:
        raise not_kubernetes(f"it is no {kind}")
    _check(found)
    if found["metadata"]["name"] != name:
        raise not_kubernetes(f"it is not the {kind} that was asked for")
    return dict(found)


def members(found: Mapping[str, Any], kind: str, name: str) -> list[dict[str, Any]]:
    """Return the list `name` of a document of `kind`, such as the API's lists of what it serves."""
    inner = found.get(name)
    if found.get("kind") != kind or not isinstance(inner, list):
        raise not_kubernetes(f"it is no {kind}")
    if not all(isinstance(each, dict) and isinstance(each.get("name"), str) for each in inner):
        raise not_kubernetes(f"its {name} have no names")
    return inner


def following(page: Mapping[str, Any]) -> str:
    """Return the token by which the next page of a list is asked for, "" after the last."""
    metadata = page.get("metadata")
    return str(metadata.get("continue") or "") if isinstance(metadata, dict) else ""


def _check(item: Any) -> None:
    metadata = item.get("metadata") if isinstance(item, dict) else None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str) or not metadata["name"]:
        raise not_kubernetes("an object in it has no name")


def _message(body: bytes) -> str:
    try:
        return redacted(str(json.loads(body)["message"]))[:300]
    except (ValueError, KeyError, TypeError, RecursionError):
        return redacted(body[:200].decode("utf-8", "replace"))
