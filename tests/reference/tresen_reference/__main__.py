"""The command line `decide --policy FILE --facts FACTS.jsonl --today DATE`, as `tresen` has it."""

import argparse
import json
import sys
from datetime import date

from . import Policy, answer


def main():
    parser = argparse.ArgumentParser(prog="tresen_reference")
    command = parser.add_subparsers(required=True).add_parser("decide", help="one decision a line of facts")
    command.add_argument("--policy", required=True)
    command.add_argument("--facts", required=True)
    command.add_argument("--today", required=True, type=date.fromisoformat)
    arguments = parser.parse_args()
    with open(arguments.policy, encoding="utf-8") as file:
        policy = Policy(json.load(file))
    with open(arguments.facts, encoding="utf-8") as file:
        for line in file:
            asked = json.loads(line)
            today = arguments.today
            if "facts" in asked:
                today = date.fromisoformat(asked["today"]) if "today" in asked else today
                asked = asked["facts"]
            sys.stdout.write(json.dumps(answer(policy, asked, today), separators=(",", ":"), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
