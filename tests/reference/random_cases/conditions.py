"""Random conditions: every operator and type, and the traps of three-valued logic."""

from tresen_reference.conditions import DEPTH_MAXIMUM, OPERATORS

_LISTS = {"in", "notIn"}
_COMPARABLE = {"equal", "notEqual", "lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"}

# Facts on which a change of the cart, the address or the account can work are asked about more often.
_FAVOURITES = [
    "cart.total",
    "account.exposure_after",
    "history.amount_7_days_after",
    "shipping.same_as_billing",
    "shipping.country",
    "account.open_balance",
    "account.overdue_balance",
    "account.overdue_count",
    "account.overdue_days_max",
    "customer.age",
    "customer.confirmed",
    "risk.class",
    "risk.points",
    "value.class",
]
_OVERDUE = ["account.overdue_count", "account.overdue_days_max"]


def comparisons(node):
    """Every comparison in a policy document or a part of it."""
    if isinstance(node, dict):
        if "operator" in node:
            yield node
        for value in node.values():
            yield from comparisons(value)
    elif isinstance(node, list):
        for value in node:
            yield from comparisons(value)


def _depth(node):
    parts = node.get("all", node.get("any", [node["not"]] if "not" in node else []))
    return 1 + max(map(_depth, parts), default=0)


class ConditionMaker:
    """Makes conditions over the facts that a policy has."""

    def __init__(self, vocabulary, facts):
        self.vocabulary = vocabulary
        self.rng = vocabulary.rng
        self.facts = facts

    def condition(self, closed_to=(), depth=0):
        """A condition that reads no fact whose name starts with one of `closed_to`."""
        open_facts = [fact for fact in self.facts.values() if not fact.name.startswith(tuple(closed_to))]
        return self._node(open_facts, depth)

    def known_beforehand(self):
        """A condition over what the shop's server knows: `policy check` lets `returning` read nothing else."""
        dates = ("customer.tenure_days", "history.address_age_days")
        known = [f for f in self.facts.values() if f.visibility == "server" or f.name in dates]
        return self._node(known, depth=2)

    def _node(self, facts, depth):
        draw = self.rng.random()
        if depth >= 4 or draw < 0.5:
            return self._comparison(facts)
        if draw < 0.6:
            return self._trap(facts)
        if draw < 0.7:
            return {"not": self._node(facts, depth + 1)}
        parts = [self._node(facts, depth + 1) for _ in range(self.rng.choice([1, 2, 2, 2, 3]))]
        return {self.rng.choice(["all", "any"]): parts}

    def _trap(self, facts):
        """Forms whose answer differs between two-valued and three-valued logic when a fact is missing."""
        one, other = self._comparison(facts), self._comparison(facts)
        missing = {"fact": one["fact"], "operator": "isMissing"}
        return self.rng.choice(
            [
                {"any": [one, {"not": one}]},
                {"all": [one, {"not": one}]},
                {"any": [one, missing]},
                {"all": [{"not": one}, missing]},
                {"not": {"all": [one, other]}},
                {"not": {"any": [one, other]}},
                {"any": [{"not": {"not": one}}, {"all": [other, {"not": missing}]}]},
                {"not": {"any": []}},
                {"all": [one, {"all": []}]},
            ]
        )

    def deepest(self):
        """A condition nested as deep as a policy may."""
        node = self.condition(depth=4)
        for _ in range(DEPTH_MAXIMUM - _depth(node)):
            node = self.rng.choice([{"not": node}, {"all": [node]}, {"any": [node]}])
        return node

    def liftable(self):
        """A condition that a step of the nearest change makes false; a gap in the totals has two edges equally near."""
        low, high = sorted(self.rng.sample(self.vocabulary.amounts, 2))
        gap = [("greaterThanInclusive", low), ("lessThan", high)]
        return self.rng.choice(
            [
                {"fact": "shipping.same_as_billing", "operator": "equal", "value": False},
                {"not": {"fact": "shipping.same_as_billing", "operator": "equal", "value": True}},
                {"fact": "shipping.country", "operator": "notEqual", "value": {"fact": "billing.country"}},
                {"fact": "cart.total", "operator": "in", "value": [self.vocabulary.amount_text()]},
                {"all": [self._against_total(operator, edge) for operator, edge in gap]},
                {
                    # Either step lifts the one, only both steps lift the other.
                    self.rng.choice(["all", "any"]): [
                        {"fact": "shipping.same_as_billing", "operator": "equal", "value": False},
                        {"fact": self.rng.choice(_OVERDUE), "operator": "notEqual", "value": 0},
                    ]
                },
                {"fact": "account.overdue_count", "operator": "greaterThan", "value": 0},
                {"fact": "account.overdue_days_max", "operator": "greaterThanInclusive", "value": 1},
                {
                    "fact": "account.overdue_balance",
                    "operator": "greaterThan",
                    "value": self.vocabulary.amount_text(self.vocabulary.amounts[0]),
                },
            ]
        )

    def lifted(self):
        """A condition that holds only after a step of the nearest change, or where the step is not needed."""
        return self.rng.choice(
            [
                {"fact": "shipping.same_as_billing", "operator": "equal", "value": True},
                {"fact": self.rng.choice(_OVERDUE), "operator": "equal", "value": 0},
                {"fact": "shipping.country", "operator": "equal", "value": {"fact": "billing.country"}},
            ]
        )

    def _against_total(self, operator, edge):
        return {"fact": "cart.total", "operator": operator, "value": self.vocabulary.amount_text(edge)}

    def _fact(self, facts):
        favourites = [fact for fact in facts if fact.name in _FAVOURITES]
        custom = [fact for fact in facts if fact.name.startswith("custom.")]
        draw = self.rng.random()
        wanted = favourites if draw < 0.4 else custom if draw < 0.55 else facts
        return self.rng.choice(wanted or facts)

    def _comparison(self, facts):
        fact = self._fact(facts)
        if fact.type == "choice" and not fact.choices:
            return {"fact": fact.name, "operator": self.rng.choice(["isPresent", "isMissing"])}
        operators = sorted(OPERATORS[fact.type]) + ["isPresent", "isMissing"][: self.rng.randint(0, 2)]
        operator = self.rng.choice(operators)
        leaf = {"fact": fact.name, "operator": operator}
        if operator in ("isPresent", "isMissing"):
            return leaf
        if operator in _LISTS:
            drawn = [self.vocabulary.literal(fact) for _ in range(self.rng.randint(1, 4))]
            return leaf | {"value": list(dict.fromkeys(drawn))}
        others = self._comparable(fact, facts)
        if operator in _COMPARABLE and others and self.rng.random() < 0.2:
            return leaf | {"value": {"fact": self.rng.choice(others)}}
        return leaf | {"value": self.vocabulary.literal(fact)}

    def _comparable(self, fact, facts):
        if fact.name in ("risk.class", "value.class"):
            return []
        same = [o for o in facts if (o.type, o.choices) == (fact.type, fact.choices) and o.name != fact.name]
        return [o.name for o in same if fact.type != "text" or o.visibility == fact.visibility]
