"""The decision of semantics.md once more, in plain Python, to hold the engine against."""

from .decide import answer, decide
from .policy import Policy, PolicyError
from .facts import FactError, read_facts

__all__ = ["FactError", "Policy", "PolicyError", "answer", "decide", "read_facts"]
