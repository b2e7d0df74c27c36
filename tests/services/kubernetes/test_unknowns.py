"""What is filled in when applied: it never passes for what it may spoil, and is placed where it stands."""

from __future__ import annotations

import pytest

from tests.services.kubernetes.test_assets import (
    NAMESPACE,
    container,
    live,
    manifest,
    pod,
    policy,
    role,
    value,
)
from tfaudit.model.settings import Known, Unknown


def twice(key: str) -> str:
    """Annotations in which a key stands twice, so that its value is not known."""
    return f"{{{key}: 'true', {key}: 'false'}}"


@pytest.mark.parametrize(
    "context", ["privileged: '${X}'", "privileged: '${X}', seccompProfile: {type: Localhost}"]
)
def test_a_profile_holds_only_where_the_container_is_not_privileged(context: str) -> None:
    spec = ", securityContext: {seccompProfile: {type: RuntimeDefault}}"
    text = pod(f"{{containers: [{{name: c, image: x:1, securityContext: {{{context}}}}}]{spec}}}")
    found = manifest(text)
    assert value(found["container web/c"], "seccomp") == "unknown"
    assert value(found["workload web"], "seccomp") == "unknown"


def test_a_container_that_is_surely_unconfined_decides_whatever_another_is() -> None:
    unsure = "{name: a, securityContext: {seccompProfile: {type: '${X}'}}}"
    bare = "{name: b, securityContext: {seccompProfile: {type: Unconfined}}}"
    found = manifest(pod(f"{{containers: [{unsure}, {bare}]}}"))["workload web"].settings["seccomp"]
    assert isinstance(found, Known)
    assert (found.value, found.path) == (
        "Unconfined",
        ("spec", "containers", 1, "securityContext", "seccompProfile", "type"),
    )


@pytest.mark.parametrize(
    ("own", "setting"),
    [
        ("securityContext: {runAsNonRoot: true}", "run_as_root"),
        ("securityContext: {windowsOptions: {hostProcess: true}}", "privileged"),
        ("securityContext: {capabilities: {drop: [ALL]}}", "capabilities.drop_all"),
        ("securityContext: {readOnlyRootFilesystem: true}", "read_only_root"),
    ],
)
def test_settings_of_linux_are_open_where_the_system_is(own: str, setting: str) -> None:
    assert value(container(own, ", os: {name: '${OS}'}"), setting) == "unknown"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ("[{type: Container, default: {memory: 1Gi}}]", "1Gi"),
        ("[{type: Pod, default: {memory: 1Gi}}]", ""),
        ("[{type: '${KIND}', default: {memory: 1Gi}}]", "unknown"),
        ("'${LIMITS}'", "unknown"),
    ],
)
def test_what_a_namespace_gives_by_default(limits: str, expected: str) -> None:
    ranges = (
        "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: l, namespace: shop}\n"
        f"spec: {{limits: {limits}}}\n"
    )
    found = manifest(pod("{containers: [{name: c, image: x:1}]}") + ranges)["container web/c"]
    assert value(found, "resources.memory_limit") == expected


def test_a_direction_that_is_not_known_may_be_any() -> None:
    found = manifest(NAMESPACE + policy("{podSelector: {}, policyTypes: [Ingress, '${X}']}"))
    assert value(found["namespace shop"], "default_deny_ingress") is True
    assert value(found["namespace shop"], "default_deny_egress") == "unknown"


def test_a_selector_with_labels_denies_nothing_by_default_whatever_the_directions() -> None:
    found = manifest(NAMESPACE + policy("{podSelector: {matchLabels: {a: b}}, policyTypes: '${X}'}"))
    assert value(found["namespace shop"], "default_deny_ingress") is False


def test_an_open_rule_stands_at_the_range_that_is_known() -> None:
    peers = "[{ipBlock: {cidr: '${OFFICE}'}}, {ipBlock: {cidr: 0.0.0.0/0}}]"
    found = manifest(policy(f"{{podSelector: {{}}, ingress: [{{from: {peers}}}]}}"))["network_policy p"]
    setting = found.settings["open_to_world"]
    assert isinstance(setting, Known)
    assert setting.path == ("spec", "ingress", 0, "from", 1, "ipBlock", "cidr")


@pytest.mark.parametrize("cidr", ["0.0.0.0/2", "::/1"])
def test_a_part_of_the_world_is_the_world_as_in_every_firewall(cidr: str) -> None:
    text = policy(f"{{podSelector: {{}}, ingress: [{{from: [{{ipBlock: {{cidr: '{cidr}'}}}}]}}]}}")
    assert value(manifest(text)["network_policy p"], "open_to_world") is True


def test_a_level_that_is_not_known_is_not_the_default() -> None:
    text = NAMESPACE.replace("name: shop", "name: shop, labels: '${LABELS}'")
    assert value(manifest(text)["namespace shop"], "pod_security_level") == "unknown"


@pytest.mark.parametrize("annotations", ["'${ALL}'", twice("networking.gke.io/load-balancer-type")])
def test_an_annotation_that_is_not_known_may_keep_a_balancer_inside(annotations: str) -> None:
    text = (
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: s, annotations: {annotations}}}\n"
        "spec: {type: LoadBalancer}\n"
    )
    assert value(manifest(text)["service s"], "network.public") == "unknown"


INGRESS = "apiVersion: networking.k8s.io/v1\nkind: Ingress\n"


@pytest.mark.parametrize(
    ("annotations", "spec", "expected"),
    [
        ("{}", "{tls: [{hosts: ['${HOST}']}], rules: [{host: a.example}]}", "unknown"),
        ("{}", "{tls: [{hosts: ['${HOST}', a.example]}], rules: [{host: a.example}]}", True),
        ("{}", "{tls: [{hosts: [a.example]}], rules: [{host: '${HOST}'}, {host: b.example}]}", False),
        ("{}", "{tls: '${TLS}'}", "unknown"),
        (twice("haproxy.org/ssl-redirect"), "{tls: [{secretName: x}]}", "unknown"),
        (twice("haproxy.org/ssl-redirect"), "{rules: [{host: a.example}]}", False),
        (twice("alb.ingress.kubernetes.io/certificate-arn"), "{rules: [{host: a.example}]}", "unknown"),
        ("'${ALL}'", "{tls: [{hosts: [a.example]}], rules: [{host: b.example}]}", "unknown"),
    ],
)
def test_whether_an_ingress_requires_tls(annotations: str, spec: str, expected: object) -> None:
    text = f"{INGRESS}metadata: {{name: i, annotations: {annotations}}}\nspec: {spec}\n"
    assert value(manifest(text)["ingress i"], "tls.required") == expected


def test_an_unknown_is_placed_at_the_rule_that_is_not_known() -> None:
    setting = role("[{apiGroups: [''], resources: [pods], verbs: [get, '${VERB}']}]").settings[
        "wildcard_actions"
    ]
    assert isinstance(setting, Unknown)
    assert setting.path == ("rules", 0)


def test_a_binding_of_the_server_s_own_with_subjects_that_are_not_known_is_judged() -> None:
    text = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n"
        "metadata: {name: b, labels: {kubernetes.io/bootstrapping: rbac-defaults}}\n"
        "roleRef: {kind: ClusterRole, name: cluster-admin}\nsubjects: '${WHO}'\n"
    )
    assert list(manifest(text)) == ["role_binding b"]


def test_a_role_gathers_rules_in_manifests_and_has_them_in_a_cluster() -> None:
    body = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "r"},
        "aggregationRule": {},
        "rules": [],
    }
    assert value(live(body)["role r"], "admin") is False
    assert value(role("[]", more="aggregationRule: {}\n"), "admin") == "unknown"


@pytest.mark.parametrize(
    ("data", "expected"),
    [("data: {a: YQ==}", True), ("data: '${ALL}'", "unknown"), ("data: {a: '${ONE}'}", False)],
)
def test_a_secret_that_is_filled_in_is_no_literal(data: str, expected: object) -> None:
    text = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\n{data}\n"
    assert value(manifest(text)["secret s"], "inline") == expected


def test_a_secret_s_own_line_is_that_of_the_password() -> None:
    text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {user: u, password: p}\n"
    setting = manifest(text)["secret s"].settings["inline"]
    assert isinstance(setting, Known)
    assert setting.path == ("stringData", "password")
