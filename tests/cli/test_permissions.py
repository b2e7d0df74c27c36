"""What `tfaudit permissions` prints is enough: an account and a cluster that refuse everything else are read whole."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from botocore.exceptions import ClientError

from tests.commands import tfaudit
from tests.servers.aws import REGION, Aws
from tests.servers.aws import aws as running_aws
from tests.terraform_in_moto.apply import apply

if TYPE_CHECKING:
    from tests.servers.kubernetes_api import KubernetesApi

ESTATE = Path(__file__).parents[2] / "examples" / "estate"
BINDING = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: tfaudit-read}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: tfaudit-read}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: restricted}]
"""
# What moto asks for where it has no action of a bucket's encryption, ownership, object lock and public access block.
ASKED_BY_MOTO = "s3:ListBucket"
# Of these moto cannot check the signature, whoever calls.
NOT_CHECKED_BY_MOTO = {"efs.describe_file_systems", "eks.list_clusters", "s3control.get_public_access_block"}


@pytest.fixture(params=["sound", "faulty"])
def variant(request: pytest.FixtureRequest, kubernetes_api: KubernetesApi) -> Iterator[str]:
    """A variant whose manifests stand in the cluster."""
    files = sorted((ESTATE / request.param / "kubernetes").glob("*.yaml"))
    files.sort(key=lambda path: path.name != "namespaces.yaml")
    kubernetes_api.apply(*files)
    yield request.param
    kubernetes_api.delete(*reversed(files))


def test_the_cluster_role_is_enough(variant: str, kubernetes_api: KubernetesApi, tmp_path: Path) -> None:
    printed = tfaudit("permissions", "kubernetes", cwd=tmp_path)
    assert printed.returncode == 0, printed.stderr
    role = yaml.safe_load(printed.stdout)
    assert {verb for rule in role["rules"] for verb in rule["verbs"]} == {"get", "list"}
    assert "secrets" not in printed.stdout
    assert "*" not in json.dumps(role["rules"][:-1])

    kubernetes_api.apply(printed.stdout, BINDING)
    try:
        auditor = scanned(kubernetes_api, kubernetes_api.restricted_token, tmp_path)
    finally:
        kubernetes_api.delete(printed.stdout, BINDING)
    administrator = scanned(kubernetes_api, kubernetes_api.admin_token, tmp_path)

    assert auditor["unread"] == []
    # The role and its binding were there for the one of them only.
    assert outcomes(auditor, without="tfaudit-read") == outcomes(administrator, without="tfaudit-read")
    assert auditor["coverage"][0]["calls"]["denied"] == 0


def scanned(api: KubernetesApi, token: str, folder: Path) -> dict[str, Any]:
    done = tfaudit("live", "kubernetes", "--kubeconfig", api.kubeconfig(token), "-o", "json", cwd=folder)
    assert done.stdout, done.stderr
    return dict(json.loads(done.stdout))


def outcomes(report: dict[str, Any], without: str) -> dict[tuple[str, str], str]:
    return {
        (each["policy"], each["asset"]["address"]): each["outcome"]
        for each in report["verdicts"]
        if without not in each["asset"]["address"]
    }


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Aws]:
    known = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
    with running_aws(tmp_path, {**os.environ, **known}) as server:
        apply(ESTATE / "sound/terraform/aws", server)
        yield server


@pytest.mark.server
def test_the_iam_policy_is_enough(account: Aws, tmp_path: Path) -> None:
    policy = json.loads(tfaudit("permissions", "aws", cwd=tmp_path).stdout)
    (statement,) = policy["Statement"]
    taken = "dynamodb:ListTables"
    statement["Action"] = [each for each in statement["Action"] if each != taken] + [ASKED_BY_MOTO]
    environment = account.environment | user(account, policy)
    refuse_everything_else(account)

    done = tfaudit("live", "aws", "--region", REGION, "-o", "json", cwd=tmp_path, environment=environment)
    report = json.loads(done.stdout)

    (coverage,) = report["coverage"]
    denied = {each["call"] for each in coverage["asked"] if each["denied"]}
    assert denied - NOT_CHECKED_BY_MOTO == {"dynamodb.list_tables"}
    assert coverage["calls"]["answered"] > 80
    settled = {each["settle_with"] for each in report["unread"]}
    assert f"grant {taken}" in settled
    with pytest.raises(ClientError, match="not authorized to perform: iam:ListUsers"):
        other(account, environment)


def user(account: Aws, policy: dict[str, Any]) -> dict[str, str]:
    """A user who has the policy and no other; returns the environment with that user's keys."""
    iam = account.client("iam")
    iam.create_user(UserName="auditor")
    iam.put_user_policy(UserName="auditor", PolicyName="read", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName="auditor")["AccessKey"]
    return {
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
        "AWS_SESSION_TOKEN": "",
    }


def refuse_everything_else(account: Aws) -> None:
    """From now on, moto asks IAM."""
    request = urllib.request.Request(
        f"{account.url}/moto-api/reset-auth",
        data=b"0",
        method="POST",
        headers={"Content-Type": "text/plain"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()


def other(account: Aws, environment: dict[str, str]) -> None:
    """A call that the policy does not allow."""
    import boto3

    boto3.client(
        "iam",
        endpoint_url=account.url,
        region_name=REGION,
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
    ).list_users()
