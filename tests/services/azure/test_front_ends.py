"""Who reaches clusters, groups of containers, apps and their environments: checked by hand, in three spellings."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN, from_arm, from_bicep, values
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, pinned, together
from tests.services.azure.pairs import resource

_PIN = pinned("~> 4.50") + 'variable "x" {}\n'
_EVERYBODY = ["0.0.0.0/0"]
_SOME = ["203.0.113.0/24"]


class Case(NamedTuple):
    """What is so of a kind of asset, and how it is written."""

    kind: str
    expected: dict[str, Any]
    terraform: str
    arm: list[dict[str, Any]]
    of_arm: dict[str, Any] | None = None
    """What is otherwise in a template, by other defaults."""


def _cluster(sources: Any, terraform: str = "", **profile: Any) -> Case:
    text = f"""
resource "azurerm_kubernetes_cluster" "c" {{
  name = "c"
  default_node_pool {{
    name = "system"
  }}
  {terraform}
}}
"""
    properties = {"apiServerAccessProfile": profile} if profile else {}
    made = resource("Microsoft.ContainerService/managedClusters", "c", properties=properties)
    return Case("cluster", {"api.allowed_sources": sources}, text, [made])


def _ranges(text: str) -> str:
    return f"api_server_access_profile {{\n authorized_ip_ranges = {text}\n }}"


def _group(public: bool, terraform: str, properties: dict[str, Any], in_arm: bool | None = None) -> Case:
    text = f"""
resource "azurerm_container_group" "c" {{
  name    = "c"
  os_type = "Linux"
  {terraform}
}}
"""
    made = resource("Microsoft.ContainerInstance/containerGroups", "c", properties=properties)
    otherwise = None if in_arm is None else {"network.public": in_arm}
    return Case("managed_service", {"network.public": public}, text, [made], otherwise)


_RULE = 'ip_security_restriction {{\n name = "a"\n action = "{}"\n ip_address_range = "{}"\n }}\n'


def _app(
    public: Any,
    let_in: Any = NOT_APPLICABLE,
    *,
    external: bool | None = True,
    rules: tuple[tuple[str, str], ...] = (),
    around: str = "",
    around_arm: dict[str, Any] | None = None,
) -> Case:
    written = "".join(_RULE.format(*each) for each in rules)
    ingress = f"""ingress {{
    external_enabled = {str(external).lower()}
    target_port      = 80
    traffic_weight {{
      percentage = 100
    }}
    {written}
  }}"""
    text = f"""
resource "azurerm_container_app_environment" "e" {{
  name = "e"
  {around}
}}
resource "azurerm_container_app" "a" {{
  name                         = "a"
  container_app_environment_id = azurerm_container_app_environment.e.id
  {"" if external is None else ingress}
}}
"""
    listed = [{"name": "a", "action": action, "ipAddressRange": source} for action, source in rules]
    stated: dict[str, Any] = {} if external is None else {"ingress": {"external": external}}
    if listed:
        stated["ingress"]["ipSecurityRestrictions"] = listed
    made = [
        resource("Microsoft.App/managedEnvironments", "e", properties=around_arm or {}),
        resource(
            "Microsoft.App/containerApps",
            "a",
            properties={
                "managedEnvironmentId": "[resourceId('Microsoft.App/managedEnvironments', 'e')]",
                "configuration": stated,
            },
        ),
    ]
    return Case("web_app", {"network.public": public, "network.rules_let_in_all": let_in}, text, made)


def _site(
    public: bool,
    let_in: Any = NOT_APPLICABLE,
    *rules: tuple[str, str, int],
    otherwise: str = "",
    closed: bool = False,
    of_arm: dict[str, Any] | None = None,
) -> Case:
    written = "".join(
        f'ip_restriction {{\n action = "{action}"\n ip_address = "{source}"\n priority = {number}\n }}\n'
        for action, source, number in rules
    )
    default = f'ip_restriction_default_action = "{otherwise}"\n' if otherwise else ""
    text = f"""
resource "azurerm_linux_web_app" "w" {{
  name = "w"
  {"public_network_access_enabled = false" if closed else ""}
  site_config {{
    {written}
    {default}
  }}
}}
"""
    listed = [{"action": action, "ipAddress": source, "priority": number} for action, source, number in rules]
    config: dict[str, Any] = {"ipSecurityRestrictions": listed} if listed else {}
    if otherwise:
        config["ipSecurityRestrictionsDefaultAction"] = otherwise
    properties: dict[str, Any] = {"siteConfig": config} if config else {}
    if closed:
        properties["publicNetworkAccess"] = "Disabled"
    made = [resource("Microsoft.Web/sites", "w", properties=properties)]
    expected = {"network.public": public, "network.rules_let_in_all": let_in}
    return Case("web_app", expected, text, made, of_arm)


def _bastion(links: bool, terraform: str = "", **properties: Any) -> Case:
    text = f'resource "azurerm_bastion_host" "b" {{\n name = "b"\n sku = "Standard"\n {terraform}\n}}\n'
    made = [resource("Microsoft.Network/bastionHosts", "b", properties=properties)]
    return Case("bastion", {"shareable_links": links}, text, made)


_INSIDE = 'internal_load_balancer_enabled = true\n infrastructure_subnet_id = "/s"'
_NOBODY = 'public_network_access = "Disabled"'
_CLUSTER_ALL = {"authorizedIPRanges": _EVERYBODY}
CASES = {
    # who may ask the server of a cluster's API
    "a cluster": _cluster(_EVERYBODY),
    "a private cluster": _cluster(
        NOT_APPLICABLE, "private_cluster_enabled = true", enablePrivateCluster=True
    ),
    "a cluster that is not private": _cluster(
        _EVERYBODY, "private_cluster_enabled = false", enablePrivateCluster=False
    ),
    "a private cluster with a public name": _cluster(
        NOT_APPLICABLE,
        "private_cluster_enabled = true\n private_cluster_public_fqdn_enabled = true",
        enablePrivateCluster=True,
        enablePrivateClusterPublicFQDN=True,
    ),
    "a cluster that lets in all": _cluster(_EVERYBODY, _ranges('["0.0.0.0/0"]'), **_CLUSTER_ALL),
    "a cluster that lets in some": _cluster(_SOME, _ranges('["203.0.113.0/24"]'), authorizedIPRanges=_SOME),
    "a cluster that lets in none": _cluster(
        ["0.0.0.0/32"], _ranges('["0.0.0.0/32"]'), authorizedIPRanges=["0.0.0.0/32"]
    ),
    "a cluster with an empty list": _cluster(_EVERYBODY, _ranges("[]"), authorizedIPRanges=[]),
    "a cluster with a list that is not known": _cluster(
        UNKNOWN, _ranges("[var.x]"), authorizedIPRanges=["[reference('q').x]"]
    ),
    "a cluster with its server in a network": _cluster(
        _EVERYBODY,
        "api_server_access_profile {\n virtual_network_integration_enabled = true\n }",
        enableVnetIntegration=True,
    ),
    # groups of containers
    "a group of which nothing is said": _group(True, "", {}, in_arm=False),
    "a public group": _group(
        True, 'ip_address_type = "Public"', {"ipAddress": {"type": "Public", "ports": [{"port": 22}]}}
    ),
    "a private group": _group(
        False,
        'ip_address_type = "Private"\n subnet_ids = ["/s"]',
        {"ipAddress": {"type": "Private", "ports": []}, "subnetIds": [{"id": "/s"}]},
    ),
    "a group in a subnet": _group(False, 'subnet_ids = ["/s"]', {"subnetIds": [{"id": "/s"}]}),
    "a group without an address": _group(False, 'ip_address_type = "None"', {}),
    # apps of Container Apps
    "an app without ingress": _app(NOT_APPLICABLE, external=None),
    "an app": _app(True),
    "an app for its environment": _app(False, external=False),
    "an app in an environment inside": _app(
        False, around=_INSIDE, around_arm={"vnetConfiguration": {"internal": True}}
    ),
    "an app in an environment that is closed": _app(
        False, around=_NOBODY, around_arm={"publicNetworkAccess": "Disabled"}
    ),
    "an app that lets in some": _app(False, False, rules=(("Allow", "203.0.113.0/24"),)),
    "an app that lets in all": _app(True, rules=(("Allow", "0.0.0.0/0"),)),
    "an app that lets in some and all": _app(
        True, True, rules=(("Allow", "203.0.113.0/24"), ("Allow", "0.0.0.0/0"))
    ),
    "an app that denies some": _app(True, rules=(("Deny", "203.0.113.0/24"),)),
    "an app that denies all": _app(False, rules=(("Deny", "0.0.0.0/0"),)),
    "an app that denies some and all": _app(False, rules=(("Deny", "203.0.113.0/24"), ("Deny", "0.0.0.0/0"))),
    "an app that denies a half": _app(True, rules=(("Deny", "0.0.0.0/1"),)),
    # apps of App Service
    "a site": _site(True),
    "a closed site": _site(False, closed=True),
    "a closed site that lets in all": _site(False, NOT_APPLICABLE, ("Allow", "0.0.0.0/0", 100), closed=True),
    "a site that lets in some, and no others": _site(
        False, False, ("Allow", "203.0.113.0/24", 100), otherwise="Deny"
    ),
    "a site that lets in some, and others": _site(
        True, True, ("Allow", "203.0.113.0/24", 100), otherwise="Allow"
    ),
    "a site that lets in some": _site(
        True,
        True,
        ("Allow", "203.0.113.0/24", 100),
        of_arm={"network.public": False, "network.rules_let_in_all": False},
    ),
    "a site that denies all": _site(False, NOT_APPLICABLE, ("Deny", "0.0.0.0/0", 100)),
    "a site that denies all, but first lets in some": _site(
        False, False, ("Deny", "0.0.0.0/0", 200), ("Allow", "203.0.113.0/24", 100)
    ),
    "a site that denies all, after all were let in": _site(
        True, NOT_APPLICABLE, ("Deny", "0.0.0.0/0", 200), ("Allow", "0.0.0.0/0", 100)
    ),
    "a site that denies all by default": _site(False, NOT_APPLICABLE, otherwise="Deny"),
    # Bastion
    "Bastion": _bastion(False),
    "Bastion with links": _bastion(True, "shareable_link_enabled = true", enableShareableLink=True),
    "Bastion with links that are off": _bastion(
        False, "shareable_link_enabled = false", enableShareableLink=False
    ),
}
together(_PIN + each.terraform for each in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_in_terraform(name: str) -> None:
    case = CASES[name]
    found = declared(_PIN + case.terraform).values()
    [told] = [values(each, case.expected) for each in found if each.kind == case.kind]
    assert told == case.expected


@pytest.mark.parametrize("name", CASES)
def test_in_a_template_and_in_bicep(name: str) -> None:
    case = CASES[name]
    expected = {**case.expected, **(case.of_arm or {})}
    for found in (from_arm(*case.arm), from_bicep(Spelled(case.arm).text)):
        [told] = [values(each, expected) for each in found if each.kind == case.kind]
        assert told == expected
