"""Loads what judging and reporting will need while worker processes read, when this one would only wait."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread

from tfaudit.pipeline.options import Options
from tfaudit.services.registry import Registry
from tfaudit.sources.tree.files import InputFile

LOOKED_INTO = 100
"""In how many files resource types are looked for: a larger tree has those of a few files more, and time for them."""
_TYPE = re.compile(rb'(?m)^[ \t]{0,8}(?:resource|data)[ \t]{1,8}"(\w{1,100})"')


@contextmanager
def loading(options: Options, registry: Callable[[], Registry], files: Sequence[InputFile]) -> Iterator[None]:
    """Load the policies, the services for what the Terraform among `files` declares, and what the caller asked for.

    A thread does it: whoever needs one of these earlier waits for it, or gets the error that it ended with.
    """
    thread = Thread(target=_load, args=(options, registry, files), daemon=True)
    thread.start()
    yield
    thread.join()


def _load(options: Options, registry: Callable[[], Registry], files: Sequence[InputFile]) -> None:
    with suppress(Exception):  # it is raised where it is needed
        kinds = options.policies.kinds
        for type_ in sorted(_types(files)):
            registry().modules(type_, kinds)
        options.meanwhile()


def _types(files: Iterable[InputFile]) -> set[str]:
    """Return the resource types that stand in the first of the Terraform files; more or fewer do no harm."""
    found: set[str] = set()
    code = [each for each in files if each.name.endswith(".tf")]
    for each in code[:LOOKED_INTO]:
        try:
            found.update(map(bytes.decode, _TYPE.findall(each.head())))
        except OSError:
            continue  # the source reports it
    return found
