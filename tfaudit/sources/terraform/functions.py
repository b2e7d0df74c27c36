"""Terraform's functions that settings are made with, over known values; the others are left to tfparse.

After developer.hashicorp.com/terraform/language/functions. Nothing here reads a file, the clock or the network. A
function raises `ValueError` where Terraform would report an error, and `Inapplicable` where tfparse is to be asked.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Callable, Iterable
from typing import Any

from tfaudit.resources import Unresolved
from tfaudit.sources.terraform.encoding import base64_decoded, base64_encoded, decoded, digest
from tfaudit.sources.terraform.networks import host, netmask, subnet
from tfaudit.sources.terraform.values import Rest, bool_of, number_of, text_of

MAX_ITEMS = 10_000
MAX_TEXT = 1_000_000


class Inapplicable(Exception):
    """The function is known, but not for these arguments."""


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _map(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _number(value: Any) -> int | float:
    found = number_of(value)
    if found is None:
        raise ValueError
    return found


def _bounded(items: Iterable[Any]) -> list[Any]:
    found = list(itertools.islice(items, MAX_ITEMS + 1))
    if len(found) > MAX_ITEMS:
        raise Inapplicable
    return found


def _distinct(items: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    seen: set[str] = set()
    for each in items:
        mark = repr(each)
        if mark not in seen:
            seen.add(mark)
            found.append(each)
    return found


def _flat(items: Iterable[Any], depth: int = 0) -> list[Any]:
    found: list[Any] = []
    for each in items:
        if isinstance(each, list) and depth < 50:
            found += _flat(each, depth + 1)
        else:
            found.append(each)
    return found


def _to_set(value: Any) -> list[Any]:
    found = _distinct(_items(value))
    if all(isinstance(each, str) for each in found):
        return sorted(found)
    return found


def _merge(*maps: Any) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for each in maps:
        if each is not None:
            result.update(_map(each))
    return result


def _set_product(*lists: Any) -> list[Any]:
    return _bounded(
        [list(each) for each in itertools.islice(itertools.product(*map(_items, lists)), MAX_ITEMS + 1)]
    )


def _lookup(mapping: Any, key: Any, *default: Any) -> Any:
    value = _map(mapping).get(text_of(key), default[0] if default else ...)
    if value is ...:
        raise ValueError
    return value


def _element(items: Any, index: Any) -> Any:
    found = _items(items)
    if not found:
        raise ValueError
    return found[int(_number(index)) % len(found)]


def _slice(items: Any, start: Any, end: Any) -> list[Any]:
    return _items(items)[int(_number(start)) : int(_number(end))]


def _keys(value: Any) -> list[str]:
    return sorted(_map(value))


def _values(value: Any) -> list[Any]:
    mapping = _map(value)
    return [mapping[key] for key in sorted(mapping)]


def _one(items: Any) -> Any:
    found = _items(items)
    if len(found) > 1:
        raise ValueError
    return found[0] if found else None


def _range(*bounds: Any) -> list[Any]:
    numbers = [int(_number(each)) for each in bounds]
    if not 1 <= len(numbers) <= 3 or (len(numbers) == 3 and not numbers[2]):
        raise ValueError
    return _bounded(range(*numbers))


def _chunks(items: Any, size: Any) -> list[Any]:
    found, width = _items(items), int(_number(size))
    if width < 1:
        raise ValueError
    return [found[at : at + width] for at in range(0, len(found), width)]


def _length(value: Any) -> int:
    if isinstance(value, (str, list, dict)):
        return len(value)
    raise ValueError


def _contains(items: Any, wanted: Any) -> bool:
    return any(same(each, wanted) for each in _items(items))


def _index(items: Any, wanted: Any) -> int:
    for at, each in enumerate(_items(items)):
        if same(each, wanted):
            return at
    raise ValueError


def _grouped(value: Any) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for key, items in _map(value).items():
        for each in _items(items):
            result.setdefault(text_of(each), []).append(key)
    return result


def _substr(value: Any, offset: Any, length: Any) -> str:
    text, start, width = text_of(value), int(_number(offset)), int(_number(length))
    start = max(0, len(text) + start) if start < 0 else start
    return text[start:] if width < 0 else text[start : start + width]


def _replace(value: Any, old: Any, new: Any) -> str:
    wanted = text_of(old)
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        raise Inapplicable  # Go's regular expressions are tfparse's business
    return text_of(value).replace(wanted, text_of(new))[:MAX_TEXT]


_VERB = re.compile(r"%%|%(-?0?\d*)(?:\.\d+)?([sdvqtf])")


def _format(pattern: Any, *arguments: Any) -> str:
    left = iter(arguments)

    def filled(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        value = next(left, None)
        if isinstance(value, (dict, list)):
            raise Inapplicable
        if match[2] == "q":
            return json.dumps(text_of(value))
        if match[2] == "d":
            return f"%{match[1]}d" % int(_number(value))
        if match[2] == "f" or "." in match[0]:
            raise Inapplicable
        return f"%{match[1].lstrip('0')}s" % text_of(value)

    if re.search(r"%[^%sdvqtf0-9-]|%\d{4}", text_of(pattern)):
        raise Inapplicable
    return _VERB.sub(filled, text_of(pattern))


def _format_list(pattern: Any, *arguments: Any) -> list[str]:
    count = max((len(each) for each in arguments if isinstance(each, list)), default=1)
    return [
        _format(pattern, *(each[at] if isinstance(each, list) else each for each in arguments))
        for at in range(count)
    ]


def _title(value: Any) -> str:
    return re.sub(r"(?<![^\s])\w", lambda match: match[0].upper(), text_of(value))


def _trim_suffix(value: Any, suffix: Any) -> str:
    return text_of(value).removesuffix(text_of(suffix))


def same(left: Any, right: Any) -> bool:
    """Whether two known values are equal; 1 and true are not."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return bool(left == right)


def _to_number(value: Any) -> int | float | None:
    return None if value is None else _number(value)


def _to_bool(value: Any) -> bool | None:
    found = bool_of(value)
    if found is None and value is not None:
        raise ValueError
    return found


def _starts(value: Any, prefix: Any) -> bool:
    return text_of(value).startswith(text_of(prefix))


def _ends(value: Any, suffix: Any) -> bool:
    return text_of(value).endswith(text_of(suffix))


def _compact(items: Any) -> list[Any]:
    return [each for each in _items(items) if each not in (None, "")]


def _coalesce_list(*lists: Any) -> Any:
    for each in lists:
        if each:
            return each
    raise ValueError


def _concat(*lists: Any) -> list[Any]:
    found: list[Any] = []
    for items in lists:
        found += (
            [Rest(items.because, items.settle_with, items.expression)]
            if isinstance(items, Unresolved)
            else _items(items)
        )
    return found


def _zip(keys: Any, values: Any) -> dict[str, Any]:
    return {text_of(key): value for key, value in zip(_items(keys), _items(values), strict=False)}


def _paired(*items: Any) -> dict[str, Any]:
    return {text_of(key): value for key, value in zip(items[::2], items[1::2], strict=True)}


def _same(value: Any, *_: Any) -> Any:
    return value


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": lambda value: abs(_number(value)),
    "alltrue": lambda items: all(bool_of(each) for each in _items(items)),
    "anytrue": lambda items: any(bool_of(each) for each in _items(items)),
    "base64encode": base64_encoded,
    "base64decode": base64_decoded,
    "cidrhost": host,
    "cidrnetmask": netmask,
    "cidrsubnet": subnet,
    "ceil": lambda value: math.ceil(_number(value)),
    "chunklist": _chunks,
    "contains": _contains,
    "distinct": lambda value: _distinct(_items(value)),
    "element": _element,
    "endswith": _ends,
    "flatten": lambda value: _flat(_items(value)),
    "floor": lambda value: math.floor(_number(value)),
    "format": _format,
    "formatlist": _format_list,
    "index": _index,
    "join": lambda sign, *lists: text_of(sign).join(text_of(each) for each in _flat(lists))[:MAX_TEXT],
    "jsondecode": decoded,
    "length": _length,
    "lower": lambda value: text_of(value).lower(),
    "max": lambda *values: max(map(_number, values)),
    "md5": lambda value: digest("md5", value),
    "min": lambda *values: min(map(_number, values)),
    "parseint": lambda value, base: int(text_of(value), int(_number(base))),
    "range": _range,
    "replace": _replace,
    "reverse": lambda value: list(reversed(_items(value))),
    "setintersection": lambda first, *more: [
        each for each in _items(first) if all(_contains(m, each) for m in more)
    ],
    "setsubtract": lambda first, second: [each for each in _items(first) if not _contains(second, each)],
    "sha1": lambda value: digest("sha1", value),
    "sha256": lambda value: digest("sha256", value),
    "sha512": lambda value: digest("sha512", value),
    "sort": lambda value: sorted(map(text_of, _items(value))),
    "split": lambda sign, value: text_of(value).split(text_of(sign)) if sign != "" else list(text_of(value)),
    "startswith": _starts,
    "strcontains": lambda value, part: text_of(part) in text_of(value),
    "strrev": lambda value: text_of(value)[::-1],
    "substr": _substr,
    "sum": lambda value: sum(map(_number, _items(value))),
    "title": _title,
    "tobool": _to_bool,
    "tonumber": _to_number,
    "tostring": lambda value: None if value is None else text_of(value),
    "transpose": _grouped,
    "trim": lambda value, signs: text_of(value).strip(text_of(signs)),
    "trimprefix": lambda value, prefix: text_of(value).removeprefix(text_of(prefix)),
    "trimspace": lambda value: text_of(value).strip(),
    "trimsuffix": _trim_suffix,
    "upper": lambda value: text_of(value).upper(),
    "chomp": lambda value: text_of(value).rstrip("\r\n"),
}
"""Functions whose arguments must be known, every part of them."""

COUNTING = frozenset({"chunklist", "element", "length", "one", "reverse", "slice", "zipmap"})
"""Functions that need to know how many elements there are."""

PARTIAL: dict[str, Callable[..., Any]] = {
    "chunklist": _chunks,
    "compact": _compact,
    "concat": _concat,
    "coalescelist": _coalesce_list,
    "element": _element,
    "flatten": lambda value: _flat(_items(value)),
    "keys": _keys,
    "list": lambda *items: list(items),
    "length": _length,
    "lookup": _lookup,
    "map": _paired,
    "merge": _merge,
    "nonsensitive": _same,
    "one": _one,
    "reverse": lambda value: list(reversed(_items(value))),
    "sensitive": _same,
    "setproduct": _set_product,
    "setunion": lambda *lists: _to_set([each for items in lists for each in _items(items)]),
    "slice": _slice,
    "tolist": _items,
    "tomap": _map,
    "toset": _to_set,
    "values": _values,
    "zipmap": _zip,
}
"""Functions that keep known parts beside unknown ones: they need their arguments' shape alone."""

READS_OUTSIDE = frozenset(
    {"file", "fileexists", "fileset", "filebase64", "templatefile", "templatestring", "pathexpand"}
    | {"filemd5", "filesha1", "filesha256", "filesha512", "filebase64sha256", "filebase64sha512"}
    | {"timestamp", "plantimestamp", "uuid", "bcrypt"}
)
"""Functions whose value depends on more than their arguments; none of them is evaluated."""
