"""The policy of a store in code: every resource that attaches one to it, and its own, read as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.reading.inventory import Elsewhere
from tfaudit.reading.view import Reading
from tfaudit.services.aws.identity.policy_documents import documents

if TYPE_CHECKING:
    from tfaudit.reading.view import View
    from tfaudit.services.aws.identity.policy_documents import Document


def _conditional(view: View, companion: str) -> bool:
    return any("@Condition" in each.body for each in view.inventory.of_type(companion))


def attached(view: View, companion: str, path: str, *own: str) -> Document:
    """Return the policies at `path` of each `companion` of `view`, and at its `own` paths, together.

    Where several are declared only the last that is applied holds; nobody can tell which, so all count.
    """
    found, unsure = view.companions(companion)
    if found and isinstance(view.resource.body, Elsewhere):
        own = ()  # where the rest of it is declared, no other policy can stand
    readings = [*(each.read(path) for each in found), *(view.read(each) for each in own)]
    # Each has one policy: where one is declared for certain, another of an owner that is not known is another's.
    if unsure is not None and (not found or _conditional(view, companion)):
        readings.append(Reading(unsure, view.resource, view.base))
    return documents(readings or [view.first()], view.inventory)
