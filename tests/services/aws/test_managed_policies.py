"""What is kept of AWS's own policies answers every question as the whole policy does."""

from __future__ import annotations

import json
from typing import Any

from tests.services.aws.managed_policies import FILE, as_document, shipped
from tfaudit.reading.states import Known, Reading
from tfaudit.services.aws.identity.iam_actions import escalation_paths, sensitive_actions
from tfaudit.services.aws.identity.policy_questions import admin, wildcard_actions

KEPT = json.loads(FILE.read_text("utf-8"))


def value(answer: Reading) -> Any:
    assert isinstance(answer, Known)
    return answer.value


def test_the_kept_part_answers_as_the_whole() -> None:
    whole = shipped()
    assert len(KEPT) > 1_000
    for name in KEPT.keys() & whole.keys():
        part, full = as_document({"Statement": KEPT[name]}), as_document(whole[name])
        for question in (admin, wildcard_actions, sensitive_actions, escalation_paths):
            assert value(question(part)) == value(question(full)), (name, question)


def test_no_policy_is_missing() -> None:
    missing = shipped().keys() - KEPT.keys()
    assert not missing, "python -m tests.services.aws.managed_policies makes the file anew"
