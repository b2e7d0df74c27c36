"""The published JSON Schemas of policies and the configuration are made from the models that check them."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
from pydantic import BaseModel

from tfaudit import data, yaml_files
from tfaudit.config_form import ConfigForm
from tfaudit.controls.framework_schema import FrameworkForm
from tfaudit.policies.profile_schema import ProfileForm
from tfaudit.policies.schema import PolicyForm

SCHEMAS: dict[str, type[BaseModel]] = {
    "policy": PolicyForm,
    "profile": ProfileForm,
    "framework": FrameworkForm,
    "tfaudit": ConfigForm,
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_the_models(name: str, request: pytest.FixtureRequest) -> None:
    path = data.folder("schemas") / f"{name}.schema.json"
    text = json.dumps(made(SCHEMAS[name]), indent=2) + "\n"
    if request.config.getoption("--update-golden", default=False):
        path.write_text(text)
    assert path.read_text() == text, "run pytest tests/test_schemas.py --update-golden"


def made(model: type[BaseModel]) -> dict[str, object]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}


def test_own_policies_and_profiles_are_valid_by_it() -> None:
    validators = {
        name: jsonschema_rs.validator_for(
            json.loads((data.folder("schemas") / f"{name}.schema.json").read_text())
        )
        for name in ("policy", "profile")
    }
    for path in data.folder("policies").rglob("*.yaml"):
        name = "profile" if path.parent.name == "profiles" else "policy"
        assert list(validators[name].iter_errors(yaml_files.read(path))) == [], path
