"""Which ways lead to a store of data past its own network rules: the same in Terraform, ARM, Bicep and live."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, together, told
from tests.services.azure.pairs import resource
from tests.services.azure.store_blocks import (
    NETWORK,
    STORES,
    Piece,
    endpoint,
    firewall,
    front_door,
    gateway,
    host,
    id_,
    live,
    store,
    template,
    terraform,
)

_X = ("var.x", "[parameters('x')]")
_OTHER = ('"10.0.3.6"', "10.0.3.6")
_END = ('"10.0.3.5"', "10.0.3.5")
_BY_END = ("azurerm_private_endpoint.e.private_service_connection[0].private_ip_address", "10.0.3.5")


class Case(NamedTuple):
    """Whether a store is published, and what stands around it."""

    store: str
    expected: Any
    pieces: list[Piece]


def _at(name: str) -> tuple[str, str]:
    told_, host_ = host(name)
    return f'trimsuffix(trimprefix({told_}, "https://"), "/")' if name in (
        "vault",
        "cosmos",
    ) else told_, host_


def _link(name: str) -> tuple[str, dict[str, Any]]:
    return f"{STORES[name].terraform}.orders.id", id_(STORES[name].arm, "orders")


def _group(
    where: str, prefix: str, *rules: tuple[int, str, str, str]
) -> tuple[Piece, tuple[str, str, str, str]]:
    """Return a security group, and the change that puts it before a subnet, of rules by priority."""
    text = "\n".join(
        f"""  security_rule {{
    name                       = "r{priority}"
    priority                   = {priority}
    direction                  = "Inbound"
    access                     = "{access}"
    protocol                   = "*"
    source_address_prefix      = "{source}"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "{port}"
  }}"""
        for priority, access, source, port in rules
    )
    made = [
        {
            "name": f"r{priority}",
            "properties": {
                "priority": priority,
                "direction": "Inbound",
                "access": access,
                "protocol": "*",
                "sourceAddressPrefix": source,
                "sourcePortRange": "*",
                "destinationAddressPrefix": "*",
                "destinationPortRange": port,
            },
        }
        for priority, access, source, port in rules
    ]
    piece = Piece(
        f"""
resource "azurerm_network_security_group" "nsg" {{
  name = "nsg"
{text}
}}
resource "azurerm_subnet_network_security_group_association" "nsg" {{
  subnet_id                 = azurerm_subnet.{where}.id
  network_security_group_id = azurerm_network_security_group.nsg.id
}}
""",
        (resource("Microsoft.Network/networkSecurityGroups", "nsg", properties={"securityRules": made}),),
    )
    group = (
        f'"networkSecurityGroup": {{"id": "{id_("Microsoft.Network/networkSecurityGroups", "nsg")["id"]}"}}'
    )
    old = f'"addressPrefix": "{prefix}"'
    return piece, ("", "", old, f"{old}, {group}")


def _guarded(policies: str, *rules: tuple[int, str, str, str]) -> list[Piece]:
    """Return the network with a security group before the private endpoints, which counts for them or not."""
    group, before = _group("ends", "10.0.3.0/24", *rules)
    range_ = 'address_prefixes     = ["10.0.3.0/24"]'
    network = NETWORK.with_(before)
    if policies:
        network = network.with_(
            (
                range_,
                f'{range_}\n  private_endpoint_network_policies = "{policies}"',
                '"addressPrefix": "10.0.3.0/24"',
                f'"addressPrefix": "10.0.3.0/24", "privateEndpointNetworkPolicies": "{policies}"',
            )
        )
    return [network, group]


def _in_subnet(name: str, more: str = "") -> list[Piece]:
    """Return the network with a store that stands in the subnet for ends itself."""
    word, path = {
        "postgres": ("delegated_subnet_id", "network"),
        "mysql": ("delegated_subnet_id", "network"),
        "redis": ("subnet_id", ""),
    }[name]
    subnet = id_("Microsoft.Network/virtualNetworks/subnets", "n", "ends")["id"]
    arm: dict[str, Any] = {"network": {"delegatedSubnetResourceId": subnet}} if path else {"subnetId": subnet}
    if more:
        arm["staticIP"] = more
    text = f"{word} = azurerm_subnet.ends.id" + (f'\n  private_static_ip_address = "{more}"' if more else "")
    return [NETWORK, store(name, closed=False, more=text, more_arm=arm)]


_PUBLIC_STATE = (
    "is_manual_connection           = false",
    'is_manual_connection           = true\n    request_message = "please"',
    '"privateLinkServiceConnections"',
    '"manualPrivateLinkServiceConnections"',
)
_WRONG_SOURCES = (
    'source_addresses    = ["*"]',
    'source_addresses    = ["198.51.100.0/24"]',
    '"sourceAddresses": ["*"]',
    '"sourceAddresses": ["198.51.100.0/24"]',
)
_SWITCHED_OFF = (
    "certificate_name_check_enabled = true",
    "certificate_name_check_enabled = true\n  enabled = false",
    '"enforceCertificateNameCheck": true',
    '"enforceCertificateNameCheck": true, "enabledState": "Disabled"',
)

CASES: dict[str, Case] = {
    "nothing leads to it": Case("postgres", False, [NETWORK, store("postgres"), endpoint("postgres")]),
    "a firewall to the address of its endpoint": Case(
        "postgres", True, [NETWORK, store("postgres"), endpoint("postgres"), firewall(_END)]
    ),
    "a firewall to the endpoint by a reference": Case(
        "postgres", True, [NETWORK, store("postgres"), endpoint("postgres"), firewall(_BY_END)]
    ),
    "a firewall to another address": Case(
        "postgres", False, [NETWORK, store("postgres"), endpoint("postgres"), firewall(_OTHER)]
    ),
    "a firewall to the range of an endpoint whose address Azure chooses": Case(
        "postgres", UNKNOWN, [NETWORK, store("postgres"), endpoint("postgres", ""), firewall(_END)]
    ),
    "a firewall to an address outside that range": Case(
        "postgres",
        False,
        [NETWORK, store("postgres"), endpoint("postgres", ""), firewall(('"10.0.4.5"', "10.0.4.5"))],
    ),
    "a firewall that lets in one network": Case(
        "postgres",
        False,
        [NETWORK, store("postgres"), endpoint("postgres"), firewall(_END).with_(_WRONG_SOURCES)],
    ),
    "an endpoint that somebody has to approve": Case(
        "postgres",
        UNKNOWN,
        [NETWORK, store("postgres"), endpoint("postgres").with_(_PUBLIC_STATE), firewall(_END)],
    ),
    "a firewall to its name, with an endpoint": Case(
        "postgres",
        True,
        [NETWORK, store("postgres"), endpoint("postgres"), firewall(host("postgres"), by="fqdn")],
    ),
    "a firewall to its name, without an endpoint that is known": Case(
        "postgres", UNKNOWN, [NETWORK, store("postgres"), firewall(host("postgres"), by="fqdn")]
    ),
    "a firewall to its name in the zone of private links": Case(
        "postgres",
        True,
        [
            NETWORK,
            store("postgres"),
            endpoint("postgres"),
            firewall(
                (
                    '"orders.privatelink.postgres.database.azure.com"',
                    "orders.privatelink.postgres.database.azure.com",
                ),
                by="fqdn",
            ),
        ],
    ),
    "a firewall to another server's name": Case(
        "postgres",
        False,
        [
            NETWORK,
            store("postgres"),
            endpoint("postgres"),
            firewall(('"bills.postgres.database.azure.com"', "bills.postgres.database.azure.com"), by="fqdn"),
        ],
    ),
    "a firewall to a name of somebody's own": Case(
        "postgres",
        UNKNOWN,
        [
            NETWORK,
            store("postgres"),
            endpoint("postgres"),
            firewall(('"db.corp.example"', "db.corp.example"), by="fqdn"),
        ],
    ),
    "a firewall to what is not known": Case(
        "postgres", UNKNOWN, [NETWORK, store("postgres"), endpoint("postgres"), firewall(_X)]
    ),
    "a firewall to a MySQL server": Case(
        "mysql", True, [NETWORK, store("mysql"), endpoint("mysql"), firewall(_END, port=3306)]
    ),
    "a firewall to an SQL server": Case(
        "sql", True, [NETWORK, store("sql"), endpoint("sql"), firewall(_END, port=1433)]
    ),
    "a firewall to an SQL server by its name": Case(
        "sql", True, [NETWORK, store("sql"), endpoint("sql"), firewall(host("sql"), by="fqdn", port=1433)]
    ),
    "a firewall to Redis": Case(
        "redis", True, [NETWORK, store("redis"), endpoint("redis"), firewall(_END, port=6380)]
    ),
    "a firewall to a vault": Case(
        "vault", True, [NETWORK, store("vault"), endpoint("vault"), firewall(_END, port=443)]
    ),
    "a firewall to Cosmos DB": Case(
        "cosmos", True, [NETWORK, store("cosmos"), endpoint("cosmos"), firewall(_END, port=443)]
    ),
    "a firewall to a storage account": Case(
        "storage", True, [NETWORK, store("storage"), endpoint("storage"), firewall(_END, port=443)]
    ),
    # stores that stand in a subnet themselves
    "Redis in a subnet, by its address": Case(
        "redis", True, [*_in_subnet("redis", "10.0.3.9"), firewall(('"10.0.3.9"', "10.0.3.9"), port=6380)]
    ),
    "Redis in a subnet, and another address": Case(
        "redis", False, [*_in_subnet("redis", "10.0.3.9"), firewall(_END, port=6380)]
    ),
    "a server in a subnet, and an address there": Case(
        "postgres", UNKNOWN, [*_in_subnet("postgres"), firewall(_END)]
    ),
    "a server in a subnet, and an address elsewhere": Case(
        "postgres", False, [*_in_subnet("postgres"), firewall(('"10.0.4.5"', "10.0.4.5"))]
    ),
    "a server in a subnet, by its name": Case(
        "mysql", True, [*_in_subnet("mysql"), firewall(host("mysql"), by="fqdn", port=3306)]
    ),
    # the security group before the private endpoints
    "a group that does not count for endpoints": Case(
        "sql",
        True,
        [*_guarded("", (100, "Deny", "*", "*")), store("sql"), endpoint("sql"), firewall(_END, port=1433)],
    ),
    "a group that counts, and denies": Case(
        "sql",
        False,
        [
            *_guarded("Enabled", (100, "Deny", "*", "*")),
            store("sql"),
            endpoint("sql"),
            firewall(_END, port=1433),
        ],
    ),
    "a group that counts, and lets the firewall in": Case(
        "sql",
        True,
        [
            *_guarded(
                "NetworkSecurityGroupEnabled", (100, "Allow", "10.0.2.0/24", "1433"), (200, "Deny", "*", "*")
            ),
            store("sql"),
            endpoint("sql"),
            firewall(_END, port=1433),
        ],
    ),
    "a group that counts, and lets in another port": Case(
        "sql",
        False,
        [
            *_guarded("Enabled", (100, "Allow", "10.0.2.0/24", "443"), (200, "Deny", "*", "*")),
            store("sql"),
            endpoint("sql"),
            firewall(_END, port=1433),
        ],
    ),
    "routes alone count for endpoints": Case(
        "sql",
        True,
        [
            *_guarded("RouteTableEnabled", (100, "Deny", "*", "*")),
            store("sql"),
            endpoint("sql"),
            firewall(_END, port=1433),
        ],
    ),
    # Application Gateway
    "a gateway to a storage account by its name": Case(
        "storage", True, [NETWORK, store("storage"), endpoint("storage"), gateway(host("storage"))]
    ),
    "a gateway to its endpoint": Case(
        "storage", True, [NETWORK, store("storage"), endpoint("storage"), gateway(_BY_END, address=True)]
    ),
    "a gateway to its endpoint's address": Case(
        "vault", True, [NETWORK, store("vault"), endpoint("vault"), gateway(_END, address=True)]
    ),
    "a gateway to a vault by its name": Case(
        "vault", True, [NETWORK, store("vault"), endpoint("vault"), gateway(_at("vault"))]
    ),
    "a gateway to Cosmos DB by its name": Case(
        "cosmos", True, [NETWORK, store("cosmos"), endpoint("cosmos"), gateway(_at("cosmos"))]
    ),
    "a gateway to a store whose endpoint is not known": Case(
        "storage", UNKNOWN, [NETWORK, store("storage"), gateway(host("storage"))]
    ),
    "a gateway to a store that is open to all": Case(
        "storage", True, [NETWORK, store("storage", closed=False), gateway(host("storage"))]
    ),
    "a gateway passes on requests, and a database takes none": Case(
        "postgres", False, [NETWORK, store("postgres"), endpoint("postgres"), gateway(_END, address=True)]
    ),
    "a gateway to another account": Case(
        "storage",
        False,
        [
            NETWORK,
            store("storage"),
            endpoint("storage"),
            gateway(('"bills.blob.core.windows.net"', "bills.blob.core.windows.net")),
        ],
    ),
    "a gateway to a name of somebody's own": Case(
        "storage",
        False,
        [
            NETWORK,
            store("storage"),
            endpoint("storage"),
            gateway(('"files.shop.example"', "files.shop.example")),
        ],
    ),
    "a gateway to a name that the account answers by": Case(
        "storage",
        True,
        [
            NETWORK,
            store(
                "storage",
                more='custom_domain {\n    name = "files.shop.example"\n  }',
                more_arm={"customDomain": {"name": "files.shop.example"}},
            ),
            endpoint("storage"),
            gateway(('"files.shop.example"', "files.shop.example")),
        ],
    ),
    "a gateway to what is not known": Case(
        "storage", UNKNOWN, [NETWORK, store("storage"), endpoint("storage"), gateway(_X)]
    ),
    # Front Door
    "Front Door by a private link": Case(
        "storage", True, [NETWORK, store("storage"), front_door(host("storage"), _link("storage"))]
    ),
    "Front Door by a private link, and the name of something else": Case(
        "storage",
        True,
        [
            NETWORK,
            store("storage"),
            front_door(('"bills.blob.core.windows.net"', "bills.blob.core.windows.net"), _link("storage")),
        ],
    ),
    "Front Door by a link to another account": Case(
        "storage",
        False,
        [
            NETWORK,
            store("storage"),
            front_door(
                host("storage"),
                (
                    '"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/bills"',
                    id_("Microsoft.Storage/storageAccounts", "bills"),
                ),
            ),
        ],
    ),
    "Front Door without a link to a closed account": Case(
        "storage", False, [NETWORK, store("storage"), front_door(host("storage"))]
    ),
    "Front Door without a link, and only an endpoint": Case(
        "storage", False, [NETWORK, store("storage"), endpoint("storage"), front_door(host("storage"))]
    ),
    "Front Door to an account that is open to all": Case(
        "storage", True, [NETWORK, store("storage", closed=False), front_door(host("storage"))]
    ),
    "Front Door to an account that lets in some": Case(
        "storage",
        UNKNOWN,
        [
            NETWORK,
            store(
                "storage",
                closed=False,
                more='network_rules {\n    default_action = "Deny"\n    ip_rules = ["198.51.100.0/24"]\n  }',
                more_arm={
                    "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]}
                },
            ),
            front_door(host("storage")),
        ],
    ),
    "Front Door to a closed vault": Case("vault", False, [NETWORK, store("vault"), front_door(_at("vault"))]),
    "an origin that is switched off": Case(
        "storage",
        False,
        [NETWORK, store("storage"), front_door(host("storage"), _link("storage")).with_(_SWITCHED_OFF)],
    ),
    "Front Door to what is not known": Case(
        "storage", UNKNOWN, [NETWORK, store("storage", closed=False), front_door(_X)]
    ),
}
together(terraform(each.pieces) for each in CASES.values())


def _of(found: list[Any], case: Case) -> Any:
    return next(each for each in found if each.kind == STORES[case.store].kind and each.name == "orders")


@pytest.mark.parametrize("name", CASES)
def test_in_terraform(name: str) -> None:
    case = CASES[name]
    found = declared(terraform(case.pieces))[f"{STORES[case.store].terraform}.orders"]
    assert told(found, "network.published") == case.expected
    ways = told(found, "network.published_by")
    assert (ways != []) is (case.expected is not False)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("spelling", ["template", "bicep"])
def test_in_a_template_and_in_bicep(name: str, spelling: str) -> None:
    case = CASES[name]
    resources = template(case.pieces)
    if spelling == "template":
        found = from_arm(*resources, parameters={"x": {"type": "string"}})
    else:
        found = from_bicep("param x string\n" + Spelled(resources).text.replace("parameters('x')", "x"))
    assert told(_of(found, case), "network.published") == case.expected


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if "parameters(" not in str(template(case.pieces))]
)
def test_in_a_live_subscription(name: str) -> None:
    case = CASES[name]
    assert told(_of(live(template(case.pieces)), case), "network.published") == case.expected
