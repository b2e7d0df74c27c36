"""Many entries of a cache lie in one file: each is found there, and none that this user has not sealed."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.caches import store
from tfaudit import cache as caching
from tfaudit.cache import FEW, Cache, Store
from tfaudit.cache_packs import MOST

MANY = {f"{number:040}": f"content {number}".encode() * number for number in range(FEW + 12)}


def keep(made: Store, contents: dict[str, bytes]) -> None:
    cache = Cache(made, "things")
    for key, content in contents.items():
        cache.put(key, content)
    cache.trim()


def found(made: Store, keys: dict[str, bytes] = MANY) -> dict[str, bytes]:
    cache = Cache(made, "things")
    return {key: content for key in keys if (content := cache.get(key)) is not None}


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    """A store with one pack, of `MANY`."""
    made = store(tmp_path)
    keep(made, MANY)
    return made


def pack(made: Store) -> Path:
    (path,) = (made.folder / "things").iterdir()
    return path


def test_many_entries_are_one_file_for_this_user_alone_and_each_is_found(kept: Store, tmp_path: Path) -> None:
    assert pack(kept).stat().st_mode & 0o777 == 0o600
    assert found(store(tmp_path)) == MANY
    assert Cache(kept, "things").get("of nobody") is None
    assert found(Store(kept.folder, kept.settings, b"x" * 32)) == {}


def test_what_is_kept_later_goes_before_what_was_kept_under_the_same_key(kept: Store) -> None:
    first, *_, last = MANY
    keep(kept, {first: b"new"})
    assert found(kept) == {**MANY, first: b"new"}
    again = {**MANY, first: b"newer", last: b"newer"}
    os.utime(next((kept.folder / "things").glob("pack-*")), (1, 1))
    keep(kept, again)
    assert found(kept) == again


def emptied(path: Path, _: Path) -> None:
    path.write_bytes(b"")


def headless(path: Path, _: Path) -> None:
    path.write_bytes(path.read_bytes()[1:])


def all_of_it_noise(path: Path, _: Path) -> None:
    path.write_bytes(path.read_bytes()[:8] + os.urandom(4000))


def more_than_there_are(path: Path, _: Path) -> None:
    path.write_bytes(path.read_bytes()[:8] + (1 << 31).to_bytes(4, "little"))


def a_link(path: Path, other: Path) -> None:
    path.rename(other)
    path.symlink_to(other)


def a_fifo(path: Path, _: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_folder(path: Path, _: Path) -> None:
    path.unlink()
    path.mkdir()


def readable_by_others(path: Path, _: Path) -> None:
    path.chmod(0o644)


def of_a_stranger(path: Path, other: Path) -> None:
    stranger = store(other)
    keep(stranger, MANY)
    shutil.copy(pack(stranger), path)


@pytest.mark.parametrize(
    "put",
    [
        emptied,
        headless,
        all_of_it_noise,
        more_than_there_are,
        a_link,
        a_fifo,
        a_folder,
        readable_by_others,
        of_a_stranger,
    ],
)
def test_a_file_that_is_no_pack_of_this_users_is_ignored(
    kept: Store, tmp_path: Path, put: Callable[[Path, Path], None]
) -> None:
    put(pack(kept), tmp_path / "elsewhere")
    assert found(kept) == {}


def test_whatever_becomes_of_the_bytes_of_a_pack_an_entry_is_what_was_kept_or_none(kept: Store) -> None:
    whole = pack(kept).read_bytes()
    chance = random.Random(7)  # noqa: S311 - which bytes, not a secret
    told = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.choice((chance.randrange(12 + 36 * len(MANY)), chance.randrange(len(data))))
            data[at] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        pack(kept).write_bytes(bytes(data))
        for key, content in found(kept).items():
            assert content == MANY[key]
            told += 1
    assert told > 300


def test_more_than_a_pack_may_hold_goes_into_several_and_the_oldest_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store(tmp_path)
    monkeypatch.setattr(caching, "MOST", 10)
    keep(made, MANY)
    packs = sorted((made.folder / "things").iterdir())
    assert len(packs) == 2
    assert found(made) == MANY
    assert MOST * 36 < 200_000  # what is read of a pack to find its entries
    os.utime(packs[0], (1, 1))
    monkeypatch.setattr(caching, "MAX_BYTES", packs[1].stat().st_size + 100)
    keep(made, {"one": b""})
    assert not packs[0].exists()
    assert packs[1].exists()
