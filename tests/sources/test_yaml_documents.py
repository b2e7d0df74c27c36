"""YAML text in; values as PyYAML gives them, with places, and broken documents told apart from sound ones."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tfaudit.model.resources import Limits, Place, Unread
from tfaudit.sources.text.document import Document
from tfaudit.sources.text.json_document import document as json_document
from tfaudit.sources.text.yaml_documents import documents

SAMPLE = """\
# a comment
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web, "tier": front}
spec:
  containers:
    - name: web
      image: nginx:1.25
      command:
        - sh
        - -c
        - |
          echo one
          echo two
    - name: side
  restartPolicy: Always
"""


def read(text: str | bytes, **given: Any) -> list[Document | Unread]:
    data = text.encode() if isinstance(text, str) else text
    return list(documents(data, "f.yaml", given.pop("limits", Limits()), **given))


def one(text: str, **given: Any) -> Document:
    (found,) = read(text, **given)
    assert isinstance(found, Document), found
    return found


def gap(text: str | bytes, **given: Any) -> Unread:
    (found,) = [each for each in read(text, **given) if isinstance(each, Unread)]
    return found


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE,
        "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\nc: {<<: [*x, {r: 5}], z: 1}\n",
        "yes: on\nno: off\nnull: ~\nint: [1, 0x1f, 010, 1_000, 1:30, +7, -0]\nfloat: [1.5, .5, 1e3, .inf, 6.0e+2]\n",
        "d: 2001-12-14\nt: 2001-12-14t21:59:43.10-05:00\nq: '2001-12-14'\nb: !!binary aGVsbG8=\n",
        'i: !!int "5"\ns: !!str 7\nf: !!float 1\nb: !!bool "yes"\nn: !!null ""\n',
        "folded: >\n  a\n  b\n\n  c\nkept: |+\n  x\n\nlast: |-\n  y\n",
        "- - 1\n  - 2\n-\n  - 3\n- {}\n- []\n- ''\n",
        "? a\n: b\n? 1\n: 2\n",
        "\"quoted \\u00e9 \\n\": 'it''s'\nplain: a # comment\nurl: http://x#y\n",
        "anchor: &a text\nuse: *a\nlist: &l [1, 2]\nagain: *l\n",
        "%YAML 1.1\n---\na: 1\n",
        "just text\n",
    ],
)
def test_values_are_those_of_the_safe_loader(text: str) -> None:
    assert one(text).value == yaml.safe_load(text)


def test_what_the_safe_loader_stumbles_over_stays_text() -> None:
    assert one("op: =\nday: 2024-99-99\nmerge: <<\n").value == {"op": "=", "day": "2024-99-99", "merge": "<<"}


def test_every_key_and_item_knows_its_line_and_column() -> None:
    found = one(SAMPLE)
    places = {
        (): (2, 1, 18),
        ("metadata", "labels", "tier"): (6, 22, 6),
        ("spec", "containers"): (8, 3, 17),
        ("spec", "containers", 0): (9, 7, 16),
        ("spec", "containers", 0, "image"): (10, 7, 10),
        ("spec", "containers", 0, "command", 2): (14, 11, 16),
        ("spec", "containers", 1): (17, 7, 17),
        ("spec", "restartPolicy"): (18, 3, 18),
    }
    for path, (line, column, end) in places.items():
        place = found.place(path)
        assert (place.line, place.column, place.end_line) == (line, column, end), path


def test_a_path_that_is_not_there_has_the_place_of_its_parent() -> None:
    place = one(SAMPLE).place(("spec", "containers", 1, "securityContext", "privileged"))
    assert (place.line, place.at) == (17, "spec.containers[1].securityContext.privileged")


def test_what_a_merge_brings_in_stands_where_it_was_written() -> None:
    found = one("base: &b\n  image: x\nreal:\n  <<: *b\n  name: y\n")
    assert found.value["real"] == {"image": "x", "name": "y"}
    assert [found.place(("real", key)).line for key in ("image", "name")] == [2, 5]


def test_several_documents_with_empty_ones_between() -> None:
    found = read("---\na: 1\n---\n# nothing\n---\n\nb: 2\n...\n---\nc: 3\n")
    assert [(each.value, each.line) for each in found if isinstance(each, Document)] == [
        ({"a": 1}, 2),
        ({"b": 2}, 7),
        ({"c": 3}, 10),
    ]


def test_documents_beside_a_broken_one_are_read() -> None:
    first, broken, second, template, last = read("a: 1\n---\nb: [1\n---\nc: 2\n---\nd: {{ x }}\n---\ne: 3\n")
    assert [each.value for each in (first, second, last) if isinstance(each, Document)] == [
        {"a": 1},
        {"c": 2},
        {"e": 3},
    ]
    assert isinstance(broken, Unread)
    assert broken.place.line == 4
    assert isinstance(template, Unread)
    assert (template.place.line, template.settle_with) == (7, "quote it; a template must be rendered first")
    assert isinstance(last, Document)
    assert last.place(("e",)).line == 9


def test_a_file_of_broken_documents_only_ends() -> None:
    found = read("---\na: [\n" * 5000)
    assert len(found) <= 101
    assert "documents before it are broken" in found[-1].because  # type: ignore[union-attr]


def test_a_key_that_stands_twice_is_told() -> None:
    found = one("a: 1\nb: 2\na: 3\n")
    assert found.value == {"a": 3, "b": 2}
    assert [(each.key, each.first_line, each.line) for each in found.duplicates] == [("a", 1, 3)]
    assert found.place(("a",)).line == 3


def test_the_hook_gets_tags_as_written_and_places_reach_through_what_it_makes() -> None:
    found = one(
        "a: !Ref X\nb: !If\n  - c\n  - !GetAtt y.z\n  - 5\n", tag=lambda tag, value: {f"Fn::{tag[1:]}": value}
    )
    assert found.value == {"a": {"Fn::Ref": "X"}, "b": {"Fn::If": ["c", {"Fn::GetAtt": "y.z"}, 5]}}
    assert found.place(("b", "Fn::If", 1)).line == 4


def test_without_a_hook_unknown_tags_are_dropped() -> None:
    assert one("a: !Ref X\nb: !vault [1]\nc: ! 5\n").value == {"a": "X", "b": [1], "c": "5"}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{below}'] * 9)}]\n"
    for below, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def test_an_alias_bomb_is_refused_and_the_next_document_read() -> None:
    bomb, after = read(BOMB + "---\nok: 1\n")
    assert isinstance(bomb, Unread)
    assert bomb.because == "with its aliases it holds more than 5000000 values"
    assert isinstance(after, Document)


def test_merged_keys_count_too() -> None:
    keys = ", ".join(f"k{number}: 1" for number in range(1000))
    text = f"a: &a {{{keys}}}\nl:\n" + "- <<: *a\n" * 1000
    assert "values" in gap(text, limits=Limits(nodes=500_000)).because


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 5000, "- " * 5000, "".join(f"{' ' * depth}a:\n" for depth in range(500))],
    ids=["brackets", "braces", "dashes", "indents"],
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert gap(text).because == "it is nested deeper than 100"


def test_depth_made_by_aliases_is_refused() -> None:
    links = "".join(f"a{number}: &a{number} [*a{number - 1}]\n" for number in range(1, 300))
    assert "nested deeper" in gap("a0: &a0 [1]\n" + links).because


def test_an_anchor_that_holds_itself_is_refused() -> None:
    assert gap("a: &a [*a]\n").because == "the anchor holds itself"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a: 1\nb: caf\xe9\n", "UTF-8"),
        (b"\x00\x01\x02 binary", "control characters"),
        (b"a: *nope\n", "there is no anchor of this name"),
        (b"a: b: c\n", "mapping values are not allowed"),
        (b"\ta: 1\n", "cannot start any token"),
    ],
)
def test_what_is_no_yaml_is_told_in_a_sentence(data: bytes, says: str) -> None:
    assert says in gap(data).because


def test_text_that_is_not_utf8_names_its_line() -> None:
    assert gap(b"a: 1\nb: caf\xe9\n").place == Place("f.yaml", 2)


JSON = b'{\n "a": {"b": [1, {"c": "x\\ny", "d\\"": [[], {}]}]},\n "e": 2\n}\n'


def test_json_knows_its_places() -> None:
    found = json_document(JSON, "f.json", Limits())
    assert isinstance(found, Document)
    lines = [found.place(path).column for path in ((), ("a", "b", 1, "c"), ("a", "b", 1, 'd"', 1), ("e",))]
    assert lines == [1, 18, 43, 2]
    assert found.place(("e",)).line == 3


def test_json_with_a_key_that_stands_twice_has_the_last_ones_places() -> None:
    found = json_document(b'{"a": {"b": [2]},\n "a": {"b": 3}}', "f.json", Limits())
    assert isinstance(found, Document)
    assert found.place(("a", "b")).line == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b"[" * 105 + b"]" * 105, "deeper than 100"),
        (b"9" * 6000, "not JSON"),
        (b"\xff", "not JSON"),
        (b"", "not JSON"),
    ],
)
def test_what_is_no_json_is_told_in_a_sentence(data: bytes, says: str) -> None:
    found = json_document(data, "f.json", Limits())
    assert isinstance(found, Unread)
    assert says in found.because
