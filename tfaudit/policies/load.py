"""Reads policy files and compiles them: YAML in, `Policy` and closures out. Loading a policy runs no code of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from tfaudit import yaml_files
from tfaudit.cache import Store
from tfaudit.errors import PolicyError, UsageError, did_you_mean
from tfaudit.model.verdicts import Fix, Link, Parameter, Policy, Severity, WaiverTerms
from tfaudit.model.vocabulary import KINDS, setting_type
from tfaudit.patterns import alike
from tfaudit.policies.evaluate import Compiled, Condition
from tfaudit.policies.matchers import Wanted, compile_matcher

FAMILIES = (
    "encryption_in_transit",
    "encryption_at_rest",
    "least_privilege",
    "network_isolation",
    "backup_retention",
    "audit_logging",
)
_OF_LINKS = frozenset({"floor", "scope"})
"""What stands beside the strength of a link."""
_SEVERITIES = {each.value: each for each in Severity}


class PolicySet:
    """Policies in force, with the final values of their parameters, compiled for a kind when first asked for.

    They may be given as a function, which is called when they are first needed: input is read meanwhile.
    """

    def __init__(
        self,
        policies: Iterable[Policy] | Callable[[], Iterable[Policy]],
        every: Callable[[], Iterable[Policy]] | None = None,
        choice: Any = None,
    ) -> None:
        """Take the policies, or what returns them; `every` returns all that there are, in force or not.

        `choice` is what `select.in_force` makes them from, None where they come from elsewhere.
        """
        self.choice = choice
        self._given = policies
        self._every = every
        self._by_kind: dict[str, list[Compiled]] = {}

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """The policies; `PolicyError` or `UsageError` where the function that returns them raises it."""
        return tuple(self._given() if callable(self._given) else self._given)

    @cached_property
    def by_id(self) -> Mapping[str, Policy]:
        """The policies by their ids."""
        return {policy.id: policy for policy in self.policies}

    @cached_property
    def every(self) -> tuple[Policy, ...]:
        """All policies that there are, in force or not."""
        return tuple(self._every()) if self._every else self.policies

    @cached_property
    def known(self) -> frozenset[str]:
        """The ids of all policies that there are, in force or not."""
        return frozenset(each.id for each in self.every)

    @cached_property
    def digest(self) -> str:
        """A digest of all that decides verdicts: the policies' files, parameters and severities.

        Rules of packs, which demand nothing of settings, decide none of these.
        """
        stated = [
            (each.id, each.digest, each.severity.value, each.parameters)
            for each in self.policies
            if each.require
        ]
        return hashlib.sha256(repr(stated).encode()).hexdigest()

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind that some policy judges."""
        return frozenset(kind for policy in self.policies for kind in policy.kinds)

    @cached_property
    def settings(self) -> frozenset[str]:
        """Every setting that some policy asks for."""
        return frozenset(name for policy in self.policies for name in (*policy.when, *policy.require))

    def of_kind(self, kind: str) -> list[Compiled]:
        """Return the compiled policies that judge `kind`."""
        found = self._by_kind.get(kind)
        if found is None:
            found = [compile_policy(policy, kind) for policy in self.policies if kind in policy.kinds]
            self._by_kind[kind] = found
        return found


def compile_policy(policy: Policy, kind: str) -> Compiled:
    """Return `policy` compiled for `kind`; `PolicyError` names the file and the word that is wrong."""

    def conditions(stated: Mapping[str, Any]) -> tuple[Condition, ...]:
        return tuple(
            _condition(policy, kind, name, filled(policy, matcher)) for name, matcher in stated.items()
        )

    return Compiled(policy, conditions(policy.when), conditions(policy.require))


def _condition(policy: Policy, kind: str, name: str, matcher: Any) -> Condition:
    type_ = setting_type(kind, name)
    if type_ is None:
        near = did_you_mean(name, KINDS.get(kind, {}))
        raise PolicyError(f'{policy.origin}: unknown setting "{name}" of kind {kind}{near}')
    try:
        return name, compile_matcher(matcher, type_), Wanted(matcher)
    except PolicyError as error:
        raise PolicyError(f"{policy.origin}: {name}: {error}{_set_by(policy)}") from error


def _set_by(policy: Policy) -> str:
    """Return who set the values that a policy has not by itself: one of them is what is wrong with it."""
    stated = [f"{each.name} by {each.source}" for each in policy.parameters if each.source]
    return f" (set are {', '.join(stated)})" if stated else ""


def filled(policy: Policy, matcher: Any) -> Any:
    """Return `matcher` with each `$name` replaced by the value of the policy's parameter `name`."""
    if isinstance(matcher, str) and matcher.startswith("$"):
        for parameter in policy.parameters:
            if parameter.name == matcher[1:]:
                return parameter.value
        near = did_you_mean(matcher[1:], [parameter.name for parameter in policy.parameters])
        raise PolicyError(f'{policy.origin}: "{matcher}" names no parameter{near}')
    if isinstance(matcher, Mapping):
        return {name: filled(policy, inner) for name, inner in matcher.items()}
    if isinstance(matcher, list):
        return [filled(policy, inner) for inner in matcher]
    return matcher


def read_folder(folder: Path, cache: Store | None = None, *, checked: bool = False) -> list[Policy]:
    """Return the policies of every `*.yaml` file below `folder`, in path order; its `profiles` folder is left out.

    `cache` keeps parsed policies. `checked` says that the files are known to be sound (tfaudit's own are, by
    its tests), so that the models which check them need not be loaded.
    Raises `PolicyError` for a file that is no policy and for an id that stands twice.
    """
    origins = _below(folder)
    paths = [folder / each for each in origins]
    policies: list[Policy] = []
    seen: dict[str, str] = {}
    documents = yaml_files.read_all(paths, cache, None if checked else _check)
    for path, origin, (document, digest) in zip(paths, origins, documents, strict=True):
        policy = _built(document, origin, digest, path)
        if policy.id in seen:
            raise PolicyError(
                f"{origin}: the id {policy.id} stands in {seen[policy.id]} already; choose another"
            )
        seen[policy.id] = origin
        policies.append(policy)
    return policies


def _below(folder: Path) -> list[str]:
    """Return the files of policies below a folder, named from there, in the order of their paths."""
    found: list[str] = []
    top = os.fspath(folder)
    for inside, folders, names in os.walk(top):
        folders[:] = [each for each in folders if each != "profiles"]
        at = inside[len(top) + 1 :].replace(os.sep, "/")
        found += [f"{at}/{each}" if at else each for each in names if each.endswith(".yaml")]
    return sorted(found, key=lambda name: name.split("/"))


def _check(document: Any, path: Path) -> None:
    from tfaudit.policies.schema import check

    check(document, str(path))


def _built(document: Any, origin: str, digest: str, path: Path) -> Policy:
    """Return the policy of a document; one of tfaudit's own that has been changed may be no policy after all."""
    try:
        return build(document, origin, digest)
    except (KeyError, TypeError, AttributeError, ValueError):
        _check(document, path)
        raise


def build(document: Mapping[str, Any], origin: str, digest: str) -> Policy:
    """Return the policy of a document that has been checked."""
    fixes = document.get("fix", {})
    if isinstance(fixes, str):
        fixes = {"": fixes}
    return Policy(
        id=document["id"],
        title=document["title"],
        family=document["family"],
        severity=_SEVERITIES[document["severity"]],
        kinds=tuple(document["kinds"]),
        why=document["why"],
        links=tuple(
            Link(framework, str(control), strength, because, link.get("floor", {}), link.get("scope", ""))
            for framework, controls in document.get("controls", {}).items()
            for control, link in controls.items()
            for strength, because in link.items()
            if strength not in _OF_LINKS
        ),
        fixes={type_: _fix(fix) for type_, fix in fixes.items()},
        same_as={tool: tuple(ids) for tool, ids in document.get("same_as", {}).items()},
        parameters=tuple(
            Parameter(name, each["default"], each.get("unit", ""), each.get("says", ""))
            for name, each in document.get("parameters", {}).items()
        ),
        references=tuple(document.get("references", ())),
        when=document.get("when", {}),
        require=document["require"],
        origin=origin,
        digest=digest,
        finding=document.get("finding", ""),
        waiver_terms=waiver_terms(document.get("waivers", {})),
    )


def waiver_terms(stated: Mapping[str, Any]) -> WaiverTerms:
    """Return the terms that a policy or a profile states, a plain number of days being that of every severity."""
    days = stated.get("longest_days", {})
    if isinstance(days, int):
        days = {severity.value: days for severity in Severity}
    return WaiverTerms(days, tuple(stated.get("requires", ())))


def _fix(fix: Any) -> Fix:
    return Fix(fix) if isinstance(fix, str) else Fix(fix["says"], fix.get("sets", {}))


def choose(policies: Iterable[Policy], ids: Iterable[str]) -> list[Policy]:
    """Return the policies named by `ids`, all of them for no ids; `UsageError` for one that does not exist."""
    known = {policy.id: policy for policy in policies}
    wanted = dict.fromkeys(id_ for each in ids for id_ in named(each, known, ""))
    return [known[each] for each in wanted] if wanted else list(known.values())


def named(id_: str, known: Mapping[str, Policy], origin: str) -> list[str]:
    """Return the policies of a name, in which `*` stands for any characters; `UsageError` for one that names none.

    `origin` is who says the name.
    """
    found = [each for each in known if alike(id_, each)] if "*" in id_ else [id_] if id_ in known else []
    if not found and "*" in id_:
        where = f"{origin}: " if origin else ""
        raise UsageError(f'{where}"{id_}" is the name of no policy (see: tfaudit policies list)')
    if not found:
        raise unknown(id_, known, origin)
    return found


def unknown(id_: str, known: Mapping[str, Policy], origin: str) -> UsageError:
    """Return the error for the id of no policy, asked for by `origin`: with the nearest, or what another's rule is."""
    from tfaudit.policies.same_as import by_rule

    where = f"{origin}: " if origin else ""
    same = [policy.id for policy, _, _ in by_rule(known.values(), id_)]
    if same:
        return UsageError(
            f'{where}"{id_}" is another scanner\'s id; here it is {" and ".join(dict.fromkeys(same))}'
        )
    return UsageError(f'{where}unknown policy "{id_}"{did_you_mean(id_, known)} (see: tfaudit policies list)')
