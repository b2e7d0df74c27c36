"""What docs/findings.md shows of the estate is what a scan says, and every report says the same of a control."""

from __future__ import annotations

import io
import json
import re
import zipfile
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tfaudit import data, documents
from tfaudit.controls.load import read
from tfaudit.model.result import ScanResult
from tfaudit.model.standing import Standing, standings
from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.registry import Formats

ESTATE = Path(__file__).parents[1] / "examples" / "estate"
PAGE = (data.folder("docs") / "findings.md").read_text("utf-8")
FINDINGS = re.findall(r"^\| `([a-z0-9-]+)` \| \w+: [^|]+ \| (\w+): ([^|]+) \|$", PAGE, re.MULTILINE)
STATUSES = re.findall(r"^\| `(\w+)` (\S+) \| ([a-z ]+) \| ([a-z ]+) \|$", PAGE, re.MULTILINE)
FRAMEWORKS = tuple(sorted({framework for framework, *_ in STATUSES}))


@cache
def scanned(half: str) -> ScanResult:
    """A scan of one half of the estate, without the templates."""
    return scan(
        ESTATE / half,
        Options(
            in_force(Choice(frameworks=FRAMEWORKS)),
            frameworks=read([data.folder("controls")], FRAMEWORKS),
            selected_frameworks=FRAMEWORKS,
            excluded=lambda name, _: name.split("/")[0] in ("arm", "bicep", "cloudformation"),
        ),
    )


@cache
def written(half: str, format_: str) -> str:
    """A report on it; of an archive, the member with the standings."""
    formats = Formats()
    binary = formats.is_binary(format_)
    out: Any = io.BytesIO() if binary else io.StringIO()
    formats.write(format_)(scanned(half), out, ReportOptions())
    if not binary:
        return str(out.getvalue())
    with zipfile.ZipFile(out) as archive:
        return archive.read("status.json").decode()


def of_html(text: str, each: Standing) -> str:
    """The status and sentence of a control's row."""
    (row,) = re.findall(
        rf'<tr id="control-{re.escape(f"{each.framework}-{each.control}")}">.*?</tr>', text, re.DOTALL
    )
    (status,) = re.findall(r'class="state [a-z-]+">([^<]+)<', row)
    (says,) = re.findall(r'class="wide">([^<]+)<', row)
    assert unescape(says).startswith(status)
    return unescape(says)


def of_rows(rows: list[dict[str, Any]], each: Standing) -> str:
    """The sentence of a control among rows of JSON."""
    (row,) = [row for row in rows if (row["framework"], row["control"]) == (each.framework, each.control)]
    assert row["says"].startswith(row["status"])
    return str(row["says"])


def of_sarif(text: str, each: Standing) -> str:
    """The sentence of a control among the taxa."""
    (run,) = json.loads(text)["runs"]
    (framework,) = [one for one in run["taxonomies"] if one["name"] == each.framework]
    (taxon,) = [one for one in framework["taxa"] if one["id"] == each.control]
    assert taxon["properties"]["says"].startswith(taxon["properties"]["status"])
    return str(taxon["properties"]["says"])


def of_text(text: str, each: Standing) -> str:
    """The sentence of a control's line."""
    (line,) = re.findall(rf"^  {re.escape(f'{each.framework} {each.control}')} +(.*)$", text, re.MULTILINE)
    return str(line)


@pytest.mark.parametrize(("policy", "severity", "finding"), FINDINGS)
def test_finding_is_as_shown(policy: str, severity: str, finding: str) -> None:
    found = [
        (each.policy.severity.value, documents.finding(each))
        for each in scanned("faulty").verdicts
        if each.policy.id == policy and each.outcome is Outcome.FAIL
    ]
    assert (severity, finding) in found


def test_page_shows_what_was_asked() -> None:
    assert len(FINDINGS) == 10
    assert len(STATUSES) == 3


@pytest.mark.parametrize(("framework", "control", "sound", "faulty"), STATUSES)
@pytest.mark.parametrize("half", ["sound", "faulty"])
def test_every_report_says_the_same(framework: str, control: str, sound: str, faulty: str, half: str) -> None:
    (each,) = [
        one for one in standings(scanned(half)) if (one.framework, one.control) == (framework, control)
    ]
    assert each.status.value == {"sound": sound, "faulty": faulty}[half]
    assert each.says.startswith(each.status.value)
    told = {
        "text": of_text(written(half, "text"), each),
        "html": of_html(written(half, "html"), each),
        "json": of_rows(json.loads(written(half, "json"))["controls"], each),
        "sarif": of_sarif(written(half, "sarif"), each) if each.evidence else each.says,
        "bundle": of_rows(json.loads(written(half, "bundle"))["controls"], each),
    }
    assert told == dict.fromkeys(told, each.says)
