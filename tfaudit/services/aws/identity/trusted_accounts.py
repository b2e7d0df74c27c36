"""Which accounts a trust policy lets in: for a list of those that an organisation knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.enclosed import text_of
from tfaudit.model.resources import Unresolved
from tfaudit.services.aws.identity.policy_documents import ANY_TYPE, Document, Element, Statement
from tfaudit.services.aws.identity.policy_questions import allows, is_wildcard, narrowed, unclear_part

EVERYONE = "everyone"
"""What stands in the list for a principal that is any account, without a condition that keeps strangers out."""

_ACCOUNT = re.compile(r"(?:^|:)(\d{12})(?::|$)")
# What is filled in with the account that the code is applied to.
_OWN = re.compile(r"AWS::AccountId|aws_caller_identity")


def accounts(document: Document, own: str = "") -> list[Any]:
    """Return the numbers of the accounts that statements allow, but for `own` (""  where that is not known).

    `EVERYONE` is among them where anybody is let in. Services, identity providers and what is declared here itself are
    no accounts. What is not known stands in the list as `Unresolved`.
    """
    found: list[Any] = [] if document.unclear is None else [document.unclear]
    for statement in document.statements:
        allowed = allows(statement)
        if allowed is None:
            found.append(unclear_part(statement))
        elif allowed:
            found += _named(statement, own)
    return list(dict.fromkeys(found))


def _named(statement: Statement, own: str) -> Iterator[Any]:
    if statement.unclear is not None:
        yield statement.unclear
    if statement.not_principals:
        yield EVERYONE
    for type_, value in statement.principals:
        if type_ in ("AWS", "*", ANY_TYPE):
            yield from _account(type_, value, statement, own)


def _account(type_: str, value: Element, statement: Statement, own: str) -> Iterator[Any]:
    if not isinstance(value, (str, Unresolved)):  # declared here itself, or of no form at all
        return
    wild = is_wildcard(value)
    if wild:
        kept_out = narrowed(statement)
        if not kept_out:
            yield EVERYONE if kept_out is False else unclear_part(statement)
    elif isinstance(value, str):
        number = _ACCOUNT.search(value)
        if number and number[1] != own:
            yield number[1]
    elif not _OWN.search(value.expression):
        number = _ACCOUNT.search(text_of(value.expression))
        if number is None:
            yield Unresolved(value.because, value.settle_with, value.expression)
        elif number[1] != own:
            yield number[1]
