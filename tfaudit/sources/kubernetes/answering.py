"""What a worker process makes of one of `workers`' jobs."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Limits
from tfaudit.sources.kubernetes import read_manifest
from tfaudit.sources.kubernetes.frames import packed


def answer(job: dict[str, Any]) -> bytes | None:
    """Return the resources of a job's text as they are sent, None where they cannot be."""
    return packed(read_manifest(job["text"], job["origin"], Limits(**job["limits"])))
