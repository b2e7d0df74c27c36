"""What is compared with what in `benchmarks.same_as_agreement`, and which examples checkov's tests hold."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

if importlib.util.find_spec("checkov") is None:
    pytest.skip("checkov is not installed", allow_module_level=True)

from benchmarks.in_batches import Their
from benchmarks.labelled_examples import inline
from benchmarks.same_as_agreement import Own, Pair, claims, ours, paired, table, verdicts

_RULES = """
resource group 'Microsoft.Network/networkSecurityGroups@2024-01-01' = {
  name: 'group'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'ssh'
        properties: {
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          priority: 100
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
        }
      }
    ]
  }
}
"""


def own(line: int, outcome: str, type_: str = "microsoft.sql/servers") -> Own:
    return Own(type_, outcome, "", line, (line,), "")


def classes(their: list[Their], mine: list[Own]) -> list[tuple[str, str]]:
    claimed = {"CKV_AZURE_52": claims()["CKV_AZURE_52"]}
    found = paired(their, {("CKV_AZURE_52", "a.json"): mine}, claimed, "arm", "x")
    return [(pair.place, pair.class_) for pair in found]


def said(first: int, last: int, outcome: str) -> Their:
    return Their("CKV_AZURE_52", "a.json", "Microsoft.Sql/servers.a", first, last, outcome)


def test_of_several_instances_the_worst_counts() -> None:
    found = classes([said(5, 20, "fail")], [own(5, "pass"), own(5, "fail")])
    assert found == [("x/a.json:5", "both fail")]


def test_what_stands_inside_of_another_resource_is_that_ones() -> None:
    found = classes([said(5, 30, "pass"), said(10, 20, "fail")], [own(5, "pass"), own(10, "fail")])
    assert found == [("x/a.json:5", "both pass"), ("x/a.json:10", "both fail")]


def test_what_checkov_says_nothing_of_is_silence() -> None:
    found = classes([said(5, 9, "pass")], [own(5, "pass"), own(40, "fail"), own(50, "unknown")])
    assert found == [("x/a.json:5", "both pass"), ("x/a.json:40", "silent")]


def test_only_what_is_claimed_counts(tmp_path: Path) -> None:
    (tmp_path / "main.bicep").write_text(_RULES, "utf-8")
    found = ours(verdicts(tmp_path), claims())
    outcomes = {check: [each.outcome for each in mine] for (check, _), mine in found.items()}
    assert outcomes["CKV_AZURE_10"] == ["fail"]  # of SSH
    assert outcomes["CKV_AZURE_9"] == ["pass"]  # of RDP, by the same policy


def test_a_cell_has_a_number_for_each_format() -> None:
    pairs = [
        Pair("arm", "CKV_AZURE_52", "database-minimum-tls", "", "", "pass", "pass", ""),
        Pair("bicep", "CKV_AZURE_52", "database-minimum-tls", "", "", "pass", "fail", ""),
    ]
    assert "| CKV_AZURE_52 | database-minimum-tls | 1 · 0 |  | 0 · 1 |" in table(pairs)


def test_examples_stand_in_the_tests_themselves() -> None:
    text = '''
class T:
    def test_failure(self):
        resource_conf = {"name": ["a"], "site_config": [{"http2_enabled": [False]}]}
        scan(resource_conf)

    def test_success(self):
        hcl2.loads("""resource "azurerm_app_service" "a" {}""")
'''
    [(_, body, json_), (_, block, hcl)] = inline(text, ["azurerm_app_service"])
    assert (json_, hcl) == ("tf.json", "tf")
    assert '"http2_enabled": false' in body
    assert block == 'resource "azurerm_app_service" "a" {}'
