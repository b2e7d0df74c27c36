"""An object in the kubernetes provider's words gets the verdicts, the keys and the exact lines of the same manifest."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan

POD = """
    apiVersion: v1
    kind: Pod
    metadata: {name: probe, namespace: tools, labels: {my_label: x}}
    spec:
      hostNetwork: true
      automountServiceAccountToken: false
      containers:
      - name: probe
        image: registry.internal/probe:1.4
        ports: [{containerPort: 80, hostPort: 80}]
        env:
        - {name: DB_PASSWORD, value: hunter2hunter2}
        - name: MODE
          valueFrom: {secretKeyRef: {name: mode, key: mode}}
        resources: {limits: {cpu: 500m}, requests: {memory: 128Mi}}
        livenessProbe: {httpGet: {path: /live, port: 8080}}
        volumeMounts: [{name: host, mountPath: /host}]
        securityContext: {privileged: true, capabilities: {add: [NET_ADMIN]}}
      initContainers:
      - {name: first, image: "registry.internal/first:latest", securityContext: {runAsUser: 0}}
      volumes:
      - {name: host, hostPath: {path: /etc}}
"""
POD_IN_TERRAFORM = """
    resource "kubernetes_namespace" "tools" {
      metadata { name = "tools" }
    }
    resource "kubernetes_pod_v1" "probe" {
      metadata {
        name      = "probe"
        namespace = kubernetes_namespace.tools.metadata[0].name
        labels    = { my_label = "x" }
      }
      spec {
        host_network                    = true
        automount_service_account_token = false
        container {
          name  = "probe"
          image = "registry.internal/probe:1.4"
          port {
            container_port = 80
            host_port      = 80
          }
          env {
            name  = "DB_PASSWORD"
            value = "hunter2hunter2"
          }
          env {
            name = "MODE"
            value_from {
              secret_key_ref {
                name = "mode"
                key  = "mode"
              }
            }
          }
          resources {
            limits   = { cpu = "500m" }
            requests = { memory = "128Mi" }
          }
          liveness_probe {
            http_get {
              path = "/live"
              port = 8080
            }
          }
          volume_mount {
            name       = "host"
            mount_path = "/host"
          }
          security_context {
            privileged = true
            capabilities { add = ["NET_ADMIN"] }
          }
        }
        init_container {
          name  = "first"
          image = "registry.internal/first:latest"
          security_context { run_as_user = 0 }
        }
        volume {
          name = "host"
          host_path { path = "/etc" }
        }
      }
    }
"""
SERVICE = """
    apiVersion: v1
    kind: Service
    metadata: {name: front, namespace: shop}
    spec:
      type: LoadBalancer
      selector: {my_app: front}
      loadBalancerSourceRanges: [10.0.0.0/8]
      ports: [{port: 443, targetPort: 8443}]
"""
SERVICE_IN_TERRAFORM = """
    resource "kubernetes_service" "front" {
      metadata {
        name      = "front"
        namespace = "shop"
      }
      spec {
        type                        = "LoadBalancer"
        selector                    = { my_app = "front" }
        load_balancer_source_ranges = ["10.0.0.0/8"]
        port {
          port        = 443
          target_port = 8443
        }
      }
    }
"""
RULES = """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: wide}
    rules:
    - {apiGroups: [""], resources: [secrets], verbs: [get]}
    - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}
"""
RULES_IN_TERRAFORM = """
    resource "kubernetes_cluster_role" "wide" {
      metadata { name = "wide" }
      rule {
        api_groups = [""]
        resources  = ["secrets"]
        verbs      = ["get"]
      }
      rule {
        api_groups = ["*"]
        resources  = ["*"]
        verbs      = ["*"]
      }
    }
"""
VERBATIM = """
    resource "kubernetes_manifest" "wide" {
      manifest = {
        apiVersion = "rbac.authorization.k8s.io/v1"
        kind       = "ClusterRole"
        metadata   = { name = "wide" }
        rules = [
          { apiGroups = [""], resources = ["secrets"], verbs = ["get"] },
          { apiGroups = ["*"], resources = ["*"], verbs = ["*"] },
        ]
      }
    }
"""


def scanned(folder: Path, name: str, text: str) -> ScanResult:
    folder.mkdir()
    (folder / name).write_text(dedent(text), "utf-8")
    return scan(folder)


def told(result: ScanResult) -> set[tuple[str, str, str]]:
    return {
        (each.policy.id, str(each.asset.key), each.outcome.value)
        for each in result.verdicts
        if each.asset.kind != "namespace"
    }


@pytest.mark.parametrize(
    ("manifest", "terraform"),
    [
        (POD, POD_IN_TERRAFORM),
        (SERVICE, SERVICE_IN_TERRAFORM),
        (RULES, RULES_IN_TERRAFORM),
        (RULES, VERBATIM),
    ],
    ids=["pod", "service", "cluster role", "kubernetes_manifest"],
)
def test_an_object_in_terraforms_words_is_the_object(tmp_path: Path, manifest: str, terraform: str) -> None:
    expected = told(scanned(tmp_path / "yaml", "object.yaml", manifest))
    found = told(scanned(tmp_path / "hcl", "main.tf", terraform))
    assert found == expected
    assert {outcome for _, _, outcome in expected} - {"not_applicable"}


def test_a_finding_leads_to_the_line_in_terraforms_words(tmp_path: Path) -> None:
    result = scanned(tmp_path / "hcl", "main.tf", POD_IN_TERRAFORM)
    lines = dedent(POD_IN_TERRAFORM).splitlines()
    at = {
        each.policy.id: lines[each.places[0].line - 1].strip()
        for each in result.verdicts
        if each.outcome is Outcome.FAIL and each.asset.name.endswith("/probe")
    }
    assert at["container-not-privileged"] == "privileged = true"
    assert at["container-no-host-ports"] == "host_port      = 80"


def test_a_plan_holds_blocks_as_lists_and_gives_the_same(tmp_path: Path) -> None:
    values = {
        "metadata": [{"name": "front", "namespace": "shop", "annotations": None, "labels": None}],
        "spec": [
            {
                "type": "LoadBalancer",
                "selector": {"my_app": "front"},
                "load_balancer_source_ranges": ["10.0.0.0/8"],
                "external_name": None,
                "port": [{"port": 443, "target_port": "8443", "name": ""}],
            }
        ],
        "wait_for_load_balancer": True,
    }
    planned = {
        "address": "kubernetes_service.front",
        "mode": "managed",
        "type": "kubernetes_service",
        "name": "front",
        "provider_name": "registry.terraform.io/hashicorp/kubernetes",
    }
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "complete": True,
        "planned_values": {"root_module": {"resources": [{**planned, "values": values}]}},
        "resource_changes": [
            {
                **planned,
                "change": {"actions": ["create"], "before": None, "after": values, "after_unknown": {}},
            }
        ],
        "configuration": {"root_module": {}},
    }
    found = told(scanned(tmp_path / "plan", "plan.json", json.dumps(plan)))
    assert found == told(scanned(tmp_path / "yaml", "object.yaml", SERVICE))


def test_what_is_not_known_stays_so(tmp_path: Path) -> None:
    text = POD_IN_TERRAFORM.replace("privileged = true", "privileged = var.x") + '\n    variable "x" {}\n'
    result = scanned(tmp_path / "hcl", "main.tf", text)
    outcomes = {
        each.outcome
        for each in result.verdicts
        if each.policy.id == "container-not-privileged" and each.asset.name.endswith("/probe")
    }
    assert outcomes == {Outcome.UNKNOWN}


def test_a_policy_in_terraform_isolates_workloads_of_manifests_beside_it(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n", "utf-8")
    (tmp_path / "main.tf").write_text(
        dedent("""
            resource "kubernetes_network_policy" "deny" {
              metadata {
                name      = "deny"
                namespace = "shop"
              }
              spec {
                pod_selector {}
                policy_types = ["Ingress", "Egress"]
              }
            }
        """),
        "utf-8",
    )
    outcomes = {each.policy.id: each.outcome for each in scan(tmp_path).verdicts}
    assert outcomes["namespace-default-deny"] is Outcome.PASS
    assert outcomes["namespace-egress-default-deny"] is Outcome.PASS
