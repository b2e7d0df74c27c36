"""The page that an auditor opens first: what the bundle holds, and how to check it with tfaudit and without."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from tfaudit import sums
from tfaudit.foreign import visible
from tfaudit.model.standing import STATUSES, STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfaudit.model.result import ScanResult

_PAGE = """\
EVIDENCE OF A TFAUDIT RUN
=========================

run        {run}
observed   {started} to {finished}
profile    {profile}
tool       tfaudit {version}
signature  {signature}
previous   {previous}

What was looked at
{scanned}

What came out
{outcomes}
{incomplete}
What is in this archive
  index.html             the same run as a page for people (if it was asked for)
  run.json               who looked at what and when, the profile and its parameters, the summary
  verdicts.jsonl         one verdict a line, passes included, each with the settings that it rests on:
                         their state, their value, the file and line or API field, and the file's SHA-256
  policies/ID.json       each policy as it was used, with the values of its parameters
  policies/ID.yaml       its file, where that is part of tfaudit
  controls.json          which policy is evidence for which control, how strongly, and why
  status.json            how each control stands after this run, and what that rests on
  frameworks/ID.json     the controls of each framework, in tfaudit's words
  files.json             the files that functions of the code have read, with their SHA-256 (if there were any)
  unread.json            what was there and could not be read; empty for a complete run
  coverage.json          of a live system: what was looked at, each call with what came of it, and what was not asked
  SHA256SUMS             the hash of each file above
  manifest.json          the same with sizes, and the hash of each as it is packed here, as canonical JSON (RFC 8785)
  attestation.dsse.json  an in-toto statement over all of these, in a DSSE envelope signed with Ed25519

How a control can stand
{statuses}

How strongly a policy can be linked to a control
{strengths}

Values that are secrets, or look like one, have been left out where they were read; "(redacted)" stands for them.

How to check it
  with tfaudit      tfaudit evidence verify FILE.zip --key PUBLIC_KEY.pem
                    names each file that was altered, removed or added; works without a network. Without --key
                    it checks that the archive is whole, and not who signed it.
  without           unpack it, and in its folder:   sha256sum --check SHA256SUMS
                    That shows that the files fit the list, not who made the list. The envelope can be checked by any
                    DSSE or in-toto tool with the public key, or so (jq, base64 and openssl 3):
                      jq -rj .payload attestation.dsse.json | base64 -d > statement.json
                      (printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < statement.json)"
                       cat statement.json) > signed
                      jq -rj '.signatures[0].sig' attestation.dsse.json | base64 -d > signature
                      openssl pkeyutl -verify -pubin -inkey PUBLIC_KEY.pem -rawin -in signed -sigfile signature
                    Then compare the hash of SHA256SUMS with the one in statement.json:   sha256sum SHA256SUMS
                    The key's id is the SHA-256 of:   openssl pkey -pubin -in PUBLIC_KEY.pem -outform DER
  the public key    has to come from whoever signed, by another way than this archive.
"""


def page(result: ScanResult, key: str, previous: str) -> str:
    """Return README.txt; `key` is the id of the signing key and `previous` the hash of the bundle before, or ""."""
    counts = sums.summary(result)["outcomes"]
    lines = [
        f"  {visible(each.target)} ({each.plane}, by {visible(each.observer)})" for each in result.scanned
    ]
    incomplete = (
        ""
        if result.complete
        else "\nThe run is INCOMPLETE: see unread.json and verdicts with the outcome error.\n"
    )
    return _PAGE.format(
        run=result.run_id,
        started=result.started,
        finished=result.finished,
        profile=visible(result.profile),
        version=result.tool_version,
        signature=f"Ed25519, key {key}"
        if key
        else "NONE: this bundle is not signed, and shows only that it is whole",
        previous=f"the bundle with the SHA-256 {previous}" if previous else "none was named",
        scanned="\n".join(lines),
        outcomes="\n".join(f"  {name.replace('_', ' '):<15} {count:>9,}" for name, count in counts.items()),
        incomplete=incomplete,
        statuses=_defined({status.value: says for status, says in STATUSES.items()}),
        strengths=_defined(STRENGTHS),
    )


def _defined(words: Mapping[str, str]) -> str:
    """Return words and what they mean, as lines of 120 characters at most."""
    lines: list[str] = []
    for word, says in words.items():
        lines += wrap(f"  {word:<21}  {says}", 120, subsequent_indent=" " * 25)
    return "\n".join(lines)
