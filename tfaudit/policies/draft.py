"""Starts a policy: a file that is valid as it stands but for what only its author knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tfaudit.errors import UsageError, did_you_mean
from tfaudit.model.vocabulary import KINDS, setting_type
from tfaudit.policies.load import FAMILIES

_DEMANDS = {
    "bool": "true",
    "int": "{at_least: 1}",
    "number": "{at_least: 1}",
    "tls": '{at_least: "1.2"}',
    "list": "{none_of: [CHANGE-ME]}",
    "set": "{contains: [CHANGE-ME]}",
    "map": "{contains: [CHANGE-ME]}",
    "str": "{one_of: [CHANGE-ME]}",
}

_POLICY = """\
id: {id}
title: CHANGE-ME, what is true of a sound {kind}
finding: "CHANGE-ME, what is wrong with {{asset}}: {setting} is {{{setting}}}"
family: {family}
severity: medium
kinds: [{kind}]
require:
  {setting}: {demand}
controls:
  soc2:
    CC6.1: {{supporting: "CHANGE-ME, why this policy is evidence for the control"}}
why: CHANGE-ME, what goes wrong without it.
fix: CHANGE-ME, how to mend it.
"""

_README = """\
Examples of {id}: files in any format that tfaudit scans, with the expectation on the exact line:

    some_attribute = false # expect: fail {setting}
    some_attribute = var.x # expect: unknown {setting}

At least one file whose verdicts all pass, one that fails and one that stays unknown. Remove this file then.
"""


def write(id_: str, kind: str, setting: str, where: tuple[str, Path, Path]) -> Iterator[Path]:
    """Write the policy file and a note in its folder of examples, and yield both paths.

    `where` is the family, the folder of policies and the folder of examples. Raises `UsageError` for a word that does
    not exist and for a file that does.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_):
        raise UsageError(
            f'"{id_}" is no policy id; use small letters, digits and hyphens, "cache-requires-tls"'
        )
    family, policies, examples = where
    family = family or FAMILIES[0]
    if kind not in KINDS:
        raise UsageError(f'unknown kind "{kind}"{did_you_mean(kind, KINDS)}')
    type_ = setting_type(kind, setting)
    if type_ is None:
        raise UsageError(f'unknown setting "{setting}" of kind {kind}{did_you_mean(setting, KINDS[kind])}')
    if family not in FAMILIES:
        raise UsageError(
            f'unknown family "{family}"{did_you_mean(family, FAMILIES)} (known: {", ".join(FAMILIES)})'
        )
    text = _POLICY.format(id=id_, kind=kind, family=family, setting=setting, demand=_DEMANDS[type_])
    yield _new(policies / family / f"{id_}.yaml", text)
    yield _new(examples / id_ / "README.md", _README.format(id=id_, setting=setting))


def _new(path: Path, text: str) -> Path:
    if path.exists():
        raise UsageError(f"{path}: it is there already; choose another id")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
