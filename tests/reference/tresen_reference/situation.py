"""What is known before any method is asked: facts, classes and exposure (sections 1 to 6)."""

from .policy import first_that_holds
from .score import score


class Situation:
    """The facts of one question with everything derived from them, for one policy and day."""

    __slots__ = ("policy", "today", "known", "scorecard", "exposure_limit", "available")

    def __init__(self, policy, known, today):
        self.policy = policy
        self.today = today
        self.known = known
        self.scorecard = score(policy, known)
        self.exposure_limit = _exposure_limit(policy, known)
        self.available = None
        if self.exposure_limit is not None:
            self.available = max(0, self.exposure_limit - known.get("account.open_balance", 0))


def _exposure_limit(policy, known):
    limits = []
    if policy.exposure_limits is not None:
        limits.append(first_that_holds(policy.exposure_limits, known, otherwise=0))
    if policy.ladder is not None:
        limits.append(_step(policy.ladder, known.get(policy.ladder_fact)))
    return min(limits, default=None)


def _step(ladder, value):
    maximum = ladder[0][1]
    if value is not None:
        for start, reached in ladder:
            if start <= value:
                maximum = reached
    return maximum
