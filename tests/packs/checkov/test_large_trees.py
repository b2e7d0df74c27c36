"""Trees so large that the pack's worker starts when all is read, and what does not hang on how a scan went."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.checkov.scans import judged, written

pytest.importorskip("checkov")
SECRETS = "".join(f'      KEY_{name} = "AKIAIOSFODNN7EXAMPL{name}"\n' for name in "ABCDEFG")
LAMBDA = f"""\
resource "aws_lambda_function" "f" {{
  function_name = "f"
  environment {{
    variables = {{
{SECRETS}    }}
  }}
}}
"""


def test_every_root_of_a_large_tree_is_judged(tmp_path: Path) -> None:
    """A hundred files is where workers start late: one root less than that, and one more, come out alike."""
    code = 'resource "aws_lambda_function" "f{}" {{\n  environment {{\n    variables = {{ KEY = "{}" }}\n  }}\n}}\n'
    secrets = ("AKIAIOSFODNN7EXAMPLE", "none")
    files = {f"r{at:03}/main.tf": code.format(at, secrets[at % 2]) for at in range(99)}
    few = judged(written(tmp_path / "few", files))
    files["r099/main.tf"] = code.format(99, secrets[1])
    many = judged(written(tmp_path / "many", files))
    assert {key: few[key]["outcome"] for key in few} == {key: many[key]["outcome"] for key in few}
    outcomes = [many["CKV_AWS_45", f"aws_lambda_function.f{at}"]["outcome"] for at in range(100)]
    assert outcomes == ["fail", "pass"] * 50


def test_two_runs_name_what_a_check_looked_at_in_one_order(tmp_path: Path) -> None:
    first = judged(written(tmp_path, {"main.tf": LAMBDA}))["CKV_AWS_45", "aws_lambda_function.f"]
    # Another text is judged anew.
    again = judged(written(tmp_path, {"main.tf": f"{LAMBDA}# again\n"}))[
        "CKV_AWS_45", "aws_lambda_function.f"
    ]
    assert first["outcome"] == "fail"
    assert first["because"] == again["because"]
    assert first["also"] == again["also"]
