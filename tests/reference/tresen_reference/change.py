"""The nearest change that would bring a withheld method back (section 8).

For a fixed set of the other facts, the answer is piecewise constant in the cart total. The totals where a piece can
begin are collected first; then the pieces are tried outwards from the present total, nearest first.
"""

from bisect import bisect_right

from .catalogue import LARGEST
from .conditions import Other
from .facts import TOTAL_PLUS, derive, set_total
from .methods import changeable_reasons, fee, unchangeable_reasons
from .money import MILLION
from .policy import ACCOUNT_FACTS, SHIPPING_FACTS
from .situation import Situation

SHIP = "ship_to_billing_address"
SETTLE = "settle_overdue"


def nearest_changes(policy, given, situation, withheld):
    """The stated change of each withheld method that has one, by method id."""
    wanted = [method for method in withheld if not _is_hopeless(method, situation)]
    if not wanted:
        return {}
    found = {}
    ship, settle = _possible_toggles(policy, given)
    for subsets in ([()], [(SHIP,)] * ship + [(SETTLE,)] * settle, [(SHIP, SETTLE)] * (ship and settle)):
        best = {}
        for toggles in subsets:
            for method_id, (distance, total) in _nearest_totals(policy, given, situation, toggles, wanted).items():
                if method_id not in best or distance < best[method_id][0]:
                    best[method_id] = (distance, toggles, total)
        for method_id, (_, toggles, total) in best.items():
            found[method_id] = {"steps": _steps(policy, given, toggles, total)}
        wanted = [method for method in wanted if method.id not in found]
        if not wanted:
            break
    return found


def _is_hopeless(method, situation):
    """Whether a reason holds that reads nothing a change could touch; this only saves the search."""
    policy, known = situation.policy, situation.known
    if any(unchangeable_reasons(method, situation)):
        return True
    if any(rule.condition.holds(known) and not policy.can_change(rule.condition) for rule in method.rules):
        return True
    own = method.condition
    return own is not None and not own.holds(known) and not policy.can_change(own)


def _possible_toggles(policy, given):
    """Which toggles are possible and change a fact that the policy reads (others are never part of a smallest set)."""
    ship = given.get("shipping.same_as_billing") is False and not SHIPPING_FACTS.isdisjoint(policy.reads)
    reads_account = not ACCOUNT_FACTS.isdisjoint(policy.reads) or "account.exposure_after" in policy.reads
    has_exposure = policy.exposure_limits is not None or policy.ladder is not None
    settle = given.get("account.overdue_balance", 0) > 0 and (reads_account or has_exposure)
    return ship, settle


def toggled(given, toggles):
    """The given facts after shipping to the billing address and settling what is overdue."""
    changed = dict(given)
    if SHIP in toggles:
        changed["shipping.same_as_billing"] = True
        if "billing.country" in given:
            changed["shipping.country"] = given["billing.country"]
    if SETTLE in toggles:
        if "account.open_balance" in given:
            changed["account.open_balance"] = max(0, given["account.open_balance"] - given["account.overdue_balance"])
        for name in ("account.overdue_balance", "account.overdue_count", "account.overdue_days_max"):
            if name in given:
                changed[name] = 0
    return changed


def _nearest_totals(policy, given, situation, toggles, wanted):
    """For each method that some total brings back: (distance, that total or None where the total stays)."""
    known = derive(toggled(given, toggles), situation.today)
    present = known.get("cart.total")
    found = {}
    pending = wanted
    for total in _totals_outwards(policy, known, wanted):
        changed = dict(known)
        if total is not None:
            set_total(changed, total)
        tried = Situation(policy, changed, situation.today)
        back = [method for method in pending if not any(changeable_reasons(method, tried))]
        for method in back:
            found[method.id] = (0, None) if total == present else (abs(total - present), total)
        pending = [method for method in pending if method.id not in found]
        if not pending:
            break
    return found


def _totals_outwards(policy, known, methods):
    """The present total, then of each piece of constant answers the total nearest to it; equally near, the lower."""
    present = known.get("cart.total")
    yield present
    if present is None:
        return
    starts = piece_starts(policy, known, methods)
    up = bisect_right(starts, present)
    down = up - 2
    while down >= 0 or up < len(starts):
        below = starts[down + 1] - 1 if down >= 0 else None
        above = starts[up] if up < len(starts) else None
        if above is None or (below is not None and present - below <= above - present):
            yield below
            down -= 1
        else:
            yield above
            up += 1


def piece_starts(policy, known, methods):
    """The totals from which on the answer may differ, ascending from 1."""
    starts = {1}
    for fact, operand, after in policy.edges:
        if isinstance(operand, Other):
            # Two amounts that both contain the total always differ by the same.
            operand = None if operand.name in TOTAL_PLUS else known.get(operand.name)
        if operand is not None:
            addend = TOTAL_PLUS[fact]
            starts.add(operand - (known.get(addend, 0) if addend else 0) + after)
    availables = _possible_availables(policy, known)
    for method in methods:
        if method.minimum is not None:
            starts.add(method.minimum)
        starts.update(entry.value + 1 for entry in method.limits or ())
        if method.bears_credit_risk:
            starts.update(largest_total(method, available) + 1 for available in availables)
    return sorted(start for start in starts if 1 <= start <= LARGEST)


def _possible_availables(policy, known):
    maximums = {entry.value for entry in policy.exposure_limits or ()} | {most for _, most in policy.ladder or ()}
    balance = known.get("account.open_balance", 0)
    return {max(0, maximum - balance) for maximum in maximums | {0}} if maximums else ()


def largest_total(method, available):
    """The largest total that is still available together with its fee; negative if there is none."""
    total = (available - method.fixed_fee) * MILLION // (MILLION + method.fee_rate)
    # The division ignores that the fee is rounded, so it may be off by a few units.
    while total + fee(method, total) > available:
        total -= 1
    while total + 1 + fee(method, total + 1) <= available:
        total += 1
    return total


def _steps(policy, given, toggles, total):
    def money(minor):
        return {"minor": minor, "currency": policy.currency}

    steps = []
    if SHIP in toggles:
        steps.append({"kind": SHIP})
    if SETTLE in toggles:
        steps.append({"kind": SETTLE, "amount": money(given["account.overdue_balance"])})
    if total is not None:
        by = total - given["cart.total"]
        kind = "raise_total" if by > 0 else "reduce_total"
        steps.append({"kind": kind, "to": money(total), "by": money(abs(by))})
    return steps
