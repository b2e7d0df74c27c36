"""Whether an app of App Service asks its callers for a certificate, and at which paths it does not."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import ByPlane, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.provider import changed_in

ARM_TYPES = ("Microsoft.Web/sites",)

_PAGE = "learn.microsoft.com/azure/app-service/app-service-web-configure-tls-mutual-auth"
_AZURERM = "hashicorp/azurerm/4.50.0/docs/resources/linux_function_app"
_LOGIC = "hashicorp/azurerm/5.2.0/docs/resources/logic_app_standard"

CERTIFICATES: Spelling = {
    # word, then its path in Terraform and in ARM
    "asked_for": azure(("client_certificate_enabled", "client_cert_enabled"), "properties.clientCertEnabled"),
    "mode": azure(("client_certificate_mode", "client_cert_mode"), "properties.clientCertMode"),
    "left_out": azure("client_certificate_exclusion_paths", "properties.clientCertExclusionPaths"),
}
_BY_MODE = ("azurerm_function_app", "azurerm_function_app_slot", "azurerm_logic_app_standard")
"""Types that have no switch: a mode switches certificates on."""
_OPTIONAL = (
    "azurerm_linux_function_app",
    "azurerm_linux_function_app_slot",
    "azurerm_windows_function_app",
    "azurerm_windows_function_app_slot",
    "azurerm_function_app_flex_consumption",
)
"""Types whose mode is Optional where it is not said."""


def _required(asked_for: Any, mode: Any) -> Any:
    """Return whether nobody gets an answer without a certificate, if nothing but a mode can make it optional."""
    if switched(asked_for) is not True:
        return switched(asked_for)
    return True if mode is None else Said(lower(mode) == "required", by="mode")


def _required_if_said(asked_for: Any, mode: Any) -> Any:
    if switched(asked_for) is not True:
        return switched(asked_for)
    if mode is None:
        return Said(Documented(False, f"{_AZURERM}: Optional"), by="asked_for")
    return Said(lower(mode) == "required", by="mode")


def _by_mode(mode: Any) -> Any:
    return None if mode is None else lower(mode) == "required"


_SWITCHED = Fact(_required, of=("asked_for", "mode"), default=Documented(False, _PAGE))
_IF_SAID = Fact(_required_if_said, of=("asked_for", "mode"), default=Documented(False, _AZURERM))
_MODES = Fact(_by_mode, of=("mode",), default=Documented(False, _PAGE))
_LOGIC_APP = Fact(_by_mode, of=("mode",), default=ByPlane(terraform=changed_in(5, False, True, _LOGIC)))


def _fact(view: View) -> Fact:
    type_ = view.resource.type
    if type_ == "azurerm_logic_app_standard":
        return _LOGIC_APP
    return _MODES if type_ in _BY_MODE else _IF_SAID if type_ in _OPTIONAL else _SWITCHED


def _paths(left_out: Any, asked_for: Any, mode: Any) -> Any:
    """Return the paths at which no certificate is asked for; several stand with `;` or `,` between them."""
    if left_out is None:
        return None
    paths = [each.strip() for each in str(left_out).replace(";", ",").split(",")]
    if (asked_for is None and mode is None) or (asked_for is not None and switched(asked_for) is not True):
        return Inapplicable("it asks nobody for a certificate")
    return Said([each for each in paths if each], by="left_out")


ASKED: Facts = {
    "client_certificates.required": Fact(
        joins=lambda view: _fact(view).read(view, "bool"),
        of=("asked_for", "mode"),
        default=Documented(False, _PAGE),
    ),
    "client_certificates.paths_left_out": Fact(
        _paths, of=("left_out", "asked_for", "mode"), default=Documented([], _PAGE)
    ),
}
