#!/usr/bin/env python3
"""Holds an engine against the reference on random cases: every key of every decision, hashes apart.

The engine is any command that understands `decide --policy FILE --facts FACTS.jsonl --today DATE` and prints one
Decision JSON a line, e.g. `differential.py --engine target/release/tresen --count 100000`.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import CASES_A_POLICY, batches

# The reference knows no hashes.
IGNORED = ("policy", "residual")


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
    if not isinstance(found, dict):
        return [("", expected, found)]
    without = [{key: value for key, value in one.items() if key not in IGNORED} for one in (expected, found)]
    return list(differences(*without))


def batches_of_file(path):
    """The batches of a file that generate.py wrote."""
    policy, cases = None, []
    with open(path, encoding="utf-8") as file:
        for line in map(json.loads, file):
            if "policy" not in line:
                cases.append(line)
                continue
            if cases:
                yield policy, cases
            policy, cases = line["policy"], []
    if cases:
        yield policy, cases


def put(engine, policy, cases, report, directory):
    """Puts the cases of one policy to the engine and reports how it did; the directory is for its input files."""
    policy_file, facts_file = directory / "policy.json", directory / "facts.jsonl"
    policy_file.write_text(json.dumps(policy))
    report.batch(policy, cases, *_ask(engine, policy_file, facts_file, cases))


def _ask(engine, policy_file, facts_file, cases):
    """What the engine answers to each case, and what it said on standard error."""
    facts_file.write_text("".join(json.dumps({"today": c["today"], "facts": c["facts"]}) + "\n" for c in cases))
    command = [*engine, "decide", "--policy", policy_file, "--facts", facts_file, "--today", cases[0]["today"]]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    answers = [_read_line(line) for line in run.stdout.splitlines()]
    complaint = run.stderr.strip() or f"the engine ended with {run.returncode} after {len(answers)} answers"
    return answers + [None] * (len(cases) - len(answers)), complaint


def _read_line(line):
    try:
        return json.loads(line)
    except ValueError:
        return line


class Report:
    """Counts, and prints the first failures in full."""

    def __init__(self, shown, directory):
        self.shown = shown
        self.directory = directory
        self.passed = self.failed = 0

    def batch(self, policy, cases, answers, complaint):
        for number, (case, answer) in enumerate(zip(cases, answers)):
            found = compare(case["expect"], answer)
            if not found:
                self.passed += 1
                continue
            self.failed += 1
            if self.failed <= self.shown:
                self._show(policy, number, case, found if answer is not None else None, complaint)

    def _show(self, policy, number, case, found, complaint):
        kept = self.directory / f"{policy['name']}.json"
        kept.write_text(json.dumps(policy, indent=1, ensure_ascii=False))
        print(f"case {number} of {policy['name']}, today {case['today']}, policy kept as {kept}")
        print(f"  facts  {json.dumps(case['facts'], ensure_ascii=False)}")
        if found is None:
            print(f"  no answer: {complaint[:2000]}")
        for place, expected, answered in (found or [])[:12]:
            print(f"  {place}\n    reference  {_short(expected)}\n    engine     {_short(answered)}")
        print()


def _short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else text[:400] + " …"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True, help="the command, without `decide` and what follows it")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--cases-a-policy", type=int, default=CASES_A_POLICY)
    parser.add_argument("--cases", help="a file of generate.py instead of fresh cases")
    parser.add_argument("--show", type=int, default=5, help="how many failures to print")
    parser.add_argument("--keep", help="a directory for the policies of the failures shown")
    arguments = parser.parse_args()
    directory = Path(arguments.keep or tempfile.mkdtemp(prefix="tresen-differential-"))
    directory.mkdir(parents=True, exist_ok=True)
    report = Report(arguments.show, directory)
    if arguments.cases:
        source = batches_of_file(arguments.cases)
    else:
        source = batches(arguments.seed, arguments.count, arguments.cases_a_policy)
    with tempfile.TemporaryDirectory() as scratch:
        for policy, cases in source:
            put(shlex.split(arguments.engine), policy, cases, report, Path(scratch))
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed or not report.passed else 0


if __name__ == "__main__":
    sys.exit(main())
