"""What must be rendered before it can be judged: Helm's templates and dependencies, what Kustomize changes."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tfaudit.model.resources import Limits, Place, Unread
from tfaudit.sources.text.document import Document
from tfaudit.sources.text.yaml_documents import documents
from tfaudit.sources.tree.files import InputFile

_KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})
_CHARTS = frozenset({"Chart.yaml", "requirements.yaml"})
_LISTS = ("patches", "patchesStrategicMerge", "patchesJson6902")
# https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/: what it does to what it takes.
_CHANGES = (
    "namespace", "namePrefix", "nameSuffix", "images", "replicas", "labels", "commonLabels", "commonAnnotations",
    "replacements", "vars", "transformers",
)  # fmt: skip
_TAKES = ("resources", "bases", "components")
_MAKES = ("configMapGenerator", "secretGenerator", "generators", "helmCharts", "helmChartInflationGenerator")
_ELSEWHERE = re.compile(r"://|^git@|^github\.com/|\?ref=")
_SHOWN = 3


class Templates:
    """The templates and patches among the files of one scan."""

    def __init__(self, files: Iterable[InputFile], limits: Limits) -> None:
        """Find what the kustomizations and charts among `files` name."""
        self._patches: set[str] = set()
        self._held: Counter[str] = Counter()
        self._dependencies: dict[str, list[str]] = {}
        self._kustomizations: dict[str, list[str]] = {}
        for file in files:
            folder = posixpath.dirname(file.name)
            if is_kustomization(file):
                stated = _stated(file, limits)
                for name in _patches(stated):
                    self._patches.add(posixpath.normpath(posixpath.join(folder, name)))
                self._kustomizations[file.name] = list(_not_done(stated))
            elif states_dependencies(file):
                chart = posixpath.join(folder, "Chart.yaml")
                self._dependencies.setdefault(chart, []).extend(_dependencies(file, limits))

    def holds(self, file: InputFile, data: bytes) -> bool:
        """Whether `file` is a template, which is counted for `unread`, a patch, or the head of a chart."""
        chart = chart_of(file) if b"{{" in data else None
        if chart is not None:
            self._held["Chart.yaml" if chart == "." else f"{chart}/Chart.yaml"] += 1
            return True
        return file.name in self._patches or states_dependencies(file)

    def unread(self) -> Iterator[Unread]:
        """Yield a gap for each chart of which something must be rendered, and for what a kustomization would do."""
        for origin in dict.fromkeys((*self._held, *self._dependencies)):
            count, needs = self._held[origin], self._dependencies.get(origin, [])
            says = (
                [f"{count:,} Helm template{'s' if count > 1 else ''} of it cannot be judged"] if count else []
            )
            if needs:
                says.append(f"what it depends on is not read: {_listed(needs)}")
            if says:
                settle = "render it (helm template) and scan the output"
                yield Unread(Place(origin), "; ".join(says), settle)
        for origin, found in self._kustomizations.items():
            for because in found:
                yield Unread(Place(origin), because, "render it (kustomize build) and scan the output")


def is_kustomization(file: InputFile) -> bool:
    """Whether `file` is what Kustomize starts from, by its name."""
    return file.name.rpartition("/")[2] in _KUSTOMIZATIONS


def chart_of(file: InputFile) -> str | None:
    """Return the folder of the Helm chart whose template `file` is, relative to the tree; None where it is none."""
    steps = file.name.split("/")
    for index in range(len(steps) - 1, 0, -1):
        if steps[index - 1] == "templates" and Path(file.root, *steps[: index - 1], "Chart.yaml").exists():
            return "/".join(steps[: index - 1]) or "."
    return None


def states_dependencies(file: InputFile) -> bool:
    """Whether `file` may say which other charts a chart needs, by its name and first bytes."""
    name = file.name.rpartition("/")[2]
    if name not in _CHARTS or b"dependencies" not in file.head():
        return False
    return name == "Chart.yaml" or Path(file.root, posixpath.dirname(file.name), "Chart.yaml").exists()


def _stated(file: InputFile, limits: Limits) -> dict[str, Any]:
    """Return the map that a file holds; an empty one where it holds none."""
    try:
        data = file.read()
    except OSError:  # It is reported where the file itself is read.
        return {}
    for found in documents(data, file.name, limits):
        if isinstance(found, Document) and isinstance(found.value, dict):
            return found.value
    return {}


def _dependencies(file: InputFile, limits: Limits) -> Iterator[str]:
    """Yield the charts that a chart needs and that do not lie in the tree."""
    charts = Path(file.root, posixpath.dirname(file.name), "charts")
    for each in _list(_stated(file, limits).get("dependencies")):
        name = str(each.get("name", "")) if isinstance(each, dict) else ""
        lies_here = str(each.get("repository", "")).startswith("file://") if isinstance(each, dict) else True
        if name and "/" not in name and not lies_here and not Path(charts, name, "Chart.yaml").exists():
            yield name


def _not_done(stated: dict[str, Any]) -> Iterator[str]:
    """Yield what a kustomization would do and is not done, a sentence for each kind."""
    patches = len(list(_patches(stated)))
    says = ["1 patch of it is"] if patches == 1 else [f"{patches:,} patches of it are"] if patches else []
    changes = [name for name in _CHANGES if stated.get(name)]
    if changes:
        says.append(f"{_listed(changes)} of it {'is' if len(changes) == 1 else 'are'}")
    if says:
        yield f"{' and '.join(says)} not applied: what should be changed is judged as it stands"
    elsewhere = [
        each
        for name in _TAKES
        for each in _list(stated.get(name))
        if isinstance(each, str) and _ELSEWHERE.search(each)
    ]
    if elsewhere:
        yield f"what it takes from elsewhere is not read: {_listed(elsewhere)}"
    made = [name for name in _MAKES if stated.get(name)]
    if made:
        yield f"what it makes is not judged: {_listed(made)}"


def _patches(stated: dict[str, Any]) -> Iterator[str]:
    """Yield the file of each patch of a kustomization, as it writes it; "" for one that stands in it."""
    for key in _LISTS:
        for each in _list(stated.get(key)):
            path: Any = each.get("path") if isinstance(each, dict) else each
            yield path if isinstance(path, str) and "\n" not in path else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name[:80] for name in names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown
