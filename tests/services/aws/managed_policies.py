"""Makes `managed_policies.json` from moto's policies of AWS: `python -m tests.services.aws.managed_policies`.

Of each policy only what tfaudit asks about is kept: statements that reach every resource or allow whole services.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import tfaudit.services.aws.identity
from tfaudit.model.resources import Place, Resource
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.states import Known
from tfaudit.services.aws.identity.iam_actions import asked_about
from tfaudit.services.aws.identity.policy_documents import Document, document

FILE = Path(str(tfaudit.services.aws.identity.__file__)).with_name("managed_policies.json")


def shipped() -> dict[str, dict[str, Any]]:
    """Return the documents of the policies that an account can attach, by path and name."""
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    return {
        (each.get("Path", "/") + name).removeprefix("/"): each["Document"]
        for name, each in json.loads(aws_managed_policies_data).items()
        if not each.get("Path", "/").startswith("/aws-service-role")
    }


def reduced(statements: Any) -> list[dict[str, Any]]:
    """Return those of `statements` that tfaudit asks about, with what it asks of them."""
    found: list[dict[str, Any]] = []
    for statement in _listed(statements):
        kept = {name: value for name, value in statement.items() if name != "Sid"}
        broad = [each for each in _listed(kept.get("Resource", [])) if asked_about([], [each])]
        if "Action" in kept:
            resources = broad if "Resource" in kept else ["*"]
            kept["Action"] = [
                each
                for each in _listed(kept["Action"])
                if each == "*" or each.endswith(":*") or asked_about([each], resources)
            ]
            if not kept["Action"]:
                continue
        if "Resource" in kept:
            kept["Resource"] = broad[0] if len(broad) == 1 else broad or "arn:aws:named:::named"
        found.append(kept)
    return found


def as_document(body: Any) -> Document:
    """Return a policy's body as services read it."""
    resource = Resource(
        "aws_iam_policy", "aws_iam_policy.x", {"policy": body}, Place("x"), "code", "terraform"
    )
    return document(Known(body, resource, ("policy",)), Inventory([resource]))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def main() -> None:
    """Write the file."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(reduced(body['Statement']), separators=(',', ':'))}"
        for name, body in sorted(shipped().items())
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
