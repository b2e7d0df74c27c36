"""What a module states of itself as literals at its top, read from its text: nothing of it is run.

It imports nothing of tfaudit's, since `hatch_build.py` uses it before there is anything to import.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast

NAMES = ("READS", "KINDS", "COMPANIONS", "SUFFIXES", "FORMAT", "FORM")
"""What modules state of themselves as literals."""
MENTIONS = "MENTIONS"
_QUOTED = re.compile(r'"([A-Za-z][\w:.\-/]*)("?)')


def stated(text: str, origin: Path) -> dict[str, Any]:
    """Return the literals under `NAMES` at the top of a module, of a map its keys; `ValueError` for what is not one.

    Under `MENTIONS` stands what `mentioned` returns.
    """
    import ast  # of use for what has not been parsed at installation alone

    found: dict[str, Any] = {MENTIONS: mentioned(text)}
    for node in ast.parse(text, str(origin)).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and target.id in NAMES and value is not None:
                try:
                    found[target.id] = _literal(value)
                except ValueError as error:
                    where = f"{origin}:{node.lineno}"
                    raise ValueError(
                        f"{where}: {target.id} must be a literal; write its texts out"
                    ) from error
    return found


def mentioned(text: str) -> list[str]:
    """Return the names that a resource type may have and `text` quotes: `aws_kms_key` of `"aws_kms_key.key_id"`."""
    found: set[str] = set()
    for word, end in _QUOTED.findall(text):
        if "_" in word or ":" in word or word[0].isupper() or word.startswith("microsoft."):
            found.update(word[: at.start()] for at in re.finditer(r"[/.]", word))
            if end:
                found.add(word)
    return sorted(found)


def _literal(value: ast.expr) -> Any:
    import ast

    if isinstance(value, ast.Dict):
        if None in value.keys:
            raise ValueError("a map in a map")
        return [ast.literal_eval(key) for key in value.keys if key is not None]
    literal = ast.literal_eval(value)
    return list(literal) if isinstance(literal, tuple) else literal
