"""Facts: one setting each, as a word, or as a plain function of words, or as what several resources tell together.

    def kept(days: int | None, recovery: bool | None) -> int | None: ...

    FACTS = {
        "deletion_protection": Fact("deletion", default=OFF),
        "backup.retention_days": Fact(kept, of=("recovery_days", "recovery"), default=NONE_KEPT),
        "encryption.customer_managed_key": Fact(joins=customer_key("key"), of=("key", "manager"), default=OFF),
        "encryption.at_rest": always(True, _PAGE),
    }

A function gets plain values, None for what is absent, and knows nothing of what is not known: `reading.lift` calls it.
It returns a value, None ("nothing is stated": the default holds), `Said`, `Documented`, `Inapplicable` or `CannotTell`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Setting, Unknown
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.lift import lifted
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import coerce

if TYPE_CHECKING:
    from tfaudit.model.vocabulary import SettingType
    from tfaudit.reading.view import View


class Inapplicable(Struct, frozen=True):
    """What a function answers where the asset cannot have the setting."""

    because: str


class CannotTell(Struct, frozen=True):
    """What a function answers where the words, though known, do not tell."""

    because: str
    settle_with: str


class Said(Struct, frozen=True):
    """What a function answers where one word, or one row of it, decides: there the finding is placed."""

    value: Any
    by: str
    row: int | None = None


class Fact(Struct, frozen=True):
    """One setting. Its place is that of the first of its words that is stated.

    `says` is a word, whose value is taken as it is, or a function of the values of the words `of`. `joins` is given
    instead where several resources tell together: it gets the view, and may read the words `of` and no other. `default`
    holds where nothing is stated, one for all planes or one for each; `reported` instead of it in an API's answer,
    where nothing stated means something else there; `sent` says that the API always states it: an answer without it is
    no answer.
    """

    says: str | Callable[..., Any] = ""
    of: tuple[str, ...] = ()
    joins: Callable[[View], Any] | None = None
    default: Documented | ByPlane | Unresolved | None = None
    reported: Documented | None = None
    sent: bool = False
    constant: Documented | Inapplicable | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that it is made from."""
        return (self.says,) if isinstance(self.says, str) and self.says else self.of

    def read(self, view: View, kind: SettingType | None) -> Setting:
        """Return the setting as `view` tells it."""
        if isinstance(self.default, ByPlane):
            return replace(self, default=self.default.of(view)).read(view, kind)
        if self.constant is not None:
            return self._answer(self.constant, Absent(view.resource, view.base), kind)
        if self.joins is not None:
            return self._joined(view, kind)
        readings = [view.word(name) for name in self.words]
        where = next((each for each in readings if isinstance(each, (Known, Pointer))), readings[0])
        if isinstance(self.says, str):
            return self._alone(readings[0], kind)
        answer = lifted(self.says, readings)
        if isinstance(answer, Unresolved):
            open_ = next((each for each in readings if isinstance(each, Unknown)), where)
            return Unknown(answer.because, answer.settle_with, open_.resource, open_.path)
        if isinstance(answer, Said):
            where = readings[self.words.index(answer.by)]
            path = where.path if answer.row is None else (*where.path, answer.row)
            return self._answer(answer.value, Absent(where.resource, path), kind)
        return self._answer(answer, where, kind)

    def _joined(self, view: View, kind: SettingType | None) -> Setting:
        assert self.joins is not None  # noqa: S101 - asked before
        answer = self.joins(view)
        if isinstance(answer, (Absent, Pointer, Unknown)):
            return self._alone(answer, kind)
        if isinstance(answer, Known):
            return self._answer(answer.value, answer, kind)
        return self._answer(answer, Absent(view.resource, view.base), kind)

    def _alone(self, reading: Reading, kind: SettingType | None) -> Setting:
        match reading:
            case Known(value=value):
                return self._answer(value, reading, kind)
            case Absent():
                return self._answer(None, reading, kind)
            case Pointer():
                return reading.unknown
            case Unknown():
                return reading

    def _answer(self, answer: Any, where: Reading, kind: SettingType | None) -> Setting:
        match answer:
            case Known() | Default() | Unknown() | NotApplicable():
                return answer
            case Documented(value=value, source=source):
                return Default(value, source, where.resource, where.path)
            case Inapplicable(because=because):
                return NotApplicable(because, where.resource, where.path)
            case CannotTell(because=because, settle_with=settle_with):
                return Unknown(because, settle_with, where.resource, where.path)
            case Unresolved(because=because, settle_with=settle_with):
                return Unknown(because, settle_with, where.resource, where.path)
            case None:
                return self._nothing(where)
            case _:
                return self._known(answer, where, kind)

    def _known(self, answer: Any, where: Reading, kind: SettingType | None) -> Setting:
        converted = coerce(answer, kind)
        if converted is None:
            because = f"its value {str(answer)[:80]!r} is not one that tfaudit can judge"
            return Unknown(because, "check it by hand", where.resource, where.path)
        return Known(converted, where.resource, where.path)

    def _nothing(self, where: Reading) -> Setting:
        reported = where.resource.dialect == "api"
        if reported and self.sent:
            because = f"the answer of {where.resource.type} does not state it, which the API always does"
            return Unknown(
                because, "ask the API itself, without anything between", where.resource, where.path
            )
        default = self.reported if reported and self.reported is not None else self.default
        if isinstance(default, Unresolved):
            return Unknown(default.because, default.settle_with, where.resource, where.path)
        if not isinstance(default, Documented):
            return Unknown(
                "it is not set, and no default is documented", "set it", where.resource, where.path
            )
        return Default(default.value, default.source, where.resource, where.path)


Facts: TypeAlias = Mapping[str, Fact]


def always(value: Any, source: str) -> Fact:
    """Return what holds of the service itself, and the page that says so."""
    return Fact(constant=Documented(value, source))


def inapplicable(because: str) -> Fact:
    """Return the fact of a setting that no such asset can have."""
    return Fact(constant=Inapplicable(because))


def stated(word: str, default: Documented | ByPlane) -> Fact:
    """Return whether anything stands at `word`: a value that is not empty, or a pointer at another resource."""

    def joins(view: View) -> Reading:
        reading = view.word(word)
        match reading:
            case Known(value="" | [] | {} | False):
                return Absent(reading.resource, reading.path)
            case Known() | Pointer():
                return Known(True, reading.resource, reading.path)
            case Absent() | Unknown():
                return reading

    return Fact(joins=joins, of=(word,), default=default)
