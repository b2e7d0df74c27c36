"""`python -m benchmarks.live_azure`: a live scan of a subscription of 2,500 resources: calls, time and memory.

The subscription is a stand-in's (tests/servers/azure.py): all that the tests' sound templates deploy, again and again
in one resource group after the other, with Resource Graph's pages of 1,000. A call at one resource, for what the graph
does not tell of it, is apart from those that are made once for a subscription, of which there may be 60.

Exit code 1 where there are more, or where one of the resources is not judged that is judged alone.
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

from tests.servers.azure import Azure, Request, azure
from tests.servers.azure_resources import type_of

TEMPLATES = Path(__file__).parents[1] / "tests" / "sources" / "live" / "azure_templates"
MOST = 60
_FIRST = "rg-app"
_OF_ONE = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/[^/]+/[^/]+/[^/]+/.", re.IGNORECASE
)


def fill(state: Azure, wanted: int) -> int:
    """Deploy the templates, and put what they deploy into further groups until there is `wanted`; return how much."""
    for folder in sorted(each for each in TEMPLATES.iterdir() if each.name.endswith("sound")):
        state.deploy(folder, group=_FIRST)
    first = [each for each in state.store.all() if f"/resourcegroups/{_FIRST}/" in each["id"].lower()]
    texts = [json.dumps(each) for each in sorted(first, key=lambda each: str(each["id"]).count("/"))]
    have = len(texts)
    for number in range(1, -(-wanted // have)):
        for text in texts:
            body = json.loads(text.replace(f"/{_FIRST}/", f"/rg-{number}/"))
            state.store.put(body["id"], body)
            have += 1
    return have


def is_of_one(request: Request) -> bool:
    """Whether a request asks for something of one resource."""
    return _OF_ONE.match(request.path) is not None


def scan(state: Azure, report: Path) -> tuple[dict[str, Any], float, Any]:
    """Return the report of a scan of `state` with all policies, how long it took, and what it used."""
    command = [sys.executable, "-m", "tfaudit", "live", "azure", "--endpoint", state.url, "--quiet"]
    command += ["--fail-on", "never", "-o", f"json={report}"]
    started = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **state.environment()})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return json.loads(report.read_text("utf-8")), time.perf_counter() - started, used


def types(state: Azure, report: dict[str, Any]) -> Counter[str]:
    """Return how many resources of each type have verdicts."""
    addresses = {each["asset"]["address"].partition("#")[0].lower() for each in report["verdicts"]}
    own = [each["id"].lower() for each in state.store.all() if "/providers/" in each["id"]]
    return Counter(type_of(each) for each in own if each in addresses)


def main() -> int:
    """Scan the templates once, then many times over, and print what that took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_azure", description=__doc__)
    parser.add_argument("--resources", type=int, default=2_500)
    wanted: int = parser.parse_args().resources
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with azure(folder) as state:
            state.page = 1_000
            there = fill(state, 1)
            alone = types(state, scan(state, folder / "report.json")[0])
        with azure(folder) as state:
            state.page = 1_000
            have = fill(state, wanted)
            report, seconds, used = scan(state, folder / "report.json")
            judged = types(state, report)
        asked = [each for each in state.requests if each.call]
    once = Counter(each.call for each in asked if not is_of_one(each))
    of_one = Counter(each.call for each in asked if is_of_one(each))
    own = used.ru_utime + used.ru_stime
    print(f"{have:,} resources in {len(set(map(type_of, (each['id'] for each in state.store.all()))))} types")
    print(f"{seconds:.1f} s ({own:.1f} s of its own), {used.ru_maxrss / 1024:.0f} MiB")
    print(f"{report['summary']['verdicts']:,} verdicts, {len(report['unread'])} unread")
    print(f"{once.total()} calls for the subscription as a whole, of {MOST} that there may be:")
    print("  " + ", ".join(f"{count} {call}" for call, count in once.most_common()))
    print(f"{of_one.total():,} calls at one resource each, for what the graph does not tell:")
    print("  " + ", ".join(f"{count} {call}" for call, count in of_one.most_common()))
    missing = {name: count * (have // there) - judged[name] for name, count in alone.items()}
    missing = {name: count for name, count in missing.items() if count > 0 and name.count("/") == 1}
    print(f"not judged: {missing}" if missing else "every one of them was judged as it is alone")
    return 0 if once.total() <= MOST and not missing and not report["unread"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
