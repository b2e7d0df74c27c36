"""Checkov's checks as policies: `controls/packs/checkov.yaml` says of each what it is about, in our words.

A check belongs to a topic, which gives its family, severity, reason and links to controls; `{what}` in a topic's
sentences are the types that the check is for. A check's own entry may give another severity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tfaudit import data, yaml_files
from tfaudit.cache import Store
from tfaudit.errors import PolicyError
from tfaudit.model.verdicts import Link, Policy, Severity

ORIGIN = "packs/checkov.yaml"
"""What the policies of the pack name as the file that they are from."""

_SHOWN = 2


def read(cache: Store | None = None) -> list[Policy]:
    """Return every check that the pack knows, as a policy; `PolicyError` for a file of another form."""
    path = data.folder("controls") / ORIGIN
    ((document, digest),) = yaml_files.read_all([path], cache)
    topics: Mapping[str, Any] = document["topics"]
    links: dict[tuple[str, ...], Link] = {}
    return [_policy(id_, str(entry), (topics, links), digest) for id_, entry in document["checks"].items()]


def own(checks: Iterable[Mapping[str, Any]], origin: str, digest: str) -> list[Policy]:
    """Return graph checks of the user's own as policies: with their severity, or medium, and without controls."""
    found = []
    for each in checks:
        metadata = each.get("metadata") or {}
        severity = str(metadata.get("severity") or "medium").lower()
        severity = severity if severity in [known.value for known in Severity] else "medium"
        id_ = str(metadata.get("id"))
        found.append(
            Policy(
                id=id_,
                title=str(metadata.get("name") or id_),
                family="own",
                severity=Severity(severity),
                kinds=("resource",),
                why=str(metadata.get("guideline") or f"{origin} asks for it."),
                same_as={"checkov": (id_,)},
                origin=origin,
                digest=digest,
            )
        )
    return found


def is_of_the_pack(policy: Policy) -> bool:
    """Whether a policy is one of checkov's checks."""
    return policy.origin == ORIGIN


def _policy(
    id_: str, entry: str, of_all: tuple[Mapping[str, Any], dict[tuple[str, ...], Link]], digest: str
) -> Policy:
    """Return one check as a policy; `of_all` are the topics, and the links so far: equal ones are one object."""
    topics, known = of_all
    name, *types = entry.split()
    severity = ""
    if types and types[0].startswith("!"):
        severity = types.pop(0)[1:]
    topic = topics.get(name)
    if topic is None:
        raise PolicyError(f'{ORIGIN}: {id_}: there is no topic "{name}"; add it, or mend the name')
    what = _what(types)
    stated = (
        (framework, str(control), strength, because.replace("{what}", what))
        for framework, controls in topic.get("controls", {}).items()
        for control, link in controls.items()
        for strength, because in link.items()
    )
    return Policy(
        id=id_,
        title=_sentence(topic["says"], what),
        family=topic["family"],
        severity=Severity(severity or topic["severity"]),
        kinds=("resource",),
        why=_sentence(topic["why"], what),
        links=tuple(known.get(each) or known.setdefault(each, Link(*each)) for each in stated),
        same_as={"checkov": (id_,)},
        references=(f"checkov {id_}",),
        origin=ORIGIN,
        digest=digest,
    )


def _what(types: list[str]) -> str:
    if not types:
        return "the resource"
    more = int(types.pop()) if types[-1].startswith("+") else 0
    more += len(types) - _SHOWN
    shown = types[:_SHOWN]
    return f"{', '.join(shown)} and {more} more" if more > 0 else " or ".join(shown)


def _sentence(text: str, what: str) -> str:
    return text.replace("{what}", what)
