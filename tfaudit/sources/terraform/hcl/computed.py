"""Data blocks whose attributes follow from the code and the files of the tree: templates and local files."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.calls import applied, in_root
from tfaudit.sources.terraform.hcl.conversion import Unfit, convert
from tfaudit.sources.terraform.hcl.frame import Frame
from tfaudit.sources.terraform.hcl.functions import files
from tfaudit.sources.terraform.hcl.rendering import rendered
from tfaudit.sources.terraform.hcl.settling import settled
from tfaudit.sources.terraform.hcl.syntax import Block
from tfaudit.sources.terraform.hcl.values import MEND, SETTLE_APPLY, Failed, made_from

_HASHES = ("md5", "sha1", "sha256", "sha512", "base64sha256", "base64sha512")
# The name of the function that gives the attribute's value.
_LOCAL_FILE = {
    "content": "file",
    "content_base64": "filebase64",
    **{f"content_{name}": f"file{name}" for name in _HASHES},
}
COMPUTED: dict[str, frozenset[str]] = {
    "template_file": frozenset({"rendered"}),
    "local_file": frozenset(_LOCAL_FILE),
    "local_sensitive_file": frozenset(_LOCAL_FILE),
}
"""The types of data blocks, with what is computed of each."""


def computed(block: Block, name: str, frame: Frame) -> Any:
    """Return the attribute `name` of a data block; None where it follows from nothing here."""
    if name not in COMPUTED[block.labels[0]]:
        written = block.attributes.get(name)
        return None if written is None else settled(frame.value(written[1]), frame)
    if block.labels[0] == "template_file":
        return _rendered(block, frame)
    return _content(block, name, frame)


def _rendered(block: Block, frame: Frame) -> Any:
    template, names = block.attributes.get("template"), block.attributes.get("vars")
    if template is None:
        return None
    content = settled(frame.value(template[1]), frame)
    given = {} if names is None else settled(frame.value(names[1]), frame)
    unknown = made_from([content], "")
    if unknown is not None:
        return unknown
    try:
        return rendered(str(content), convert(given, ("map", "string")), frame, ".".join(block.labels))
    except Unfit:
        return Failed("its vars are no texts", MEND, ".".join(block.labels))


def _content(block: Block, name: str, frame: Frame) -> Any:
    written = block.attributes.get("filename")
    if written is None:
        return None
    inner = in_root(frame)
    path = settled(inner.value(written[1]), frame)
    label = ".".join(block.labels)
    if not isinstance(path, str):
        return made_from([path], label)
    run = frame.scope.run
    function = files.functions(run.reads)[_LOCAL_FILE[name]]
    value = applied(_LOCAL_FILE[name], function, [path], frame, label)
    if isinstance(value, Failed):  # apply may write the file before it is read
        return Unresolved(value.because, SETTLE_APPLY, label)
    for other in frame.scope.module.resources:
        if other.type == "resource" and other.labels[0] in ("local_file", "local_sensitive_file"):
            because = "a file is read that apply may write anew"
            return Unresolved(because, SETTLE_APPLY, label)
    return value
