"""A real Kubernetes API server over a real etcd: it checks schemas and RBAC; nothing runs the workloads.

It is built once from its published modules (tests/servers/kubernetes/go.mod) and kept in the cache folder.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import ssl
import subprocess
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.servers.processes import Missing, cache, free_port, made_once, serving, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

_MODULE = Path(__file__).parent / "kubernetes"


class Refused(Exception):
    """The API server's answer was not a success; `status` is its HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status


@dataclass(frozen=True, slots=True)
class KubernetesApi:
    """A running API server with three users: an administrator, one who may what tests grant, and one who may nothing.

    In RBAC rules the second is the user `restricted` and the third `stranger`, to whom no test may grant anything.
    """

    url: str
    ca: Path
    admin_token: str
    restricted_token: str
    stranger_token: str
    folder: Path
    _paths: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)

    def kubeconfig(self, token: str) -> Path:
        """A new kubeconfig file for the user whose token this is."""
        named = {"cluster": "tests", "user": "tests", "namespace": "default"}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "tests",
            "clusters": [
                {"name": "tests", "cluster": {"server": self.url, "certificate-authority": str(self.ca)}}
            ],
            "users": [{"name": "tests", "user": {"token": token}}],
            "contexts": [{"name": "tests", "context": named}],
        }
        path = self.folder / f"kubeconfig-{secrets.token_hex(4)}.yaml"
        path.write_text(yaml.safe_dump(config))
        path.chmod(0o600)
        return path

    def apply(self, *sources: Path | str, namespace: str = "default") -> None:
        """Apply manifests as the administrator; the first that the server refuses raises `Refused`.

        Args:
            sources: files or YAML text, in the order in which they are to be applied.
            namespace: where the namespaced objects go that name none.
        """
        for source in sources:
            text = source.read_text() if isinstance(source, Path) else source
            for manifest in yaml.safe_load_all(text):
                if manifest:
                    self._apply(manifest, namespace)

    def delete(self, *sources: Path | str, namespace: str = "default") -> None:
        """Take away what `apply` made of the same sources, but for namespaces: nobody here would empty them."""
        for source in sources:
            text = source.read_text() if isinstance(source, Path) else source
            for manifest in yaml.safe_load_all(text):
                if manifest and manifest["kind"] != "Namespace":
                    self.request("DELETE", self._path_to(manifest, namespace))

    def request(self, method: str, path: str, *, token: str | None = None, body: object = None) -> Any:
        """The decoded answer to one request, made as the administrator unless another token is given."""
        request = urllib.request.Request(
            f"{self.url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {token or self.admin_token}",
                # JSON is YAML, and this type asks for a server-side apply.
                "Content-Type": "application/apply-patch+yaml" if method == "PATCH" else "application/json",
            },
        )
        try:
            trusted = ssl.create_default_context(cafile=str(self.ca))
            with urllib.request.urlopen(request, timeout=30, context=trusted) as answer:
                content = answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise Refused(refusal.code, refusal.read().decode(errors="replace")) from refusal
        return json.loads(content) if content.startswith((b"{", b"[")) else content.decode()

    def _apply(self, manifest: dict[str, Any], namespace: str) -> None:
        path = self._path_to(manifest, namespace)
        self.request("PATCH", f"{path}?fieldManager=tests&force=true&fieldValidation=Strict", body=manifest)

    def _path_to(self, manifest: dict[str, Any], namespace: str) -> str:
        plural, namespaced = self._path_of(manifest["apiVersion"], manifest["kind"])
        metadata = manifest["metadata"]
        scope = f"/namespaces/{metadata.get('namespace', namespace)}" if namespaced else ""
        return f"{_group(manifest['apiVersion'])}{scope}/{plural}/{metadata['name']}"

    def _path_of(self, api_version: str, kind: str) -> tuple[str, bool]:
        """The plural name of a kind, and whether it is namespaced, as the server's discovery says."""
        if (api_version, kind) not in self._paths:
            for each in self.request("GET", _group(api_version))["resources"]:
                if "/" not in each["name"]:
                    self._paths[api_version, each["kind"]] = each["name"], each["namespaced"]
        return self._paths[api_version, kind]


def _group(api_version: str) -> str:
    return f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"


@contextmanager
def kubernetes_api(folder: Path) -> Iterator[KubernetesApi]:
    """An API server and its etcd for the length of the block; `folder` gets keys, data and logs."""
    server, etcd = kube_apiserver(), tool("etcd", "install Debian's etcd-server")
    client_url, peer_url = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    store = [
        etcd,
        f"--data-dir={folder / 'etcd'}",
        f"--listen-client-urls={client_url}",
        f"--advertise-client-urls={client_url}",
        f"--listen-peer-urls={peer_url}",
        f"--initial-advertise-peer-urls={peer_url}",
        f"--initial-cluster=default={peer_url}",
    ]
    api = KubernetesApi(
        url=f"https://127.0.0.1:{free_port()}",
        ca=folder / "certificates" / "apiserver.crt",
        admin_token=secrets.token_hex(16),
        restricted_token=secrets.token_hex(16),
        stranger_token=secrets.token_hex(16),
        folder=folder,
    )
    with (
        serving(store, log=folder / "etcd.log", ready=lambda: _healthy(f"{client_url}/health")),
        serving(
            _command(server, api, client_url), log=folder / "kube-apiserver.log", ready=lambda: _ready(api)
        ),
    ):
        yield api


def kube_apiserver() -> Path:
    """The API server's program, built by the first test that asks (3 to 5 minutes), then cached."""
    version = re.search(r"\bk8s\.io/kubernetes v(\S+)", (_MODULE / "go.mod").read_text())
    assert version, "go.mod requires k8s.io/kubernetes"
    program = cache() / f"kube-apiserver-{version[1]}"
    with made_once(program) as needed:
        if needed:
            _build(program, version[1])
    return program


def _build(program: Path, version: str) -> None:
    go = tool("go", "install Go 1.24 or newer")
    draft = program.with_name(f".{program.name}.draft")
    major, minor, _ = version.split(".", 2)
    told = {"gitVersion": f"v{version}", "gitMajor": major, "gitMinor": minor}
    done = subprocess.run(
        [
            go,
            "build",
            "-p=2",  # each compiler takes hundreds of megabytes
            "-trimpath",
            "-buildvcs=false",
            "-mod=readonly",
            "-ldflags=-s -w "
            + " ".join(f"-X k8s.io/component-base/version.{name}={said}" for name, said in told.items()),
            f"-o={draft}",
            "k8s.io/kubernetes/cmd/kube-apiserver",
        ],
        cwd=_MODULE,
        env={**os.environ, "CGO_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Missing(f"go cannot build the Kubernetes API server: {done.stderr.strip()[-2000:]}")
    draft.rename(program)


def _command(server: Path, api: KubernetesApi, etcd_url: str) -> list[str]:
    """The API server's command line, with its keys and users written beside it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key_file = api.folder / "service-account.key"
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    users = api.folder / "users.csv"
    users.write_text(
        f"{api.admin_token},admin,1,system:masters\n{api.restricted_token},restricted,2\n"
        f"{api.stranger_token},stranger,3\n"
    )
    return [
        str(server),
        f"--etcd-servers={etcd_url}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        f"--secure-port={api.url.rpartition(':')[2]}",
        f"--cert-dir={api.ca.parent}",
        "--service-cluster-ip-range=10.96.0.0/24",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={key_file}",
        f"--service-account-signing-key-file={key_file}",
        "--authorization-mode=RBAC",
        "--allow-privileged=true",  # as every distribution sets it: privileged workloads are ours to find
        f"--token-auth-file={users}",
        "--endpoint-reconciler-type=none",
        # Nobody makes the `default` service accounts here, and pods would be refused without them.
        "--disable-admission-plugins=ServiceAccount",
    ]


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(json.load(answer)["health"] == "true")
    except (urllib.error.URLError, OSError):
        return False


def _ready(api: KubernetesApi) -> bool:
    """Whether the server says so, and has made the namespace that its clients take for granted."""
    try:
        api.request("GET", "/readyz")
        api.request("GET", "/api/v1/namespaces/default")
    except (Refused, urllib.error.URLError, OSError):
        return False
    return True
