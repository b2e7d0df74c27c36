"""Bicep's parser inside of a worker: the tables of its grammar are made once, or taken from where they were kept.

To make them takes checkov's parser many seconds, and it makes them in each process.
"""

from __future__ import annotations

from typing import Any


def prepared(tables: dict[str, Any] | None) -> dict[str, Any] | None:
    """Let every parser of Bicep in this process use `tables`; where None are given, make them, and return them."""
    from checkov.bicep import parser
    from lark import Lark
    from lark.grammar import Rule
    from lark.lexer import TerminalDef
    from pycep import BicepParser

    if getattr(parser.Parser, "tfaudit_prepared_", False):
        return None
    made = None
    if tables is not None:
        one = BicepParser.__new__(BicepParser)
        one.add_line_numbers = True
        one.lark_parser = Lark.load(tables)  # it takes plain data as well as a file
    else:
        one = BicepParser(add_line_numbers=True, cache=False)
        data, memo = one.lark_parser.memo_serialize([TerminalDef, Rule])
        made = {"data": data, "memo": memo}

    def with_it(self: Any) -> None:
        self.bicep_parser = one

    setattr(parser.Parser, "__init__", with_it)  # noqa: B010 - somebody else's class
    setattr(parser.Parser, "tfaudit_prepared_", True)  # noqa: B010
    return made
