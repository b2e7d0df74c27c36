"""The policy of a store, found by words: what the questions of `identity` are put to, their answers given as states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.services.aws.identity.attached_policies import attached
from tfaudit.services.aws.identity.policy_documents import policy_of
from tfaudit.services.aws.identity.policy_questions import open_to_everyone, refuses_plain_transport

if TYPE_CHECKING:
    from tfaudit.reading.states import Reading
    from tfaudit.reading.view import View
    from tfaudit.services.aws.identity.policy_documents import Document


def stated_policy(view: View, word: str = "policy") -> Document:
    """Return the one policy that `word` is."""
    return policy_of(view, word)


def attached_policy(view: View, attached_by: str, own: str = "policy") -> Document:
    """Return every policy that a companion attaches, as the word `attached_by` spells it, and the store's own."""
    paths = view.paths(attached_by)
    companion, _, path = paths[0].rpartition("/")
    if not companion:
        return stated_policy(view, own)
    return attached(view, companion, path, *view.paths(own))


def opens_to_everyone(document: Document) -> Reading:
    """Return whether the policy lets everyone in; absent where there is none."""
    return open_to_everyone(document)


def requires_tls(document: Document, parts: tuple[str, ...] = ("",)) -> Reading:
    """Return whether the policy denies plain connections to all `parts`; absent where there is none."""
    return refuses_plain_transport(document, parts)
