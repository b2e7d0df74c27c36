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
from tfaudit.reading.states import Absent, Reading
from tfaudit.reading.view import All, Companions, Some, View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import raw
from tfaudit.services.azure.web.site_config import CONFIGURED, beside, of_config, of_web

ARM_TYPES = (
    "Microsoft.Web/sites",
    "Microsoft.Web/sites/config",
    "Microsoft.Web/sites/networkConfig",
    "Microsoft.Web/sites/slots/networkConfig",
)

_AZURERM = "hashicorp/azurerm/4.50.0/docs/resources/linux_web_app"
_PAGE = "learn.microsoft.com/azure/app-service/overview-vnet-integration"
_SWIFT = "azurerm_app_service_virtual_network_swift_connection"
_SWIFT_OF_SLOT = "azurerm_app_service_slot_virtual_network_swift_connection"
_NETWORKS = ("microsoft.web/sites/networkconfig", "microsoft.web/sites/slots/networkconfig")
"""What puts an app into a network beside it in a template; live, the app says so itself."""

OUTBOUND: Spelling = {
    # word, then its path in Terraform and in ARM
    "subnet": azure(
        ("virtual_network_subnet_id", f"{_SWIFT}/subnet_id"), "properties.virtualNetworkSubnetId"
    ),
    "route_all": azure(
        "site_config.vnet_route_all_enabled",
        ("properties.siteConfig.vnetRouteAllEnabled", "properties.vnetRouteAllEnabled"),
    ),
    "all_traffic": azure(NOTHING, "properties.outboundVnetRouting.allTraffic"),
    "of_code": azure(NOTHING, "properties.outboundVnetRouting.applicationTraffic"),
}
BESIDE: Spelling = {
    # word of what puts an app into a network, then its path in Terraform and in ARM
    "subnet": azure("subnet_id", "properties.subnetResourceId"),
    "app": azure("app_service_id", NOTHING),
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


def _subnet(view: View) -> Reading:
    """Return the subnet that an app stands in: by its own word, or by what puts it there."""
    own = view.word("subnet")
    if not isinstance(own, Absent) or view.resource.plane == "live":
        return own
    unsure: Unknown | None = None
    for found in (view.companions(*beside(view, _NETWORKS)), _of_slot(view)):
        for each in found.views:
            return each.spelled(BESIDE).word("subnet")
        unsure = unsure or (found.more if isinstance(found, Some) else None)
    return unsure or own


def _of_slot(view: View) -> Companions:
    """Return what puts a slot into a network: it names the slot, and says its app beside that."""
    if not view.resource.type.endswith("_slot"):
        return All([])
    found = view.companions(_SWIFT_OF_SLOT)
    app = raw(view, "app")
    own = [each for each in found.views if _same(raw(each.spelled(BESIDE), "app"), app)]
    return Some(own, found.more) if isinstance(found, Some) else All(own)


def _same(one: Any, other: Any) -> bool:
    """Whether nothing shows that two apps are different ones: two of the same kind of value that differ do."""
    return type(one) is not type(other) or one == other


def _routed(view: View) -> Any:
    subnet = _subnet(view)
    if isinstance(subnet, Absent) or (isinstance(subnet, Known) and not subnet.value):
        return NotApplicable("it stands in no network", subnet.resource, subnet.path)
    answer: Any = (_LIVE if view.resource.plane == "live" else _DECLARED).read(view, "bool")
    if isinstance(answer, Default):
        web = of_web(view, "route_all")
        answer = answer if isinstance(web, Absent) else _BESIDE.read(view, "bool")
    in_doubt = isinstance(subnet, Unknown) and getattr(answer, "value", None) is not True
    return subnet if in_doubt else answer


_BESIDE = of_config("route_all", switched, default=Documented(False, _PAGE))

ROUTED = Fact(
    joins=_routed, of=("subnet", "app", *_WORDS, "settings", "name"), default=_DEFAULT, beside=CONFIGURED
)
