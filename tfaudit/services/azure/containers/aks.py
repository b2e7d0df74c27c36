"""Azure Kubernetes Service: clusters, with the default node pool inside them, and further node pools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.reading import states
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, negated, switched
from tfaudit.services.azure.containers import aks_upkeep, node_ports
from tfaudit.services.azure.elements import element_name, elements
from tfaudit.services.azure.keys.keys import RESOURCE, below, inside, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import NOT_SENT, TYPES, logged, sent
from tfaudit.services.azure.security.plans import DEFENDER, by_plan
from tfaudit.services.azure.switches import stated_unless
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.azure.zones import zone_redundant
from tfaudit.services.credentials import written_down

READS = (
    "azurerm_kubernetes_cluster",
    "azurerm_kubernetes_cluster_node_pool",
    "microsoft.containerservice/managedclusters",
    "microsoft.containerservice/managedclusters/agentpools",
)
KINDS = ("cluster", "node_pool")
ARM_TYPES = (
    "Microsoft.ContainerService/managedClusters",
    "Microsoft.ContainerService/managedClusters/agentPools",
    "Microsoft.Security/pricings",
)

ARM_TYPE = "microsoft.containerservice/managedclusters"
_POOLS = ("azurerm_kubernetes_cluster_node_pool", f"{ARM_TYPE}/agentpools")
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/kubernetes_cluster",
    "learn.microsoft.com/azure/aks/concepts-security",
)
_LOCAL = Cited(_PAGE.terraform, "learn.microsoft.com/azure/aks/local-accounts")
_POOL_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/kubernetes_cluster_node_pool",
    "learn.microsoft.com/azure/aks/concepts-security",
)
_API = "learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges"
_KMS = "learn.microsoft.com/azure/aks/kms-data-encryption-concepts"
_POLICY = "learn.microsoft.com/azure/aks/use-network-policies"
_UPGRADES = "learn.microsoft.com/azure/aks/auto-upgrade-cluster"
_AUTOMATIC = "learn.microsoft.com/azure/aks/intro-aks-automatic"
_POLICIES = "learn.microsoft.com/azure/aks/use-azure-policy"
_DEFENDER = "learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-enable"
_DISKS = "learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys"
_AT_HOST = "learn.microsoft.com/azure/aks/enable-host-encryption"
_PLANS = ("containers", "kubernetesservice")
"""Plans of Defender that watch clusters: today's, and that of before it."""
_ZONES = "learn.microsoft.com/azure/aks/availability-zones-overview"

_PLANE_LOGS = {
    "kube-apiserver": "api",
    "kube-audit": "audit",
    "kube-audit-admin": "audit",
    "guard": "authenticator",
    "kube-controller-manager": "controllerManager",
    "kube-scheduler": "scheduler",
    "cluster-autoscaler": "autoscaler",
}
"""Azure's categories, and the words that all clusters share for them."""


_ACCESS = "properties.apiServerAccessProfile"
_KMS_KEY = "properties.securityProfile.azureKeyVaultKms.keyId"
INNER_POOL: Spelling = {
    # word of a pool inside its cluster, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "public_ip": azure(("node_public_ip_enabled", "enable_node_public_ip"), "enableNodePublicIP"),
    **node_ports.words(),
    "zones": azure(("zones", "availability_zones"), "availabilityZones"),
    "at_host": azure(("host_encryption_enabled", "enable_host_encryption"), "enableEncryptionAtHost"),
    "tags": azure("tags", "tags"),
}
POOL_TABLE: Spelling = {
    **RESOURCE,
    # word of a pool of its own, then its path in Terraform and in ARM
    "cluster": azure("kubernetes_cluster_id", "parent"),
    "public_ip": azure(("node_public_ip_enabled", "enable_node_public_ip"), "properties.enableNodePublicIP"),
    **node_ports.words("properties."),
    "zones": azure(("zones", "availability_zones"), "properties.availabilityZones"),
    "at_host": azure(
        ("host_encryption_enabled", "enable_host_encryption"), "properties.enableEncryptionAtHost"
    ),
    "tags": azure("tags", "properties.tags"),
}
TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a cluster, then its path in Terraform and in ARM
    "version": azure("kubernetes_version", "properties.kubernetesVersion"),
    # `public_network_access_enabled`, which the provider had until 4.0, does nothing:
    # hashicorp/azurerm/3.80.0/docs/resources/kubernetes_cluster
    "private": azure(("private_cluster_enabled", "private_link_enabled"), f"{_ACCESS}.enablePrivateCluster"),
    "sources": azure(
        ("api_server_access_profile.authorized_ip_ranges", "api_server_authorized_ip_ranges"),
        ("properties.apiServerAuthorizedIPRanges", f"{_ACCESS}.authorizedIPRanges"),
    ),
    "rbac": azure(
        ("role_based_access_control_enabled", "role_based_access_control.enabled"), "properties.enableRBAC"
    ),
    "no_local_accounts": azure("local_account_disabled", "properties.disableLocalAccounts"),
    "network_policy": azure("network_profile.network_policy", "properties.networkProfile.networkPolicy"),
    "kms_key": azure("key_management_service.key_vault_key_id", _KMS_KEY),
    "kms_switch": azure(NOTHING, "properties.securityProfile.azureKeyVaultKms.enabled"),
    "upgrades": azure(
        ("automatic_upgrade_channel", "automatic_channel_upgrade"),
        "properties.autoUpgradeProfile.upgradeChannel",
    ),
    "mode": azure(NOTHING, "sku.name"),
    "policies": azure(
        ("azure_policy_enabled", "addon_profile.azure_policy.enabled"),
        "properties.addonProfiles.azurepolicy.enabled",
    ),
    "defender": azure(
        "microsoft_defender.log_analytics_workspace_id",
        "properties.securityProfile.defender.securityMonitoring.enabled",
    ),
    "disks_key": azure("disk_encryption_set_id", "properties.diskEncryptionSetID"),
    "secret": azure("service_principal.client_secret", "properties.servicePrincipalProfile.secret"),
    "password": azure("windows_profile.admin_password", "properties.windowsProfile.adminPassword"),
    "pools": azure("default_node_pool", "properties.agentPoolProfiles", rows=INNER_POOL),
    **aks_upkeep.WORDS,
}
IDENTITY = (*RESOURCE, "pools", "cluster")

_PUBLIC = Fact(negated, of=("private",), default=Documented(True, _PAGE))


def _sources(view: View) -> states.Reading | NotApplicable:
    outside = _PUBLIC.read(view, "bool")
    if isinstance(outside, (Known, Default)) and outside.value is False:
        return NotApplicable("its API server has no public address", view.resource)
    ranges = view.word("sources")
    if isinstance(ranges, Known) and ranges.value == []:
        ranges = Absent(ranges.resource, ranges.path)
    # A cluster that states ranges is not a private one, which takes none; any other may be.
    return outside if isinstance(outside, Unknown) and isinstance(ranges, Absent) else ranges


def _control_plane_logs(view: View) -> Known | Documented:
    found = sent(view, ARM_TYPE)
    groups = {"alllogs": set(_PLANE_LOGS), "audit": {"kube-audit", "kube-audit-admin", "guard"}}
    categories = set(found.categories).union(*(groups[name] for name in groups if name in found.categories))
    names: list[Any] = sorted({word for name, word in _PLANE_LOGS.items() if name in categories})
    if found.unsure is not None:
        names.append(Unresolved(found.unsure.because, found.unsure.settle_with))
    if not names:
        return Documented([], NOT_SENT)
    where = found.first(frozenset(_PLANE_LOGS))
    return Known(names, *where) if where else Known(names, view.resource, view.base)


def _enforced(policy: Any) -> bool | None:
    """Return whether a network policy is enforced: `none` is one of the choices."""
    return None if policy is None else lower(policy) not in ("none", "")


def _of_every_pool(fact: Fact) -> Callable[[View], Any]:
    """Return what joins: a fact of the pools inside the cluster, of which the first that is not so decides."""

    def joins(view: View) -> Any:
        answers = [fact.read(pool, "bool") for pool in elements(view, "pools")]
        not_so = [each for each in answers if getattr(each, "value", None) is False]
        unclear = [each for each in answers if isinstance(each, Unknown)]
        return next(iter((*not_so, *unclear, *answers)), Absent(view.resource, view.base))

    return joins


def _upgraded(channel: Any, mode: Any) -> Any:
    """Return whether newer versions come by themselves: a channel is chosen, or the mode of the cluster has one."""
    if channel is not None:
        return lower(channel) not in ("none", "")
    return Said(Documented(True, _AUTOMATIC), by="mode") if lower(mode) == "automatic" else None


def _watched(view: View) -> Any:
    """Return whether Defender watches what runs there: as the cluster says, or by a plan of its subscription."""
    own = view.word("defender")
    on: Any = own
    if isinstance(own, Known):
        on = Known(view.dialect != "arm" or switched(own.value), own.resource, own.path)
    elif isinstance(own, Pointer):
        on = Known(True, own.resource, own.path)
    if isinstance(on, Known) and on.value is True:
        return on
    plan = by_plan(view, *_PLANS)
    if isinstance(plan, Known) and plan.value is True:
        return plan
    return on if isinstance(on, (Known, Unknown)) else plan or on


CLUSTER: Facts = {
    **aks_upkeep.FACTS,
    "upgrades.automatic": Fact(
        _upgraded, of=("upgrades", "mode"), default=Documented(False, f"{_UPGRADES}: none is chosen")
    ),
    "policies_enforced": Fact(
        switched, of=("policies",), default=Documented(False, Cited(_PAGE.terraform, _POLICIES))
    ),
    "threat_detection": Fact(
        joins=_watched, of=("defender",), default=Documented(False, _DEFENDER), beside=(DEFENDER,)
    ),
    "encryption.customer_managed_key": stated("disks_key", default=Documented(False, _DISKS)),
    "inline_secrets": written_down("secret", "password"),
    "version": Fact("version"),
    "api.allowed_sources": Fact(
        joins=_sources, of=("private", "sources"), default=Documented(["0.0.0.0/0"], _API)
    ),
    "rbac": Fact("rbac", default=ByPlane(terraform=Documented(True, _PAGE))),
    "local_accounts": Fact(negated, of=("no_local_accounts",), default=Documented(True, _LOCAL)),
    "network_policy": Fact(_enforced, of=("network_policy",), default=Documented(False, _POLICY)),
    "secrets_encrypted": stated_unless(
        "kms_key",
        "kms_switch",
        lambda value: switched(value) is False,
        default=Documented(False, f"{_KMS}: by the disks they are on, and not by a key of KMS"),
    ),
    "private_nodes": Fact(
        joins=_of_every_pool(Fact(negated, of=("public_ip",), default=Documented(True, _PAGE))),
        of=("pools",),
        default=Documented(True, _PAGE),
    ),
    "control_plane_logs": Fact(joins=_control_plane_logs, of=tuple(RESOURCE), beside=TYPES),
    "audit.enabled": logged("kube-audit", "kube-audit-admin", arm_type=ARM_TYPE),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}
POOL: Facts = {
    "encryption.at_host": Fact(switched, of=("at_host",), default=Documented(False, _AT_HOST)),
    "inline_secrets": inapplicable("its cluster has the password of its machines"),
    "public_ip": Fact("public_ip", default=Documented(False, _POOL_PAGE)),
    "ha.multi_zone": zone_redundant(_ZONES),
    "remote_access_open": node_ports.SHELL_OPEN,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the cluster and its default node pool, or the one node pool that the resource declares."""
    if view.resource.type in _POOLS:
        own = view.spelled(POOL_TABLE)
        yield asset("node_pool", own, POOL, below(own, "cluster", ARM_TYPE, "agentpools"))
        return
    key = named(view, ARM_TYPE)
    yield asset("cluster", view, CLUSTER, key)
    for index, pool in enumerate(elements(view, "pools")):
        called = pool.word("name")
        name = str(called.value) if isinstance(called, Known) and called.value else "default"
        own_key = inside(key, ARM_TYPE, "agentpools", name) if isinstance(key, str) else key
        yield asset("node_pool", pool, POOL, own_key, name, element_name(view, "pools", index))
