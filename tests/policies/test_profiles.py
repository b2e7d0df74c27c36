"""Every profile that is shipped applies, and changes what it says it changes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands import tfaudit
from tfaudit import data, yaml_files
from tfaudit.controls.load import read as read_frameworks
from tfaudit.errors import PolicyError, UsageError
from tfaudit.model.floors import shortfall
from tfaudit.policies.profiles import names
from tfaudit.policies.select import Choice, available, in_force

PROFILES = names(data.folder("policies") / "profiles")


def value(profile: str, policy: str, parameter: str) -> object:
    found = {each.id: each for each in in_force(Choice(profile=profile)).policies}
    return {each.name: each.value for each in found[policy].parameters}[parameter]


def test_one_for_each_reference_document_and_framework_and_a_default() -> None:
    documents = {"cloud-template", "collaborator-api", "company-directory", "terrafusion"}
    assert set(PROFILES) == {*documents, "default", "gdpr", "iso27001", "pci_dss", "soc2"}


@pytest.mark.parametrize("profile", PROFILES)
def test_profile_applies(profile: str) -> None:
    policies = in_force(Choice(profile=profile))
    assert policies.policies
    for kind in policies.kinds:
        policies.of_kind(kind)


@pytest.mark.parametrize(
    ("profile", "policy", "parameter", "expected"),
    [
        ("default", "backup-retention", "days", 7),
        ("cloud-template", "backup-retention", "days", 35),
        ("terrafusion", "backup-retention", "days", 30),
        ("terrafusion", "database-minimum-tls", "version", "1.3"),
        ("collaborator-api", "log-retention", "days", 90),
    ],
)
def test_its_values_are_in_force(profile: str, policy: str, parameter: str, expected: object) -> None:
    assert value(profile, policy, parameter) == expected


NUMBERS = [
    ("log-retention", "days", 365, "10.5.1"),
    ("subscription-activity-log-kept", "days", 365, "10.5.1"),
    ("password-policy-strong", "length", 12, "8.3.6"),
    ("password-policy-strong", "remembered", 4, "8.3.7"),
    ("password-expires", "days", 90, "8.3.9"),
    ("identity-in-use", "days", 90, "8.2.6"),
    ("database-ends-idle-sessions", "minutes", 15, "8.2.8"),
    ("remote-shell-ends-idle-sessions", "minutes", 15, "8.2.8"),
    ("sign-in-locks-out", "attempts", 10, "8.3.4"),
    ("sign-in-locks-out", "minutes", 30, "8.3.4"),
]


@pytest.mark.parametrize(("policy", "parameter", "expected", "paragraph"), NUMBERS)
def test_numbers_of_pci_dss_have_their_paragraph(
    policy: str, parameter: str, expected: int, paragraph: str
) -> None:
    found = {each.id: each for each in in_force(Choice("pci_dss")).policies}
    (one,) = [each for each in found[policy].parameters if each.name == parameter]
    assert one.value == expected
    assert one.source.startswith(f"profile pci_dss: {paragraph}")


@pytest.mark.parametrize("profile", ["pci_dss", "soc2", "iso27001", "gdpr"])
def test_with_a_frameworks_profile_every_link_to_it_counts(profile: str) -> None:
    short = [
        (policy.id, link.control, shortfall(policy, link))
        for policy in in_force(Choice(profile)).policies
        for link in policy.links
        if link.framework == profile and shortfall(policy, link)
    ]
    assert short == []


def test_terrafusion_asks_for_restricted_pods() -> None:
    assert value("terrafusion", "namespace-pod-security", "levels") == ["restricted"]


OWN = """
name: own
title: On another
extends: [pci_dss, beside.yaml]
parameters:
  log-retention: {days: {value: 400, source: "our rule 7"}}
include: [object-store-locked]
"""
BESIDE = """
name: beside
title: Beside it
parameters: {backup-retention: {days: 14}, log-retention: {days: 20}}
exclude: [key-expires]
severities: {backup-retention: low}
waivers: {longest_days: 10, requires: [ticket]}
"""


def own(folder: Path, text: str = OWN, beside: str = BESIDE) -> str:
    (folder / "own.yaml").write_text(text)
    (folder / "beside.yaml").write_text(beside)
    return str(folder / "own.yaml")


def test_a_profile_extends_several_the_later_over_the_former(tmp_path: Path) -> None:
    path = own(tmp_path)
    assert value(path, "log-retention", "days") == 400
    assert value(path, "backup-retention", "days") == 14
    assert value(path, "password-policy-strong", "length") == 12
    policies = {each.id: each for each in in_force(Choice(path)).policies}
    assert "key-expires" not in policies
    assert "object-store-locked" in policies
    assert policies["backup-retention"].severity == "low"
    terms = policies["backup-retention"].waiver_terms
    assert terms.longest_days == dict.fromkeys(("critical", "high", "medium", "low"), 10)
    assert set(terms.requires) == {"owner", "approver", "until", "compensating_control", "ticket"}


@pytest.mark.parametrize(
    ("text", "beside", "says"),
    [
        (OWN.replace("include:", "inclde:"), BESIDE, 'did you mean "include"'),
        (OWN, BESIDE + "extends: own.yaml\n", "build on one another in a ring"),
        (OWN.replace("beside.yaml", "../beside.yaml"), BESIDE, "name a file beside it"),
        (OWN.replace("beside.yaml", "pci_ds"), BESIDE, 'did you mean "pci_dss"'),
        (OWN.replace("log-retention:", "log-retantion:"), BESIDE, 'did you mean "log-retention"'),
        (OWN.replace("days: {", "day: {"), BESIDE, 'did you mean "days"'),
        (OWN, BESIDE.replace("low}", "lowest}"), "severities.backup-retention"),
        (OWN + "exclude: [object-store-locked]\n", BESIDE, "both included and excluded"),
        ("- a list\n", BESIDE, "a map of words and values is wanted here"),
        (OWN.replace("parameters:", "parameters: 7\nscopes:"), BESIDE, "parameters: a map is wanted here"),
    ],
)
def test_what_is_wrong_with_a_profile_is_told(tmp_path: Path, text: str, beside: str, says: str) -> None:
    with pytest.raises((PolicyError, UsageError)) as raised:
        _ = in_force(Choice(own(tmp_path, text, beside))).policies
    assert says in str(raised.value)


def test_a_link_beside_a_profile_is_not_followed(tmp_path: Path) -> None:
    path = own(tmp_path)
    (tmp_path / "beside.yaml").rename(tmp_path / "other.yaml")
    (tmp_path / "beside.yaml").symlink_to(tmp_path / "other.yaml")
    with pytest.raises(PolicyError, match="no link"):
        _ = in_force(Choice(path)).policies


def test_show_tells_where_each_value_comes_from(tmp_path: Path) -> None:
    done = tfaudit("profiles", "show", own(tmp_path), "--json", cwd=tmp_path)
    document = json.loads(done.stdout)
    told = {(each["policy"], each["parameter"]): each["comes_from"] for each in document["parameters"]}
    assert told["log-retention", "days"] == "profile own: our rule 7"
    assert told["backup-retention", "days"] == "profile beside"
    assert told["password-policy-strong", "length"] == "profile pci_dss: 8.3.6, twelve characters"
    assert document["left_out"]["key-expires"] == "profile beside"
    assert tfaudit("profiles", "list", cwd=tmp_path).stdout.count("\n") == len(PROFILES) + 1


@pytest.mark.parametrize("value", ["a week", "[7, 8]", "true"])
def test_a_value_of_no_use_is_told_with_who_sets_it(tmp_path: Path, value: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        f"name: own\nextends: default\nparameters: {{backup-retention: {{days: {{value: {value}, source: rule 7}}}}}}\n"
    )
    with pytest.raises(PolicyError, match=r"need a number.*days by profile own: rule 7"):
        _ = in_force(Choice(str(path))).policies


def test_names_of_policies_may_be_patterns(tmp_path: Path) -> None:
    every = {each.id for each in available()}
    databases = {each for each in every if each.startswith("database-")}
    assert {each.id for each in in_force(Choice(ids=("database-*",))).policies} < databases
    assert not {each.id for each in in_force(Choice(skipped=("database-*",))).policies} & databases
    stated = "name: own\nextends: beside.yaml\nonly: ['database-*', 'cache-*']\nexclude: ['*-zone']\n"
    beside = "name: beside\nexclude: ['database-encrypted']\ninclude: ['*-encrypted']\n"
    found = {each.id for each in in_force(Choice(own(tmp_path, stated, beside))).policies}
    assert found == {
        each
        for each in every
        if each.startswith(("database-", "cache-"))
        and not each.endswith("-zone")
        and each != "database-encrypted"
    }


def test_the_last_profile_that_names_a_policy_decides(tmp_path: Path) -> None:
    beside = "name: beside\nexclude: [database-encrypted, 'cache-*']\n"
    stated = "name: own\nextends: beside.yaml\ninclude: ['*-encrypted']\n"
    found = {each.id for each in in_force(Choice(own(tmp_path, stated, beside))).policies}
    assert {"database-encrypted", "cache-encrypted"} <= found
    assert "cache-multi-zone" not in found


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (Choice(ids=("databse-*",)), '"databse-\\*" is the name of no policy'),
        (Choice(skipped=("databse-*",)), '--skip-policy: "databse-\\*" is the name of no policy'),
        (Choice(ids=("store-has-*",)), "leaves out store-has-owner"),
        (Choice(ids=("store-has-owner", "database-*")), "leaves out store-has-owner"),
    ],
)
def test_a_pattern_that_names_nothing_is_told(choice: Choice, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        in_force(choice)


def test_what_is_left_out_already_may_be_left_out_again() -> None:
    assert len(in_force(Choice(skipped=("store-has-owner",))).policies) == len(in_force(Choice()).policies)


FRAMEWORKS = read_frameworks([data.folder("controls")])


@pytest.mark.parametrize("profile", PROFILES)
def test_every_value_says_where_it_comes_from(profile: str) -> None:
    """Every number has its paragraph; in a framework's profile one that the framework has."""
    stated = yaml_files.read(data.folder("policies") / "profiles" / f"{profile}.yaml")
    own = FRAMEWORKS.get(profile)
    for policy, values in stated.get("parameters", {}).items():
        for name, each in values.items():
            assert each.keys() == {"value", "source"}, (policy, name)
            if own is not None:
                paragraph = re.match(r"(?:Art\. )?((?:[A-Z]+\.?)?\d[\w.()]*)", each["source"])
                assert paragraph, (policy, name)
                ids = {one.removeprefix("Art.") for one in own.controls}
                number = paragraph[1]
                assert number in ids, (policy, name, each["source"])
