"""Microsoft Sentinel on a Log Analytics workspace, as `siem` assets: are its rules on, does it get data?

A workspace is under it by an onboarding, which makes the solution SecurityInsights; older code declares that itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset, perhaps
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import Elsewhere
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.keys.keys import RESOURCE, named, part_of, raw
from tfaudit.services.azure.pointers import pointing_at

READS = ("azurerm_log_analytics_workspace", "microsoft.operationalinsights/workspaces")
KINDS = ("siem",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_sentinel_log_analytics_workspace_onboarding": "workspace_id",
    "azurerm_sentinel_alert_rule_scheduled": "log_analytics_workspace_id",
    "azurerm_sentinel_alert_rule_nrt": "log_analytics_workspace_id",
    "azurerm_sentinel_alert_rule_fusion": "log_analytics_workspace_id",
    "azurerm_sentinel_alert_rule_machine_learning_behavior_analytics": "log_analytics_workspace_id",
    "azurerm_sentinel_alert_rule_ms_security_incident": "log_analytics_workspace_id",
    "azurerm_sentinel_alert_rule_threat_intelligence": "log_analytics_workspace_id",
    "azurerm_sentinel_alert_rule_anomaly_built_in": "log_analytics_workspace_id",
    "azurerm_sentinel_alert_rule_anomaly_duplicate": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_aws_cloud_trail": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_aws_s3": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_azure_active_directory": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_azure_advanced_threat_protection": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_azure_security_center": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_dynamics_365": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_iot": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_microsoft_cloud_app_security": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_microsoft_defender_advanced_threat_protection": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_microsoft_threat_intelligence": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_microsoft_threat_protection": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_office_365": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_office_atp": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_office_irm": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_threat_intelligence": "log_analytics_workspace_id",
    "azurerm_sentinel_data_connector_threat_intelligence_taxii": "log_analytics_workspace_id",
}
"""What stands on a workspace, also on one that is declared elsewhere."""
ARM_TYPES = (
    "Microsoft.OperationalInsights/workspaces",
    "Microsoft.OperationsManagement/solutions",
    "Microsoft.SecurityInsights/onboardingStates",
    "Microsoft.SecurityInsights/alertRules",
    "Microsoft.SecurityInsights/dataConnectors",
)
DECLARED = ("microsoft.securityinsights/onboardingstates",)
"""Live, the solution that it makes is in the graph."""

ARM_TYPE = "microsoft.operationalinsights/workspaces"
_RULES_PAGE = "learn.microsoft.com/azure/sentinel/create-analytics-rules"
_DATA_PAGE = "learn.microsoft.com/azure/sentinel/connect-data-sources"
_ONBOARDED = ("azurerm_sentinel_log_analytics_workspace_onboarding", *DECLARED)
_SOLUTIONS = ("azurerm_log_analytics_solution", "microsoft.operationsmanagement/solutions")
_RULES = (
    "azurerm_sentinel_alert_rule_scheduled",
    "azurerm_sentinel_alert_rule_nrt",
    "azurerm_sentinel_alert_rule_fusion",
    "azurerm_sentinel_alert_rule_machine_learning_behavior_analytics",
    "azurerm_sentinel_alert_rule_ms_security_incident",
    "azurerm_sentinel_alert_rule_threat_intelligence",
    "azurerm_sentinel_alert_rule_anomaly_built_in",
    "azurerm_sentinel_alert_rule_anomaly_duplicate",
    "microsoft.securityinsights/alertrules",
)
_CONNECTORS = (
    "azurerm_sentinel_data_connector_aws_cloud_trail",
    "azurerm_sentinel_data_connector_aws_s3",
    "azurerm_sentinel_data_connector_azure_active_directory",
    "azurerm_sentinel_data_connector_azure_advanced_threat_protection",
    "azurerm_sentinel_data_connector_azure_security_center",
    "azurerm_sentinel_data_connector_dynamics_365",
    "azurerm_sentinel_data_connector_iot",
    "azurerm_sentinel_data_connector_microsoft_cloud_app_security",
    "azurerm_sentinel_data_connector_microsoft_defender_advanced_threat_protection",
    "azurerm_sentinel_data_connector_microsoft_threat_intelligence",
    "azurerm_sentinel_data_connector_microsoft_threat_protection",
    "azurerm_sentinel_data_connector_office_365",
    "azurerm_sentinel_data_connector_office_atp",
    "azurerm_sentinel_data_connector_office_irm",
    "azurerm_sentinel_data_connector_threat_intelligence",
    "azurerm_sentinel_data_connector_threat_intelligence_taxii",
    "microsoft.securityinsights/dataconnectors",
)

TABLE: Spelling = RESOURCE
IDENTITY = tuple(RESOURCE)
# word of what makes a workspace one of Sentinel's, then its path in Terraform and in ARM
ONBOARDING: Spelling = {"workspace": azure("workspace_id", "scope"), "product": azure(NOTHING, NOTHING)}
SOLUTION: Spelling = {
    "workspace": azure("workspace_resource_id", "properties.workspaceResourceId"),
    "product": azure("plan.product", "plan.product"),
}
ON_IT: Spelling = {
    # word of a rule or a connector, then its path in Terraform and in ARM
    "workspace": azure("log_analytics_workspace_id", "scope"),
    "enabled": azure("enabled", "properties.enabled"),
}


def _elsewhere(view: View) -> list[Resource]:
    """Return what stands on a workspace that is declared elsewhere: all that is known of it."""
    body = view.resource.body
    return body.companions if isinstance(body, Elsewhere) else []


def _is_sentinel(product: Any) -> bool:
    return str(product).lower().endswith("/securityinsights")


def _onboarded(view: View) -> View | Unknown | None:
    """Return what puts a workspace under Sentinel, why that is not known, or None for nothing."""
    if beside := _elsewhere(view):  # nothing stands on a workspace that is not
        return View(beside[0], view.inventory, table=ONBOARDING)
    own = view.word("id")
    if isinstance(own, Unknown) and view.inventory.of_type(*_ONBOARDED, *_SOLUTIONS):
        return own  # any of them may be about it
    unsure: Unknown | None = None
    for types, table in ((_ONBOARDED, ONBOARDING), (_SOLUTIONS, SOLUTION)):
        found = pointing_at(view, types, ARM_TYPE, table, "workspace")
        for each in found.views:
            product = each.word("product")
            if types == _ONBOARDED or (isinstance(product, Known) and _is_sentinel(product.value)):
                return each
            if isinstance(product, Unknown):
                unsure = unsure or product
        if isinstance(found, Some) and (types == _SOLUTIONS or view.resource.plane != "live"):
            unsure = unsure or found.more
    return unsure


def _on_it(view: View, types: tuple[str, ...]) -> tuple[list[View], Unknown | None]:
    """Return what of `types` stands on a workspace, and why there may be more: some name it by its onboarding."""
    if beside := _elsewhere(view):
        named = [View(each, view.inventory, table=ON_IT) for each in beside if each.type in types]
        for each in beside:
            if each.type in _ONBOARDED:
                named += pointing_at(View(each, view.inventory), types, "", ON_IT, "workspace").views
        because = "its workspace is declared elsewhere: more may stand on it there"
        return named, Unknown(because, "scan the root that declares it", view.resource, view.base)
    found = pointing_at(view, types, ARM_TYPE, ON_IT, "workspace")
    onboarding = _onboarded(view)
    views = list(found.views)
    if isinstance(onboarding, View):
        views += pointing_at(onboarding, types, "", ON_IT, "workspace").views
    return views, found.more if isinstance(found, Some) else None


def _rules_on(view: View) -> Reading:
    """Return whether one of its rules is on: a rule that says nothing of it is."""
    views, unsure = _on_it(view, _RULES)
    off: Reading | None = None
    for each in views:
        match each.word("enabled"):
            case Known(value=value, resource=resource, path=path) if as_bool(value) is False:
                off = off or Known(False, resource, path)
            case Known(resource=resource, path=path) | Absent(resource=resource, path=path):
                return Known(True, resource, path)
            case Unknown() as unknown:
                unsure = unsure or unknown
            case Pointer(unknown=unknown):
                unsure = unsure or unknown
    return unsure or off or Absent(view.resource, view.base)


def _connected(view: View) -> Reading:
    views, unsure = _on_it(view, _CONNECTORS)
    for each in views:
        return Known(True, each.resource, each.base)
    return unsure or Absent(view.resource, view.base)


SIEM: Facts = {
    "rules.enabled": Fact(
        joins=_rules_on,
        of=IDENTITY,
        default=Documented(False, _RULES_PAGE),
        beside=(_SOLUTIONS[1], _RULES[-1]),
    ),
    "data.connected": Fact(
        joins=_connected,
        of=IDENTITY,
        default=Documented(False, _DATA_PAGE),
        beside=(_SOLUTIONS[1], _CONNECTORS[-1]),
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `siem` that a workspace under Sentinel is."""
    key = part_of(named(view, ARM_TYPE), ARM_TYPE, "sentinel", "default")
    found, name = _onboarded(view), raw(view, "name")
    if isinstance(found, Unknown):
        yield perhaps("siem", view, SIEM, key, found, part="sentinel")
    elif found is not None:
        yield asset("siem", view, SIEM, key, name if isinstance(name, str) else "", part="sentinel")
