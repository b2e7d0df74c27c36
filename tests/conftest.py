"""Fixtures that start real servers, and the rule that a test which needs one may not be skipped in CI."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

import pytest

if os.environ.get("TFAUDIT_COMPILED") == "1":
    # As the command does; by default tests import the modules themselves, which they may change, and whose lines count.
    from tfaudit import compiled

    compiled.load()

from tests.servers import go_programs
from tests.servers.aws import Aws
from tests.servers.aws import aws as running_aws
from tests.servers.kubernetes_api import KubernetesApi
from tests.servers.kubernetes_api import kubernetes_api as running_kubernetes_api
from tests.servers.processes import Missing
from tests.servers.sarif import SarifMultitool
from tests.servers.sarif import sarif_multitool as installed_sarif_multitool
from tests.servers.terraform import terraform

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

# The session fixture behind each server. A test that needs one is marked `server`, and runs in one process
# with the others that need it.
SERVERS = (
    "moto_server",
    "kubernetes_api",
    "sarif_multitool",
    "terraform_program",
    "helm_program",
    "actionlint_program",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --servers-required and --update-golden."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the expected files of tests/reports anew"
    )
    parser.addoption(
        "--servers-required",
        action="store_true",
        default=os.environ.get("CI", "").lower() in {"1", "true"},
        help="a test that needs a real server fails where it would be skipped (the default where CI=true)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a server."""
    for item in items:
        used = [server for server in SERVERS if server in getattr(item, "fixturenames", ())]
        if used:
            item.add_marker(pytest.mark.server)
            item.add_marker(pytest.mark.xdist_group("+".join(used)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped `server` test into a failed one where servers are required."""
    report = yield
    required = item.config.getoption("--servers-required") and item.get_closest_marker("server")
    if required and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"a server test may not be skipped here: {reason}"
    return report


@pytest.fixture(scope="session")
def moto_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    """One moto process for all tests; tests ask for `aws`."""
    with running_aws(tmp_path_factory.mktemp("moto"), os.environ) as server:
        yield server


@pytest.fixture
def aws(moto_server: Aws) -> Aws:
    """An empty AWS account behind a real HTTP endpoint."""
    moto_server.reset()
    return moto_server


@pytest.fixture(scope="session")
def kubernetes_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KubernetesApi]:
    """One Kubernetes API server for all tests; `namespace` keeps their objects apart."""
    try:
        with running_kubernetes_api(tmp_path_factory.mktemp("kubernetes")) as server:
            yield server
    except Missing as missing:
        pytest.skip(str(missing))


_numbers = itertools.count(1)


@pytest.fixture
def namespace(kubernetes_api: KubernetesApi) -> str:
    """A new namespace of the API server, for this test alone."""
    name = f"test-{next(_numbers)}"
    kubernetes_api.apply(f"{{apiVersion: v1, kind: Namespace, metadata: {{name: {name}}}}}")
    return name


@pytest.fixture(scope="session")
def sarif_multitool() -> SarifMultitool:
    """Microsoft's SARIF validator."""
    try:
        return installed_sarif_multitool()
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def terraform_program() -> Path:
    """A real Terraform."""
    try:
        return terraform()
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def helm_program() -> Path:
    """A real Helm."""
    return _built(go_programs.HELM)


@pytest.fixture(scope="session")
def actionlint_program() -> Path:
    """The linter of GitHub's workflows."""
    return _built(go_programs.ACTIONLINT)


def _built(module: str) -> Path:
    try:
        return go_programs.go_program(module)
    except Missing as missing:
        pytest.skip(str(missing))
