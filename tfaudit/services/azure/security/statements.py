"""What is stated for a whole subscription, by whatever stands for it: plans, contacts, alerts, budgets.

A live subscription has all that there is of a type, where it was asked for. Code has what one root states, and another
root or a person may have stated the rest: what a root leaves out is not known, rather than absent.
"""

from __future__ import annotations

from tfaudit.model.settings import Unknown
from tfaudit.reading.companions import may_be_missing, not_asked
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.view import All, Companions, Some, View

SETTLE = "scan the live subscription"


def statements(view: View, types: tuple[str, ...], table: Spelling, what: str) -> Companions:
    """Return what the scope of `view` states of `types`, to be read by `table`.

    `what` is what is stated, as a sentence about what is left out names it: "Defender plans".
    """
    found = [View(each, view.inventory, table=table) for each in view.inventory.of_type(*types)]
    of_scope = view.resource
    doubts = [(each, may_be_missing(each.resource, of_scope)) for each in found]
    sure = [each for each, doubt in doubts if doubt is None]
    for each, doubt in doubts:
        if doubt is not None:
            return Some(sure, Unknown(doubt.because, doubt.settle_with, each.resource))
    if of_scope.plane != "live":
        because = f"{what} hold for a whole subscription: others may be set elsewhere"
        return Some(sure, Unknown(because, SETTLE, of_scope, view.base))
    missed = next(filter(None, (not_asked(of_scope, each) for each in types)), None)
    if missed is not None:
        return Some(sure, Unknown(missed.because, missed.settle_with, of_scope, view.base))
    return All(sure)


def more(found: Companions) -> Unknown | None:
    """Return why there may be more than was found; None where that is all."""
    return found.more if isinstance(found, Some) else None
