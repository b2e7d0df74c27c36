"""Which resources of an inventory belong to one, or are pointed at by it, and why that is not wholly known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.reading.inventory import Elsewhere, Inventory, same_text, walk
from tfaudit.reading.ways import parse_path


def belonging(
    resource: Resource, names: tuple[str, ...], type_: str, attribute: str, inventory: Inventory
) -> tuple[list[Resource], Unresolved | None]:
    """Return the resources of `type_` that point at `resource` by `attribute`, and why there may be more.

    They may name it by the text of one of its attributes `names`. All of the type belong to it where `attribute` is "":
    it holds for the whole account.
    """
    if not attribute:
        return inventory.of_type(type_), None
    stated = [walk(resource.body, parse_path(name)[1])[0] for name in names]
    texts = [str(value) for value in stated if isinstance(value, (str, int))]
    texts += filter(None, (same_text(resource, value) for value in stated))
    found, unsure = inventory.pointing_at(resource, texts, type_, attribute)
    if unsure:
        unsure = inventory.homeless(type_, attribute, resource.type, names)
    sure = [each for each in found if "@Condition" not in each.body]
    if isinstance(resource.body, Elsewhere):
        return sure, resource.body.because
    if not unsure and (given := given_away(resource)) is not None:
        return sure, given
    if len(sure) < len(found):
        return sure, next(each.body["@Condition"] for each in found if "@Condition" in each.body)
    if not unsure:
        return sure, hidden(resource, type_)
    return sure, Unresolved(
        because=f"{unsure[0].address} may belong to {resource.address}: its {attribute} is not known",
        settle_with="scan the plan, or give the variable's value",
    )


def given_away(resource: Resource) -> Unresolved | None:
    """Return why more may belong to a resource that something which is not read is given; None where nothing is."""
    because, _, settle_with = resource.context.get("given_to", "").partition("\n")
    return Unresolved(because, settle_with) if because else None


def hidden(resource: Resource, type_: str) -> Unresolved | None:
    """Return why more resources of `type_` may belong to `resource` than were read; None for no reason."""
    return given_away(resource) or not_asked(resource, type_)


def not_asked(resource: Resource, type_: str) -> Unresolved | None:
    """Return why it is not known which resources of `type_` belong to one of live Azure; None where that is known.

    Azure lists a resource without most of what belongs to it. A live source states the types that it has asked for in
    the resource's context, `children`, with spaces between them; and of a type that it could not ask for, as `without`
    and the type, why that is and in a second line what would settle it.
    """
    if resource.plane != "live" or resource.dialect != "arm" or "/" not in type_:
        return None
    if type_ in resource.context.get("children", "").split():
        return None
    answer = resource.context.get(f"without {type_}")
    if answer:
        because, _, settle_with = answer.partition("\n")
        return Unresolved(because, settle_with)
    return Unresolved(f"its {type_} were not asked for", "scan the live subscription with access to them")


def pointed_at(
    values: Iterable[Any], types: tuple[str, ...], names: tuple[str, ...], inventory: Inventory
) -> list[Resource]:
    """Return the resources that references lead to, and those of `types` that texts name by an attribute of `names`."""
    found: list[Resource] = []
    for each in values:
        if isinstance(each, Reference):
            found += [one for one in inventory.at(each.address) if not types or one.type in types]
        elif isinstance(each, str):
            found += [one for type_ in types for name in names for one in inventory.named(type_, name, each)]
    return found
