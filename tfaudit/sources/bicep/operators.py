"""The operators of Bicep: how much each binds, and the function of templates that it is.

learn.microsoft.com/azure/azure-resource-manager/bicep/operators, with the operators' precedence
"""

from __future__ import annotations

from collections.abc import Mapping

OPERATORS: Mapping[str, tuple[int, str]] = {
    "??": (1, "coalesce"),
    "||": (2, "or"),
    "&&": (3, "and"),
    "==": (4, "equals"),
    "!=": (4, "!equals"),
    "=~": (4, "equalsIgnoreCase"),
    "!~": (4, "!equalsIgnoreCase"),
    ">": (5, "greater"),
    ">=": (5, "greaterOrEquals"),
    "<": (5, "less"),
    "<=": (5, "lessOrEquals"),
    "+": (6, "add"),
    "-": (6, "sub"),
    "*": (7, "mul"),
    "/": (7, "div"),
    "%": (7, "mod"),
}
"""The operators: how much each binds, and the function that it is."""
