"""Conditions in three values: True, False and None for unknown (Kleene's strong logic)."""

from operator import eq, ge, gt, le, lt, ne

from .literals import literal

DEPTH_MAXIMUM = 12

_ORDERINGS = {"lessThan": lt, "lessThanInclusive": le, "greaterThan": gt, "greaterThanInclusive": ge}
_EQUALITY = {"equal": eq, "notEqual": ne}
_PRESENCE = {"isPresent", "isMissing"}
_MEMBERSHIP = {"in", "notIn"}
_HOLDING = {"contains", "doesNotContain"}

OPERATORS = {
    "boolean": set(_EQUALITY),
    "integer": set(_EQUALITY) | set(_ORDERINGS) | _MEMBERSHIP,
    "amount": set(_EQUALITY) | set(_ORDERINGS) | _MEMBERSHIP,
    "date": set(_EQUALITY) | set(_ORDERINGS) | _MEMBERSHIP,
    "choice": set(_EQUALITY) | _MEMBERSHIP,
    "country": set(_EQUALITY) | _MEMBERSHIP,
    "text": set(_EQUALITY) | _MEMBERSHIP,
    "texts": _HOLDING,
}


class Condition:
    """A condition ready to be asked.

    `value(known)` is True, False or None. `comparisons` are the pairs (fact, operand) it makes, where the operand is
    a literal, an `Other` fact, or None for `isPresent` and `isMissing`; `nodes` counts the parts it has.
    """

    __slots__ = ("value", "comparisons", "nodes")

    def __init__(self, value, comparisons, nodes):
        self.value = value
        self.comparisons = comparisons
        self.nodes = nodes

    def holds(self, known):
        return self.value(known) is True

    def reads(self):
        names = {fact for fact, _ in self.comparisons}
        return names | {operand.name for _, operand in self.comparisons if isinstance(operand, Other)}


class Other:
    """The fact on the right side of a comparison."""

    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name


def read_condition(document, policy, depth=1):
    """The condition that a policy document states; a `ValueError` says what it states wrongly."""
    if depth > DEPTH_MAXIMUM:
        raise ValueError("conditions are nested too deep")
    keys = set(document)
    if keys == {"all"} or keys == {"any"}:
        word = next(iter(keys))
        parts = [read_condition(part, policy, depth + 1) for part in document[word]]
        value = (_all if word == "all" else _any)([part.value for part in parts])
        return Condition(value, [c for part in parts for c in part.comparisons], 1 + sum(p.nodes for p in parts))
    if keys == {"not"}:
        part = read_condition(document["not"], policy, depth + 1)
        return Condition(_not(part.value), part.comparisons, 1 + part.nodes)
    if keys == {"fact", "operator"} or keys == {"fact", "operator", "value"}:
        return _read_comparison(document, policy)
    raise ValueError(f"`{document}` is no condition")


def _all(parts):
    def value(known):
        answer = True
        for part in parts:
            one = part(known)
            if one is False:
                return False
            if one is None:
                answer = None
        return answer

    return value


def _any(parts):
    def value(known):
        answer = False
        for part in parts:
            one = part(known)
            if one is True:
                return True
            if one is None:
                answer = None
        return answer

    return value


def _not(part):
    def value(known):
        one = part(known)
        return None if one is None else not one

    return value


def _read_comparison(document, policy):
    name, operator = document["fact"], document["operator"]
    fact = policy.fact(name)
    if operator in _PRESENCE:
        if "value" in document:
            raise ValueError(f"`{operator}` takes no value")
        present = operator == "isPresent"
        return Condition(lambda known: (name in known) == present, [(name, None)], 1)
    if operator not in OPERATORS[fact.type]:
        raise ValueError(f"`{name}` is of type {fact.type}, which has no `{operator}`")
    operand = document["value"]
    if isinstance(operand, dict):
        return _two_facts(fact, operator, policy.fact(operand["fact"]))
    if operator in _MEMBERSHIP:
        members = frozenset(literal(fact, item, policy) for item in operand)
        return Condition(_membership(name, members, operator == "in"), [(name, item) for item in members], 1)
    wanted = literal(fact, operand, policy)
    if operator in _HOLDING:
        return Condition(_holding(name, wanted, operator == "contains"), [(name, wanted)], 1)
    compare = _EQUALITY.get(operator) or _ORDERINGS[operator]
    return Condition(_against_literal(name, compare, wanted), [(name, wanted)], 1)


def _two_facts(fact, operator, other):
    comparable = fact.type == other.type and fact.choices == other.choices
    if not comparable or fact.type == "texts" or {fact.name, other.name} & {"risk.class", "value.class"}:
        raise ValueError(f"`{fact.name}` and `{other.name}` are not compared")
    if operator not in _EQUALITY and operator not in _ORDERINGS:
        raise ValueError(f"`{operator}` does not compare two facts")
    compare = _EQUALITY.get(operator) or _ORDERINGS[operator]
    left, right = fact.name, other.name

    def value(known):
        if left not in known or right not in known:
            return None
        return compare(known[left], known[right])

    return Condition(value, [(left, Other(right))], 1)


def _against_literal(name, compare, wanted):
    def value(known):
        return compare(known[name], wanted) if name in known else None

    return value


def _membership(name, members, inside):
    def value(known):
        return (known[name] in members) == inside if name in known else None

    return value


def _holding(name, wanted, holds):
    def value(known):
        return (wanted in known[name]) == holds if name in known else None

    return value
