"""The cache folder as an attacker sees it: what is laid down in it is not believed, what lies in it cannot be read."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from tests.commands import tfaudit, verdicts
from tfaudit.cache import Cache, Store

WEAK = 'resource "aws_kms_key" "data" {\n  description         = "data"\n  enable_key_rotation = false\n}\n'
POLICY = ("--policy", "key-rotation", "-o", "json")
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEhidden\n-----END RSA PRIVATE KEY-----\n"

# Everything that starts with "hidden" is a secret, in a spot that a name tells or in one that nothing tells.
SECRETS = """
variable "password" {
  sensitive = true
  default   = "hidden-sensitive-default"
}
variable "db_password" { default = "hidden-default" }
variable "given" {}
variable "later" {}
locals {
  credentials = { user = "app", password = "hidden-local-map" }
  joined      = join(":", ["app", var.db_password])
}
resource "aws_db_instance" "by_name" {
  identifier = local.joined
  password   = var.password
  tags       = { Note = var.given, Where = "postgres://app:hidden-url@db/app" }
}
resource "aws_db_instance" "by_expression" {
  identifier = lower(format("%s-%s", var.later, "hidden-unknown-call"))
  # tfaudit:ignore database-multi-zone until=2099-03-31 the password is hidden-suppression
  storage_encrypted = var.later == "hidden-comparison"
  password          = "${var.later}hidden-interpolation"
}
resource "aws_instance" "web" {
  user_data        = "export PASSWORD=hidden-user-data"
  user_data_base64 = base64encode("hidden-user-data-base64")
}
resource "aws_ecs_task_definition" "web" {
  container_definitions = jsonencode([{ name = "web", environment = [
    { name = "DB_PASSWORD", value = "hidden-container" } ] }])
}
resource "aws_ssm_parameter" "parameter" {
  type  = "SecureString"
  value = "hidden-parameter"
}
resource "aws_iam_server_certificate" "certificate" { private_key = file("${path.module}/key.pem") }
resource "aws_s3_object" "object" { content = file("${path.module}/app.env") }
resource "aws_s3_bucket" "broken" {
  bucket = "AKIAABCDEFGHIJKLMNOP"
  acl    = "x" "hidden-syntax-error"
}
"""
FILES = {
    "code/main.tf": SECRETS,
    "code/terraform.tfvars": 'given = "hidden-tfvars"\n',
    "code/key.pem": PEM,
    "code/app.env": "DB_PASSWORD=hidden-file\n",
    "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: x, "
    "env: [{name: DB_PASSWORD, value: hidden-pod}]}]}\n",
}


def environment(folder: Path) -> dict[str, str]:
    return {"TFAUDIT_CACHE": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder / "settings")}


def bytes_of(folder: Path) -> bytes:
    found = [each for each in folder.rglob("*") if each.is_file()]
    assert found
    return b"\n".join((each.name.encode() + each.read_bytes()) for each in found)


def test_no_secret_lies_in_the_cache(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "code").mkdir(parents=True)
    for name, text in FILES.items():
        (tree / name).write_text(text)
    done = tfaudit("scan", ".", "-o", "json", cwd=tree, environment=environment(tmp_path))
    assert verdicts(done)
    assert list((tmp_path / "cache/terraform").iterdir())
    assert list((tmp_path / "cache/verdicts").iterdir())
    found = bytes_of(tmp_path / "cache")
    coded = base64.b64encode(b"hidden-user-data-base64")[:24].decode()
    assert [each for each in ("hidden", "AKIAABCD", "PRIVATE KEY", coded) if each.encode() in found] == []


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "main.tf").write_text(WEAK)
    return folder


def outcomes(done_in: Path, **variables: str) -> list[str]:
    done = tfaudit("scan", ".", *POLICY, cwd=done_in, environment=variables)
    assert done.returncode == 1, done.stderr
    assert done.stderr == "tfaudit: exit code 1: 1 finding is low or worse (the default)\n"
    return [each["outcome"] for each in verdicts(done)]


def forged(tmp_path: Path, secret: bytes) -> None:
    """Put the answers of a sound tree, sealed with `secret`, under the keys of the weak one that has been scanned."""
    (tmp_path / "sound").mkdir()
    (tmp_path / "sound/main.tf").write_text(WEAK.replace("false", "true"))
    sound = environment(tmp_path / "elsewhere")
    done = tfaudit("scan", ".", *POLICY, cwd=tmp_path / "sound", environment=sound)
    assert [each["outcome"] for each in verdicts(done)] == ["pass"]
    own = secret_of(tmp_path / "elsewhere")
    for kind in ("terraform", "verdicts"):
        kept, other = tmp_path / "cache", tmp_path / "elsewhere/cache"
        (key,) = (each.name for each in (kept / kind).iterdir())
        (found,) = (each.name for each in (other / kind).iterdir())
        content = Cache(Store(other, other, own), kind).get(found)
        assert content is not None
        planted = Cache(Store(kept, kept, secret), kind)
        planted.put(key, content)
        planted.trim()  # waits until it is written


def secret_of(folder: Path) -> bytes:
    return (folder / "settings/tfaudit/cache-secret").read_bytes()


def test_a_forged_entry_is_not_believed(tree: Path, tmp_path: Path) -> None:
    assert outcomes(tree, **environment(tmp_path)) == ["fail"]
    before = bytes_of(tmp_path / "cache")
    forged(tmp_path, os.urandom(32))
    assert bytes_of(tmp_path / "cache") != before
    assert outcomes(tree, **environment(tmp_path)) == ["fail"]


def test_what_the_users_own_secret_seals_is_recalled(tree: Path, tmp_path: Path) -> None:
    """The test above means something only where a forged entry, sealed well, would be believed."""
    outcomes(tree, **environment(tmp_path))
    forged(tmp_path, secret_of(tmp_path))
    done = tfaudit("scan", ".", *POLICY, cwd=tree, environment=environment(tmp_path))
    assert [each["outcome"] for each in verdicts(done)] == ["pass"]


@pytest.mark.parametrize("inside", ["TFAUDIT_CACHE", "XDG_CONFIG_HOME"])
def test_a_cache_that_the_tree_brings_along_is_left_alone(tree: Path, tmp_path: Path, inside: str) -> None:
    """A tree that holds a cache and the secret to it, as an attacker would make them with any tfaudit."""
    variables = environment(tmp_path) | {inside: str(tree / ".cache")}
    outcomes(tree, **environment(tmp_path))
    forged(tmp_path, secret_of(tmp_path))
    (tmp_path / ("cache" if inside == "TFAUDIT_CACHE" else "settings")).rename(tree / ".cache")
    before = bytes_of(tree / ".cache")
    assert outcomes(tree, **variables) == ["fail"]
    assert bytes_of(tree / ".cache") == before


def test_a_scan_below_a_work_tree_does_not_believe_a_cache_elsewhere_in_it(
    tree: Path, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    outcomes(tree, **environment(tmp_path))
    assert not (tmp_path / "cache").exists()
    assert not (tmp_path / "settings").exists()


def test_relative_folders_of_the_environment_do_not_lead_into_what_is_scanned(tree: Path) -> None:
    variables = {"TFAUDIT_CACHE": ".cache", "XDG_CONFIG_HOME": ".config", "HOME": str(tree)}
    assert outcomes(tree, **variables) == ["fail"]
    assert sorted(each.name for each in tree.iterdir()) == ["main.tf"]


def test_json_reports_of_a_warm_and_a_cold_scan_are_the_same_but_for_time_and_id(
    tree: Path, tmp_path: Path
) -> None:
    said = []
    for _ in range(2):
        done = tfaudit("scan", ".", *POLICY, cwd=tree, environment=environment(tmp_path))
        report = json.loads(done.stdout)
        report.pop("run")
        said.append(report)
    assert said[0] == said[1]
