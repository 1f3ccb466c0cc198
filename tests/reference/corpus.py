#!/usr/bin/env python3
"""Holds the reference, or with `--engine COMMAND` an engine, to the cases thought out by hand (tests/corpus).

A case says `{"name", "policy", "today", "facts"}`; `policy` is the name of a file in tests/corpus/policies. In `decide/` it
has `expect`, a part of the Decision JSON: a key that it does not have may be anything. Its `methods` are an object by id;
elsewhere a list must have as many parts as the decision's, each holding what is expected of it. In `refuse/` it has
`refuse`, the codes by which the facts are refused.
"""

import argparse
import json
import shlex
import sys
import tempfile
from datetime import date
from itertools import groupby
from pathlib import Path

from engine import ask, refusals
from tresen_reference import Policy, answer

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def mismatches(expected, found, at=""):
    """Where a decision is not as expected, as (place, expected, found)."""
    if isinstance(expected, dict) and isinstance(found, list):
        found = {one["id"]: one for one in found}
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from mismatches(value, found.get(key, "no such key"), f"{at}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for position, (one, other) in enumerate(zip(expected, found)):
            yield from mismatches(one, other, f"{at}/{position}")
    elif expected != found or type(expected) is not type(found):
        yield at, expected, found


def cases():
    """(file and line, case) of the whole corpus."""
    for path in sorted(CORPUS.glob("decide/*.jsonl")) + sorted(CORPUS.glob("refuse/*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.parent.name}/{path.name}:{number}", json.loads(line)


def policy(name):
    return json.loads((CORPUS / "policies" / f"{name}.json").read_text(encoding="utf-8"))


def by_reference(document, asked):
    """What the reference answers to cases of one policy, and its complaint: it has none."""
    read = Policy(document)
    return [answer(read, case["facts"], date.fromisoformat(case["today"])) for case in asked], ""


def by_engine(command):
    """The same for an engine."""

    def answers(document, asked):
        with tempfile.TemporaryDirectory() as directory:
            return ask(shlex.split(command), document, asked, directory)

    return answers


def check(answers):
    """(place, case, mismatches) of every case, as it is answered."""
    for name, group in groupby(sorted(cases(), key=_policy_of), key=_policy_of):
        placed = list(group)
        found, complaint = answers(policy(name), [case for _, case in placed])
        for (place, case), one in zip(placed, found):
            wrong = list(mismatches(case["expect"], one)) if "expect" in case else _unrefused(case, one)
            yield place, case, wrong + [("", "nothing on standard error", complaint)] * bool(complaint)


def _policy_of(placed):
    return placed[1]["policy"]


def _unrefused(case, found):
    codes = refusals(found)
    return [] if codes == case["refuse"] else [("", {"refuse": case["refuse"]}, found if codes is None else codes)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", help="the command, without `decide` and what follows it; without it the reference")
    arguments = parser.parse_args()
    passed = failed = 0
    for place, case, wrong in check(by_engine(arguments.engine) if arguments.engine else by_reference):
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print(f"{place}: {case['name']}")
        for at, expected, found in wrong:
            print(f"  {at}\n    expected  {json.dumps(expected)}\n    found     {json.dumps(found)}")
    print(f"corpus: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
