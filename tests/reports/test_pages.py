"""Markdown, HTML and JUnit: what foreign text can and cannot do in them, and their limits."""

from __future__ import annotations

import html.parser
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from tests.reports.conftest import Written
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Change, Compared, Fixed, Outcome


class Tags(html.parser.HTMLParser):
    """Notes tags, addresses and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(written: Written) -> Tags:
    tags = Tags()
    tags.feed(written("html"))
    assert tags.open == []
    return tags


def test_page_asks_for_nothing(page: Tags, written: Written) -> None:
    outside = [
        attrs
        for _, attrs in page.seen
        for name in ("src", "href", "action")
        if not str(attrs.get(name, "#")).startswith("#")
    ]
    assert outside == []
    assert not re.search(r"url\(|@import", written("html"))


def test_page_runs_only_its_own_script(page: Tags, written: Written) -> None:
    scripts = [attrs for tag, attrs in page.seen if tag == "script"]
    assert [each for each in scripts if each.get("type") != "application/json"] == [{}]
    assert "<script>alert(1)" not in written("html")
    assert not any(name.startswith("on") for _, attrs in page.seen for name in attrs)


def test_page_can_be_used_without_a_mouse_or_eyes(page: Tags) -> None:
    tags = [tag for tag, _ in page.seen]
    assert tags.count("h1") == 1
    assert {"main", "header", "caption"} <= set(tags)
    labels, fields = tags.count("label"), sum(tags.count(each) for each in ("select", "input"))
    assert labels == fields
    ids = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in page.seen:
        assert attrs.get("aria-labelledby", ids[0]) in ids


def test_page_says_what_it_leaves_out(written: Written) -> None:
    text = written("html", cards=1, rows=1)
    assert "Not shown here" in text
    assert "more are in the JSON report" in text


def test_comment_has_no_markup_of_the_input(written: Written) -> None:
    # In <pre> nothing is Markdown, and GitHub leaves mentions alone.
    text = re.sub(r"(?s)<pre>.*?</pre>", "", written("markdown"))
    assert "<script>" not in written("markdown")
    assert "@octocat" not in text
    assert "](https://evil" not in text
    assert "\\|\\`" in text


def test_comment_keeps_to_its_limit_and_says_so(result: ScanResult, written: Written) -> None:
    many = replace(result, verdicts=[*result.verdicts] * 300)
    text = written("markdown", many)
    assert len(text) <= 65_536
    assert "more do not fit here" in text
    assert text.count("<details>") == text.count("</details>")
    for outcome in ("Findings", "Unknown", "Waived", "Not read"):
        assert outcome in text


def test_junit_counts_are_those_of_its_cases(result: ScanResult, written: Written) -> None:
    root = ET.fromstring(written("junit"))  # noqa: S314 - we wrote it
    for suite in [root, *root]:
        cases = list(suite.iter("testcase"))
        assert int(suite.attrib["tests"]) == len(cases)
        for name, tag in {"failures": "failure", "errors": "error", "skipped": "skipped"}.items():
            assert int(suite.attrib[name]) == sum(1 for case in cases for _ in case.iter(tag))
    assert int(root.attrib["failures"]) == result.count(Outcome.FAIL)


@pytest.fixture
def compared(result: ScanResult) -> ScanResult:
    """The run compared with an earlier state: one fail is new, the others were there, two are gone."""
    verdicts = [replace(each, change=Change.UNCHANGED) for each in result.verdicts]
    next(each for each in verdicts if each.outcome is Outcome.FAIL).change = Change.NEW
    gone = tuple(
        Fixed("key-rotation", "medium", f'aws_kms_key.gone["<{n}>"]', f"gone.tf:{n}:1", f"{n}" * 32)
        for n in (1, 2)
    )
    return replace(result, verdicts=verdicts, compared=Compared("main (0123456789ab)", gone))


def test_junit_fails_for_what_is_new_alone(compared: ScanResult, written: Written) -> None:
    root = ET.fromstring(written("junit", compared))  # noqa: S314 - we wrote it
    fails = compared.count(Outcome.FAIL)
    assert fails > 1
    assert int(root.attrib["failures"]) == len(list(root.iter("failure"))) == 1
    skipped = [each.attrib["message"] for each in root.iter("skipped")]
    assert sum(each.startswith("unchanged since main (0123456789ab): ") for each in skipped) == fails - 1
    for suite in [root, *root]:
        cases = list(suite.iter("testcase"))
        assert int(suite.attrib["tests"]) == len(cases)
        assert int(suite.attrib["skipped"]) == sum(1 for case in cases for _ in case.iter("skipped"))


def test_junit_tells_what_is_fixed_as_cases_that_pass(compared: ScanResult, written: Written) -> None:
    root = ET.fromstring(written("junit", compared))  # noqa: S314 - we wrote it
    (suite,) = [each for each in root if each.attrib["name"] == "fixed"]
    names = [case.attrib["name"] for case in suite]
    assert names[0] == 'key-rotation: aws_kms_key.gone["<1>"], which was at gone.tf:1:1'
    assert (len(names), [len(case) for case in suite]) == (2, [0, 0])


def test_the_page_tells_what_is_new_and_what_is_fixed(compared: ScanResult, written: Written) -> None:
    text = written("html", compared)
    changes = text.partition('id="changes"')[2].partition("</section>")[0]
    assert "since main (0123456789ab)" in changes
    assert ">1 new</a>, " in changes
    assert f">{compared.count(Outcome.FAIL) - 1} unchanged</a>, 2 fixed" in changes
    assert "aws_kms_key.gone[&#34;&lt;1&gt;&#34;]" in changes
    assert "gone.tf:2:1" in changes
    assert 'id="changes"' not in written("html")


def in_browser(page: str, folder: Path, address: str = "", *options: str) -> str:
    """Return the page's elements after its script has run."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("chromium is not installed")
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", *options, file.as_uri() + address]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", "7 of 7 shown"),
        ("#findings&outcome=waived", "2 of 7 shown"),
        ("#findings&words=octocat", "1 of 7 shown"),
        ("#findings&outcome=fail&view=folder", "3 of 7 shown"),
        ("#findings&id=nothing-like-that", "0 of 7 shown"),
        ("#%E0%A4%A&words=%", "7 of 7 shown"),
        ("#findings&view=__proto__&constructor=x", "7 of 7 shown"),
    ],
)
def test_the_address_chooses_what_is_shown(
    address: str, shown: str, written: Written, tmp_path: Path
) -> None:
    assert shown in in_browser(written("html"), tmp_path, address, "--dump-dom")


def test_what_is_new_is_shown_alone(compared: ScanResult, written: Written, tmp_path: Path) -> None:
    seen = in_browser(written("html", compared), tmp_path, "#findings&outcome=fail&change=new", "--dump-dom")
    assert "1 of 7 shown" in seen


@pytest.mark.parametrize("view", ["policy", "asset", "file", "folder", "kind", "control", "settle"])
def test_findings_are_grouped(view: str, written: Written, tmp_path: Path) -> None:
    seen = in_browser(written("html"), tmp_path, f"#findings&view={view}", "--dump-dom")
    assert seen.count('<details class="group"') >= 1
    assert "7 of 7 shown" in seen


def test_one_finding_has_an_address(result: ScanResult, written: Written, tmp_path: Path) -> None:
    fail = next(each for each in result.verdicts if each.outcome is Outcome.FAIL)
    seen = in_browser(written("html"), tmp_path, f"#findings&id={fail.fingerprint}", "--dump-dom")
    assert "1 of 7 shown" in seen
    assert f'href="#findings&amp;id={fail.fingerprint}"' in seen  # it is open
    assert "<mark>" in seen.partition('id="groups"')[2]


def test_a_control_is_printed_alone(written: Written, tmp_path: Path) -> None:
    whole, alone = (tmp_path / f"{name}.pdf" for name in ("whole", "alone"))
    page = written("html")
    in_browser(page, tmp_path, "", f"--print-to-pdf={whole}")
    in_browser(page, tmp_path, "#findings&control=soc2:A1.2", f"--print-to-pdf={alone}")
    pages = [len(re.findall(rb"/Type\s*/Page[^s]", each.read_bytes())) for each in (whole, alone)]
    assert pages[1] == 1
    assert pages[0] <= 5


def test_the_print_of_a_control_says_how_it_stands(written: Written, tmp_path: Path) -> None:
    seen = in_browser(written("html"), tmp_path, "#findings&control=soc2:A1.2", "--dump-dom")
    told = seen.partition('id="narrowed"')[2].partition("</p>")[0]
    assert "soc2 A1.2, Data can be restored: exceptions (" in told


def test_no_table_is_cut_in_print(written: Written, tmp_path: Path) -> None:
    """What scrolls on a screen has all its columns on paper: a table is no wider than its page."""
    page = written("html").replace(
        "</body>",
        "<script>document.querySelectorAll('details').forEach(function (one) { one.open = true; });"
        "document.title = [].map.call(document.querySelectorAll('.scroll'), function (one) {"
        " return one.scrollWidth > one.clientWidth + 1 ? 'cut' : 'whole'; }).join(' ');</script></body>",
    )
    # The page's own policy would not run it, and paper is a screen of that width here.
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    page = page.replace("@media print", "@media screen")
    seen = in_browser(page, tmp_path, "", "--dump-dom", "--window-size=690,900")
    title = seen.partition("<title>")[2].partition("</title>")[0]
    assert set(title.split()) == {"whole"}


def test_twenty_thousand_findings_are_held_and_folded(
    result: ScanResult, written: Written, tmp_path: Path
) -> None:
    page = written("html", replace(result, verdicts=[*result.verdicts] * 3_000))
    assert len(page) < 20_000_000
    seen = in_browser(page, tmp_path, "", "--dump-dom")
    assert "21,000 of 21,000 shown" in seen
    groups = seen.partition('id="groups"')[2].partition("<noscript>")[0]
    assert groups.count('class="one"') == 0  # a group is filled when it is opened


def test_a_page_without_its_script_shows_findings(written: Written) -> None:
    plain = written("html").partition("<noscript>")[2].partition("</noscript>")[0]
    assert plain.count('<article class="card') == 7
