"""The evidence bundle: the run with all that it rests on, in an archive that can be checked without trusting anybody.

How it is made and checked is `tfaudit.evidence`'s; here the page for people is added, and the key and the bundle before
are found.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from tfaudit.errors import UsageError
from tfaudit.evidence import bundle, keys
from tfaudit.model.result import ScanResult
from tfaudit.reports import html_page
from tfaudit.reports.options import ReportOptions

FORMAT = "bundle"
FORM = "binary"


def write(result: ScanResult, out: BinaryIO, options: ReportOptions) -> None:
    """Write the bundle of `result` to `out`, signed with the key of `options` if there is one."""
    key = keys.private_key(options.key, options.key_origin) if options.key else None
    previous = bundle.file_hash(_existing(options.previous)) if options.previous else ""
    page = io.StringIO()
    html_page.write(result, page, options)
    bundle.write(result, out, bundle.Settings(key, {"index.html": page.getvalue()}, previous))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path}: no such bundle")
    return path
