"""A plan has no comments: what the code that it was made of asks to leave out holds for the plan as well."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from tfaudit.model.resources import Resource, Suppression
from tfaudit.sources.terraform.plan.configuration import without_instances

Asked = Mapping[str, tuple[Suppression, ...]]
"""From each address of one root, with instances and without, to what is asked beside it."""


def take_over(resources: Iterable[Resource]) -> None:
    """Give planned resources the suppressions of the root that their plan is of, in place.

    That is the nearest root at or above the plan's folder; where none is, the one root that declares all of the plan.
    """
    roots: dict[str, dict[str, tuple[Suppression, ...]]] = {}
    plans: dict[str, list[Resource]] = {}
    for each in resources:
        if each.dialect != "terraform":
            continue
        if each.plane == "plan":
            plans.setdefault(each.scope, []).append(each)
        elif each.plane == "code":
            asked = roots.setdefault(each.scope, {})
            bare = without_instances(each.address)
            asked[each.address] = each.suppressions
            # What is asked of one instance alone is not asked of the others.
            asked[bare] = each.suppressions if asked.get(bare, each.suppressions) == each.suppressions else ()
    if not any(asked for root in roots.values() for asked in root.values()):
        return
    for scope, planned in plans.items():
        root = _root_of(scope, planned, roots)
        for each in planned:
            each.suppressions += root.get(each.address, root.get(without_instances(each.address), ()))


def _root_of(plan: str, planned: list[Resource], roots: Mapping[str, Asked]) -> Asked:
    folder = posixpath.dirname(plan)
    while True:
        if (folder or ".") in roots:
            return roots[folder or "."]
        if not folder:
            break
        folder = posixpath.dirname(folder)
    names = {without_instances(each.address) for each in planned if not each.type.startswith("provider.")}
    found = [root for root in roots.values() if names <= root.keys()]
    return found[0] if len(found) == 1 else {}
