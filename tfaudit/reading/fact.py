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

from tfaudit.model.resources import Unresolved, dotted
from tfaudit.model.settings import Default, Known, NotApplicable, Setting, Unknown
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.documented import ByPlane, Cited, Documented, Inapplicable
from tfaudit.reading.lift import Open, lifted
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import coerce

if TYPE_CHECKING:
    from tfaudit.model.vocabulary.types import SettingType
    from tfaudit.reading.view import View

_VALUES: frozenset[type] = frozenset({bool, int, str, list, dict})
_OWN: Mapping[SettingType | None, type] = {"bool": bool, "str": str, "list": list, "set": list, "map": dict}
"""The types of values that need no conversion."""

_WITH_PARTS: frozenset[type] = frozenset({list, dict})


class Fact(Struct, frozen=True):
    """One setting. Its place is that of the first of its words that is stated.

    `says` is a word, whose value is taken as it is, or a function of the values of the words `of`. `joins` is given
    instead where several resources tell together: it gets the view, and may read the words `of` and no other. `default`
    holds where nothing is stated, one for all planes or one for each; `reported` instead of it in an API's answer,
    where nothing stated means something else there; `sent` says that the API always states it: an answer without it is
    no answer. `beside` are the types of resources that are read beside the own one: a live scan asks for them where a
    chosen policy needs the fact. `only_by` are words without which nothing is known of it, whatever the others say: a
    plane that has none of them does not tell it.
    """

    says: str | Callable[..., Any] = ""
    of: tuple[str, ...] = ()
    joins: Callable[[View], Any] | None = None
    default: Documented | Inapplicable | ByPlane | Unresolved | None = None
    reported: Documented | None = None
    sent: bool = False
    constant: Documented | Inapplicable | Unresolved | None = None
    beside: tuple[str, ...] = ()
    only_by: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that it is made from."""
        return (self.says,) if isinstance(self.says, str) and self.says else self.of

    def read(self, view: View, kind: SettingType | None) -> Setting:
        """Return the setting as `view` reads it."""
        if isinstance(self.default, ByPlane):
            return replace(self, default=self.default.of(view)).read(view, kind)
        says = self.says
        if not isinstance(says, str):
            return self._applied(says, view, kind)
        if says:
            return self._alone(view.word(says), kind)
        if self.joins is not None:
            return self._joined(view, kind)
        return self._answer(self.constant, Absent(view.resource, view.base), kind)

    def _applied(self, says: Callable[..., Any], view: View, kind: SettingType | None) -> Setting:
        """Return what a function of words says, as it is where all of them are known or absent."""
        arguments: list[Any] = []
        where: Reading | None = None
        words = view.read_words
        for name in self.of:
            reading = words.get(name) or view.word(name)
            if isinstance(reading, Known):
                value: Any = reading.value
                if value.__class__ in _WITH_PARTS and not view.whole(name):
                    return self._lifted(says, view, kind)
                arguments.append(value)
                where = where or reading
            elif isinstance(reading, Absent):
                arguments.append(None)
            else:
                return self._lifted(says, view, kind)
        answer = says(*arguments)
        if _OWN.get(kind) is answer.__class__:
            found = where or self._first(view)
            return Known(answer, found.resource, found.path)
        return self._answered(answer, where, view, kind)

    def _lifted(self, says: Callable[..., Any], view: View, kind: SettingType | None) -> Setting:
        """Return what a function of words says of which one is not known, or a part of it."""
        readings = [view.word(name) for name in self.of]
        answer = lifted(says, readings, self.of)
        if isinstance(answer, Open) and answer.at:
            number, *inside = answer.at
            resource, path = view.spot(self.of[int(number)], tuple(inside))
            return Unknown(answer.because, answer.settle_with, resource, path)
        where = next((each for each in readings if isinstance(each, (Known, Pointer))), None)
        if isinstance(answer, Unresolved):
            open_ = next((each for each in readings if isinstance(each, Unknown)), where or readings[0])
            return Unknown(answer.because, answer.settle_with, open_.resource, open_.path)
        return self._answered(answer, where, view, kind)

    def _answered(self, answer: Any, where: Reading | None, view: View, kind: SettingType | None) -> Setting:
        """Return the setting for a function's answer; `where` is the first of its words that is stated."""
        if answer.__class__ is not Said:
            return self._answer(answer, where or self._first(view), kind)
        if answer.by and answer.row is None:
            return self._answer(answer.value, view.word(answer.by), kind)
        resource, path = view.spot(answer.by, answer.inside) if answer.by else (view.resource, view.base)
        return self._answer(answer.value, Absent(resource, path), kind)

    def _first(self, view: View) -> Reading:
        return view.word(self.of[0]) if self.of else Absent(view.resource, view.base)

    def _joined(self, view: View, kind: SettingType | None) -> Setting:
        assert self.joins is not None  # noqa: S101 - asked before
        answer = self.joins(view)
        if isinstance(answer, (Absent, Pointer, Unknown)):
            return self._alone(answer, kind)
        if isinstance(answer, Known):
            return self._answer(answer.value, answer, kind)
        return self._answer(answer, Absent(view.resource, view.base), kind)

    def _alone(self, reading: Reading, kind: SettingType | None) -> Setting:
        if isinstance(reading, Known):
            return (
                reading
                if _OWN.get(kind) is reading.value.__class__
                else self._answer(reading.value, reading, kind)
            )
        if isinstance(reading, Absent):
            return self._nothing(reading)
        return reading if isinstance(reading, Unknown) else reading.unknown

    def _answer(self, answer: Any, where: Reading, kind: SettingType | None) -> Setting:
        if answer.__class__ in _VALUES:
            return self._known(answer, where, kind)
        if answer is None:
            return self._nothing(where)
        match answer:
            case Known() | Default() | Unknown() | NotApplicable():
                return answer
            case Documented() as documented:
                page = documented.page(where.resource.dialect)
                return Default(documented.value, page, where.resource, where.path)
            case Inapplicable(because=because):
                return NotApplicable(because, where.resource, where.path)
            case CannotTell(because=because, settle_with=settle_with):
                return Unknown(because, settle_with, where.resource, where.path)
            case Unresolved(because=because, settle_with=settle_with):
                return Unknown(because, settle_with, where.resource, where.path)
            case _:
                return self._known(answer, where, kind)

    def _known(self, answer: Any, where: Reading, kind: SettingType | None) -> Setting:
        converted = answer if _OWN.get(kind) is answer.__class__ else coerce(answer, kind)
        if converted is None:
            because = f"its value {str(answer)[:80]!r} is not one that tfaudit can judge"
            return Unknown(because, "check it by hand", where.resource, where.path)
        if converted is answer and isinstance(where, Known) and where.value is answer:
            return where
        return Known(converted, where.resource, where.path)

    def _nothing(self, where: Reading) -> Setting:
        default: Any = self.default
        if where.resource.dialect == "api":
            if self.sent:
                because = f"the answer of {where.resource.type} does not state it, which the API always does"
                return Unknown(
                    because, "ask the API itself, without anything between", where.resource, where.path
                )
            default = self.default if self.reported is None else self.reported
        match default:
            case Documented() as documented:
                page = documented.page(where.resource.dialect)
                return Default(documented.value, page, where.resource, where.path)
            case Inapplicable(because=because):
                return NotApplicable(because, where.resource, where.path)
            case Unresolved(because=because, settle_with=settle_with):
                return Unknown(because, settle_with, where.resource, where.path)
            case _:
                because = "it is not set, and no default is documented"
                settle = f"set {dotted(where.path)}" if where.path else "set it"
                return Unknown(because, settle, where.resource, where.path)


Facts: TypeAlias = Mapping[str, Fact]


def always(value: Any, source: str | Cited) -> Fact:
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
            case Known(value=value) if value in ("", [], {}, False):  # as a pattern, {} is any mapping
                return Absent(reading.resource, reading.path)
            case Known() | Pointer():
                return Known(True, reading.resource, reading.path)
            case Absent() | Unknown():
                return reading

    return Fact(joins=joins, of=(word,), default=default)
