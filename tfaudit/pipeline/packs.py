"""Rule packs in a scan: begun before anything is read, fed while it is read, and joined with our own verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource, Unread
from tfaudit.model.verdicts import Outcome, Policy, Same, Verdict
from tfaudit.pipeline.options import Options
from tfaudit.policies.same_as import claim

if TYPE_CHECKING:
    from tfaudit.packs.checkov.scanning import Scanning
    from tfaudit.sources.tree.files import InputFile, Tree


class Running:
    """The packs of one scan."""

    def __init__(self, tree: Tree, options: Options) -> None:
        """Begin; raises `UsageError` where the pack's scanner is not installed in the version that it knows."""
        from tfaudit.packs.checkov.policies import is_of_the_pack
        from tfaudit.packs.checkov.scanning import Asked, Scanning

        self._policies: dict[str, Policy] = {
            each.id: each
            for each in options.policies.policies
            if is_of_the_pack(each) or each.family == "own"
        }
        self._clock = tree.clock
        own = (options.own_checks, options.own_modules)
        formats = options.pack_formats
        asked = Asked(str(tree.root), tuple(self._policies), own, formats, tree.cache, _jobs(tree))
        self._scanning: Scanning | None = Scanning(asked, tree.clock, tree.keys) if self._policies else None

    def passed_on(self, resources: Iterable[Resource]) -> Iterator[Resource]:
        """Yield `resources` as they are read, and judge them meanwhile."""
        return self._scanning.passed_on(resources) if self._scanning is not None else iter(resources)

    def files(self, files: Sequence[InputFile]) -> None:
        """Take all files that were found: those of formats that are judged file by file are begun."""
        if self._scanning is not None:
            self._scanning.files(files)

    def verdicts(
        self,
        own: Sequence[Verdict],
        assets: Iterable[Asset],
        resources: Sequence[Resource],
        unread: list[Unread],
    ) -> list[Verdict]:
        """Return our verdicts and the packs', one for each fact; what could not be judged is added to `unread`.

        `own` are the verdicts on `assets`, which were made of `resources`.
        """
        if self._scanning is None:
            return list(own)
        from tfaudit.packs.checkov import found
        from tfaudit.packs.checkov.verdicts import about, of_scopes

        like: dict[tuple[str, str, str], Asset] = {}
        for each in assets:
            like.setdefault(about(each.resource), each)
        scopes = self._scanning.scopes()
        unread.extend(self._scanning.gaps())
        placed = found.Placed(resources)
        in_files = (
            found.verdicts(batch.framework, batch.rows or (), placed, self._policies, like)
            for batch in self._scanning.batches
        )
        return joined(own, chain(of_scopes(scopes, self._policies, like), *in_files))


def joined(own: Sequence[Verdict], theirs: Iterable[Verdict]) -> list[Verdict]:
    """Return both, and of those that judge one fact ours alone, with what the other says.

    A fact is one where a policy of ours says of a rule, without conditions, that it judges the same (`same_as`).
    """
    from tfaudit.packs.checkov.verdicts import about

    same = exact({each.policy.id: each.policy for each in own}.values())
    facts: dict[tuple[tuple[str, str, str], str], list[Verdict]] = {}
    for each in own:
        if each.outcome is not Outcome.ERROR:
            for rule in same.get(each.policy.id, ()):
                facts.setdefault((about(each.asset.resource), rule), []).append(each)
    found = list(own)
    for other in theirs:
        ours = facts.get((about(other.asset.resource), other.policy.id))
        if ours is None:
            found.append(other)
            continue
        for each in ours:
            each.same = (*each.same, Same("checkov", other.policy.id, other.outcome))
    return found


def exact(policies: Iterable[Policy]) -> dict[str, list[str]]:
    """Return for each policy the rules of checkov's that judge the same, without conditions."""
    found: dict[str, list[str]] = {}
    for policy in policies:
        for entry in map(claim, policy.same_as.get("checkov", ())):
            if len(entry.rules) == 1 and not entry.setting and not entry.where:
                found.setdefault(policy.id, []).append(entry.rules[0])
    return found


def _jobs(tree: Tree) -> int:
    import os

    return tree.jobs or os.cpu_count() or 1
