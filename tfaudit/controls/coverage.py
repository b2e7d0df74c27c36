"""How much of a framework policies bear on: what is linked of all that a machine can test, and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from tfaudit.model.standing import Evidence, of_policies
from tfaudit.model.verdicts import Control, Framework, Policy


class Coverage(Struct):
    """What policies bear on of one framework. `testable` are the controls that a machine can test, wholly or in part.

    `linked` have a link whose floor is reached by the parameters in force; of these, `shown` have one that is more than
    supporting. `below` are controls whose links all lie below their floor.
    """

    framework: Framework
    testable: list[Control] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[Control]:
        """The testable controls that no policy bears on."""
        linked = set(self.linked)
        return [each for each in self.testable if each.id not in linked]

    @property
    def percent(self) -> int:
        """How many of a hundred testable controls are linked, rounded."""
        return round(100 * len(self.linked) / len(self.testable)) if self.testable else 0


def coverage(frameworks: Mapping[str, Framework], policies: Iterable[Policy]) -> list[Coverage]:
    """Return what `policies`, with the parameters in force, bear on of each framework."""
    found = {id_: Coverage(framework) for id_, framework in frameworks.items()}
    for each in of_policies(frameworks, policies):
        if each.framework not in found or each.testable == "manual" or not each.testable:
            continue
        of_one = found[each.framework]
        of_one.testable.append(of_one.framework.controls[each.control])
        _enter(of_one, each.control, each.evidence)
    return list(found.values())


def _enter(into: Coverage, control: str, evidence: list[Evidence]) -> None:
    counted = [each for each in evidence if not each.short]
    if counted:
        into.linked.append(control)
    elif evidence:
        into.below.append(control)
    if any(each.deciding for each in counted):
        into.shown.append(control)
