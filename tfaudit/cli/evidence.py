"""`tfaudit evidence verify|keygen`, and `-o bundle=FILE` of every scanning command."""

from __future__ import annotations

import argparse
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tfaudit.cli import environment
from tfaudit.errors import UsageError
from tfaudit.verdicts import ScanResult


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
    """Print what is wrong with a bundle, or that nothing is; exit code 1 where something is."""
    from tfaudit.evidence import keys
    from tfaudit.evidence.verify import verify

    trusted = [keys.public_key(_text(Path(each)), each) for each in arguments.key]
    previous = Path(arguments.previous) if arguments.previous else None
    bundle = Path(arguments.bundle)
    if not bundle.is_file():
        raise UsageError(f"{bundle}: no such bundle")
    found = verify(bundle, trusted, previous=previous)
    for problem in found.problems:
        print(problem)
    sound = found.sound(allow_unsigned=arguments.allow_unsigned)
    key = f" (key {found.key})" if found.key else ""
    print(
        f"{bundle}: {'sound' if sound else 'NOT SOUND'}: {found.members} members, signature {found.signature}{key}"
    )
    return 0 if sound else 1


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


def write_bundle(result: ScanResult, path: Path, options: Mapping[str, Any]) -> None:
    """Write the bundle of `result` to `path`, signed by `--key` or TFAUDIT_SIGNING_KEY if there is one."""
    from tfaudit.evidence import bundle, keys
    from tfaudit.reports import html_page
    from tfaudit.reports.output import replacing_bytes

    named = options.get("key")
    text = _text(Path(named)) if named else environment.signing_key()
    key = keys.private_key(text, named or "TFAUDIT_SIGNING_KEY") if text else None
    previous = bundle.file_hash(_existing(Path(options["previous"]))) if options.get("previous") else ""
    page = io.StringIO()
    html_page.write(result, page)
    settings = bundle.Settings(key, {"index.html": page.getvalue()}, previous)
    with replacing_bytes(path) as out:
        bundle.write(result, out, settings)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path}: no such bundle")
    return path


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the key cannot be read; name a PEM file") from error
