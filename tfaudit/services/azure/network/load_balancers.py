"""Azure's load balancers, which pass packets on, as `load_balancer` assets.

What their rules open is judged at the machines behind them.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.network import passages
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_lb", "microsoft.network/loadbalancers")
KINDS = ("load_balancer",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Network/loadBalancers",)

_TYPE = "microsoft.network/loadbalancers"
_PAGE = "learn.microsoft.com/azure/load-balancer/components"
_PACKETS = "it passes packets on: TLS, if any, ends at the machines behind it"
_NO_LOG = "it passes packets on and writes no access log: flow logs of its network record them"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "frontends": azure(
        "frontend_ip_configuration",
        "properties.frontendIPConfigurations",
        rows=passages.FRONTEND,
    ),
}
IDENTITY = (*RESOURCE, "frontends")


def _public(view: View) -> Reading:
    """Return whether one of its frontends has a public address."""
    unsure: Unknown | None = None
    for frontend in elements(view, "frontends"):
        for word in ("address", "prefix"):
            reading = frontend.word(word)
            match reading:
                case Known(value=""):
                    pass
                case Known() | Pointer():
                    return Known(True, reading.resource, reading.path)
                case Unknown():
                    unsure = unsure or reading
                case Absent():
                    pass
    return unsure or Absent(view.resource, view.base)


BALANCER: Facts = {
    "tls.min_version": inapplicable(_PACKETS),
    "logs.enabled": inapplicable(_NO_LOG),
    "network.public": Fact(joins=_public, of=("frontends",), default=Documented(False, _PAGE)),
    "waf": inapplicable("it passes packets on: a firewall for web requests stands behind it, or nowhere"),
    "waf.mode": inapplicable("it has no firewall for web requests"),
    "drop_invalid_headers": inapplicable("it reads no headers"),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `load_balancer` that the resource declares."""
    yield asset("load_balancer", view, BALANCER, named(view, _TYPE))
