"""Random policies that keep every rule of the format."""

from dataclasses import replace
from datetime import timedelta

from tresen_reference.catalogue import with_custom_facts
from tresen_reference.money import format_amount

from .conditions import ConditionMaker
from .trim import trim
from .vocabulary import PROVIDERS, REASONS, WORDS, Vocabulary

METHODS_MAXIMUM = 16
_EARLY = ("risk.", "value.class")
_KINDS = ["invoice", "pay_later", "instalments", "sepa_debit", "card", "wallet", "prepayment"]


class PolicyMaker:
    """Makes one policy; afterwards `vocabulary` and `facts` say what its cases should be made of.

    `asked` are days and facts of its first cases: each part of the policy counts for some of them.
    """

    def __init__(self, rng, number):
        self.rng = rng
        self.number = number
        self.vocabulary = Vocabulary(rng)
        declared = self._custom_facts()
        self.class_ids = ["A", "B", "C", "D"][: rng.randint(1, 4)] if rng.random() < 0.95 else []
        self.value_ids = ["high", "middle", "low"][: rng.randint(1, 3)] if rng.random() < 0.5 else []
        self.facts = with_custom_facts(declared)
        self._set_choices()
        self.conditions = ConditionMaker(self.vocabulary, self.facts)
        self.document = self._document(declared)
        self.asked = trim(self)

    def _set_choices(self):
        for name, ids in (("risk.class", self.class_ids), ("value.class", self.value_ids)):
            self.facts[name] = replace(self.facts[name], choices=tuple(ids))

    def _chance(self, share):
        return self.rng.random() < share

    def _custom_facts(self):
        kinds = ["boolean", "integer", "amount", "date", "text", "texts"]
        count = self.rng.choice([0, 0, 1, 2, 4, 8])
        return {
            f"custom.{kind}_{n}": {"type": kind, "visibility": self.rng.choice(["client", "server"])}
            for n, kind in enumerate(self.rng.choice(kinds) for _ in range(count))
        }

    def _document(self, declared):
        document = {
            "format": 1,
            "name": f"random-{self.number}",
            "market": self.vocabulary.market,
            "currency": self.vocabulary.currency,
            "merchant": {"name": "Zufall GmbH", "size": self.rng.choice(["micro", "small", "medium", "large"])},
        }
        if self._chance(0.95):
            document["legal"] = {"registration_checked_by": "Kanzlei Zufall", "registration_checked_on": "2015-12-01"}
        document |= self._valid()
        if declared:
            document["facts"] = declared
        document |= self._scoring()
        document |= self._exposure()
        methods = self._methods()
        document["rules"] = self._rules([method["id"] for method in methods])
        document["methods"] = methods
        if self._chance(0.5):
            document["order"] = self._order([method["id"] for method in methods])
        safe = [m["id"] for m in methods if m["kind"] in ("card", "wallet", "prepayment") and "provider" not in m]
        document["fallback"] = safe[:1]
        return document

    def _valid(self):
        if self._chance(0.6):
            return {}
        day = self.vocabulary.day
        self.valid = {
            "from": (day - timedelta(days=self.rng.randint(0, 200))).isoformat(),
            "until": (day + timedelta(days=self.rng.randint(0, 200))).isoformat(),
        }
        if self._chance(0.4):
            del self.valid[self.rng.choice(["from", "until"])]
        return {"valid": self.valid}

    def _scoring(self):
        made = {}
        if self.value_ids:
            made["value_classes"] = self._ladder_of_conditions(self.value_ids)
        by_points = bool(self.class_ids) and self._chance(0.55)
        if by_points or self._chance(0.2):
            if self._chance(0.5):
                made["returning"] = self.conditions.known_beforehand()
        if by_points:
            cards = [self._scorecard(), self._scorecard()]
            made["scorecards"] = {"new": cards[0], "returning": cards[1]}
            bounds = self._bounds(cards)
            del self.class_ids[len(bounds) + 1 :]
            self._set_choices()
            made["unknown"] = {"class": self.rng.choice(self.class_ids)}
        if self.class_ids:
            made["classes"] = self._classes(bounds if by_points else None)
        return made

    def _ladder_of_conditions(self, ids):
        entries = [{"id": one, "when": self.conditions.condition(_EARLY, depth=1)} for one in ids]
        del entries[-1]["when"]
        return entries

    def _bounds(self, cards):
        """Points from which classes begin, falling; each leaves points on either side that some order can have."""
        lowest, highest = min(_fewest(card) for card in cards), max(_most(card) for card in cards)
        sums = [sum(self.rng.choice(points) for points in _choices(self.rng.choice(cards))) for _ in range(4)]
        drawn = {self.rng.choice(sums) + self.rng.choice([0, 0, 1]) for _ in self.class_ids}
        inside = [bound for bound in sorted(drawn, reverse=True) if lowest < bound <= highest]
        return inside[: len(self.class_ids) - 1]

    def _classes(self, bounds):
        if bounds is None:
            entries = self._ladder_of_conditions(self.class_ids)
        else:
            entries = [{"id": one} for one in self.class_ids]
            for entry, bound in zip(entries, bounds):
                entry["from_points"] = bound
                self.vocabulary.numbers.setdefault("risk.points", []).append(bound)
        for rank, entry in enumerate(entries):
            entry["default_probability_ppm"] = 4000 * (rank + 1) ** 2
            entry["basis"] = self.rng.choice(["assumed", "own_data"])
        return entries

    def _scorecard(self):
        scorable = [f for f in self.facts.values() if f.type != "texts" and not f.name.startswith(_EARLY)]
        chosen = self.rng.sample(scorable, self.rng.choice([0, 1, 2, 3, 5]))
        if self._chance(0.4) and self.facts["cart.total"] not in chosen:
            chosen.append(self.facts["cart.total"])
        base = self.rng.choice([0, 0, 10, 50, -5])
        return {"base": base, "attributes": [self._attribute(fact) for fact in chosen]}

    def _points(self):
        return self.rng.choice([-20, -5, 0, 0, 3, 10, 20, 40])

    def _attribute(self, fact):
        attribute = {"fact": fact.name}
        if fact.type in ("integer", "amount", "date"):
            attribute["bins"] = self._bins(fact)
        else:
            pool = {
                "boolean": [True, False],
                "choice": list(fact.choices),
                "country": ["DE", "AT", "CH", "FR"],
                "text": list(WORDS),
            }[fact.type]
            self.rng.shuffle(pool)
            cut = self.rng.randint(1, len(pool))
            groups = [pool[: (cut + 1) // 2], pool[(cut + 1) // 2 : cut]]
            attribute["categories"] = [{"values": group, "points": self._points()} for group in groups if group]
            attribute["other"] = self._points()
        attribute["missing"] = self._points()
        return attribute

    def _bins(self, fact):
        drawn = {self._ordered_literal(fact) for _ in range(self.rng.randint(0, 3))}
        # No bin ends where the fact begins.
        ends = sorted(end for end in drawn if fact.type == "date" or end > fact.minimum)
        written = [self._written(fact, end) for end in ends]
        bins = [{"points": self._points()} for _ in range(len(written) + 1)]
        for before, after, end in zip(bins, bins[1:], written):
            before["below"] = end
            after["from"] = end
        return bins

    def _ordered_literal(self, fact):
        if fact.type == "amount":
            return self.vocabulary.amount()
        if fact.type == "date":
            return self.rng.choice(self.vocabulary.dates)
        return self.vocabulary.integer(fact.name)

    def _written(self, fact, value):
        if fact.type == "amount":
            return format_amount(value, self.vocabulary.currency)
        return value.isoformat() if fact.type == "date" else value

    def _exposure(self):
        made = {}
        if self._chance(0.5):
            made["limits"] = self._limits()
        if self._chance(0.35):
            usual = ["history.paid_on_time", "history.orders_paid", "customer.tenure_days", "risk.points"]
            whole = [fact.name for fact in self.facts.values() if fact.type == "integer"]
            fact = self.facts[self.rng.choice(usual if self._chance(0.7) else whole)]
            starts = sorted({self._ordered_literal(fact) for _ in range(self.rng.randint(1, 4))})
            made["ladder"] = {
                "fact": fact.name,
                "steps": [
                    {"from": self._written(fact, start), "maximum": self.vocabulary.amount_text()} for start in starts
                ],
            }
        return {"exposure": made} if made else {}

    def _limits(self):
        larger = self.vocabulary.amounts[len(self.vocabulary.amounts) // 3 :]
        maximums = [self.vocabulary.amount_text(self.rng.choice(larger)) for _ in range(self.rng.randint(1, 4))]
        entries = [{"when": self._of_limit(), "maximum": maximum} for maximum in maximums]
        if len(entries) == 1 or self._chance(0.7):
            del entries[-1]["when"]
        return entries

    def _of_limit(self):
        return self.conditions.lifted() if self._chance(0.25) else self.conditions.condition(depth=1)

    def _rules(self, method_ids):
        rules = []
        for n in range(self.rng.choice([0, 1, 2, 2, 3, 3, 5])):
            rule = {"id": f"rule_{n}"}
            if self.class_ids and self._chance(0.3):
                rule["when"] = self.conditions.condition(("risk.",))
                rule["class_at_best"] = self.rng.choice(self.class_ids)
            else:
                rule["when"] = self._seldom()
                some = self.rng.sample(method_ids, self.rng.randint(1, len(method_ids)))
                rule["withhold"] = self.rng.choice([some, some, some, "credit", "all"])
                rule["reason"] = self.rng.choice(REASONS)
                if self._chance(0.3):
                    rule["private"] = True
            rules.append(rule)
        return rules

    def _seldom(self):
        """Mostly a conjunction: rules that always apply would leave nothing to see behind them."""
        if self._chance(0.3):
            return self.conditions.liftable()
        if self._chance(0.03):
            return self.conditions.deepest()
        parts = [self.conditions.condition(depth=1) for _ in range(self.rng.choice([1, 2, 2, 3]))]
        return parts[0] if len(parts) == 1 else {"all": parts}

    def _methods(self):
        others = METHODS_MAXIMUM - 1 if self._chance(0.03) else self.rng.randint(1, 5)
        kinds = [self.rng.choice(_KINDS[:4])] + [self.rng.choice(_KINDS) for _ in range(others)]
        self.rng.shuffle(kinds)
        return [self._method(f"{kind}_{n}", kind) for n, kind in enumerate(kinds, start=1)]

    def _method(self, method_id, kind):
        method = {"id": method_id, "kind": kind}
        if self._chance(0.2):
            method["provider"] = self.rng.choice(PROVIDERS)
        if self._chance(0.25):
            method["when"] = {"any": [self.conditions.condition(depth=1), self.conditions.condition(depth=1)]}
            if self._chance(0.6):
                method["reason"] = self.rng.choice(REASONS)
        if self._chance(0.4):
            method["minimum"] = self.vocabulary.amount_text(self.rng.choice(self.vocabulary.amounts[:4]))
        if self._chance(0.5):
            method["limits"] = self._limits()
        if self._chance(0.5):
            method["term"] = {
                "days": self.rng.choice([1, 7, 14, 30, 50]),
                "from": self.rng.choice(["order", "order", "delivery"]),
            }
        if self._chance(0.4):
            method["fee"] = self._fee()
        if self._chance(0.4):
            method["fields"] = self._fields()
        if self._chance(0.3):
            method["consent"] = self.rng.choice(["invoice", "rates"])
        return method

    def _fee(self):
        rate = self.rng.choice(["0", "0.015", "0.5", "0.000001", "0.333333", "0.029"] + ["1"] * self.vocabulary.tiny)
        fixed = self.rng.choice([0, 1, 35, self.vocabulary.amount()])
        fee = {"fixed": self.vocabulary.amount_text(fixed), "rate": rate}
        if self._chance(0.3):
            del fee[self.rng.choice(["fixed", "rate"])]
        return fee

    def _fields(self):
        client = [fact.name for fact in self.facts.values() if fact.visibility == "client"]
        return self.rng.sample(client, self.rng.randint(1, 3))

    def _order(self, method_ids):
        entries = []
        for _ in range(self.rng.randint(1, 3)):
            some = self.rng.sample(method_ids, self.rng.randint(1, len(method_ids)))
            entries.append({"when": self.conditions.condition(depth=2), "methods": some})
        if self._chance(0.4):
            del entries[-1]["when"]
        return entries


def _choices(card):
    """For the base and each attribute of a scorecard, the points it can add."""
    yield [card["base"]]
    for attribute in card["attributes"]:
        entries = attribute.get("bins", attribute.get("categories"))
        beside = [attribute["other"]] if "other" in attribute else []
        yield [entry["points"] for entry in entries] + beside + [attribute["missing"]]


def _fewest(card):
    return sum(map(min, _choices(card)))


def _most(card):
    return sum(map(max, _choices(card)))
