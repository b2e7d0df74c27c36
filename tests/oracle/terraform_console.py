"""Asks a real `terraform console`, and records what it says.

    python -m tests.oracle.terraform_console

writes the answers in the transcripts of tests/oracle/terraform anew; look at what changed before it is committed.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import tempfile
import threading
import tty
from collections.abc import Sequence
from pathlib import Path

from tests.oracle import transcripts
from tests.servers.terraform import quiet, terraform

_MARK = '"~~{}~~"'
_ERROR = re.compile(r"^╷\n│ Error: (.*)$", re.MULTILINE)


def ask(program: Path, expressions: Sequence[str], folder: Path) -> list[str]:
    """What Terraform answers to each expression in the root of the transcripts, of which a copy is made in `folder`.

    One console answers them all. It takes several expressions only from a terminal, so it gets one.
    """
    root = folder / "root"
    shutil.copytree(transcripts.ROOT, root)
    environment = quiet(folder)
    subprocess.run(
        [program, "init", "-input=false"], cwd=root, env=environment, check=True, capture_output=True
    )
    near, far = pty.openpty()
    tty.setraw(far)
    # Values that apply will tell are of a known type only where there is a plan.
    with subprocess.Popen(
        [program, "console", "-plan"],
        cwd=root,
        env=environment,
        stdin=far,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as console:
        os.close(far)
        threading.Thread(target=_type, args=(near, expressions), daemon=True).start()
        printed = console.communicate(timeout=300)[0].decode()
    os.close(near)
    return _answers(printed, len(expressions))


def _type(terminal: int, expressions: Sequence[str]) -> None:
    lines = [_MARK.format("start")]
    for index, expression in enumerate(expressions):
        # The blank line ends an expression that is left open.
        lines += [expression, "", _MARK.format(index)]
    left = "\n".join([*lines, "exit", ""]).encode()
    while left:
        left = left[os.write(terminal, left[:1024]) :]


def _answers(printed: str, count: int) -> list[str]:
    answers = []
    rest = printed.split(_MARK.format("start") + "\n", 1)[1]
    for index in range(count):
        printed, rest = rest.split(_MARK.format(index) + "\n", 1)
        printed = re.sub(r"\x1b\[[0-9;]*m", "", printed)
        error = _ERROR.search(printed)
        answers.append(transcripts.REFUSED + error[1] if error else printed.rstrip("\n"))
    return answers


def main() -> None:
    """Record every transcript anew."""
    paths = transcripts.families()
    entries = {path: transcripts.read(path) for path in paths}
    with tempfile.TemporaryDirectory() as folder:
        asked = [entry.expression for path in paths for entry in entries[path]]
        answers = iter(ask(terraform(), asked, Path(folder)))
    for path in paths:
        transcripts.write(path, [next(answers) for _ in entries[path]])


if __name__ == "__main__":
    main()
