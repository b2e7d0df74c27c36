"""Objects that a controller deploys more from: what comes of them stands in no file of the scan, and is not judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tfaudit.model.resources import Resource

_DEPLOYS = {
    "argoproj.io/Application": "Argo CD's Application",
    "argoproj.io/ApplicationSet": "Argo CD's ApplicationSet",
    "fleet.cattle.io/GitRepo": "Fleet's GitRepo",
    "helm.cattle.io/HelmChart": "HelmChart",
    "helm.fluxcd.io/HelmRelease": "HelmRelease",
    "helm.toolkit.fluxcd.io/HelmRelease": "HelmRelease",
    "infra.contrib.fluxcd.io/Terraform": "Flux's Terraform",
    "kustomize.toolkit.fluxcd.io/Kustomization": "Flux's Kustomization",
}
_NAMED = 3


def notes(resources: Iterable[Resource]) -> Iterator[str]:
    """Yield a note on each kind of object whose deployed objects are not read."""
    found: dict[str, list[str]] = {}
    for each in resources:
        if each.type in _DEPLOYS and each.plane == "manifest":
            found.setdefault(each.type, []).append(each.address.rpartition(" ")[2])
    for type_, named in found.items():
        shown = ", ".join(each[:100] for each in named[:_NAMED])
        more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
        yield f"what {_DEPLOYS[type_]} {shown}{more} deploys is not read here: render it and scan the output"
