"""`tfaudit.yaml`: every word does what it says, and a fault is named with its place and the nearest right word."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands import tfaudit, verdicts
from tfaudit.config import read
from tfaudit.errors import TfauditError

WEAK = """
variable "days" { default = 3 }
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  backup_retention_period = var.days
}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(WEAK)
    return tmp_path


def scan(repository: Path, configuration: str) -> tuple[int, list[str]]:
    (repository / "tfaudit.yaml").write_text(configuration)
    done = tfaudit("scan", "--policy", "backup-retention", "-o", "json", cwd=repository)
    assert "Traceback" not in done.stderr
    return done.returncode, [each["outcome"] for each in verdicts(done)]


@pytest.mark.parametrize(
    ("configuration", "code", "outcomes"),
    [
        ("", 1, ["fail"]),
        ("gate: {fail_on: critical}", 0, ["fail"]),
        ("severities: {backup-retention: low}\ngate: {fail_on: medium}", 0, ["fail"]),
        ("parameters: {backup-retention: {days: 2}}", 0, ["pass"]),
        ("terraform: {variables: {days: '30'}}", 0, ["pass"]),
        (
            "waivers: [{policy: backup-retention, asset: '*', reason: rebuilt nightly, owner: data team}]",
            0,
            ["waived"],
        ),
        (
            "waivers: [{policy: backup-retention, asset: '*', reason: r, owner: o, until: 2020-01-01}]",
            1,
            ["fail"],
        ),
    ],
)
def test_words_do_what_they_say(repository: Path, configuration: str, code: int, outcomes: list[str]) -> None:
    assert scan(repository, configuration) == (code, outcomes)


def test_variable_file_beside_the_configuration(repository: Path) -> None:
    (repository / "production.tfvars").write_text("days = 35\n")
    assert scan(repository, "terraform: {variable_files: [production.tfvars]}") == (0, ["pass"])


def test_profile_beside_the_configuration(repository: Path) -> None:
    (repository / "strict.yaml").write_text("name: strict\nparameters: {backup-retention: {days: 2}}\n")
    assert scan(repository, "profile: strict.yaml") == (0, ["pass"])


def test_accepted_gap_is_shown_and_does_not_count(repository: Path) -> None:
    (repository / "old").mkdir()
    (repository / "old/main.tf").write_text("resource {{{")
    (repository / "tfaudit.yaml").write_text(
        "gate: {fail_on: never}\naccept_unread: [{match: 'old/*', reason: kept for reference}]\n"
    )
    done = tfaudit("scan", "-o", "json", cwd=repository)
    assert done.returncode == 0
    gaps = json.loads(done.stdout)["unread"]
    assert {gap["accepted"] for gap in gaps} == {"kept for reference"}


def test_an_accepted_gap_that_is_none_is_reported_as_unused(repository: Path) -> None:
    (repository / "old").mkdir()
    (repository / "old/main.tf").write_text("resource {{{")
    (repository / "tfaudit.yaml").write_text(
        "gate: {fail_on: never}\naccept_unread:\n"
        "  - {match: 'old/*', reason: kept for reference}\n  - {match: 'older/*', reason: it was there}\n"
    )
    done = tfaudit("scan", "-o", "json", cwd=repository)
    (note,) = [each for each in json.loads(done.stdout)["run"]["notes"] if "accepts nothing" in each]
    assert note.startswith('tfaudit.yaml: accept_unread: "older/*" accepts nothing')
    assert done.returncode == 0
    assert tfaudit("scan", "--strict-waivers", cwd=repository).returncode == 1
    # Where a part of the tree is looked at, nothing is said of the rest; where two are, what one has is enough.
    (repository / "new").mkdir()
    (repository / "new/main.tf").write_text("")
    (repository / ".git").mkdir()
    assert "accepts nothing" not in tfaudit("scan", "new/main.tf", cwd=repository).stdout
    both = tfaudit("scan", "new", "old", cwd=repository).stdout
    assert '"old/*" accepts' not in both
    assert '"older/*" accepts nothing' in both


def _doubled(form: str) -> str:
    """Return a configuration in which each of many values holds the one before it twice."""
    steps = (f"  p{n}: &a{n} " + form % f"*a{n - 1}, *a{n - 1}" for n in range(1, 40))
    return "\n".join(["parameters:", "  p0: &a0 {days: 1}", *steps])


@pytest.mark.parametrize(
    ("configuration", "says"),
    [
        ("profil: default", 'did you mean "profile"'),
        ("gate: {fail_on: dire}", "gate.fail_on"),
        ("gate: {max_unknown: -1}", "gate.max_unknown"),
        ("gate: {fail_on: low}\ngate: {fail_on: high}", ':2: "gate" stands here twice'),
        ("gate: {fail_on: low, allow_empty: true, fail_on: high}", '"fail_on" stands here twice'),
        ("waivers: [{policy: a, asset: b, owner: c, reason: ''}]", "it is empty"),
        ("waivers: [{policy: a, asset: b, owner: c}]", "waivers.0.reason"),
        ("waivers: [{policy: a, asset: b, owner: c, reason: ''}]", "waivers.0.reason"),
        ("profile: [", "not YAML"),
        ("- a\n- b", "map of words"),
        ("exclude: " + "[" * 100_000, "nested deeper"),
        ("parameters: " + "{a: " * 100_000, "nested deeper"),
        ("gate: {max_unknown: " + "9" * 5_000 + "}", "a number of more than 100 digits"),
        ("gate: {max_unknown: " + "1:" * 200_000 + "1}", "a number of more than 100 digits"),
        (
            "waivers: [{policy: a, asset: b, owner: c, reason: d, until: 2027-02-30}]",
            '"2027-02-30" is not what',
        ),
        ("gate: {allow_empty: !!bool perhaps}", "a value is not what"),
        ("parameters: {backup-retention: &all {days: *all}}", "an anchor that holds itself"),
        (_doubled("{days: [%s]}"), "with its aliases"),
        (_doubled("{<<: [%s]}"), "with its aliases"),
    ],
)
def test_fault_is_named(tmp_path: Path, configuration: str, says: str) -> None:
    path = tmp_path / "tfaudit.yaml"
    path.write_text(configuration)
    with pytest.raises(TfauditError) as raised:
        read(path)
    assert says in str(raised.value)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    "configuration",
    [
        "policies: {only: [backup-retentio]}",
        "policies: {exclude: [backup-retentio]}",
        "parameters: {backup-retention: {dayz: 3}}",
        "frameworks: [soc-2]",
        "profile: absent",
    ],
)
def test_names_that_do_not_exist_end_the_run(repository: Path, configuration: str) -> None:
    (repository / "tfaudit.yaml").write_text(configuration)
    done = tfaudit("scan", cwd=repository)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def notes(folder: Path, *arguments: str) -> list[str]:
    done = tfaudit("scan", *arguments, "-o", "json", "--policy", "backup-retention", cwd=folder)
    assert "Traceback" not in done.stderr
    found: list[str] = json.loads(done.stdout)["run"]["notes"]
    return found


def outcomes(folder: Path, *arguments: str) -> dict[str, str]:
    done = tfaudit("scan", *arguments, "-o", "json", "--policy", "backup-retention", cwd=folder)
    assert "Traceback" not in done.stderr
    return {each["asset"]["address"]: each["outcome"] for each in verdicts(done)}


WAIVED = "waivers: [{policy: backup-retention, asset: '*', reason: r, owner: o}]"


@pytest.fixture
def nested(repository: Path) -> Path:
    """A work tree with the database two folders down."""
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    (repository / "a/b").mkdir(parents=True)
    (repository / "main.tf").rename(repository / "a/b/main.tf")
    return repository


@pytest.mark.parametrize("place", [".", "a", "a/b"])
@pytest.mark.parametrize("name", ["tfaudit.yaml", "tfaudit.yml"])
def test_configuration_is_found_upwards(nested: Path, place: str, name: str) -> None:
    (nested / place / name).write_text(WAIVED)
    for target in ("a/b", "a/b/main.tf"):
        assert outcomes(nested, target) == {"aws_db_instance.orders": "waived"}
    assert outcomes(nested / "a/b") == {"aws_db_instance.orders": "waived"}


def test_the_nearest_configuration_counts_and_none_above_the_work_tree(nested: Path) -> None:
    (nested / "tfaudit.yaml").write_text(WAIVED)
    (nested / "a/tfaudit.yaml").write_text("exclude: [old]")
    assert outcomes(nested, "a/b") == {"aws_db_instance.orders": "fail"}
    inner = nested / "a/b"
    (nested / "a/tfaudit.yaml").write_text(WAIVED)
    subprocess.run(["git", "init", "-q", str(inner)], check=True)
    assert outcomes(nested, "a/b") == {"aws_db_instance.orders": "fail"}


def test_two_configurations_in_one_folder_end_the_run(nested: Path) -> None:
    for name in ("tfaudit.yaml", "tfaudit.yml"):
        (nested / "a" / name).write_text(WAIVED)
    done = tfaudit("scan", "a/b", cwd=nested)
    assert done.returncode == 2
    assert "remove tfaudit.yml" in done.stderr


def test_paths_and_patterns_are_relative_to_the_configuration(nested: Path) -> None:
    (nested / "a/tfaudit.yaml").write_text(
        "exclude: [/b/old/, '*.gone.tf']\nterraform: {variable_files: [values/live.tfvars]}\n"
    )
    (nested / "a/values").mkdir()
    (nested / "a/values/live.tfvars").write_text("days = 35")
    (nested / "a/b/old").mkdir()
    (nested / "a/b/old/main.tf").write_text(WEAK.replace("orders", "old"))
    (nested / "a/b/x.gone.tf").write_text('resource "aws_db_instance" "gone" {}')
    assert outcomes(nested, "a/b") == {"aws_db_instance.orders": "pass"}
    assert outcomes(nested / "a") == {"aws_db_instance.orders": "pass"}
    assert outcomes(nested / "a/b", ".") == {"aws_db_instance.orders": "pass"}
    # What is named itself is judged.
    assert outcomes(nested, "a/b/old/main.tf") == {"aws_db_instance.old": "pass"}


def test_each_target_has_the_configuration_of_its_own(nested: Path) -> None:
    (nested / "c").mkdir()
    (nested / "c/main.tf").write_text(WEAK.replace("orders", "other"))
    (nested / "c/tfaudit.yaml").write_text(WAIVED + "\ngate: {fail_on: never}")
    (nested / "tfaudit.yaml").write_text("severities: {backup-retention: critical}")
    for targets in (["a", "c"], ["a/b/main.tf", "c/main.tf"]):
        assert outcomes(nested, *targets) == {
            "aws_db_instance.orders": "fail",
            "aws_db_instance.other": "waived",
        }
        # The first one's gate decides.
        assert tfaudit("scan", *targets, cwd=nested).returncode == 1
        assert tfaudit("scan", *reversed(targets), cwd=nested).returncode in (0, 3)


def test_what_a_configuration_changes_is_a_note(nested: Path) -> None:
    (nested / "a/tfaudit.yaml").write_text(
        "policies: {exclude: [key-rotation, database-multi-zone]}\n"
        "severities: {backup-retention: low}\nexclude: [legacy/**]\n"
        "terraform: {variable_files: [live.tfvars], modules: {team/db/aws: modules/db}}\n"
        f"gate: {{fail_on: high, max_unknown: 5}}\n{WAIVED}\naccept_unread: [{{match: x, reason: y}}]\n"
    )
    (nested / "a/live.tfvars").write_text("")
    (note,) = [each for each in notes(nested, "a/b") if "in force" in each]
    assert note.startswith("a/tfaudit.yaml is in force: ")
    for told in (
        "switches off the policies key-rotation, database-multi-zone",
        "backup-retention to low",
        "leaves out legacy/**",
        "variable file live.tfvars",
        "maps modules of team/db/aws",
        "fails the run on high",
        "5 unknown",
        "1 waiver",
        "1 entry that accepts unread input",
    ):
        assert told in note
    (nested / "a/tfaudit.yaml").write_text("")
    assert notes(nested, "a/b") == []


def test_a_configuration_below_the_target_is_told_not_to_count(nested: Path) -> None:
    (nested / "a/tfaudit.yaml").write_text(WAIVED)
    assert outcomes(nested) == {"aws_db_instance.orders": "fail"}
    assert any(each.startswith("a/tfaudit.yaml is not in force") for each in notes(nested))


def test_a_mirror_of_a_module_is_relative_to_the_configuration(nested: Path) -> None:
    (nested / "a/tfaudit.yaml").write_text("terraform: {modules: {team/db/aws: vendor/db}}")
    (nested / "a/vendor/db").mkdir(parents=True)
    (nested / "a/vendor/db/main.tf").write_text(WEAK)
    (nested / "a/b/main.tf").write_text('module "db" {\n  source = "team/db/aws"\n  days   = 35\n}\n')
    assert outcomes(nested, "a/b") == {"module.db.aws_db_instance.orders": "pass"}
