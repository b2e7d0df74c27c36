"""What watches an Azure SQL server, managed instance or pool of Synapse: threat detection, and scans for weaknesses.

Threat detection is a policy of the server, or a plan of Defender for all servers of the subscription.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_int
from tfaudit.reading.view import Companions, Some, View
from tfaudit.services.azure.choices import not_judged, switched
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.security.plans import DEFENDER, by_plan

ARM_TYPES = (
    "Microsoft.Security/pricings",
    "Microsoft.Sql/managedInstances/securityAlertPolicies",
    "Microsoft.Sql/managedInstances/vulnerabilityAssessments",
    "Microsoft.Sql/servers/auditingSettings",
    "Microsoft.Sql/servers/extendedAuditingSettings",
    "Microsoft.Sql/servers/securityAlertPolicies",
    "Microsoft.Sql/servers/sqlVulnerabilityAssessments",
    "Microsoft.Sql/servers/vulnerabilityAssessments",
)

_THREATS = "learn.microsoft.com/azure/azure-sql/database/threat-detection-configure"
_SCANS = "learn.microsoft.com/azure/defender-for-cloud/sql-azure-vulnerability-assessment-overview"
_AUDIT = "learn.microsoft.com/azure/azure-sql/database/auditing-overview"
FOR_EVER = 36_500
"""The days that stand for a retention of 0: kept until somebody deletes it."""

_HUNG = {
    "azurerm_mssql_server_vulnerability_assessment": (
        "azurerm_mssql_server_security_alert_policy",
        "server_security_alert_policy_id",
    ),
    "azurerm_synapse_workspace_vulnerability_assessment": (
        "azurerm_synapse_workspace_security_alert_policy",
        "workspace_security_alert_policy_id",
    ),
    "azurerm_synapse_sql_pool_vulnerability_assessment": (
        "azurerm_synapse_sql_pool_security_alert_policy",
        "sql_pool_security_alert_policy_id",
    ),
}
"""Assessments that azurerm hangs on a policy of alerts: its type, and how they point at it."""

ALERTS: Spelling = {
    # word of a policy of alerts, then its path in Terraform: of servers, of instances, of Synapse; and in ARM
    "state": azure(("state", "enabled", "policy_state"), "properties.state")
}
SCANS: Spelling = {
    # word of an assessment, then its path in Terraform and in ARM; the express one has nothing but a state
    "recurring": azure("recurring_scans.enabled", "properties.recurringScans.isEnabled"),
    "state": azure(None, "properties.state"),
}
AUDIT: Spelling = {
    "state": azure("enabled", "properties.state"),
    "days": azure("retention_in_days", "properties.retentionDays"),
    "storage": azure("storage_endpoint", "properties.storageEndpoint"),
}
OWN_AUDIT = azure(
    "extended_auditing_policy", NOTHING, rows={each: AUDIT[each] for each in ("days", "storage")}
)
OWN_ALERTS = azure("threat_detection_policy.state", NOTHING)
"""The policies of audit and of alerts that are blocks of a server, as azurerm had them before 3 and 4."""


def alerted(policies: tuple[str, ...], own: str = "") -> Callable[[View], states.Reading]:
    """Return what tells whether a policy of the types `policies`, or a plan of the subscription, detects threats.

    `own` is the word of a policy that is a block of the server itself.
    """

    def joins(view: View) -> states.Reading:
        found = view.companions(*policies)
        blocks = [view.word(own)] if own else []
        stated = [each for each in blocks if not isinstance(each, Absent)]
        unsure: Unknown | None = found.more if isinstance(found, Some) else None
        off: Known | None = None
        for state in (*stated, *(policy.spelled(ALERTS).word("state") for policy in found.views)):
            match state:
                case Known(value=value) if switched(value) is True:
                    return Known(True, state.resource, state.path)
                case Known():
                    off = Known(False, state.resource, state.path)
                case Unknown():
                    unsure = state
                case Pointer():
                    unsure = state.unknown
                case Absent():  # azurerm has it on for instances where it does not say
                    return Known(True, state.resource)
        plan = by_plan(view, "sqlservers")
        if isinstance(plan, Known) and plan.value is True:
            return plan
        return off or unsure or plan or Absent(view.resource, view.base)

    return joins


def detects_threats(*policies: str, own: str = "") -> Fact:
    """Return the fact that threats are detected, as `alerted` tells it."""
    words = ("name", own) if own else ("name",)
    return Fact(
        joins=alerted(policies, own),
        of=words,
        default=Documented(False, _THREATS),
        beside=(*policies, DEFENDER),
    )


def _scans_of(view: View, types: tuple[str, ...]) -> Iterator[Companions]:
    """Yield the assessments of a server, an instance or a pool; azurerm hangs most on a policy of alerts."""
    for type_ in types:
        if ("/" in type_) is not (view.dialect == "arm"):
            continue
        if type_ not in _HUNG:
            yield view.companions(type_)
            continue
        alerts, attribute = _HUNG[type_]
        policies = view.companions(alerts)
        for policy in policies.views:
            yield View(policy.resource, view.inventory, {type_: attribute}).companions(type_)
        if isinstance(policies, Some):
            yield Some([], policies.more)


def scanned(types: tuple[str, ...]) -> Callable[[View], states.Reading]:
    """Return what tells whether scans of one of `types` recur; `Absent` where there is none."""

    def joins(view: View) -> states.Reading:
        unsure: Unknown | None = None
        off: Known | None = None
        for found in _scans_of(view, types):
            unsure = unsure or (found.more if isinstance(found, Some) else None)
            for scan in found.views:
                own = scan.spelled(SCANS)
                word = "state" if scan.resource.type.endswith("sqlvulnerabilityassessments") else "recurring"
                state = own.word(word)
                match state:
                    case Known(value=value) if switched(value) is True:
                        return Known(True, state.resource, state.path)
                    case Known():
                        off = Known(False, state.resource, state.path)
                    case Unknown():
                        unsure = state
                    case Pointer():
                        unsure = state.unknown
                    case Absent():
                        off = off or Known(False, scan.resource)
        return unsure or off or Absent(view.resource, view.base)

    return joins


def assessed(*types: str) -> Fact:
    """Return the fact that scans for weaknesses recur, by an assessment of one of `types`."""
    beside = tuple(each for each in types if "/" in each)
    return Fact(joins=scanned(types), of=("name",), default=Documented(False, _SCANS), beside=beside)


def _days(days: Any) -> int | CannotTell:
    number = as_int(days)
    return not_judged(days) if number is None else number or FOR_EVER


def kept_days(*policies: str, own_policy: str) -> Fact:
    """Return the fact for how many days audits are kept in storage; where they are sent says it otherwise.

    `own_policy` is the word of a policy that is a block of the server itself.
    """

    def joins(view: View) -> Any:
        found = view.companions(*policies)
        elsewhere = False
        for policy in (*found.views, *elements(view, own_policy)):
            own = policy.spelled(AUDIT)
            days, storage, state = own.word("days"), own.word("storage"), own.word("state")
            if isinstance(state, Known) and switched(state.value) is False:
                continue
            if isinstance(storage, Absent):
                elsewhere = True
                continue
            if isinstance(days, Known):
                return Known(_days(days.value), days.resource, days.path)
            return Known(FOR_EVER, policy.resource) if isinstance(days, Absent) else days
        if isinstance(found, Some):
            return found.more
        because = "its audit is not kept in storage: where it is sent says for how long"
        if not elsewhere:
            because = "it has no audit that is switched on: whether it must have one is judged by itself"
        return NotApplicable(because, view.resource, view.base)

    words = ("name", own_policy)
    return Fact(joins=joins, of=words, default=Documented(FOR_EVER, _AUDIT), beside=policies)
