"""Files that look like manifests and are not: Helm templates, Kustomize patches. Only rendered can they be judged."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tfaudit.model.resources import Limits, Place, Unread
from tfaudit.sources.text.document import Document
from tfaudit.sources.text.yaml_documents import documents
from tfaudit.sources.tree.files import InputFile

_KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml"})
_LISTS = ("patches", "patchesStrategicMerge", "patchesJson6902")


class Templates:
    """The templates and patches among the files of one scan."""

    def __init__(self, files: Iterable[InputFile], limits: Limits) -> None:
        """Find the patches that the kustomizations among `files` name."""
        self._patches: set[str] = set()
        self._found: Counter[tuple[str, str]] = Counter()
        for file in files:
            if is_kustomization(file):
                folder = posixpath.dirname(file.name)
                for name in _patches(file, limits):
                    self._found["Kustomize patch", file.name] += 1
                    self._patches.add(posixpath.normpath(posixpath.join(folder, name)))

    def holds(self, file: InputFile, data: bytes) -> bool:
        """Whether `file` is a template, which is counted for `unread`, or a patch."""
        chart = chart_of(file) if b"{{" in data else None
        if chart is not None:
            self._found["Helm template", "Chart.yaml" if chart == "." else f"{chart}/Chart.yaml"] += 1
            return True
        return file.name in self._patches

    def unread(self) -> Iterator[Unread]:
        """Yield one gap for each chart or kustomization whose files were held back."""
        for (what, origin), count in self._found.items():
            if what == "Helm template":
                because = f"{count:,} {what}{'s' if count > 1 else ''} of it cannot be judged"
                render = "helm template"
            else:
                answer = "1 patch of it is" if count == 1 else f"{count:,} patches of it are"
                because = f"{answer} not applied: what should be changed is judged as it stands"
                render = "kustomize build"
            yield Unread(Place(origin), because, f"render it ({render}) and scan the output")


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


def _patches(file: InputFile, limits: Limits) -> Iterator[str]:
    """Yield the file of each patch of a kustomization, as it writes it; "" for one that stands in it."""
    try:
        data = file.read()
    except OSError:  # It is reported where the file itself is read.
        return
    for found in documents(data, file.name, limits):
        if isinstance(found, Document) and isinstance(found.value, dict):
            for key in _LISTS:
                stated = found.value.get(key)
                for each in stated if isinstance(stated, list) else ():
                    path: Any = each.get("path") if isinstance(each, dict) else each
                    yield path if isinstance(path, str) and "\n" not in path else ""
