"""A secret of the scanned input is in no document that a run writes, however it stands there."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.reports import planted
from tests.reports.runs import run
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.registry import Formats

POLICY = """
id: {id}
title: It is as it should be
family: least_privilege
severity: high
kinds: [{kind}]
require: {{{setting}}}
why: The test needs findings beside secrets.
"""
POLICIES = (
    ("volumes", "block_volume", "encryption.at_rest: true"),
    ("pods", "workload", "replicas: {at_least: 99}"),
    ("containers", "container", "privileged: false"),
    ("databases", "database", "engine: {one_of: [postgres]}"),
    ("secrets", "secret", "inline: false"),
)
VOLUME = """
resource "aws_ebs_volume" "{name}" {{
  {line}
  encrypted = false
  {line}
}}
"""
DATABASE = """
resource "aws_db_instance" "{name}" {{
  engine     = "{text}"
  identifier = "{text}"
  password   = "{secret}"
}}
resource "aws_secretsmanager_secret_version" "{name}" {{
  secret_id     = "{name}"
  secret_string = "{secret}"
}}
"""
POD = """---
apiVersion: v1
kind: Pod
{line}
metadata: {{name: {name}, namespace: shop, labels: {{app: "x"}}}}
spec:
  containers:
  - name: one
    image: x
    securityContext:
      privileged: true
    env:
    - value: {secret}
      name: DB_PASS
    args: [--password, {secret}]
---
apiVersion: v1
kind: Secret
metadata: {{name: {name}, namespace: shop}}
data: {{word: {secret}}}
stringData:
  other: |
    {secret}
"""
TEMPLATE = """{{"Resources": {{"A": {{"Type": "AWS::EC2::Volume", "Properties": {{
  {line},
  "Encrypted": false,
  "Tags": [{{"Value": "{secret}", "Key": "password"}}]
}}}}}}}}"""


def every_document(found: ScanResult) -> dict[str, str]:
    """Return all that a run can be written as, a bundle's members too."""
    documents: dict[str, str] = {}
    formats, options = Formats(), ReportOptions(show_all=True)
    for name in formats.names:
        out: Any = io.BytesIO() if formats.is_binary(name) else io.StringIO()
        formats.write(name)(found, out, options)
        if formats.is_binary(name):
            with zipfile.ZipFile(out) as archive:
                documents |= {name: archive.read(name).decode() for name in archive.namelist()}
        else:
            documents[name] = out.getvalue()
    return documents


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    for id_, kind, setting in POLICIES:
        (folder / f"{id_}.yaml").write_text(POLICY.format(id=id_, kind=kind, setting=setting))
    return folder


@pytest.mark.parametrize("seed", range(3))
def test_no_document_has_a_planted_secret_in_it(seed: int, policies: Path, tmp_path: Path) -> None:
    random_ = planted.seeded(seed)
    code = tmp_path / "code"
    code.mkdir()
    secrets = []

    def planting(form: str) -> tuple[str, str]:
        hidden = planted.secret(random_)
        secrets.append(hidden)
        return planted.written(form, random_.choice(planted.NAMES), hidden), hidden

    for number, form in enumerate(planted.HCL_LINES):
        (code / f"v{number}.tf").write_text(VOLUME.format(name=f"v{number}", line=planting(form)[0]))
    for number, form in enumerate(planted.SHAPES):
        hidden = planted.secret(random_)
        secrets.append(hidden)
        text = DATABASE.format(name=f"d{number}", text=form.format(secret=hidden), secret=hidden)
        (code / f"d{number}.tf").write_text(text)
    for number, form in enumerate(planted.YAML_LINES):
        line, hidden = planting(form)
        (code / f"p{number}.yaml").write_text(POD.format(name=f"p{number}", line=line, secret=hidden))
    for number, form in enumerate(planted.JSON_LINES):
        line, hidden = planting(form)
        (code / f"t{number}.template.json").write_text(TEMPLATE.format(line=line, secret=hidden))
    found = run(code, policies)
    assert found.count(Outcome.FAIL) > 100
    documents = every_document(found)
    assert documents["text"].count("-->") > 100  # lines are quoted, or this would show nothing
    for name, text in documents.items():
        for hidden in secrets:
            assert hidden not in text, (name, hidden, re.findall(f".*{hidden}.*", text)[:3])


BROKEN = {
    "a.tf": 'resource "aws_db_instance" "a" {\n  password: "sw0rdfish-1"\n}\n',
    "b.tf": 'resource "aws_db_instance" "b" {\n  password = = "sw0rdfish-2"\n',
    "c.yaml": "apiVersion: v1\nkind: Secret\nstringData:\n  password: *sw0rdfish-3\n",
    "d.yaml": "apiVersion: v1\nkind: Secret\nstringData: {password: [sw0rdfish-4\n",
    "e.json": '{"apiVersion": "v1", "kind": "Secret", "stringData": {"password": "sw0rdfish-5" x}}',
    "f.json": '{"Resources": {"A": {"Type": "AWS::RDS::DBInstance", "password": "\\q sw0rdfish-6"}}}',
    "g.tf.json": '{"resource": {"aws_db_instance": {"password": sw0rdfish-7}}}',
    "h/terraform.tfvars": 'password = = "sw0rdfish-8"\n',
    "h/main.tf": 'variable "password" {}\n',
    "i.yaml": "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A: &sw0rdfish-9 [*sw0rdfish-9]\n",
}


def test_an_error_quotes_nothing_of_what_it_is_about(tmp_path: Path) -> None:
    for name, text in BROKEN.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    done = tfaudit("scan", "-o", "text", "-o", "json=run.json", "-o", "html=run.html", cwd=tmp_path)
    said = (
        done.stdout + done.stderr + (tmp_path / "run.json").read_text() + (tmp_path / "run.html").read_text()
    )
    assert "sw0rdfish" not in said
    for name in ("a.tf", "b.tf", "c.yaml", "d.yaml", "e.json"):
        assert f"{name}:" in done.stdout, done.stdout
