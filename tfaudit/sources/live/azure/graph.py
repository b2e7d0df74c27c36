"""Resource Graph: what there is of many types in one paged query.

It shows what the caller may read, and says nothing of the rest: `tfaudit.sources.live.azure.permissions` tells whether
there can be more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tfaudit.sources.live.azure.errors import not_azure
from tfaudit.sources.live.collector import Call
from tfaudit.sources.live.failures import CallFailed

if TYPE_CHECKING:
    from tfaudit.sources.live.azure.session import Session
    from tfaudit.sources.live.collector import Collector

CALL = "Microsoft.ResourceGraph/resources"
ACTION = "Microsoft.ResourceGraph/resources/read"
_PATH = "/providers/Microsoft.ResourceGraph/resources"
_VERSION = "2022-10-01"
_PAGE = 1_000
_PLAIN = re.compile(r"[\w./-]+")


def rows(
    session: Session, collector: Collector, subscription: str, table: str, types: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """Yield what stands in a table of the graph: all of `types` in a subscription, role assignments from above it too.

    Raises `CallFailed` where a page does not come, or less comes than the graph says that there is.
    """
    call = Call(CALL, subscription, "Microsoft.ResourceGraph")
    wanted = sorted(each.lower() for each in types if _PLAIN.fullmatch(each))
    seen = total = 0
    for page in collector.pages(call, _pages(session, subscription, _query(table, wanted)), _token):
        for row in page["data"]:
            if not _is_row(row, wanted):
                raise _wrong(
                    collector, not_azure("a row has no id, type and properties of what was asked for")
                )
            seen += 1
            yield row
        total = page["totalRecords"]
    if seen < total:
        because = f"Resource Graph reported {seen:,} of {total:,} things"
        raise _wrong(collector, CallFailed("other", because, settle_with="repeat the scan"))


def _wrong(collector: Collector, failed: CallFailed) -> CallFailed:
    collector.tally.failed(CALL, failed)
    return failed


def _query(table: str, types: list[str]) -> str:
    named = ", ".join(f"'{each}'" for each in types)
    return f"{table} | where type in~ ({named}) | order by id asc"


def _pages(session: Session, subscription: str, query: str) -> Iterator[Mapping[str, Any]]:
    options: dict[str, Any] = {
        "resultFormat": "objectArray",
        "$top": _PAGE,
        "authorizationScopeFilter": "AtScopeAboveAndBelow",
    }
    while True:
        body = {"subscriptions": [subscription], "query": query, "options": options}
        page = session.query(_PATH, _VERSION, body)
        if not isinstance(page.get("data"), list) or not isinstance(page.get("totalRecords"), int):
            raise not_azure("it has no list `data` with `totalRecords`")
        token = _token(page)
        if not token and page.get("resultTruncated") == "true":
            raise not_azure("rows are left out, and no further page is named")
        yield page
        if not token:
            return
        options = {**options, "$skipToken": token}


def _token(page: Mapping[str, Any]) -> str:
    token = page.get("$skipToken")
    return token if isinstance(token, str) else ""


def _is_row(row: Any, types: list[str]) -> bool:
    return (
        isinstance(row, dict)
        and str(row.get("id"))[:1] == "/"
        and str(row.get("type")).lower() in types
        and isinstance(row.get("properties", {}), dict | None)
        and "properties" in row
    )
