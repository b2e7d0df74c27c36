"""Lambdas as values: `(item, index) => body`, to be called, or to be written in the expression of what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.model.resources import Unresolved
from tfaudit.sources.arm.parts import settled
from tfaudit.sources.arm.values import inner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tfaudit.sources.arm.frames import Env
    from tfaudit.sources.arm.syntax import Lambda


class Applied(Struct, frozen=True):
    """A lambda with what its body is evaluated by, and with."""

    node: Lambda
    env: Env
    evaluated: Callable[[Any, Env], Any]

    def __call__(self, *values: Any) -> Any:
        """Return what its body comes to for `values`."""
        words = dict(zip(self.node.names, values, strict=False))
        return settled(self.evaluated(self.node.body, self.env.with_words(words)))

    def __str__(self) -> str:
        """Return it as it is written: what its body comes to where nothing is known of its words."""
        open_ = [Unresolved("it is a word of a lambda", "", f"${{{name}}}") for name in self.node.names]
        return f"({', '.join(self.node.names)}) => {inner(self(*open_))}"
