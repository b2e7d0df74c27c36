"""Results kept between scans, each under a seal that only this user can make: what somebody planted is ignored.

What is scanned may bring a cache along, or links to one. So no entry is believed without its seal, made with a secret
of the user's own and bound to the entry's key and kind; and where the cache or the secret would lie inside of what is
scanned, nothing is kept at all. Only what is believed is parsed, as marshal data.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from msgspec import Struct

from tfaudit import __version__
from tfaudit.cache_packs import MOST, PREFIX, Packs, packed
from tfaudit.own_files import OTHERS, own_content, put_own
from tfaudit.own_modules import PACKAGE, below
from tfaudit.sealing import OVERHEAD, SECRET_BYTES, seal, unsealed

MAX_BYTES = 500_000_000
MAX_ENTRY_BYTES = 200_000_000
SECRET_FILE = "cache-secret"
FEW = 8
"""As many entries are written as files of their own; more at once go into packs."""
_PACK_BYTES = 8_000_000
"""When so much waits to be written, it is."""
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@lru_cache(maxsize=1)
def made_by() -> str:
    """Return what changes whenever the code does that makes results: tfaudit's own, Python, the installed packages.

    Every module counts with its size, inode and both of its times. No installer and no copy can set the time of the
    last change of a file (`ctime`), so that an upgrade which keeps the times of modification is seen as well; to read
    the modules would take ten times as long. Whatever installs a package changes the folder that holds it.
    """
    found = sorted(_state(path, seen) for path, seen in below(PACKAGE))
    for folder in sys.path:
        if folder.endswith("-packages"):
            with suppress(OSError):
                found.append(_state(folder, os.stat(folder)))  # noqa: PTH116
    stated = repr((__version__, sys.version, sys.implementation.cache_tag, found))
    return hashlib.blake2b(stated.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


def _state(path: str, seen: os.stat_result) -> tuple[Any, ...]:
    return path, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino


class Store(Struct, frozen=True):
    """A cache folder, and the secret of the user's own from `settings` that its entries are sealed with."""

    folder: Path
    settings: Path
    secret: bytes

    def __repr__(self) -> str:
        """Tell where it is, without the secret."""
        return f"Store({self.folder}, {self.settings})"

    def outside(self, tree: Path) -> bool:
        """Whether neither the cache nor the secret lies in `tree`, as written or with links resolved."""
        top = Path(os.path.realpath(tree))
        written = (Path(os.path.abspath(each)) for each in (self.folder, self.settings))  # noqa: PTH100 - no links
        resolved = (Path(os.path.realpath(each)) for each in (self.folder, self.settings))
        return not any(each.is_relative_to(top) for each in (*written, *resolved))


def opened(folder: Path, settings: Path, trees: Iterable[Path]) -> Store | None:
    """Return the store in `folder` with the secret in `settings`, which is made where there is none.

    None where that cannot be, and where one of the two lies in one of `trees`: a scan is slower then, and no worse.
    """
    store = Store(folder, settings, b"")
    if not all(store.outside(each) for each in trees):
        return None
    try:
        secret = _secret(settings) or _new_secret(settings)
    except OSError:
        return None
    return Store(folder, settings, secret) if secret else None


def _secret(settings: Path) -> bytes | None:
    """Return the secret; None where there is none that this user alone can have made and read."""
    try:
        seen = settings.stat()
        if seen.st_uid != os.geteuid() or seen.st_mode & _OTHERS_WRITE:
            return None
        secret = own_content(settings / SECRET_FILE, SECRET_BYTES)
    except OSError:
        return None
    return secret if secret is not None and len(secret) == SECRET_BYTES else None


def _new_secret(settings: Path) -> bytes | None:
    settings.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Of two scans that do this at once, one seals what nobody will read.
    put_own(settings, SECRET_FILE, f"{SECRET_FILE}-", os.urandom(SECRET_BYTES))
    return _secret(settings)


class Cache:
    """The results of one kind by key; without a store it keeps nothing."""

    def __init__(self, store: Store | None, name: str) -> None:
        """Use the folder `name` of the store, which is made when something is first kept."""
        self._folder = store.folder / name if store is not None else None
        self._secret = store.secret if store is not None else b""
        self._name = name
        self._written = 0
        self._packs: Packs | None = None
        self._sealed: list[tuple[str, bytes]] = []
        self._waiting = 0
        self._queue: SimpleQueue[tuple[str, bytes] | None] | None = None
        self._writer: Thread | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing can be found in it."""
        return self._folder is None or not self._folder.is_dir()

    def get(self, key: str) -> bytes | None:
        """Return what was kept under `key`; None where that is nothing, damaged, or not sealed for this very key."""
        if self._folder is None:
            return None
        try:
            data = own_content(self._folder / key, MAX_ENTRY_BYTES)
        except OSError:
            data = self._of_a_pack(key)
        return unsealed(self._secret, self._bound_to(key), data) if data is not None else None

    def put(self, key: str, content: bytes) -> None:
        """Keep `content`; a folder that cannot be written is no reason to fail.

        A thread writes it: files are slow to make, and nobody waits for one. `trim` waits for all.
        """
        if self._folder is None or len(content) > MAX_ENTRY_BYTES - OVERHEAD:
            return
        if self._queue is None:
            self._queue = SimpleQueue()
            self._writer = Thread(target=self._write_all, args=(self._queue,), daemon=True)
            self._writer.start()
        self._queue.put((key, content))

    def _of_a_pack(self, key: str) -> bytes | None:
        if self._folder is None:
            return None
        if self._packs is None:
            self._packs = Packs(self._folder, MAX_ENTRY_BYTES)
        try:
            return self._packs.get(key)
        except OSError:
            return None

    def _write_all(self, queue: SimpleQueue[tuple[str, bytes] | None]) -> None:
        while (entry := queue.get()) is not None:
            key, content = entry
            data = seal(self._secret, self._bound_to(key), content)
            self._sealed.append((key, data))
            self._waiting += len(data)
            if len(self._sealed) >= MOST or self._waiting >= _PACK_BYTES:
                self._write()
        self._write()

    def _write(self) -> None:
        """Write what is sealed, in one file where it is much: the processor time of a scan goes by files."""
        folder, entries = self._folder, self._sealed
        self._sealed, self._waiting = [], 0
        if folder is None or not entries:
            return
        files = entries if len(entries) <= FEW else [(f"{PREFIX}{os.urandom(8).hex()}", packed(entries))]
        try:
            if not self._written:
                _make(folder)
            for name, data in files:
                put_own(folder, name, "new-", data)
                self._written += 1
            if files is not entries:
                _remove(folder, entries)
        except OSError:
            self._folder = None

    def trim(self) -> None:
        """Wait until all is written, and remove the oldest results beyond the bound on size if something was added."""
        if self._queue is not None and self._writer is not None:
            self._queue.put(None)
            self._writer.join()
            self._queue = None
        if self._folder is None or not self._written:
            return
        try:
            with os.scandir(self._folder) as entries:
                files = [(each.stat(follow_symlinks=False), each.path) for each in entries]
            found = sorted((seen.st_mtime, seen.st_size, path) for seen, path in files)
            total = sum(size for _, size, _ in found)
            for _, size, path in found:
                if total <= MAX_BYTES:
                    break
                Path(path).unlink(missing_ok=True)
                total -= size
        except OSError:
            return

    def _bound_to(self, key: str) -> bytes:
        return f"{self._name}\0{key}\0{made_by()}".encode()


def _remove(folder: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """Remove the files of earlier entries under the same keys, which would go before those in packs."""
    for key, _ in entries:
        with suppress(OSError):
            os.unlink(f"{folder}/{key}")  # noqa: PTH108 - of some hundred, most of them not there


def _make(folder: Path) -> None:
    """Make the folder, for this user alone; `OSError` where it is a link or somebody else's."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.geteuid():
        raise OSError(f"{folder} is not a folder of this user")
    if seen.st_mode & OTHERS:
        folder.chmod(0o700)
