"""A `tfaudit.yaml` to begin with, commented, after a look at what the repository holds."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath

from msgspec import Struct, field

from tfaudit.model.resources import Limits
from tfaudit.sources.tree.files import InputFile, discover
from tfaudit.sources.tree.ignored import excluder

_SHOWN = 8
# Folders whose code is somebody else's, or stands there to be wrong.
_OTHERS = re.compile(r"(?:^|/)(third[-_]party|vendor|vendored|testdata|fixtures|examples?)(?=/)")
_HEAD = "# What tfaudit asks of this repository. Every word: docs/configuration.md, or `tfaudit schema tfaudit`.\n"


class Look(Struct):
    """What a repository holds, as far as a configuration may speak of it."""

    kinds: dict[str, int] = field(default_factory=dict)
    variable_files: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)


def look(folder: Path) -> Look:
    """Return what is at and below `folder`, by the names and first bytes of its files; nothing of it is evaluated."""
    from tfaudit.sources.text.forms import form_of

    found = Look()
    for each in discover(folder, folder, Limits(), excluder(folder, ())):
        if not isinstance(each, InputFile):
            continue
        kind = ""
        if each.name.endswith((".tf", ".tofu", ".tf.json", ".tofu.json")):
            kind = "Terraform"
        elif each.name.endswith((".tfvars", ".tfvars.json")):
            _variables(each.name, found)
        elif each.suffix in (".yaml", ".yml", ".json", ".template"):
            kind = _named(form_of(each))
            if kind == "plan":
                found.plans.append(each.name)
        if kind:
            found.kinds[kind] = found.kinds.get(kind, 0) + 1
            match = _OTHERS.search(each.name)
            if match and (part := each.name[: match.end()]) not in found.others:
                found.others.append(part)
    return found


def _named(form: object) -> str:
    return {"plan": "plan", "kubernetes": "Kubernetes", "cloudformation": "CloudFormation"}.get(str(form), "")


def _variables(name: str, found: Look) -> None:
    base = PurePath(name).name
    # Terraform loads these by itself.
    if base not in ("terraform.tfvars", "terraform.tfvars.json") and ".auto.tfvars" not in base:
        found.variable_files.append(name)


def text(found: Look) -> str:
    """Return the configuration, everything that is not certain as a comment."""
    held = (
        ", ".join(f"{count:,} {kind} files" for kind, count in sorted(found.kinds.items())) or "nothing yet"
    )
    lines = [_HEAD.rstrip(), f"# Seen here: {held}.", ""]
    lines += [
        "# The policies: default, or another of `tfaudit profiles`; a file of your own beside this one works, too.",
        "profile: default",
        "",
        "# Which controls reports show (all unless named): soc2, iso27001, gdpr, pci_dss.",
        "# frameworks: [soc2, iso27001]",
        "",
        "# What a pull request must not bring. Begin with what is worst, and lower the bar with time.",
        "gate:",
        "  fail_on: high        # critical, high, medium, low or never",
        "  # unknown_on: critical   # what cannot be decided counts from here on",
        "  # allow_incomplete: false  # true: input that was not read is no reason for exit code 3",
        "",
        "# Only what is new counts: keep today's findings with `tfaudit baseline write`, or compare with a branch.",
        "# compare: {baseline: tfaudit-baseline.json}",
        "# compare: {since: origin/main}",
        "",
    ]
    lines += _excluded(found) + _terraform(found)
    lines += [
        "# Findings that do not count, and why: `tfaudit waive FINGERPRINT --reason ... --owner ...` writes them.",
        "# waivers:",
        "#   - policy: database-multi-zone",
        '#     asset: "aws_db_instance.reports"',
        "#     reason: rebuilt every night from the ledger",
        "#     owner: data team",
        "#     until: 2027-03-31",
        "",
    ]
    return "\n".join(lines)


def _excluded(found: Look) -> list[str]:
    if not found.others:
        return [
            "# Paths that are left out, as .gitignore would; every report says which.",
            '# exclude: ["legacy/"]',
            "",
        ]
    listed = ", ".join(f'"/{each}/"' for each in found.others[:_SHOWN])
    return [
        "# Paths that are left out, as .gitignore would; every report says which. These look like other people's code,",
        "# or like examples: decide, and take the # away.",
        f"# exclude: [{listed}]",
        "",
    ]


def _terraform(found: Look) -> list[str]:
    if not found.variable_files:
        return []
    names = ", ".join(found.variable_files[:_SHOWN])
    return [
        "# Values that the code is judged with (terraform.tfvars and *.auto.tfvars count by themselves). Without them,",
        "# what hangs on a variable stays unknown. Name those of the environment that matters most:",
        "# terraform:",
        f"#   variable_files: [{names}]",
        "",
    ]


def write(folder: Path) -> Path:
    """Write the configuration of `folder`; `FileExistsError` where it has one."""
    path = folder / "tfaudit.yaml"
    for name in ("tfaudit.yaml", "tfaudit.yml"):
        if os.path.lexists(folder / name):
            raise FileExistsError(str(folder / name))
    content = text(look(folder))
    with path.open("x", encoding="utf-8") as stream:
        stream.write(content)
    return path
