"""Reads policy files and compiles them: YAML in, `Policy` and closures out. Loading a policy runs no code of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tfaudit.assets.vocabulary import KINDS, setting_type
from tfaudit.errors import PolicyError, UsageError, did_you_mean
from tfaudit.policies.evaluate import Compiled, Condition
from tfaudit.policies.matchers import compile_matcher
from tfaudit.verdicts import Fix, Link, Parameter, Policy, Severity

FAMILIES = (
    "encryption_in_transit",
    "encryption_at_rest",
    "least_privilege",
    "network_isolation",
    "backup_retention",
    "audit_logging",
)


class PolicySet:
    """Policies in force, compiled for a kind when first asked for."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        """Take policies whose parameters have their final values."""
        self.policies: tuple[Policy, ...] = tuple(policies)
        self._by_kind: dict[str, list[Compiled]] = {}

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that some policy judges."""
        return frozenset(kind for policy in self.policies for kind in policy.kinds)

    @property
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
    values = {parameter.name: parameter.value for parameter in policy.parameters}

    def conditions(stated: Mapping[str, Any]) -> tuple[Condition, ...]:
        return tuple(_condition(policy, kind, name, _filled(matcher, values, policy)) for name, matcher in stated.items())

    return Compiled(policy, conditions(policy.when), conditions(policy.require))


def _condition(policy: Policy, kind: str, name: str, matcher: Any) -> Condition:
    type_ = setting_type(kind, name)
    if type_ is None:
        near = did_you_mean(name, KINDS.get(kind, {}))
        raise PolicyError(f'{policy.origin}: unknown setting "{name}" of kind {kind}{near}')
    try:
        return name, compile_matcher(matcher, type_), matcher
    except PolicyError as error:
        raise PolicyError(f"{policy.origin}: {name}: {error}") from error


def _filled(matcher: Any, values: Mapping[str, Any], policy: Policy) -> Any:
    if isinstance(matcher, str) and matcher.startswith("$"):
        if matcher[1:] not in values:
            raise PolicyError(f'{policy.origin}: "{matcher}" names no parameter{did_you_mean(matcher[1:], values)}')
        return values[matcher[1:]]
    if isinstance(matcher, Mapping):
        return {name: _filled(inner, values, policy) for name, inner in matcher.items()}
    if isinstance(matcher, list):
        return [_filled(inner, values, policy) for inner in matcher]
    return matcher


def read_folder(folder: Path) -> list[Policy]:
    """Return the policies of every `*.yaml` file below `folder`, in path order.

    Raises `PolicyError` for a file that is no policy and for an id that stands twice.
    """
    policies: list[Policy] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.rglob("*.yaml")):
        policy = read_policy(path, path.relative_to(folder).as_posix())
        if policy.id in seen:
            raise PolicyError(f"{path}: the id {policy.id} stands in {seen[policy.id]} already; choose another")
        seen[policy.id] = str(path)
        policies.append(policy)
    return policies


def read_policy(path: Path, origin: str = "") -> Policy:
    """Return the policy in one file; `origin` is how messages and reports call that file."""
    import yaml

    text = path.read_bytes()
    try:
        document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise PolicyError(f"{path}{line}: not YAML: {getattr(error, 'problem', error)}") from error
    return policy_from(document, origin or str(path), hashlib.sha256(text).hexdigest())


def policy_from(document: Any, origin: str, digest: str) -> Policy:
    """Return the policy that a parsed YAML document holds; `PolicyError` names what is missing or misspelt."""
    from tfaudit.policies.schema import check

    check(document, origin)
    return build(document, origin, digest)


def build(document: Mapping[str, Any], origin: str, digest: str) -> Policy:
    """Return the policy of a document that has been checked."""
    fixes = document.get("fix", {})
    if isinstance(fixes, str):
        fixes = {"": fixes}
    return Policy(
        id=document["id"],
        title=document["title"],
        family=document["family"],
        severity=Severity(document["severity"]),
        kinds=tuple(document["kinds"]),
        why=document["why"],
        links=tuple(
            Link(framework, str(control), strength, because)
            for framework, controls in document.get("controls", {}).items()
            for control, link in controls.items()
            for strength, because in link.items()
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
    )


def _fix(fix: Any) -> Fix:
    return Fix(fix) if isinstance(fix, str) else Fix(fix["says"], fix.get("sets", {}))


def choose(policies: Iterable[Policy], ids: Iterable[str]) -> list[Policy]:
    """Return the policies named by `ids`, all of them for no ids; `UsageError` for one that does not exist."""
    known = {policy.id: policy for policy in policies}
    wanted = list(ids)
    for each in wanted:
        if each not in known:
            raise UsageError(f'unknown policy "{each}"{did_you_mean(each, known)} (see: tfaudit policies list)')
    return [known[each] for each in wanted] if wanted else list(known.values())
