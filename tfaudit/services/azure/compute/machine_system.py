"""Which operating system a machine has, and what follows from it: how people sign in, and how updates come."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import CannotTell
from tfaudit.reading.documented import Inapplicable
from tfaudit.services.azure.choices import lower, negated, switched

SYSTEM = ("linux", "windows", "os_type", "publisher")
"""The words that tell the operating system."""

_OF_WINDOWS = frozenset(
    {"microsoftwindowsserver", "microsoftwindowsdesktop", "microsoftsqlserver", "microsoftvisualstudio"}
)
_OF_LINUX = frozenset(
    {
        "almalinux",
        "canonical",
        "checkpoint",
        "cisco",
        "credativ",
        "debian",
        "erockyenterprisesoftwarefoundationinc1653071250513",
        "f5-networks",
        "fortinet",
        "kinvolk",
        "microsoftcblmariner",
        "openlogic",
        "oracle",
        "paloaltonetworks",
        "redhat",
        "resf",
        "suse",
    }
)
"""Makers of images, by what the marketplace says of theirs; firewalls and balancers are Linux there."""
PASSWORD_OF_WINDOWS = "one signs in to Windows with a password, which cannot be switched off here"
_BY_IMAGE = CannotTell(
    "whether security updates are installed is left to the image",
    "set the patch mode to AutomaticByPlatform",
)


def system(linux: Any, windows: Any, os_type: Any, publisher: Any) -> str:
    """Return "linux" or "windows"; "" where nothing says which."""
    if linux is not None:
        return "linux"
    if windows is not None:
        return "windows"
    if os_type is not None:
        return str(lower(os_type))
    maker = lower(publisher)
    return "windows" if maker in _OF_WINDOWS else "linux" if maker in _OF_LINUX else ""


def signed_in_by_password(  # noqa: PLR0913 - the words that tell it
    off: Any, attached: Any, linux: Any, windows: Any, os_type: Any, publisher: Any
) -> Any:
    """Return whether a password is enough to sign in; None for what is so by default."""
    if off is not None:
        return negated(off)
    if attached is not None:
        return CannotTell("the disk that it starts from decides how one signs in", "look at the machine")
    which = system(linux, windows, os_type, publisher)
    if which == "windows":
        return Inapplicable(PASSWORD_OF_WINDOWS)
    if which != "linux":
        return CannotTell(
            "what operating system it has is not stated", "state it, or scan the live subscription"
        )
    return None


def patched(  # noqa: PLR0913 - the words that tell it
    mode: Any, updates: Any, new_images: Any, linux: Any, windows: Any, os_type: Any, publisher: Any
) -> Any:
    """Return whether security updates are installed by themselves; None for what is so by default: Windows does."""
    if switched(new_images) is True:
        return True
    word = lower(mode)
    if word == "automaticbyplatform":
        return True
    if word == "manual" or switched(updates) is False:
        return False
    if word == "automaticbyos" or updates is not None:
        return True
    return None if system(linux, windows, os_type, publisher) == "windows" else _BY_IMAGE


def patched_linux(mode: Any, new_images: Any) -> Any:
    """Return the same of what is known to be Linux."""
    return patched(mode, None, new_images, True, None, None, None)


def patched_windows(mode: Any, updates: Any, new_images: Any) -> Any:
    """Return the same of what is known to be Windows."""
    return patched(mode, updates, new_images, None, True, None, None)


def assessed(mode: Any) -> bool | None:
    """Return whether missing updates are looked for by themselves."""
    return None if mode is None else lower(mode) == "automaticbyplatform"


def image(publisher: Any, offer: Any, sku: Any) -> str | CannotTell:
    """Return the image of the marketplace that it is made from."""
    if publisher is None:
        return CannotTell(
            "it is made from an image or a disk of your own, whose system is not stated here",
            "look at how the image was made",
        )
    return f"{publisher}:{offer}:{sku}".lower()
