"""Credentials written down in code."""

from __future__ import annotations

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.inventory import Elsewhere
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View

IN_A_PLAN = Unresolved(
    "a plan shows the value that is used, and not whether it is written in the code",
    "scan the code beside the plan",
)


def written_down(*words: str, unused: str = "") -> Fact:
    """Return the fact that a literal stands at one of `words`; where the switch `unused` is on, nobody uses it.

    A reference, a variable or a lookup is not a secret that this code gives away: known or not, it is no literal. An
    answer of Azure's holds no credential, so that code is judged, and a plan has the value only, wherever it is from:
    this asks which plane it is on, as no word could say.
    """

    def joins(view: View) -> Known | Absent | Unknown | Inapplicable:
        if view.resource.plane == "live":
            return Inapplicable("no answer holds it: the code is judged")
        if unused and isinstance(off := view.word(unused), Known) and as_bool(off.value) is True:
            return Known(False, off.resource, off.path)
        readings = [view.word(word) for word in words]
        if isinstance(view.resource.body, Elsewhere) and isinstance(readings[0], Unknown):
            return readings[0]  # what another stack's code has there cannot be seen from here
        found = [
            each for each in readings if not isinstance(each, Absent) and getattr(each, "value", None) != ""
        ]
        literal = next((each for each in found if isinstance(each, Known)), None)
        if not found:
            return Absent(view.resource, view.base)
        if literal is not None and view.resource.plane == "plan":
            return Unknown(IN_A_PLAN.because, IN_A_PLAN.settle_with, literal.resource, literal.path)
        shown = literal or found[0]
        return Known(literal is not None, shown.resource, shown.path)

    return Fact(
        joins=joins,
        of=(*words, unused) if unused else words,
        default=Documented(False, "no credential is set here"),
    )
