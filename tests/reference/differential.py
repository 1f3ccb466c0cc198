#!/usr/bin/env python3
"""Holds an engine against the reference on random cases: every key of every decision, hashes apart.

The engine is a command such as `target/release/tresen` (see engine.py): `differential.py --engine COMMAND --count 100000`.
Whatever it says on standard error about a policy counts against all cases of that policy.
"""

import argparse
import json
import os
import shlex
import sys
import tempfile
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from engine import IGNORED, ask
from generate import CASES_A_POLICY, batch, sizes


def differences(expected, found, at=""):
    """Where two JSON values differ, as (place, expected, found); lists of things with ids are named by them."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            yield from differences(expected.get(key, "no such key"), found.get(key, "no such key"), f"{at}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for position, (one, other) in enumerate(zip(expected, found)):
            name = one["id"] if isinstance(one, dict) and "id" in one else position
            yield from differences(one, other, f"{at}/{name}")
    elif expected != found or type(expected) is not type(found):
        yield at, expected, found


def compare(expected, found):
    """Where a decision differs from the one expected."""
    if not isinstance(found, dict):
        return [("", expected, found)]
    one, other = ({key: value for key, value in one.items() if key not in IGNORED} for one in (expected, found))
    if json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True):
        return []
    return list(differences(one, other))


class Report:
    """Counts, and keeps the first failures as texts."""

    def __init__(self, shown):
        self.shown = shown
        self.passed = self.failed = 0
        self.failures = []  # (policy, text)

    def add(self, policy, cases, answers, complaint):
        """Counts the answers to the cases of one policy."""
        for number, (case, answer) in enumerate(zip(cases, answers)):
            found = compare(case["expect"], answer)
            if not found and not complaint:
                self.passed += 1
                continue
            self.failed += 1
            if len(self.failures) < self.shown:
                self.failures.append((policy, _failure(policy, number, case, found, complaint)))

    def merge(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.failures += other.failures[: self.shown - len(self.failures)]


def _failure(policy, number, case, found, complaint):
    lines = [f"case {number} of {policy['name']}, today {case['today']}"]
    lines.append(f"  facts  {json.dumps(case['facts'], ensure_ascii=False)}")
    if complaint:
        lines.append(f"  the engine says: {complaint[:2000]}")
    for place, expected, answered in found[:12]:
        lines.append(f"  {place}\n    reference  {_short(expected)}\n    engine     {_short(answered)}")
    return "\n".join(lines)


def _short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else text[:400] + " …"


def put(engine, shown, policy, cases):
    """The report on an engine's answers to the cases of one policy."""
    report = Report(shown)
    with tempfile.TemporaryDirectory() as directory:
        report.add(policy, cases, *ask(engine, policy, cases, directory))
    return report


def _make_and_put(engine, shown, seed, numbered):
    return put(engine, shown, *batch(seed, *numbered))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True, help="the command, without `decide` and what follows it")
    parser.add_argument("--seed", default="1", help="any text; the same seed gives the same cases")
    parser.add_argument("--count", type=int, default=10000, help="how many cases in all")
    parser.add_argument("--cases-a-policy", type=int, default=CASES_A_POLICY)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--show", type=int, default=5, help="how many failures to print")
    parser.add_argument("--keep", help="a directory for the policies of the failures shown")
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, {arguments.count} cases, {arguments.cases_a_policy} a policy", flush=True)
    report = Report(arguments.show)
    work = partial(_make_and_put, shlex.split(arguments.engine), arguments.show, arguments.seed)
    with Pool(arguments.processes) as pool:
        for one in pool.imap(work, enumerate(sizes(arguments.count, arguments.cases_a_policy))):
            report.merge(one)
    _show(report.failures, arguments.keep)
    print(f"differential: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed or not report.passed else 0


def _show(failures, keep):
    for policy, text in failures:
        print(text)
        if keep:
            kept = Path(keep) / f"{policy['name']}.json"
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(policy, indent=1, ensure_ascii=False), encoding="utf-8")
            print(f"  policy kept as {kept}")
        print()


if __name__ == "__main__":
    sys.exit(main())
