"""Updates by azapi of which it is not known whether they are made, or of what: what they state is open there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.azapi_ids import referred

if TYPE_CHECKING:
    from tfaudit.model.resources import Resource

_GIVE = "give the variable's value, or scan the plan"


def doubt(update: Resource, target: Resource) -> Unresolved | None:
    """Return why an update may not be made though its target is; None where it is made with that."""
    shared = set(target.context.get("perhaps", "").split("\0"))
    for each in update.context.get("perhaps", "").split("\0"):
        if each not in shared:
            text = each.partition("\n")[2]
            return Unresolved(f"whether there is {update.address} hangs on {text}, which is not known", _GIVE)
    return None


def of_any(update: Resource) -> Unresolved | None:
    """Return why an update may be of anything that is declared of its type: it is not known what its id names."""
    stated = update.body.get("resource_id")
    if not isinstance(stated, Unresolved) or referred(stated, update)[0] is not None:
        return None
    if "/providers/" in stated.expression:
        return None
    return Unresolved(f"{update.address} may be about it: its resource_id is not known", _GIVE)


def uncertain(part: Any, why: Unresolved | None, held: Any) -> Any:
    """Return `part` with all of it that says something else than what is `held` not known; as it is without a `why`."""
    if why is None or part == held:
        return part
    if not isinstance(part, Mapping):
        return why
    below = held if isinstance(held, Mapping) else {}
    return {name: uncertain(each, why, below.get(name)) for name, each in part.items()}
