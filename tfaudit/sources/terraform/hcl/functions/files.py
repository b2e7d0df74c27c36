"""Functions that read files of the scanned tree, and nothing else."""

from __future__ import annotations

from typing import Any

from tfaudit.sources.terraform.hcl.conversion import a_set
from tfaudit.sources.terraform.hcl.functions.digests import DIGESTS
from tfaudit.sources.terraform.hcl.functions.signature import MAX_TEXT, Function, Refused, known, too_large
from tfaudit.sources.terraform.hcl.reads import Reads


def text(reads: Reads, path: str) -> str:
    """Return what a file holds; `Refused` where it is no text."""
    data = reads.content(path)
    if len(data) > MAX_TEXT:
        raise too_large()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused("the file is no UTF-8 text") from error


def in_base64(reads: Reads, path: str) -> str:
    """Return what a file holds, in Base64."""
    import base64

    data = reads.content(path)
    if len(data) > MAX_TEXT:
        raise too_large()
    return base64.b64encode(data).decode()


def digest(reads: Reads, name: str, path: str) -> str:
    """Return the hash of a file, as the function of that name writes it: `sha256`, `base64sha256`."""
    write, algorithm = DIGESTS[name]
    return write(algorithm, reads.content(path))


def functions(reads: Reads) -> dict[str, Function]:
    """Return the functions, over the files that `reads` reads."""

    def hashed(name: str) -> Function:
        return known(lambda path: digest(reads, name, path), "s")

    def found(folder: str, pattern: str) -> Any:
        return a_set(reads.matching(folder, pattern))

    return {
        "file": known(lambda path: text(reads, path), "s"),
        "filebase64": known(lambda path: in_base64(reads, path), "s"),
        "fileexists": known(reads.exists, "s"),
        "fileset": known(found, "s s"),
        **{f"file{name}": hashed(name) for name in DIGESTS},
    }


NAMES = frozenset({"file", "filebase64", "fileexists", "fileset"} | {f"file{name}" for name in DIGESTS})
