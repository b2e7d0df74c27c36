"""What a worker does: it loads checkov's checks as they are needed, confined, and answers jobs."""

from __future__ import annotations

import sys
from typing import Any

from tfaudit.packs.checkov import actions_of_iam, grammars, isolation, remembered_actions
from tfaudit.packs.checkov.blocks import Blocks
from tfaudit.packs.checkov.graph import Graphs, Root
from tfaudit.packs.checkov.secrets import Secrets

_NEEDS_GRAPH = frozenset({"aws_s3_bucket_acl", "aws_api_gateway_method", "google_compute_security_policy"})
"""Types with a Python check that looks at the whole graph."""


class Server:
    """Answers the jobs of one scan."""

    def __init__(self, start: dict[str, Any]) -> None:
        """Take what holds for the scan: the folder of packages, the tree, the ids that are wanted, the index."""
        isolation.quiet()
        self._tree = start["tree"]
        self._secrets = Secrets(self._tree)
        site = start["site"]
        if start["mode"] == "runners":
            from tfaudit.packs.checkov.runners import Runners

            self._runners: Any = Runners(start)
            self.ready: Any = None
            isolation.confine([*sys.path, *start["readable"]])
            return
        self._runners = None
        isolation.bare_packages(site)
        import checkov.terraform.checks.resource.base_resource_value_check  # noqa: F401 - every check needs it

        from tfaudit.packs.checkov import own, paths

        paths.install()

        if start["mode"] == "list":
            self.ready = own.listed(start["own_modules"])
            return
        self._chosen = frozenset(start["checks"])
        index = start["index"]
        self.ready = None
        if index is None:
            from tfaudit.packs.checkov.catalogue import build

            index = self.ready = build(site)
        actions_of_iam.read_in_parts(site, index["actions"], whole=bool(start["own_modules"]))
        remembered_actions.install(site)
        grammars.install(index["grammars"])
        modules = own.with_modules(index["modules"], start["own_modules"])
        isolation.confine([*sys.path, *start["readable"]])
        graph = [
            {**each, "words": frozenset(each["words"])}
            for each in (*index["graph"], *own.graph(start["own"]))
        ]
        self._blocks = Blocks(modules, self._chosen, memory=not start["own_modules"])
        self._graphs = Graphs(graph, self._chosen)

    def answer(self, job: dict[str, Any]) -> Any:
        """Return the rows of a job: the checks of a root's blocks, or of files by one of checkov's runners."""
        if self._runners is not None:
            return self._runners.answer(job)
        blocks = job["blocks"]
        for block in blocks:
            if block["secrets"]:
                block["conf"] = self._secrets.put_back(block["conf"])
        if blocks and blocks[0]["kind"] == "kubernetes":
            from tfaudit.packs.checkov.cluster import Cluster

            root: Root = Cluster(blocks)
        else:
            root = Root(blocks, self._tree)
        graph = root.graph() if root.types & _NEEDS_GRAPH else None
        return [*self._blocks.judge(blocks, graph), *self._graphs.judge(root)]
