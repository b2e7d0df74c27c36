"""The same thing in Terraform, in an ARM template and in Bicep gives the same assets, for every service of Azure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep, values
from tests.services.azure.azapi import Spelled as InAzapi
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, together
from tests.services.azure.machine_pairs import MACHINES
from tests.services.azure.pairs import PAIRS as OF_RESOURCES
from tests.services.azure.pairs import Pair
from tests.services.azure.pairs_apps import APPS
from tests.services.azure.pairs_breadth import BREADTH
from tests.services.azure.pairs_edge import EDGE
from tests.services.azure.pairs_governance import GOVERNANCE
from tests.services.azure.pairs_network import NETWORK
from tests.services.azure.pairs_platform import PLATFORM
from tests.services.azure.pairs_services import SERVICES
from tests.services.azure.ways import PAIR as WAYS
from tfaudit.model.asset import Asset
from tfaudit.services.registry import Registry

PAIRS = (*OF_RESOURCES, *GOVERNANCE, *EDGE, *MACHINES, *BREADTH, *NETWORK, *PLATFORM, *APPS, *SERVICES, WAYS)
LIVE_ONLY = frozenset(
    {"microsoft.resources/subscriptions", "microsoft.authorization/roleeligibilityschedules"}
)
"""What no template deploys."""

together(each.terraform for each in PAIRS)
for in_text in (False, True):
    together(InAzapi(each.arm, as_text=in_text).text for each in PAIRS)


def shown(found: list[Asset], differing: frozenset[str]) -> dict[str, dict[str, Any]]:
    """Return what assets say, by kind and name: keys where the group is known, and every setting that is known."""
    said: dict[str, dict[str, Any]] = {}
    for each in found:
        names = sorted(set(each.settings) - differing)
        said[f"{each.kind} {each.name}"] = values(each, names)
    return said


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_same_in_terraform_and_in_a_template(pair: Pair) -> None:
    code = shown(list(declared(pair.terraform).values()), pair.differing)
    template = shown(from_arm(*pair.arm), pair.differing)

    assert template.keys() == code.keys()
    for name, settings in code.items():
        assert template[name] == settings, name


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_same_in_a_template_and_in_bicep(pair: Pair) -> None:
    template, bicep = from_arm(*pair.arm), from_bicep(Spelled(pair.arm).text)

    assert shown(bicep, frozenset()) == shown(template, frozenset())
    assert {f"{each.kind} {each.name}": str(each.key) for each in bicep} == {
        f"{each.kind} {each.name}": str(each.key) for each in template
    }


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
@pytest.mark.parametrize("as_text", [False, True], ids=["value", "text"])
def test_the_same_in_a_template_and_in_azapi(pair: Pair, as_text: bool) -> None:
    template, azapi = from_arm(*pair.arm), declared(InAzapi(pair.arm, as_text=as_text).text)

    assert shown(list(azapi.values()), frozenset()) == shown(template, frozenset())


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_where_both_know_the_key_it_is_the_same(pair: Pair) -> None:
    keys = {f"{each.kind} {each.name}": each.key for each in declared(pair.terraform).values()}
    for each in from_arm(*pair.arm):
        own = keys[f"{each.kind} {each.name}"]
        if isinstance(each.key, str) and isinstance(own, str):
            assert each.key == own


def test_every_type_that_services_read_is_in_a_pair() -> None:
    of_entra = "microsoft.graph/"  # it is seen live only
    read = {
        each for each in Registry().types if each.startswith("microsoft.") and not each.startswith(of_entra)
    }

    def types(resources: Any, above: str = "") -> set[str]:
        found: set[str] = set()
        for each in resources:
            own = f"{above}{each['type']}".lower()
            found |= {own} | types(each.get("resources", ()), f"{own}/")
        return found

    assert read
    assert read - LIVE_ONLY <= set().union(*(types(pair.arm) for pair in PAIRS))


@pytest.mark.parametrize("scope", ["scope: store", ""])
def test_a_lock_that_may_not_be_deployed_protects_nothing_for_certain(scope: str) -> None:
    text = f"""
param locked bool
resource store 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {{
  name: 'orders'
}}
resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {{
  {scope}
  name: 'keep'
  properties: {{ level: 'CanNotDelete' }}
}}
"""
    told = [
        values(each, ["deletion_protection"])["deletion_protection"]
        for given in ({}, {"locked": "true"}, {"locked": "false"})
        for each in from_bicep(text, **given)
    ]
    assert told == [UNKNOWN, True, False]
