"""A policy document, read once into what the decision needs, its mistakes refused."""

from dataclasses import dataclass, replace
from datetime import date

from .catalogue import with_custom_facts
from .conditions import Condition, Other, read_condition
from .facts import TOTAL_PLUS
from .literals import literal
from .money import parse_amount, parse_rate

STEPS = ["birth_date", "email", "phone", "address", "identity"]

CREDIT_KINDS = frozenset({"invoice", "pay_later", "instalments", "sepa_debit"})
ACCOUNT_KINDS = frozenset({"invoice", "pay_later", "instalments"})
KINDS = CREDIT_KINDS | {"card", "wallet", "prepayment"}
NODES_MAXIMUM = 2000

# What a change of section 8 can touch, directly or through a derived fact.
SHIPPING_FACTS = frozenset({"shipping.same_as_billing", "shipping.country"})
ACCOUNT_FACTS = frozenset(
    {"account.open_balance", "account.overdue_balance", "account.overdue_count", "account.overdue_days_max"}
)
CHANGEABLE = SHIPPING_FACTS | ACCOUNT_FACTS | frozenset(TOTAL_PLUS)


class PolicyError(ValueError):
    """A policy document that says something the format has no place for."""


@dataclass
class When:
    """A value that applies when its condition holds, or always."""

    condition: Condition | None
    value: object


@dataclass
class Attribute:
    fact: str
    bins: list | None  # of (from, points), the first with None
    categories: dict | None  # of value to points
    other: int
    missing: int


@dataclass
class Scorecard:
    base: int
    attributes: list


@dataclass
class Class:
    id: str
    condition: Condition | None
    from_points: int | None
    default_probability_ppm: int
    basis: str


@dataclass
class Rule:
    id: str
    condition: Condition
    reason: str


@dataclass
class Method:
    id: str
    kind: str
    provider: str | None
    condition: Condition | None
    reason: str
    minimum: int | None
    limits: list | None
    term: dict | None
    fixed_fee: int
    fee_rate: int  # millionths
    fields: list
    consent: str | None
    rules: list

    @property
    def bears_credit_risk(self):
        return self.kind in CREDIT_KINDS

    @property
    def on_account(self):
        return self.kind in ACCOUNT_KINDS


def first_that_holds(entries, known, otherwise=None):
    """The value of the first entry whose condition holds or that has none."""
    for entry in entries:
        if entry.condition is None or entry.condition.holds(known):
            return entry.value
    return otherwise


class Policy:
    """What a policy document says, with every condition ready to be asked."""

    def __init__(self, document):
        try:
            self._read(document)
        except (KeyError, TypeError, AttributeError, ValueError) as mistake:
            raise PolicyError(f"{type(mistake).__name__}: {mistake}") from mistake

    def _read(self, document):
        self.market, self.currency = document["market"], document["currency"]
        self.facts = with_custom_facts(document.get("facts", {}))
        self.class_ids = [entry["id"] for entry in document.get("classes", [])]
        self._set_choices("risk.class", self.class_ids)
        self._set_choices("value.class", [entry["id"] for entry in document.get("value_classes", [])])
        self.conditions = []
        self.edges = []  # (fact, literal or Other, how many minor units after it the answer may change)
        self.registration_checked = "registration_checked_by" in document.get("legal", {})
        valid = document.get("valid", {})
        self.valid_from = date.fromisoformat(valid["from"]) if "from" in valid else None
        self.valid_until = date.fromisoformat(valid["until"]) if "until" in valid else None
        self._read_scoring(document)
        self._read_exposure(document.get("exposure", {}))
        self._read_rules_and_methods(document)
        self.order = [When(self._when(e), e["methods"]) for e in document.get("order", [])]
        if sum(condition.nodes for condition in self.conditions) > NODES_MAXIMUM:
            raise ValueError("too many conditions")
        self._collect_steps()
        self._collect_edges()
        self._collect_what_can_change()

    def _set_choices(self, name, ids):
        self.facts[name] = replace(self.facts[name], choices=tuple(ids))

    def fact(self, name):
        if name not in self.facts:
            raise ValueError(f"`{name}` is no fact")
        return self.facts[name]

    def _amount(self, text):
        return parse_amount(text, self.currency)

    def _condition(self, document, closed_to=()):
        condition = read_condition(document, self)
        for name in condition.reads():
            if name.startswith(tuple(closed_to)):
                raise ValueError(f"`{name}` is not known yet where it is read")
        self.conditions.append(condition)
        return condition

    def _when(self, entry, closed_to=()):
        return self._condition(entry["when"], closed_to) if "when" in entry else None

    def _read_scoring(self, document):
        early = ("risk.", "value.class")
        self.value_classes = None
        if "value_classes" in document:
            self.value_classes = [When(self._when(e, early), e["id"]) for e in document["value_classes"]]
        known_customer = {"fact": "customer.known", "operator": "equal", "value": True}
        self.returning = self._condition(document.get("returning", known_customer), early)
        self.scorecards = None
        if "scorecards" in document:
            self.scorecards = {name: self._scorecard(card) for name, card in document["scorecards"].items()}
            if document["unknown"]["class"] not in self.class_ids:
                raise ValueError("the class of the unknown is none")
            self.unknown_class = document["unknown"]["class"]
        self.classes = [
            Class(
                entry["id"],
                self._when(entry, early),
                entry.get("from_points"),
                entry["default_probability_ppm"],
                entry["basis"],
            )
            for entry in document.get("classes", [])
        ]

    def _scorecard(self, document):
        return Scorecard(document["base"], [self._attribute(entry) for entry in document["attributes"]])

    def _attribute(self, entry):
        fact = self.fact(entry["fact"])
        if fact.name.startswith(("risk.", "value.class")):
            raise ValueError("a scorecard reads no class")
        bins = categories = None
        if "bins" in entry:
            bins = [(literal(fact, b["from"], self) if "from" in b else None, b["points"]) for b in entry["bins"]]
            ends = [literal(fact, b["below"], self) for b in entry["bins"] if "below" in b]
            if ends != [start for start, _ in bins[1:]] or bins[0][0] is not None or ends != sorted(set(ends)):
                raise ValueError(f"the bins of `{fact.name}` leave gaps or overlap")
            self.edges += [(fact.name, end, 0) for end in ends]
        else:
            categories = {literal(fact, v, self): c["points"] for c in entry["categories"] for v in c["values"]}
        return Attribute(fact.name, bins, categories, entry.get("other", 0), entry.get("missing", 0))

    def _read_exposure(self, document):
        self.exposure_limits = None
        if "limits" in document:
            self.exposure_limits = self._limits(document["limits"])
        self.ladder_fact = self.ladder = None
        if "ladder" in document:
            fact = self.fact(document["ladder"]["fact"])
            self.ladder_fact = fact.name
            steps = document["ladder"]["steps"]
            self.ladder = [(literal(fact, s["from"], self), self._amount(s["maximum"])) for s in steps]
            self.edges += [(fact.name, start, 0) for start, _ in self.ladder]

    def _limits(self, entries):
        return [When(self._when(entry), self._amount(entry["maximum"])) for entry in entries]

    def _read_rules_and_methods(self, document):
        self.caps = []
        withholding = []
        for entry in document.get("rules", []):
            if "class_at_best" in entry:
                rank = self.class_ids.index(entry["class_at_best"])
                self.caps.append(When(self._condition(entry["when"], ("risk.",)), rank))
            if "withhold" in entry:
                rule = Rule(entry["id"], self._condition(entry["when"]), entry["reason"])
                withholding.append((entry["withhold"], rule))
        self.methods = [self._method(entry, withholding) for entry in document["methods"]]

    def _method(self, entry, withholding):
        kind = entry["kind"]
        if kind not in KINDS:
            raise ValueError(f"`{kind}` is no kind of method")
        fee = entry.get("fee", {})
        return Method(
            id=entry["id"],
            kind=kind,
            provider=entry.get("provider"),
            condition=self._when(entry),
            reason=entry.get("reason", "method.condition"),
            minimum=self._amount(entry["minimum"]) if "minimum" in entry else None,
            limits=self._limits(entry["limits"]) if "limits" in entry else None,
            term=entry.get("term"),
            fixed_fee=self._amount(fee["fixed"]) if "fixed" in fee else 0,
            fee_rate=parse_rate(fee["rate"]) if "rate" in fee else 0,
            fields=list(entry.get("fields", [])),
            consent=entry.get("consent"),
            rules=[rule for names, rule in withholding if _concerns(names, entry["id"], kind)],
        )

    def _collect_steps(self):
        """The keys that are looked for in `customer.confirmed`."""
        comparisons = [pair for condition in self.conditions for pair in condition.comparisons]
        found = {key for fact, key in comparisons if fact == "customer.confirmed" and key is not None}
        if unknown := found - set(STEPS):
            raise ValueError(f"{unknown} are no steps")
        self.steps = found

    def _collect_edges(self):
        """Where comparisons with the cart total, or an amount that contains it, may turn."""
        for condition in self.conditions:
            for left, right in condition.comparisons:
                if left in TOTAL_PLUS and right is not None:
                    self.edges += [(left, right, 0), (left, right, 1)]
                if isinstance(right, Other) and right.name in TOTAL_PLUS:
                    self.edges += [(right.name, Other(left), 0), (right.name, Other(left), 1)]
        self.edges = [edge for edge in self.edges if edge[0] in TOTAL_PLUS]

    def _collect_what_can_change(self):
        """Whether classes and points can differ after a change, and so whether a condition can."""
        parts = [self.returning] + [c.condition for c in self.classes] + [cap.condition for cap in self.caps]
        cards = (self.scorecards or {}).values()
        scored = {attribute.fact for card in cards for attribute in card.attributes}
        of_value = set().union(*(v.condition.reads() for v in self.value_classes or [] if v.condition))
        of_class = scored.union(*(part.reads() for part in parts if part)) | of_value
        self._behind = {"value.class": of_value, "risk.class": of_class, "risk.points": of_class}
        self.reads = scored.union({self.ladder_fact}, *(condition.reads() for condition in self.conditions))

    def can_change(self, condition):
        """Whether a change of section 8 can give this condition another value."""
        return any(
            name in CHANGEABLE or not CHANGEABLE.isdisjoint(self._behind.get(name, ())) for name in condition.reads()
        )


def _concerns(names, method_id, kind):
    if names == "all":
        return True
    if names == "credit":
        return kind in CREDIT_KINDS
    return method_id in names
