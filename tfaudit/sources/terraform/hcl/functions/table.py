"""Finds functions by their names; the modules that hold them are loaded when one of theirs is first called."""

from __future__ import annotations

import importlib

from tfaudit.sources.terraform.hcl.functions.signature import Function

HOMES: dict[str, str] = {
    "texts": "chomp endswith indent join lower replace split startswith strcontains strrev substr title trim"
    " trimprefix trimspace trimsuffix upper",
    "numbers": "abs ceil floor log max min parseint pow range signum sum",
    "sequences": "alltrue anytrue chunklist coalescelist compact concat contains distinct element flatten index length"
    " list matchkeys one reverse setintersection setproduct setsubtract setunion slice sort tolist toset",
    "mappings": "coalesce ephemeralasnull keys lookup map merge nonsensitive sensitive tobool tomap tonumber tostring"
    " transpose values zipmap",
    "encodings": "base64decode base64encode base64gzip csvdecode jsondecode jsonencode textdecodebase64"
    " textencodebase64 urlencode",
    "yaml_texts": "yamldecode yamlencode",
    "digests": "base64sha256 base64sha512 md5 sha1 sha256 sha512 uuidv5",
    "formats": "format formatlist",
    "patterns": "regex regexall",
    "times": "formatdate timeadd timecmp",
    "networks": "cidrhost cidrnetmask cidrsubnet cidrsubnets",
    "paths": "basename dirname",
}
"""The functions of each module."""

_HOME = {name: module for module, names in HOMES.items() for name in names.split()}
_FOUND: dict[str, Function | None] = {}

NOT_EVALUATED: dict[str, str] = {
    "abspath": "the folder in which Terraform runs is not known",
    "pathexpand": "the home folder of who runs Terraform is not known",
    "bcrypt": "it gives another value each time",
    "plantimestamp": "it asks the clock",
    "timestamp": "it asks the clock",
    "uuid": "it gives another value each time",
}
"""Functions whose value depends on more than the code, and why."""


def function(name: str) -> Function | None:
    """Return the function of that name, None where there is none or where it needs more than its arguments."""
    if name not in _FOUND:
        module = _HOME.get(name)
        _FOUND[name] = None if module is None else _loaded(module).get(name)
    return _FOUND[name]


def provider_function(name: str) -> Function | None:
    """Return the function `provider::function`, None where it is not known."""
    return _loaded("providers").get(name)


def _loaded(module: str) -> dict[str, Function]:
    found: dict[str, Function] = importlib.import_module(
        f"tfaudit.sources.terraform.hcl.functions.{module}"
    ).FUNCTIONS
    return found
