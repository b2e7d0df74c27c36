"""A user's own policy, profile or framework with a wrong value at any place is refused with one sentence, or is sound.

Each place of a document that uses every word is given each wrong value, is emptied, is left out, and gets a word that
there is not. What is not refused has to be of use: it is compiled, linked, counted and shown.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from tfaudit import data
from tfaudit.controls import coverage, lint, load
from tfaudit.documents import policy as policy_document
from tfaudit.errors import TfauditError
from tfaudit.model.verdicts import Framework, Policy
from tfaudit.model.vocabulary import setting_type
from tfaudit.policies import profiles
from tfaudit.policies.load import PolicySet, read_folder
from tfaudit.policies.select import available, joined

WRONG: tuple[Any, ...] = (
    None,
    True,
    "",
    " ",
    "$none",
    "x",
    0,
    -1,
    10**12,
    0.5,
    float("nan"),
    dt.date(2026, 11, 30),
    [],
    [None],
    [[]],
    ["x", 1],
    {},
    {"x": None},
    {None: None},
    {1: {2: 3}},
    {"at_least": None},
    {"one_of": {}},
    {"not": []},
)
SAMPLES: Mapping[Any, Any] = {"bool": True, "int": 7, "str": "postgresql", "list": ["x"], "map": {"x": "y"}}
POLICY = """
id: sound
title: Databases keep backups
finding: Backups of {asset} reach back {backup.retention_days} days, not {days}
family: backup_retention
severity: high
kinds: [database]
when: {backup.enabled: true, engine: {one_of: [postgresql, mysql]}}
require:
  backup.retention_days: {at_least: $days}
  engine: {not: {matches: "x.*"}}
parameters: {days: {default: 7, unit: days, says: how far back a restore reaches}}
controls:
  pci_dss: {"10.5.1": {partial: Databases are kept, floor: {days: 7}, scope: card_data}}
  soc2: {A1.2: {supporting: Databases are kept}}
why: Lost data stays lost.
fix: {aws_db_instance: {says: Set the days, sets: {backup_retention_period: 7}}, "": Set the days}
same_as: {checkov: [CKV_AWS_133], trivy: ["AVD-AWS-0077 for backup.retention_days"]}
references: ["https://tfaudit.example/"]
waivers: {longest_days: {high: 30}, requires: [owner]}
"""
PROFILE = """
name: ours
title: Our values
extends: [default]
parameters: {backup-retention: {days: {value: 30, source: our rule 7}}}
severities: {log-retention: high}
include: [password-expires]
exclude: [database-encrypted]
scopes: {object-store-expires: personal_data}
waivers: {longest_days: 30, requires: [ticket]}
"""
FRAMEWORK = """
framework: acme
name: What Acme asks for
version: "3"
scope: card_data
controls:
  - id: A1
    title: Databases are kept
    group: Data
    testable: automated
    families: [backup_retention]
    rationale: Lost data stays lost.
    sufficient: [{kinds: [database], policies: [backup-retention]}]
links:
  A1: {backup-retention: {partial: Databases are kept, floor: {days: 7}, scope: card_data}}
"""


def places(document: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document, the whole of it first."""
    yield at
    if isinstance(document, (dict, list)):
        for name, value in document.items() if isinstance(document, dict) else enumerate(document):
            yield from places(value, (*at, name))


def spoilt(document: Any) -> Iterator[tuple[str, Any]]:
    """The document with each fault at each place, and what the fault is."""
    for at in places(document):
        for wrong in WRONG:
            yield (
                f"{at}: {wrong!r}",
                changed(document, at, partial(put, wrong)),
            )
        if at:
            yield f"{at} left out", changed(document, at, lambda whole, name: whole.pop(name))
            yield f"{at} called otherwise", changed(document, at, renamed)


def changed(document: Any, at: tuple[Any, ...], change: Callable[[Any, Any], Any]) -> Any:
    """A copy of the document with one place of it changed."""
    whole = {"": copy.deepcopy(document)}
    inside: Any = whole
    way = ("", *at)
    for name in way[:-1]:
        inside = inside[name]
    change(inside, way[-1])
    return whole[""]


def put(value: Any, whole: Any, name: Any) -> None:
    """Set one place."""
    whole[name] = value


def renamed(whole: Any, name: Any) -> None:
    """Call a word otherwise; what stands in a list stands there twice."""
    if isinstance(whole, list):
        whole.append(whole[name])
    else:
        whole[f"{name}x"] = whole.pop(name)


@cache
def own_policies() -> list[Policy]:
    """Tfaudit's own."""
    return available()


@cache
def own_frameworks() -> Mapping[str, Framework]:
    """Tfaudit's own."""
    return load.read([data.folder("controls")])


def use_policy(path: Path) -> None:
    """Whatever tfaudit does with a policy before it judges by it."""
    found = read_folder(path.parent)
    joint = PolicySet(found)
    for kind in joint.kinds:
        for each in joint.of_kind(kind):
            for name, test, _ in (*each.when, *each.require):
                assert test(SAMPLES[setting_type(kind, name)]) in (True, False, None)
    used(found)


def used(found: list[Policy]) -> None:
    """What is asked of policies, whatever there is to judge."""
    frameworks = own_frameworks()
    list(lint.lint(found, frameworks))
    coverage.coverage(frameworks, found)
    assert repr([policy_document(each) for each in found])
    assert PolicySet(found).digest


def use_profile(path: Path) -> None:
    """Whatever tfaudit does with a profile."""
    profile = profiles.read(str(path), data.folder("policies") / "profiles")
    found = profiles.apply(profile, own_policies())
    for each in found:
        assert all(name for name in each.waiver_terms.requires)


def use_framework(path: Path) -> None:
    """Whatever tfaudit does with a framework."""
    frameworks = load.read([path.parent])
    few = [each for each in own_policies() if each.family == "backup_retention"]
    found = joined(few, load.linked(frameworks.values()))
    list(lint.lint(found, frameworks))
    coverage.coverage(frameworks, found)


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        (POLICY, "sound.yaml", use_policy),
        (PROFILE, "ours.yaml", use_profile),
        (FRAMEWORK, "acme.yaml", use_framework),
    ],
    ids=["policy", "profile", "framework"],
)
def test_wrong_value_anywhere(tmp_path: Path, text: str, name: str, use: Callable[[Path], None]) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    use(path)
    failed, refused = [], 0
    for fault, document in spoilt(yaml.safe_load(text)):
        path.write_text(yaml.safe_dump(document), "utf-8")
        try:
            use(path)
        except TfauditError as error:
            refused += 1
            told = str(error)
            if "\n" in told or not re.search(r"[.]yaml|acme|ours|sound", told) or "pydantic" in told:
                failed.append(f"{fault}: told as {told!r}")
        except Exception as error:  # noqa: BLE001 - whatever it is, a user would see a traceback
            failed.append(f"{fault}: {error!r}")
    assert not failed, "\n".join(failed)
    assert refused > 200
