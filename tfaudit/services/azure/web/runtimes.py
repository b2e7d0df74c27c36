"""Which version of which language an app runs on, as `python|3.12`: what the platform calls it, in small letters.

Terraform has a word for each language, ARM one for all on Linux and containers, and one for each on Windows.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.web.site_config import of_web

ARM_TYPES = ("Microsoft.Web/sites",)

_STACK = "site_config.application_stack"
_SITE = "properties.siteConfig"
RUNTIME_WORDS: Spelling = {
    # word, then its path in Terraform and in ARM
    "runs": azure("site_config.linux_fx_version", f"{_SITE}.linuxFxVersion"),
    "runs_on_windows": azure("site_config.windows_fx_version", f"{_SITE}.windowsFxVersion"),
    "language": azure("runtime_name", "properties.functionAppConfig.runtime.name"),
    "release": azure("runtime_version", "properties.functionAppConfig.runtime.version"),
    "image": azure((f"{_STACK}.docker_image_name", f"{_STACK}.docker.image_name"), NOTHING),
    "python": azure((f"{_STACK}.python_version", "site_config.python_version"), f"{_SITE}.pythonVersion"),
    "node": azure(f"{_STACK}.node_version", f"{_SITE}.nodeVersion"),
    "php": azure((f"{_STACK}.php_version", "site_config.php_version"), f"{_SITE}.phpVersion"),
    "java": azure((f"{_STACK}.java_version", "site_config.java_version"), f"{_SITE}.javaVersion"),
    "ruby": azure(f"{_STACK}.ruby_version", NOTHING),
    "powershell": azure(f"{_STACK}.powershell_core_version", f"{_SITE}.powerShellVersion"),
    "dotnetcore": azure(f"{_STACK}.dotnet_core_version", NOTHING),
    "dotnet": azure(
        (f"{_STACK}.dotnet_version", "site_config.dotnet_framework_version"), f"{_SITE}.netFrameworkVersion"
    ),
}
_BY_ITSELF = ("runs", "runs_on_windows")
_OFF = ("", "off")
"""What stands where a language is switched off."""
_UNSTATED = Inapplicable("it states no version of a language: its container or its platform has one")


def _runtime(*values: Any) -> Any:
    """Return the first version that is stated, by the word that states it."""
    stated = dict(zip(RUNTIME_WORDS, values, strict=True))
    if stated["language"] is not None and stated["release"] is not None:
        return Said(f"{stated['language']}|{stated['release']}".lower(), by="release")
    for word, value in stated.items():
        if word in ("language", "release"):
            continue
        text = "" if value is None else str(value).strip().lower()
        if text in _OFF:
            continue
        if word == "image" or text.startswith(("docker|", "compose|", "sitecontainers")):
            return Said(Inapplicable("it runs a container, which has its own"), by=word)
        return Said(text if word in _BY_ITSELF else f"{word}|{text}", by=word)
    return None


_OWN = Fact(_runtime, of=tuple(RUNTIME_WORDS), default=_UNSTATED)


def _joined(view: View) -> Any:
    """Return what the app states, or the configuration `web` beside it for all languages."""
    if all(isinstance(view.word(each), Absent) for each in RUNTIME_WORDS):
        for word in _BY_ITSELF:
            match of_web(view, word):
                case Known(value=value, resource=resource, path=path) if str(value).strip():
                    answer = _runtime(*(value if each == word else None for each in RUNTIME_WORDS))
                    return Known(answer.value, resource, path)
                case Unknown() as unknown:
                    return unknown
                case Pointer(unknown=unknown):
                    return unknown
                case _:
                    pass
    return _OWN.read(view, "str")


def runtime() -> Fact:
    """Return the fact `runtime` of an app."""
    return Fact(joins=_joined, of=(*RUNTIME_WORDS, "name"), default=_UNSTATED)
