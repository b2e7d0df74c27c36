"""Who may send which requests to SignalR and Web PubSub: a list for the public network, and one for each endpoint."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.services.azure.choices import lower, switched

ARM_TYPES = ("Microsoft.SignalRService/signalR", "Microsoft.SignalRService/webPubSub")

_KINDS = frozenset({"serverconnection", "clientconnection", "restapi", "trace"})


def lists_of(companion: str) -> Spelling:
    """Return the words of the lists, which `companion` has in Terraform."""
    return {
        # word, then its path in Terraform and in ARM
        "otherwise": azure(f"{companion}/default_action", "properties.networkAcls.defaultAction"),
        "allowed": azure(
            f"{companion}/public_network.allowed_request_types", "properties.networkAcls.publicNetwork.allow"
        ),
        "denied": azure(
            f"{companion}/public_network.denied_request_types", "properties.networkAcls.publicNetwork.deny"
        ),
    }


def _reached(endpoint: Any, otherwise: Any, allowed: Any, denied: Any) -> Any:
    """Return whether the public network may send requests of some kind."""
    if switched(endpoint) is False:
        return Said(False, by="endpoint")
    if lower(otherwise) == "deny":
        return Said(bool(as_list(allowed)), by="allowed" if allowed else "otherwise")
    if denied is not None and {lower(each) for each in as_list(denied) or ()} >= _KINDS:
        return Said(False, by="denied")
    return switched(endpoint)


def reached(page: Cited) -> Fact:
    """Return the fact `network.public` of a service; `page` says what holds where nothing is set."""
    return Fact(
        _reached,
        of=("endpoint", "otherwise", "allowed", "denied"),
        default=Documented(True, page),
    )
