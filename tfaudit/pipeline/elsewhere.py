"""Judges a root in the worker process that has read it, so that the main process has but to recall the verdicts.

The worker puts the same policies in force, from the same choice; their digest tells whether it has got the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import convert, to_builtins
from msgspec.structs import replace

from tfaudit.analysis import computes
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource
from tfaudit.model.verdicts import Verdict
from tfaudit.pipeline.options import Options
from tfaudit.policies import remembered
from tfaudit.policies.evaluate import judge
from tfaudit.policies.load import PolicySet
from tfaudit.policies.select import Choice, in_force
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.terraform.of_arm import is_object_of_arm
from tfaudit.sources.terraform.of_clusters import is_object_of_a_cluster


def further(options: Options) -> tuple[str, str, str] | None:
    """Return what a worker is to do with a root (`Tree.further`); None where the options do not allow it."""
    choice = options.policies.choice
    if options.plugins or choice is None:
        return None
    if choice.more is not None:  # a worker has no rule packs, and does not know their ids
        if choice.ids or choice.excluded or choice.severities:
            return None
        choice = replace(choice, more=None)
    return __name__, "judged", _words(choice)


def judged(choice: str, resources: list[Resource]) -> tuple[str, bytes] | None:
    """Return the digest of the policies, and the verdicts on one root as `remembered.written` has them.

    None where a root cannot be judged alone, or the verdicts cannot be written down.
    """
    policies, registry = _chosen(choice)
    if not all(map(is_alone, resources)) or computes(policies.settings):
        return None
    found: list[Asset] = []
    for each in assets(resources, registry, policies.kinds):
        if not isinstance(each, Asset):  # a service failed, which whoever asks has to find out for himself
            return None
        found.append(each)
    numbers = remembered.numbered(resources)
    verdicts = list(judge(found, policies.of_kind))
    if resources and resources[0].dialect == "arm":
        look_up(verdicts)
    content = remembered.written(found, numbers, verdicts, whole=True)
    return (policies.digest, content) if content else None


def get_ready(types: Iterable[str]) -> None:
    """Load what roots with resources of these types are judged by, where nothing else is chosen: it may never be asked.

    A worker does it before the first of its roots is there.
    """
    policies, registry = _chosen(_words(Choice()))
    for each in types:
        registry.modules(each, policies.kinds)


def look_up(verdicts: Iterable[Verdict]) -> None:
    """Look up what reports tell of verdicts on a deployment, whose source keeps where values stand and come from."""
    for each in verdicts:
        if each.setting:
            known = each.asset.settings.known
            for name in (each.setting, *each.also):
                known[name].place  # noqa: B018 - it is kept by its resource
            each.origins  # noqa: B018 - as above


def is_alone(resource: Resource) -> bool:
    """Whether nothing outside of its root, or its deployment, bears on a resource."""
    if resource.plane != "code" or resource.dialect not in ("terraform", "arm"):
        return False
    return resource.dialect == "arm" or not (
        is_object_of_a_cluster(resource.type) or is_object_of_arm(resource.type)
    )


def _words(choice: Choice) -> str:
    return json.dumps(to_builtins(choice, enc_hook=str))


@lru_cache(maxsize=2)
def _chosen(choice: str) -> tuple[PolicySet, Registry]:
    made = convert(
        json.loads(choice), Choice, dec_hook=lambda type_, value: Path(value) if type_ is Path else value
    )
    return in_force(made), Registry()
