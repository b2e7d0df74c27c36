"""Sentences about assets are without secrets, however they are put together."""

from __future__ import annotations

from typing import Any

import pytest

from tfaudit import documents
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Place, Resource
from tfaudit.model.verdicts import Outcome, Policy, Severity, Verdict
from tfaudit.redaction import redacted

SENTENCES = (
    "The container {asset} lets its programs gain privileges",
    "{asset} value",
    "{asset} key is open",
    "Somebody may pass {asset} on",
    "The password of {asset} is known",
    "{asset}, as net {asset} is",
    "net {asset}",
    "{asset}s are open",
)
NAMES = (
    "apps/Deployment shop/web#containers.app",
    "core/Secret a/db-password=hunter2secret",
    "net use x /user:a hunter2secret",
    "a net",
    "the private",
    "user:hunter2@host",
    "https://user:hunter2@host/x",
    "AKIAABCDEFGHIJKLMNOP",
    "'hunter2secret'",
    "x password",
    "=hunter2secret",
)


def verdict(sentence: str, name: str) -> Verdict:
    policy = Policy("a", "A title", "f", Severity.LOW, ("container",), "", finding=sentence)
    resource = Resource("apps/Deployment", name, {}, Place("a.yaml", 1), "manifest", "kubernetes")
    settings: Any = {}
    asset = Asset("container", name, f"k8s:{name}", name, resource, settings)
    return Verdict(policy, Outcome.FAIL, asset, "", None, "")


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_is_what_is_left_of_the_whole(sentence: str, name: str) -> None:
    assert documents.finding(verdict(sentence, name)) == redacted(sentence.replace("{asset}", name))


@pytest.mark.parametrize("name", NAMES)
def test_what_an_asset_is_called_is_without_secrets(name: str) -> None:
    told = documents.asset(verdict("", name).asset)
    assert (told["name"], told["address"], told["key"]) == (
        redacted(name),
        redacted(name),
        redacted(f"k8s:{name}"),
    )
