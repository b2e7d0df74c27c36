"""Azure Kubernetes Service: clusters, with the default node pool inside them, and further node pools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import below, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import NOT_SENT, logged, sends, sent
from tfaudit.services.azure.tags import TAGS
from tfaudit.services.azure.zones import several

READS = ("azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool")
KINDS = ("cluster", "node_pool")

ARM_TYPE = "microsoft.containerservice/managedclusters"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/kubernetes_cluster"
_POOL_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/kubernetes_cluster_node_pool"
_API = "learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges"
_DISKS = "learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys"
_KMS = "learn.microsoft.com/azure/aks/kms-data-encryption-concepts"
_HOST = "learn.microsoft.com/azure/aks/enable-host-encryption"
_POLICY = "learn.microsoft.com/azure/aks/use-network-policies"
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


def _negated(*paths: str) -> Any:
    def spelling(view: View) -> Any:
        reading = view.first(*paths)
        return (
            Known(not reading.value, reading.resource, reading.path)
            if isinstance(reading.value, bool)
            else reading
        )

    return spelling


# `public_network_access_enabled`, which the provider had until 4.0, does nothing:
# hashicorp/azurerm/3.80.0/docs/resources/kubernetes_cluster
_api_public = _negated("private_cluster_enabled", "private_link_enabled")


def _api_sources(view: View) -> Any:
    outside = _api_public(view)
    if getattr(outside, "value", None) is False:
        return NotApplicable("its API server has no public address", view.resource)
    reading = view.first("api_server_access_profile.authorized_ip_ranges", "api_server_authorized_ip_ranges")
    return ABSENT if reading.value == [] else reading


def _control_plane_logs(view: View) -> Any:
    told = sent(view, ARM_TYPE)
    groups = {"alllogs": set(_PLANE_LOGS), "audit": {"kube-audit", "kube-audit-admin", "guard"}}
    categories = set(told.categories).union(*(groups[name] for name in groups if name in told.categories))
    names: list[Any] = sorted({word for name, word in _PLANE_LOGS.items() if name in categories})
    if told.unsure is not None:
        names.append(told.unsure.value)
    if not names:
        return Default([], NOT_SENT, view.resource, view.base)
    where = told.first(frozenset(_PLANE_LOGS))
    return Known(names, *where) if where else Known(names, view.resource, view.base)


def _collected(view: View) -> Any:
    agent = view.first("oms_agent.log_analytics_workspace_id", "addon_profile.oms_agent.enabled")
    if not agent.absent and agent.value is not False:
        return Known(True, agent.resource, agent.path)
    return sends(*_PLANE_LOGS, arm_type=ARM_TYPE)(view)


CLUSTER = {
    "version": Fact(terraform="kubernetes_version"),
    "api.public": Fact(terraform=_api_public, default=Documented(True, _PAGE)),
    "api.allowed_sources": Fact(terraform=_api_sources, default=Documented(["0.0.0.0/0"], _API)),
    "network.public": Fact(terraform=_api_public, default=Documented(True, _PAGE)),
    "rbac": Fact(
        terraform=("role_based_access_control_enabled", "role_based_access_control.enabled"),
        default=Documented(True, _PAGE),
    ),
    "local_accounts": Fact(terraform=_negated("local_account_disabled"), default=Documented(True, _PAGE)),
    "auth.iam": Fact(
        terraform="azure_active_directory_role_based_access_control",
        set_means=True,
        default=Documented(False, _PAGE),
    ),
    "network_policy": Fact(
        terraform="network_profile.network_policy", set_means=True, default=Documented(False, _POLICY)
    ),
    "cni": Fact(terraform="network_profile.network_plugin", default=Documented("kubenet", _PAGE)),
    "policy_add_on": Fact(
        terraform=("azure_policy_enabled", "addon_profile.azure_policy.enabled"),
        default=Documented(False, _PAGE),
    ),
    "secrets_encrypted": Fact(
        terraform="key_management_service.key_vault_key_id",
        set_means=True,
        default=Documented(False, f"{_KMS}: by the disks they are on, and not by a key of KMS"),
    ),
    "encryption.at_rest": Fact(always=Documented(True, _DISKS)),
    "encryption.customer_managed_key": Fact(
        terraform="disk_encryption_set_id", set_means=True, default=Documented(False, _DISKS)
    ),
    "private_nodes": Fact(
        terraform=_negated(
            "default_node_pool.node_public_ip_enabled", "default_node_pool.enable_node_public_ip"
        ),
        default=Documented(True, _PAGE),
    ),
    "control_plane_logs": Fact(terraform=_control_plane_logs),
    "audit.enabled": logged("kube-audit", "kube-audit-admin", arm_type=ARM_TYPE),
    "logs.enabled": Fact(terraform=_collected, default=Documented(False, NOT_SENT)),
    "ha.multi_zone": Fact(
        terraform=("default_node_pool.zones", "default_node_pool.availability_zones"),
        using=several,
        default=Documented(False, _ZONES),
    ),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}
POOL = {
    "public_ip": Fact(
        terraform=("node_public_ip_enabled", "enable_node_public_ip"), default=Documented(False, _POOL_PAGE)
    ),
    "autoscaling": Fact(
        terraform=("auto_scaling_enabled", "enable_auto_scaling"), default=Documented(False, _POOL_PAGE)
    ),
    "autoscaling.min": Fact(terraform="min_count"),
    "autoscaling.max": Fact(terraform="max_count"),
    "encryption.at_rest": Fact(always=Documented(True, _HOST)),
    "ha.multi_zone": Fact(
        terraform=("zones", "availability_zones"),
        using=several,
        default=Documented(False, _ZONES),
    ),
    "labels": Fact(terraform="node_labels", default=Documented({}, _POOL_PAGE)),
    "taints": Fact(terraform="node_taints", default=Documented([], _POOL_PAGE)),
    "remote_access_open": Fact(always=Documented(False, "learn.microsoft.com/azure/aks/node-access")),
    "deletion_protection": Fact(not_applicable="its cluster is judged"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the cluster and its default node pool, or the one node pool that the resource declares."""
    if view.resource.type == "azurerm_kubernetes_cluster_node_pool":
        yield asset("node_pool", view, POOL, below(view, "kubernetes_cluster_id", ARM_TYPE, "agentpools"))
        return
    key = named(view, ARM_TYPE)
    yield asset("cluster", view, CLUSTER, key)
    for pool in view.each("default_node_pool"):
        name = pool.get("name") or "default"
        own = (
            f"azure:{ARM_TYPE}/agentpools{key.removeprefix('azure:' + ARM_TYPE)}/{name}"
            if isinstance(key, str)
            else key
        )
        yield asset("node_pool", pool, POOL, own, str(name), "default_node_pool")
