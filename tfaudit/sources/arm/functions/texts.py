"""Functions of texts.

learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from typing import Any
from urllib.parse import quote, unquote, urljoin

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm.functions.logic import closed, is_open, not_seen
from tfaudit.sources.arm.functions.signature import MANY, Function, Table, Wrong, items, text, whole
from tfaudit.sources.arm.values import (
    BROUGHT,
    LIVE,
    LONGEST_TEXT,
    TooLarge,
    as_text,
    called,
    joined,
    not_told,
)

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\d{1,3})(?:,-?\d{1,3})?(?::([^{}]*))?\}")
_GUIDS = uuid.UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830")
_WIDEST = 10_000


def concat(*arguments: Any) -> Any:
    """Return texts one after the other, or the elements of lists."""
    if any(isinstance(each, list) for each in arguments):
        found: list[Any] = []
        for each in arguments:
            if isinstance(each, (Unresolved, Reference)):
                return not_told(each, called("concat", arguments))
            found += items(each)
            if len(found) > LONGEST_TEXT:
                raise TooLarge
        return found
    return joined(arguments)


def formatted(pattern: Any, *arguments: Any) -> Any:
    """Return a text with `{0}` and the like replaced; what is not known is kept in it as it is written."""
    if isinstance(pattern, (Unresolved, Reference)):
        return not_told(pattern, called("format", [pattern, *arguments]))
    parts: list[Any] = []
    end = 0
    for each in _PLACEHOLDER.finditer(text(pattern)):
        parts.append(pattern[end : each.start()])
        end = each.end()
        if each[1] is None:
            parts.append(each[0][0])
            continue
        if int(each[1]) >= len(arguments):
            raise Wrong(f"it has no argument for {each[0]}")
        parts.append(_styled(arguments[int(each[1])], each[2]))
    parts.append(pattern[end:])
    return joined(each for each in parts if each != "")


def _styled(value: Any, style: str | None) -> Any:
    """Return a number in a style of .NET, `00` or `D3`: digits to fill up to; others are left as they are."""
    if style and isinstance(value, int) and not isinstance(value, bool):
        if set(style) == {"0"}:
            return str(value).zfill(min(len(style), 40))
        if style[0] in "dD" and style[1:].isdigit():
            return str(value).zfill(min(int(style[1:]), 40))
        if style[0] in "xX":
            digits = format(value, style[0])
            return digits.zfill(min(int(style[1:]), 40)) if style[1:].isdigit() else digits
    return value


def join(parts: Any, delimiter: Any) -> Any:
    """Return the text of a list's elements with the delimiter between them."""
    if isinstance(parts, (Unresolved, Reference)):
        return not_told(parts, called("join", [parts, delimiter]))
    between = [delimiter] if delimiter != "" else []
    found: list[Any] = []
    for each in items(parts):
        found += [*(between if found else ()), each]
    return joined(found)


def split(value: Any, delimiter: Any) -> list[str]:
    """Return the parts of a text between delimiters, of which a list may name several."""
    wanted = [text(each) for each in delimiter] if isinstance(delimiter, list) else [text(delimiter)]
    wanted = [each for each in wanted if each]
    if not wanted:
        return [text(value)]
    return re.split("|".join(map(re.escape, wanted)), text(value))


def substring(value: Any, start: Any, length: Any = None) -> Any:
    """Return a part of a text."""
    begin, found = whole(start), text(value)
    if is_open(found):
        return not_seen("substring", value, start, length)
    end = len(found) if length is None else begin + whole(length)
    if begin < 0 or end < begin or end > len(found):
        raise Wrong("the part does not lie in the text")
    return found[begin:end]


def pad_left(value: Any, width: Any, filler: Any = " ") -> str:
    """Return a text filled up on the left."""
    if whole(width) > _WIDEST or len(text(filler)) != 1:
        raise Wrong("it is too wide, or its filler is not one character")
    return as_text(value).rjust(width, filler)


def guid(*arguments: Any) -> Any:
    """Return the UUID that ARM makes of texts: version 5 of those joined by hyphens, in a name space of its own."""
    if any("${" in as_text(each) for each in arguments):
        return Unresolved(BROUGHT, LIVE, called("guid", arguments))
    return str(uuid.uuid5(_GUIDS, "-".join(map(as_text, arguments))))


def uri(base: Any, relative: Any) -> Any:
    """Return an address made from a base and what is relative to it."""
    if isinstance(base, (Unresolved, Reference)) or isinstance(relative, (Unresolved, Reference)):
        first = base if isinstance(base, (Unresolved, Reference)) else relative
        return not_told(first, called("uri", [base, relative]))
    whole_base = text(base)
    return urljoin(whole_base, text(relative))


_NO_ZERO = re.compile(r"^(\s*-?)(?=\.\d+\s*$)")


def json_of(value: Any) -> Any:
    """Return the value of JSON text; of a number alone the 0 before its point may be left out, `json('.5')`."""
    try:
        return json.loads(_NO_ZERO.sub(r"\g<1>0", text(value), count=1))
    except (ValueError, RecursionError) as error:
        raise Wrong(f"it is not JSON: {str(error)[:60]}") from error


def string(value: Any) -> str:
    """Return a value as text."""
    return as_text(value)


def _base64_of(value: Any) -> str:
    return base64.b64encode(text(value).encode()).decode()


def _text_of_base64(value: Any) -> str:
    try:
        return base64.b64decode(text(value), validate=True).decode()
    except ValueError as error:
        raise Wrong("it is not base64 of a text") from error


def _data_uri(value: Any) -> str:
    return f"data:text/plain;charset=utf8;base64,{_base64_of(as_text(value))}"


def _text_of_data_uri(value: Any) -> str:
    head, comma, data = text(value).partition(",")
    if not comma:
        raise Wrong("it is not a data address")
    return _text_of_base64(data) if head.endswith("base64") else unquote(data)


def _replace(value: Any, old: Any, new: Any) -> str:
    if not old:
        return text(value)
    more = len(text(new)) - len(text(old))
    if more > 0 and len(text(value)) + more * value.count(old) > LONGEST_TEXT:
        raise TooLarge
    return text(value).replace(old, new)


def _starts(value: Any, beginning: Any) -> Any:
    known, cut, _ = closed(text(value)).lower().partition("\n")
    wanted = text(beginning).lower()
    if is_open(wanted) or (cut and is_open(value) and len(known) < len(wanted) and wanted.startswith(known)):
        return not_seen("startsWith", value, beginning)
    return (known if is_open(value) else value.lower()).startswith(wanted)


def _ends(value: Any, end: Any) -> Any:
    known, wanted = closed(text(value)).lower().rpartition("\n")[2], text(end).lower()
    if is_open(wanted) or (is_open(value) and len(known) < len(wanted) and wanted.endswith(known)):
        return not_seen("endsWith", value, end)
    return (known if is_open(value) else value.lower()).endswith(wanted)


TABLE: Table = {
    "base64": Function(_base64_of, 1, 1),
    "base64tojson": Function(lambda value: json_of(_text_of_base64(value)), 1, 1),
    "base64tostring": Function(_text_of_base64, 1, 1),
    "concat": Function(concat, 0, MANY, "nothing"),
    "datauri": Function(_data_uri, 1, 1),
    "datauritostring": Function(_text_of_data_uri, 1, 1),
    "endswith": Function(_ends, 2, 2),
    "format": Function(formatted, 1, MANY, "nothing"),
    "guid": Function(guid, 1, MANY),
    "join": Function(join, 2, 2, "nothing"),
    "json": Function(json_of, 1, 1),
    "padleft": Function(pad_left, 2, 3),
    "replace": Function(_replace, 3, 3),
    "split": Function(split, 2, 2),
    "startswith": Function(_starts, 2, 2),
    "string": Function(string, 1, 1),
    "substring": Function(substring, 2, 3),
    "tolower": Function(lambda value: text(value).lower(), 1, 1),
    "toupper": Function(lambda value: text(value).upper(), 1, 1),
    "trim": Function(lambda value: text(value).strip(), 1, 1),
    "uri": Function(uri, 2, 2, "nothing"),
    "uricomponent": Function(lambda value: quote(text(value), safe="-_.!~*'()"), 1, 1),
    "uricomponenttostring": Function(lambda value: unquote(text(value)), 1, 1),
}
