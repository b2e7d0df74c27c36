"""What our evaluator makes of the transcripts' expressions, read from source text as a scan reads it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.oracle import transcripts
from tests.sources.terraform_trees import read
from tfaudit.model.resources import Limits, Unresolved

_CASE = """resource "terraform_data" "case_{index}" {{
  value = {expression}
  holds = can({expression}
  )
}}
"""


@dataclass(frozen=True, slots=True)
class Ours:
    """An expression's value here, and what `can` says of it."""

    value: Any
    can: Any


def evaluated(expressions: Sequence[str], folder: Path) -> list[Ours]:
    """Our answer to each expression in the root of the transcripts, of which a copy is made in `folder`.

    Each stands in a file of its own: one that does not parse spoils no other.
    """
    shutil.copytree(transcripts.ROOT, folder, dirs_exist_ok=True)
    files: dict[str, str | bytes] = {
        f"case_{index}.tf": _CASE.format(index=index, expression=expression)
        for index, expression in enumerate(expressions)
    }
    reading = read(folder, files, limits=Limits(parse_seconds=300))
    found = []
    for index in range(len(expressions)):
        resource = reading.resources.get(f"terraform_data.case_{index}")
        body = dict(resource.body) if resource is not None else {}
        absent = Unresolved("it was not read")
        found.append(Ours(body.get("value", absent), body.get("holds", absent)))
    return found
