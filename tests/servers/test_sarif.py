from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.sarif import SarifMultitool


def log(*results: object) -> dict[str, object]:
    driver = {"name": "tfaudit", "version": "0.1.0", "informationUri": "https://example.com", "rules": []}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "utf16CodeUnits", "results": list(results)}],
    }


def test_a_sound_log_has_no_errors(sarif_multitool: SarifMultitool, tmp_path: Path) -> None:
    path = tmp_path / "sound.sarif"
    path.write_text(json.dumps(log()))

    assert sarif_multitool.validate(path) == []


def test_a_result_without_a_location_is_told_with_its_rule(
    sarif_multitool: SarifMultitool, tmp_path: Path
) -> None:
    path = tmp_path / "nowhere.sarif"
    path.write_text(json.dumps(log({"ruleId": "backup-retention", "message": {"text": "7 days"}}), indent=1))

    assert any("GH1015: runs[0].results[0]" in error for error in sarif_multitool.validate(path))


def test_what_is_no_json_is_an_error(sarif_multitool: SarifMultitool, tmp_path: Path) -> None:
    path = tmp_path / "broken.sarif"
    path.write_text("{")

    assert sarif_multitool.validate(path)
