"""Machines of Azure Machine Learning, clusters of them and single ones, as `node_pool` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import RESOURCE, below, raw
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down

READS = (
    "azurerm_machine_learning_compute_cluster",
    "azurerm_machine_learning_compute_instance",
    "microsoft.machinelearningservices/workspaces/computes",
)
KINDS = ("node_pool",)
ARM_TYPES = ("Microsoft.MachineLearningServices/workspaces/computes",)

_WORKSPACE = "microsoft.machinelearningservices/workspaces"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/machine_learning_compute_cluster",
    "learn.microsoft.com/azure/templates/microsoft.machinelearningservices/workspaces/computes",
)
_COMPUTE = "learn.microsoft.com/rest/api/azureml/compute/create-or-update"
_SINGLE = ("azurerm_machine_learning_compute_instance", "computeinstance")
_OWN = ("amlcompute", "computeinstance")
_MADE_OF = "properties.properties"
_SUBNET = CannotTell(
    "the security group of its subnet says who reaches its SSH", "look at the subnet's rules"
)

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "workspace": azure("machine_learning_workspace_id", "parent"),
    "what": azure(NOTHING, "properties.computeType"),
    "public_ip": azure("node_public_ip_enabled", f"{_MADE_OF}.enableNodePublicIP"),
    "subnet": azure("subnet_resource_id", f"{_MADE_OF}.subnet.id"),
    "ssh": azure("ssh_public_access_enabled", f"{_MADE_OF}.remoteLoginPortPublicAccess"),
    "password": azure("ssh.admin_password", f"{_MADE_OF}.userAccountCredentials.adminUserPassword"),
    "ssh_of_one": azure("ssh.public_key", f"{_MADE_OF}.sshSettings.sshPublicAccess"),
}
IDENTITY = (*RESOURCE, "workspace", "what")


def _opened(open_: Any, public_ip: Any, subnet: Any) -> Any:
    """Return whether the internet may try SSH, where the port is open or not."""
    if open_ is not True or switched(public_ip) is False:
        return False if open_ is False or switched(public_ip) is False else open_
    return _SUBNET if subnet is not None else True


def _of_cluster(ssh: Any, what: Any, public_ip: Any, subnet: Any) -> Any:
    """Return whether the machines of a cluster offer SSH: a template that says nothing opens it outside of networks."""
    if ssh is None and what is None:
        return None
    open_ = subnet is None if lower(ssh) in (None, "notspecified") else switched(ssh)
    return _opened(open_, public_ip, subnet)


def _of_one(ssh: Any, what: Any, public_ip: Any, subnet: Any) -> Any:
    """Return whether a single machine offers SSH: Terraform opens it by giving it a key."""
    if ssh is None:
        return None
    return _opened(True if what is None else switched(ssh), public_ip, subnet)


_BESIDE = ("what", "public_ip", "subnet")
CLUSTER: Facts = {
    "encryption.at_host": inapplicable("its workspace says whether the disks of its machines are encrypted"),
    "inline_secrets": written_down("password"),
    "public_ip": Fact(switched, of=("public_ip",), default=Documented(True, _PAGE)),
    "remote_access_open": Fact(_of_cluster, of=("ssh", *_BESIDE), default=Documented(False, _PAGE)),
    "ha.multi_zone": inapplicable("the platform places its machines"),
    "tags": TAGS,
}
SINGLE: Facts = {
    **CLUSTER,
    "remote_access_open": Fact(_of_one, of=("ssh_of_one", *_BESIDE), default=Documented(False, _COMPUTE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `node_pool` that the resource declares; what others run for a workspace is theirs to judge."""
    what = raw(view, "what")
    kind = lower(what) if isinstance(what, str) else view.resource.type
    if isinstance(what, str) and kind not in _OWN:
        return
    facts = SINGLE if kind in _SINGLE else CLUSTER
    yield asset("node_pool", view, facts, below(view, "workspace", _WORKSPACE, "computes"))
