"""How an AKS cluster is kept, as facts of it: its nodes' images, its add-ons, who signs in to it and as what it does.

Add-ons stand in a map of ARM's, by names of which Azure minds no case.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default, Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.documented import ByPlane, Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.api_versions import changed_with
from tfaudit.services.azure.choices import lower, negated, not_judged, switched, switched_off
from tfaudit.services.azure.provider import changed_in

ARM_TYPES = ("Microsoft.ContainerService/managedClusters",)

_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/kubernetes_cluster"
_FOUR = "hashicorp/azurerm/latest/docs/guides/4.0-upgrade-guide"
_IMAGES = "learn.microsoft.com/azure/aks/auto-upgrade-node-os-image"
_COMMAND = Cited(_PAGE, "learn.microsoft.com/azure/aks/access-private-cluster")
_SECRETS = Cited(_PAGE, "learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options")
_CLEANER = Cited(_PAGE, "learn.microsoft.com/azure/aks/image-cleaner")
_ROUTING = Cited(_PAGE, "learn.microsoft.com/azure/aks/http-application-routing")
_ENTRA = Cited(_PAGE, "learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id")
_IDENTITY = Cited(_PAGE, "learn.microsoft.com/azure/aks/use-managed-identity")
_AUTOMATIC = "learn.microsoft.com/azure/aks/intro-aks-automatic"

_ADD_ONS = "properties.addonProfiles"
_VAULT = "azurekeyvaultsecretsprovider"
_VAULT_TWO = "addon_profile.azure_keyvault_secrets_provider"

WORDS: Spelling = {
    # word of a cluster, then its path in Terraform and in ARM
    "node_images": azure(
        ("node_os_upgrade_channel", "node_os_channel_upgrade"),
        "properties.autoUpgradeProfile.nodeOSUpgradeChannel",
    ),
    "commands": azure("run_command_enabled", NOTHING),
    "no_commands": azure(NOTHING, "properties.apiServerAccessProfile.disableRunCommand"),
    "mounts": azure(("key_vault_secrets_provider", _VAULT_TWO), f"{_ADD_ONS}.{_VAULT}.enabled"),
    "rotates": azure(
        ("key_vault_secrets_provider.secret_rotation_enabled", f"{_VAULT_TWO}.secret_rotation_enabled"),
        f"{_ADD_ONS}.{_VAULT}.config.enableSecretRotation",
    ),
    "cleaner": azure("image_cleaner_enabled", "properties.securityProfile.imageCleaner.enabled"),
    "routing": azure(
        ("http_application_routing_enabled", "addon_profile.http_application_routing.enabled"),
        f"{_ADD_ONS}.httpapplicationrouting.enabled",
    ),
    "dashboard": azure("addon_profile.kube_dashboard.enabled", f"{_ADD_ONS}.kubedashboard.enabled"),
    "pod_identities": azure(NOTHING, "properties.podIdentityProfile.enabled"),
    "directory": azure(
        (
            "azure_active_directory_role_based_access_control",
            "role_based_access_control.azure_active_directory",
        ),
        "properties.aadProfile",
    ),
    "identity": azure("identity.type", "identity.type"),
    "principal": azure("service_principal.client_id", "properties.servicePrincipalProfile.clientId"),
}


def _automatic(mode: Any) -> bool:
    return lower(mode) == "automatic"


def _renewed(channel: Any, mode: Any) -> Any:
    """Return whether images of nodes are renewed by themselves.

    `Unmanaged` leaves it to the system on each machine: nodes that are added later start from the image as it was.
    """
    word = lower(channel)
    if word is None:
        return Said(Documented(True, _AUTOMATIC), by="mode") if _automatic(mode) else None
    known = ("none", "unmanaged", "nodeimage", "securitypatch", "")
    return word in ("nodeimage", "securitypatch") if word in known else not_judged(channel)


def _takes_commands(on: Any, off: Any) -> bool | CannotTell | None:
    return switched(on) if on is not None else negated(off)


def _rotated(rotates: Any, mounts: Any) -> Any:
    """Return whether what is mounted from a vault is read again when it has changed there."""
    if mounts is None or mounts == [] or switched_off(mounts):
        return Inapplicable("no add-on mounts secrets of a vault in it")
    return switched(rotates)


def _cleaned(cleaner: Any, mode: Any) -> Any:
    if cleaner is None and _automatic(mode):
        return Said(Documented(True, _AUTOMATIC), by="mode")
    return switched(cleaner)


def _retired(routing: Any, dashboard: Any, pod_identities: Any) -> Any:
    """Return the add-ons that are on though Azure keeps them up no longer."""
    found = {"http_application_routing": routing, "kube_dashboard": dashboard, "pod_identity": pod_identities}
    states = {name: switched(value) for name, value in found.items() if value is not None}
    if not states:
        return None
    unclear = next((state for state in states.values() if isinstance(state, CannotTell)), None)
    return unclear or [name for name, state in states.items() if state is True]


def _by_directory(view: View) -> states.Reading | Default:
    """Return whether people sign in by the directory: a block, or an object, is all that it takes."""
    found, mode = view.word("directory"), view.word("mode")
    if isinstance(found, Known):
        parts = found.value if isinstance(found.value, list) else [found.value]
        open_ = next((each for each in parts if isinstance(each, Unresolved)), None)
        if open_ is not None:
            return Unknown(open_.because, open_.settle_with, found.resource, found.path)
        if any(each is not None for each in parts):
            return Known(True, found.resource, found.path)
    elif not isinstance(found, Absent):
        return found
    if isinstance(mode, (Unknown, Pointer)):
        return mode
    if isinstance(mode, Known) and _automatic(mode.value):
        return Default(True, _AUTOMATIC, mode.resource, mode.path)
    return Absent(found.resource, found.path)


def _has_identity(type_: Any, principal: Any) -> Any:
    """Return whether it acts by an identity that Azure manages; `msi` is how its answer says so."""
    if type_ is not None and lower(type_) != "none":
        return True
    if principal is None:
        return None if type_ is None else False
    return Said(lower(principal) == "msi", by="principal")


FACTS: Facts = {
    "node_images.automatic": Fact(
        _renewed,
        of=("node_images", "mode"),
        default=ByPlane(
            terraform=changed_in(4, before=False, since=True, source=_FOUR),
            arm=changed_with("2023-06-01", False, True, _IMAGES),
        ),
    ),
    "run_command": Fact(_takes_commands, of=("commands", "no_commands"), default=Documented(True, _COMMAND)),
    "mounted_secrets.rotated": Fact(_rotated, of=("rotates", "mounts"), default=Documented(False, _SECRETS)),
    "images_cleaned": Fact(_cleaned, of=("cleaner", "mode"), default=Documented(False, _CLEANER)),
    "retired_add_ons": Fact(
        _retired, of=("routing", "dashboard", "pod_identities"), default=Documented([], _ROUTING)
    ),
    "auth.iam": Fact(joins=_by_directory, of=("directory", "mode"), default=Documented(False, _ENTRA)),
    "managed_identity": Fact(
        _has_identity, of=("identity", "principal"), default=Documented(False, _IDENTITY)
    ),
}
