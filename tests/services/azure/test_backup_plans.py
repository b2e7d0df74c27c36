"""For how long the plans of Azure Backup keep copies, by the forms in which the kinds of plans say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, told
from tfaudit.pipeline.files import scan

_RULE = """
  default_retention_rule {
    life_cycle {
      duration        = "P14D"
      data_store_type = "OperationalStore"
    }
  }
  retention_rule {
    name     = "yearly"
    priority = 25
    life_cycle {
      duration        = "P84D"
      data_store_type = "OperationalStore"
    }
  }
"""
_WORKLOAD = """
  workload_type = "SQLDataBase"
  protection_policy {
    policy_type = "Log"
    simple_retention { count = 8 }
  }
  protection_policy {
    policy_type = "Full"
    %s
  }
"""


@pytest.mark.parametrize(
    ("kind", "body", "days"),
    [
        ("data_protection_backup_policy_kubernetes_cluster", _RULE, 14),
        ("data_protection_backup_policy_postgresql_flexible_server", _RULE, 14),
        ("data_protection_backup_policy_mysql_flexible_server", _RULE.replace("P14D", "P2W"), 14),
        ("data_protection_backup_policy_mysql_flexible_server", _RULE.replace('"P14D"', "var.d"), UNKNOWN),
        ("backup_policy_vm_workload", _WORKLOAD % "retention_daily { count = 30 }", 30),
        ("backup_policy_vm_workload", _WORKLOAD % "retention_weekly { count = 3 }", 21),
        ("backup_policy_vm_workload", _WORKLOAD % "retention_daily { count = var.d }", UNKNOWN),
        ("backup_policy_vm_workload", _WORKLOAD % "", 0),
    ],
)
def test_a_plan_says_for_how_long_in_the_form_of_its_kind(kind: str, body: str, days: object) -> None:
    text = f'variable "d" {{}}\nresource "azurerm_{kind}" "plan" {{\n  name = "plan"\n{body}}}\n'
    assert told(declared(text)[f"azurerm_{kind}.plan"], "backup.retention_days") == days


@pytest.mark.parametrize(("kept", "outcome"), [(30, "pass"), (3, "fail")])
def test_of_a_workload_the_full_copies_count_in_a_template_as_well(
    tmp_path: Path, kept: int, outcome: str
) -> None:
    (tmp_path / "main.bicep").write_text(
        f"""
resource plan 'Microsoft.RecoveryServices/vaults/backupPolicies@2024-04-01' = {{
  name: 'copies/plan'
  properties: {{
    backupManagementType: 'AzureWorkload'
    workLoadType: 'SQLDataBase'
    subProtectionPolicy: [
      {{
        policyType: 'Log'
        retentionPolicy: {{
          retentionPolicyType: 'SimpleRetentionPolicy'
          retentionDuration: {{ count: 15, durationType: 'Days' }}
        }}
      }}
      {{
        policyType: 'Full'
        retentionPolicy: {{
          retentionPolicyType: 'LongTermRetentionPolicy'
          dailySchedule: {{ retentionDuration: {{ count: {kept}, durationType: 'Days' }} }}
        }}
      }}
    ]
  }}
}}
""",
        "utf-8",
    )
    found = [each for each in scan(tmp_path).verdicts if each.policy.id == "backup-plan-retention"]
    assert [str(each.outcome) for each in found] == [outcome]
