"""Random valid policies, and facts that stand on their edges."""

from .facts import FactsMaker
from .policies import PolicyMaker

__all__ = ["FactsMaker", "PolicyMaker"]
