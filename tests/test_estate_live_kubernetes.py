"""The example estate in a real Kubernetes API server: manifests and cluster get equal verdicts.

The server checks every manifest against its schema; nothing runs the workloads, which is all that a scanner needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.servers.kubernetes_api import KubernetesApi

ESTATE = Path(__file__).parents[1] / "examples" / "estate"

# May list everything that is asked for, but not network policies.
ALMOST_ALL = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: auditor}
rules:
  - {apiGroups: [apps, batch, rbac.authorization.k8s.io], resources: ["*"], verbs: [list]}
  - {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [list]}
  - apiGroups: [""]
    resources:
      [limitranges, namespaces, pods, replicationcontrollers, resourcequotas, services, serviceaccounts]
    verbs: [list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: auditor}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: auditor}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: restricted}]
"""

# What the manifests cannot tell, and the cluster does.
SETTLED: dict[str, dict[tuple[str, str], tuple[str, str | None]]] = {
    "sound": {},
    "faulty": {
        # A role of another team: nobody has made it in this cluster, so that the binding gives nothing.
        (
            "role-binding-no-cluster-admin",
            "k8s:rbac.authorization.k8s.io/ClusterRoleBinding/directory-operators",
        ): ("unknown", "pass"),
    },
}

Report = dict[str, Any]
Outcomes = dict[tuple[str, str], str]


def manifests(variant: str) -> list[Path]:
    """The files, namespaces first: what stands in them comes after."""
    return sorted(
        (ESTATE / variant / "kubernetes").glob("*.yaml"), key=lambda path: path.name != "namespaces.yaml"
    )


def scanned(variant: str) -> Report:
    done = tfaudit("scan", ESTATE / variant / "kubernetes", "-o", "json", cwd=ESTATE)
    return dict(json.loads(done.stdout))


def seen(api: KubernetesApi, token: str, folder: Path) -> tuple[int, Report]:
    """The exit code and report of `tfaudit live kubernetes`, as the user with this token."""
    done = tfaudit("live", "kubernetes", "--kubeconfig", api.kubeconfig(token), "-o", "json", cwd=folder)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def outcomes(report: Report) -> Outcomes:
    """How each policy came out for each object."""
    return {(each["policy"], each["asset"]["key"]): each["outcome"] for each in report["verdicts"]}


def different(code: Outcomes, live: Outcomes) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Both outcomes where they are not the same."""
    return {one: (code[one], live.get(one)) for one in code if code[one] != live.get(one)}


@pytest.fixture(params=["sound", "faulty"])
def variant(request: pytest.FixtureRequest, kubernetes_api: KubernetesApi) -> Iterator[str]:
    """A variant whose manifests stand in the cluster."""
    files = manifests(request.param)
    kubernetes_api.apply(*files)
    yield request.param
    kubernetes_api.delete(*reversed(files))


def test_manifests_and_cluster_agree(variant: str, kubernetes_api: KubernetesApi, tmp_path: Path) -> None:
    code = outcomes(scanned(variant))
    _, report = seen(kubernetes_api, kubernetes_api.admin_token, tmp_path)
    live = outcomes(report)

    assert report["unread"] == []
    assert different(code, live) == SETTLED[variant]
    assert len(code) > 150


def test_a_user_who_may_list_nothing_is_told_what_to_grant(
    variant: str, kubernetes_api: KubernetesApi, tmp_path: Path
) -> None:
    code, report = seen(kubernetes_api, kubernetes_api.stranger_token, tmp_path)

    assert code == 3
    assert report["verdicts"] == []
    told = {gap["place"]["origin"]: gap["because"] for gap in report["unread"]}
    assert told["GET /apis/apps/v1/deployments"] == "stranger may not list deployments.apps"
    grants = {gap["settle_with"] for gap in report["unread"]}
    assert "grant list on networkpolicies.networking.k8s.io" in grants


def test_what_a_denied_list_would_tell_is_unknown_and_not_a_finding(
    variant: str, kubernetes_api: KubernetesApi, tmp_path: Path
) -> None:
    kubernetes_api.apply(ALMOST_ALL)
    try:
        _, report = seen(kubernetes_api, kubernetes_api.restricted_token, tmp_path)
    finally:
        kubernetes_api.delete(ALMOST_ALL)

    assert [gap["settle_with"] for gap in report["unread"]] == [
        "grant list on networkpolicies.networking.k8s.io"
    ]
    code, live = outcomes(scanned(variant)), outcomes(report)
    isolated = {
        one: live[one] for one in code if one[0] in ("workload-network-isolated", "namespace-default-deny")
    }
    assert set(isolated.values()) == {"unknown"}
    asked_of_policies = (
        "workload-network-isolated",
        "namespace-default-deny",
        "namespace-egress-default-deny",
    )
    others = {one for one in code if one[0] not in (*asked_of_policies, "network-policy-not-open")}
    assert different({one: code[one] for one in others}, live) == SETTLED[variant]
