"""The light start: what stands in for a module while another is loaded is gone afterwards, and nothing misses it."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from tfaudit.light import load
load()
left = [name for name in ("platform", "gettext", "typing_extensions") if name in sys.modules]
import argparse, gettext, platform, typing_extensions, uuid
import msgspec
schema = msgspec.json.schema(dict[str, int])
assert schema["additionalProperties"] == {"type": "integer"}, schema
assert isinstance(msgspec.inspect.type_info(int), msgspec.inspect.IntType)
import msgspec.inspect
assert isinstance(msgspec.inspect.type_info(int), msgspec.inspect.IntType)
assert platform.python_version() and gettext.gettext("a") == "a"
assert msgspec.json.encode({"id": uuid.UUID(int=1)}) == b'{"id":"00000000-0000-0000-0000-000000000001"}'
class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise ValueError(message)
parser = Parser()
parser.add_argument("--count", type=int)
try:
    parser.parse_args(["--count", "many"])
except ValueError as error:
    print(error)
print(left)
"""


def test_nothing_that_stood_in_is_left_and_all_work_as_ever() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["argument --count: invalid int value: 'many'", "[]"]
