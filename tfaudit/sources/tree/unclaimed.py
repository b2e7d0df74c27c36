"""Files that no source reads: what is said of one that a person named, and of one that cannot but be infrastructure.

In a folder, a README or a picture is passed over. A plan in a form that only Terraform can read, a state, or bytes
under the name of a manifest are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.resources import Place, Unread
from tfaudit.sources.text.encoding import encoding
from tfaudit.sources.tree.files import HEAD_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tfaudit.model.resources import Resource
    from tfaudit.sources.tree.files import InputFile

_PLAN_NAMES = frozenset({"", ".tfplan", ".plan", ".planfile", ".bin", ".out"})
_TEXT_NAMES = frozenset({".yaml", ".yml", ".json", ".template", ".cfn"})
_SHOW = "write it as JSON (terraform show -json {name} > plan.json) and scan that"
_CONVERT = _SHOW + ", or name a Terraform that does (--terraform PROGRAM)"
_INTO_EMPTY = "name a plan, a template, a manifest or a folder of them"


def gap(file: InputFile) -> Unread | None:
    """Return what is reported of a file that no source claims, None for nothing; `OSError` when it cannot be read."""
    short = file.name.rpartition("/")[2]
    stated = _recognised(file, short)
    if stated is None and file.only:
        if not file.head().strip(b"\xef\xbb\xbf \t\r\n"):
            stated = "it is empty", _INTO_EMPTY
        else:
            stated = "nothing in it is of a form that is read", _INTO_EMPTY
    return Unread(Place(file.name), *stated) if stated is not None else None


def _recognised(file: InputFile, short: str) -> tuple[str, str] | None:
    """Return what a file is that no source can read, and what to do; it is opened only where its name allows it."""
    if not file.only and file.suffix not in _PLAN_NAMES | _TEXT_NAMES | {".tfstate"}:
        return None
    head = file.head()
    if file.suffix == ".json" and "plan" in short.lower() and not head.strip(b"\xef\xbb\xbf \t\r\n"):
        return "it is empty", _SHOW.format(name="plan.bin")
    if _is_plan(head):
        return "it is a plan in the form that only Terraform reads", _CONVERT.format(name=short)
    if file.suffix in _PLAN_NAMES and b'"format_version"' in head and b'"terraform_version"' in head:
        return "it is a plan as JSON, which is read under a name that ends in .json", "give it such a name"
    if b'"@level"' in head and b'"@message"' in head and (b'"terraform' in head or b'"tofu' in head):
        return (
            "it holds the messages of a run (terraform plan -json), and not the plan",
            "keep the plan (terraform plan -out=plan.bin), and scan what terraform show -json plan.bin prints",
        )
    if (file.suffix == ".tfstate" or file.only) and b'"terraform_version"' in head and b'"lineage"' in head:
        return "it is a state in the form that only Terraform reads", _SHOW.format(name=short)
    if file.suffix in _TEXT_NAMES and b"\0" in head and encoding(head)[0] == "utf-8":
        return "it is not text", "save it as UTF-8 text, or exclude it in tfaudit.yaml"
    return None


def is_binary_plan(path: Path) -> bool:
    """Whether a file that a person named is a plan in the form that only Terraform reads; not, if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return _is_plan(stream.read(HEAD_BYTES))
    except OSError:
        return False


def _is_plan(head: bytes) -> bool:
    return head[:4] == b"PK\x03\x04" and b"tfplan" in head


def names(files: Iterable[InputFile]) -> Iterator[str]:
    """Yield the names by which sources are chosen: a file that was named itself is looked at whatever it is called."""
    for file in files:
        yield file.name
        if file.only and not file.suffix.startswith((".tf", ".tofu")):
            yield ".json"


def silent(
    files: Iterable[InputFile], resources: Iterable[Resource], gaps: Iterable[Unread]
) -> Iterator[Unread]:
    """Yield a gap for each file that was named and claimed, and of which nothing came: no resource and no gap.

    A Terraform file may well declare none.
    """
    named = [file for file in files if file.only and file.form in ("cloudformation", "arm", "kubernetes")]
    if named:
        stated = {each.place.origin for each in resources} | {each.place.origin for each in gaps}
        for file in named:
            if file.name not in stated:
                yield Unread(Place(file.name), "nothing in it is of a form that is read", _INTO_EMPTY)
