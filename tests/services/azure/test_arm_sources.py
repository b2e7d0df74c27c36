"""What a template leaves out is judged by Azure's own pages, and never by those of Terraform's provider."""

from __future__ import annotations

from collections.abc import Iterator

from tests.parity import from_arm
from tests.services.azure.test_same_in_arm import PAIRS
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Place, Plane, Resource
from tfaudit.model.settings import Default
from tfaudit.services.registry import Registry, assets

_PROVIDER = "hashicorp/"
_PLANES: tuple[Plane, ...] = ("code", "live")


def _bare() -> Iterator[Asset]:
    """Yield what services make of each type, declared or running, that says nothing of itself."""
    registry = Registry()
    for type_ in sorted({type_ for _, type_, _ in registry.reading("arm")}):
        for plane in _PLANES:
            body = {"name": "bare", "properties": {}}
            found = assets([Resource(type_, "bare", body, Place("bare"), plane, "arm")], registry)
            yield from (each for each in found if isinstance(each, Asset))


def _cited(found: Iterator[Asset]) -> set[tuple[str, str, str]]:
    """Return the type, the setting and the page of each default."""
    return {
        (each.resource.type, name, setting.documented)
        for each in found
        for name, setting in ((name, each.settings[name]) for name in each.settings)
        if isinstance(setting, Default)
    }


def test_no_default_of_what_says_nothing_is_by_the_provider() -> None:
    cited = _cited(_bare())
    assert len(cited) > 500
    assert not sorted(each for each in cited if _PROVIDER in each[2])


def test_no_default_of_a_template_is_by_the_provider() -> None:
    cited = _cited(asset for pair in PAIRS for asset in from_arm(*pair.arm))
    assert len(cited) > 500
    assert not sorted(each for each in cited if _PROVIDER in each[2])


def test_few_defaults_are_by_the_reference_of_templates_alone() -> None:
    """It says what a property does, and not in each case what holds without it: the number can only shrink."""
    cited = _cited(_bare()) | _cited(asset for pair in PAIRS for asset in from_arm(*pair.arm))
    assert len({each[:2] for each in cited if "learn.microsoft.com/azure/templates/" in each[2]}) <= 74
