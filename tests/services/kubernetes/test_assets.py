"""What manifests say of assets: settings with their place, their default, or why they are not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Limits, Resource
from tfaudit.model.settings import Default, Known, NotApplicable, Unknown
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.kubernetes import read_manifest, resource_of

if TYPE_CHECKING:
    from collections.abc import Iterable

REGISTRY = Registry()


def judged(found: Iterable[Any]) -> dict[str, Asset]:
    """The assets by kind and name."""
    resources = [each for each in found if isinstance(each, Resource)]
    made = list(assets(resources, REGISTRY))
    assert all(isinstance(each, Asset) for each in made), made
    return {f"{each.kind} {each.name}": each for each in made if isinstance(each, Asset)}


def manifest(text: str) -> dict[str, Asset]:
    return judged(read_manifest(text.encode(), "a.yaml", Limits()))


def value(asset: Asset, name: str) -> Any:
    """The setting's value; `unknown` and `n/a` for those that have none."""
    match asset.settings[name]:
        case Known(value=known) | Default(value=known):
            return known
        case Unknown():
            return "unknown"
        case NotApplicable():
            return "n/a"


def pod(spec: str, kind: str = "Pod", **metadata: str) -> str:
    named = {"name": "web", "namespace": "shop", **metadata}
    return f"apiVersion: v1\nkind: {kind}\nmetadata: {named}\nspec: {spec}\n"


def container(text: str, spec: str = "") -> Asset:
    """The asset of a container with the given fields, in a pod with the given fields."""
    found = manifest(pod(f"{{containers: [{{name: c, image: x:1{', ' + text if text else ''}}}]{spec}}}"))
    return found["container web/c"]


@pytest.mark.parametrize(
    ("own", "of_pod", "expected"),
    [
        ("", "", True),  # nothing states a user
        ("securityContext: {runAsNonRoot: true}", "", False),
        ("securityContext: {runAsNonRoot: false}", "", True),
        ("securityContext: {runAsUser: 0}", "", True),
        ("securityContext: {runAsUser: 1000}", "", False),
        ("", ", securityContext: {runAsNonRoot: true}", False),
        ("", ", securityContext: {runAsUser: 0}", True),
        ("securityContext: {runAsUser: 1000}", ", securityContext: {runAsUser: 0}", False),
        (
            "securityContext: {runAsNonRoot: false, runAsUser: 0}",
            ", securityContext: {runAsNonRoot: true}",
            True,
        ),
        ("", ", os: {name: windows}", "n/a"),
    ],
)
def test_who_a_container_runs_as(own: str, of_pod: str, expected: object) -> None:
    assert value(container(own, of_pod), "run_as_root") == expected


@pytest.mark.parametrize(
    ("text", "setting", "expected"),
    [
        ("", "privileged", False),
        ("", "privilege_escalation", True),
        ("securityContext: {privileged: true}", "privilege_escalation", True),
        ("securityContext: {allowPrivilegeEscalation: false}", "privilege_escalation", False),
        ("securityContext: {capabilities: {drop: [all]}}", "capabilities.drop_all", True),
        ("securityContext: {capabilities: {add: [CAP_net_admin]}}", "capabilities.added", ["NET_ADMIN"]),
        ("", "read_only_root", False),
        ("resources: {limits: {cpu: 1}}", "resources.cpu_limit", "1"),
        ("resources: {limits: {cpu: 1}}", "resources.cpu_request", "1"),
        ("", "resources.memory_limit", ""),
        ("ports: [{containerPort: 1, hostPort: 2}]", "host_ports", ["2"]),
        ("livenessProbe: {exec: {}}", "probes.liveness", True),
        ("", "probes.readiness", False),
        ("env: [{name: A, valueFrom: {configMapKeyRef: {}}}]", "secrets_in_environment", False),
        ("env: [{name: A_TOKEN, value: abc}]", "inline_secrets", True),
        ("env: [{name: A_TOKEN, value: $(OTHER)}]", "inline_secrets", False),
    ],
)
def test_what_a_container_says(text: str, setting: str, expected: object) -> None:
    assert value(container(text), setting) == expected


@pytest.mark.parametrize(
    ("image", "registry", "pinned"),
    [
        ("nginx", "docker.io", False),
        ("nginx:latest", "docker.io", False),
        ("nginx:1.25", "docker.io", True),
        ("library/nginx:1", "docker.io", True),
        ("registry.example:5000/a/b", "registry.example:5000", False),
        ("localhost/a:2", "localhost", True),
        (f"gcr.io/a/b@sha256:{'0' * 64}", "gcr.io", True),
        (f"gcr.io/a/b:3@sha256:{'0' * 64}", "gcr.io", True),
    ],
)
def test_what_an_image_is(image: str, registry: str, pinned: bool) -> None:
    found = manifest(pod(f"{{containers: [{{name: c, image: '{image}'}}]}}"))["container web/c"]
    assert [value(found, name) for name in ("image.registry", "image.pinned")] == [registry, pinned]


def test_every_kind_of_workload_has_its_containers() -> None:
    spec = "{containers: [{name: a}], initContainers: [{name: b}]}"
    template = f"{{template: {{spec: {spec}}}}}"
    found: dict[str, Asset] = {}
    for version, kind, text in [
        ("v1", "Pod", spec),
        ("v1", "ReplicationController", template),
        *(("apps/v1", kind, template) for kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")),
        ("batch/v1", "Job", template),
        ("batch/v1", "CronJob", f"{{jobTemplate: {{spec: {template}}}}}"),
    ]:
        found |= manifest(
            f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {kind.lower()}}}\nspec: {text}\n"
        )
    assert len([each for each in found if each.startswith("workload ")]) == 8
    assert len([each for each in found if each.startswith("container ")]) == 16
    cron = found["container cronjob/b"]
    assert cron.key == "k8s:batch/CronJob/default/cronjob/b"
    assert cron.address == "batch/CronJob default/cronjob#initContainers.b"


def test_what_a_judged_controller_made_is_judged_by_it_alone() -> None:
    owned = "apiVersion: v1\nkind: Pod\nmetadata: {{name: p, ownerReferences: [{{kind: {0}, controller: true}}]}}\n"
    assert not manifest(owned.format("ReplicaSet"))
    assert "workload p" in manifest(owned.format("Rollout"))


QUIET = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: quiet, namespace: shop}\n"


@pytest.mark.parametrize(
    ("spec", "account", "expected"),
    [
        ("", "", True),
        (", automountServiceAccountToken: false", "", False),
        (", serviceAccountName: quiet", "automountServiceAccountToken: false\n", False),
        (", serviceAccountName: quiet", "", True),
        (", serviceAccountName: other", "automountServiceAccountToken: false\n", True),
        (
            ", serviceAccountName: quiet, automountServiceAccountToken: true",
            "automountServiceAccountToken: false\n",
            True,
        ),
        (", serviceAccountName: '${WHO}'", "", "unknown"),
    ],
)
def test_whether_a_token_is_mounted(spec: str, account: str, expected: object) -> None:
    found = manifest(pod(f"{{containers: []{spec}}}") + QUIET + account)
    assert value(found["workload web"], "token_mounted") == expected


def policy(spec: str, name: str = "p") -> str:
    return (
        f"---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
        f"metadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n"
    )


NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"


@pytest.mark.parametrize(
    ("policies", "ingress", "egress"),
    [
        ("", False, False),
        (policy("{podSelector: {}}"), True, False),
        (policy("{podSelector: {}, policyTypes: [Egress]}"), False, True),
        (policy("{podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]}"), True, False),
        (policy("{podSelector: {}, egress: [{to: []}]}"), True, False),
        (policy("{podSelector: {matchLabels: {a: b}}, policyTypes: [Ingress, Egress]}"), False, False),
        (policy("{podSelector: {}, ingress: [{}]}"), False, False),
        (policy("{podSelector: {matchLabels: {}}}"), True, False),
        (policy("{podSelector: '${X}'}"), "unknown", False),
        (
            policy("{}").replace("networking.k8s.io/v1", "cilium.io/v2").replace("Network", "CiliumNetwork"),
            "unknown",
            "unknown",
        ),
    ],
)
def test_what_a_namespace_denies_by_default(policies: str, ingress: object, egress: object) -> None:
    found = manifest(NAMESPACE + policies)["namespace shop"]
    assert [value(found, f"default_deny_{name}") for name in ("ingress", "egress")] == [ingress, egress]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("{}", True),
        ("{matchLabels: {app: web}}", True),
        ("{matchLabels: {app: web, tier: front}}", False),
        ("{matchLabels: {version: '1.0'}}", True),
        ("{matchExpressions: [{key: app, operator: In, values: [web]}]}", True),
        ("{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}", False),
        ("{matchExpressions: [{key: app, operator: Exists}]}", True),
        ("{matchExpressions: [{key: app, operator: DoesNotExist}]}", False),
        ("{matchExpressions: [{key: gone, operator: NotIn, values: [x]}]}", True),
        ("{matchLabels: {app: '${X}'}}", "unknown"),
    ],
)
def test_which_policies_reach_a_workload(selector: str, expected: object) -> None:
    workload = pod("{containers: []}", labels={"app": "web", "version": 1.0})  # type: ignore[arg-type]
    assert (
        value(manifest(workload + policy(f"{{podSelector: {selector}}}"))["workload web"], "network.isolated")
        == expected
    )


@pytest.mark.parametrize(
    ("host", "expected"), [("", True), (", hostNetwork: true", False), (", hostNetwork: '${X}'", "unknown")]
)
def test_no_policy_reaches_a_pod_in_its_node_s_network(host: str, expected: object) -> None:
    workload = pod(f"{{containers: []{host}}}", labels={"app": "web"})  # type: ignore[arg-type]
    found = manifest(workload + policy("{podSelector: {}}"))["workload web"]
    assert value(found, "network.isolated") == expected


@pytest.mark.parametrize(
    ("kind", "name", "namespace", "admin"),
    [
        ("ClusterRole", "view", "shop", False),
        ("Role", "view", "shop", "unknown"),
        ("Role", "extension-apiserver-authentication-reader", "kube-system", False),
        ("ClusterRole", "extension-apiserver-authentication-reader", "shop", "unknown"),
        ("Role", "system:controller:x", "kube-system", False),
    ],
)
def test_which_roles_come_with_a_cluster(kind: str, name: str, namespace: str, admin: object) -> None:
    binding = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n"
        f"metadata: {{name: b, namespace: {namespace}}}\nsubjects: []\n"
        f"roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {kind}, name: '{name}'}}\n"
    )
    assert value(manifest(binding)["role_binding b"], "admin") == admin


def test_a_cluster_role_is_in_no_namespace_whatever_its_manifest_says() -> None:
    group = "rbac.authorization.k8s.io"
    text = (
        f"apiVersion: {group}/v1\nkind: ClusterRole\nmetadata: {{name: router, namespace: kube-system}}\n"
        'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]\n---\n'
        f"apiVersion: {group}/v1\nkind: ClusterRoleBinding\nmetadata: {{name: b, namespace: shop}}\n"
        f"roleRef: {{apiGroup: {group}, kind: ClusterRole, name: router}}\nsubjects: []\n"
    )
    assert value(manifest(text)["role_binding b"], "admin") is False
    every = text.replace('[""]', '["*"]').replace("[pods]", '["*"]').replace("[get]", '["*"]')
    assert value(manifest(every)["role_binding b"], "admin") is True


def role(rules: str, kind: str = "ClusterRole", more: str = "") -> Asset:
    text = f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: r}}\nrules: {rules}\n{more}"
    return manifest(text)["role r"]


ALL = '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}'


@pytest.mark.parametrize(
    ("rules", "admin", "secrets", "escalates"),
    [
        ("[]", False, False, False),
        (f"[{ALL}]", True, True, True),
        ('[{apiGroups: [""], resources: [pods], verbs: [get]}]', False, False, False),
        ('[{apiGroups: [""], resources: [secrets], verbs: [watch]}]', False, True, False),
        ('[{apiGroups: [""], resources: [secrets], verbs: [create]}]', False, False, False),
        ('[{apiGroups: [apps], resources: ["*"], verbs: [get]}]', False, False, False),
        ('[{apiGroups: [""], resources: ["*/exec"], verbs: [create]}]', False, False, True),
        ('[{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}]', False, False, True),
        ('[{apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]}]', False, False, True),
        ('[{nonResourceURLs: ["*"], verbs: ["*"]}]', False, False, False),
    ],
)
def test_what_a_role_allows(rules: str, admin: object, secrets: object, escalates: object) -> None:
    found = role(rules)
    assert [value(found, name) for name in ("admin", "reads_secrets", "escalates")] == [
        admin,
        secrets,
        escalates,
    ]


def test_a_role_of_a_namespace_does_not_reach_what_is_above_it() -> None:
    rules = '[{apiGroups: [""], resources: [nodes/proxy, users], verbs: [get, impersonate]}]'
    assert value(role(rules, "Role"), "escalates") is False
    assert value(role(rules, "ClusterRole"), "escalates") is True


def test_a_role_that_is_gathered_from_others_is_known_live_only() -> None:
    more = "aggregationRule: {clusterRoleSelectors: []}\n"
    assert value(role("[]", more=more), "wildcard_actions") == "unknown"


@pytest.mark.parametrize(
    ("type_", "more", "annotation", "public"),
    [
        ("ClusterIP", "", "", False),
        ("LoadBalancer", "", "", True),
        ("NodePort", "", "", "unknown"),
        ("ClusterIP", ", externalIPs: [203.0.113.1]", "", True),
        ("LoadBalancer", "", "service.beta.kubernetes.io/aws-load-balancer-internal: 'true'", False),
        ("LoadBalancer", "", "service.beta.kubernetes.io/azure-load-balancer-internal: true", False),
        ("LoadBalancer", "", "networking.gke.io/load-balancer-type: Internal", False),
        ("LoadBalancer", "", "service.beta.kubernetes.io/aws-load-balancer-internal: 'false'", True),
        ("LoadBalancer", ", loadBalancerClass: a/b", "", "unknown"),
    ],
)
def test_whether_a_service_is_public(type_: str, more: str, annotation: str, public: object) -> None:
    metadata = f"{{name: s, annotations: {{{annotation}}}}}"
    text = f"apiVersion: v1\nkind: Service\nmetadata: {metadata}\nspec: {{type: {type_}{more}}}\n"
    assert value(manifest(text)["service s"], "network.public") == public


def live(*objects: dict[str, Any]) -> dict[str, Asset]:
    return judged(resource_of(each, "recorded") for each in objects)


def test_what_a_denied_list_would_tell_is_not_known() -> None:
    refused = "auditor may not list networkpolicies.networking.k8s.io"
    found = live(
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}},
        {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "@denied": refused},
    )
    assert list(found) == ["namespace shop"]
    setting = found["namespace shop"].settings["default_deny_ingress"]
    assert isinstance(setting, Unknown)
    assert setting.because == refused


def test_what_the_cluster_brings_along_is_not_judged() -> None:
    bootstrap = {"labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}}
    rbac = "rbac.authorization.k8s.io/v1"
    admin = {"kind": "ClusterRole", "name": "cluster-admin"}
    system = {"kind": "Group", "name": "system:masters"}
    binding = {"apiVersion": rbac, "kind": "ClusterRoleBinding", "roleRef": admin}
    found = live(
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system"}},
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "x", "namespace": "kube-system"}},
        {
            "apiVersion": "apps/v1",
            "kind": "DaemonSet",
            "metadata": {
                "name": "kube-proxy",
                "namespace": "kube-system",
                "labels": {"k8s-app": "kube-proxy"},
            },
            "spec": {"template": {"spec": {"containers": [{"name": "a"}]}}},
        },
        {
            "apiVersion": rbac,
            "kind": "ClusterRole",
            "metadata": {"name": "cluster-admin", **bootstrap},
            "rules": [],
        },
        {**binding, "metadata": {"name": "cluster-admin", **bootstrap}, "subjects": [system]},
        {
            **binding,
            "metadata": {"name": "changed", **bootstrap},
            "subjects": [{"kind": "User", "name": "eve"}],
        },
        {
            "apiVersion": "apps/v1",
            "kind": "DaemonSet",
            "metadata": {"name": "ours", "namespace": "kube-system"},
        },
    )
    assert sorted(found) == ["role_binding changed", "workload ours"]


def test_keys_are_the_same_from_a_manifest_and_from_the_cluster() -> None:
    declared = manifest(pod("{containers: [{name: c}]}"))
    body = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop"}}
    running = live({**body, "spec": {"containers": [{"name": "c"}]}})
    assert {(each.key, each.address) for each in declared.values()} == {
        (each.key, each.address) for each in running.values()
    }
    assert declared["container web/c"].key == "k8s:core/Pod/shop/web/c"


@pytest.mark.parametrize(
    "text",
    [
        "metadata: []\nspec: []\n",
        "metadata: {name: [1]}\nspec: {containers: {}}\n",
        "metadata: {name: a, labels: [], annotations: 5}\nspec: {containers: [null, 5, {name: [x], env: [1]}]}\n",
        "metadata: {name: a}\nspec: {podSelector: 5, ingress: [5, {from: [1]}], ports: [x], tls: [1], rules: [1]}\n",
        "metadata: {name: a}\nspec: {containers: [{securityContext: 5, resources: [], image: [1]}], volumes: [5]}\n",
        "metadata: {name: a}\nspec: text\n",
        "metadata: {name: a}\n",
    ],
)
@pytest.mark.parametrize(
    "kind",
    [
        *(f"v1/{kind}" for kind in ("Pod", "Service", "Namespace", "Secret", "ServiceAccount", "LimitRange")),
        "networking.k8s.io/v1/Ingress",
        "networking.k8s.io/v1/NetworkPolicy",
        "rbac.authorization.k8s.io/v1/Role",
        "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
    ],
)
def test_nothing_breaks_on_what_no_api_server_would_take(kind: str, text: str) -> None:
    version, _, name = kind.rpartition("/")
    more = "rules: [5, {verbs: x}]\nsubjects: [1, {name: [2]}]\nroleRef: 5\ndata: []\nstringData: 7\n"
    for each in manifest(f"apiVersion: {version}\nkind: {name}\n{text}{more}").values():
        for setting in each.settings:
            value(each, setting)
