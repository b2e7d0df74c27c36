"""The preferences of AWS Session Manager, one document of a fixed name in each region, as `remote_shell`.

Its content is JSON: `inputs.idleSessionTimeout` are the minutes of idleness after which a session ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, aws
from tfaudit.reading.states import Absent, Known
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View
from tfaudit.services.aws.tags import TAGS

READS = ("aws_ssm_document", "AWS::SSM::Document", "ssm.list_documents")
KINDS = ("remote_shell",)
_NAME = "SSM-SessionManagerRunShell"
CALLS = (
    Listing(
        "ssm",
        "list_documents",
        "DocumentIdentifiers",
        "arn:{partition}:ssm:{region}:{account}:document/{Name}",
        parameters={"Filters": [{"Key": "Name", "Values": [_NAME]}]},
        name="Name",
        details=(Detail("get_document", {"Name": "Name"}),),
    ),
)

_PAGE = "docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-timeout.html"

TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "Name", "Name"),
    "content": aws("content", "Content", "get_document/Content"),
    "tags": aws("tags", "Tags", "Tags"),
}
IDENTITY = ("name",)


def _idle(content: Any, name: Any) -> Any:
    """Return the minutes of idleness that the preferences allow; None where they say nothing of it."""
    if isinstance(content, str):
        try:
            content = json.loads(content)
        except (ValueError, RecursionError):
            return CannotTell("its content is no JSON", "write it as JSON, best with jsonencode")
    inputs = content.get("inputs") if isinstance(content, dict) else None
    stated = inputs.get("idleSessionTimeout") if isinstance(inputs, dict) else None
    if stated is None:
        return None
    minutes = as_int(stated)
    return minutes or CannotTell(f"{str(stated)[:80]!r} is no number of minutes", "give 1 to 60")


FACTS: Facts = {
    "session.idle_minutes": Fact(_idle, of=("content", "name"), default=Documented(20, _PAGE)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `remote_shell` that the document of Session Manager's name is; any other document is none."""
    name = view.word("name")
    if not isinstance(name, Absent) and (not isinstance(name, Known) or name.value == _NAME):
        yield asset("remote_shell", view, FACTS, key(view, "aws:ssm:document/{}", "name"))
