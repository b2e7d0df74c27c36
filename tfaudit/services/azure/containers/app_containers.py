"""The containers inside of Container Apps, of their jobs and of Container Instances, as `container` assets.

The platform runs each group of containers on a machine of its own, so that most of what Kubernetes lets a container do
to its node has no word here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import among, first, literal
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Unknown
from tfaudit.reading.view import View
from tfaudit.redaction import REDACTED
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import named, raw
from tfaudit.services.credentials import IN_A_PLAN
from tfaudit.services.images import IMAGE

READS = (
    "azurerm_container_app",
    "azurerm_container_app_job",
    "azurerm_container_group",
    "microsoft.app/containerapps",
    "microsoft.app/jobs",
    "microsoft.containerinstance/containergroups",
)
KINDS = ("container",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.App/containerApps",
    "Microsoft.App/jobs",
    "Microsoft.ContainerInstance/containerGroups",
)

_PROBES = "learn.microsoft.com/azure/container-apps/health-probes"
_APPS = "learn.microsoft.com/azure/container-apps/containers"
_GROUPS = "learn.microsoft.com/azure/container-instances/container-instances-container-groups"
_GROUP_PROBES = "learn.microsoft.com/azure/container-instances/container-instances-liveness-probe"
_PRIVILEGED = "learn.microsoft.com/azure/templates/microsoft.containerinstance/containergroups"

_IN_APP: Spelling = {
    # word of a container, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "image": azure("image", "image"),
    "command": azure("command", "command"),
    "arguments": azure("args", "args"),
    "variables": azure(
        "env",
        "env",
        rows={
            "value": azure("value", "value"),
            "secret": azure("secret_name", "secretRef"),
        },
    ),
    "cpu": azure("cpu", "resources.cpu"),
    "memory": azure("memory", "resources.memory"),
}
_PROBED: Spelling = {
    **_IN_APP,
    "liveness": azure("liveness_probe", NOTHING),
    "readiness": azure("readiness_probe", NOTHING),
    "probes": azure(NOTHING, "probes", rows={"type": azure(NOTHING, "type")}),
}
_FIRST_IN_GROUP: Spelling = {
    # word of a container, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "image": azure("image", "properties.image"),
    "command": azure("commands", "properties.command"),
    "variables": azure("environment_variables", NOTHING),
    "secure": azure("secure_environment_variables", NOTHING),
    "listed": azure(
        NOTHING,
        "properties.environmentVariables",
        rows={
            "value": azure(NOTHING, "value"),
            "secret": azure(NOTHING, "secureValue"),
            "reference": azure(NOTHING, "secureValueReference"),
        },
    ),
    "privileged": azure("security.privilege_enabled", "properties.securityContext.privileged"),
}
_IN_GROUP: Spelling = {
    **_FIRST_IN_GROUP,
    "cpu": azure("cpu", "properties.resources.requests.cpu"),
    "memory": azure("memory", "properties.resources.requests.memoryInGB"),
    "cpu_limit": azure("cpu_limit", "properties.resources.limits.cpu"),
    "memory_limit": azure("memory_limit", "properties.resources.limits.memoryInGB"),
    "liveness": azure("liveness_probe", "properties.livenessProbe"),
    "readiness": azure("readiness_probe", "properties.readinessProbe"),
}
_APP: Spelling = {
    "name": azure("name", "name"),
    "containers": azure("template.container", "properties.template.containers", rows=_PROBED),
    "at_start": azure("template.init_container", "properties.template.initContainers", rows=_IN_APP),
}
_WITH_INGRESS: Spelling = {**_APP, "ingress": azure("ingress", "properties.configuration.ingress")}
_GROUP: Spelling = {
    "name": azure("name", "name"),
    "containers": azure("container", "properties.containers", rows=_IN_GROUP),
    "at_start": azure("init_container", "properties.initContainers", rows=_FIRST_IN_GROUP),
}
_OF_GROUP = ("azurerm_container_group", "microsoft.containerinstance/containergroups")
_JOBS = ("azurerm_container_app_job", "microsoft.app/jobs")
TABLE = _APP
TABLES: Mapping[str, Spelling] = {
    each: _GROUP if each in _OF_GROUP else _APP if each in _JOBS else _WITH_INGRESS for each in READS
}


def _amount(what: str, or_else: str = "", otherwise: str = "") -> Fact:
    """Return the fact of an amount of processor time or memory, as a text; `otherwise` is what Azure gives."""

    def stated(amount: Any, request: Any = None) -> Any:
        if amount is not None:
            return Said(str(amount), by=what)
        return None if request is None else Said(str(request), by=or_else)

    of = (what, or_else) if or_else else (what,)
    return Fact(stated, of=of, default=Documented(otherwise, f"{_APPS}; {_GROUPS}"))


def _probe(word: str, default: Documented | Unresolved) -> Fact:
    """Return whether an app's container has a probe of the kind `word`: a block in Terraform, one of a list in ARM."""

    def stated(own: Any, probes: Any) -> Any:
        if own is not None:
            return Said(True, by=word)
        listed = among(probes, lambda _, each: True if lower(each.get("type")) == word else None)
        return Said(True, by="probes") if listed else None

    return Fact(stated, of=(word, "probes"), default=default)


def _by_default(view: View, index: int) -> Documented | Unresolved:
    """Return whether a container of an app has probes that nobody wrote: its first one has, for the ingress."""
    ingress = Absent(view.resource) if index else view.word("ingress")
    match ingress:
        case Absent():
            return Documented(False, _PROBES)
        case Unknown(because=because, settle_with=settle_with):
            return Unresolved(because, settle_with)
        case _:
            return Documented(True, f"{_PROBES}: its ingress makes one")


def _there(value: Any) -> bool | None:
    return None if value is None else True


def _secret_of_app(variables: Any) -> Any:
    return among(variables, _from_secret)


def _from_secret(index: int, variable: Any) -> Said | None:
    return None if variable.get("secret") is None else Said(True, by="variables", row=(index, "secret"))


def _secret_of_group(secure: Any, listed: Any) -> Any:
    """Return whether a secure variable is given: in a map of its own in Terraform, as a member of each in ARM."""
    if secure:
        return Said(True, by="secure")
    return among(listed, _secure)


def _secure(index: int, variable: Any) -> Said | None:
    for name in ("secret", "reference"):
        if variable.get(name) is not None:
            return Said(True, by="listed", row=(index, name))
    return None


def _inline_in_app(variables: Any, command: Any, arguments: Any) -> Any:
    return first(
        partial(among, variables, _literal),
        partial(among, _words(command), partial(_redacted, "command")),
        partial(among, _words(arguments), partial(_redacted, "arguments")),
    )


def _literal(index: int, variable: Any) -> Said | None:
    value = literal(variable.get("value"))
    found = isinstance(value, str) and REDACTED in value
    return Said(True, by="variables", row=(index, "value")) if found else None


def _words(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _redacted(by: str, index: int, word: Any) -> Said | None:
    value = literal(word)
    return Said(True, by=by, row=(index,)) if isinstance(value, str) and REDACTED in value else None


def _inline_in_group(variables: Any, secure: Any, listed: Any, command: Any) -> Any:
    return first(
        partial(_in_map, "secure", secure, False),
        partial(_in_map, "variables", variables, True),
        partial(among, listed, _literal_of_group),
        partial(among, _words(command), partial(_redacted, "command")),
    )


def _in_map(by: str, variables: Any, by_name: bool) -> Said | None:
    """Return that a text stands in a map of variables: any of the secure ones, of others one that was redacted."""
    values = list(variables.values()) if isinstance(variables, dict) else ()

    def test(_: int, value: Any) -> Said | None:
        text = literal(value)
        found = isinstance(text, str) and bool(text) and (REDACTED in text or not by_name)
        return Said(True, by=by) if found else None

    return among(values, test)


def _literal_of_group(index: int, variable: Any) -> Said | None:
    secure, value = literal(variable.get("secret")), literal(variable.get("value"))
    if isinstance(secure, str) and secure:
        return Said(True, by="listed", row=(index, "secret"))
    found = isinstance(value, str) and REDACTED in value
    return Said(True, by="listed", row=(index, "value")) if found else None


def _inline(plane: str, function: Callable[..., Any], *of: str) -> Fact:
    """Return the fact of a secret that stands in a container's definition, which live shows to whoever may look.

    A plan has it from wherever it is.
    """

    def in_a_plan(*values: Any) -> Any:
        return IN_A_PLAN if function(*values) is not None else None

    says = in_a_plan if plane == "plan" else function
    return Fact(says, of=of, default=Documented(False, "no secret of the container is written here"))


_NO_WORD = "Azure has no word for it: each group of containers has a machine of its own"
_NONE: Facts = {
    "run_as_root": inapplicable("Azure has no word for it: the image says as whom it runs"),
    "privileged": inapplicable("no container of an app is privileged"),
    **dict.fromkeys(
        (
            "privilege_escalation",
            "capabilities.added",
            "capabilities.drop_all",
            "read_only_root",
            "apparmor",
            "selinux.type",
            "proc_mount",
            "host_ports",
        ),
        inapplicable(_NO_WORD),
    ),
    "tags": inapplicable("a container has no tags of its own"),
    **IMAGE,
}
_AMOUNTS: Facts = {
    "resources.cpu_request": _amount("cpu", otherwise="0.5"),
    "resources.memory_request": _amount("memory", otherwise="1Gi"),
    # An app's container has what it asks for, or what Azure gives each, and no more; one of a group as well unless a
    # limit is stated.
    "resources.cpu_limit": _amount("cpu", otherwise="0.5"),
    "resources.memory_limit": _amount("memory", otherwise="1Gi"),
}
APP: Facts = {
    **_NONE,
    **_AMOUNTS,
    "secrets_in_environment": Fact(_secret_of_app, of=("variables",), default=Documented(False, _APPS)),
}
GROUP: Facts = {
    **_NONE,
    "privileged": Fact("privileged", default=Documented(False, _PRIVILEGED)),
    "resources.cpu_request": _amount("cpu"),
    "resources.memory_request": _amount("memory"),
    "resources.cpu_limit": _amount("cpu_limit", "cpu"),
    "resources.memory_limit": _amount("memory_limit", "memory"),
    "probes.liveness": Fact(_there, of=("liveness",), default=Documented(False, _GROUP_PROBES)),
    "probes.readiness": Fact(_there, of=("readiness",), default=Documented(False, _GROUP_PROBES)),
    "secrets_in_environment": Fact(
        _secret_of_group, of=("secure", "listed"), default=Documented(False, _GROUPS)
    ),
}
_TO_ITS_END: Facts = dict.fromkeys(
    ("probes.liveness", "probes.readiness"), inapplicable("the container runs to its end")
)
# A group divides what it has among all: those that start it ask for nothing of their own.
_OF_THE_GROUP: Facts = dict.fromkeys(_AMOUNTS, inapplicable("it has what its group has"))


def _facts(view: View, word: str, index: int) -> Facts:
    """Return the facts of the container at `index` of the list `word`."""
    grouped = view.resource.type in _OF_GROUP
    found = dict(GROUP if grouped else APP)
    if not grouped and view.resource.type not in _JOBS:
        default = _by_default(view, index)
        found |= {f"probes.{each}": _probe(each, default) for each in ("liveness", "readiness")}
    if word == "at_start" or view.resource.type in _JOBS:
        found |= _TO_ITS_END
    if word == "at_start" and grouped:
        found |= _OF_THE_GROUP
    plane = view.resource.plane
    found["inline_secrets"] = (
        _inline(plane, _inline_in_group, "variables", "secure", "listed", "command")
        if grouped
        else _inline(plane, _inline_in_app, "variables", "command", "arguments")
    )
    return found


def _type_of(view: View) -> str:
    """Return the type in ARM of what holds the containers."""
    if view.resource.type in _OF_GROUP:
        return _OF_GROUP[1]
    return _JOBS[1] if view.resource.type in _JOBS else "microsoft.app/containerapps"


def assets(view: View) -> Iterator[Asset]:
    """Yield each container of an app, a job or a group."""
    above = named(view, _type_of(view))
    called = raw(view, "name")
    for word in ("containers", "at_start"):
        for index, container in enumerate(elements(view, word)):
            name = raw(container, "name")
            own: Key = above
            if isinstance(above, str):
                own = f"{above}/{name}" if isinstance(name, str) else Unresolved(f"its name is {name}", "")
            shown = f"{called if isinstance(called, str) else view.resource.address}/{name}"
            part = f"{word}[{index}]"
            yield asset("container", container, _facts(view, word, index), own, shown, part)
