"""Runs a policy's examples: files whose comments say what must be found on which line.

`tests/policies/<policy id>/` holds examples in any format that a scan reads. A trailing comment

    storage_encrypted = false # expect: fail encryption.at_rest

demands exactly that finding on that line; several are separated by commas. A finding (fail or unknown) that no comment
claims, and a comment that no finding meets, are both problems. A file without comments has `<file>.expected.yaml`
beside it: a list of `{outcome, setting, address}`. `live_*.json` holds API answers:
`{"resources": [{"type", "address", "body"}]}`; of Azure, with `"dialect": "arm"`, `asked` names the types that were
asked for beside a resource. `{"azure": [{"id", "properties"}], "asked": [types]}` holds what Resource Graph told, and
is read as a scan of a subscription reads it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tfaudit.errors import PolicyError
from tfaudit.model.resources import Place, Resource, Unresolved
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import LEFT_OVER, Outcome, Policy, Scanned, Verdict
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.live import listings
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet
from tfaudit.services.needs import asked_for
from tfaudit.sources.live.aws.collect import joined

_EXPECT = re.compile(r"(?:#|//)\s*expect:\s*(.+)$")
_ONE = re.compile(r"\s*(fail|unknown|error)\s+([\w./-]+)\s*")
_FINDINGS = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.ERROR)
_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
NEEDED = (Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN)


class Tested(Struct):
    """One example: the outcomes that its policy gave, and what is wrong with them.

    `spelled` are the outcomes by the type of what was judged and the plane that it was read from.
    """

    policy: str
    file: str
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    spelled: Counter[tuple[str, str, Outcome]] = field(default_factory=Counter)


def run(policies: Iterable[Policy], folder: Path) -> Iterator[Tested]:
    """Yield the result of every example of `policies` below `folder`, and of a policy that lacks an outcome."""
    for policy in policies:
        seen: Counter[Outcome] = Counter()
        if LEFT_OVER in repr(policy):
            yield Tested(policy.id, "", seen, [f"{LEFT_OVER} is left over in {policy.origin}; fill it in"])
        for file in examples(folder / policy.id):
            tested = run_example(policy, file)
            seen += tested.outcomes
            yield tested
        missing = [outcome.value for outcome in NEEDED if not seen[outcome]]
        if missing:
            yield Tested(policy.id, "", seen, [f"no example that comes out {' or '.join(missing)}"])


def examples(folder: Path) -> list[Path]:
    """Return the example files (or folders that are a scan's target by themselves) of one policy."""
    if not folder.is_dir():
        return []
    return [each for each in sorted(folder.iterdir()) if not each.name.endswith((".expected.yaml", ".md"))]


def run_example(policy: Policy, file: Path) -> Tested:
    """Return what `policy` alone says of one example, compared with what the example expects."""
    result = observe(PolicySet([policy]), file)
    tested = Tested(policy.id, file.name, Counter(verdict.outcome for verdict in result.verdicts))
    tested.spelled.update(
        (each.asset.resource.type, each.asset.plane, each.outcome) for each in result.verdicts
    )
    tested.problems += [f"not read: {gap.place}: {gap.because}" for gap in result.unread]
    found = Counter(_findings(result.verdicts, by_line=_sidecar(file) is None))
    expected = Counter(_expected(file))
    tested.problems += [f"expected, not found: {' '.join(map(str, each))}" for each in expected - found]
    tested.problems += [f"found, not expected: {' '.join(map(str, each))}" for each in found - expected]
    if not expected and not tested.outcomes[Outcome.PASS]:
        tested.problems.append("nothing passes in it and nothing is expected to be found")
    return tested


def observe(policies: PolicySet, file: Path) -> ScanResult:
    """Return the verdicts of `policies` on one example."""
    options = Options(policies)
    if file.name.startswith("live") and file.suffix == ".json":
        resources = _asked_for(recorded(json.loads(file.read_text("utf-8")), file.name), options)
        return conclude(Observed(resources, [], Scanned(file.name, "live", "recorded"), now()), options)
    if file.is_file():
        # An example stands for itself: what lies beside it are others.
        options = replace(options, base=file.parent, excluded=lambda name, _: name != file.name)
    return scan(file, options)


def recorded(document: dict[str, Any], origin: str) -> list[Resource]:
    """Return the resources of a recorded live example."""
    if "azure" in document:
        return _of_azure(document["azure"], set(document.get("asked", ())))
    if "objects" in document:
        from tfaudit.sources import kubernetes

        return [kubernetes.resource_of(each, origin) for each in document["objects"]]
    return [
        Resource(
            type=each["type"],
            address=each["address"],
            body=_denied(each["body"]),
            place=Place(f"{each['type']} {each.get('region', 'eu-west-1')}"),
            plane="live",
            dialect=document.get("dialect", "api"),
            scope="aws:123456789012",
            context={
                "account": "123456789012",
                "region": each.get("region", "eu-west-1"),
                "children": each.get("asked", ""),
            },
        )
        for each in document["resources"]
    ]


def _of_azure(bodies: list[dict[str, Any]], asked: set[str]) -> list[Resource]:
    """Return what Resource Graph told, as a scan of a subscription has it; types not `asked` for are not known."""
    from tfaudit.sources.arm import ids
    from tfaudit.sources.live.azure.bodies import Links, Thing, resource

    things = [Thing(ids.type_of(each["id"]).lower(), each, "recorded", asked=asked) for each in bodies]
    links = Links(things, _SUBSCRIPTION)
    return [resource(each, links, _SUBSCRIPTION, {}) for each in things]


def _asked_for(resources: list[Resource], options: Options) -> list[Resource]:
    """Return what a scan of an account that holds `resources` would see: it makes no call that no policy needs."""
    if all(each.dialect != "api" for each in resources):
        return resources
    asked = {each.type: each for each in joined(listings(options))}
    return [
        replace(each, body=asked_for(each.body, asked[each.type].details))
        for each in resources
        if each.type in asked
    ]


def _denied(value: Any) -> Any:
    if isinstance(value, dict):
        if "@denied" in value:
            return Unresolved(f"the call is denied: {value['@denied']}", f"grant {value['@denied']}")
        return {name: _denied(inner) for name, inner in value.items()}
    return [_denied(each) for each in value] if isinstance(value, list) else value


def _findings(verdicts: Iterable[Verdict], *, by_line: bool) -> Iterator[tuple[Any, ...]]:
    for verdict in verdicts:
        if verdict.outcome in _FINDINGS:
            for setting in (verdict.setting, *verdict.also):
                place = verdict.asset.settings[setting].place if setting else verdict.asset.place
                where = (place.origin, place.line) if by_line else (verdict.asset.address,)
                yield (verdict.outcome.value, setting, *where)


def _sidecar(file: Path) -> Path | None:
    beside = file.with_name(file.name + ".expected.yaml")
    return beside if beside.exists() else None


def _expected(file: Path) -> Iterator[tuple[Any, ...]]:
    sidecar = _sidecar(file)
    if sidecar is not None:
        import yaml

        for each in yaml.safe_load(sidecar.read_text("utf-8")) or []:
            try:
                yield each["outcome"], each["setting"], each["address"]
            except (KeyError, TypeError) as error:
                raise PolicyError(f"{sidecar}: each entry needs outcome, setting and address") from error
        return
    for path in sorted(file.rglob("*")) if file.is_dir() else [file]:
        if path.is_file():
            origin = path.relative_to(file if file.is_dir() else file.parent).as_posix()
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if found := _EXPECT.search(line):
                    for each in found[1].split(","):
                        yield *_stated(each, path, number), origin, number


def _stated(words: str, path: Path, number: int) -> tuple[str, str]:
    found = _ONE.fullmatch(words)
    if found is None:
        raise PolicyError(
            f'{path}:{number}: "expect:{words}" is not "expect: fail <setting>" or "expect: unknown <setting>"'
        )
    return found[1], found[2]
