"""AWS as moto tells it: one server process, with an endpoint that any AWS client can be pointed at."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.servers.processes import free_port, serving
from tfaudit.sources.live.aws.session import without_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

REGION = "eu-west-1"


@dataclass(frozen=True, slots=True)
class Aws:
    """A running moto server."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What an AWS client finds in its environment: endpoint, region, and keys that open nothing."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_SESSION_TOKEN": "testing",
            "AWS_DEFAULT_REGION": REGION,
            # Neither the developer's own configuration nor the machine's role may slip in.
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def client(self, service: str, region: str = REGION) -> Any:
        """A boto3 client for preparing what a test reads."""
        import boto3  # 0.4 s, for the tests that need it

        client = boto3.client(
            service,
            region_name=region,
            endpoint_url=self.url,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )
        client.meta.events.register("before-sign.s3-control", without_account)
        return client

    def reset(self) -> None:
        """Forget every resource in every account."""
        request = urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()


@contextmanager
def aws(folder: Path, environment: Mapping[str, str]) -> Iterator[Aws]:
    """Moto for the length of the block; `folder` gets its log."""
    port = free_port()
    server = Aws(f"http://127.0.0.1:{port}")
    with serving(
        [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)],
        log=folder / "moto.log",
        ready=lambda: _answers(f"{server.url}/moto-api/data.json"),
        environment=environment,
    ):
        yield server


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False
