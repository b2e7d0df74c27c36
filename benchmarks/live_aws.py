"""`python -m benchmarks.live_aws`: a live scan of a large account behind a moto server: time, memory and calls.

The account holds 2,000 buckets, 500 databases, 500 security groups and 1,000 roles in one region. Moto answers about
400 calls a second in all, whoever asks, so the number of calls decides.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.servers.aws import Aws, aws

REGION = "us-east-1"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)
_REQUEST = re.compile(rb'"(?:GET|POST|HEAD|PUT) ')


def fill(server: Aws, scale: float) -> Counter[str]:
    """Make the account's resources, `scale` times the stated numbers; return how many of which."""
    made = Counter(
        {
            name: max(1, int(number * scale))
            for name, number in (("bucket", 2000), ("db", 500), ("sg", 500), ("role", 1000))
        }
    )
    clients = {name: server.client(name, REGION) for name in ("s3", "rds", "ec2", "iam")}

    def bucket(number: int) -> None:
        clients["s3"].create_bucket(Bucket=f"bucket-{number}")
        if number % 2:
            clients["s3"].put_bucket_versioning(
                Bucket=f"bucket-{number}", VersioningConfiguration={"Status": "Enabled"}
            )

    def database(number: int) -> None:
        clients["rds"].create_db_instance(
            DBInstanceIdentifier=f"db-{number}",
            Engine="postgres",
            DBInstanceClass="db.t3.micro",
            AllocatedStorage=20,
            MasterUsername="admin",
            MasterUserPassword="opens-nothing",
            StorageEncrypted=bool(number % 2),
        )

    def group(number: int) -> None:
        clients["ec2"].create_security_group(GroupName=f"sg-{number}", Description="benchmark")

    def role(number: int) -> None:
        clients["iam"].create_role(RoleName=f"role-{number}", AssumeRolePolicyDocument=TRUST)

    makers: dict[str, Any] = {"bucket": bucket, "db": database, "sg": group, "role": role}
    for name, maker in makers.items():
        for number in range(made[name]):
            maker(number)
    return made


def main() -> int:
    """Fill an account, scan it, and print what that took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_aws", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="times the stated numbers (default: 1)")
    scale: float = parser.parse_args().scale
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # Without its images, of which a real account sees none in its own list of snapshots.
        with aws(folder, {**os.environ, "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}) as server:
            server.reset()
            made = fill(server, scale)
            before = _requests(folder)
            environment = {**os.environ, **server.environment}
            report = folder / "report.json"
            command = [
                sys.executable,
                "-m",
                "tfaudit",
                "live",
                "aws",
                "--region",
                REGION,
                "--fail-on",
                "never",
            ]
            started = time.perf_counter()
            process = subprocess.Popen([*command, "-o", f"json={report}"], env=environment)
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
            process.returncode = code = os.waitstatus_to_exitcode(status)
            calls = _requests(folder) - before
        told = json.loads(report.read_text("utf-8"))
    print(f"{sum(made.values())} resources ({', '.join(f'{count} {name}' for name, count in made.items())})")
    own = used.ru_utime + used.ru_stime
    print(
        f"{seconds:.1f} s ({own:.1f} s of its own), {used.ru_maxrss / 1024:.0f} MiB, {calls} calls, exit code {code}"
    )
    print(f"{told['summary']['verdicts']} verdicts, {len(told['unread'])} unread")
    missing = not_judged(told, made)
    print(f"not judged: {missing}" if missing else "every one of them was judged")
    return 0 if code in (0, 3) and not missing else 1


def not_judged(report: dict[str, Any], made: Counter[str]) -> dict[str, int]:
    """Return how many of what was made the report has no verdict on: few calls are no merit where things are missed."""
    kinds = {"bucket": "object_store", "db": "database", "sg": "firewall", "role": "role"}
    judged = {
        name: {
            each["asset"]["address"]
            for each in report["verdicts"]
            if each["asset"]["kind"] == kind and each["asset"]["name"].startswith(f"{name}-")
        }
        for name, kind in kinds.items()
    }
    return {name: made[name] - len(judged[name]) for name in kinds if len(judged[name]) != made[name]}


def _requests(folder: Path) -> int:
    """Return how many requests the server has noted."""
    return len(_REQUEST.findall((folder / "moto.log").read_bytes()))


if __name__ == "__main__":
    sys.exit(main())
