"""A fact: where one setting is read in each spelling of a resource, side by side.

    FACTS = {
        "tls.required": Fact(
            terraform="transit_encryption_enabled",
            cloudformation="TransitEncryptionEnabled",
            api="TransitEncryptionEnabled",
            default=Documented(False, _CREATE_REPLICATION_GROUP),
        ),
    }

A spelling is a path, several paths (the first that is set counts), `At(path, using)` where this spelling's raw value
needs its own conversion, or a function of the `View` that returns a plain value, a `Reading`, `ABSENT`, or a `Setting`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Setting, Unknown
from tfaudit.model.vocabulary import SettingType
from tfaudit.reading.documented import Documented
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import coerce
from tfaudit.reading.view import Reading, View

Using: TypeAlias = Callable[[Any], Any]


class At(Struct, frozen=True):
    """A path, or several, whose raw value `using` turns into the setting's; `using` gives None for "cannot tell"."""

    path: str | tuple[str, ...]
    using: Using


Spelling: TypeAlias = str | tuple[str, ...] | At | Callable[[View], Any] | None


class Fact(Struct, frozen=True):
    """One setting in every spelling.

    `using` converts a raw value in any spelling (an `At` overrides it). `set_means` gives the setting's value whenever
    anything at all stands there, a reference included ("a key is named" = customer managed). `default` holds where
    nothing stands; it may depend on the rest of the resource. `always` is a fact of the service itself.
    """

    terraform: Spelling = None
    cloudformation: Spelling = None
    arm: Spelling = None
    kubernetes: Spelling = None
    api: Spelling = None
    default: Documented | Callable[[View], Documented | None] | None = None
    using: Using | None = None
    set_means: Any = None
    always: Documented | None = None
    not_applicable: str = ""

    def read(self, view: View, kind: SettingType | None) -> Setting:
        """Return the setting as `view` tells it."""
        resource = view.resource
        if self.not_applicable:
            return NotApplicable(self.not_applicable, resource, view.base)
        if self.always is not None:
            return Default(self.always.value, self.always.source, resource, view.base)
        spelling: Spelling = getattr(self, resource.dialect)
        if spelling is not None:
            return self._written(view, spelling, kind)
        if self.default is not None:
            return self._default(view, Reading(ABSENT, resource, view.base))
        return Unknown(
            f"{resource.type} does not tell it in this form", "scan another plane", resource, view.base
        )

    def _written(
        self,
        view: View,
        spelling: str | tuple[str, ...] | At | Callable[[View], Any],
        kind: SettingType | None,
    ) -> Setting:
        """Return the setting that stands at a path or the first of several, or that a function computes."""
        if callable(spelling):
            return self._computed(view, spelling(view), kind)
        path, using = (spelling.path, spelling.using) if isinstance(spelling, At) else (spelling, self.using)
        reading = view.first(*path) if isinstance(path, tuple) else view.read(path)
        return self._setting(view, reading, using, kind)

    def _computed(self, view: View, result: Any, kind: SettingType | None) -> Setting:
        """Return the setting that a function has given: as it is, at the place that it tells, or at the view's."""
        if isinstance(result, (Known, Default, Unknown, NotApplicable)):
            return result
        if isinstance(result, Reading):
            return self._setting(view, result, self.using, kind)
        return self._setting(view, Reading(result, view.resource, view.base), None, kind)

    def _setting(
        self, view: View, reading: Reading, using: Using | None, kind: SettingType | None
    ) -> Setting:
        value = reading.value
        if value is ABSENT or value is None:
            return self._default(view, reading)
        if isinstance(value, Unresolved):
            return unknown(reading, value)
        if self.set_means is not None:
            if value in ("", [], {}, False):
                return self._default(view, reading)
            return Known(self.set_means, reading.resource, reading.path)
        if isinstance(value, Reference):
            return unknown(
                reading, Unresolved(f"it is taken from {value}", "scan the plan or the live account")
            )
        converted = coerce(using(value) if using else value, kind)
        if converted is None:
            return Unknown(
                f"its value {str(value)[:80]!r} is not one that tfaudit can judge",
                "check it by hand",
                reading.resource,
                reading.path,
            )
        return Known(converted, reading.resource, reading.path)

    def _default(self, view: View, reading: Reading) -> Setting:
        default = self.default(view) if callable(self.default) else self.default
        if default is None:
            return Unknown("it is not set, and no default is documented", "set it", view.resource, view.base)
        return Default(default.value, default.source, reading.resource, reading.path or view.base)


def spelled(terraform: Spelling, cloudformation: Spelling, api: Spelling | None = None) -> dict[str, Any]:
    """Return the AWS spellings of one fact for `Fact(**spelled(...))`; the API's is CloudFormation's unless given."""
    return {
        "terraform": terraform,
        "cloudformation": cloudformation,
        "api": cloudformation if api is None else api,
    }


def unknown(reading: Reading, value: Unresolved) -> Unknown:
    """Return the unknown setting for an unresolved value, with its reason kept."""
    return Unknown(value.because, value.settle_with, reading.resource, reading.path)


Facts: TypeAlias = Mapping[str, Fact]
