"""Reads framework files: `controls/<framework>.yaml` into `Framework`s, and the links that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tfaudit import data, yaml_files
from tfaudit.cache import Store
from tfaudit.errors import PolicyError, UsageError, did_you_mean
from tfaudit.model.verdicts import Control, Framework, Link

TESTABLE = ("automated", "partial", "manual")


def files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the framework files of `folders` by the framework's id, which is the file's name.

    Raises `PolicyError` for an id that stands twice: one framework would take the place of another in silence.
    """
    found: dict[str, Path] = {}
    for folder in dict.fromkeys(folders):
        for path in sorted(folder.glob("*.yaml")):
            if path.stem in found:
                raise PolicyError(
                    f"{path}: the framework {path.stem} stands in {found[path.stem]} already; call yours otherwise"
                )
            found[path.stem] = path
    return found


def read(
    folders: Iterable[Path], wanted: Iterable[str] = (), cache: Store | None = None
) -> dict[str, Framework]:
    """Return the frameworks in `folders` by id, only `wanted` ones where some are named.

    Those that tfaudit brings are known to be sound, by its tests; others are checked.
    Raises `UsageError` for a framework that does not exist, `PolicyError` for a file of another form.
    """
    known = files(folders)
    chosen = list(wanted) or list(known)
    for each in chosen:
        if each not in known:
            raise UsageError(
                f'unknown framework "{each}"{did_you_mean(each, known)} (known: {", ".join(known)})'
            )
    paths = [known[each] for each in chosen]
    documents = yaml_files.read_all(paths, cache)
    return {
        each: _framework(each, path, *document)
        for each, path, document in zip(chosen, paths, documents, strict=True)
    }


def _framework(id_: str, path: Path, document: Any, digest: str) -> Framework:
    if path.parent != data.folder("controls"):
        _check(document, path)
        if document["framework"] != id_:
            raise PolicyError(f'{path}: its framework is "{document["framework"]}"; call the file so')
    try:
        controls: dict[str, Control] = {}
        for each in document["controls"]:
            control = Control(
                str(each["id"]),
                each["title"],
                str(each.get("group", "")),
                each.get("testable", "partial"),
                each.get("rationale") or "",
                tuple(_sufficient(one) for one in each.get("sufficient", ())),
            )
            if control.testable not in TESTABLE or control.id in controls:
                raise PolicyError(
                    f'{path}: control "{control.id}" stands twice, or its testable is not one of {TESTABLE}'
                )
            controls[control.id] = control
        return Framework(
            document["framework"],
            document["name"],
            str(document["version"]),
            controls,
            digest,
            str(document.get("scope", "")),
            _links(document),
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        _check(document, path)  # one of tfaudit's own that has been changed may be no framework after all
        raise


def _check(document: Any, path: Path) -> None:
    from tfaudit.controls.framework_schema import check

    check(document, str(path))


def _links(document: Mapping[str, Any]) -> Mapping[str, tuple[Link, ...]]:
    """Return the links that stand in a framework's own file, by policy."""
    found: dict[str, tuple[Link, ...]] = {}
    for control, policies in (document.get("links") or {}).items():
        for policy, link in policies.items():
            (strength,) = link.keys() - {"floor", "scope"}
            made = Link(
                document["framework"],
                str(control),
                strength,
                link[strength],
                link.get("floor", {}),
                link.get("scope", ""),
            )
            found[policy] = (*found.get(policy, ()), made)
    return found


def linked(frameworks: Iterable[Framework]) -> dict[str, tuple[Link, ...]]:
    """Return the links that stand in the frameworks' own files, by policy."""
    found: dict[str, tuple[Link, ...]] = {}
    for framework in frameworks:
        for policy, links in framework.links.items():
            found[policy] = (*found.get(policy, ()), *links)
    return found


def _sufficient(stated: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {"kinds": tuple(stated["kinds"]), "policies": tuple(stated["policies"])}
