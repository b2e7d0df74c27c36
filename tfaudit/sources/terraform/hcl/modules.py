"""The blocks of one folder, as they are written."""

from __future__ import annotations

from tfaudit.sources.terraform.hcl.syntax import Block, Expression, Text
from tfaudit.sources.terraform.hcl.values import literal

_LABELS = {"resource": 2, "data": 2, "provider": 1, "variable": 1, "output": 1, "module": 1}


class Module:
    """The blocks of one folder, by what they are."""

    def __init__(self, folder: str, blocks: list[Block]) -> None:
        """Sort `blocks`; of two with one name the first is what references mean; `nameless` lack labels.

        `local_spots` tells where each local stands: in which text, and at which offset.
        """
        self.folder = folder
        self.resources: list[Block] = []
        self.named: dict[tuple[str, str], Block] = {}
        self.variables: dict[str, Block] = {}
        self.locals: dict[str, Expression] = {}
        self.local_spots: dict[str, tuple[Text, int, Expression]] = {}
        self.outputs: dict[str, Block] = {}
        self.calls: dict[str, Block] = {}
        self.providers: list[Block] = []
        self.versions: dict[str, str] = {}
        self.nameless: list[Block] = []
        for block in blocks:
            self._add(block)

    def _add(self, block: Block) -> None:
        labels = block.labels
        if block.type in ("resource", "data") and len(labels) == 2:
            self.resources.append(block)
            type_ = labels[0] if block.type == "resource" else f"data.{labels[0]}"
            self.named.setdefault((type_, labels[1]), block)
        elif block.type == "locals":
            for name, (start, value) in block.attributes.items():
                self.locals.setdefault(name, value)
                self.local_spots.setdefault(name, (block.text, start, value))
        elif block.type == "terraform":
            self._versions(block)
        elif len(labels) != _LABELS.get(block.type, len(labels)):
            self.nameless.append(block)
        elif len(labels) == 1:
            if block.type == "provider":
                self.providers.append(block)
            else:
                kinds = {"variable": self.variables, "output": self.outputs, "module": self.calls}
                kinds.get(block.type, {}).setdefault(labels[0], block)

    def _versions(self, block: Block) -> None:
        for inner in block.blocks:
            if inner.type == "required_providers":
                for name, (_, value) in inner.attributes.items():
                    stated = literal(value)
                    version = stated.get("version") if isinstance(stated, dict) else stated
                    if isinstance(version, str):
                        self.versions[name] = version
