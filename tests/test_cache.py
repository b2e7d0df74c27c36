"""Only what this user has kept under this very key is recalled; whatever else lies in a cache folder is ignored."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.caches import store
from tfaudit import cache as caching
from tfaudit import own_modules
from tfaudit.cache import SECRET_FILE, Cache, Store, opened

KEY, OTHER = "a" * 40, "b" * 40


def keep(made: Store | None, name: str, key: str, content: bytes) -> None:
    cache = Cache(made, name)
    cache.put(key, content)
    cache.trim()


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    """A store that holds b"one" and b"two" under two keys of one kind."""
    made = store(tmp_path)
    cache = Cache(made, "things")
    cache.put(KEY, b"one")
    cache.put(OTHER, b"two")
    cache.trim()
    return made


def entry(made: Store, key: str = KEY) -> Path:
    return made.folder / "things" / key


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_kept_is_found_by_the_next_scan_and_is_for_this_user_alone(
    kept: Store, tmp_path: Path
) -> None:
    assert Cache(store(tmp_path), "things").get(KEY) == b"one"
    assert mode(kept.folder / "things") == mode(kept.folder) == mode(kept.settings) == 0o700
    assert mode(entry(kept)) == mode(kept.settings / SECRET_FILE) == 0o600
    assert {each.name for each in (kept.folder / "things").iterdir()} == {KEY, OTHER}


def planted(path: Path, _: Store) -> None:
    """Put down what a stranger would keep: with a secret of the stranger's own."""
    stranger = store(path.parents[2] / "stranger")
    keep(stranger, "things", KEY, b"planted")
    shutil.copy(entry(stranger), path)


def swapped(path: Path, made: Store) -> None:
    shutil.copy(entry(made, OTHER), path)


def of_another_kind(path: Path, made: Store) -> None:
    keep(made, "others", KEY, b"of another kind")
    shutil.copy(made.folder / "others" / KEY, path)


def truncated(path: Path, _: Store) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path, _: Store) -> None:
    path.write_bytes(b"")


def lengthened(path: Path, _: Store) -> None:
    path.write_bytes(path.read_bytes() + b"!")


def huge(path: Path, _: Store) -> None:
    with path.open("r+b") as stream:
        stream.truncate(1 << 40)


def linked(path: Path, _: Store) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def fifo(path: Path, _: Store) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path, _: Store) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "put", [planted, swapped, of_another_kind, truncated, emptied, lengthened, huge, linked, fifo, folder]
)
def test_what_is_not_this_users_entry_of_this_key_is_ignored(
    kept: Store, put: Callable[[Path, Store], None]
) -> None:
    put(entry(kept), kept)
    assert Cache(kept, "things").get(KEY) is None


def test_another_version_of_the_code_believes_nothing_of_before(
    kept: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    (package / "services").mkdir(parents=True)
    module = package / "services" / "one.py"
    module.write_text("A = 1\n")
    monkeypatch.setattr(own_modules, "PACKAGE", str(package))
    monkeypatch.setattr(caching, "PACKAGE", str(package))
    caching.made_by.cache_clear()
    before = caching.made_by()
    times = module.stat()
    module.write_text("A = 2\n")
    os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))
    own_modules.looked_at.cache_clear()
    caching.made_by.cache_clear()
    try:
        assert caching.made_by() != before
        assert Cache(kept, "things").get(KEY) is None
    finally:
        monkeypatch.undo()
        caching.made_by.cache_clear()
    assert Cache(kept, "things").get(KEY) == b"one"


@pytest.mark.parametrize("inside", ["cache", "settings"])
@pytest.mark.parametrize("link", [False, True])
def test_nothing_is_kept_where_the_cache_or_the_secret_lies_in_what_is_scanned(
    tmp_path: Path, inside: str, link: bool
) -> None:
    tree = tmp_path / "tree"
    for name in ("tree/cache", "tree/settings", "cache", "settings"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    places = {name: tmp_path / name for name in ("cache", "settings")}
    if link:  # written outside, and a link into the tree
        places[inside].rmdir()
        places[inside].symlink_to(tree / inside)
    else:
        places[inside] = tree / inside
    assert opened(places["cache"], places["settings"], [tree]) is None
    assert opened(places["cache"], places["settings"], [tmp_path / "another"]) is not None


def test_a_folder_of_the_tree_that_links_out_of_it_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "precious").mkdir()
    (tmp_path / "tree/cache").symlink_to(tmp_path / "precious")
    assert opened(tmp_path / "tree/cache", tmp_path / "settings", [tmp_path / "tree"]) is None


def readable_by_all(settings: Path) -> None:
    (settings / SECRET_FILE).chmod(0o644)


def too_short(settings: Path) -> None:
    (settings / SECRET_FILE).write_bytes(b"")


def a_link(settings: Path) -> None:
    (settings / SECRET_FILE).rename(settings / "other")
    (settings / SECRET_FILE).symlink_to(settings / "other")


@pytest.mark.parametrize("spoil", [readable_by_all, too_short, a_link])
def test_a_secret_that_others_may_know_is_made_anew(kept: Store, spoil: Callable[[Path], None]) -> None:
    spoil(kept.settings)
    again = opened(kept.folder, kept.settings, [])
    assert again is not None
    assert again.secret != kept.secret
    assert mode(kept.settings / SECRET_FILE) == 0o600
    assert not (kept.settings / SECRET_FILE).is_symlink()
    assert Cache(again, "things").get(KEY) is None


def test_a_folder_of_settings_that_others_may_write_holds_no_secret(tmp_path: Path) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings").chmod(0o777)
    assert opened(tmp_path / "cache", tmp_path / "settings", []) is None


def test_without_a_place_for_the_secret_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("a file, not a folder")
    assert opened(tmp_path / "cache", tmp_path / "settings", []) is None
    keep(None, "things", KEY, b"one")
    assert Cache(None, "things").get(KEY) is None


def test_a_folder_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    made = store(tmp_path)
    (tmp_path / "precious").mkdir()
    made.folder.mkdir()
    (made.folder / "things").symlink_to(tmp_path / "precious")
    keep(made, "things", KEY, b"one")
    assert list((tmp_path / "precious").iterdir()) == []


def test_the_oldest_go_first_where_it_grows_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "MAX_BYTES", 2500)
    cache = Cache(store(tmp_path), "things")
    for number in range(4):
        cache.put(f"{number:040}", os.urandom(1000))
        cache.trim()
        os.utime(tmp_path / f"cache/things/{number:040}", (number + 1, number + 1))
    cache.trim()
    assert [each for each in range(4) if cache.get(f"{each:040}") is not None] == [2, 3]


def test_what_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    settings = tmp_path / "settings"
    (settings / SECRET_FILE).mkdir(parents=True)
    for _ in range(2):
        assert opened(tmp_path / "cache", settings, []) is None
    assert [each.name for each in settings.iterdir()] == [SECRET_FILE]
    made = store(tmp_path / "other")
    (made.folder / "verdicts" / "key").mkdir(parents=True)
    (made.folder / "verdicts").chmod(0o700)
    cache = Cache(made, "verdicts")
    cache.put("key", b"content")
    cache.trim()
    assert [each.name for each in (made.folder / "verdicts").iterdir()] == ["key"]


def test_a_large_entry_is_compressed_and_every_size_comes_back_as_it_was(tmp_path: Path) -> None:
    made = store(tmp_path)
    for number, size in enumerate((0, 1, 99_999, 100_000, 3_000_000)):
        keep(made, "things", f"{number:040}", b"x" * size)
        assert Cache(made, "things").get(f"{number:040}") == b"x" * size
    assert entry(made, f"{4:040}").stat().st_size < 100_000
    assert not any(b"xxxxxxxx" in each.read_bytes() for each in (made.folder / "things").iterdir())
