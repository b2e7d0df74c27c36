"""Roles, ClusterRoles and their bindings, as `role` and `role_binding` assets.

The roles and bindings that the API server makes for itself at every start (`kubernetes.io/bootstrapping:
rbac-defaults`) are not judged, unless a binding among them was given to somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource, Unresolved
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.parts import among, every, first, mapped, some, there
from tfaudit.reading.spelling import NOTHING, Spelling, kubernetes
from tfaudit.reading.states import Absent, Known, Pointer, Unknown
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.objects import (
    LABELS,
    SYSTEM_NAMESPACES,
    TAGS,
    at_row,
    is_object,
    key_of,
    metadata,
    name_of,
    named,
    namespace_of,
    refused,
    rest,
    running,
    text,
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
_WEBHOOKS = ("mutatingwebhookconfigurations", "validatingwebhookconfigurations")
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
    # A volume of any folder of a node, and what every request passes through.
    ("create", "", ("persistentvolumes",), "create-volumes"),
    *(
        (verb, "admissionregistration.k8s.io", _WEBHOOKS, "change-admission")
        for verb in ("create", "update", "patch")
    ),
)
# What makes pods, by its API group: kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation
_STARTING = (
    ("", ("pods", "replicationcontrollers")),
    ("apps", ("deployments", "statefulsets", "daemonsets", "replicasets")),
    ("batch", ("jobs", "cronjobs")),
)
# Whose pod template can be changed: a pod that runs takes no other account or volume.
_CHANGED = ("update", "patch")
# What is in no namespace: a Role cannot reach it, whatever it says.
_ABOVE_NAMESPACES = frozenset({"users", "groups", "nodes/proxy", "signers", "persistentvolumes", *_WEBHOOKS})
_READS = ("get", "list", "watch")
# kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles: in every cluster, and not for everything.
_BUILT_IN = frozenset({"admin", "edit", "view"})
# Made by the API server in kube-system: kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/
_BUILT_IN_ROLES = frozenset({"extension-apiserver-authentication-reader"})
_ANYBODY = frozenset({"system:anonymous", "system:unauthenticated"})
_EVERYBODY = frozenset({*_ANYBODY, "system:authenticated", "system:serviceaccounts"})
_PUBLIC_BY_DESIGN = frozenset({"system:public-info-viewer", "system:basic-user", "system:discovery"})


_RULE: Spelling = {
    "groups": kubernetes("apiGroups"),
    "resources": kubernetes("resources"),
    "verbs": kubernetes("verbs"),
    "names": kubernetes("resourceNames"),
}
ROLE: Spelling = {
    "labels": LABELS,
    "rules": kubernetes("rules", rows=_RULE),
    "gathered": kubernetes("aggregationRule"),
}
_SEEN: Spelling = {
    **ROLE,
    "gathered": kubernetes(NOTHING),
}  # in a cluster the gathered rules stand among the others
BINDING: Spelling = {
    "labels": LABELS,
    "namespace": kubernetes("metadata.namespace"),
    "role_kind": kubernetes("roleRef.kind"),
    "role": kubernetes("roleRef.name"),
    "subjects": kubernetes(
        "subjects",
        rows={
            "kind": kubernetes("kind"),
            "name": kubernetes("name"),
            "namespace": kubernetes("namespace"),
        },
    ),
}

TABLES: Mapping[str, Spelling] = {
    _GROUP + "Role": ROLE,
    _GROUP + "ClusterRole": ROLE,
    _GROUP + "RoleBinding": BINDING,
    _GROUP + "ClusterRoleBinding": BINDING,
}

Rule: TypeAlias = Mapping[str, Any]
Test: TypeAlias = Callable[[Rule], bool]


def _holds(rule: Rule, word: str, wanted: str) -> bool:
    """Whether the rule's list `word` has `wanted` or a wildcard in it."""
    listed = rule.get(word)
    return some(listed if isinstance(listed, list) else (), lambda each: each in ("*", wanted))


def _grants(rule: Rule, verb: str, group: str, resource: str) -> bool:
    """Whether a rule allows `verb` on `resource` of an API group."""
    _, slash, part = resource.partition("/")
    named = (resource, f"*/{part}") if slash else (resource,)
    return every(
        lambda: _holds(rule, "verbs", verb),
        lambda: _holds(rule, "groups", group),
        lambda: some(named, lambda each: _holds(rule, "resources", each)),
    )


def _wildcard(word: str) -> Test:
    return lambda rule: _holds(rule, word, "*")


def _is_admin(rule: Rule) -> bool:
    return every(*(partial(_holds, rule, word, "*") for word in ("groups", "resources", "verbs")))


def _reads_secrets(rule: Rule) -> bool:
    return every(
        lambda: some(_READS, lambda verb: _grants(rule, verb, "", "secrets")),
        lambda: not there(rule.get("names")),  # Only what it names: that is least privilege.
    )


def _starts_pods(rule: Rule) -> bool:
    """Whether a rule lets its holder start pods of his own making."""
    return some(
        [
            (verb, group, resource)
            for group, resources in _STARTING
            for resource in resources
            for verb in ("create", *(() if resource == "pods" else _CHANGED))
        ],
        lambda way: every(
            lambda: _grants(rule, *way),
            # One that it names, it can change and not make: deployers of one workload have that.
            lambda: not there(rule.get("names")),
        ),
    )


def _gains(rule: Rule, way: tuple[str, str, tuple[str, ...], str], scope: str) -> bool:
    """Whether a rule lets its holder gain rights in one of the ways of `_ESCALATING`."""
    verb, group, resources, _ = way
    beyond = frozenset() if scope == "cluster" else _ABOVE_NAMESPACES
    return some(resources, lambda each: each not in beyond and _grants(rule, verb, group, each))


def _escalates(scope: str) -> Test:
    return lambda rule: some(_ESCALATING, lambda way: _gains(rule, way, scope))


def _any_rule(test: Test, word: str = "") -> Fact:
    """Return the fact that some rule passes `test`; it is placed at that rule, or at a word of it."""

    def read(rules: Any, gathered: Any) -> Any:
        def passing() -> Said | None:
            return among(
                rules,
                lambda index, rule: (
                    Said(True, by="rules", row=(index, word) if word else index) if test(rule) else None
                ),
            )

        return first(passing, lambda: _unfilled(gathered))

    fact = Fact(read, of=("rules", "gathered"), default=Documented(False, _RBAC))
    return at_row(fact, len(("rules", 0)))


def _unfilled(gathered: Any) -> Said | None:
    if gathered is None:
        return None
    because = "its rules are gathered from other ClusterRoles by their labels"
    return Said(CannotTell(because, "scan the cluster"), by="gathered")


def _scope(scope: str) -> Fact:
    return Fact(joins=lambda _: scope)


_NOT_HERE = "Kubernetes RBAC has no such thing"
_NAMES_NOBODY = inapplicable("a role names nobody: its bindings do")
_WAYS = inapplicable("they are ways through IAM of AWS: role-no-escalation judges those of a cluster")
_ADMIN = _any_rule(_is_admin)


def _role_facts(scope: str) -> Facts:
    return {
        **rest("role", _NOT_HERE),
        "public_principal": _NAMES_NOBODY,
        "escalation_paths": _WAYS,
        "wildcard_actions": _any_rule(_wildcard("verbs"), "verbs"),
        "wildcard_resources": _any_rule(_wildcard("resources"), "resources"),
        "admin": _ADMIN,
        "reads_secrets": _any_rule(_reads_secrets, "resources"),
        "escalates": _any_rule(_escalates(scope), "verbs"),
        "starts_pods": _any_rule(_starts_pods, "resources"),
        "scope": _scope(scope),
        "tags": TAGS,
    }


def _subject_names(subjects: Any, namespace: Any) -> Any:
    if subjects is None:
        return Said(None, by="")
    default: list[int] = []

    def name(numbered: tuple[int, Any]) -> str:
        index, subject = numbered
        kind, called = text(subject.get("kind")), text(subject.get("name"))
        if kind != "ServiceAccount":
            return called
        within = text(subject.get("namespace")) or text(namespace) or "default"
        if called == "default":  # The first that everybody in a namespace has is the one to look at.
            default.append(index)
        return f"system:serviceaccount:{within}:{called}"

    found = mapped(enumerate(subjects), name)
    return Said(found, by="subjects", row=(default[0], "name") if default else None)


def _bound_to(names: frozenset[str]) -> Fact:
    def bound(index: int, subject: Any) -> Said | None:
        named = every(
            lambda: text(subject.get("name")) in names,
            lambda: text(subject.get("kind")) in ("User", "Group"),
        )
        return Said(True, by="subjects", row=(index, "name")) if named else None

    return Fact(lambda subjects: among(subjects, bound), of=("subjects",), default=Documented(False, _RBAC))


def _bound_admin(view: View) -> Any:
    """Return whether the bound role may do everything: `cluster-admin`, or one of the scope that has all wildcards."""
    kind, name = view.word("role_kind"), view.word("role")
    for each in (kind, name):
        if isinstance(each, (Unknown, Pointer)):
            return each
    kind_name = text(kind.value) if isinstance(kind, Known) else ""
    role_name = text(name.value) if isinstance(name, Known) else ""
    if kind_name == "ClusterRole" and role_name == "cluster-admin":
        return Known(True, name.resource, name.path)
    namespace = namespace_of(view.resource) if kind_name == "Role" else "default"
    role = named(view.inventory, _GROUP + kind_name, role_name, namespace)
    if role is None:
        withheld = refused(view.inventory, _GROUP + kind_name) or _elsewhere(view, kind_name, role_name)
        if withheld is None:
            return Absent(view.resource, view.base)
        return Unknown(withheld.because, withheld.settle_with, name.resource, name.path)
    found = _ADMIN.read(View(role, view.inventory, table=_SEEN if running(role) else ROLE), "bool")
    return Known(True, name.resource, name.path) if isinstance(found, Known) and found.value else found


def _elsewhere(view: View, kind: str, role: str) -> Unresolved | None:
    """Return why a role that is not declared is not known; None where it comes built in, or none is there."""
    built_in = _BUILT_IN if kind == "ClusterRole" else _BUILT_IN_ROLES
    if running(view.resource) or role in built_in or role.startswith("system:"):
        return None
    return Unresolved(f"the role {role} is not declared here", "scan where it is, or the live cluster")


def _binding_facts(scope: str) -> Facts:
    return {
        **rest("role_binding", _NOT_HERE),
        "subjects": Fact(_subject_names, of=("subjects", "namespace"), default=Documented([], _RBAC)),
        "role": Fact("role", default=Documented("", _RBAC)),
        "admin": Fact(joins=_bound_admin, of=("role_kind", "role"), default=Documented(False, _RBAC)),
        "public_principal": _bound_to(_EVERYBODY),
        "unauthenticated": _bound_to(_ANYBODY),
        "scope": _scope(scope),
        "of_cluster": always(True, _RBAC),
        "tags": TAGS,
    }


FACTS: Mapping[str, Facts] = {
    _GROUP + "Role": _role_facts("namespace"),
    _GROUP + "ClusterRole": _role_facts("cluster"),
    _GROUP + "RoleBinding": _binding_facts("namespace"),
    _GROUP + "ClusterRoleBinding": _binding_facts("cluster"),
}


def _made_by_the_server(resource: Resource) -> bool:
    labels: Mapping[str, Any] = metadata(resource).get("labels") or {}
    return isinstance(labels, dict) and labels.get(_BOOTSTRAP) == "rbac-defaults"


def _as_it_was_made(view: View) -> bool:
    """Whether a binding of the API server's own still reaches only those that it was made for."""
    role, subjects = view.word("role"), view.word("subjects")
    admin = isinstance(role, Known) and role.value == "cluster-admin"
    public = name_of(view.resource) in _PUBLIC_BY_DESIGN
    match subjects:
        case Known(value=listed):
            return view.whole("subjects") and all(_is_own(each, admin, public) for each in listed)
        case Absent():
            return True
        case Unknown() | Pointer():
            return False


def _is_own(subject: Mapping[str, Any], admin: bool, public: bool) -> bool:
    name = text(subject.get("name"))
    if (admin and name != "system:masters") or (name in _ANYBODY and not public):
        return False
    if subject.get("kind") == "ServiceAccount":
        return subject.get("namespace") in SYSTEM_NAMESPACES
    return name.startswith("system:")


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `role` or `role_binding` that the object declares."""
    resource = view.resource
    if not is_object(resource):
        return
    namespaced = not resource.type.startswith(_GROUP + "Cluster")
    key, name = key_of(resource, namespaced=namespaced), name_of(resource)
    binding = resource.type.endswith("Binding")
    if not binding and running(resource):
        view = view.spelled(_SEEN)
    if not _made_by_the_server(resource) or (binding and not _as_it_was_made(view)):
        yield asset("role_binding" if binding else "role", view, FACTS[resource.type], key, name)
