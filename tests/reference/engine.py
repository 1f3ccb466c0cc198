"""Puts cases to an engine: any command that understands `decide --policy FILE --facts FACTS.jsonl --today DATE`.

It prints one Decision JSON a line, or `{"error": {…}}` for facts that it refuses, and nothing on standard error.
"""

import json
import subprocess
from pathlib import Path

# The reference knows no hashes.
IGNORED = ("policy", "residual")


def ask(engine, policy, cases, directory):
    """What the engine answers to each case (None where it says nothing), and its complaint if it has one.

    `engine` is a command as a list, `policy` a document, each case has `today` and `facts`; the directory is for files.
    """
    policy_file, facts_file = Path(directory) / "policy.json", Path(directory) / "facts.jsonl"
    policy_file.write_text(json.dumps(policy), encoding="utf-8")
    lines = (json.dumps({"today": case["today"], "facts": case["facts"]}) for case in cases)
    facts_file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    command = [*engine, "decide", "--policy", policy_file, "--facts", facts_file, "--today", cases[0]["today"]]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    answers = [_read_line(line) for line in run.stdout.splitlines()]
    complaint = run.stderr.strip()
    if len(answers) != len(cases) and not complaint:
        complaint = f"the engine ended with {run.returncode} after {len(answers)} answers to {len(cases)} cases"
    return (answers + [None] * len(cases))[: len(cases)], complaint


def _read_line(line):
    try:
        return json.loads(line)
    except ValueError:
        return line


def refusals(answer):
    """The codes by which an engine refuses facts; None if it does not."""
    if not isinstance(answer, dict) or "error" not in answer:
        return None
    return sorted(diagnostic["code"] for diagnostic in answer["error"]["diagnostics"])
