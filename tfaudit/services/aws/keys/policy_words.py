"""Whether the policy of a key or a secret lets everyone in: by the word `policy`, and by what attaches one to it."""

from __future__ import annotations

from collections.abc import Callable

from tfaudit.reading import states
from tfaudit.reading.inventory import Elsewhere
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.view import All, Some, View
from tfaudit.services.aws.identity import policy_questions
from tfaudit.services.aws.identity.policy_documents import Document, document, together

_ATTACHED: Spelling = {"policy": aws("policy", "ResourcePolicy", NOTHING)}


def open_to_everyone(*companions: str) -> Callable[[View], states.Reading]:
    """Return what joins "a policy lets everyone in": by the word `policy`, or one that a companion attaches."""
    return lambda view: policy_questions.open_to_everyone(_document(view, companions))


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
    found = together(document(each, view.inventory) for each in policies)
    return found or document(states.Absent(view.resource), view.inventory)


def _conditional(view: View, companion: str) -> bool:
    return any("@Condition" in each.body for each in view.inventory.of_type(companion))
