"""Secrets that stand in the settings and connections of a web app, instead of in a vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import View
from tfaudit.redaction import REDACTED, is_connection, is_reference, says_where, secret_name

_NOT_TOLD = Inapplicable("no answer holds it: the code is judged")
_NO_SETTING = "no setting of the app is written here"


def written_down(beside: Callable[[View], Iterator[tuple[str, Reading]]]) -> Fact:
    """Return the fact `inline_secrets` of an app with the words `settings` and `connections`.

    `beside` yields what else states the one or the other, with which of them it is. Azure tells the settings of an
    app that runs only to who may list them (`Microsoft.Web/sites/config/list/action`), which no scan asks for.
    """

    def joins(view: View) -> Any:
        if view.resource.plane == "live":
            return _NOT_TOLD
        own = [(word, view.word(word)) for word in ("settings", "connections")]
        return _secrets(view, [*own, *beside(view)])

    return Fact(joins=joins, of=("settings", "connections", "name"), default=Documented(False, _NO_SETTING))


def _secrets(view: View, stated: list[tuple[str, Reading]]) -> Any:
    """Return whether a setting or a connection of the app is a secret that stands in the code."""
    unsure: Unknown | None = None
    for word, reading in stated:
        match reading:
            case Known(value=value):
                for step, name, each in _entries(value, word):
                    if _is_secret(name, each, word):
                        return Known(True, reading.resource, (*reading.path, *step))
                    if (why := _may_be_secret(name, each, word)) is not None:
                        at = (*reading.path, *step)
                        unsure = unsure or Unknown(why.because, why.settle_with, reading.resource, at)
            case Unknown():
                unsure = unsure or reading
            case Pointer():
                unsure = unsure or reading.unknown
            case Absent():
                pass
    stands = next((each for _, each in stated if isinstance(each, Known)), stated[0][1])
    return unsure or (
        Known(False, stands.resource, stands.path)
        if isinstance(stands, Known)
        else Absent(view.resource, view.base)
    )


def _entries(value: Any, word: str) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    """Yield the steps, the name and the value of each: of a map, or of a list with a name and a value in each.

    One of a list that is not known as a whole has itself for its name and its value.
    """
    if isinstance(value, dict) and (word == "settings" or not ("name" in value and "value" in value)):
        for name, each in value.items():  # those of a connection have a type beside
            inside = isinstance(each, dict) and "value" in each
            yield (name, *(("value",) if inside else ())), str(name), each["value"] if inside else each
        return
    content = "value" if word == "settings" else "connectionString"
    for at, each in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(each, dict):
            step = "value" if "value" in each else content
            yield (at, step), each.get("name", ""), each.get(step)
        elif isinstance(each, Unresolved):
            yield (at,), each, each


def _is_secret(name: Any, value: Any, word: str) -> bool:
    """Whether a literal stands there that is a secret; a reference to a vault or another resource is none."""
    if not isinstance(value, str) or not value or is_reference(value):
        return False
    if word == "connections":
        return REDACTED in value or not says_where(value)
    name = str(name)
    return REDACTED in value or (secret_name(name) and not is_connection(name, value))


def _may_be_secret(name: Any, value: Any, word: str) -> Unresolved | None:
    """Return what leaves open whether a secret stands there: its name, or its value, among which a literal is."""
    if isinstance(value, Unresolved):
        if value.expression != REDACTED and REDACTED in value.expression:
            return value
        named = isinstance(name, Unresolved) or word == "connections" or secret_name(str(name))
        return value if value.literal and named else None
    is_open = isinstance(name, Unresolved) and isinstance(value, str) and value and not is_reference(value)
    return name if is_open else None
