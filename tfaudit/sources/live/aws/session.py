"""Calls to AWS: clients made once, all pages of an answer, retries with back-off, failures named by what they mean."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct

from tfaudit.sources.live.aws import forms
from tfaudit.sources.live.aws.bodies import plain
from tfaudit.sources.live.aws.errors import failure
from tfaudit.sources.live.aws.transport import Transport
from tfaudit.sources.live.failures import CallFailed

_TOKENS = ("NextToken", "nextToken", "Marker", "marker", "NextMarker")
_ACCOUNT = re.compile(r"\d{12}")
_ADDRESS = re.compile(r"\d+(\.\d+){3}(:\d+)?")


Send: TypeAlias = Callable[..., Any]


class Target(Struct, frozen=True):
    """Which account is looked at, and how hard.

    Credentials are found as AWS's own tools find them, in `profile` where it is given. `regions` are by default those
    that are enabled for the account. `endpoint` replaces AWS's own. Times in seconds; `attempts` counts the first.
    """

    regions: tuple[str, ...] = ()
    profile: str = ""
    endpoint: str = ""
    threads: int = 32
    attempts: int = 6
    connect_seconds: float = 5
    read_seconds: float = 30
    call_seconds: float = 90


class Session:
    """The means to call; safe to share between threads."""

    def __init__(self, target: Target, send: Send | None = None) -> None:
        """Find the credentials' source; nothing is called yet. `CallFailed` where the profile is not there.

        `send` goes instead of the network: it gets each prepared request, and the name of botocore's event.
        """
        import boto3
        import botocore.session
        from botocore.exceptions import BotoCoreError

        self.target = target
        core = botocore.session.get_session()
        try:
            self._boto = boto3.Session(botocore_session=core, profile_name=target.profile or None)
        except BotoCoreError as error:
            raise CallFailed("credentials", str(error)) from error
        self._clients: dict[tuple[str, str, int], Any] = {}
        self._lock = threading.Lock()
        bundle = core.get_config_variable("ca_bundle") or True
        timeouts = (target.connect_seconds, target.read_seconds)
        self._send = send or Transport(bundle, timeouts, max(10, target.threads)).send

    @property
    def region(self) -> str:
        """Where to begin: the region that the user's configuration names, else one asked for, if such exists."""
        for region in (self._boto.region_name, *self.target.regions):
            for partition in self._boto.get_available_partitions() if region else ():
                if region in self.known_regions("ec2", partition):
                    return str(region)
        return "us-east-1"

    def known_regions(self, service: str, partition: str) -> frozenset[str]:
        """Return the regions that boto3 knows `service` in."""
        return frozenset(self._boto.get_available_regions(service, partition_name=partition))

    def client(self, service: str, region: str, attempts: int = 0) -> Any:
        """Return the client of `service` in `region`, made when first asked for: that takes up to half a second."""
        from botocore.config import Config

        key = (service, region, attempts)
        with self._lock:
            client = self._clients.get(key)
            if client is None:
                target = self.target
                config = Config(
                    retries={"mode": "adaptive", "max_attempts": attempts or target.attempts},
                    user_agent_extra="tfaudit",
                )
                endpoint = target.endpoint or None
                client = self._boto.client(service, region_name=region, endpoint_url=endpoint, config=config)
                client.meta.events.register("before-sign.s3-control", without_account)
                client.meta.events.register("before-send", self._send)
                client.meta.events.register("before-parse", forms.check)
                self._clients[key] = client
        return client

    def identity(self, region: str) -> dict[str, Any]:
        """Return who is calling. `CallFailed` soon where nobody answers: a wrong endpoint should not cost a minute."""
        endpoint = self.target.endpoint
        try:
            client = self.client("sts", region, attempts=2)
            endpoint = str(client.meta.endpoint_url)
            answer: dict[str, Any] = plain(client.get_caller_identity())
        except Exception as error:
            raise failure(error, endpoint) from error
        return answer

    def pages(
        self, service: str, operation: str, region: str, parameters: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Yield the pages of an answer as plain data. `CallFailed` where one does not come."""
        endpoint = ""
        try:
            client = self.client(service, region)
            endpoint = str(client.meta.endpoint_url)
            if client.can_paginate(operation):
                for page in client.get_paginator(operation).paginate(**parameters):
                    yield plain(page)
                return
            call = getattr(client, operation)
            answer = call(**parameters)
            yield plain(answer)
            members = _parameters(client, operation)
            name, token = _next(answer, members)
            while token and name not in parameters:
                answer = call(**parameters, **{name: token})
                yield plain(answer)
                name, token = _next(answer, members)
        except CallFailed:
            raise
        except Exception as error:
            raise failure(error, endpoint) from error


def token_of(page: Mapping[str, Any]) -> str:
    """Return what the next page is asked by, "" where it does not stand at the top of `page`."""
    return next((str(page[name]) for name in _TOKENS if page.get(name)), "")


def without_account(request: Any, **_: Any) -> None:
    """Take the account from before the host of `request` where that is an IP address, which has no names below it.

    S3 Control is asked at `<account>.s3-control.<region>.amazonaws.com`; a local server reads the account's header.
    """
    asked = urlsplit(request.url)
    account, _, host = asked.netloc.partition(".")
    if _ACCOUNT.fullmatch(account) and _ADDRESS.fullmatch(host):
        request.url = asked._replace(netloc=host).geturl()


def _parameters(client: Any, operation: str) -> frozenset[str]:
    model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
    return frozenset(model.input_shape.members if model.input_shape else ())


def _next(answer: Mapping[str, Any], parameters: frozenset[str]) -> tuple[str, str]:
    """Return the parameter that asks for the next page, and its value; two "" where there is none."""
    for name in _TOKENS:
        token = answer.get(name)
        for asked in (name, name.removeprefix("Next")):
            if isinstance(token, str) and token and asked in parameters:
                return asked, token
    return "", ""
