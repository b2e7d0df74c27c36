"""Every profile that is shipped applies, and changes what it says it changes."""

from __future__ import annotations

import pytest

from tfaudit import data
from tfaudit.policies.profiles import names
from tfaudit.policies.select import Choice, in_force

PROFILES = names(data.folder("policies") / "profiles")


def value(profile: str, policy: str, parameter: str) -> object:
    found = {each.id: each for each in in_force(Choice(profile=profile)).policies}
    return {each.name: each.value for each in found[policy].parameters}[parameter]


def test_one_for_each_reference_document_and_a_default() -> None:
    assert PROFILES == ["cloud-template", "collaborator-api", "company-directory", "default", "terrafusion"]


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
