"""Functions over times that are given: none of them asks the clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tfaudit.sources.terraform.hcl.functions.signature import Function, Refused, known

_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([.,]\d{1,20})?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_TOKEN = re.compile(r"'(?:[^']|'')*'(?!')|''|([A-Za-z])\1*|[^A-Za-z']+|'", re.ASCII)
_DURATION = re.compile(r"(\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(ns|us|µs|μs|ms|s|m|h)", re.ASCII)
_NANOSECONDS = {"ns": 1, "us": 10**3, "µs": 10**3, "μs": 10**3, "ms": 10**6, "s": 10**9}
_NANOSECONDS |= {"m": 60 * 10**9, "h": 3600 * 10**9}
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August"]
_MONTHS += ["September", "October", "November", "December"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _parsed(text: str) -> tuple[datetime, int]:
    """Return an RFC 3339 time, and its nanoseconds beside whole seconds."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise Refused("it is no RFC 3339 time")
    offset = timedelta(hours=int(found[9] or 0), minutes=int(found[10] or 0))
    if offset >= timedelta(hours=24) or int(found[10] or 0) > 59:
        raise Refused("it is no RFC 3339 time")
    zone = timezone(-offset if found[8] == "-" else offset)
    nanoseconds = int((found[7] or ".0")[1:10].ljust(9, "0"))
    return datetime(*map(int, found.groups()[:6]), tzinfo=zone), nanoseconds  # type: ignore[arg-type,misc]


def _zone(moment: datetime, sign: str) -> str:
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}{sign}{minutes:02d}"


def _written(moment: datetime) -> str:
    zone = _zone(moment, ":") if moment.utcoffset() else "Z"
    return f"{moment.year:04d}-{moment:%m-%dT%H:%M:%S}{zone}"


def _duration(text: str) -> int:
    rest = text[1:] if text[:1] in ("+", "-") else text
    if rest == "0":
        return 0
    from fractions import Fraction

    total, at = 0, 0
    while at < len(rest) and len(rest) < 500:
        found = _DURATION.match(rest, at)
        if found is None:
            break
        total += int(Fraction(found[1].rstrip(".")) * _NANOSECONDS[found[2]])
        at = found.end()
    if not rest or at < len(rest) or total >= 1 << 63:
        raise Refused("it is no duration")
    return -total if text.startswith("-") else total


def _added(text: str, duration: str) -> str:
    moment, nanoseconds = _parsed(text)
    try:
        return _written(moment + timedelta(seconds=(nanoseconds + _duration(duration)) // 10**9))
    except OverflowError as error:
        raise Refused("the time is out of range") from error


def _compared(first: str, second: str) -> int:
    (left, left_rest), (right, right_rest) = _parsed(first), _parsed(second)
    one, other = (left.astimezone(UTC), left_rest), (right.astimezone(UTC), right_rest)
    return (one > other) - (one < other)


def _formatted(pattern: str, text: str) -> str:
    moment, _ = _parsed(text)
    return "".join(_part(found[0], moment) for found in _TOKEN.finditer(pattern))


def _part(token: str, moment: datetime) -> str:
    if token == "''":
        return "'"
    if token.startswith("'"):
        if len(token) == 1:
            raise Refused("a quotation has no end")
        return token[1:-1].replace("''", "'")
    if not token[0].isascii() or not token[0].isalpha():
        return token
    found = _verbs(moment).get(token)
    if found is None:
        raise Refused("the pattern has letters that stand for nothing")
    return found


def _verbs(moment: datetime) -> dict[str, str]:
    half = "AM" if moment.hour < 12 else "PM"
    numbers: dict[str, Any] = {
        "M": moment.month,
        "D": moment.day,
        "h": moment.hour,
        "H": moment.hour % 12 or 12,
        "m": moment.minute,
        "s": moment.second,
    }
    found = {"YY": f"{moment.year % 100:02d}", "YYYY": f"{moment.year:04d}", "AA": half, "aa": half.lower()}
    for name, number in numbers.items():
        found |= {name: str(number), name * 2: f"{number:02d}"}
    month, day = _MONTHS[moment.month - 1], _DAYS[moment.weekday()]
    found |= {"MMM": month[:3], "MMMM": month, "EEE": day[:3], "EEEE": day}
    found |= {"ZZZZ": _zone(moment, ""), "ZZZZZ": _zone(moment, ":")}
    zero = not moment.utcoffset()
    return found | {"Z": "Z" if zero else found["ZZZZZ"], "ZZZ": "UTC" if zero else found["ZZZZ"]}


FUNCTIONS: dict[str, Function] = {
    "formatdate": known(_formatted, "s s"),
    "timeadd": known(_added, "s s"),
    "timecmp": known(_compared, "s s"),
}
