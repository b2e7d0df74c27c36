"""Words: what a provider states of a thing, each once, with the path at which each plane has it on the same line.

    TABLE: Spelling = {
        # word          Terraform                      CloudFormation               API
        "deletion": aws("deletion_protection_enabled", "DeletionProtectionEnabled"),
        "versions": aws(f"{_VERSIONING}/status",       "Versioning.Status",         "get_bucket_versioning/Status"),
    }

A path is written `block.attribute`, or `companion/block.attribute` where another resource that belongs to this one, or
a further call, has it; one that begins with a slash is counted from the resource's root, also in a view of a part
(`/metadata.labels`). Of several paths the first at which something stands counts. A word without a path in one
plane is not known there; `NOTHING` says that the plane has no such thing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

Paths: TypeAlias = str | tuple[str, ...] | None
Spelling: TypeAlias = Mapping[str, "Word"]

SAME = "(as CloudFormation)"
"""The API's path is CloudFormation's, as it most often is."""

NOTHING = "(nothing)"
"""In this plane there is no such thing, so the word is absent; where None stands, the plane does not state it."""


class Word(Struct, frozen=True):
    """The paths of one word, by the dialect of a resource's body.

    With `rows`, the word is a list of which each element is given as a map of the words that `rows` spells.
    """

    terraform: tuple[str, ...] = ()
    cloudformation: tuple[str, ...] = ()
    arm: tuple[str, ...] = ()
    kubernetes: tuple[str, ...] = ()
    api: tuple[str, ...] = ()
    rows: Spelling | None = None

    def paths(self, dialect: str) -> tuple[str, ...]:
        """Return the paths for a body of `dialect`."""
        found: tuple[str, ...] = getattr(self, dialect)
        return found


def aws(terraform: Paths, cloudformation: Paths, api: Paths = SAME, rows: Spelling | None = None) -> Word:
    """Return a word of AWS's; `rows` spells the elements of a list."""
    answer = cloudformation if api == SAME else api
    return Word(_all(terraform), _all(cloudformation), api=_all(answer), rows=rows)


def azure(terraform: Paths, arm: Paths = None, rows: Spelling | None = None) -> Word:
    """Return a word of Azure's: `arm` is the path in templates, Bicep and the live subscription."""
    return Word(_all(terraform), arm=_all(arm), rows=rows)


def kubernetes(path: Paths, rows: Spelling | None = None) -> Word:
    """Return a word of a Kubernetes object, in a manifest or from a cluster."""
    return Word(kubernetes=_all(path), rows=rows)


def _all(paths: Paths) -> tuple[str, ...]:
    return () if paths is None else (paths,) if isinstance(paths, str) else paths
