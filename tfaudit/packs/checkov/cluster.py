"""The objects of a cluster as checkov's graph: its own classes make the vertices, pods too, and the edges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tfaudit.packs.checkov.graph import NUMBER, Root
from tfaudit.packs.checkov.marks import Mark, Names, fill

_LINES = ("__startline__", "__endline__")


class Cluster(Root):
    """The objects of one scope. A verdict on a workload's pod is one on the workload."""

    FRAMEWORK = "kubernetes"

    def __init__(self, blocks: list[dict[str, Any]]) -> None:
        """Take the objects as they were sent."""
        super().__init__(blocks)
        if any(_template(block["conf"]) is not None for block in blocks):
            self.types.add("Pod")

    def connections(self) -> list[tuple[int, int, str]]:
        """Return nothing: checkov's own builders look for what belongs together, by labels and names."""
        return []

    def built(self, give: Callable[[Names, Mark], Any], edges: Iterable[tuple[int, int, str]]) -> Any:  # noqa: ARG002
        """Return the graph, with what `give` returns for what is not known."""
        from checkov.kubernetes.graph_builder.local_graph import KubernetesLocalGraph
        from rustworkx import PyDiGraph

        definitions: dict[str, list[dict[str, Any]]] = {}
        for number, block in enumerate(self.blocks):
            conf = fill(block["conf"], give)
            _state_empty(conf, {name: conf[name] for name in _LINES})
            conf[NUMBER] = number
            template = _template(conf)
            if template is not None:
                template |= {NUMBER: number, **{name: conf[name] for name in _LINES}}
            definitions.setdefault(block["file"], []).append(conf)
        local = KubernetesLocalGraph(definitions)
        local.build_graph(render_variables=False)
        graph = PyDiGraph()
        graph.add_nodes_from(
            [
                (index, vertex.get_attribute_dict(add_hash=False))
                for index, vertex in enumerate(local.vertices)
            ]
        )
        graph.add_edges_from(
            [
                (each.origin, each.dest, {"label": each.label, "source": each.origin, "target": each.dest})
                for each in local.edges
            ]
        )
        return graph


def _state_empty(value: Any, lines: dict[str, Any]) -> None:
    """Put lines into each map in `value` that is empty.

    Checkov's reader puts them into every map, and a policy's `podSelector: {}`, which selects all pods, is one by them.
    """
    for each in value.values() if isinstance(value, dict) else value:
        if each == {}:
            each.update(lines)
        elif isinstance(each, (dict, list)):
            _state_empty(each, lines)


def _template(conf: Any) -> Any:
    """Return the template of pods that an object holds; None for none."""
    spec = conf.get("spec")
    template = spec.get("template") if isinstance(spec, dict) else None
    return template if isinstance(template, dict) else None
