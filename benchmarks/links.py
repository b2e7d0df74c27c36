"""Draws links between policies and controls, to be argued one by one: `python -m benchmarks.links --seed 7`.

A link is drawn by the SHA-256 of the seed and its own name, so that the same links come out on every machine, and a new
one takes the place of one at most.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Mapping

from tfaudit import data
from tfaudit.controls.load import read
from tfaudit.model.verdicts import Framework, Link, Policy
from tfaudit.policies.select import available


def drawn(policies: Iterable[Policy], seed: int, count: int) -> list[tuple[Policy, Link]]:
    """Return `count` links of all that `policies` have, those whose digest with the seed is lowest, by their names."""
    every = [(policy, link) for policy in policies for link in policy.links]

    def digest(each: tuple[Policy, Link]) -> str:
        return hashlib.sha256(f"{seed} {_name(*each)}".encode()).hexdigest()

    return sorted(sorted(every, key=digest)[:count], key=lambda each: _name(*each))


def _name(policy: Policy, link: Link) -> str:
    return f"{link.framework} {link.control} {policy.id}"


def shown(number: int, policy: Policy, link: Link, frameworks: Mapping[str, Framework]) -> str:
    """Return one link as a paragraph: what is judged, and what it is said to be evidence for."""
    title = frameworks[link.framework].controls[link.control].title
    floor = "".join(f", from {name} {value}" for name, value in link.floor.items())
    return f"{number}. {_name(policy, link)} ({title})\n   {policy.title}\n   {link.strength}{floor}: {link.because}"


def main() -> None:
    """Print the links that a seed draws."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.links", description="Draw links to be argued."
    )
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=40)
    asked = parser.parse_args()
    frameworks = read([data.folder("controls")])
    for number, (policy, link) in enumerate(drawn(available(), asked.seed, asked.count), 1):
        print(shown(number, policy, link, frameworks))


if __name__ == "__main__":
    main()
