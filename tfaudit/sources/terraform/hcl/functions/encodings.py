"""Functions that encode and decode texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import is_number, parsed
from tfaudit.sources.terraform.hcl.arithmetic import text as number_text
from tfaudit.sources.terraform.hcl.functions.signature import (
    MAX_ITEMS,
    Function,
    Refused,
    Unknown,
    known,
    too_large,
)
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, List

MAX_DEPTH = 200
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
_FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|\Z)')
_SURROGATE = re.compile("[\ud800-\udfff]")


def json_text(value: Any, depth: int = 0) -> str:
    """Return a known value as `jsonencode` writes it: as Go does, with what HTML takes for signs escaped."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if is_number(value):
        return number_text(value)
    if depth > MAX_DEPTH:
        raise too_large()
    if isinstance(value, dict):
        return "{" + ",".join(_member(key, value[key], depth) for key in sorted(value)) + "}"
    return "[" + ",".join(json_text(each, depth + 1) for each in value) + "]"


def _member(key: str, value: Any, depth: int) -> str:
    return f"{json_text(key)}:{json_text(value, depth + 1)}"


def json_value(text: str) -> Any:
    """Return the value of a JSON text; `Refused` where it is none."""
    try:
        found = json.loads(text, parse_float=parsed, parse_int=parsed, parse_constant=_no_constant)
        return found if "\\" not in text else _whole(found)
    except RecursionError as error:
        raise too_large() from error
    except ValueError as error:
        raise Refused("it is no JSON") from error


def _whole(value: Any) -> Any:
    """Return `value` with the replacement character for halves of characters, as Go has it."""
    if isinstance(value, dict):
        return {_whole(key): _whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _decoded(text: str) -> str:
    return _utf8(base64_bytes(text))


def _utf8(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused("what is decoded is no UTF-8 text") from error


def base64_bytes(text: str) -> bytes:
    """Return the bytes behind Base64; `Refused` where it is none."""
    import base64

    try:
        return base64.b64decode(text.replace("\r", "").replace("\n", ""), validate=True)
    except ValueError as error:
        raise Refused("it is no Base64") from error


def _encoded(data: bytes) -> str:
    import base64

    return base64.b64encode(data).decode()


def _codec(name: str) -> str:
    """Return Python's name of an encoding of IANA; `Unknown` where it is not one that both have."""
    import codecs

    plain = name.lower().replace("_", "-")
    known_names = ("utf-8", "utf-16le", "utf-16be", "us-ascii", "shift-jis", "euc-jp", "euc-kr", "gbk")
    if not plain.startswith(("iso-8859-", "windows-125", "koi8-", "ibm8")) and plain not in known_names:
        raise Unknown(Unresolved("texts of that encoding are not read", SETTLE_APPLY))
    try:
        return codecs.lookup(plain).name
    except LookupError as error:
        raise Unknown(Unresolved("texts of that encoding are not read", SETTLE_APPLY)) from error


def _text_encoded(text: str, name: str) -> str:
    try:
        return _encoded(text.encode(_codec(name)))
    except UnicodeEncodeError as error:
        raise Refused("the encoding lacks a character of the text") from error


def _text_decoded(text: str, name: str) -> str:
    try:
        return base64_bytes(text).decode(_codec(name))
    except UnicodeDecodeError as error:  # Go puts the replacement character there, as often as it sees fit
        raise Unknown(Unresolved("it is no text of that encoding", SETTLE_APPLY)) from error


def _url_encoded(text: str) -> str:
    from urllib.parse import quote_plus

    return quote_plus(text, safe="~")


def _records(text: str) -> Iterator[list[str]]:
    """Yield the records of a CSV text, as Go's strict reader takes them: csv.reader lets quotes stand anywhere."""
    at, record = 0, list[str]()
    text = text.replace("\r\n", "\n")
    while at < len(text):
        found = _FIELD.match(text, at)
        if found is None:
            raise Refused("it is no CSV")
        at = found.end()
        record.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        if found[3] != ",":
            if record != [""] or found[1] is not None:
                yield record
            record = []
        elif at == len(text):
            yield [*record, ""]


def _rows(text: str) -> List:
    """Return the records of a CSV text as objects, by the names in its first one."""
    records = _records(text)
    header = next(records, None)
    if header is None:
        raise Refused("there is no row of names")
    if len(set(header)) < len(header):
        raise Refused("two columns have the same name")
    found: List = List()
    for record in records:
        if len(record) != len(header):
            raise Refused("a row has another number of fields")
        found.append(dict(zip(header, record, strict=True)))
        if len(found) > MAX_ITEMS:
            raise too_large()
    return found


def _base64gzip(text: str) -> Any:
    because = "base64gzip() gives the bytes of Go's own compressor"
    raise Unknown(Unresolved(because, SETTLE_APPLY))


FUNCTIONS: dict[str, Function] = {
    "base64decode": known(_decoded, "s"),
    "base64encode": known(lambda text: _encoded(text.encode()), "s"),
    "base64gzip": known(_base64gzip, "s"),
    "csvdecode": known(_rows, "s"),
    "jsondecode": known(json_value, "s"),
    "jsonencode": known(json_text, "a?"),
    "textdecodebase64": known(_text_decoded, "s s"),
    "textencodebase64": known(_text_encoded, "s s"),
    "urlencode": known(_url_encoded, "s"),
}
