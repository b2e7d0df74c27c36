"""What a scan of files says beside its verdicts: what was given, left out or is not in force, and to what effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from tfaudit.errors import did_you_mean
from tfaudit.model.resources import UPDATES, Resource
from tfaudit.model.verdicts import Scanned
from tfaudit.pipeline.options import CONFIGURATIONS, Options, is_misnamed, of_misnamed
from tfaudit.policies.select import in_force
from tfaudit.services.registry import Registry
from tfaudit.sources.tree.files import InputFile, Tree
from tfaudit.sources.tree.ignored import Excluder

# What Terraform reads, makes up or runs by itself.
_NO_INFRASTRUCTURE = (
    "data.",
    "provider",
    "archive_",
    "external",
    "http",
    "module",
    "local_",
    "null_",
    "random_",
    "template_",
    "terraform_",
    "time_",
    "tls_",
)
SHOWN = 5


def of_files(
    tree: Tree, files: list[InputFile], resources: list[Resource], scanned: Scanned, options: Options
) -> Iterator[str]:
    """Yield the notes on `files` of `tree`, and on the `resources` that they hold."""
    yield from tree.notes
    yield from _undeclared(tree, scanned)
    yield from _empty(tree)
    yield from _not_in_force(files, options)
    if isinstance(options.excluded, Excluder):
        yield from options.excluded.notes()
    if any(each.dialect == "kubernetes" for each in resources):
        from tfaudit.sources.kubernetes import deployed

        yield from deployed.notes(resources)


def _empty(tree: Tree) -> Iterator[str]:
    """Yield a note on the blocks that make nothing: what they would make is not judged."""
    found = sorted(set(tree.empty))
    if found:
        stated = ", ".join(found[:SHOWN]) + (f" and {len(found) - SHOWN:,} more" if found[SHOWN:] else "")
        blocks = "block makes" if len(found) == 1 else "blocks make"
        why = "count is 0, for_each is empty, or a condition is false"
        yield f"{len(found):,} {blocks} nothing with the values at hand ({why}): {stated}"


def _undeclared(tree: Tree, scanned: Scanned) -> Iterator[str]:
    """Yield a note on each value that was given for something that no file declares: most often it is misspelt."""
    for word, given in (("variable", tree.variables), ("parameter", tree.parameters)):
        for name, _ in given:
            if name not in tree.declared:
                near = did_you_mean(name, tree.declared)
                yield f'the {word} "{name}" is given a value, and nothing in {scanned.target} declares it{near}'


def _not_in_force(files: list[InputFile], options: Options) -> Iterator[str]:
    """Yield a note on each configuration below what is scanned: the one of the target holds for all of it."""
    for file in files:
        if file.name.rpartition("/")[2] in CONFIGURATIONS and file.name != options.configuration:
            yield f"{file.name} is not in force: it counts where its own folder is scanned"
        elif is_misnamed(file.name.rpartition("/")[2]) and of_misnamed(file.name) not in options.notes:
            yield of_misnamed(file.name)


def of_not_linked(options: Options) -> Iterator[str]:
    """Yield a note on the policies that a choice of frameworks leaves out: what they would find is not known."""
    wanted, choice = options.selected_frameworks, options.policies.choice
    if wanted and choice is not None:
        without = in_force(replace(choice, frameworks=()), options.cache)
        whole = len(without.policies)
        left = whole - len(options.policies.policies)
        if left:
            verb = "is" if left == 1 else "are"
            yield (
                f"{left:,} of the {whole:,} policies in force {verb} not linked to {' or '.join(wanted)} "
                "and not judged; scan without --framework to see what they find"
            )


def not_judged(resources: Iterable[Resource], registry: Registry) -> dict[str, int]:
    """Return the types of resources that no service knows, with how many there are of each, the most first."""
    # What updates something that is judged is judged with it.
    counts = Counter(each.type for each in resources if UPDATES not in each.context)
    unknown = registry.unknown_among(counts)
    return {
        name: count
        for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        if name in unknown and not name.startswith(_NO_INFRASTRUCTURE)
    }


def of_waivers_off(resources: Iterable[Resource]) -> Iterator[str]:
    """Yield a note on the comments that would waive findings if they were let."""
    count = len({each.place for resource in resources for each in resource.suppressions})
    if count:
        comments = "1 comment waives" if count == 1 else f"{count:,} comments waive"
        yield f"{comments} nothing here: inline waivers are off"


def of_not_judged(types: Mapping[str, int]) -> Iterator[str]:
    """Yield a note on the resources of types that no service knows: a scan says nothing of them."""
    if not types:
        return
    most = list(types)
    stated = ", ".join(f"{name} ({types[name]:,})" for name in most[:SHOWN])
    rest = len(most) - SHOWN
    more = f" and {rest:,} more {'type' if rest == 1 else 'types'}" if rest > 0 else ""
    total = sum(types.values())
    subject = "resource is of a type that is" if total == 1 else "resources are of types that are"
    yield f"{total:,} {subject} not judged: {stated}{more}"
