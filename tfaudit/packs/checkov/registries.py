"""What of checkov knows the checks that are loaded, by the kind of block that they are for. Used inside of a worker."""

from __future__ import annotations

import importlib
from typing import Any

KINDS = ("resource", "data", "provider", "module", "kubernetes")
"""The kinds of Terraform's blocks, and of all objects of a cluster."""


def registry(kind: str) -> Any:
    """Return what knows the loaded checks of a kind of block."""
    if kind == "kubernetes":
        return importlib.import_module("checkov.kubernetes.checks.resource.registry").registry
    module = importlib.import_module(f"checkov.terraform.checks.{kind}.registry")
    return getattr(module, f"{kind}_registry")
