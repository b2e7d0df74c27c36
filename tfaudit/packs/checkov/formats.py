"""Which files checkov's own runners are given: formats that are judged file by file, recognised by name."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_BYTES = 2_000_000
OVER_OURS = frozenset({"terraform", "kubernetes"})
"""Formats whose resources the checks are run over as we have read them, without a runner of checkov's."""

_NAMES: dict[str, str] = {
    "kubernetes": r"\.(?:ya?ml|json)$",
    "cloudformation": r"\.(?:ya?ml|json|template)$",
    "arm": r"\.json$",
    "bicep": r"\.bicep$",
    "dockerfile": r"(?:^|/)(?:[^/]+\.)?[Dd]ockerfile(?:\.[^/]+)?$",
    "github_actions": r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$",
    "gitlab_ci": r"(?:^|/)\.gitlab-ci\.ya?ml$",
    "circleci_pipelines": r"(?:^|/)\.circleci/config\.ya?ml$",
    "azure_pipelines": r"(?:^|/)azure-pipelines[^/]*\.ya?ml$",
    "bitbucket_pipelines": r"(?:^|/)bitbucket-pipelines\.ya?ml$",
    "argo_workflows": r"\.ya?ml$",
    "openapi": r"\.(?:ya?ml|json)$",
    "serverless": r"(?:^|/)serverless\.ya?ml$",
    "ansible": r"\.ya?ml$",
    "secrets": r".",
}
PATTERNS = {framework: re.compile(pattern) for framework, pattern in _NAMES.items()}

# What a file of a format that shares its ending with others holds somewhere.
WORDS: dict[str, tuple[bytes, ...]] = {
    "kubernetes": (b"apiVersion", b"kind"),
    "cloudformation": (b"Resources",),
    "arm": (b"$schema", b"resources"),
    "argo_workflows": (b"argoproj.io",),
    "openapi": (b"paths",),
    "ansible": (b"- ", b":"),
}
_ARM = b"schema.management.azure.com"
NEVER: dict[str, bytes] = {"kubernetes": _ARM, "cloudformation": _ARM, "openapi": _ARM}
"""What no file of a format holds, though it may hold all of the words."""
PREFIXES: dict[str, tuple[str, ...]] = {
    "kubernetes": ("CKV_K8S_", "CKV2_K8S_"),
    "cloudformation": ("CKV_AWS_", "CKV2_AWS_", "CKV_ALI_"),
    "arm": ("CKV_AZURE_", "CKV2_AZURE_"),
    "bicep": ("CKV_AZURE_", "CKV2_AZURE_"),
    "dockerfile": ("CKV_DOCKER_", "CKV2_DOCKER_"),
    "github_actions": ("CKV_GHA_", "CKV2_GHA_"),
    "gitlab_ci": ("CKV_GITLABCI_",),
    "circleci_pipelines": ("CKV_CIRCLECIPIPELINES_",),
    "azure_pipelines": ("CKV_AZUREPIPELINES_",),
    "bitbucket_pipelines": ("CKV_BITBUCKETPIPELINES_",),
    "argo_workflows": ("CKV_ARGO_",),
    "openapi": ("CKV_OPENAPI_",),
    "serverless": ("CKV_AWS_",),
    "ansible": ("CKV_ANSIBLE_", "CKV2_ANSIBLE_", "CKV_AWS_", "CKV_PAN_"),
    "secrets": ("CKV_SECRET_",),
}
PLANES = {
    "kubernetes": "manifest",
    "cloudformation": "code",
    "arm": "code",
    "bicep": "code",
    "openapi": "config",
    "serverless": "code",
    "ansible": "config",
    "secrets": "config",
}
"""The plane of each format; a pipeline is what is not here."""


def frameworks(names: Iterable[str], checks: Iterable[str]) -> dict[str, list[str]]:
    """Return the files of each format that checkov's runners read, where some of the `checks` are for it."""
    wanted = tuple(checks)
    found: dict[str, list[str]] = {}
    listed = list(names)
    for framework, pattern in PATTERNS.items():
        if framework in OVER_OURS or not any(each.startswith(PREFIXES[framework]) for each in wanted):
            continue
        mine = [name for name in listed if pattern.search(name)]
        if mine:
            found[framework] = mine
    return found
