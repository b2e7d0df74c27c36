"""A way to ask a cluster's API: credentials from a kubeconfig or from inside the cluster, then plain GETs of raw JSON.

The official package is only asked for credentials: its typed client takes eight times as long to list and four times
the memory.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from tfaudit.errors import UnreachableError
from tfaudit.redaction import redacted

_CONNECT_SECONDS = 10
_READ_SECONDS = 60
_ATTEMPTS = 4
_AGAIN = (429, 500, 502, 503, 504)


class KubernetesTarget(Struct, frozen=True):
    """Which cluster to look at: a kubeconfig and a context of it ("" = the usual), and namespaces (all for none)."""

    kubeconfig: str = ""
    context: str = ""
    namespaces: tuple[str, ...] = ()
    threads: int = 8


class Refused(Exception):
    """The API answered a request with an error: its HTTP status, and what it says."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


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

    def get(self, path: str, **query: str | int) -> Any:
        """Return the JSON that stands at `path`.

        Raises `Refused` for an answer that is an error, `UnreachableError` where nobody answers, or the credentials
        are not accepted. Busy and failing servers are asked again a few times.
        """
        return self._ask("GET", path + (f"?{urlencode(query)}" if query else ""))

    def whoami(self) -> str:
        """Return the user that the server takes this for, asked by a review that stores nothing."""
        review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
        try:
            answer = self._ask("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", review)
            return str(answer["status"]["userInfo"]["username"])
        except (Refused, KeyError, TypeError):
            return self.user

    def _open(self) -> Any:
        from kubernetes.client import ApiClient
        from urllib3 import Retry

        self.configuration.connection_pool_maxsize = self.target.threads
        self.configuration.retries = Retry(
            total=_ATTEMPTS,
            connect=1,
            status_forcelist=_AGAIN,
            backoff_factor=0.5,
            backoff_max=8,
            raise_on_status=False,
            redirect=0,
            raise_on_redirect=False,
        )
        try:
            return ApiClient(self.configuration).rest_client.pool_manager
        except (OSError, ValueError) as error:  # A certificate file that is not there, or is none.
            raise UnreachableError(
                f"{self.server}: its certificates cannot be used: {_sentence(error)}; mend the kubeconfig"
            ) from error

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        from urllib3 import Timeout
        from urllib3.exceptions import HTTPError

        try:
            answer = self._pool.request(
                method,
                self.configuration.host.rstrip("/") + path,
                headers=self._headers(),
                body=None if body is None else json.dumps(body),
                timeout=Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS),
            )
        except HTTPError as error:
            raise self._nobody(error) from error
        if answer.status == 401:
            raise UnreachableError(
                f"{self.server}: the credentials of {self.context} are wrong or have expired; sign in again"
            )
        if not 200 <= answer.status < 300:
            raise Refused(answer.status, _message(answer.data))
        try:
            return json.loads(answer.data)
        except ValueError as error:
            raise UnreachableError(
                f"{self.server}{path.partition('?')[0]}: the answer is not JSON; is it a Kubernetes API server?"
            ) from error

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "tfaudit", "Content-Type": "application/json"}
        for each in self.configuration.auth_settings().values():
            if each["in"] == "header" and each["value"]:
                headers[each["key"]] = each["value"]
        return headers

    def _nobody(self, error: Exception) -> UnreachableError:
        reason = getattr(error, "reason", None) or error
        text = _sentence(reason)
        if "CERTIFICATE" in text.upper():
            return UnreachableError(f"{self.server}: its certificate is not trusted: {text}; check the CA")
        return UnreachableError(
            f"{self.server}: nobody answers: {text}; check the address, the network and the proxy"
        )


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


def _message(data: bytes) -> str:
    try:
        return redacted(str(json.loads(data)["message"]))[:300]
    except (ValueError, KeyError, TypeError):
        return redacted(data[:200].decode("utf-8", "replace"))


def _sentence(error: object) -> str:
    return redacted(str(error).split("\n", 1)[0].rstrip("."))[:200]
