"""Roles, ClusterRoles and their bindings, as `role` and `role_binding` assets.

The roles and bindings that the API server makes for itself at every start (`kubernetes.io/bootstrapping:
rbac-defaults`) are not judged, unless a binding among them was given to somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT, walk
from tfaudit.reading.view import Reading, View
from tfaudit.services.kubernetes.objects import (
    LABELS,
    SYSTEM_NAMESPACES,
    is_object,
    items,
    key_of,
    metadata,
    name_of,
    named,
    namespace_of,
    refused,
    rest,
    text,
    untold,
)

_GROUP = "rbac.authorization.k8s.io/"
READS = (
    "rbac.authorization.k8s.io/Role",
    "rbac.authorization.k8s.io/ClusterRole",
    "rbac.authorization.k8s.io/RoleBinding",
    "rbac.authorization.k8s.io/ClusterRoleBinding",
)
KINDS = ("role", "role_binding")

_RBAC = "kubernetes.io/docs/reference/access-authn-authz/rbac/"
_BOOTSTRAP = "kubernetes.io/bootstrapping"
# What lets its holder gain more rights than the role says: kubernetes.io/docs/concepts/security/rbac-good-practices/
_ESCALATING = (
    ("escalate", "rbac.authorization.k8s.io", ("roles", "clusterroles"), "escalate"),
    ("bind", "rbac.authorization.k8s.io", ("roles", "clusterroles"), "bind"),
    ("impersonate", "", ("users", "groups", "serviceaccounts"), "impersonate"),
    ("create", "", ("pods/exec", "pods/attach"), "exec"),
    ("get", "", ("pods/exec", "pods/attach"), "exec"),  # by a WebSocket
    ("create", "", ("serviceaccounts/token",), "mint-tokens"),
    ("get", "", ("nodes/proxy",), "node-proxy"),
    ("create", "", ("nodes/proxy",), "node-proxy"),
    ("approve", "certificates.k8s.io", ("signers",), "approve-certificates"),
)
# What is in no namespace: a Role cannot reach it, whatever it says.
_ABOVE_NAMESPACES = frozenset({"users", "groups", "nodes/proxy", "signers"})
_READS = ("get", "list", "watch")
# kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles: in every cluster, and not for everything.
_BUILT_IN = frozenset({"admin", "edit", "view"})
# Made by the API server in kube-system: kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/
_BUILT_IN_ROLES = frozenset({"extension-apiserver-authentication-reader"})
_ANYBODY = frozenset({"system:anonymous", "system:unauthenticated"})
_EVERYBODY = frozenset({*_ANYBODY, "system:authenticated", "system:serviceaccounts"})
_PUBLIC_BY_DESIGN = frozenset({"system:public-info-viewer", "system:basic-user", "system:discovery"})


def _rules(view: View) -> Iterator[View]:
    return items(view, "rules")


def _holds(view: View, field: str, wanted: str) -> bool | None:
    """Whether the rule's list `field` has `wanted` or a wildcard in it; None where a part of it is not known."""
    value = view.body.get(field) if isinstance(view.body, dict) else view.body
    if isinstance(value, Unresolved):
        return None
    words = value if isinstance(value, list) else []
    if any(each in ("*", wanted) for each in words):
        return True
    return None if any(isinstance(each, Unresolved) for each in words) else False


def _grants(rule: View, verb: str, group: str, resource: str) -> bool | None:
    """Whether a rule allows `verb` on `resource` of an API group."""
    results = [
        _holds(rule, "verbs", verb),
        _holds(rule, "apiGroups", group),
        _holds(rule, "resources", resource),
    ]
    _, slash, part = resource.partition("/")
    if slash and not results[2]:
        results[2] = _holds(rule, "resources", f"*/{part}") or results[2]
    return False if False in results else None if None in results else True


def _any_rule(test: Callable[[View], tuple[bool | None, str]]) -> Callable[[View], Any]:
    """Return the reader that tells whether some rule passes `test`, with that rule's place."""

    def read(view: View) -> Any:
        unclear = _unfilled(view)
        for rule in _rules(view):
            result, field = test(rule)
            if result:
                return Known(True, rule.resource, (*rule.base, field) if field else rule.base)
            if result is None:
                unclear = unclear or Unknown(
                    "a part of a rule is not known", "scan the filled-in manifest", rule.resource, rule.base
                )
        return unclear or ABSENT

    return read


def _unfilled(view: View) -> Unknown | None:
    rules = view.read("rules")
    if isinstance(rules.value, Unresolved):
        return Unknown(rules.value.because, rules.value.settle_with, view.resource, rules.path)
    if view.resource.plane != "live" and not view.read("aggregationRule").absent:
        because = "its rules are gathered from other ClusterRoles by their labels"
        return Unknown(because, "scan the cluster", view.resource, ("aggregationRule",))
    return None


def _wildcard(field: str) -> Fact:
    def test(rule: View) -> tuple[bool | None, str]:
        return _holds(rule, field, "*"), field

    return Fact(kubernetes=_any_rule(test), default=Documented(False, _RBAC))


def _is_admin(rule: View) -> tuple[bool | None, str]:
    results = [_holds(rule, field, "*") for field in ("apiGroups", "resources", "verbs")]
    return (False if False in results else None if None in results else True), ""


def _reads_secrets(rule: View) -> tuple[bool | None, str]:
    named = rule.read("resourceNames").value
    listed = named if isinstance(named, list) else []
    if any(
        not isinstance(each, Unresolved) for each in listed
    ):  # Only what it names: that is least privilege.
        return False, ""
    results = [_grants(rule, verb, "", "secrets") for verb in _READS]
    if listed or isinstance(named, Unresolved):
        results = [None if each else each for each in results]
    return (True if True in results else None if None in results else False), "resources"


def _escalating(rule: View) -> dict[str, bool | None]:
    found: dict[str, bool | None] = {}
    beyond = frozenset() if _scope(rule) == "cluster" else _ABOVE_NAMESPACES
    for verb, group, resources, word in _ESCALATING:
        for resource in resources:
            result = False if resource in beyond else _grants(rule, verb, group, resource)
            if result is not False and not found.get(word):
                found[word] = result
    return found


def _escalates(rule: View) -> tuple[bool | None, str]:
    results = _escalating(rule).values()
    return (True if True in results else None if None in results else False), "verbs"


def _sensitive(view: View) -> Any:
    found: list[Any] = []
    for rule in _rules(view):
        words = {word for word, result in _escalating(rule).items() if result}
        if _reads_secrets(rule)[0]:
            words.add("read-secrets")
        found += [word for word in sorted(words) if word not in found]
    return _unfilled(view) or found


def _scope(view: View) -> str:
    return "cluster" if view.resource.type.rpartition("/")[2].startswith("Cluster") else "namespace"


_NOT_HERE = "Kubernetes RBAC has no such thing"
ROLE = {
    **rest("role", _NOT_HERE),
    "wildcard_actions": _wildcard("verbs"),
    "wildcard_resources": _wildcard("resources"),
    "admin": Fact(kubernetes=_any_rule(_is_admin), default=Documented(False, _RBAC)),
    "reads_secrets": Fact(kubernetes=_any_rule(_reads_secrets), default=Documented(False, _RBAC)),
    "escalates": Fact(kubernetes=_any_rule(_escalates), default=Documented(False, _RBAC)),
    "sensitive_actions": Fact(kubernetes=_sensitive),
    "scope": Fact(kubernetes=_scope),
    "tags": LABELS,
}


def _subjects(view: View) -> Iterator[tuple[View, str, str]]:
    """Yield each subject with its kind and name; they are "" in one that is not known as a whole."""
    for each in items(view, "subjects"):
        kind, name = each.get("kind"), each.get("name")
        yield each, text(kind), text(name)


def _unclear_part(subject: View, *names: str) -> Reading | None:
    """Return the first of a subject's parts that is not known."""
    return next((each for name in names if (each := untold(subject, name)) is not None), None)


def _named(subject: View, kind: str, name: str) -> str:
    if kind != "ServiceAccount":
        return name
    return f"system:serviceaccount:{text(subject.get('namespace')) or namespace_of(subject.resource)}:{name}"


def _subject_names(view: View) -> Any:
    reading = view.read("subjects")
    if not isinstance(reading.value, list):
        return reading
    names: list[Any] = []
    where: Reading | None = None
    for subject, kind, name in _subjects(view):
        unclear = _unclear_part(subject, "kind", "name", "namespace")
        names.append(_named(subject, kind, name) if unclear is None else unclear.value)
        # The first that everybody in a namespace has is the one to look at.
        if names[-1] == _named(subject, "ServiceAccount", "default") and kind == "ServiceAccount":
            where = where or subject.read("name")
    where = where or reading
    return Known(names, where.resource, where.path)


def _bound_to(names: frozenset[str]) -> Fact:
    def read(view: View) -> Any:
        unclear = view.read("subjects")
        for subject, kind, name in _subjects(view):
            if kind in ("User", "Group") and name in names:
                return Known(True, subject.resource, (*subject.base, "name"))
            missing = _unclear_part(subject, "kind", "name")
            if missing is not None and kind != "ServiceAccount" and (not name or name in names):
                unclear = missing
        return unclear if isinstance(unclear.value, Unresolved) else ABSENT

    return Fact(kubernetes=read, default=Documented(False, _RBAC))


def _bound_admin(view: View) -> Any:
    """Return whether the bound role may do everything: `cluster-admin`, or one of the scope that has all wildcards."""
    kind, name = view.read("roleRef.kind"), view.read("roleRef.name")
    for each in (kind, name):
        if isinstance(each.value, Unresolved):
            return each
    if kind.value == "ClusterRole" and name.value == "cluster-admin":
        return Known(True, name.resource, name.path)
    role = _role(view, text(kind.value), text(name.value))
    if role is None:
        withheld = refused(view.inventory, _GROUP + text(kind.value))
        withheld = withheld or _elsewhere(view, text(kind.value), text(name.value))
        return Reading(withheld, name.resource, name.path) if withheld is not None else ABSENT
    found = ROLE["admin"].read(View(role, view.inventory), "bool")
    return Known(True, name.resource, name.path) if isinstance(found, Known) and found.value else found


def _elsewhere(view: View, kind: str, role: str) -> Unresolved | None:
    """Return why a role that is not declared is not known; None where it comes built in, or none is there."""
    built_in = _BUILT_IN if kind == "ClusterRole" else _BUILT_IN_ROLES
    if view.resource.plane == "live" or role in built_in or role.startswith("system:"):
        return None
    return Unresolved(f"the role {role} is not declared here", "scan where it is, or the live cluster")


def _role(view: View, kind: str, name: str) -> Resource | None:
    namespace = namespace_of(view.resource) if kind == "Role" else "default"
    return named(view.inventory, _GROUP + kind, name, namespace)


BINDING = {
    **rest("role_binding", _NOT_HERE),
    "subjects": Fact(kubernetes=_subject_names, default=Documented([], _RBAC)),
    "role": Fact(kubernetes="roleRef.name", default=Documented("", _RBAC)),
    "admin": Fact(kubernetes=_bound_admin, default=Documented(False, _RBAC)),
    "public_principal": _bound_to(_EVERYBODY),
    "unauthenticated": _bound_to(_ANYBODY),
    "scope": Fact(kubernetes=_scope),
    "of_cluster": Fact(always=Documented(True, _RBAC)),
    "tags": LABELS,
}


def _made_by_the_server(resource: Resource) -> bool:
    labels: Mapping[str, Any] = metadata(resource).get("labels") or {}
    return isinstance(labels, dict) and labels.get(_BOOTSTRAP) == "rbac-defaults"


def _as_it_was_made(resource: Resource) -> bool:
    """Whether a binding of the API server's own still reaches only those that it was made for."""
    role = walk(resource.body, ("roleRef", "name"))[0]
    for subject in resource.body.get("subjects") or ():
        name, kind = text(subject.get("name")), subject.get("kind")
        if role == "cluster-admin" and name != "system:masters":
            return False
        if name in _ANYBODY and name_of(resource) not in _PUBLIC_BY_DESIGN:
            return False
        own = (
            subject.get("namespace") in SYSTEM_NAMESPACES
            if kind == "ServiceAccount"
            else name.startswith("system:")
        )
        if not own:
            return False
    return True


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `role` or `role_binding` that the object declares."""
    resource = view.resource
    if not is_object(resource):
        return
    namespaced = not resource.type.startswith(_GROUP + "Cluster")
    key, name = key_of(resource, namespaced=namespaced), name_of(resource)
    if resource.type.endswith("Binding"):
        if not (_made_by_the_server(resource) and _as_it_was_made(resource)):
            yield asset("role_binding", view, BINDING, key, name)
    elif not _made_by_the_server(resource):
        yield asset("role", view, ROLE, key, name)
