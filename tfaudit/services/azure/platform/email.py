"""The email service of Azure Communication Services, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Facts, inapplicable
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_email_communication_service", "microsoft.communication/emailservices")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Communication/emailServices",)

ARM_TYPE = "microsoft.communication/emailservices"
IDENTITY = common.IDENTITY
_PAGE = "learn.microsoft.com/azure/communication-services/concepts/email/prepare-email-communication-resource"
_BY_ANOTHER = "mail is sent by the communication service that it is linked to"

TABLE: Spelling = common.spelling(common.ABSENT, identity=common.ABSENT)

SERVICE: Facts = {
    **common.facts(
        _PAGE,
        ARM_TYPE,
        without_keys=_BY_ANOTHER,
        without_customer_key="the service takes no key of the customer's",
        without_identity="the service has no identity",
        without_endpoint=_BY_ANOTHER,
    ),
    "network.public": inapplicable(_BY_ANOTHER),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
