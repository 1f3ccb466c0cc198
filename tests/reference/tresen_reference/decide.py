"""The whole decision as JSON has it."""

from .change import nearest_changes
from .facts import FactError, derive, read_facts
from .methods import due_date, fee, limit, missing_fields, reasons
from .policy import first_that_holds
from .situation import Situation
from .steps import least_steps

SEMANTICS_VERSION = 1


def decide(policy, facts, today):
    """The Decision JSON for a policy, the facts as JSON and a date; a `FactError` if it refuses the facts.

    Its hashes are null: the reference has none.
    """
    given = read_facts(facts, policy, today)
    situation = Situation(policy, derive(given, today), today)
    why = {method.id: list(reasons(method, situation)) for method in policy.methods}
    withheld = [method for method in policy.methods if why[method.id]]
    changes = nearest_changes(policy, given, situation, withheld)
    steps = least_steps(policy, given, situation, withheld)
    in_order = _display_order(policy, situation.known)
    return {
        "semantics_version": SEMANTICS_VERSION,
        "policy": None,
        "residual": None,
        "today": today.isoformat(),
        "risk": _risk(situation),
        "value_class": situation.known.get("value.class"),
        "exposure": {
            "limit": _money(policy, situation.exposure_limit),
            "available": _money(policy, situation.available),
        },
        "methods": [
            _method(method, rank, situation, why[method.id], changes.get(method.id), steps.get(method.id))
            for rank, method in enumerate(in_order, start=1)
        ],
    }


def answer(policy, facts, today):
    """The Decision JSON, or `{"error": …}` for facts that are refused."""
    try:
        return decide(policy, facts, today)
    except FactError as mistake:
        return {"error": {"code": "facts.invalid", "diagnostics": [{"code": mistake.code, "message": str(mistake)}]}}


def _money(policy, minor):
    return None if minor is None else {"minor": minor, "currency": policy.currency}


def _display_order(policy, known):
    first = first_that_holds(policy.order, known, otherwise=[])
    by_id = {method.id: method for method in policy.methods}
    return [by_id[name] for name in first] + [method for method in policy.methods if method.id not in first]


def _risk(situation):
    policy, known = situation.policy, situation.known
    class_id = known.get("risk.class")
    entry = next((entry for entry in policy.classes if entry.id == class_id), None)
    return {
        "class": class_id,
        "points": known.get("risk.points"),
        "scorecard": situation.scorecard,
        "default_probability_ppm": entry.default_probability_ppm if entry else None,
        "basis": entry.basis if entry else None,
    }


def _method(method, rank, situation, why, change, steps):
    policy, known = situation.policy, situation.known
    missing = missing_fields(method, known) if not why else []
    due = due_date(method, situation)
    return {
        "id": method.id,
        "kind": method.kind,
        "state": "withheld" if why else "incomplete" if missing else "offered",
        "rank": rank,
        "limit": _money(policy, limit(method, situation)),
        "fee": _money(policy, fee(method, known.get("cart.total", 0))),
        "term": method.term,
        "due_date": due.isoformat() if due else None,
        "missing": missing,
        "consent": method.consent,
        "reasons": [{"code": code, "rule": rule} for code, rule in why],
        "change": change,
    } | ({"steps": steps} if steps else {})
