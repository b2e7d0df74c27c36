"""Azure's VPN gateways and their connections, as `vpn` assets; ExpressRoute has the same resources without a tunnel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down

READS = (
    "azurerm_virtual_network_gateway",
    "azurerm_virtual_network_gateway_connection",
    "microsoft.network/virtualnetworkgateways",
    "microsoft.network/connections",
)
KINDS = ("vpn",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/virtualNetworkGateways", "Microsoft.Network/connections")

ARM_TYPE = "microsoft.network/virtualnetworkgateways"
CONNECTION_TYPE = "microsoft.network/connections"
_CONNECTIONS = ("azurerm_virtual_network_gateway_connection", CONNECTION_TYPE)
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/virtual_network_gateway_connection",
    "learn.microsoft.com/azure/templates/microsoft.network/connections",
)
_CRYPTO = "learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-devices"
_SIGN_IN = "learn.microsoft.com/azure/vpn-gateway/point-to-site-about"
_TIERS = "learn.microsoft.com/azure/vpn-gateway/about-gateway-skus"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a gateway, then its path in Terraform and in ARM
    "type": azure("type", "properties.gatewayType"),
    "tier": azure("sku", "properties.sku.name"),
    "clients": azure("vpn_client_configuration", "properties.vpnClientConfiguration"),
    "ways": azure(
        "vpn_client_configuration.vpn_auth_types",
        "properties.vpnClientConfiguration.vpnAuthenticationTypes",
    ),
    "tenant": azure("vpn_client_configuration.aad_tenant", "properties.vpnClientConfiguration.aadTenant"),
}
CONNECTION: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a connection, then its path in Terraform and in ARM
    "type": azure("type", "properties.connectionType"),
    "protocol": azure("connection_protocol", "properties.connectionProtocol"),
    "shared_key": azure("shared_key", "properties.sharedKey"),
    "ciphers": azure(
        "ipsec_policy",
        "properties.ipsecPolicies",
        rows={
            "ike": azure("ike_encryption", "ikeEncryption"),
            "ike_integrity": azure("ike_integrity", "ikeIntegrity"),
            "group": azure("dh_group", "dhGroup"),
            "ipsec": azure("ipsec_encryption", "ipsecEncryption"),
            "ipsec_integrity": azure("ipsec_integrity", "ipsecIntegrity"),
        },
    ),
}
IDENTITY = tuple(RESOURCE)
_WEAK = ("des", "des3", "md5", "sha1", "dhgroup1", "dhgroup2", "none")
_BY_DEFAULT = ["DES3", "SHA1", "DHGroup2"]
_NO_TUNNEL = Inapplicable("ExpressRoute has no tunnel")


def _of_route(type_: Any) -> bool:
    return lower(type_) == "expressroute"


def _version(type_: Any, protocol: Any) -> Any:
    if _of_route(type_):
        return _NO_TUNNEL
    return None if protocol is None else Said(str(protocol), by="protocol")


def _weak(type_: Any, policies: Any) -> Any:
    """Return what of a connection's own ciphers is weak; a connection without a policy offers Azure's, old ones too."""
    if _of_route(type_):
        return _NO_TUNNEL
    if not policies:
        return None
    return Said(weak_among(policies), by="ciphers")


def weak_among(policies: Any) -> list[str]:
    """Return what of the policies for a tunnel, each a map of its parts, is weak."""
    return [str(value) for policy in policies for value in policy.values() if lower(value) in _WEAK]


def _by_directory(type_: Any, clients: Any, ways: Any, tenant: Any) -> Any:
    """Return whether people who dial in sign in at the directory, and by no other way."""
    if clients is None or _of_route(type_):
        return Inapplicable("nobody dials in by it")
    if ways is not None:
        return Said(not some(as_list(ways), lambda each: lower(each) != "aad"), by="ways")
    return Said(tenant is not None, by="clients" if tenant is None else "tenant")


def _old_tier(type_: Any, tier: Any) -> Any:
    if _of_route(type_):
        return _NO_TUNNEL
    return None if tier is None else Said(lower(tier) == "basic", by="tier")


_OF_CONNECTIONS = inapplicable("its connections are judged")
_OF_GATEWAY = inapplicable("its gateway is judged")
GATEWAY: Facts = {
    "ike_version": _OF_CONNECTIONS,
    "weak_ciphers": _OF_CONNECTIONS,
    "inline_secrets": _OF_CONNECTIONS,
    "auth.iam": Fact(
        _by_directory, of=("type", "clients", "ways", "tenant"), default=Documented(False, _SIGN_IN)
    ),
    "basic_tier": Fact(_old_tier, of=("type", "tier"), default=Documented(False, _TIERS)),
    "tags": TAGS,
}
LINK: Facts = {
    "ike_version": Fact(_version, of=("type", "protocol"), default=Documented("IKEv2", _PAGE)),
    "weak_ciphers": Fact(_weak, of=("type", "ciphers"), default=Documented(_BY_DEFAULT, _CRYPTO)),
    "inline_secrets": written_down("shared_key"),
    "auth.iam": _OF_GATEWAY,
    "basic_tier": _OF_GATEWAY,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `vpn` that a gateway or a connection is."""
    if view.resource.type in _CONNECTIONS:
        own = view.spelled(CONNECTION)
        yield asset("vpn", own, LINK, named(own, CONNECTION_TYPE))
    else:
        yield asset("vpn", view, GATEWAY, named(view, ARM_TYPE))
