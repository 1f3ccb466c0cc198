#!/usr/bin/env python3
"""Holds `policy check` to its word: what it says makes no difference is taken out, and the reference decides as before.

The engine is a command such as `target/release/tresen`: `idle.py --engine COMMAND --policies 2000`. Random policies are checked by it;
of each part, rule and bin that is told of as idle, what the reference decides with and without it is compared on random facts.
"""

import argparse
import copy
import json
import random
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from random_cases import FactsMaker, PolicyMaker
from tresen_reference import Policy, decide

CODES = {
    "policy.condition.dead",
    "policy.condition.idle",
    "policy.rule.redundant",
    "policy.rule.idle",
    "policy.rule.class_is_worse",
    "policy.bins.dead",
    "policy.scorecard.always_missing",
    "policy.scorecard.unread",
}
# A rule that changes nothing but the reasons is taken out with them.
REASONS_APART = {"policy.rule.redundant", "policy.rule.idle"}


def without(document, code, at):
    """The policy without what stands at a place, which is said to make no difference."""
    document = copy.deepcopy(document)
    steps = [step.replace("~1", "/").replace("~0", "~") for step in at.split("/")[1:]]
    if code == "policy.rule.class_is_worse":
        steps.pop()  # the cap is all that the rule has
    key = lambda found, step: int(step) if isinstance(found, list) else step
    parent = document
    for step in steps[:-1]:
        parent = parent[key(parent, step)]
    last = key(parent, steps[-1])
    if code == "policy.bins.dead":
        parent[last]["points"] += 1000
    elif code == "policy.scorecard.unread":
        parent[last]["base"] += 1000
    elif code == "policy.scorecard.always_missing":
        for points in parent[last].get("bins", parent[last].get("categories", [])):
            points["points"] += 1000
    else:
        del parent[last]
    return document


def plain(decision, reasons_apart):
    """A decision as it is compared; which steps a shopper may be asked for follows from what a policy mentions, idle or not."""
    for method in decision["methods"]:
        method.pop("steps", None)
    if reasons_apart:
        for method in decision["methods"]:
            method["reasons"] = bool(method["reasons"])
    return decision


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True, help="the command, without `policy check` and what follows it")
    parser.add_argument("--seed", default="1", help="any text; the same seed gives the same policies")
    parser.add_argument("--policies", type=int, default=1000)
    parser.add_argument("--facts", type=int, default=40, help="how many sets of facts are tried on each")
    arguments = parser.parse_args()
    told, wrong, rejected = Counter(), 0, 0
    with tempfile.TemporaryDirectory() as directory:
        makers = []
        for number in range(arguments.policies):
            maker = PolicyMaker(random.Random(f"{arguments.seed}/{number}"), number)
            path = Path(directory) / f"{number}.json"
            path.write_text(json.dumps(maker.document), encoding="utf-8")
            makers.append((path, maker))
        command = shlex.split(arguments.engine) + ["policy", "check", "--format", "json", *(str(path) for path, _ in makers)]
        reports = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)["files"]
        for (_, maker), report in zip(makers, reports):
            rejected += report["outcome"] != "clean"
            for found in report["diagnostics"]:
                if found["severity"] == "error":
                    print(f"policy {maker.document['name']}: {found['code']} at {found['at']}: {found['message']}")
                if found["code"] not in CODES:
                    continue
                changed = without(maker.document, found["code"], found["at"])
                told[found["code"]] += 1
                before, after = Policy(maker.document), Policy(changed)
                facts = FactsMaker(maker)
                asked = maker.asked[:arguments.facts] + [facts.question() for _ in range(arguments.facts)]
                apart = found["code"] in REASONS_APART
                for today, given in asked:
                    one, other = (plain(decide(policy, given, today), apart) for policy in (before, after))
                    if one != other:
                        wrong += 1
                        print(f"policy {maker.document['name']}: {found['message']} ({found['at']}), yet not on {today} with {json.dumps(given)}")
                        break
    print(", ".join(f"{code} {count}" for code, count in sorted(told.items())))
    print(f"idle: {sum(told.values()) - wrong} passed, {wrong} failed; {rejected} policies rejected")
    return 1 if wrong or rejected or not told else 0


if __name__ == "__main__":
    sys.exit(main())
