"""VPN of Azure Virtual WAN, as `vpn` assets: links between a hub and a site, and what people dial in by.

A connection of a hub has a link for each line of the site, and each link a tunnel with a key and ciphers of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.elements import element_name, elements
from tfaudit.services.azure.keys.keys import RESOURCE, below, named, part_of, raw
from tfaudit.services.azure.network.vpn import weak_among
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down

READS = (
    "azurerm_vpn_gateway_connection",
    "azurerm_vpn_server_configuration",
    "microsoft.network/vpngateways/vpnconnections",
    "microsoft.network/vpnserverconfigurations",
)
KINDS = ("vpn",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/vpnGateways/vpnConnections", "Microsoft.Network/vpnServerConfigurations")

_GATEWAY = "microsoft.network/vpngateways"
_CONNECTION = f"{_GATEWAY}/vpnconnections"
_SERVER = "microsoft.network/vpnserverconfigurations"
_SERVERS = ("azurerm_vpn_server_configuration", _SERVER)
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/vpn_gateway_connection",
    "learn.microsoft.com/azure/templates/microsoft.network/vpngateways/vpnconnections",
)
_CRYPTO = "learn.microsoft.com/azure/virtual-wan/virtual-wan-ipsec"
_SIGN_IN = "learn.microsoft.com/azure/virtual-wan/point-to-site-concepts"

TABLE: Spelling = {
    **RESOURCE,
    "gateway": azure("vpn_gateway_id", "parent"),
    "links": azure(
        "vpn_link",
        "properties.vpnLinkConnections",
        rows={
            # word of a link, then its path in Terraform and in ARM
            "name": azure("name", "name"),
            "protocol": azure("protocol", "properties.vpnConnectionProtocolType"),
            "shared_key": azure("shared_key", "properties.sharedKey"),
            "ciphers": azure(
                "ipsec_policy",
                "properties.ipsecPolicies",
                rows={
                    # word of a policy for the tunnel, then its path in Terraform and in ARM
                    "ike": azure("ike_encryption_algorithm", "ikeEncryption"),
                    "ike_integrity": azure("ike_integrity_algorithm", "ikeIntegrity"),
                    "group": azure("dh_group", "dhGroup"),
                    "ipsec": azure("encryption_algorithm", "ipsecEncryption"),
                    "ipsec_integrity": azure("integrity_algorithm", "ipsecIntegrity"),
                },
            ),
        },
    ),
}
SERVER: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of what people dial in by, then its path in Terraform and in ARM
    "ways": azure("vpn_authentication_types", "properties.vpnAuthenticationTypes"),
}
IDENTITY = (*RESOURCE, "gateway", "links")


def _weak(ciphers: Any) -> Any:
    return Said(weak_among(ciphers), by="ciphers") if ciphers else None


def _by_directory(ways: Any) -> bool | None:
    return None if ways is None else not some(as_list(ways), lambda each: lower(each) != "aad")


_BETWEEN = inapplicable("it is a tunnel between places, by which nobody dials in")
_OF_PEOPLE = inapplicable("people dial in by it: the tunnels between places are judged")
LINK: Facts = {
    "ike_version": Fact("protocol", default=Documented("IKEv2", _PAGE)),
    "weak_ciphers": Fact(_weak, of=("ciphers",), default=Documented(["SHA1", "DHGroup2"], _CRYPTO)),
    "inline_secrets": written_down("shared_key"),
    "auth.iam": _BETWEEN,
    "basic_tier": inapplicable("gateways of a hub have no such tier"),
    "tags": inapplicable("a link has no tags"),
}
DIALLED: Facts = {
    "ike_version": _OF_PEOPLE,
    "weak_ciphers": _OF_PEOPLE,
    "inline_secrets": _OF_PEOPLE,
    "auth.iam": Fact(_by_directory, of=("ways",), default=Documented(False, _SIGN_IN)),
    "basic_tier": inapplicable("gateways of a hub have no such tier"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield a `vpn` for each link of a connection, or the one that a configuration for people is."""
    if view.resource.type in _SERVERS:
        own = view.spelled(SERVER)
        yield asset("vpn", own, DIALLED, named(own, _SERVER))
        return
    above = below(view, "gateway", _GATEWAY, "vpnconnections")
    for index, link in enumerate(elements(view, "links")):
        name = raw(link, "name")
        key = part_of(above, _CONNECTION, "vpnlinkconnections", name)
        shown = name if isinstance(name, str) else str(index)
        yield asset("vpn", link, LINK, key, shown, f"{element_name(view, 'links', 0)}[{index}]")
