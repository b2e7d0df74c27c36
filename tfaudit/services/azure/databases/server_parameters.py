"""Parameters of a database server that stand in resources of their own, one for each name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import Some, View
from tfaudit.services import databases_idle

ARM_TYPES = (
    "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
    "Microsoft.DBforPostgreSQL/servers/configurations",
    "Microsoft.DBforPostgreSQL/serverGroupsv2/coordinatorConfigurations",
    "Microsoft.DBforMySQL/flexibleServers/configurations",
    "Microsoft.DBforMySQL/servers/configurations",
    "Microsoft.DBforMariaDB/servers/configurations",
)
PARAMETER: Spelling = {
    # word, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "value": azure("value", "properties.value"),
}
_SETTLE = "scan the plan or the live subscription"


def parameter(
    view: View, companions: tuple[str, ...], name: str, spelling: Spelling = PARAMETER, word: str = "value"
) -> states.Reading:
    """Return the value that a resource of one of the types `companions` sets for the parameter `name` of a server.

    `spelling` has the word `name` of such a resource, and the `word` that is its value.
    """
    found = named_beside(view, companions, name, spelling)
    return found.word(word) if isinstance(found, View) else found


def named_beside(
    view: View, companions: tuple[str, ...], name: str, spelling: Spelling
) -> View | Unknown | Absent:
    """Return the resource of one of the types `companions` that is called `name`, or why it is not known."""
    found = view.companions(*companions)
    unclear: Unknown | None = None
    for each in found.views:
        row = each.spelled(spelling)
        called = row.word("name")
        match called:
            case Known(value=value) if str(value).lower() == name.lower():  # Azure minds no case
                return row
            case Unknown() | Pointer():
                because = f"{row.resource.address} may set {name}: its name is not known"
                unclear = unclear or Unknown(because, _SETTLE, row.resource, called.path)
            case Known() | Absent():
                pass
    if unclear is None and isinstance(found, Some):
        unclear = found.more
    return unclear or Absent(view.resource, view.base)


def set_by(
    companions: tuple[str, ...],
    name: str,
    default: Documented | None,
    using: Callable[[Any], Any] | None = None,
) -> Fact:
    """Return the fact that is the parameter `name` of the server, as `using` converts it."""

    def joins(view: View) -> states.Reading:
        reading = parameter(view, companions, name)
        if using is not None and isinstance(reading, Known):
            return Known(using(reading.value), reading.resource, reading.path)
        return reading

    return Fact(joins=joins, of=("name",), default=default, beside=companions)


def idle_minutes(
    of: Callable[[Callable[[str], states.Reading]], databases_idle.Answer], companions: tuple[str, ...]
) -> Fact:
    """Return the fact after how many minutes the server ends idle sessions, as `of` makes it of its parameters."""

    def joins(view: View) -> databases_idle.Answer:
        return of(lambda name: parameter(view, companions, name))

    return Fact(joins=joins, of=("name",), beside=companions)
