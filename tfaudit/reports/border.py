"""The border that every report crosses: whatever a format writes, a plug-in's too, leaves as text that is only text.

Formats see to their own syntax (HTML's tags, Markdown's links); that nothing of the scanned input is a control
character, half a character or a command to the runner is seen to here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from tfaudit import foreign

if TYPE_CHECKING:
    from typing import TextIO


class Border:
    """A text file in front of another one; `end` has to be called when all is written."""

    def __init__(self, out: TextIO, form: str = "text", *, colour: bool = False) -> None:
        """Write to `out`.

        `form` is "json" for a JSON document, whose escapes are its own, "commands" for
        annotations of GitHub's; `colour` may pass.
        """
        self._out = out
        self._is_json = form == "json"
        self._clean: Callable[[str], str] = {"json": foreign.json, "commands": foreign.commands}.get(
            form, partial(foreign.plain, colour=colour)
        )
        self._line = ""

    def write(self, text: str) -> int:
        """Write what is whole lines by now: where a line begins and what is in it must not depend on the pieces."""
        if self._is_json:
            self._out.write(self._clean(text))
            return len(text)
        # No sum: pieces of a template are a type of their own, which escapes what is added to it.
        text = f"{self._line}{text}"
        end = text.rfind("\n") + 1
        if end:
            self._out.write(self._clean(text[:end]))
        self._line = text[end:]
        return len(text)

    def write_clean(self, data: bytes) -> None:
        """Write bytes of UTF-8 that crossed such a border in another process."""
        binary = getattr(self._out, "buffer", None)
        if binary is None or self.encoding.lower() != "utf-8":
            self._out.write(data.decode("utf-8"))
            return
        self._out.flush()
        binary.write(data)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of `lines`."""
        for line in lines:
            self.write(line)

    def isatty(self) -> bool:
        """Whether it is a terminal that is written to."""
        return self._out.isatty()

    @property
    def encoding(self) -> str:
        """The encoding of what is written to."""
        return getattr(self._out, "encoding", None) or "utf-8"

    def flush(self) -> None:
        """Write out the lines that are whole."""
        self._out.flush()

    def end(self) -> None:
        """Write what is left of the last line."""
        if self._line:
            self._out.write(self._clean(self._line))
            self._line = ""
