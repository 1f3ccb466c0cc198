"""The facts that a policy may ask about, from src/core/facts.toml and the policy's own declarations."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

# 2^53 - 1: what JavaScript's numbers hold exactly. Integers and amounts go no further.
LARGEST = 9007199254740991

CATALOGUE_FILE = Path(__file__).resolve().parents[3] / "src" / "core" / "facts.toml"


@dataclass(frozen=True)
class Fact:
    name: str
    type: str
    visibility: str
    choices: tuple = ()
    minimum: int = 0
    maximum: int = LARGEST


def _read_catalogue():
    with CATALOGUE_FILE.open("rb") as file:
        entries = tomllib.load(file)["fact"]
    return {
        entry["name"]: Fact(
            entry["name"],
            entry["type"],
            entry["visibility"],
            tuple(entry.get("choices", ())),
            entry.get("minimum", 0),
            entry.get("maximum", LARGEST),
        )
        for entry in entries
    }


CATALOGUE = _read_catalogue()


def with_custom_facts(declarations):
    """The catalogue and the facts that a policy declares for itself (`custom.…`)."""
    facts = dict(CATALOGUE)
    for name, declared in declarations.items():
        facts[name] = Fact(name, declared["type"], declared["visibility"])
    return facts
