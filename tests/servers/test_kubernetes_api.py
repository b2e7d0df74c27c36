from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.servers.kubernetes_api import Refused
from tests.servers.processes import Missing, tool

if TYPE_CHECKING:
    from tests.servers.kubernetes_api import KubernetesApi

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
"""

READER = """
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [apps], resources: [deployments], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: restricted}]
"""


def deployments(namespace: str) -> str:
    return f"/apis/apps/v1/namespaces/{namespace}/deployments"


def test_an_applied_deployment_is_there_with_the_servers_defaults(
    kubernetes_api: KubernetesApi, namespace: str
) -> None:
    kubernetes_api.apply(DEPLOYMENT, namespace=namespace)

    [web] = kubernetes_api.request("GET", deployments(namespace))["items"]

    assert web["metadata"]["name"] == "web"
    assert web["spec"]["replicas"] == 1


def test_a_field_that_the_schema_does_not_know_is_refused(
    kubernetes_api: KubernetesApi, namespace: str
) -> None:
    with pytest.raises(Refused, match=r"spec\.replica"):
        kubernetes_api.apply(DEPLOYMENT + "  replica: 2\n", namespace=namespace)


def test_a_restricted_user_may_read_what_a_role_grants_and_nothing_else(
    kubernetes_api: KubernetesApi, namespace: str
) -> None:
    restricted = kubernetes_api.restricted_token
    with pytest.raises(Refused, match="forbidden") as refused:
        kubernetes_api.request("GET", deployments(namespace), token=restricted)
    assert refused.value.status == 403

    kubernetes_api.apply(READER, namespace=namespace)

    assert kubernetes_api.request("GET", deployments(namespace), token=restricted)["items"] == []
    with pytest.raises(Refused, match="forbidden"):
        kubernetes_api.request("GET", "/api/v1/secrets", token=restricted)


def test_kubectl_works_with_the_kubeconfig(kubernetes_api: KubernetesApi) -> None:
    try:
        kubectl = tool("kubectl", "install kubectl")
    except Missing as missing:
        pytest.skip(str(missing))
    config = kubernetes_api.kubeconfig(kubernetes_api.admin_token)

    done = subprocess.run(
        [kubectl, f"--kubeconfig={config}", "get", "namespaces", "--output=name"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "namespace/default" in done.stdout.splitlines()
