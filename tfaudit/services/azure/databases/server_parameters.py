"""Parameters of a database server that stand in resources of their own, one for each name."""

from __future__ import annotations

from collections.abc import Callable

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View

_SETTLE = "scan the plan or the live subscription"


def parameter(companion: str, *names: str) -> Callable[[View], Reading]:
    """Return a spelling: the value of the first of `names` that a resource of type `companion` sets for the server."""

    def spelling(view: View) -> Reading:
        rows, unsure = view.companions(companion)
        for name in names:
            for row in rows:
                if row.get("name") == name:
                    return row.read("value")
        for row in rows:
            named = row.read("name")
            if isinstance(named.value, (Unresolved, Reference)):
                because = f"{row.resource.address} may set {names[0]}: its name is not known"
                return Reading(Unresolved(because, _SETTLE), row.resource, named.path)
        return Reading(unsure or ABSENT, view.resource, view.base)

    return spelling
