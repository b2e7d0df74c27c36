"""What a denial covers: the resources of a resource's own policy, as parts of the one that it stands at."""

from __future__ import annotations

from collections.abc import Iterable

from tfaudit.enclosed import replaced, text_of
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.services.aws.identity.policy_documents import Element, Statement
from tfaudit.services.aws.identity.wildcards import covers


def any_true(answers: Iterable[bool | None]) -> bool | None:
    """Return the three-valued "or"."""
    known: bool | None = False
    for each in answers:
        if each:
            return True
        if each is None:
            known = None
    return known


def all_true(answers: Iterable[bool | None]) -> bool | None:
    """Return the three-valued "and"."""
    known: bool | None = True
    for each in answers:
        if each is False:
            return False
        if each is None:
            known = None
    return known


def covered(allowing: Statement, denials: list[Statement]) -> bool | None:
    """Whether `denials` are about all resources that the statement allows."""
    if allowing.not_resources:
        return covers_part("*", denials)
    wanted = [_part(each) for each in allowing.resources] or [""]
    return all_true(None if each is None else covers_part(each, denials) for each in wanted)


def covers_part(wanted: str, denials: list[Statement]) -> bool | None:
    """Whether one of `denials` is about `wanted`: "" for the resource itself, `/*` for all objects in it."""
    known: bool | None = False
    for statement in denials:
        if statement.not_resources:
            known = None
        for each in statement.resources or ("*",):
            part = _part(each)
            if part == "*" or (part is not None and covers(part.lower(), wanted.lower())):
                return True
            if part is None:
                known = None
    return known


def _part(resource: Element) -> str | None:
    """Return what a resource policy's ARN names: "" for the resource itself, `/*` for objects in it, `*` for anything.

    A policy can only be about the resource that it stands at: its name says nothing.
    """
    if isinstance(resource, Reference):
        return ""
    text = resource if isinstance(resource, str) else text_of(resource.expression)
    if isinstance(resource, Unresolved) and not text:
        return None
    plain = replaced(text, "${", "}", "x")
    if not plain.strip("*"):
        return "*"
    if plain.startswith("arn:") and not plain.startswith(
        ("arn:aws:s3:", "arn:aws-cn:s3:", "arn:aws-us-gov:s3:", "arn:x:s3:")
    ):
        return ""
    _, slash, key = plain.partition("/")
    named = plain.rpartition(":")[2] if not slash else plain.partition("/")[0].rpartition(":")[2]
    return "*" if not slash and named.endswith("*") else slash + key
