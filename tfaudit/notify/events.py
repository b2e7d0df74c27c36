"""What of a JSON report is worth a message: new failures, what runs out soon, and a scan that is incomplete."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct

from tfaudit.errors import UsageError

EventKind = Literal["new_failure", "waiver_expires", "certificate_expires", "incomplete"]
_CERTIFICATE = "tls.certificate_days_left"
_SHOWN = 300


class Event(Struct, frozen=True):
    """One thing to tell. `id` is the same for the same thing, whenever it is seen again; `severity` may be ""."""

    id: str
    kind: EventKind
    says: str
    severity: str = ""
    place: str = ""


def events(report: Any, today: date, days: int = 14) -> Iterator[Event]:
    """Yield what the JSON report of a run tells; what runs out within `days` counts as soon.

    Of a run that was compared with an earlier state a failure is new where it is said to be; else each counts, and is
    sent once, by its fingerprint. Raises `UsageError` for what is no report.
    """
    try:
        yield from _failures(report)
        yield from _waivers(report, today + timedelta(days=days), today)
        yield from _certificates(report, days)
        yield from _gaps(report)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UsageError("the report is not what tfaudit scan -o json writes; write it anew") from error


def _failures(report: Mapping[str, Any]) -> Iterator[Event]:
    titles = {id_: policy["title"] for id_, policy in report["policies"].items()}
    for each in report["verdicts"]:
        if each["outcome"] == "fail" and each.get("change", "new") == "new":
            says = f"{titles[each['policy']]}: {each['asset']['address']}: {each['because']}"
            yield Event(
                f"fail:{each['fingerprint']}", "new_failure", says[:_SHOWN], each["severity"], _place(each)
            )


def _waivers(report: Mapping[str, Any], soon: date, today: date) -> Iterator[Event]:
    seen: set[str] = set()
    for each in report["verdicts"]:
        until = each.get("waiver", {}).get("until", "")
        if not until or not today <= date.fromisoformat(until) <= soon:
            continue
        waiver = each["waiver"]
        key = f"waiver:{each['policy']}:{each['fingerprint']}:{until}"
        if key not in seen:
            seen.add(key)
            whose = f"the waiver of {each['policy']} for {each['asset']['address']}"
            says = f"{whose} runs out on {until}, says {waiver['owner']}"
            yield Event(key, "waiver_expires", says[:_SHOWN], each["severity"], _place(each))


def _certificates(report: Mapping[str, Any], days: int) -> Iterator[Event]:
    for each in report["verdicts"]:
        left = each["value"]
        if each["setting"] == _CERTIFICATE and isinstance(left, int) and left <= days:
            says = f"the certificate of {each['asset']['address']} is valid for {left} more days"
            # Sent again when it has come to less than half of the time.
            stage = "soon" if left > days // 2 else "now"
            yield Event(
                f"certificate:{each['fingerprint']}:{stage}",
                "certificate_expires",
                says[:_SHOWN],
                each["severity"],
            )


def _gaps(report: Mapping[str, Any]) -> Iterator[Event]:
    gaps = [each for each in report["unread"] if "accepted" not in each]
    if report["summary"]["complete"] or not gaps:
        return
    stated = sorted(f"{each['place']['origin']}: {each['because']}" for each in gaps)
    mark = hashlib.sha256("\n".join(stated).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    more = f" and {len(stated) - 1:,} more" if len(stated) > 1 else ""
    yield Event(f"incomplete:{mark}", "incomplete", f"the scan is incomplete: {stated[0]}{more}"[:_SHOWN])


def _place(each: Mapping[str, Any]) -> str:
    place = each["places"][0]
    return f"{place['origin']}:{place['line']}" if "line" in place else str(place["origin"])
