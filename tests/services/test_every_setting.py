"""Every service states every setting that a policy of its kinds asks for: read, a default, or why not applicable.

A setting that a service does not state is unknown, which is honest and of no use to anybody.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tfaudit.model.settings import Unknown
from tfaudit.pipeline.examples import examples, observe
from tfaudit.policies.load import PolicySet
from tfaudit.policies.select import available

EXAMPLES = Path(__file__).parents[1] / "policies"
POLICIES = PolicySet(available())


@pytest.mark.parametrize("policy", POLICIES.policies, ids=lambda policy: policy.id)
def test_assets_of_the_examples_state_what_all_policies_ask(policy: object) -> None:
    missing: set[tuple[str, str, str]] = set()
    for file in examples(EXAMPLES / policy.id):  # type: ignore[attr-defined]
        for verdict in observe(POLICIES, file).verdicts:
            for name in (*verdict.policy.when, *verdict.policy.require):
                setting = verdict.asset.settings[name]
                if isinstance(setting, Unknown) and setting.because.startswith("tfaudit does not read"):
                    missing.add((verdict.asset.resource.type, verdict.asset.kind, name))
    assert not missing, "\n".join(map(" ".join, sorted(missing)))
