"""The policy of a store, found by words: what the questions of `identity` are put to, their answers given as states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.services.aws.identity.attached_policies import attached
from tfaudit.services.aws.identity.policy_documents import read_document
from tfaudit.services.aws.identity.policy_questions import denies_plain_transport, public_principal

if TYPE_CHECKING:
    from tfaudit.reading.states import Reading
    from tfaudit.reading.view import View
    from tfaudit.services.aws.identity.policy_documents import Document


def stated_policy(view: View, word: str = "policy") -> Document:
    """Return the one policy that `word` is."""
    return read_document(view, *view.table[word].paths(view.resource.dialect))


def attached_policy(view: View, attached_by: str, own: str = "policy") -> Document:
    """Return every policy that a companion attaches, as the word `attached_by` spells it, and the store's own."""
    paths = view.table[attached_by].paths(view.resource.dialect)
    companion, _, path = paths[0].rpartition("/")
    if not companion:
        return stated_policy(view, own)
    return attached(view, companion, path, *view.table[own].paths(view.resource.dialect))


def opens_to_everyone(document: Document) -> Reading:
    """Return whether the policy lets everyone in; absent where there is none."""
    return public_principal(document).state


def requires_tls(document: Document, parts: tuple[str, ...] = ("",)) -> Reading:
    """Return whether the policy denies plain connections to all `parts`; absent where there is none."""
    return denies_plain_transport(document, parts).state
