"""CONTRIBUTING.md is true for newcomers: a policy, a service, a source and a report from outside the package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

POLICY = """
id: vault-sealed-by-hardware
title: Vaults are sealed by a hardware module
family: encryption_at_rest
severity: high
kinds: [secret_store]
require: {purge_protection: true}
controls:
  soc2: {CC6.1: {partial: The key that opens every other one is not in a file.}}
why: A seal key in a file opens every secret.
fix: Add a seal stanza with pkcs11.
"""

SOURCE = '''
"""Vault server configuration, one `word = value` a line."""
from tfaudit.model.resources import Place, Resource

def claims(file):
    return file.name.endswith(".vault")

def read(file, limits):
    body, lines = {}, {}
    for number, line in enumerate(file.read().decode().splitlines(), 1):
        word, _, value = line.partition("=")
        body[word.strip()] = value.strip()
        lines[word.strip()] = number
    def locate(path):
        return Place(file.name, lines.get(path[0], 1) if path else 1, at=str(path[0]) if path else "")
    yield Resource("vault_server", file.name, body, Place(file.name, 1), "config", "terraform", ".", locate)
'''

SERVICE = '''
"""HashiCorp Vault servers, as `secret_store` assets."""
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Word

READS = ("vault_server",)
KINDS = ("secret_store",)
TABLE = {"name": Word(terraform=("name",)), "seal": Word(terraform=("seal",))}

def sealed(seal):
    return None if seal is None else seal == "pkcs11"

FACTS = {
    "purge_protection": Fact(
        sealed,
        of=("seal",),
        default=Documented(False, "developer.hashicorp.com/vault/docs/configuration/seal"),
    )
}

def assets(view):
    yield asset("secret_store", view, FACTS, key(view, "vault:{}", "name"))
'''

REPORT = '''
"""One line a verdict."""
FORMAT = "lines"

def write(result, out, options):
    for verdict in result.verdicts:
        out.write(f"{verdict.outcome} {verdict.policy.id} {verdict.asset.key} {verdict.places[0]}\\n")
'''


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    for name, text in {
        "policies/encryption_at_rest/vault-sealed-by-hardware.yaml": POLICY,
        "sources/vault.py": SOURCE,
        "services/vault.py": SERVICE,
        "reports/lines.py": REPORT,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def tfaudit(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tfaudit", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_all_four_work_together(plugins: Path, tmp_path: Path) -> None:
    estate = tmp_path / "estate"
    estate.mkdir()
    (estate / "main.vault").write_text("name = main\nseal = file\n")
    (estate / "spare.vault").write_text("name = spare\nseal = pkcs11\n")
    done = tfaudit("scan", estate, "--plugins", plugins, "-o", "lines", cwd=tmp_path)
    assert done.stderr == "tfaudit: exit code 1: 2 findings are low or worse (the default)\n"
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if "vault-sealed-by-hardware" in line]
    assert lines == [
        "fail vault-sealed-by-hardware vault:main main.vault:2",
        "pass vault-sealed-by-hardware vault:spare spare.vault:2",
    ]


def test_own_reports_tell_of_them_too(plugins: Path, tmp_path: Path) -> None:
    (tmp_path / "main.vault").write_text("name = main\nseal = file\n")
    done = tfaudit("scan", "main.vault", "--plugins", plugins, "-o", "json", cwd=tmp_path)
    verdicts = json.loads(done.stdout)["verdicts"]
    assert ("vault-sealed-by-hardware", "fail") in {(each["policy"], each["outcome"]) for each in verdicts}


def test_scanned_configuration_cannot_name_plugins(plugins: Path, tmp_path: Path) -> None:
    (tmp_path / "tfaudit.yaml").write_text(f"plugins: [{plugins}]\n")
    done = tfaudit("scan", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "plugins" in done.stderr


def test_a_service_that_crashes_shows_and_makes_the_scan_incomplete(plugins: Path, tmp_path: Path) -> None:
    (plugins / "services/vault.py").write_text(SERVICE.replace("yield asset", "1 / 0; yield asset"))
    (tmp_path / "main.vault").write_text("name = main\n")
    done = tfaudit("scan", "main.vault", "--plugins", plugins, cwd=tmp_path)
    assert done.returncode == 3
    assert "ZeroDivisionError" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "services/vault.py",
            SERVICE.replace("def assets(view):", "def assets(view)"),
            "vault.py:23: the plug-in cannot",
        ),
        ("services/vault.py", "import no_such_library\n" + SERVICE, "vault.py:1: the plug-in cannot"),
        ("services/vault.py", SERVICE.replace("READS", "1 / 0\nREADS"), "vault.py:8: the plug-in cannot"),
        ("services/vault.py", "raise SystemExit(0)\n", "vault.py:1: the plug-in cannot"),
        ("services/vault.py", SERVICE.replace("READS", "READ"), "needs READS"),
        ("services/vault.py", SERVICE.replace("KINDS", "KIND"), "needs KINDS"),
        ("services/vault.py", SERVICE.replace('("vault_server",)', '"vault_server"'), "needs READS, a tuple"),
        ("services/vault.py", SERVICE.replace('("vault_server",)', "(1,)"), "needs READS, a tuple"),
        (
            "services/vault.py",
            SERVICE.replace('("secret_store",)', '("secret_stor",)'),
            'mean "secret_store"?',
        ),
        ("services/vault.py", SERVICE.replace("def assets", "def asset"), "needs the function assets"),
        ("services/vault.py", "\xff\xfe", "vault.py"),
        ("sources/vault.py", SOURCE.replace("def claims", "def claim"), "needs the function claims"),
        ("sources/vault.py", SOURCE.replace("def read", "def reads"), "needs the function read or read_tree"),
        ("sources/vault.py", 'SUFFIXES = ".vault"\n' + SOURCE, "needs SUFFIXES, a tuple"),
        ("reports/lines.py", REPORT.replace("FORMAT", "FORM"), "needs FORMAT"),
        ("reports/lines.py", REPORT.replace('"lines"', '"My Lines"'), "needs FORMAT"),
        ("reports/lines.py", REPORT.replace("def write", "def print"), "needs the function write"),
        ("policies/encryption_at_rest/vault-sealed-by-hardware.yaml", "id: [", "yaml:2: not YAML"),
        ("controls/ours.yaml", "id: [", "ours.yaml"),
    ],
    ids=lambda word: word if "\n" not in word else "",
)
def test_a_broken_plug_in_is_told_before_the_scan_in_one_sentence(
    plugins: Path, tmp_path: Path, name: str, text: str, says: str
) -> None:
    (plugins / name).parent.mkdir(exist_ok=True)
    (plugins / name).write_bytes(text.encode("latin-1"))
    (tmp_path / "main.vault").write_text("name = main\nseal = file\n")
    done = tfaudit(
        "scan", "main.vault", "--plugins", plugins, "-o", "json=out.json", "-o", "sarif=a", cwd=tmp_path
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert str(plugins / name) in done.stderr or name.rpartition("/")[2] in done.stderr
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    "reads",
    [
        "READS = ('vault_server',)",
        'READS = ("vault_server",)  # a comment (with a bracket)',
        'READS = (\n    # see (there)\n    "vault_server",\n)',
        'READS: tuple[str, ...] = ("vault_server",)',
        'READS = tuple(f"{each}_server" for each in ["vault"])',
        'READS = ["vault_server"]',
    ],
)
def test_a_service_is_found_however_it_states_what_it_reads(
    plugins: Path, tmp_path: Path, reads: str
) -> None:
    (plugins / "services/vault.py").write_text(SERVICE.replace('READS = ("vault_server",)', reads))
    (tmp_path / "main.vault").write_text("name = main\nseal = file\n")
    done = tfaudit("scan", "main.vault", "--plugins", plugins, "-o", "lines", cwd=tmp_path)
    assert "fail vault-sealed-by-hardware vault:main main.vault:2" in done.stdout.splitlines(), done.stderr


def test_modules_for_other_modules_of_a_plug_in_state_nothing(plugins: Path, tmp_path: Path) -> None:
    (plugins / "services/_words.py").write_text("WORDS = 1\n")
    (plugins / "services/__init__.py").write_text("")
    (tmp_path / "main.vault").write_text("name = main\nseal = file\n")
    done = tfaudit("scan", "main.vault", "--plugins", plugins, "-o", "lines", cwd=tmp_path)
    assert done.returncode == 1, done.stderr


def test_a_folder_without_plug_ins_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "ours/service").mkdir(parents=True)
    done = tfaudit("scan", "--plugins", "ours", cwd=tmp_path)
    assert done.returncode == 2
    assert "services/" in done.stderr
