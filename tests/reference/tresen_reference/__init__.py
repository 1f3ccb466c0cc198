"""The decision of semantics.md once more, in plain Python, to hold the engine against."""

from .decide import decide
from .policy import Policy, PolicyError
from .facts import FactError, read_facts

__all__ = ["FactError", "Policy", "PolicyError", "decide", "read_facts"]
