"""Links lead to controls that exist and claim no more than a machine can show."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tfaudit import data
from tfaudit.controls.lint import lint
from tfaudit.controls.load import files, read
from tfaudit.errors import UsageError
from tfaudit.model.standing import of_policies
from tfaudit.model.verdicts import Link
from tfaudit.policies.select import available

FRAMEWORKS = read([data.folder("controls")])
POLICIES = available()
BACKUP = next(policy for policy in POLICIES if policy.id == "backup-retention")


def test_four_frameworks() -> None:
    assert sorted(files([data.folder("controls")])) == ["gdpr", "iso27001", "pci_dss", "soc2"]
    assert {name: len(each.controls) for name, each in FRAMEWORKS.items()} == {
        "gdpr": 67,
        "iso27001": 93,
        "pci_dss": 280,
        "soc2": 61,
    }


def test_own_links_are_sound() -> None:
    assert list(lint(POLICIES, FRAMEWORKS)) == []


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (Link("soc2", "A1.3x", "partial", "because"), 'has no control "A1.3x"'),
        (Link("soc-2", "A1.2", "partial", "because"), 'did you mean "soc2"'),
        (Link("soc2", "CC1.1", "partial", "because"), "cannot be tested by a machine"),
        (Link("soc2", "CC2.1", "full", "because"), "cannot be full"),
        (Link("soc2", "A1.2", "full", "because"), "needs a floor"),
        (Link("soc2", "A1.2", "partial", "So it is."), "leans on a sentence before it"),
    ],
)
def test_wrong_link_is_named(link: Link, says: str) -> None:
    every = [policy.id for policy in POLICIES]
    (fault,) = lint([replace(BACKUP, links=(link,))], FRAMEWORKS, known=every)
    assert says in fault
    assert BACKUP.origin in fault


def test_families_have_evidence_in_every_framework() -> None:
    every = {policy.family for policy in POLICIES}
    lacking = {
        (framework, family)
        for framework in FRAMEWORKS
        for family in every
        if not any(
            p.family == family and any(link.framework == framework for link in p.links) for p in POLICIES
        )
    }
    assert lacking == set()


def test_unknown_framework() -> None:
    with pytest.raises(UsageError, match='did you mean "pci_dss"'):
        read([data.folder("controls")], ["pci_ds"])


def test_standing_of_a_control() -> None:
    table = {(each.framework, each.control): each for each in of_policies(FRAMEWORKS, POLICIES)}
    assert "backup-retention" in [each.policy.id for each in table["soc2", "A1.2"].evidence]
    assert table["soc2", "A1.2"].status == "not seen"
    assert table["soc2", "CC1.1"].status == "no policy"
