"""Programs of a control plane in static pods: what their flags say, however they are written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, values
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.kubernetes import resource_of


def found(**container: Any) -> list[Asset]:
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "pod", "namespace": "kube-system"},
        "spec": {"containers": [{"name": "c", "image": "registry.example/c:1", **container}]},
    }
    made = assets([resource_of(pod, "pod.yaml")], Registry(), frozenset({"control_plane"}))
    return [each for each in made if isinstance(each, Asset)]


def told(setting: str, **container: Any) -> Any:
    (one,) = found(**container)
    return values(one, [setting])[setting]


@pytest.mark.parametrize(
    ("container", "profiling"),
    [
        ({"command": ["kube-apiserver", "--profiling=false"]}, False),
        ({"command": ["/usr/local/bin/kube-apiserver"], "args": ["--profiling=false"]}, False),
        ({"image": "registry.k8s.io/kube-apiserver:v1.34.1@sha256:0a", "args": ["--profiling=False"]}, False),
        ({"command": ["sh", "-c", "exec kube-apiserver --v=2 --profiling=false 2>&1"]}, False),
        ({"command": ["kube-apiserver", "--profiling=false", "--profiling=true"]}, True),
        ({"command": ["kube-apiserver", "--profiling=true"], "args": ["--profiling=false"]}, False),
        ({"command": ["kube-apiserver", "--profiling"]}, True),
        ({"command": ["kube-apiserver", "--no-profiling=false"]}, True),
        ({"command": ["kube-apiserver"]}, True),
        ({"command": ["kube-apiserver", "--profiling=perhaps"]}, UNKNOWN),
        ({"command": ["kube-apiserver", "--profiling=$(P)"]}, UNKNOWN),
        ({"command": ["kube-apiserver", "$(MORE)"]}, UNKNOWN),
    ],
)
def test_a_flag_counts_as_the_program_takes_it(container: dict[str, Any], profiling: object) -> None:
    assert told("profiling", **container) == profiling


def test_a_value_may_stand_after_its_flag_and_a_name_may_have_underscores() -> None:
    command = ["kube-apiserver", "--authorization_mode", "Node,RBAC", "--profiling", "--v=2"]
    assert told("authorization_modes", command=command) == ["Node", "RBAC"]
    assert told("profiling", command=command) is True


def test_the_environment_tells_of_etcd_alone_what_its_flags_do_not() -> None:
    env = [{"name": "ETCD_CLIENT_CERT_AUTH", "value": "true"}]
    assert told("client_certificates", command=["etcd"], env=env) is True
    assert told("client_certificates", command=["etcd", "--client-cert-auth=false"], env=env) is False


def test_what_a_file_may_state_is_not_known() -> None:
    assert told("authorization_modes", command=["kube-apiserver"]) == ["AlwaysAllow"]
    assert (
        told("authorization_modes", command=["kube-apiserver", "--authorization-config=/a.yaml"]) == UNKNOWN
    )
    assert told("profiling", command=["kube-scheduler", "--config=/s.yaml"]) == UNKNOWN


@pytest.mark.parametrize(
    "container",
    [
        {"command": ["nginx", "--profiling=false"]},
        {"command": "kube-apiserver"},
        {"image": "registry.k8s.io/kube-proxy:v1.34.1"},
        {"command": [None, 7, {"a": 1}], "args": 3},
        {"command": []},
    ],
)
def test_other_programs_and_odd_values_are_no_control_plane(container: dict[str, Any]) -> None:
    assert found(**container) == []


def test_an_audit_log_takes_a_policy_and_somewhere_to_go() -> None:
    policy, log = "--audit-policy-file=/p.yaml", "--audit-log-path=/a.log"
    assert told("audit.enabled", command=["kube-apiserver", policy, log]) is True
    assert told("audit.enabled", command=["kube-apiserver", log]) is False
    assert told("audit.enabled", command=["kube-apiserver", policy]) is False


def test_what_it_runs_may_not_be_known() -> None:
    hidden = Unresolved("it is given later", "scan the cluster")
    image = "registry.example:5000/kube-apiserver"
    assert told("profiling", image=image, command=[hidden, "--profiling=false"]) == UNKNOWN
    assert told("profiling", image=image, command=hidden) == UNKNOWN
    assert told("profiling", image=image) is True
    assert found(command=[hidden]) == []
