"""Terraform's AWS resources, made in moto: what `terraform apply` would do, for the types that the example estate uses.

The resources are the ones that tfaudit reads from the code, so one mistake in reading would show in both planes; what
the *account* then says of them comes from moto's own idea of each service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.terraform_in_moto import access, databases, networks, stores
from tests.terraform_in_moto.account import Account, Waiting
from tfaudit.model.resources import Limits, Resource
from tfaudit.pipeline.claimed import read
from tfaudit.sources.registry import sources
from tfaudit.sources.tree.files import InputFile, Tree, discover

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.aws import Aws

NOT_MADE = {
    "aws_backup_plan": "moto wants more of it than the estate says, and no policy asks",
    "aws_backup_selection": "moto does not implement it",
    "aws_backup_vault": "no policy asks for it",
    "aws_backup_vault_lock_configuration": "moto does not implement it",
    "aws_cloudwatch_metric_alarm": "no policy asks for it",
    "aws_db_instance_automated_backups_replication": "moto does not implement it",
    "aws_efs_backup_policy": "moto does not implement it",
}


def apply(folder: Path, aws: Aws) -> Account:
    """Make what the Terraform root in `folder` declares, each resource after those that it names."""
    account = Account(aws)
    waiting = list(_resources(folder))
    while waiting:
        again: list[Resource] = []
        for resource in waiting:
            try:
                _make(resource, account)
            except Waiting:
                again.append(resource)
        assert len(again) < len(waiting), f"nobody makes what {[each.address for each in again]} wait for"
        waiting = again
    return account


def _resources(folder: Path) -> Iterator[Resource]:
    unread: list[Any] = []
    files = [each for each in discover(folder, folder, Limits()) if isinstance(each, InputFile)]
    for each in read(files, Tree(folder), sources(f.name for f in files), unread):
        assert isinstance(each, Resource), each
        if not each.type.startswith("provider"):
            yield each


def _make(resource: Resource, account: Account) -> None:
    if resource.type in NOT_MADE:
        account.left_out[resource.address] = NOT_MADE[resource.type]
        account.made[resource.address] = {
            "id": resource.address,
            "arn": resource.address,
            "name": resource.address,
        }
        return
    body = account.value(dict(resource.body), resource.address)
    account.made[resource.address] = MAKERS[resource.type](account, body)


MAKERS = {**access.MAKERS, **databases.MAKERS, **networks.MAKERS, **stores.MAKERS}
"""How each type is made; each maker returns the attributes that others may ask for."""
