"""Secrets planted under the names of secrets, in every form that a text can give them."""

from __future__ import annotations

import random
import string

NAMES = (
    "password", "DB_PASS", "PGPASSWORD", "psk", "wifi_psk", "db_password", "authToken", "api_key", "client_secret",
    "Authorization", "connection_string", "private_key", "AWS_SECRET_ACCESS_KEY", "smtp_pwd", "passphrase",
    "credentials", "signing_key", "cookie", "user_data", "MASTER_PW", "bearer", "kubeconfig", "pin",
)  # fmt: skip

HCL_LINES = (
    '{name} = "{secret}"',
    '{name}="{secret}" # for now',
    '{name} = (var.x == "" ? "{secret}" : var.x)',
    '{name} = join("", ["{half}", "{rest}"])',
    '{name} = format("%s-%s", "{secret}", var.x)',
    '{name} = "${{var.x}}{secret}"',
    '{name} = <<-EOT\n    {secret}\n  EOT',
    '{name} = jsonencode({{\n    a = "{secret}"\n  }})',
    '{name} = base64encode("{secret}")',
    '{name} = [\n    "a",\n    "{secret}",\n  ]',
    'tags = {{ "{name}" = "{secret}" }}',
    'tags = {{ {name} : "{secret}" }}',
    'tags = {{ {name} = {{ deep = {{ er = "{secret}" }} }} }}',
    'tags = {{\n    ("{name}") = "{secret}"\n  }}',
    'env = [{{ value = "{secret}", name = "{name}" }}]',
    'env {{\n    value = "{secret}"\n    name  = "{name}"\n  }}',
    '{name} {{\n    inner = "{secret}"\n  }}',
    '{name} = true # "{secret}"',
    '# {name} = "{secret}"',
    '/* {name}\n  {secret} */',
    '{name} = sensitive("{secret}")',
    '{name} = merge(local.a, {{ b = "{secret}" }})',
    '{name} = local.a["{secret}"]',
    '{name} = [for k in ["{secret}"] : k]',
    '{name} = "%{{ if var.x }}{secret}%{{ endif }}"',
    'arguments = ["--{name}", "{secret}"]',
    'command = "run --{name} {secret}"',
    'command = "run --{name}={secret}"',
    'settings = "{name}={secret};mode=fast"',
    'settings = "{{\\"{name}\\": \\"{secret}\\"}}"',
)  # fmt: skip

YAML_LINES = (
    "{name}: {secret}",
    "{name}: '{secret}'",
    '{name}: "{secret}"',
    '"{name}": "{secret}"',
    "{name}: # here\n  {secret}",
    "{name}: |\n  {secret}",
    "{name}: >-\n  a\n  {secret}",
    "{name}: a\n  {secret}",
    '{name}: "a\n  {secret}"',
    '{name}: "{half}\\\n  {rest}"',
    "{name}: [a, {secret}]",
    "{name}:\n- {secret}",
    "{name}: {{a: {secret}}}",
    "{name}:\n  deep:\n    er: {secret}",
    "? {name}\n: {secret}",
    "? |-\n  {name}\n: {secret}",
    "env:\n- name: {name}\n  value: {secret}",
    "env:\n- value: {secret}\n  name: {name}",
    "env:\n- value: {secret}\n  other: 1\n  more: 2\n  name: {name}",
    "env:\n- {{value: {secret}, name: {name}}}",
    "env:\n- {{ParameterKey: {name}, ParameterValue: {secret}}}",
    "base: &word {secret}\n{name}: *word",
    "base: &all {{x: {secret}}}\n{name}: *all",
    "{name}: !custom {secret}",
    "{name}: !!str {secret}",
    "args: [--{name}, {secret}]",
    "args:\n- --{name}\n- {secret}",
    "args: [sh, -c, 'run --{name} {secret}']",
    "args: ['--{name}={secret}']",
    "# {name}: {secret}",
    "{name}: x # {secret}",
    '"{escaped}": {secret}',
    "text: '{name}={secret}'",
    'text: \'{{"{name}": "{secret}"}}\'',
)

JSON_LINES = (
    '"{name}": "{secret}"',
    '"{escaped}": "{secret}"',
    '"{name}":\n  "{secret}"',
    '"{name}": ["a", "{secret}"]',
    '"{name}": {{"a": {{"b": "{secret}"}}}}',
    '"env": [{{"value": "{secret}", "name": "{name}"}}]',
    '"env": [{{"Value":\n "{secret}", "Key": "{name}"}}]',
    '"args": ["--{name}", "{secret}"]',
    '"args": ["--{name}={secret}"]',
    '"text": "{name}={secret}"',
)

SHAPES = (
    "postgres://app:{secret}@db:5432/app",
    "redis://:{secret}@cache:6379",
    "Server=db;User Id=app;Password={secret};",
    "Bearer {secret}",
    "Authorization: Basic {secret}",
    "curl -H 'Authorization: Bearer {secret}' https://x",
    "mysql --password={secret} -h db",
    "mysql -uroot -p{secret}",
    "AccountKey={secret};EndpointSuffix=x",
)
"""Texts that hold a secret whatever name they stand under."""


def seeded(seed: object) -> random.Random:
    """Return what makes the same secrets at every run."""
    return random.Random(str(seed))  # noqa: S311 - they are to be the same


def secret(seed: random.Random) -> str:
    """Return a made-up secret, as people and as machines make them."""
    word = "".join(seed.choices(string.ascii_lowercase, k=7))
    return f"{word}{seed.randrange(1000, 9999)}{word[::-1]}"


def written(form: str, name: str, hidden: str) -> str:
    """Return a form filled in."""
    escaped = f"\\u{ord(name[0]):04x}{name[1:]}"
    return form.format(name=name, escaped=escaped, secret=hidden, half=hidden[:9], rest=hidden[9:])
