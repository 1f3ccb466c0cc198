"""One method in one situation: reasons, fee, limit, due date, missing fields (section 7)."""

from datetime import timedelta

from .calendar import next_working_day, place_of_performance
from .money import share
from .policy import first_that_holds


def reasons(method, situation):
    """Every reason that withholds the method, in the order of the specification, as (code, rule or None)."""
    yield from unchangeable_reasons(method, situation)
    yield from changeable_reasons(method, situation)


def changeable_reasons(method, situation):
    """The reasons that cart, address or payment of what is overdue might lift."""
    known = situation.known
    total = known.get("cart.total")
    if total is None and (method.bears_credit_risk or method.minimum is not None or method.limits is not None):
        yield "cart.total_missing", None
    for rule in method.rules:
        if rule.condition.holds(known):
            yield rule.reason, rule.id
    if method.condition is not None and not method.condition.holds(known):
        yield method.reason, None
    if total is None:
        return
    if method.minimum is not None and total < method.minimum:
        yield "amount.minimum", None
    if method.limits is not None and total > method_limit(method, known):
        yield "amount.maximum", None
    if method.bears_credit_risk and policy_limits_exposure(situation):
        if total + fee(method, total) > situation.available:
            yield "exposure.exceeded", None


def unchangeable_reasons(method, situation):
    """The reasons that neither cart, address nor payment of what is overdue could lift."""
    policy, today = situation.policy, situation.today
    too_early = policy.valid_from is not None and today < policy.valid_from
    too_late = policy.valid_until is not None and today > policy.valid_until
    if method.bears_credit_risk and (too_early or too_late):
        yield "policy.not_valid", None
    if method.on_account and not policy.registration_checked:
        yield "legal.registration_unchecked", None
    if method.provider is not None and method.provider not in situation.known.get("shop.providers", ()):
        yield "provider.not_configured", None


def policy_limits_exposure(situation):
    return situation.exposure_limit is not None


def method_limit(method, known):
    """The method's own maximum, or None where it has none."""
    if method.limits is None:
        return None
    return first_that_holds(method.limits, known, otherwise=0)


def fee(method, total):
    return method.fixed_fee + share(total, method.fee_rate)


def limit(method, situation):
    """The most the cart may come to by the method's limits and, on credit, by what is available."""
    limits = [method_limit(method, situation.known)]
    if method.bears_credit_risk:
        limits.append(situation.available)
    return min((one for one in limits if one is not None), default=None)


def due_date(method, situation):
    """The day a payment is due, moved by BGB section 193; None without a term or without a known delivery day."""
    if method.term is None:
        return None
    base = situation.today
    if method.term["from"] == "delivery":
        base = situation.known.get("order.expected_delivery")
        if base is None:
            return None
    known = situation.known
    where = place_of_performance(situation.policy.market, known.get("billing.country"), known.get("billing.region"))
    return next_working_day(base + timedelta(days=method.term["days"]), where)


def missing_fields(method, known):
    return [field for field in method.fields if field not in known]
