"""Writes docs/terraform-evaluation.md from the transcripts and the differences that are listed.

python -m tests.oracle.terraform_page
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.oracle import transcripts
from tests.oracle.transcripts import Entry
from tests.oracle.verdicts import Difference, Verdict, listed
from tests.servers.terraform import version

PAGE = Path(__file__).parents[2] / "docs" / "terraform-evaluation.md"

_PAGE = """# How Terraform is evaluated

Terraform code is read by tfaudit's own evaluator: variables with their types and defaults, locals, modules, `count`
and `for_each`, dynamic blocks, and every function of the language. Nothing of what is scanned is run, nothing is
fetched, and files are read inside the scanned tree only.

A value is known, or it is unknown with the reason and with what would settle it. Unknown is what only
`terraform apply` will say (`aws_vpc.main.id`), a variable without a value, a module or file that is not there, and
what lies beyond a bound. Where a part is unknown the other parts stay known:
`{{ name = "orders", id = aws_vpc.main.id }}` has its name.

## Beside Terraform itself

{count} expressions are evaluated here and by the console of Terraform {version}. They stand in
`tests/oracle/terraform/` with the answers that Terraform gave. One test compares our answers with these; another asks a
real Terraform whether they still hold. `python -m tests.oracle.terraform_console` records them anew.

{table}

- *a value*, *unknown*, *refused*: what Terraform answers: a value that is known throughout, one of which a part or
  the whole is known after apply only, or an error.
- *equal*: the same value, unknown in the same parts. What Terraform refuses is unknown here too, and no `can` or `try`
  takes it for a value.
- *explained*: the differences below, each listed by name in `tests/oracle/terraform/differences.yaml`. A test fails
  where one is missing there, and where one has gone. A wrong value is never listed.

## Differences

{differences}
"""

_SAYS = {
    Verdict.UNKNOWN: "Known to Terraform, unknown here",
    Verdict.KNOWN: "Unknown to Terraform's console, known here",
    Verdict.ACCEPTED: "Refused by Terraform, a value here",
}


def page() -> str:
    """The page as it should be."""
    entries = [entry for path in transcripts.families() for entry in transcripts.read(path)]
    differences = listed()
    return _PAGE.format(
        count=len(entries),
        version=version(),
        table=_table(entries, differences),
        differences="\n\n".join(
            section for verdict, title in _SAYS.items() if (section := _section(verdict, title, differences))
        ),
    )


def _table(entries: list[Entry], differences: list[Difference]) -> str:
    differing = {expression for each in differences for expression in each.expressions}
    found: dict[str, Counter[str]] = {}
    for entry in entries:
        for family in (entry.family, "all"):
            counts = found.setdefault(family, Counter())
            counts[_answer(entry)] += 1
            counts["explained" if entry.expression in differing else "equal"] += 1
    columns = ("a value", "unknown", "refused", "equal", "explained")
    lines = [
        f"| {family} | {counts['equal'] + counts['explained']} | {' | '.join(str(counts[name]) for name in columns)} |"
        for family, counts in sorted(found.items(), key=lambda pair: (pair[0] == "all", pair[0]))
    ]
    head = f"| | expressions | {' | '.join(columns)} |\n|---|{'--:|' * (len(columns) + 1)}"
    return "\n".join([head, *lines])


def _answer(entry: Entry) -> str:
    if entry.answer.startswith(transcripts.REFUSED):
        return "refused"
    return "unknown" if "(known after apply)" in entry.answer else "a value"


def _section(verdict: Verdict, title: str, differences: list[Difference]) -> str:
    lines: list[str] = []
    for each in differences:
        if each.verdict is verdict:
            lines += [f"- {each.because}", "", *(_quoted(expression) for expression in each.expressions), ""]
    return "\n".join([f"### {title}", "", *lines]).rstrip() if lines else ""


def _quoted(expression: str) -> str:
    fence = "``" if "`" in expression else "`"
    return f"    - {fence}{' ⏎ '.join(expression.splitlines())}{fence}"


if __name__ == "__main__":
    PAGE.write_text(page())
