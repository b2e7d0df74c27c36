"""A way to ask a cluster's API: credentials from a kubeconfig or from inside the cluster, then plain GETs of raw JSON.

The official package is only asked for credentials: its typed client takes eight times as long to list and four times
the memory.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from tfaudit.errors import UnreachableError
from tfaudit.redaction import redacted
from tfaudit.sources.live import bounded
from tfaudit.sources.live.failures import CallFailed
from tfaudit.sources.live.kubernetes import answers

_CONNECT_SECONDS = 10
_READ_SECONDS = 30
_ATTEMPTS = 4
_WAIT_SECONDS = 8.0


class KubernetesTarget(Struct, frozen=True):
    """Which cluster to look at: a kubeconfig and a context of it ("" = the usual), and namespaces (all for none).

    `call_seconds` are for one request with all of its tries.
    """

    kubeconfig: str = ""
    context: str = ""
    namespaces: tuple[str, ...] = ()
    threads: int = 8
    call_seconds: float = 90


class Session:
    """An open way to one API server. `context` is what people call it, `server` its address."""

    def __init__(self, target: KubernetesTarget) -> None:
        """Find the credentials; raises `UnreachableError` where there are none, or they cannot be had."""
        self.target = target
        self.configuration, self.context, self.user = _configuration(target)
        self.server = redacted(str(self.configuration.host))
        self._pool = self._open()

    @property
    def host(self) -> str:
        """The server's host and port."""
        return urlsplit(self.server).netloc or self.server

    def get(self, path: str, **query: str | int) -> dict[str, Any]:
        """Return the object that stands at `path`; `CallFailed` for an error, for nobody, and for what is no object.

        Busy and failing servers are asked again a few times, after as long as they wish or a few seconds.
        """
        return self._ask("GET", path + (f"?{urlencode(query)}" if query else ""))

    def whoami(self) -> str:
        """Return the user that the server takes this for, asked by a review that stores nothing."""
        review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
        try:
            answer = self._ask("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", review)
            return str(answer["status"]["userInfo"]["username"])
        except (CallFailed, KeyError, TypeError):
            return self.user

    def _open(self) -> Any:
        from kubernetes.client import ApiClient

        self.configuration.connection_pool_maxsize = self.target.threads
        self.configuration.retries = False
        try:
            return ApiClient(self.configuration).rest_client.pool_manager
        except (OSError, ValueError) as error:  # A certificate file that is not there, or is none.
            raise UnreachableError(
                f"{self.server}: its certificates cannot be used: {_sentence(error)}; mend the kubeconfig"
            ) from error

    def _ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        for attempt in range(_ATTEMPTS - 1):
            status, data, wished = self._sent_twice(method, path, body)
            if status not in answers.AGAIN:
                return answers.read(status, data)
            time.sleep(min(wished or 0.5 * 2**attempt, _WAIT_SECONDS))
            bounded.check()
        return answers.read(*self._sent_twice(method, path, body)[:2])

    def _sent_twice(self, method: str, path: str, body: Any) -> tuple[int, bytes, float]:
        """Send a request, and once more where it breaks off: the server may have closed a connection that was kept."""
        from urllib3.exceptions import HTTPError, ProtocolError

        try:
            try:
                return self._sent(method, path, body)
            except ProtocolError:
                return self._sent(method, path, body)
        except (HTTPError, OSError) as error:
            raise _nobody(error) from error

    def _sent(self, method: str, path: str, body: Any) -> tuple[int, bytes, float]:
        """Return the status and body of one request, and how many seconds the server wishes that we wait."""
        from urllib3 import Timeout

        answer = self._pool.request(
            method,
            self.configuration.host.rstrip("/") + path,
            headers=self._headers(),
            body=None if body is None else json.dumps(body),
            timeout=Timeout(connect=_CONNECT_SECONDS, read=bounded.left(_READ_SECONDS)),
            retries=False,
            redirect=False,
            preload_content=False,
        )
        return answer.status, bounded.body(answer), _wished(answer.headers.get("Retry-After", ""))

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "tfaudit", "Content-Type": "application/json"}
        for each in self.configuration.auth_settings().values():
            if each["in"] == "header" and each["value"]:
                headers[each["key"]] = each["value"]
        return headers


def unreachable(session: Session, failed: CallFailed) -> UnreachableError:
    """Return the error that ends a scan which could not observe anything."""
    if failed.meaning == "credentials":
        because = failed.because.replace("the credentials", f"the credentials of {session.context}")
        return UnreachableError(f"{session.server}: {because}; sign in again")
    if failed.meaning == "form":
        return UnreachableError(f"{session.server}: {failed.because}; is it a Kubernetes API server?")
    return UnreachableError(f"{session.server}: {failed.because}; {failed.settle_with or 'try again'}")


def _nobody(error: Exception) -> CallFailed:
    text = _sentence(getattr(error, "reason", None) or error)
    if "CERTIFICATE" in text.upper():
        return CallFailed("down", f"its certificate is not trusted: {text}", settle_with="check the CA")
    settle_with = "check the address, the network and the proxy"
    return CallFailed("down", f"nobody answers: {text}", settle_with=settle_with)


def _wished(retry_after: str) -> float:
    """Return the seconds of a header `Retry-After`, 0 for none; a date in it is not worth a wait."""
    return float(retry_after) if retry_after.isdecimal() and len(retry_after) < 9 else 0.0


def _configuration(target: KubernetesTarget) -> tuple[Any, str, str]:
    """Return the client's configuration, and what the context and the user are called."""
    import kubernetes.config
    import yaml
    from kubernetes.client import Configuration

    config: Any = kubernetes.config
    configuration = Configuration()
    where = target.kubeconfig or "kubeconfig"
    try:
        with _logged() as complaints:
            config.load_kube_config(
                target.kubeconfig or None, target.context or None, configuration, persist_config=False
            )
        if complaints and not (configuration.api_key or configuration.cert_file):
            raise UnreachableError(f"{where}: its credentials cannot be had: {complaints[0]}; sign in again")
        contexts, current = config.list_kube_config_contexts(target.kubeconfig or None)
        chosen = next((each for each in contexts if each["name"] == target.context), current)
        return configuration, str(chosen["name"]), str(chosen["context"].get("user", ""))
    except config.ConfigException as error:
        if not target.kubeconfig and not target.context:
            try:
                config.load_incluster_config(configuration)
            except config.ConfigException:
                pass
            else:
                return configuration, "in-cluster", "in-cluster"
        raise UnreachableError(
            f"{where}: {_sentence(error)}; name one with --kubeconfig and --context"
        ) from error
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreachableError(
            f"{where}: it cannot be used: {_sentence(error)}; mend it, or name another"
        ) from error


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Collect what is logged meanwhile: the package logs why a kubeconfig's command failed, and goes on without it."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(_sentence(record.getMessage()))

    root, collector = logging.getLogger(), Collector(logging.WARNING)
    root.addHandler(collector)
    try:
        yield found
    finally:
        root.removeHandler(collector)


def _sentence(error: object) -> str:
    return redacted(str(error).split("\n", 1)[0].rstrip("."))[:200]
