"""The least that a customer could confirm to bring a withheld method back (section 11)."""

from itertools import combinations

from .facts import derive
from .methods import reasons
from .policy import STEPS
from .situation import Situation

CONFIRMED = "customer.confirmed"


def least_steps(policy, given, situation, withheld):
    """The steps of each withheld method that has any, by method id."""
    done = [step for step in STEPS if step in given.get(CONFIRMED, ())]
    still_open = [step for step in STEPS if step in policy.steps and step not in done]
    found = {}
    for steps in sorted(_sets(still_open), key=_demand):
        wanted = [method for method in withheld if method.id not in found]
        if not wanted:
            break
        # Whether there is room among 512 texts is not asked here: no case comes near.
        changed = given | {CONFIRMED: frozenset([*done, *steps])}
        tried = Situation(policy, derive(changed, situation.today), situation.today)
        found |= {method.id: list(steps) for method in wanted if not any(reasons(method, tried))}
    return found


def _sets(steps):
    return (chosen for size in range(1, len(steps) + 1) for chosen in combinations(steps, size))


def _demand(steps):
    ranks = [STEPS.index(step) + 1 for step in steps]
    return len(ranks), sum(ranks), sorted(ranks, reverse=True)
