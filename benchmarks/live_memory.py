"""`python -m benchmarks.live_memory`: what a live scan holds beside its verdicts, as the account grows.

Accounts of 500, 2,000 and 6,000 buckets are answered from memory, every bucket with the answers of one that is half set
up: half of its calls say "not configured", as failed calls do. Each size is scanned by a process of its own. The
verdicts, with the assets and answers that they rest on, are counted object by object; the rest of the process's peak
must not grow.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from msgspec.structs import replace

from tfaudit.clock import Clock
from tfaudit.model.resources import Resource, Unread
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Scanned
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.live import listings
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.reports import json_document
from tfaudit.reports.options import ReportOptions
from tfaudit.sources.live.aws import connect
from tfaudit.sources.live.aws.session import Session, Target

SIZES = (500, 2_000, 6_000)
MOST_GROWTH = 1.2
"""How many times the first size's memory the last one's may be, verdicts left out."""

_XML = "application/xml"
_CODES = {
    "policy": "NoSuchBucketPolicy",
    "tagging": "NoSuchTagSet",
    "lifecycle": "NoSuchLifecycleConfiguration",
    "object-lock": "ObjectLockConfigurationNotFoundError",
    "ownershipControls": "OwnershipControlsNotFoundError",
    "publicAccessBlock": "NoSuchPublicAccessBlockConfiguration",
}
_SAID = {
    "versioning": "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    "logging": "<BucketLoggingStatus/>",
    "location": "<LocationConstraint>eu-west-1</LocationConstraint>",
    "acl": "<AccessControlPolicy><Owner><ID>o</ID></Owner><AccessControlList><Grant><Grantee "
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>o</ID></Grantee>'
    "<Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>",
    "encryption": "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256"
    "</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
}


class _Body:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Any:
        yield self._body


class Account:
    """An account with so many buckets; `send` answers as S3 does."""

    def __init__(self, buckets: int) -> None:
        self.buckets = buckets
        self.calls = 0

    def send(self, request: Any, event_name: str, **_: Any) -> Any:
        """Answer a prepared request."""
        from botocore.awsrequest import AWSResponse

        self.calls += 1
        status, text = self._answer(event_name.rpartition(".")[2], request.url)
        body = text.encode()
        headers = {"content-type": _XML, "content-length": str(len(body)), "x-amz-request-id": "0" * 16}
        return AWSResponse(request.url, status, headers, _Body(body))

    def _answer(self, operation: str, url: str) -> tuple[int, str]:
        query = parse_qs(urlsplit(url).query, keep_blank_values=True)
        if operation == "GetCallerIdentity":
            inner = "<Arn>arn:aws:iam::123456789012:user/u</Arn><Account>123456789012</Account>"
            result = f"<GetCallerIdentityResult>{inner}</GetCallerIdentityResult>"
            return 200, f"<GetCallerIdentityResponse>{result}</GetCallerIdentityResponse>"
        if operation == "ListBuckets":
            return 200, self._page(int(query.get("continuation-token", ["0"])[0]))
        flag = next((each for each in query if each in _SAID or each in _CODES), "publicAccessBlock")
        if flag in _SAID:
            return 200, _SAID[flag]
        return 404, f"<Error><Code>{_CODES[flag]}</Code><Message>{'none is set ' * 40}</Message></Error>"

    def _page(self, start: int) -> str:
        end = min(start + 1000, self.buckets)
        buckets = "".join(
            f"<Bucket><Name>bucket-{each}</Name><BucketRegion>eu-west-1</BucketRegion></Bucket>"
            for each in range(start, end)
        )
        more = f"<ContinuationToken>{end}</ContinuationToken>" if end < self.buckets else ""
        return f"<ListAllMyBucketsResult><Buckets>{buckets}</Buckets>{more}</ListAllMyBucketsResult>"


def scan(buckets: int) -> dict[str, Any]:
    """Scan an account with so many buckets in this process; return what that took, memory in bytes."""
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_CONFIG_FILE": "/dev/null",
    }
    policies = in_force(Choice())
    kept = [each for each in policies.policies if each.kinds == ("object_store",)]
    clock = Clock(7_200)  # of a busy machine
    options = Options(in_force(Choice(ids=tuple(each.id for each in kept))), jobs=1, clock=clock)
    account = Account(buckets)
    target = Target(("eu-west-1",), threads=8)
    started = time.perf_counter()
    live = connect(target, clock, Session(target, account.send))
    found = list(live.collect(listings(options)))
    resources = [each for each in found if isinstance(each, Resource)]
    unread = [each for each in found if isinstance(each, Unread)]
    del found
    result = conclude(Observed(resources, unread, Scanned("aws", "live", ""), now()), options)
    result = replace(result, coverage=(live.coverage(),))
    with open(os.devnull, "w", encoding="utf-8") as out:  # noqa: PTH123 - a device
        json_document.write(result, out, ReportOptions())
    return {
        "buckets": buckets,
        "judged": len({each.asset.address for each in result.verdicts}),
        "verdicts": len(result.verdicts),
        "unread": len(result.unread),
        "calls": account.calls,
        "seconds": time.perf_counter() - started,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "of_verdicts": size(result),
    }


def size(result: ScanResult) -> int:
    """Return how many bytes the verdicts take with all that they rest on, but for policies, code and modules."""
    left: list[Any] = [list(result.verdicts)]
    seen = {id(each) for each in (*result.policies, sys.modules)}
    total = 0
    while left:
        each = left.pop()
        if id(each) in seen or (isinstance(each, (type, type(sys), type(size))) and not _closure(each)):
            continue
        seen.add(id(each))
        total += sys.getsizeof(each)
        if isinstance(each, type(size)):
            left += each.__closure__ or ()
        else:
            left += gc.get_referents(each)
    return total


def _closure(each: Any) -> bool:
    return bool(getattr(each, "__closure__", None))


def main() -> int:
    """Scan each size, print what it took, and return 1 where memory grows with the account or a bucket is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_memory", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of buckets")
    parser.add_argument("--one", action="store_true", help="scan the one size in this process")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(scan(given.sizes[0])))
        return 0
    found = []
    for each in given.sizes:
        command = [sys.executable, "-m", "benchmarks.live_memory", "--one", str(each)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(done.stdout)
        found.append(told)
        rest = (told["peak"] - told["of_verdicts"]) / 2**20
        print(
            f"{each:>6} buckets: {told['judged']} judged, {told['verdicts']} verdicts, {told['calls']} calls, "
            f"{told['seconds']:.1f} s; peak {told['peak'] / 2**20:.0f} MiB, of it verdicts and what they rest on "
            f"{told['of_verdicts'] / 2**20:.0f} MiB, the rest {rest:.0f} MiB",
            flush=True,
        )
    rests = [each["peak"] - each["of_verdicts"] for each in found]
    growth = rests[-1] / rests[0]
    whole = all(each["judged"] == each["buckets"] and not each["unread"] for each in found)
    print(f"growth {growth:.2f} (at most {MOST_GROWTH}); every bucket judged: {'yes' if whole else 'NO'}")
    return 0 if growth <= MOST_GROWTH and whole else 1


if __name__ == "__main__":
    sys.exit(main())
