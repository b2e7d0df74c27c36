"""Credentials of what runs, which no answer of Azure holds: nothing passes by what was never told."""

from __future__ import annotations

import pytest

from tests.guards.azure_examples import CANNOT, Cannot
from tfaudit.model.asset import Asset
from tfaudit.model.settings import NotApplicable
from tfaudit.pipeline.examples import recorded
from tfaudit.services.registry import Registry, assets

_GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers"
RUNNING = {
    "cluster-password-not-inline": (
        "Microsoft.ContainerService/managedClusters/aks",
        {"windowsProfile": {"adminUsername": "ops"}},
    ),
    "database-password-not-inline": (
        "Microsoft.DBforPostgreSQL/flexibleServers/orders",
        {"administratorLogin": "orders"},
    ),
    "instance-password-not-inline": (
        "Microsoft.Compute/virtualMachines/web",
        {"osProfile": {"adminUsername": "ops"}},
    ),
    "secret-not-inline": ("Microsoft.KeyVault/vaults/kv/secrets/smtp", {"attributes": {"enabled": True}}),
    "stored-variable-no-inline-secrets": (
        "Microsoft.ApiManagement/service/apis/namedValues/orders",
        {"displayName": "orders-api-key", "secret": True},
    ),
    "vpn-shared-key-not-inline": ("Microsoft.Network/connections/hub", {"connectionType": "IPsec"}),
    "web-app-no-inline-secrets": ("Microsoft.Web/sites/shop", {"siteConfig": {"appSettings": None}}),
}
"""What a subscription tells of a resource that has a credential, by the policy that asks for it in code."""


@pytest.mark.parametrize("policy", RUNNING)
def test_no_verdict_by_a_credential_that_is_not_told(policy: str) -> None:
    name, properties = RUNNING[policy]
    thing = {"id": f"{_GROUP}/{name}", "name": name.rpartition("/")[2], "properties": properties}
    found = [
        each
        for each in assets(recorded({"azure": [thing]}, ""), Registry())
        if isinstance(each, Asset) and each.address == thing["id"]
    ]
    assert found
    for each in found:
        setting = "inline" if policy == "secret-not-inline" else "inline_secrets"
        assert isinstance(each.settings[setting], NotApplicable), each.kind


def test_each_of_them_is_one_of_these() -> None:
    assert {policy for policy, why in CANNOT.items() if Cannot.NOT_TOLD_LIVE in why} == set(RUNNING)
