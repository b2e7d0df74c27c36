"""`tfaudit evidence verify|keygen`, and `-o bundle=FILE` of every scanning command."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from tfaudit.errors import UsageError
from tfaudit.foreign import plain, visible

if TYPE_CHECKING:
    from tfaudit.evidence.verify import Verification


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    commands = parser.add_subparsers(metavar="verify|keygen", required=True)
    verify = commands.add_parser("verify", help="check a bundle offline", allow_abbrev=False)
    verify.add_argument("bundle", metavar="BUNDLE")
    verify.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="FILE",
        help="a trusted public key (PEM); may be repeated",
    )
    verify.add_argument("--previous", metavar="BUNDLE", help="the bundle that it must follow")
    verify.add_argument(
        "--allow-unsigned", action="store_true", help="whole is enough, signed by nobody will do"
    )
    verify.set_defaults(run=run_verify)
    keygen = commands.add_parser("keygen", help="make an Ed25519 key that signs bundles", allow_abbrev=False)
    keygen.add_argument(
        "file", metavar="FILE", help="the private key goes to FILE, the public one to FILE.pub"
    )
    keygen.set_defaults(run=run_keygen)


def run_verify(arguments: argparse.Namespace) -> int:
    """Print what a bundle says and what is wrong with it; exit code 0 where it is whole and its signer is known."""
    from tfaudit.evidence import keys
    from tfaudit.evidence.verify import verify

    if arguments.key and arguments.allow_unsigned:
        raise UsageError("--key asks who signed it, and --allow-unsigned does not; give one of the two")
    trusted = {each: keys.public_key(_text(Path(each)), each) for each in arguments.key}
    previous = Path(arguments.previous) if arguments.previous else None
    bundle = Path(arguments.bundle)
    if not bundle.is_file():
        raise UsageError(f"{bundle}: no such bundle")
    found = verify(bundle, trusted.values(), previous=previous)
    named = next((file for file, key in trusted.items() if keys.key_id(key) == found.key), "")
    for line in [*_says(found), f"signer    {_signer(found, named)}", *found.problems]:
        print(plain(visible(line)))
    sound = found.sound(allow_unsigned=arguments.allow_unsigned)
    print(plain(visible(f"{bundle}: {_conclusion(found, sound)}")))
    return 0 if sound else 1


def _counted(count: object, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _says(found: Verification) -> Iterator[str]:
    """Yield what the statement says of the run: what it was, when, of what, and how it came out."""
    if not found.predicate:
        return
    run, tool, summary = (found.predicate[name] for name in ("run", "tool", "summary"))
    yield f"run       {run.get('id')}, {tool.get('name')} {tool.get('version')}, profile {run.get('profile')}"
    yield f"observed  {run.get('started')} to {run.get('finished')}{_odd_times(run)}"
    for each in found.predicate["scanned"]:
        counts = ", ".join(_counted(each.get(f"{word}s"), word) for word in ("file", "asset"))
        yield f"target    {each.get('target')} ({each.get('plane')}, by {each.get('observer')}): {counts}"
    outcomes = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in summary["outcomes"].items())
    whole = "complete" if summary.get("complete") is True else f"INCOMPLETE, {summary.get('unread')} not read"
    yield f"outcome   {outcomes}; {whole}"


def _odd_times(run: Mapping[str, Any]) -> str:
    """Return what is odd about the times of a run, which are those of the clock of whoever made the bundle."""
    from datetime import UTC, datetime

    try:
        started, finished = (datetime.fromisoformat(str(run.get(each))) for each in ("started", "finished"))
        if finished < started:
            return "; it ENDS BEFORE IT BEGINS"
        return "; it lies in the FUTURE of this computer's clock" if finished > datetime.now(UTC) else ""
    except (TypeError, ValueError):  # no times, or without a zone
        return "; these are NO TIMES"


def _signer(found: Verification, file: str) -> str:
    match found.signature:
        case "valid":
            return f"Ed25519 key {found.key}, checked with {file}"
        case "not checked":
            return f"Ed25519 key {found.key} by its own account, NOT CHECKED"
        case "not trusted":
            return f"Ed25519 key {found.key} by its own account, none of the keys given"
        case "unsigned":
            return "nobody: the bundle is not signed"
        case "invalid" | "missing":
            return f"NOT KNOWN: the signature is {found.signature}"
        case never:
            assert_never(never)


def _conclusion(found: Verification, sound: bool) -> str:
    """Return the last line: what was found, and the exit code where that is not 0."""
    members = f"{found.members} members"
    if sound:
        signed = "signed by a key that was given" if found.signature == "valid" else "signed by nobody"
        return f"sound: {members}, whole, {signed}"
    if not found.problems and found.signature == "not checked":
        return f"integrity only: {members}, whole, signer not checked (exit code 1); give the signer's key: --key FILE"
    if not found.problems and found.signature == "unsigned":
        return f"integrity only: {members}, whole, not signed (exit code 1); --allow-unsigned takes that"
    return f"NOT SOUND: {members}, signature {found.signature} (exit code 1)"


def run_keygen(arguments: argparse.Namespace) -> int:
    """Write a new key pair; files that exist are not touched."""
    from tfaudit.evidence.keys import generate

    private, public = generate()
    path = Path(arguments.file)
    for file, text, mode in ((path, private, 0o600), (path.with_name(path.name + ".pub"), public, 0o644)):
        try:
            file.touch(mode=mode, exist_ok=False)
        except FileExistsError as error:
            raise UsageError(f"{file}: it is there already; name another file") from error
        except OSError as error:
            raise UsageError(f"{file}: it cannot be written: {error.strerror}") from error
        file.write_text(text, "utf-8")
        print(f"wrote {file}")
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the key cannot be read; name a PEM file") from error
