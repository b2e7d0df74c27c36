"""What a source module is to the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeAlias

from tfaudit.model.resources import Limits, Resource, Unread
from tfaudit.sources.tree.files import InputFile, Tree


class FileSource(Protocol):
    """A module that reads the files of a format one by one."""

    __name__: str

    def claims(self, file: InputFile) -> bool:
        """Whether this source reads `file`, judged by its name and first bytes."""
        ...

    def read(self, file: InputFile, limits: Limits) -> Iterator[Resource | Unread]:
        """Yield what the file holds, and what of it could not be read."""
        ...


class TreeSource(Protocol):
    """A module that reads all files of a format together."""

    __name__: str

    def claims(self, file: InputFile) -> bool:
        """Whether this source reads `file`, judged by its name and first bytes."""
        ...

    def read_tree(self, files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]:
        """Yield what the files hold, and what of them could not be read."""
        ...


Source: TypeAlias = FileSource | TreeSource
