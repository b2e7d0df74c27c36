"""The base of frozen structs where a module is compiled: mypyc makes classes without what is said beside their bases.

msgspec hands `frozen` down to subclasses, and the hash with it:
jcristharif.com/msgspec/structs.html#frozen-instances
"""

from __future__ import annotations

from msgspec import Struct


class Frozen(Struct, frozen=True):
    """A struct that cannot be changed, and can be a key."""
