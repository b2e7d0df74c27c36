"""Credentials written down in code."""

from __future__ import annotations

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View

IN_A_PLAN = Unresolved(
    "a plan shows the value that is used, and not whether it is written in the code",
    "scan the code beside the plan",
)


def written_down(*words: str) -> Fact:
    """Return the fact that a literal stands at one of `words`.

    A reference, a variable or a lookup is not a secret that this code gives away: known or not, it is no literal. An
    answer of Azure's holds no credential, so that code is judged; a plan has the value, wherever it is from. This asks
    which plane it is on, as no word could say.
    """

    def joins(view: View) -> Known | Absent | Inapplicable:
        if view.resource.plane == "live":
            return Inapplicable("no answer holds it: the code is judged")
        readings = [view.word(word) for word in words]
        found = [
            each for each in readings if not isinstance(each, Absent) and getattr(each, "value", None) != ""
        ]
        literal = next((each for each in found if isinstance(each, Known)), None)
        if not found:
            return Absent(view.resource, view.base)
        shown = literal or found[0]
        if literal is not None and view.resource.plane == "plan":
            return Known(IN_A_PLAN, shown.resource, shown.path)
        return Known(literal is not None, shown.resource, shown.path)

    return Fact(joins=joins, of=words, default=Documented(False, "no credential is set here"))
