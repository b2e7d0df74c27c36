"""Runs of the real pipeline over real text, for the tests of what is made of a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from tfaudit.model.resources import Place, Resource
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Control, Framework, Scanned
from tfaudit.pipeline.conclude import Observed, conclude
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, read_folder
from tfaudit.policies.waivers import ConfiguredWaiver

ESTATE = Path(__file__).parent / "estate"

SOC2 = Framework(
    "soc2",
    "SOC 2 trust services criteria",
    "2017",
    {
        "CC8.1": Control("CC8.1", "Changes are reviewed", "Change management", "automated"),
        "A1.2": Control("A1.2", "Data can be restored", "Availability", "automated"),
    },
)
WAIVER = ConfiguredWaiver(
    "backups-reach-back",
    "aws_db_instance.old",
    "switched off in spring",
    "2099-03-01",
    "storage team",
    Place("tfaudit.yaml", 4),
)


def run(code: Path = ESTATE / "code", policies: Path = ESTATE / "policies") -> ScanResult:
    """All six outcomes, a policy that fails and a file that cannot be read; with the time and the run's id fixed."""
    options = Options(
        PolicySet(read_folder(policies)),
        plugins=(ESTATE / "plugins",),
        frameworks={"soc2": SOC2},
        waivers=(WAIVER,),
        today=date(2026, 11, 21),
    )
    return replace(
        scan(code, options),
        tool_version="1.2.3",
        run_id="00000000-0000-4000-8000-000000000000",
        started="2026-11-21T08:00:00Z",
        finished="2026-11-21T08:00:01Z",
    )


def live_run() -> ScanResult:
    """A live account with one database, as the API answers for it."""
    arn = "arn:aws:rds:eu-west-1:123456789012:db:orders"
    answer = {
        "DBInstanceIdentifier": "orders",
        "DBInstanceArn": arn,
        "Engine": "postgres",
        "BackupRetentionPeriod": 1,
    }
    call = "rds.describe_db_instances"
    place = Place(f"{call} eu-west-1", at="DBInstances[0]")
    found = Resource(call, arn, answer, place, "live", "api", "aws:123456789012")
    observed = Observed(
        [found], [], Scanned("aws 123456789012", "live", "role/audit"), "2026-11-21T08:00:00Z"
    )
    return conclude(observed, Options(PolicySet(read_folder(ESTATE / "policies"))))


def tree(folder: Path, **files: str) -> Path:
    """Write Terraform files by name below `folder`, and return it."""
    for name, text in files.items():
        (folder / f"{name}.tf").write_text(text)
    return folder
