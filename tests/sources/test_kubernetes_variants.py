from __future__ import annotations

from pathlib import Path

from tfaudit.pipeline.files import scan

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: shop}]
"""
SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
"""
DENY = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
"""
NAMESPACE = """
apiVersion: v1
kind: Namespace
metadata: {name: shop}
"""


def isolated(tree: Path, files: dict[str, str]) -> dict[str, str]:
    """Whether the workload in each file is behind a network policy."""
    for name, text in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    return {
        verdict.asset.place.origin: verdict.outcome.value
        for verdict in scan(tree).verdicts
        if verdict.policy.id == "workload-network-isolated"
    }


def test_what_protects_one_environment_protects_nothing_in_the_other(tmp_path: Path) -> None:
    files = {
        "staging/shop.yaml": DEPLOYMENT,
        "staging/service.yaml": SERVICE,
        "production/shop.yaml": DEPLOYMENT,
        "production/service.yaml": SERVICE,
        "production/deny.yaml": DENY,
    }
    assert isolated(tmp_path, files) == {"staging/shop.yaml": "fail", "production/shop.yaml": "pass"}


def test_what_stands_around_environments_counts_for_each(tmp_path: Path) -> None:
    files = {"envs/a/shop.yaml": DEPLOYMENT, "envs/b/shop.yaml": DEPLOYMENT, "policies/deny.yaml": DENY}
    assert isolated(tmp_path, files) == {"envs/a/shop.yaml": "pass", "envs/b/shop.yaml": "pass"}


def test_environments_may_stand_in_regions(tmp_path: Path) -> None:
    files = {
        f"clusters/{region}/{environment}/shop.yaml": DEPLOYMENT
        for region in ("eu", "us")
        for environment in ("production", "staging")
    }
    found = isolated(tmp_path, {**files, "clusters/eu/production/deny.yaml": DENY})
    assert [name for name, outcome in found.items() if outcome == "pass"] == [
        "clusters/eu/production/shop.yaml"
    ]


def test_folders_of_one_cluster_that_share_little_stay_together(tmp_path: Path) -> None:
    files = {
        "apps/shop.yaml": NAMESPACE + "---" + DEPLOYMENT,
        "policies/all.yaml": NAMESPACE + "---" + DENY,
    }
    assert isolated(tmp_path, files) == {"apps/shop.yaml": "pass"}


def test_a_finding_keeps_apart_from_its_twin_in_the_other_environment(tmp_path: Path) -> None:
    isolated(tmp_path, {"staging/shop.yaml": DEPLOYMENT, "production/shop.yaml": DEPLOYMENT})
    found = [each for each in scan(tmp_path).verdicts if each.policy.id == "workload-network-isolated"]
    assert len({each.fingerprint for each in found}) == 2
    assert len({each.fact for each in found}) == 1


def test_variants_may_be_files_of_one_folder(tmp_path: Path) -> None:
    files = {
        "install.yaml": DEPLOYMENT + "---" + SERVICE,
        "install-ha.yaml": DEPLOYMENT + "---" + SERVICE + "---" + DENY,
        "other.yaml": DEPLOYMENT.replace("name: shop,", "name: other,"),
    }
    found = isolated(tmp_path, files)
    # What only one variant declares protects nothing around them.
    assert found == {"install.yaml": "fail", "install-ha.yaml": "pass", "other.yaml": "fail"}


def test_what_every_variant_declares_counts_around_them(tmp_path: Path) -> None:
    files = {
        "envs/a/all.yaml": DEPLOYMENT + "---" + DENY,
        "envs/b/all.yaml": DEPLOYMENT + "---" + DENY,
        "top.yaml": DEPLOYMENT.replace("name: shop,", "name: other,"),
    }
    assert set(isolated(tmp_path, files).values()) == {"pass"}


def test_a_policy_of_another_folder_protects_only_in_a_namespace_that_both_name(tmp_path: Path) -> None:
    def without(text: str) -> str:
        return text.replace(", namespace: shop", "")

    named = {"apps/shop.yaml": DEPLOYMENT, "policies/deny.yaml": DENY}
    assert isolated(tmp_path / "named", named) == {"apps/shop.yaml": "pass"}
    unnamed = {"apps/shop.yaml": without(DEPLOYMENT), "policies/deny.yaml": without(DENY)}
    assert isolated(tmp_path / "unnamed", unnamed) == {"apps/shop.yaml": "unknown"}
    together = {"shop/app/shop.yaml": without(DEPLOYMENT), "shop/deny.yaml": without(DENY)}
    assert isolated(tmp_path / "together", together) == {"shop/app/shop.yaml": "pass"}
