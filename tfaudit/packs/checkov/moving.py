"""`.checkov.yaml` and `.checkov.baseline` as a `tfaudit.yaml` that asks for the same, with what has no counterpart.

docs of checkov, "CLI Command Reference" and "Suppressing and Skipping Policies": `check` and `skip-check` take ids with
`*` and severities, `skip-path` regular expressions that are searched for in paths, a baseline names resources and ids.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from tfaudit import yaml_files
from tfaudit.errors import UsageError
from tfaudit.model.verdicts import Severity
from tfaudit.packs.checkov.formats import PATTERNS
from tfaudit.packs.checkov.naming import addresses
from tfaudit.patterns import alike

CONFIGURATIONS = (".checkov.yaml", ".checkov.yml", ".checkov_config.yaml")
"""What checkov looks for, and the name that many modules give to what they name by `--config-file`."""
BASELINE = ".checkov.baseline"
_SEVERITIES = ("LOW", "MEDIUM", "HIGH", "CRITICAL")
_FORMATS = ("terraform", *PATTERNS)
_AS = {
    "terraform_plan": "terraform",
    "terraform_json": "terraform",
    "helm": "kubernetes",
    "kustomize": "kubernetes",
}
_RENDERED = {
    "helm": "tfaudit starts no helm; scan what helm template writes",
    "kustomize": "tfaudit starts no kustomize; scan what kustomize build writes",
}
_PLAIN = re.compile(r"[\w./ @-]*")
_MAX_BASELINE = 20_000_000
# What says how checkov runs or writes, and nothing about what counts.
_SILENT = frozenset(
    {"directory", "compact", "quiet", "branch", "skip-download", "no-guide", "evaluate-variables", "summary-position",
     "create-config", "show-config", "external-modules-download-path",
     "secrets-scan-file-type", "enable-secret-scan-all-files", "skip-resources-without-violations", "config-file"}
)  # fmt: skip
_ADVICE = {
    "output": "tfaudit writes what -o asks for: sarif, junit, json ...",
    "output-file-path": "tfaudit writes what -o asks for: -o sarif=FILE",
    "external-checks-dir": "code and checks are named by who runs the scan: --external-checks-dir FOLDER",
    "external-checks-git": "tfaudit downloads no checks: check them out, and name the folder",
    "download-external-modules": "tfaudit downloads no modules: map them under terraform.modules",
    "hard-fail-on": "the exit code goes by severity alone: gate.fail_on",
    "bc-api-key": "tfaudit has no platform",
    "repo-id": "tfaudit has no platform",
    "skip-cve-package": "tfaudit does not look for vulnerable packages",
    "docker-image": "tfaudit does not look into images",
    "repo-root-for-plan-enrichment": "a plan is judged with the code that lies beside it",
}


class Known(Struct, frozen=True):
    """What there is to choose from: the checks with our severities, and for each the policies that judge the same."""

    checks: Mapping[str, Severity]
    same: Mapping[str, tuple[str, ...]]


class Moved(Struct):
    """A configuration as it is to be written, and sentences on what has no counterpart."""

    document: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the configuration as YAML, with the notes as comments above it."""
        import yaml

        head = [f"# Made by tfaudit init --from checkov, from {' and '.join(self.read)}."]
        head += [f"# Without counterpart: {each}" for each in self.notes]
        body = yaml.safe_dump(self.document, sort_keys=False, allow_unicode=True, width=110)
        return "\n".join([*head, body])


def moved(folder: Path, known: Known, below: str = "") -> Moved:
    """Return what the files of checkov in `folder` ask for; `below` is where that lies in its work tree.

    Raises `UsageError` where there is none, `PolicyError` for one that is no YAML.
    """
    found = Moved({"packs": ["checkov"]})
    for name in _configurations(folder, found)[:1]:
        stated = yaml_files.read(folder / name) or {}
        if not isinstance(stated, dict):
            raise UsageError(f"{folder / name}: it is no map of options; mend it")
        found.read.append(name)
        _Options(found, known).take({str(key): value for key, value in stated.items()})
    named = found.document.pop("baseline", None)
    baseline = folder / str(named or BASELINE)
    if baseline.is_file():
        found.read.append(baseline.name)
        waivers = list(_waivers(_baseline(baseline), known, baseline.name, below))
        if waivers:
            found.document["waivers"] = waivers
    elif named:
        found.notes.append(f"baseline: {named} is not there")
    if not found.read:
        raise UsageError(
            f"{folder}: neither {CONFIGURATIONS[0]} nor {BASELINE} is there; name the folder that has one"
        )
    return found


def _configurations(folder: Path, found: Moved) -> list[str]:
    """Return what there is of checkov's own names, else one of another name; several of those are noted."""
    usual = [name for name in CONFIGURATIONS if (folder / name).is_file()]
    if usual:
        return usual
    named = sorted(each.name for each in folder.glob(".checkov*.y*ml") if each.is_file())
    if len(named) > 1:
        found.notes.append(f"{', '.join(named)}: one of them is {CONFIGURATIONS[0]}; give it that name")
        return []
    return named


class _Options:
    """Takes over the options of one file."""

    def __init__(self, found: Moved, known: Known) -> None:
        self._found = found
        self._known = known

    def take(self, stated: Mapping[str, Any]) -> None:
        """Take over each option, or note that there is nothing like it."""
        for name, value in stated.items():
            handler = getattr(self, "_" + name.replace("-", "_"), None)
            if handler is not None:
                handler(_listed(value))
            elif value in (None, False, "", []):
                continue  # it asks for nothing
            elif name in _ADVICE:
                self._note(name, _ADVICE[name])
            elif name not in _SILENT:
                self._note(name, "tfaudit has nothing like it")

    def _note(self, name: str, says: str) -> None:
        self._found.notes.append(f"{name}: {says}")

    def _ids(self, name: str, asked: Sequence[str]) -> list[str]:
        """Return the ids that are asked for, wildcards in full."""
        ids: dict[str, None] = {}
        for each in asked:
            if each.upper() in _SEVERITIES:
                self._note(
                    name, f"{each}: checkov has severities with an account only; set gate.fail_on instead"
                )
                continue
            matches = [id_ for id_ in self._known.checks if alike(each, id_)]
            if not matches:
                self._note(name, f"{each} is none of checkov's checks that the pack knows")
            ids.update(dict.fromkeys(matches))
        return list(ids)

    def _check(self, asked: list[str]) -> None:
        ids = self._ids("check", asked)
        ours = [policy for id_ in ids for policy in self._known.same.get(id_, ())]
        if ids:
            self._policies()["only"] = list(dict.fromkeys([*ids, *ours]))

    def _skip_check(self, asked: list[str]) -> None:
        ids = self._ids("skip-check", asked)
        skipped = set(ids)
        judges: dict[str, list[str]] = {}
        for rule, policies in self._known.same.items():
            for policy in policies:
                judges.setdefault(policy, []).append(rule)
        # A policy of ours goes only where every rule that judges the same is skipped.
        ours = [policy for policy, rules in judges.items() if skipped.issuperset(rules)]
        if ids:
            self._policies()["exclude"] = [*ids, *sorted(ours)]

    def _policies(self) -> dict[str, Any]:
        section: dict[str, Any] = self._found.document.setdefault("policies", {})
        return section

    def _skip_path(self, asked: list[str]) -> None:
        patterns = []
        for each in asked:
            pattern = _glob(each)
            if pattern:
                patterns.append(pattern)
            else:
                self._note(
                    "skip-path",
                    f"{each} is a regular expression; write it as .gitignore would, under exclude",
                )
        if patterns:
            self._found.document["exclude"] = patterns

    def _framework(self, asked: list[str]) -> None:
        formats: dict[str, None] = {}
        for each in asked:
            name = _AS.get(each, each)
            if name == "all":
                return
            if each in _RENDERED:
                self._note("framework", f"{each}: {_RENDERED[each]}")
            if name in _FORMATS:
                formats[name] = None
            else:
                self._note("framework", f"{each} is not among the formats that the pack judges")
        if formats:
            self._found.document["pack_formats"] = list(formats)

    def _skip_framework(self, asked: list[str]) -> None:
        left = [each for each in _FORMATS if each not in asked]
        self._found.document["pack_formats"] = left

    def _var_file(self, asked: list[str]) -> None:
        self._found.document.setdefault("terraform", {})["variable_files"] = asked

    def _soft_fail(self, asked: list[str]) -> None:
        if asked == ["True"]:
            self._found.document.setdefault("gate", {})["fail_on"] = "never"

    def _soft_fail_on(self, asked: list[str]) -> None:
        ranks = [_SEVERITIES.index(each.upper()) for each in asked if each.upper() in _SEVERITIES]
        if ranks:
            above = max(ranks) + 1
            level = _SEVERITIES[above].lower() if above < len(_SEVERITIES) else "never"
            self._found.document.setdefault("gate", {})["fail_on"] = level
        ids = [each for each in asked if each.upper() not in _SEVERITIES]
        if ids:
            self._note(
                "soft-fail-on", f"{', '.join(ids)}: the gate goes by severity; set theirs under severities"
            )

    def _baseline(self, asked: list[str]) -> None:
        self._found.document["baseline"] = asked[0] if asked else BASELINE


def _listed(value: Any) -> list[str]:
    """Return an option's values: a list, or a text with commas."""
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return [part for each in value for part in _listed(each)]
    return [part.strip() for part in str(value).split(",") if part.strip()]


def _glob(pattern: str) -> str:
    """Return a regular expression over paths as a pattern of .gitignore; "" for one that is more than that."""
    anchored = pattern.startswith(("^", "/"))
    text = pattern.removeprefix("^").removeprefix("/").removesuffix("$")
    text = text.replace("\\.", ".").replace(".*", "*").replace("[^/]*", "*")
    if not text or not _PLAIN.fullmatch(text.replace("*", "")):
        return ""
    text = text.rstrip("/")
    if anchored:
        return f"/{text}"
    # It is searched for: any name that holds it counts.
    return text if "/" in text or "*" in text else f"*{text}*"


def _baseline(path: Path) -> Any:
    try:
        if path.stat().st_size > _MAX_BASELINE:
            raise UsageError(f"{path}: over {_MAX_BASELINE // 1_000_000} MB; make a smaller baseline")
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: it is no baseline of checkov: {error}; write it again") from error


def _waivers(document: Any, known: Known, name: str, below: str) -> Iterator[dict[str, str]]:
    """Yield a waiver for each finding of a baseline, and for the policies of ours that judge the same.

    A name may stand in many files: a check is waived where the baseline says, a policy of ours, which may find the
    fault in a neighbour of the resource, in that folder.
    """
    answer: set[tuple[str, str, str]] = set()
    for file in document.get("failed_checks", ()) if isinstance(document, dict) else ():
        at = str(file.get("file", "")) if isinstance(file, dict) else ""
        path = posixpath.normpath(posixpath.join(below, at.lstrip("/"))) if at else ""
        folder = posixpath.dirname(path)
        for finding in _maps(file.get("findings", ()) if isinstance(file, dict) else ()):
            theirs, *parts = addresses(str(finding.get("resource", "")), at)
            for id_ in map(str, finding.get("check_ids", ())):
                around = f"{folder}/*" if folder else ""
                ours = [
                    (each, asset, around) for each in known.same.get(id_, ()) for asset in (theirs, *parts)
                ]
                for policy, asset, where in ((id_, theirs, path), *ours):
                    if asset and (policy, asset, where) not in answer:
                        answer.add((policy, asset, where))
                        yield _waiver(policy, asset, where, name)


def _waiver(policy: str, resource: str, path: str, name: str) -> dict[str, str]:
    found = {"policy": policy, "asset": resource, "path": path}
    found |= {"reason": f"accepted in {name} of checkov", "owner": "checkov's baseline"}
    return {key: value for key, value in found.items() if value}


def _maps(found: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    return (each for each in found if isinstance(each, dict))
