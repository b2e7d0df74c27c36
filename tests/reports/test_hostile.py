"""Whatever the scanned input is called and holds: every document is written, is sound, and commands nobody."""

from __future__ import annotations

import html.parser
import io
import json
import os
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from tests.reports.conftest import Written
from tests.reports.runs import run
from tfaudit.data import folder
from tfaudit.evidence import bundle
from tfaudit.model.resources import Place
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome, Waiver
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.registry import Formats

FORMATS = Formats().names
JSON = ("json", "sarif")
POLICIES = (
    "backup-retention",
    "container-not-privileged",
    "container-image-pinned",
    "database-multi-zone",
    "volume-encrypted",
)

HOSTILE = (
    "::error file=main.tf,line=1::all is well",
    "##vso[task.complete result=Succeeded;]x",
    "##[error]x ##teamcity[x]",
    "a\n::add-mask::x\n  ::stop-commands::y",
    "a%0A::error::x\r::error::y\x85::error::z",
    "half \ud800 and \udce9 half",
    "\x1b[31mred\x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b1m \x07\x7f",
    "\u202eesrever\u2066 \u200b::error::\u200d \ufeff \U000e0041",
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>\" onload='alert(1)'",
    "]]> &amp; <![CDATA[ &#0; <!-- -->",
    "[x](javascript:alert(1)) ![y](https://evil.example/i.png) <https://evil.example> https://e.io www.evil.example",
    "| `code` *bold* _x_ ~~y~~ @octocat #1 GH-1 octo/repo#2 $x$ \\",
    "# heading\n- item\n> quote\n```\n<details>\n",
)
"""What is planted in every place of the input that holds words."""


def _text(each: str) -> str:
    """Return `each` as a quoted string of YAML, JSON and HCL: all three know these escapes."""
    quoted = json.dumps(each)
    return quoted.replace("${", "$${")


def _name(each: str) -> bytes:
    return os.fsencode(re.sub(r"[/\x00]|[\ud800-\udfff]", "\udce9", each))[:100]


def _half(each: str) -> str:
    """Return `each` without half characters: libyaml refuses a file that has one."""
    return re.sub("[\ud800-\udfff]", "", each)


def planted(top: Path, each: str) -> None:
    """Write a tree in which `each` stands wherever words do."""
    inside = os.path.join(os.fsencode(top), b"x" + _name(each))  # noqa: PTH118 - a name that is no text
    os.mkdir(inside)  # noqa: PTH102
    words, yaml_words = _text(each), _text(_half(each))
    comment = re.sub(r"[\n\r]|[\ud800-\udfff]", " ", each)
    files = {
        b"main.tf": f"""
resource "aws_db_instance" "orders" {{
  identifier              = {words}
  engine                  = {words}
  backup_retention_period = 1
  tags                    = {{ Name = {words}, {words} = "x" }}
}}
# tfaudit:ignore database-multi-zone {comment}
resource "aws_db_instance" "copy" {{
  identifier = {words}
  multi_az   = false
}}
resource "aws_db_instance" "later" {{
  identifier              = "later"
  backup_retention_period = var.{words[1:9].strip(":# ")}
}}
""",
        b"pod.yaml": f"""
apiVersion: v1
kind: Pod
metadata: {{name: {yaml_words}, namespace: {yaml_words}, annotations: {{{yaml_words}: {yaml_words}}}}}
spec: {{containers: [{{name: {yaml_words}, image: {yaml_words}, securityContext: {{privileged: true}}}}]}}
""",
        b"pod.json": json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {"name": each, "namespace": each},
                "spec": {
                    "containers": [{"name": each, "image": each, "securityContext": {"privileged": True}}]
                },
            }
        ),
        b"t.template.json": json.dumps(
            {
                "AWSTemplateFormatVersion": "2010-09-09",
                "Resources": {
                    each: {
                        "Type": "AWS::EC2::Volume",
                        "Properties": {"Encrypted": False, "AvailabilityZone": each},
                    }
                },
            }
        ),
        b"broken" + _name(each)[:60] + b".yaml": f"apiVersion: v1\nkind: Pod\nmetadata: [{{{yaml_words}",
    }
    for name, content in files.items():
        with open(os.path.join(inside, name), "wb") as out:  # noqa: PTH123, PTH118
            out.write(content.encode("utf-8", "replace"))


@pytest.fixture(scope="module", params=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ScanResult:
    each = HOSTILE[request.param]
    top = tmp_path_factory.mktemp("hostile")
    planted(top, each)
    chosen = tmp_path_factory.mktemp("policies")
    for name in POLICIES:
        [path] = folder("policies").rglob(f"{name}.yaml")
        shutil.copy(path, chosen)
    found = run(top, chosen)
    waiver = Waiver(each, "2099-01-01", each, Place(each, 3))
    for verdict in found.verdicts[:3]:
        verdict.outcome, verdict.waiver = Outcome.WAIVED, waiver
    [scanned] = found.scanned
    accepted = [replace(gap, accepted=each) for gap in found.unread]
    return replace(
        found,
        scanned=(replace(scanned, target=each, observer=each),),
        notes=(*found.notes, each),
        unread=[*found.unread, *accepted],
        profile=each,
    )


def strings(value: Any) -> Iterator[str]:
    """Yield every string of a JSON document, names too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def assert_harmless(text: str) -> None:
    text.encode()
    bad = {each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {
        "\n",
        "\t",
    }
    assert not bad
    assert not re.search(r"(?i)##[\w.-]*\[", text)
    assert not re.search(r"(?m)^\s*::", text)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_report_has_a_control_or_a_command_in_it(
    format_: str, hostile: ScanResult, written: Written
) -> None:
    text = written(format_, hostile, **({"show_all": True} if format_ == "text" else {}))
    if format_ == "github":  # it is made of these three commands, one a line, and of no other
        text = re.sub(r"(?m)^::(?:error|warning|notice)(?: [^:\n]*)?::", "said: ", text)
    assert_harmless(text)


@pytest.mark.parametrize("format_", JSON)
def test_json_is_read_by_strict_readers(format_: str, hostile: ScanResult, written: Written) -> None:
    for each in strings(json.loads(written(format_, hostile))):
        each.encode()  # a half character would not do


def test_places_in_sarif_are_uris(hostile: ScanResult, written: Written) -> None:
    [log] = json.loads(written("sarif", hostile))["runs"]
    places = [place for each in log["results"] for place in each["locations"]]
    assert places
    for place in places:
        assert re.fullmatch(
            r"(?:[\w/~@+,=.-]|%[0-9A-F]{2})+", place["physicalLocation"]["artifactLocation"]["uri"]
        )


def test_junit_is_xml(hostile: ScanResult, written: Written) -> None:
    root = ET.fromstring(written("junit", hostile))  # noqa: S314 - we wrote it
    assert int(root.attrib["failures"]) == hostile.count(Outcome.FAIL) > 0


class Page(html.parser.HTMLParser):
    """Notes tags that a page of ours has not, and whether all are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in ("img", "a", "iframe", "object", "link") and names & {"src", "href"}:
            self.foreign += [
                str(value) for name, value in attrs if name in ("src", "href") and str(value)[:1] != "#"
            ]
        self.foreign += [name for name in names if name.startswith("on")]
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_has_no_tag_of_the_input(hostile: ScanResult, written: Written) -> None:
    text = written("html", hostile)
    page = Page()
    page.feed(text)
    assert (page.open, page.foreign) == ([], [])
    assert text.count("<script") == 2  # the data, which is not run, and ours
    assert text.count('<script type="application/json" id="data">') == text.count("<script>") == 1


def test_markdown_has_no_link_image_or_tag_of_the_input(hostile: ScanResult, written: Written) -> None:
    from markdown_it import MarkdownIt

    text = written("markdown", hostile)
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    assert not re.search(r"<(?:a|img|script|em|s|h1)\b", page)
    assert page.count("<details>") == page.count("</details>")
    outside = re.sub(r"(?s)<(pre|code)>.*?</\1>", "", page)
    assert not re.search(r"@octocat|https?://\w|www\.evil|(?<!&)#\d", outside.replace("&#", ""))


@pytest.mark.parametrize("width", [20, 41, 60, 83])
def test_folding_on_a_terminal_makes_no_command(width: int, hostile: ScanResult) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    Formats().write("text")(hostile, out, ReportOptions(show_all=True, environment={"COLUMNS": str(width)}))
    assert_harmless(re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()))


def test_a_bundle_is_written_and_can_be_read(hostile: ScanResult, written: Written, tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    with path.open("w+b") as out:
        bundle.write(hostile, out, bundle.Settings(pages={"index.html": written("html", hostile)}))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            if name.endswith(".json"):
                list(map(str.encode, strings(json.loads(text))))
            elif name.endswith(".jsonl"):
                list(map(str.encode, strings([json.loads(line) for line in text.splitlines()])))
            if not name.startswith("policies/"):
                assert_harmless(text)
