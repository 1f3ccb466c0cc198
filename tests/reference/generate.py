#!/usr/bin/env python3
"""Writes random cases with the reference's decisions, as JSON lines on standard output.

Each policy is one line `{"policy": {…}}`; the lines after it, up to the next policy, are its cases
`{"today": "…", "facts": {…}, "expect": {…}}`. The same seed and counts give the same bytes.
"""

import argparse
import json
import random
import sys

from random_cases import FactsMaker, PolicyMaker
from tresen_reference import Policy, decide

CASES_A_POLICY = 250


def sizes(count, cases_a_policy=CASES_A_POLICY):
    """How many cases each policy has, for `count` cases in all."""
    whole, rest = divmod(count, cases_a_policy)
    return [cases_a_policy] * whole + [rest] * (rest > 0)


def batch(seed, number, size):
    """The policy document of that number and its cases; neither depends on the batches before it."""
    rng = random.Random(f"{seed}/{number}")
    maker = PolicyMaker(rng, number)
    policy, facts = Policy(maker.document), FactsMaker(maker)
    asked = maker.asked[:size] + [facts.question() for _ in range(size - len(maker.asked))]
    cases = [
        {"today": today.isoformat(), "facts": given, "expect": decide(policy, given, today)} for today, given in asked
    ]
    return maker.document, cases


def batches(seed, count, cases_a_policy=CASES_A_POLICY):
    """(policy document, its cases) until `count` cases are made."""
    for number, size in enumerate(sizes(count, cases_a_policy)):
        yield batch(seed, number, size)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", default="1", help="any text; the same seed gives the same cases")
    parser.add_argument("--count", type=int, default=1000, help="how many cases in all")
    parser.add_argument("--cases-a-policy", type=int, default=CASES_A_POLICY)
    arguments = parser.parse_args()
    for document, cases in batches(arguments.seed, arguments.count, arguments.cases_a_policy):
        _write({"policy": document})
        for case in cases:
            _write(case)


def _write(line):
    sys.stdout.write(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
