"""A real API server: an estate is put in, and judged in its manifests and live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tfaudit.errors import UnreachableError
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline import live
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.sources.live.kubernetes.session import KubernetesTarget

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.kubernetes_api import KubernetesApi

ESTATE = """
apiVersion: v1
kind: Namespace
metadata:
  name: {ns}
  labels: {{pod-security.kubernetes.io/warn: restricted}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {{name: quiet, namespace: {ns}}}
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: {ns}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      serviceAccountName: quiet
      hostNetwork: true
      securityContext: {{runAsNonRoot: true}}
      initContainers:
        - name: prepare
          image: registry.example/prepare:1.0
          securityContext: {{privileged: true}}
      containers:
        - name: web
          image: registry.example/web
          ports: [{{containerPort: 8080}}]
          env:
            - name: DB_PASSWORD
              value: not-a-real-password
          resources: {{limits: {{memory: 64Mi}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {{name: nightly, namespace: {ns}}}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          volumes: [{{name: logs, hostPath: {{path: /var/log}}}}]
          containers:
            - name: job
              image: registry.example/job@sha256:{digest}
              securityContext:
                allowPrivilegeEscalation: false
                capabilities: {{drop: [ALL], add: [SYS_PTRACE]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: default-deny, namespace: {ns}}}
spec: {{podSelector: {{}}, policyTypes: [Ingress]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: open, namespace: {ns}}}
spec: {{podSelector: {{matchLabels: {{app: web}}}}, ingress: [{{}}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: web, namespace: {ns}}}
spec:
  defaultBackend: {{service: {{name: web, port: {{number: 80}}}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: web, namespace: {ns}}}
spec: {{type: LoadBalancer, selector: {{app: web}}, ports: [{{port: 80}}]}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {{name: reader, namespace: {ns}}}
rules:
  - {{apiGroups: [""], resources: [secrets, pods/exec], verbs: ["*"]}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: open, namespace: {ns}}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}}
subjects: [{{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:unauthenticated"}}]
"""
GRANT = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all-but-policies}
rules:
  - apiGroups: [""]
    resources: [pods, replicationcontrollers, namespaces, services, serviceaccounts, limitranges, resourcequotas]
    verbs: [list]
  - {apiGroups: [apps, batch, rbac.authorization.k8s.io], resources: ["*"], verbs: [list]}
  - {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: all-but-policies}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all-but-policies}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: restricted}]
"""


def estate(namespace: str) -> str:
    return ESTATE.format(ns=namespace, digest="0" * 64)


def judged(result: ScanResult, namespace: str) -> dict[tuple[str, str, str], Outcome]:
    """The outcomes by policy and key, for what lies in one namespace."""
    return {
        (verdict.policy.id, str(verdict.asset.key), verdict.asset.kind): verdict.outcome
        for verdict in result.verdicts
        if f"/{namespace}" in str(verdict.asset.key)
    }


@pytest.fixture
def options() -> Options:
    return Options(in_force(Choice()))


def test_the_same_verdicts_from_manifests_and_from_the_cluster(
    kubernetes_api: KubernetesApi, namespace: str, tmp_path: Path, options: Options
) -> None:
    kubernetes_api.apply(estate(namespace))
    (tmp_path / "estate.yaml").write_text(estate(namespace))
    target = KubernetesTarget(str(kubernetes_api.kubeconfig(kubernetes_api.admin_token)))
    running = live.kubernetes(options, target)
    declared = judged(scan(tmp_path, options), namespace)
    observed = judged(running, namespace)
    assert not running.unread
    assert len(declared) > 60
    assert {key: observed.get(key) for key in declared} == declared
    assert observed.keys() == declared.keys()


def test_the_clusters_own_roles_and_accounts_are_not_judged(
    kubernetes_api: KubernetesApi, options: Options
) -> None:
    target = KubernetesTarget(str(kubernetes_api.kubeconfig(kubernetes_api.admin_token)))
    keys = {str(verdict.asset.key) for verdict in live.kubernetes(options, target).verdicts}
    assert not [
        key for key in keys if "system:" in key or "/kube-system/" in key or key.endswith("cluster-admin")
    ]


def test_who_looks_is_told_and_no_secret_is_read(
    kubernetes_api: KubernetesApi, namespace: str, options: Options
) -> None:
    metadata = f"{{name: x, namespace: {namespace}}}"
    kubernetes_api.apply(
        f"{{apiVersion: v1, kind: Secret, metadata: {metadata}, stringData: {{password: hidden}}}}"
    )
    target = KubernetesTarget(str(kubernetes_api.kubeconfig(kubernetes_api.admin_token)))
    result = live.kubernetes(options, target)
    assert result.scanned[0].observer
    assert not [verdict for verdict in result.verdicts if verdict.asset.kind == "secret"]


def test_a_denied_list_is_unread_and_what_hangs_on_it_unknown(
    kubernetes_api: KubernetesApi, namespace: str, options: Options
) -> None:
    kubernetes_api.apply(estate(namespace), GRANT)
    target = KubernetesTarget(str(kubernetes_api.kubeconfig(kubernetes_api.restricted_token)))
    result = live.kubernetes(options, target)
    assert [(gap.because, gap.settle_with) for gap in result.unread] == [
        (
            "restricted may not list networkpolicies.networking.k8s.io",
            "grant list on networkpolicies.networking.k8s.io",
        )
    ]
    outcomes = judged(result, namespace)
    key = f"k8s:core/Namespace/{namespace}"
    assert outcomes["namespace-default-deny", key, "namespace"] is Outcome.UNKNOWN
    assert (
        outcomes["workload-network-isolated", f"k8s:apps/Deployment/{namespace}/web", "workload"]
        is Outcome.UNKNOWN
    )
    assert outcomes["namespace-pod-security", key, "namespace"] is Outcome.FAIL


def test_one_namespace_can_be_looked_at_alone(
    kubernetes_api: KubernetesApi, namespace: str, options: Options
) -> None:
    kubernetes_api.apply(estate(namespace))
    config = str(kubernetes_api.kubeconfig(kubernetes_api.admin_token))
    result = live.kubernetes(options, KubernetesTarget(config, namespaces=(namespace,)))
    assert not result.unread
    assert {key for _, key, _ in judged(result, namespace)} == {
        str(each.asset.key) for each in result.verdicts
    }


def test_wrong_credentials_end_in_one_sentence(kubernetes_api: KubernetesApi, options: Options) -> None:
    target = KubernetesTarget(str(kubernetes_api.kubeconfig("not-a-token")))
    with pytest.raises(UnreachableError, match="credentials of tests are wrong or have expired"):
        live.kubernetes(options, target)


def test_a_server_that_is_down_ends_in_one_sentence(
    kubernetes_api: KubernetesApi, tmp_path: Path, options: Options
) -> None:
    config = tmp_path / "config"
    text = kubernetes_api.kubeconfig(kubernetes_api.admin_token).read_text()
    config.write_text(text.replace(kubernetes_api.url, "https://127.0.0.1:9"))
    with pytest.raises(UnreachableError, match="nobody answers"):
        live.kubernetes(options, KubernetesTarget(str(config)))


@pytest.mark.parametrize("text", ["", "not: [a config", "apiVersion: v1\nkind: Config\n", "[]"])
def test_a_kubeconfig_that_is_none_ends_in_one_sentence(tmp_path: Path, text: str, options: Options) -> None:
    config = tmp_path / "config"
    config.write_text(text)
    with pytest.raises(UnreachableError, match="config"):
        live.kubernetes(options, KubernetesTarget(str(config)))


def test_a_kubeconfig_that_is_not_there_ends_in_one_sentence(tmp_path: Path, options: Options) -> None:
    with pytest.raises(UnreachableError, match="missing"):
        live.kubernetes(options, KubernetesTarget(str(tmp_path / "missing")))


def test_a_sign_in_command_that_fails_is_told(tmp_path: Path, options: Options) -> None:
    config = tmp_path / "config"
    command = "{apiVersion: client.authentication.k8s.io/v1, command: /not/there, interactiveMode: Never}"
    config.write_text(
        "apiVersion: v1\nkind: Config\ncurrent-context: a\n"
        "contexts: [{name: a, context: {cluster: c, user: u}}]\n"
        "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:9'}}]\n"
        f"users: [{{name: u, user: {{exec: {command}}}}}]\n"
    )
    with pytest.raises(UnreachableError, match=r"credentials cannot be had: .*/not/there"):
        live.kubernetes(options, KubernetesTarget(str(config)))
