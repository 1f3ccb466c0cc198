#!/usr/bin/env python3
"""Holds the cases thought out by hand (tests/corpus/decide) against the reference.

A case says `{"name", "policy", "today", "facts", "expect"}`; `policy` is the name of a file in tests/corpus/policies.
`expect` is a part of the Decision JSON: a key that it does not have may be anything. Its `methods` are an object by id;
elsewhere a list must have as many parts as the decision's, each holding what is expected of it.
"""

import json
import sys
from datetime import date
from pathlib import Path

from tresen_reference import Policy, decide

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
    for path in sorted(CORPUS.glob("decide/*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.name}:{number}", json.loads(line)


def policy(name):
    return Policy(json.loads((CORPUS / "policies" / f"{name}.json").read_text(encoding="utf-8")))


def check(case):
    """The mismatches of one case."""
    decision = decide(policy(case["policy"]), case["facts"], date.fromisoformat(case["today"]))
    return list(mismatches(case["expect"], decision))


def main():
    passed = failed = 0
    for place, case in cases():
        wrong = check(case)
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print(f"{place}: {case['name']}")
        for at, expected, found in wrong:
            print(f"  {at}\n    expected  {json.dumps(expected)}\n    found     {json.dumps(found)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
