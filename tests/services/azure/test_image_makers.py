"""Which operating system a machine has is told by who made its image, where nothing else tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfaudit.pipeline.files import scan

_MACHINE = """
resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm'
  location: 'westeurope'
  properties: {
    storageProfile: { imageReference: { publisher: 'MAKER', offer: 'some', sku: 'some', version: 'latest' } }
    osProfile: { computerName: 'vm', adminUsername: 'operator', adminPassword: password }
  }
}
@secure()
param password string
"""


@pytest.mark.parametrize(
    ("maker", "outcome"),
    [
        ("Canonical", "fail"),
        ("fortinet", "fail"),
        ("f5-networks", "fail"),
        ("checkpoint", "fail"),
        ("cisco", "fail"),
        ("paloaltonetworks", "fail"),
        ("MicrosoftWindowsServer", "not_applicable"),
        ("somebody-else", "unknown"),
    ],
)
def test_the_maker_of_an_image_tells_whether_a_password_signs_in(
    tmp_path: Path, maker: str, outcome: str
) -> None:
    (tmp_path / "main.bicep").write_text(_MACHINE.replace("MAKER", maker), "utf-8")
    found = [each for each in scan(tmp_path).verdicts if each.policy.id == "instance-no-password-sign-in"]
    assert [str(each.outcome) for each in found] == [outcome]
