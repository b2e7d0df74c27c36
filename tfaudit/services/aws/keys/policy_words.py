"""Whether the policy of a key or a secret lets everyone in: by the word `policy`, and by what attaches one to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.inventory import ABSENT, Elsewhere
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.view import All, Reading, Some, View
from tfaudit.services.aws.identity.policy_documents import Document, documents
from tfaudit.services.aws.identity.policy_questions import public_principal

_ATTACHED: Spelling = {"policy": aws("policy", "ResourcePolicy", NOTHING)}


def open_to_everyone(*companions: str) -> Callable[[View], states.Reading]:
    """Return what joins "a policy lets everyone in": by the word `policy`, or one that a companion attaches."""
    return lambda view: public_principal(_document(view, companions)).state


def _document(view: View, companions: tuple[str, ...]) -> Document:
    """Return all policies as one: only the last that is applied holds, and nobody can tell which that is."""
    attached: list[View] = []
    perhaps: states.Unknown | None = None
    for type_ in companions:
        match view.children(type_):
            case All(views=views):
                attached += views
            case Some(views=views, more=more):
                attached += views
                perhaps = perhaps or more
    policies = [each.spelled(_ATTACHED).word("policy") for each in attached]
    if not (attached and isinstance(view.resource.body, Elsewhere)):  # there, no other policy can stand
        policies.append(view.word("policy"))
    # Each has one policy: beside a certain one, another of an owner that is not known is another's.
    if perhaps is not None and (not attached or any(_conditional(view, each) for each in companions)):
        policies.append(perhaps)
    return documents(map(_raw, policies), view.inventory)


def _conditional(view: View, companion: str) -> bool:
    return any("@Condition" in each.body for each in view.inventory.of_type(companion))


def _raw(reading: states.Reading) -> Reading:
    """Return a reading as documents are read from."""
    match reading:
        case Known(value=value):
            return Reading(value, reading.resource, reading.path)
        case states.Pointer(reference=reference):
            return Reading(reference, reading.resource, reading.path)
        case states.Unknown(because=because, settle_with=settle_with):
            return Reading(Unresolved(because, settle_with), reading.resource, reading.path)
        case states.Absent():
            return Reading(ABSENT, reading.resource, reading.path)
        case _:
            assert_never(reading)
