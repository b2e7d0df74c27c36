"""The policy of a store: every resource that attaches one to it, and its own, read as one document.

All paths of the store's word count, those of companions and its own:

    "policy": aws(
        ("aws_s3_bucket_policy/policy", "policy"), "AWS::S3::BucketPolicy/PolicyDocument", "get_bucket_policy/Policy"
    )
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Elsewhere
from tfaudit.reading.states import Absent, Reading, Unknown
from tfaudit.reading.view import All, Some
from tfaudit.reading.ways import parse_path
from tfaudit.services.aws.identity.policy_documents import document, together

if TYPE_CHECKING:
    from tfaudit.reading.view import View
    from tfaudit.services.aws.identity.policy_documents import Document


def policies_of(view: View, word: str) -> Document:
    """Return the policies at all paths of the word, those of companions and the resource's own, together.

    Where several are declared only the last that is applied holds; nobody can say which, so all count.
    """
    beside = [parse_path(each) for each in view.paths(word)]
    own = [
        path
        for path, (companion, _) in zip(view.paths(word), beside, strict=True)
        if not _is_beside(view, companion)
    ]
    attached: list[Reading] = []
    unsure: Unknown | None = None
    for companion, steps in beside:
        if _is_beside(view, companion):
            found, more = _attached(view, companion, ".".join(map(str, steps)))
            attached += found
            unsure = unsure or more
    if attached and isinstance(view.resource.body, Elsewhere):
        own = []  # where the rest of it is declared, no other policy can stand
    return _as_one(view, [*attached, *(view.read(each).state for each in own)], unsure)


def _is_beside(view: View, companion: str) -> bool:
    return companion in view.companion_types


def _attached(view: View, companion: str, path: str) -> tuple[list[Reading], Unknown | None]:
    """Return the policies at `path` of each companion of a type, and why there may be another."""
    match view.companions(companion):
        case All(views=found):
            return [each.read(path).state for each in found], None
        case Some(views=found, more=more):
            # Each has one policy: where it is declared for certain, that of an owner who is not known is another's.
            unsure = None if found and not _conditional(view, companion) else more
            return [each.read(path).state for each in found], unsure


def _conditional(view: View, companion: str) -> bool:
    return any(may_be_missing(each, view.resource) for each in view.inventory.of_type(companion))


def _as_one(view: View, readings: list[Reading], unsure: Unknown | None) -> Document:
    readings += [unsure] if unsure is not None else []
    every = [document(each, view.inventory) for each in readings]
    found = together(every) or document(Absent(view.resource), view.inventory)
    stated = tuple(each for each in every if not each.absent)
    return replace(found, alternatives=stated) if len(stated) > 1 else found
