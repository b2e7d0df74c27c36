"""The types of settings' values.

    bool  int  number  str  tls  list  set  map

`tls` is a TLS version ("1.0" < "1.1" < "1.2" < "1.3"), `list` and `set` hold strings unless said otherwise, and sizes,
times and counts carry their unit in the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

SettingType: TypeAlias = Literal["bool", "int", "number", "str", "tls", "list", "set", "map"]
Settings: TypeAlias = Mapping[str, SettingType]
