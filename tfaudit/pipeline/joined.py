"""Several scans of one run as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tfaudit.model.digests import same
from tfaudit.model.result import ScanResult


def joined(results: Sequence[ScanResult]) -> ScanResult:
    """Return several scans of one run as one result; the first gives the run's id and root."""
    first, *rest = results
    idle_somewhere = {says for each in results for says in each.waivers.values()}
    for each in rest:
        known = {policy.id for policy in first.policies}
        first.policies += tuple(policy for policy in each.policies if policy.id not in known)
        first.scanned += each.scanned
        first.verdicts = [*first.verdicts, *each.verdicts]
        first.unread = [*first.unread, *each.unread]
        first.notes += tuple(note for note in each.notes if note not in first.notes)
        effects = {**each.waivers, **first.waivers}
        first.waivers = {named: says and each.waivers.get(named, says) for named, says in effects.items()}
        first.read_files = {**first.read_files, **each.read_files}
        first.digests = _digests(first.digests, each.digests)
        first.configurations += tuple(one for one in each.configurations if one not in first.configurations)
        first.left_out += each.left_out
        first.waiver_faults += tuple(one for one in each.waiver_faults if one not in first.waiver_faults)
        first.finished = each.finished
    used_after_all = idle_somewhere - {*first.waivers.values()}
    first.notes = tuple(note for note in first.notes if note not in used_after_all)
    first.waiver_faults = tuple(one for one in first.waiver_faults if one not in used_after_all)
    return first


def _digests(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of both, "" for a file that was not the same each time."""
    return {**one, **{name: same(one.get(name), digest) for name, digest in other.items()}}
