"""Which resources of an inventory belong to one, or are pointed at by it, and why that is not wholly known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.reading.inventory import ABSENT, Elsewhere, Inventory, entry, same_text, walk, without_index
from tfaudit.reading.ways import parse_path


def belonging(
    resource: Resource, names: tuple[str, ...], type_: str, attribute: str, inventory: Inventory
) -> tuple[list[Resource], Unresolved | None]:
    """Return the resources of `type_` that point at `resource` by `attribute`, and why there may be more.

    They may name it by the text of one of its attributes `names`. All of the type belong to it where `attribute` is "":
    it holds for the whole account.
    """
    if not attribute:
        return _sure(inventory.of_type(type_), resource)
    stated = [walk(resource.body, parse_path(name)[1])[0] for name in names]
    texts = [str(value) for value in stated if isinstance(value, (str, int))]
    texts += filter(None, (same_text(resource, value) for value in stated))
    found, unsure = inventory.pointing_at(resource, texts, type_, attribute)
    if unsure:
        unsure = inventory.homeless(type_, attribute, resource.type, names)
    sure, doubt = _sure(found, resource)
    if isinstance(resource.body, Elsewhere):
        return sure, resource.body.because
    if not unsure and (given := given_away(resource)) is not None:
        return sure, given
    if doubt is not None:
        return sure, doubt
    if not unsure:
        return sure, hidden(resource, type_)
    return sure, Unresolved(
        because=f"{unsure[0].address} may belong to {resource.address}: its {attribute} is not known",
        settle_with="scan the plan, or give the variable's value",
    )


def _sure(found: list[Resource], beside: Resource) -> tuple[list[Resource], Unresolved | None]:
    """Return those of `found` that are there whenever `beside` is, and why one of the others may not be."""
    doubts = [(each, may_be_missing(each, beside)) for each in found]
    sure = [each for each, doubt in doubts if doubt is None]
    return sure, next((doubt for _, doubt in doubts if doubt is not None), None)


def may_be_missing(resource: Resource, beside: Resource | None = None) -> Unresolved | None:
    """Return why `resource` may not be there though `beside` is; None where one is there with the other.

    Both may hang on the same condition, count or module that is not known; a count may also be taken from `beside`.
    """
    condition = entry(resource.body, "@Condition")
    if condition not in (ABSENT, None) and (beside is None or entry(beside.body, "@Condition") != condition):
        unknown: Unresolved = condition
        return unknown
    whose = "" if beside is None else without_index(beside.address)
    shared = _doubts(beside) if beside is not None else frozenset()
    for doubt in sorted(_doubts(resource) - shared):
        module, _, text = doubt.partition("\n")
        # `for_each = aws_s3_bucket.maps`: one for each that there is.
        if not whose or whose.removeprefix(module) not in text:
            return Unresolved(
                f"whether there is {resource.address} hangs on {text}, which is not known",
                "give the variable's value, or scan the plan",
            )
    return None


def _doubts(resource: Resource) -> frozenset[str]:
    """Return the counts on which it hangs whether a resource is there, each with its module in a line before."""
    stated = resource.context.get("perhaps")
    return frozenset(stated.split("\0")) if stated else frozenset()


def given_away(resource: Resource) -> Unresolved | None:
    """Return why more may belong to a resource that something which is not read is given; None where nothing is."""
    because, _, settle_with = resource.context.get("given_to", "").partition("\n")
    return Unresolved(because, settle_with) if because else None


def hidden(resource: Resource, type_: str) -> Unresolved | None:
    """Return why more resources of `type_` may belong to `resource` than were read; None for no reason."""
    return given_away(resource) or not_asked(resource, type_)


def hidden_anywhere(resource: Resource, type_: str, inventory: Inventory) -> Unresolved | None:
    """Return why the scope of `resource` may have more of `type_` than were read; None for no reason.

    A child's type is asked for below each of its parents, and says so there.
    """
    steps = type_.split("/")
    whole = "/".join(steps[:2])
    found = hidden(resource, whole)
    for end in range(3, len(steps) + 1):
        child = "/".join(steps[:end])
        above = (hidden(parent, child) for parent in inventory.of_type("/".join(steps[: end - 1])))
        found = found or next(filter(None, above), None)
    return found


def listed(resource: Resource, type_: str) -> bool:
    """Return whether a live source has listed all that there is of `type_`: what is not there does not exist."""
    return type_ in resource.context.get("children", "").split()


def not_asked(resource: Resource, type_: str) -> Unresolved | None:
    """Return why it is not known which resources of `type_` belong to one of live Azure; None where that is known.

    Azure lists a resource without most of what belongs to it. A live source states the types that it has asked for in
    the resource's context, `children`, with spaces between them; and of a type that it could not ask for, as `without`
    and the type, why that is and in a second line what would settle it.
    """
    if resource.plane != "live" or resource.dialect != "arm" or "/" not in type_:
        return None
    if listed(resource, type_):
        return None
    answer = resource.context.get(f"without {type_}")
    if answer:
        because, _, settle_with = answer.partition("\n")
        return Unresolved(because, settle_with)
    return Unresolved(f"its {type_} were not asked for", "scan the live subscription with access to them")


def told_whole(resource: Resource, part: str) -> bool:
    """Whether a live source says of a part of a resource, `properties.siteConfig`, that there is no more of it.

    It states such parts in the resource's context, `whole`, with spaces between them.
    """
    return part in resource.context.get("whole", "").split()


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
