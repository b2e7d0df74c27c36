"""Container images by their references: registry, tag, digest, and whether a reference names a fixed version."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts

PAGE = "kubernetes.io/docs/concepts/containers/images/#image-names"
"""What a reference that names no registry or no tag comes to."""


@lru_cache(maxsize=4096)
def image(reference: str) -> tuple[str, str, str]:
    """Return registry, tag and digest of an image reference, "" for what it does not say."""
    named, _, digest = reference.strip().partition("@")
    path, _, last = named.rpartition("/")
    tag = last.partition(":")[2]
    start = path.partition("/")[0]
    registry = start if "." in start or ":" in start or start == "localhost" else "docker.io"
    return registry, tag, digest


def pinned(reference: Any) -> bool | None:
    """Return whether a reference names a version that stays: a digest, or a tag other than latest; None for none."""
    if reference is None:
        return None
    _, tag, digest = image(str(reference))
    return bool(digest) or tag not in ("", "latest")


def registry(reference: Any) -> str | None:
    """Return the registry that a reference names; None for none."""
    return None if reference is None else image(str(reference))[0]


IMAGE: Facts = {
    "image": Fact("image", default=Documented("", PAGE)),
    "image.pinned": Fact(pinned, of=("image",), default=Documented(False, PAGE)),
    "image.registry": Fact(registry, of=("image",), default=Documented("docker.io", PAGE)),
}
"""What the image of a container says, which stands at the word `image`."""
