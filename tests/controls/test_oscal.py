"""An OSCAL catalogue and profile become a framework: the controls that the profile resolves to, in their order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands import tfaudit
from tfaudit.controls import oscal
from tfaudit.errors import PolicyError, UsageError


def control(id_: str, *inner: dict[str, Any], withdrawn: bool = False) -> dict[str, Any]:
    props = [{"name": "status", "value": "withdrawn"}] if withdrawn else []
    return {"id": id_, "title": f"Title of {id_}", "props": props, "controls": list(inner)}


CATALOG = {
    "catalog": {
        "uuid": "1",
        "metadata": {"title": "A catalogue", "version": "1.0", "oscal-version": "1.1.2"},
        "groups": [
            {
                "id": "ac",
                "title": "Access",
                "controls": [
                    control("ac-1"),
                    control("ac-2", control("ac-2.1"), control("ac-2.2", withdrawn=True)),
                    control("ac-3"),
                ],
            },
            {"title": "Outer", "groups": [{"title": "Inner", "controls": [control("cp-9")]}]},
        ],
    }
}


def profile(**chosen: Any) -> dict[str, Any]:
    return {
        "profile": {
            "metadata": {"title": "A profile", "version": "2.0"},
            "imports": [{"href": "https://elsewhere.example/catalog.json", **chosen}],
        }
    }


def ids(folder: Path, chosen: dict[str, Any] | None = None) -> list[str]:
    (folder / "catalog.json").write_text(json.dumps(CATALOG))
    path = None
    if chosen is not None:
        path = folder / "profile.json"
        path.write_text(json.dumps(profile(**chosen)))
    made = oscal.framework("own", folder / "catalog.json", path)
    return [each["id"] for each in made.document["controls"]]


def test_every_control_that_is_not_withdrawn(tmp_path: Path) -> None:
    assert ids(tmp_path) == ["ac-1", "ac-2", "ac-2.1", "ac-3", "cp-9"]


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"include-all": {}}, ["ac-1", "ac-2", "ac-2.1", "ac-3", "cp-9"]),
        ({"include-controls": [{"with-ids": ["ac-2"]}]}, ["ac-2"]),
        (
            {"include-controls": [{"with-ids": ["ac-2"], "with-child-controls": "yes"}]},
            ["ac-2", "ac-2.1"],
        ),
        ({"include-controls": [{"matching": [{"pattern": "ac-*"}]}]}, ["ac-1", "ac-2", "ac-2.1", "ac-3"]),
        (
            {"include-all": {}, "exclude-controls": [{"with-ids": ["ac-2"], "with-child-controls": "yes"}]},
            ["ac-1", "ac-3", "cp-9"],
        ),
    ],
)
def test_a_profile_chooses(tmp_path: Path, chosen: dict[str, Any], left: list[str]) -> None:
    assert ids(tmp_path, chosen) == left


def test_a_profile_that_chooses_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='chooses "ac-9"'):
        ids(tmp_path, {"include-controls": [{"with-ids": ["ac-9"]}]})


def test_the_command_writes_a_framework_that_a_scan_takes(tmp_path: Path) -> None:
    (tmp_path / "catalog.json").write_text(json.dumps(CATALOG))
    chosen = profile(**{"include-controls": [{"with-ids": ["cp-9"]}]})
    chosen["profile"]["modify"] = {"set-parameters": [{"param-id": "cp-9_prm_1"}]}
    (tmp_path / "profile.json").write_text(json.dumps(chosen))
    arguments = ("import", "catalog.json", "--oscal-profile", "profile.json", "--id", "own")
    done = tfaudit("controls", *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "is not taken over" in done.stdout
    document = yaml.safe_load((tmp_path / "controls/own.yaml").read_text())
    assert (document["name"], document["version"]) == ("A profile", "2.0")
    assert document["controls"] == [
        {"id": "cp-9", "title": "Title of cp-9", "group": "Inner", "testable": "partial"}
    ]
    assert (
        tfaudit("controls", "list", "--controls", "controls", "--framework", "own", cwd=tmp_path).returncode
        == 0
    )
    again = tfaudit("controls", *arguments, cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr


@pytest.mark.parametrize(
    "text",
    ["", "{}", '{"catalog": 1}', "<catalog/>", "[" * 100_000, '{"catalog": {"metadata": {"title": "t"}}}'],
)
def test_what_is_no_catalogue_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "catalog.json").write_text(text)
    done = tfaudit("controls", "import", "catalog.json", "--id", "own", cwd=tmp_path)
    assert done.returncode == 2
    assert "not OSCAL's JSON" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "controls").exists()


@pytest.mark.parametrize(
    ("controls", "says"),
    [
        ([control("ac-1"), control("ac-1")], "stands twice"),
        ([control("ac\x1b[31m-1")], "control characters"),
        ([{**control("ac-1"), "title": "red \x1b[31m"}], "control characters"),
        ([control("a" * 61)], "at most 60 characters"),
    ],
)
def test_what_no_framework_can_hold_is_not_taken(tmp_path: Path, controls: Any, says: str) -> None:
    metadata = CATALOG["catalog"]["metadata"]
    (tmp_path / "catalog.json").write_text(
        json.dumps({"catalog": {"metadata": metadata, "controls": controls}})
    )
    with pytest.raises(PolicyError, match=says):
        oscal.framework("own", tmp_path / "catalog.json")


def test_the_name_of_one_of_our_own_is_taken(tmp_path: Path) -> None:
    (tmp_path / "catalog.json").write_text(json.dumps(CATALOG))
    with pytest.raises(UsageError, match="framework of tfaudit's own"):
        oscal.framework("soc2", tmp_path / "catalog.json")
