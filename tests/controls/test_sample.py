"""The page that argues forty links says what stands in the policies, and the draw comes out alike everywhere."""

from __future__ import annotations

import re

from benchmarks.links import drawn
from tfaudit import data
from tfaudit.policies.select import available

_ROW = re.compile(r"\| (\d+) \| (GDPR|ISO|PCI|SOC 2) (\S+) \| `([a-z0-9-]+)` \| ([^|]+) \|")
_IDS = {"GDPR": "gdpr", "ISO": "iso27001", "PCI": "pci_dss", "SOC 2": "soc2"}


def test_what_is_argued_is_so() -> None:
    page = (data.folder("docs") / "controls-sample.md").read_text("utf-8")
    rows = _ROW.findall(page)
    assert [int(number) for number, *_ in rows] == list(range(1, 41))
    links = {
        (policy.id, link.framework, link.control): link.strength
        for policy in available()
        for link in policy.links
    }
    for _, framework, control, policy, verdict in rows:
        stated = links.get((policy, _IDS[framework], control))
        if "out" in verdict:
            assert stated is None
        elif "weaker" in verdict:
            assert stated == "supporting"
        elif "holds" in verdict:
            assert stated == verdict.split(", ")[1].strip()
        else:
            assert stated is not None


def test_the_draw_hangs_on_the_seed_alone() -> None:
    policies = available()
    names = [(policy.id, link.control) for policy, link in drawn(policies, 7, 40)]
    assert names == [(policy.id, link.control) for policy, link in drawn(reversed(policies), 7, 40)]
    assert len(set(names)) == 40
    assert names != [(policy.id, link.control) for policy, link in drawn(policies, 8, 40)]
