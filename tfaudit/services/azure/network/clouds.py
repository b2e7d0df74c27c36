"""Ends of the names that Azure gives, in its other clouds: that of the government of the USA, and that of China.

learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure
learn.microsoft.com/azure/private-link/private-endpoint-dns
learn.microsoft.com/azure/china/resources-developer-guide
"""

from __future__ import annotations

from functools import cache

_ELSEWHERE = {
    # an end in the public cloud, then the same in the government's and in China's
    "core.windows.net": ("core.usgovcloudapi.net", "core.chinacloudapi.cn"),
    "database.windows.net": ("database.usgovcloudapi.net", "database.chinacloudapi.cn"),
    "database.azure.com": ("database.usgovcloudapi.net", "database.chinacloudapi.cn"),
    "cache.windows.net": ("cache.usgovcloudapi.net", "cache.chinacloudapi.cn"),
    "servicebus.windows.net": ("servicebus.usgovcloudapi.net", "servicebus.chinacloudapi.cn"),
    "vault.azure.net": ("vault.usgovcloudapi.net", "vault.azure.cn"),
    "vaultcore.azure.net": ("vaultcore.usgovcloudapi.net", "vaultcore.azure.cn"),
    "documents.azure.com": ("documents.azure.us", "documents.azure.cn"),
    "cosmos.azure.com": ("cosmos.azure.us", "cosmos.azure.cn"),
    "azurewebsites.net": ("azurewebsites.us", "chinacloudsites.cn"),
    "azurecontainerapps.io": ("azurecontainerapps.us", "azurecontainerapps.cn"),
    "azure-api.net": ("azure-api.us", "azure-api.cn"),
    "cloudapp.azure.com": ("cloudapp.usgovcloudapi.net", "cloudapp.chinacloudapi.cn"),
    "trafficmanager.net": ("usgovtrafficmanager.net", "trafficmanager.cn"),
    "azurefd.net": ("azurefd.us",),
    "azureedge.net": ("azureedge.us", "azureedge.cn"),
}
_REGIONS = (("usgov", 0), ("usdod", 0), ("china", 1))
"""How the names of regions begin, and which of the two clouds has them."""


@cache
def everywhere(suffixes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ends of names with what they are in the other clouds: `blob.core.windows.net` in three."""
    found = list(suffixes)
    for each in suffixes:
        for end, others in _ELSEWHERE.items():
            if each == end or each.endswith(f".{end}"):
                found += [each.removesuffix(end) + other for other in others]
    return tuple(dict.fromkeys(found))


def ends_with(host: str, *suffixes: str) -> bool:
    """Whether a host, in small letters, ends with one of the ends of names, in whichever cloud."""
    return host.endswith(tuple(f".{each}" for each in everywhere(suffixes)))


def in_region(suffix: str, location: str) -> str:
    """Return what an end of names is in the cloud that has a region: `usgovvirginia`, `chinanorth2`."""
    region = location.replace(" ", "").lower()
    for begin, cloud in _REGIONS:
        if region.startswith(begin):
            return _ELSEWHERE.get(suffix, (suffix, suffix))[cloud]
    return suffix
