"""A quoted source line shows no secret, in whatever form it stands there; what is none stays readable."""

from __future__ import annotations

import time

import pytest

from tests.reports import planted
from tfaudit.redaction import REDACTED
from tfaudit.reports.source_files import File

HCL = 'resource "aws_x" "orders" {{\n  size = 1\n  {line}\n  mode = "fast"\n}}\n'
YAML = "size: 1\n{line}\nmode: fast\n"
JSON = '{{"size": 1,\n{line},\n"mode": "fast"}}\n'


def shown(name: str, text: str, secret: bool = False) -> list[str | None]:
    """Return each line of a file as it is quoted; None for one that is not."""
    file = File(name, text)
    lines = [file.line(number, secret) for number in range(1, len(file.lines) + 1)]
    return [None if line is None else line.text for line in lines]


def quoted(name: str, text: str) -> str:
    """Return all that is quoted of a file that parses."""
    lines = shown(name, text)
    assert None not in lines, text
    return "\n".join(map(str, lines))


def assert_hidden(name: str, text: str, hidden: str) -> None:
    said = quoted(name, text)
    for part in (hidden, hidden[:9], hidden[9:]):
        assert part not in said, f"{text}\n{said}"


@pytest.mark.parametrize("form", planted.HCL_LINES)
def test_a_secret_in_hcl(form: str) -> None:
    seed = planted.seeded(form)
    for name in planted.NAMES:
        hidden = planted.secret(seed)
        assert_hidden("main.tf", HCL.format(line=planted.written(form, name, hidden)), hidden)


@pytest.mark.parametrize("form", planted.YAML_LINES)
def test_a_secret_in_yaml(form: str) -> None:
    seed = planted.seeded(form)
    for name in planted.NAMES:
        hidden = planted.secret(seed)
        assert_hidden("pod.yaml", YAML.format(line=planted.written(form, name, hidden)), hidden)


@pytest.mark.parametrize("form", planted.JSON_LINES)
def test_a_secret_in_json(form: str) -> None:
    seed = planted.seeded(form)
    for name in planted.NAMES:
        hidden = planted.secret(seed)
        assert_hidden("template.json", JSON.format(line=planted.written(form, name, hidden)), hidden)


@pytest.mark.parametrize("shape", planted.SHAPES)
def test_a_secret_by_its_form_under_any_name(shape: str) -> None:
    hidden = planted.secret(planted.seeded(shape))
    text = shape.format(secret=hidden)
    assert_hidden("main.tf", HCL.format(line=f'word = "{text}"'), hidden)
    assert_hidden("pod.yaml", YAML.format(line=f'word: "{text}"'), hidden)
    assert_hidden("template.json", JSON.format(line=f'"word": "{text}"'), hidden)


@pytest.mark.parametrize(
    "text",
    [
        'locals {\n  x = "sw0rdfish-1"\n}\n',
        'variable "x" {\n  default = "sw0rdfish-1"\n}\n',
        'module "db" {\n  source = "./db"\n  word   = "sw0rdfish-1"\n}\n',
    ],
)
def test_a_value_that_is_given_its_name_elsewhere_is_not_quoted(text: str) -> None:
    assert "sw0rdfish" not in quoted("main.tf", text)


def test_a_file_of_values_is_quoted_without_its_texts() -> None:
    assert quoted("x.tfvars", 'word = "sw0rdfish-1"\ndays = 3\n') == f"word = {REDACTED}\ndays = 3\n"


PARAMETERS = "Parameters:\n  Word: {Type: String, Default: sw0rdfish-1}\n"


def test_parameters_of_a_template_are_quoted_without_their_values() -> None:
    assert quoted("x.yaml", PARAMETERS) == PARAMETERS.replace("sw0rdfish-1", REDACTED)


@pytest.mark.parametrize(
    "text",
    [
        'resource "x" "y" {\n  password: "sw0rdfish"\n}\n',
        'resource "x" "y" {\n  a = "sw0rdfish"\n',
        'a = "sw0rdfish\n',
    ],
)
def test_a_text_that_is_no_hcl_is_not_quoted(text: str) -> None:
    assert "sw0rdfish" not in str(shown("main.tf", text))


@pytest.mark.parametrize(
    "text", ["a: [sw0rdfish\n", "a: 'sw0rdfish\n", "a: *sw0rdfish x: y: z\n", "{{ sw0rdfish }}: x: y\n"]
)
def test_a_text_that_is_no_yaml_is_not_quoted(text: str) -> None:
    assert "sw0rdfish" not in str(shown("x.yaml", text))


def test_one_document_that_does_not_parse_leaves_the_others() -> None:
    lines = shown("x.yaml", "a: 1\n---\nb: [sw0rdfish\n---\nc: 3\n")
    assert lines[0] == "a: 1"
    assert lines[2] is None
    assert lines[4] == "c: 3"


def test_parameters_further_down_are_names_like_others() -> None:
    text = "Resources:\n  Group:\n    Parameters: {rds.force_ssl: 0, log_statement: all}\n"
    assert quoted("x.yaml", text) == text


KEPT = """\
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  backup_retention_period = 1
  storage_encrypted       = true
  password                = var.password
  other_password          = random_password.main.result
  secret_name             = "orders/database"
  manage_master_user_password = true
  kms_key_id              = aws_kms_key.main.arn
  key                     = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  cidr_blocks             = ["0.0.0.0/0", "::/0", "10.0.0.0/8"]
  tags                    = { Name = "Orders of today", "é" = "${var.prefix}-orders" }
  policy                  = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*"], Principal = "*" }] })
  subnet_id               = "subnet-0123456789abcdef0"
  password_policy {
    minimum_length = 14
  }
  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}
"""
KEPT_YAML = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  automountServiceAccountToken: true
  containers:
  - name: web
    image: "registry.internal/web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    securityContext: {privileged: true, runAsUser: 0}
    env:
    - {name: MODE, value: fast}
    resources: {limits: {cpu: 500m, memory: 128Mi}}
    args: [serve, --port=80]
---
Resources:
  Volume:
    Type: AWS::EC2::Volume
    Properties:
      Size: !Ref Size
      Encrypted: false
      Name: !Sub "${AWS::StackName}-volume"
      MasterUserPassword: !Ref Password
"""


@pytest.mark.parametrize(("name", "text"), [("main.tf", KEPT), ("x.yaml", KEPT_YAML)])
def test_what_is_no_secret_stays(name: str, text: str) -> None:
    assert quoted(name, text) == text


def test_comments_are_left_out() -> None:
    text = "# sw0rdfish\nsize: 1 # sw0rdfish\n"
    assert quoted("x.yaml", text) == "# ...\nsize: 1\n"
    assert quoted("main.tf", text.replace(":", " =").replace("# s", "// s")) == "# ...\nsize = 1\n"


def test_a_secret_keeps_what_says_what_it_is() -> None:
    lines = [
        'resource "aws_secretsmanager_secret_version" "orders" {',
        "  secret_id     = aws_secretsmanager_secret.orders.id",
        '  secret_string = "sw0rdfish"',
        "  recovery_window_in_days = 0",
        "}",
    ]
    said = shown("main.tf", "\n".join(lines), secret=True)
    assert said == [*lines[:2], f"  secret_string = {REDACTED}", *lines[3:]]


def test_a_mark_stays_where_it_was_when_something_before_it_is_hidden() -> None:
    line = File("x.yaml", "{password: sw0rdfish, privileged: true}\n").line(1)
    assert line is not None
    assert line.text[line.column(22) :] == "privileged: true}"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("x.tf", "a = [" * 3),
        ("x.tf", "${"),
        ("x.tf", "/* "),
        ("x.tf", "a {\n"),
        ("x.yaml", "- "),
        ("x.yaml", "["),
        ("x.yaml", "? "),
        ("x.yaml", "a: &a "),
        ("x.yaml", " # "),
        ("x.json", "["),
        ("x.json", '{"a":'),
        ("x.json", '"'),
    ],
)
def test_hostile_text_ends_soon(name: str, part: str) -> None:
    began = time.monotonic()
    shown(name, part * 20_000)
    shown(name, f"x = 1\n{part * 20_000}")
    assert time.monotonic() - began < 30


def test_a_block_without_end_is_not_quoted() -> None:
    text = "a: 1\n" * 200_000
    assert shown("x.yaml", text)[0] is None
