"""How a tenant of Entra ID locks out who guesses passwords, as `sign_in_lockout`: its smart lockout.

What nobody has changed holds as documented: ten attempts (three in the cloud of the US government), one minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View

READS = ("microsoft.graph/groupsettings",)
KINDS = ("sign_in_lockout",)

_PAGE = "learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout"
_MINUTE = 60

_VALUE: Spelling = {"name": azure(NOTHING, "name"), "value": azure(NOTHING, "value")}
TABLE: Spelling = {
    # word, then its path in what Microsoft Graph answers
    "values": azure(NOTHING, "values", rows=_VALUE),
}
IDENTITY = ()


def _number(name: str, convert: Callable[[int], int]) -> Callable[[Any], Any]:
    def read(values: Any) -> Any:
        for each in values or ():
            if each.get("name") == name:
                number = as_int(each.get("value"))
                return (
                    CannotTell(f"{name} is no number", "look at it in Entra ID")
                    if number is None
                    else convert(number)
                )
        return None

    return read


LOCKOUT: Facts = {
    "lockout.attempts": Fact(
        _number("LockoutThreshold", lambda attempts: attempts), of=("values",), default=Documented(10, _PAGE)
    ),
    # whole minutes: a lockout of 90 seconds lasts one minute for sure
    "lockout.minutes": Fact(
        _number("LockoutDurationInSeconds", lambda seconds: seconds // _MINUTE),
        of=("values",),
        default=Documented(1, _PAGE),
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `sign_in_lockout` of the tenant."""
    yield asset("sign_in_lockout", view, LOCKOUT, f"{view.resource.scope}/lockout", "smart lockout")
