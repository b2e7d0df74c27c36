"""The same thing in several spellings must give the same assets: text or API answers in, assets out, and one assertion.

def test_a_bucket_is_the_same_on_every_plane() -> None:
    assert_same(
        {"encryption.at_rest": True, "versioning": True},
        terraform=from_terraform('resource "aws_s3_bucket" "b" { ... }'),
        cloudformation=from_cloudformation("Resources: ..."),
        api=from_api("s3.list_buckets", {"Name": "orders", "get_bucket_versioning": {"Status": "Enabled"}}),
    )
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Place, Reference, Resource, Unread, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.services.needs import calls
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.registry import sources
from tfaudit.sources.terraform.azapi import as_arm
from tfaudit.sources.tree.files import InputFile, Tree

if TYPE_CHECKING:
    from tests.servers.aws import Aws

UNKNOWN = "(unknown)"
NOT_APPLICABLE = "(not applicable)"
_ACCOUNT = {"account": "123456789012", "region": "eu-west-1", "partition": "aws"}


def from_terraform(text: str, **variables: str) -> list[Asset]:
    """Return the assets of one Terraform root, `text` being its main.tf."""
    return _assets_of_text("main.tf", text, Tree(Path(), variables=tuple(variables.items())))


def from_cloudformation(text: str, **parameters: str) -> list[Asset]:
    """Return the assets of one template, YAML or JSON."""
    name = "template.json" if text.lstrip().startswith("{") else "template.yaml"
    return _assets_of_text(name, text, Tree(Path(), parameters=tuple(parameters.items())))


def from_arm(*resources: Mapping[str, Any], **sections: Any) -> list[Asset]:
    """Return the assets of an ARM template that declares `resources`; `sections` are others of it, `parameters`."""
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    template = {"$schema": schema, "contentVersion": "1.0.0.0", **sections, "resources": list(resources)}
    return _assets_of_text("main.json", json.dumps(template, indent=2), Tree(Path()))


def from_bicep(text: str, **parameters: str) -> list[Asset]:
    """Return the assets of one Bicep file."""
    return _assets_of_text("main.bicep", text, Tree(Path(), parameters=tuple(parameters.items())))


def from_api(
    type_: str, *bodies: Mapping[str, Any], also: Iterable[tuple[str, Mapping[str, Any]]] = ()
) -> list[Asset]:
    """Return the assets of recorded answers: items of the call `type_`, and `also` items of other calls beside them.

    A detail's answer stands in the body under its operation; `denied("s3:Get...")` stands for one that was refused.
    """
    named = [*((type_, body) for body in bodies), *also]
    return _assets(_recorded(each, body, number) for number, (each, body) in enumerate(named))


def from_account(aws: Aws, *kinds: str, regions: tuple[str, ...] = ("eu-west-1",)) -> list[Asset]:
    """Return the assets of `kinds` that the account behind the test server `aws` holds, collected as a scan does.

    What moto does not know is left out.
    """
    from tfaudit.sources.live.aws import connect
    from tfaudit.sources.live.aws.session import Target

    account = connect(Target(regions=regions, endpoint=aws.url, threads=4))
    listings = calls(Registry(), "aws", frozenset(kinds) or None)
    found = [each for each in account.collect(listings) if isinstance(each, Resource)]
    return [each for each in _assets(found) if not kinds or each.kind in kinds]


def denied(action: str) -> Unresolved:
    """Return what stands in a body where the audit's role may not make a call."""
    return Unresolved(f"role/audit may not call {action}", f"grant {action}")


def values(asset: Asset, names: Iterable[str]) -> dict[str, Any]:
    """Return the value of each setting of `asset`, read or default, or `UNKNOWN` or `NOT_APPLICABLE`."""
    found: dict[str, Any] = {}
    for name in names:
        setting = asset.settings[name]
        if isinstance(setting, (Known, Default)):
            told = setting.value
            pending = isinstance(told, list) and any(
                isinstance(each, (Unresolved, Reference)) for each in told
            )
            found[name] = UNKNOWN if pending else told
        else:
            found[name] = NOT_APPLICABLE if isinstance(setting, NotApplicable) else UNKNOWN
    return found


def assert_same(expected: Mapping[str, Any], *, key: bool = True, **spellings: list[Asset]) -> None:
    """Assert that every spelling gives one asset, of one kind and key, whose settings are `expected`.

    `key=False` where some spelling cannot know the key.
    """
    identities = {}
    for spelling, found in spellings.items():
        assert len(found) == 1, f"{spelling}: {[each.address for each in found]}"
        told = values(found[0], expected)
        differing = {name: told[name] for name in expected if told[name] != expected[name]}
        assert not differing, (
            f"{spelling}: {differing}, expected { ({name: expected[name] for name in differing}) }"
        )
        identities[spelling] = (found[0].kind, found[0].key if key else "")
    assert len(set(identities.values())) == 1, identities


def assert_same_assets(names: Iterable[str], *, same_as: list[Asset], **spellings: list[Asset]) -> None:
    """Assert that every spelling gives the same assets as `same_as`: kinds, keys, and the settings `names` of each."""
    names = list(names)

    def shown(found: list[Asset]) -> list[tuple[str, str, dict[str, Any]]]:
        return sorted(((each.kind, str(each.key), values(each, names)) for each in found), key=str)

    for spelling, found in spellings.items():
        assert shown(found) == shown(same_as), f"{spelling}: {shown(found)}, expected {shown(same_as)}"


def _assets_of_text(name: str, text: str, tree: Tree) -> list[Asset]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / name).write_text(text, "utf-8")
        tree.root = root
        files = [InputFile(root, name, len(text.encode()))]
        module: Any = next(each for each in sources([files[0].name]) if each.claims(files[0]))
        return _assets(as_arm(_read(list(module.read_tree(files, tree)))))


def _recorded(type_: str, body: Mapping[str, Any], number: int) -> Resource:
    address = next((str(body[name]) for name in body if name.lower().endswith("arn")), f"{type_}[{number}]")
    place = Place(f"{type_} {_ACCOUNT['region']}", at=address)
    scope = f"aws:{_ACCOUNT['account']}"
    return Resource(type_, address, body, place, "live", "api", scope, context=_ACCOUNT)


def _read(found: Iterable[Resource | Unread]) -> list[Resource]:
    resources = list(found)
    unread = [each for each in resources if isinstance(each, Unread)]
    assert not unread, unread
    return [each for each in resources if isinstance(each, Resource)]


def _assets(resources: Iterable[Resource]) -> list[Asset]:
    found = list(assets(resources, Registry()))
    crashed = [each for each in found if isinstance(each, Unread)]
    assert not crashed, crashed
    return [each for each in found if isinstance(each, Asset)]
