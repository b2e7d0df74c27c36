"""The tables of the grammar that paths in JSON are parsed by: made once per installed checkov, and kept in its index.

Ply makes them anew in each process, and its user for each path. From a module of tables it takes them as they are,
where the grammar has the signature that they were made of.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_PATHS = "bc_jsonpath_ng.ext"
_VERSION = "_tabversion"


def made() -> dict[str, dict[str, Any]]:
    """Return the tables by the name of the module that ply looks for them in, each as that module's variables."""
    import importlib

    import ply.yacc

    found: dict[str, dict[str, Any]] = {}

    def keep(table: Any, name: str, _: str = "", signature: str = "") -> None:
        found[name] = {
            _VERSION: ply.yacc.__tabversion__,
            "_lr_method": table.lr_method,
            "_lr_signature": signature,
            "_lr_action": table.lr_action,
            "_lr_goto": table.lr_goto,
            "_lr_productions": [
                (
                    str(each),
                    each.name,
                    each.len,
                    getattr(each, "func", None),
                    getattr(each, "file", None),
                    getattr(each, "line", None),
                )
                for each in table.lr_productions
            ],
        }

    yacc, write = ply.yacc.yacc, ply.yacc.LRGeneratedTable.write_table
    try:
        setattr(ply.yacc.LRGeneratedTable, "write_table", keep)  # noqa: B010 - somebody else's module
        setattr(ply.yacc, "yacc", lambda *given, **named: yacc(*given, **{**named, "write_tables": True}))  # noqa: B010
        importlib.import_module(_PATHS).parse("a.b[*].c")
    finally:
        setattr(ply.yacc.LRGeneratedTable, "write_table", write)  # noqa: B010
        setattr(ply.yacc, "yacc", yacc)  # noqa: B010
    return found


def install(tables: dict[str, dict[str, Any]]) -> None:
    """Let ply find the tables that `made` has returned."""
    for name, variables in tables.items():
        module = ModuleType(name)
        vars(module).update(variables)
        sys.modules[name] = module
