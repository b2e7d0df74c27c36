"""Azure Event Grid: topics, domains, system topics and namespaces, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = (
    "azurerm_eventgrid_topic",
    "azurerm_eventgrid_domain",
    "azurerm_eventgrid_system_topic",
    "azurerm_eventgrid_namespace",
    "azurerm_eventgrid_partner_namespace",
    "microsoft.eventgrid/topics",
    "microsoft.eventgrid/domains",
    "microsoft.eventgrid/systemtopics",
    "microsoft.eventgrid/namespaces",
    "microsoft.eventgrid/partnernamespaces",
)
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.EventGrid/topics",
    "Microsoft.EventGrid/domains",
    "Microsoft.EventGrid/systemTopics",
    "Microsoft.EventGrid/namespaces",
    "Microsoft.EventGrid/partnerNamespaces",
)

_TYPES = dict(zip(READS[:5], READS[5:], strict=True))
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/eventgrid_topic",
    "learn.microsoft.com/azure/templates/microsoft.eventgrid/topics",
)
_TLS = "learn.microsoft.com/azure/event-grid/transport-layer-security-enforce-minimum-version"
_MQTT = "learn.microsoft.com/azure/event-grid/mqtt-support"

TABLE: Spelling = {
    **common.spelling(
        azure(("public_network_access_enabled", "public_network_access"), "properties.publicNetworkAccess"),
        keys_taken=azure(("local_auth_enabled", "local_authentication_enabled"), NOTHING),
        no_keys=azure(NOTHING, "properties.disableLocalAuth"),
    ),
    # word, then its path in Terraform, whose provider has none for it, and in ARM
    "lowest_tls": azure(NOTHING, "properties.minimumTlsVersionAllowed"),
    "ranges": azure(
        "inbound_ip_rule", "properties.inboundIpRules", rows={"range": azure("ip_mask", "ipMask")}
    ),
}

_OPEN = Cited(_PAGE.terraform, "learn.microsoft.com/azure/event-grid/network-security")
_WITHOUT = "the service takes no key of the customer's"
_SENDERS = "only the service whose events it has sends to it"


_REACHED = Fact(
    common.reached_by_named,
    of=("endpoint", "ranges"),
    default=Documented(True, _OPEN),
)


def _own(arm_type: str) -> Facts:
    """Return the facts of what has an address that publishers send to."""
    return {
        **common.facts(_PAGE, arm_type, without_customer_key=_WITHOUT),
        "network.public": _REACHED,
        "tls.min_version": Fact("lowest_tls", default=Documented("1.0", _TLS)),
    }


TOPIC: Facts = _own("microsoft.eventgrid/topics")
DOMAIN: Facts = _own("microsoft.eventgrid/domains")
PARTNERS: Facts = {
    **_own("microsoft.eventgrid/partnernamespaces"),
    "managed_identity": inapplicable("a namespace of a partner has none"),
}
SYSTEM_TOPIC: Facts = {
    **common.facts(
        _PAGE,
        "microsoft.eventgrid/systemtopics",
        without_customer_key=_WITHOUT,
        without_keys=_SENDERS,
        without_endpoint=_SENDERS,
    ),
    "network.public": inapplicable(_SENDERS),
}
NAMESPACE: Facts = {
    **common.facts(
        _PAGE,
        "microsoft.eventgrid/namespaces",
        without_customer_key=_WITHOUT,
        without_keys="nothing switches the keys of a namespace off",
    ),
    "network.public": _REACHED,
    "tls.min_version": Fact("lowest_tls", default=Documented("1.2", _MQTT)),
}
_FACTS = dict(zip(READS[5:], (TOPIC, DOMAIN, SYSTEM_TOPIC, NAMESPACE, PARTNERS), strict=True))


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    type_ = _TYPES.get(view.resource.type, view.resource.type)
    yield asset("managed_service", view, _FACTS[type_], named(view, type_))
