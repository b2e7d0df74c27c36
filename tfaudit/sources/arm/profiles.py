"""The API versions that an `apiProfile` of a template stands for, by resource type in lower case.

A resource without an API version of its own has the one that the template's profile gives its type. What a profile does
not list, `latest`, and a profile that is not one of these leave it unknown. Hybrid profiles list types, the older one
gives a version for a whole provider.

learn.microsoft.com/azure/azure-resource-manager/templates/syntax, "apiProfile";
github.com/Azure/azure-rest-api-specs/tree/main/profile
"""

from __future__ import annotations

from collections.abc import Iterator

_NETWORK = (
    "connections loadbalancers localnetworkgateways networkinterfaces networksecuritygroups publicipaddresses"
    " routetables virtualnetworkgateways virtualnetworks"
)
_MACHINES = (
    "availabilitysets virtualmachines virtualmachines/extensions virtualmachinescalesets"
    " virtualmachinescalesets/extensions"
)
_DISKS = "disks snapshots"
_VAULTS = "vaults vaults/accesspolicies vaults/secrets"
_STORES = (
    "storageaccounts storageaccounts/blobservices storageaccounts/queueservices storageaccounts/tableservices"
)
_SITES = "sites sites/hostnamebindings sites/slots sites/slots/hostnamebindings"
_ALL = "*"

_PROFILES = {
    "2017-03-09-profile": (
        ("microsoft.compute", "2016-03-30", _ALL),
        ("microsoft.keyvault", "2016-10-01", _ALL),
        ("microsoft.network", "2015-06-15", _ALL),
        ("microsoft.storage", "2016-01-01", _ALL),
    ),
    "2018-03-01-hybrid": (
        ("microsoft.authorization", "2015-07-01", "roleassignments roledefinitions"),
        ("microsoft.authorization", "2016-09-01", "locks"),
        ("microsoft.authorization", "2016-12-01", "policyassignments policydefinitions"),
        ("microsoft.compute", "2017-03-30", f"{_MACHINES} {_DISKS}"),
        ("microsoft.keyvault", "2016-10-01", _VAULTS),
        ("microsoft.network", "2016-04-01", "dnszones"),
        ("microsoft.network", "2017-10-01", _NETWORK),
        ("microsoft.resources", "2018-02-01", "deployments resourcegroups"),
        ("microsoft.storage", "2016-01-01", "storageaccounts"),
        ("microsoft.web", "2016-03-01", "certificates"),
        ("microsoft.web", "2016-08-01", _SITES),
        ("microsoft.web", "2016-09-01", "serverfarms"),
    ),
    "2019-03-01-hybrid": (
        ("microsoft.authorization", "2015-07-01", "roleassignments roledefinitions"),
        ("microsoft.authorization", "2016-09-01", "locks"),
        ("microsoft.authorization", "2016-12-01", "policyassignments policydefinitions"),
        ("microsoft.compute", "2017-03-30", f"{_MACHINES} {_DISKS} images"),
        ("microsoft.eventhub", "2018-01-01-preview", "namespaces"),
        ("microsoft.insights", "2017-05-01-preview", "diagnosticsettings"),
        ("microsoft.keyvault", "2016-10-01", _VAULTS),
        ("microsoft.network", "2016-04-01", "dnszones"),
        ("microsoft.network", "2017-10-01", _NETWORK),
        ("microsoft.resources", "2018-05-01", "deployments resourcegroups"),
        ("microsoft.storage", "2017-10-01", _STORES),
        ("microsoft.web", "2018-02-01", f"{_SITES} certificates serverfarms"),
    ),
    "2020-09-01-hybrid": (
        ("microsoft.authorization", "2015-07-01", "roleassignments roledefinitions"),
        ("microsoft.authorization", "2016-09-01", "locks"),
        ("microsoft.authorization", "2016-12-01", "policyassignments policydefinitions"),
        ("microsoft.compute", "2019-07-01", _DISKS),
        ("microsoft.compute", "2020-06-01", f"{_MACHINES} images"),
        ("microsoft.insights", "2017-05-01-preview", "diagnosticsettings"),
        ("microsoft.keyvault", "2019-09-01", _VAULTS),
        ("microsoft.network", "2016-04-01", "dnszones"),
        ("microsoft.network", "2018-11-01", _NETWORK),
        ("microsoft.resources", "2019-10-01", "deployments resourcegroups"),
        ("microsoft.storage", "2019-06-01", _STORES),
        ("microsoft.web", "2018-02-01", f"{_SITES} certificates serverfarms"),
    ),
}


def version_in(profile: str, type_: str) -> str:
    """Return the API version of a resource type in a profile, in any case; "" where that is not known."""
    namespace, _, name = type_.lower().partition("/")
    return next(
        (version for types, version in _listed(profile, namespace) if name in types or _ALL in types), ""
    )


def _listed(profile: str, namespace: str) -> Iterator[tuple[list[str], str]]:
    for provider, version, types in _PROFILES.get(profile.lower(), ()):
        if provider == namespace:
            yield types.split(), version
