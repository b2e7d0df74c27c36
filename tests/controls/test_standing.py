"""How a control stands: by the strength of links, with what was judged, and never more than was seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tfaudit.model.resources import Place
from tfaudit.model.result import ScanResult
from tfaudit.model.standing import Standing, Status, standings
from tfaudit.model.verdicts import Control, Framework
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, build
from tfaudit.policies.scopes import Mark
from tfaudit.policies.waivers import ConfiguredWaiver

DATABASE = """
variable "later" {}
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  storage_encrypted       = %s
  backup_retention_period = %s
  tags                    = { data = "%s" }
}
"""
WAIVER = ConfiguredWaiver("encrypted", "*", "moved in spring", "", "data team", Place("tfaudit.yaml"))


def policy(id_: str, strength: str, require: dict[str, Any], **more: Any) -> Any:
    link = {strength: "Because.", **more.pop("link", {})}
    document = {
        "id": id_,
        "title": id_,
        "family": "encryption_at_rest",
        "severity": "high",
        "kinds": ["database"],
        "why": "Why.",
        "require": require,
        "controls": {"own": {"C1": link}},
        **more,
    }
    return build(document, f"{id_}.yaml", "")


def encrypted(strength: str, **link: Any) -> Any:
    return policy("encrypted", strength, {"encryption.at_rest": True}, link=link)


def backed_up(strength: str, days: int = 7, **link: Any) -> Any:
    return policy(
        "backed-up",
        strength,
        {"backup.retention_days": {"at_least": "$days"}},
        parameters={"days": {"default": days, "says": "how long"}},
        link=link,
    )


def result(
    folder: Path, policies: list[Any], encrypted: str = "true", days: str = "7", **options: Any
) -> ScanResult:
    (folder / "main.tf").write_text(DATABASE % (encrypted, days, "personal"))
    sufficient = options.pop("sufficient", ())
    scope = options.pop("scope", "")
    framework = Framework(
        "own",
        "Our own",
        "1",
        {
            "C1": Control("C1", "Data is safe", "", "automated", "", sufficient),
            "C2": Control("C2", "People are nice", "", "manual"),
        },
        scope=scope,
    )
    return scan(folder, Options(PolicySet(policies), frameworks={"own": framework}, **options))


def standing(*arguments: Any, **options: Any) -> Standing:
    return next(each for each in standings(result(*arguments, **options)) if each.control == "C1")


@pytest.mark.parametrize(
    ("strength", "value", "status"),
    [
        ("full", "true", Status.NO_EXCEPTIONS_SEEN),
        ("partial", "true", Status.NO_EXCEPTIONS_SEEN),
        ("supporting", "true", Status.NO_EXCEPTIONS_SEEN),
        ("full", "false", Status.EXCEPTIONS),
        ("partial", "false", Status.EXCEPTIONS),
        ("supporting", "false", Status.UNKNOWN),
        ("partial", "var.later", Status.UNKNOWN),
        ("supporting", "var.later", Status.UNKNOWN),
    ],
)
def test_status_of_one_link(tmp_path: Path, strength: str, value: str, status: Status) -> None:
    assert standing(tmp_path, [encrypted(strength)], value).status == status


def test_a_supporting_fail_is_no_exception_beside_a_partial_pass_and_is_told(tmp_path: Path) -> None:
    found = standing(tmp_path, [encrypted("supporting"), backed_up("partial")], "false")
    assert found.status == Status.NO_EXCEPTIONS_SEEN
    assert "encrypted (high, supporting) fails on 1" in found.says


def test_a_partial_fail_is_an_exception_beside_any_pass(tmp_path: Path) -> None:
    found = standing(tmp_path, [encrypted("full"), backed_up("partial")], "true", "1")
    assert found.says == (
        "exceptions (2 of 2 policies judged, on 1 asset); backed-up (high, partial) fails on 1"
    )


def test_supporting_evidence_alone_is_called_so(tmp_path: Path) -> None:
    assert "supporting evidence only" in standing(tmp_path, [encrypted("supporting")]).says


def test_what_was_waived_stays_an_exception(tmp_path: Path) -> None:
    found = standing(tmp_path, [encrypted("partial")], "false", waivers=(WAIVER,), today=date(2026, 1, 1))
    assert found.status == Status.EXCEPTIONS
    assert "fails on 1, 1 of them waived" in found.says


def test_a_waived_unknown_stays_unknown(tmp_path: Path) -> None:
    found = standing(tmp_path, [encrypted("partial")], "var.later", waivers=(WAIVER,), today=date(2026, 1, 1))
    assert found.status == Status.UNKNOWN


def test_nothing_to_judge_and_no_policy(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code/main.tf").write_text('resource "aws_sqs_queue" "jobs" {}\n')
    judged = result(tmp_path, [encrypted("full")])
    empty = scan(
        tmp_path / "code", Options(PolicySet([encrypted("full")]), frameworks=dict(judged.frameworks))
    )
    assert {each.control: each.status for each in standings(empty)} == {
        "C1": Status.NOT_SEEN,
        "C2": Status.NO_POLICY,
    }


@pytest.mark.parametrize(("asked", "status"), [(30, Status.NOT_SEEN), (365, Status.NO_EXCEPTIONS_SEEN)])
def test_a_link_counts_from_its_floor_on(tmp_path: Path, asked: int, status: Status) -> None:
    found = standing(tmp_path, [backed_up("partial", asked, floor={"days": 365})], "true", "400")
    assert found.status == status
    short = [each.short for each in found.evidence]
    assert short == (["days is 30 and the control asks for 365"] if asked == 30 else [""])


@pytest.mark.parametrize(
    ("value", "kinds", "status"),
    [
        ("true", ("database",), Status.EVIDENCED),
        ("true", ("database", "cache"), Status.NO_EXCEPTIONS_SEEN),
        ("false", ("database",), Status.EXCEPTIONS),
    ],
)
def test_evidenced_by_a_sufficient_set_on_every_kind_of_it(
    tmp_path: Path, value: str, kinds: tuple[str, ...], status: Status
) -> None:
    enough = ({"kinds": kinds, "policies": ("encrypted",)},)
    assert standing(tmp_path, [encrypted("full")], value, sufficient=enough).status == status


def test_a_set_of_which_one_is_not_judged_does_not_suffice(tmp_path: Path) -> None:
    enough = ({"kinds": ("database",), "policies": ("encrypted", "backed-up")},)
    found = standing(tmp_path, [encrypted("full")], sufficient=enough)
    assert found.status == Status.NO_EXCEPTIONS_SEEN


@pytest.mark.parametrize(("mark", "status"), [("personal", Status.EXCEPTIONS), ("public", Status.NOT_SEEN)])
def test_assets_out_of_the_frameworks_scope_are_no_evidence(
    tmp_path: Path, mark: str, status: Status
) -> None:
    scopes = {"personal_data": (Mark({"data": mark}),)}
    found = standing(tmp_path, [encrypted("full")], "false", scopes=scopes, scope="personal_data")
    assert found.status == status


def test_a_scope_that_nobody_declares_holds_every_asset(tmp_path: Path) -> None:
    assert standing(tmp_path, [encrypted("full")], "false", scope="card_data").status == Status.EXCEPTIONS
