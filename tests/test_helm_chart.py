"""The Helm chart by Helm itself: valid, and what it renders is what a cluster runs with the fewest rights."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands import tfaudit, verdicts

CHART = Path(__file__).parents[1] / "integrations/helm/tfaudit"
DIGEST = "sha256:" + "0" * 64
FULL = {
    "image": {"digest": DIGEST},
    "args": ["--fail-on", "high", "--profile", "it's ours", "$(touch /tmp/no)"],
    "notify": {"enabled": True, "secretName": "hooks"},
    "signing": {"secretName": "keys"},
    "persistence": {"enabled": True, "existingClaim": "reports", "storageClass": "fast"},
    "config": "gate: {fail_on: high}\n",
}
VALUES: dict[str, dict[str, Any]] = {
    "as it comes": {},
    "everything": FULL,
    "nothing is kept": {"persistence": {"enabled": False}},
}


def rendered(helm: Path, folder: Path, values: dict[str, Any]) -> str:
    """Return what Helm makes of the chart in the namespace `audit`."""
    file = folder / "values.yaml"
    file.write_text(yaml.safe_dump(values))
    command = [
        str(helm),
        "template",
        "night",
        str(CHART),
        "--namespace",
        "audit",
        "--kube-version",
        "1.34.0",
        "-f",
        str(file),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def of_kind(text: str, kind: str) -> dict[str, Any]:
    (found,) = [each for each in yaml.safe_load_all(text) if each and each["kind"] == kind]
    one: dict[str, Any] = found
    return one


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_helm_finds_nothing_wrong(helm_program: Path, tmp_path: Path, values: dict[str, Any]) -> None:
    file = tmp_path / "values.yaml"
    file.write_text(yaml.safe_dump(values))
    done = subprocess.run(
        [str(helm_program), "lint", "--strict", str(CHART), "-f", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_what_it_renders_stands_up_to_tfaudit_itself(
    helm_program: Path, tmp_path: Path, values: dict[str, Any]
) -> None:
    text = rendered(helm_program, tmp_path, {**values, "image": {"digest": DIGEST}})
    done = tfaudit("scan", "-", "--severity", "medium", "-o", "json", cwd=tmp_path, stdin=text)
    failed = {(each["policy"], each["severity"]) for each in verdicts(done) if each["outcome"] == "fail"}
    # Network policies are the cluster's, which knows what the API server's address is.
    assert failed <= {("workload-network-isolated", "medium")}


def test_options_reach_the_command_as_they_are(helm_program: Path, tmp_path: Path) -> None:
    job = of_kind(rendered(helm_program, tmp_path, FULL), "CronJob")
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["command"] == ["/bin/sh", "-c"]
    script = container["args"][0]
    assert subprocess.run(["sh", "-n"], input=script, text=True, check=False).returncode == 0
    (line,) = [each for each in script.splitlines() if "tfaudit live" in each]
    assert shlex.split(line)[4:9] == FULL["args"]
    mounted = {each["name"] for each in container["volumeMounts"]}
    assert mounted == {each["name"] for each in pod["volumes"]} == {"reports", "tmp", "config", "key"}
