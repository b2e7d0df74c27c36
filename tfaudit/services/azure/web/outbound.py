"""Whether an app that stands in a network sends all its traffic through it, or only that to private addresses."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Unknown
from tfaudit.reading.answers import Said
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.parts import among
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.web.site_config import CONFIGURED, of_config, of_web

ARM_TYPES = (
    "Microsoft.Web/sites",
    "Microsoft.Web/sites/config",
    "Microsoft.Web/sites/networkConfig",
    "Microsoft.Web/sites/slots/networkConfig",
)

_AZURERM = "hashicorp/azurerm/4.50.0/docs/resources/linux_web_app"
_PAGE = "learn.microsoft.com/azure/app-service/overview-vnet-integration"
_SWIFT = "azurerm_app_service_virtual_network_swift_connection"
_NETWORK = "microsoft.web/sites/networkconfig"
_SLOTS_NETWORK = "microsoft.web/sites/slots/networkconfig"

OUTBOUND: Spelling = {
    # word, then its path in Terraform and in ARM
    "subnet": azure(
        ("virtual_network_subnet_id", f"{_SWIFT}/subnet_id"),
        (
            "properties.virtualNetworkSubnetId",
            f"{_NETWORK}/properties.subnetResourceId",
            f"{_SLOTS_NETWORK}/properties.subnetResourceId",
        ),
    ),
    "route_all": azure(
        "site_config.vnet_route_all_enabled",
        ("properties.siteConfig.vnetRouteAllEnabled", "properties.vnetRouteAllEnabled"),
    ),
    "all_traffic": azure(NOTHING, "properties.outboundVnetRouting.allTraffic"),
    "of_code": azure(NOTHING, "properties.outboundVnetRouting.applicationTraffic"),
}
_SETTING = "website_vnet_route_all"


def _all_routed(all_traffic: Any, of_code: Any, route_all: Any, settings: Any = None) -> Any:
    """Return whether traffic to public addresses takes the network too: by a property, or by a setting of the app."""
    stated = tuple(zip(_WORDS, (all_traffic, of_code, route_all), strict=True))
    found = among(
        stated, lambda _, each: each[0] if each[1] is not None and switched(each[1]) is True else None
    )
    if found is not None:
        return Said(True, by=found)
    if _by_setting(settings):
        return Said(True, by="settings")
    said = next((word for word, value in stated if value is not None), None)
    return None if said is None else Said(False, by=said)


def _by_setting(settings: Any) -> bool:
    """Whether the settings of the app, a map or a list with a name in each, say it."""
    if isinstance(settings, list):
        named = [(str(each.get("name", "")), each.get("value")) for each in settings]
    else:
        named = list(settings.items()) if settings is not None else []
    return among(named, lambda _, each: _is_on(*each) or None) is True


def _is_on(name: str, value: Any) -> bool:
    return name.lower() == _SETTING and str(value) == "1"


def _by_default(view: View) -> Documented | Unresolved:
    if view.resource.type == "azurerm_function_app_flex_consumption":
        because = "whether apps on Flex Consumption heed it where it is off is not documented"
        return Unresolved(because, "set vnet_route_all_enabled")
    return Documented(False, _AZURERM)


_WORDS = ("all_traffic", "of_code", "route_all")
_DEFAULT = ByPlane(terraform=_by_default, arm=Documented(False, _PAGE))
_DECLARED = Fact(_all_routed, of=(*_WORDS, "settings"), default=_DEFAULT)
_LIVE = Fact(_all_routed, of=_WORDS, default=_DEFAULT)
"""Live, nobody who may only read gets the settings."""


def _routed(view: View) -> Any:
    subnet = view.word("subnet")
    if isinstance(subnet, Absent) or (isinstance(subnet, Known) and not subnet.value):
        return NotApplicable("it stands in no network", subnet.resource, subnet.path)
    answer: Any = (_LIVE if view.resource.plane == "live" else _DECLARED).read(view, "bool")
    if isinstance(answer, Default):
        beside = of_web(view, "route_all")
        answer = answer if isinstance(beside, Absent) else _BESIDE.read(view, "bool")
    in_doubt = isinstance(subnet, Unknown) and getattr(answer, "value", None) is not True
    return subnet if in_doubt else answer


_BESIDE = of_config("route_all", switched, default=Documented(False, _PAGE))

ROUTED = Fact(joins=_routed, of=("subnet", *_WORDS, "settings", "name"), default=_DEFAULT, beside=CONFIGURED)
