"""Three-valued conditions, each answer worked out by hand."""

import unittest
from datetime import date

from tresen_reference import Policy, PolicyError
from tresen_reference.conditions import read_condition

MINIMAL = {
    "format": 1,
    "name": "minimal",
    "market": "DE",
    "currency": "EUR",
    "merchant": {"name": "M", "size": "micro"},
    "facts": {
        "custom.word": {"type": "text", "visibility": "client"},
        "custom.other_word": {"type": "text", "visibility": "client"},
        "custom.day": {"type": "date", "visibility": "client"},
    },
    "classes": [{"id": "A", "default_probability_ppm": 1, "basis": "assumed"}],
    "methods": [{"id": "card", "kind": "card"}],
}
POLICY = Policy(MINIMAL)


def ask(condition, **known):
    """The condition's value for facts written as `cart_total=…`."""
    names = {name.replace("_", ".", 1): value for name, value in known.items()}
    return read_condition(condition, POLICY).value(names)


def leaf(fact, operator, *value):
    return {"fact": fact, "operator": operator} | ({"value": value[0]} if value else {})


TRUE, FALSE = {"all": []}, {"any": []}
UNKNOWN = leaf("customer.known", "equal", True)


class Kleene(unittest.TestCase):
    def test_all(self):
        self.assertIs(ask({"all": [TRUE, TRUE]}), True)
        self.assertIs(ask({"all": [TRUE, UNKNOWN]}), None)
        self.assertIs(ask({"all": [UNKNOWN, FALSE]}), False)
        self.assertIs(ask({"all": [FALSE, UNKNOWN]}), False)

    def test_any(self):
        self.assertIs(ask({"any": [FALSE, FALSE]}), False)
        self.assertIs(ask({"any": [FALSE, UNKNOWN]}), None)
        self.assertIs(ask({"any": [UNKNOWN, TRUE]}), True)
        self.assertIs(ask({"any": [TRUE, UNKNOWN]}), True)

    def test_not(self):
        self.assertIs(ask({"not": TRUE}), False)
        self.assertIs(ask({"not": FALSE}), True)
        self.assertIs(ask({"not": UNKNOWN}), None)

    def test_the_excluded_middle_does_not_hold_of_what_is_missing(self):
        self.assertIs(ask({"any": [UNKNOWN, {"not": UNKNOWN}]}), None)
        self.assertIs(ask({"all": [UNKNOWN, {"not": UNKNOWN}]}), None)

    def test_every_comparison_with_a_missing_fact_is_unknown(self):
        for operator, value in [("notEqual", "DE"), ("notIn", ["DE"]), ("in", ["DE"]), ("equal", "DE")]:
            self.assertIsNone(ask(leaf("billing.country", operator, value)))
        self.assertIsNone(ask(leaf("cart.categories", "doesNotContain", "home")))
        self.assertIsNone(ask(leaf("cart.total", "lessThan", "5.00 EUR")))
        self.assertIsNone(ask(leaf("billing.country", "notEqual", {"fact": "shipping.country"}), billing_country="DE"))

    def test_presence_is_never_unknown(self):
        self.assertIs(ask(leaf("cart.total", "isPresent")), False)
        self.assertIs(ask(leaf("cart.total", "isMissing")), True)
        self.assertIs(ask({"not": leaf("cart.total", "isMissing")}), False)
        self.assertIs(ask(leaf("cart.categories", "isPresent"), cart_categories=frozenset()), True)


class Comparisons(unittest.TestCase):
    def test_orderings_at_the_edge(self):
        answers = {
            "lessThan": (True, False, False),
            "lessThanInclusive": (True, True, False),
            "greaterThan": (False, False, True),
            "greaterThanInclusive": (False, True, True),
            "equal": (False, True, False),
            "notEqual": (True, False, True),
        }
        for operator, expected in answers.items():
            condition = leaf("cart.total", operator, "250.00 EUR")
            found = tuple(ask(condition, cart_total=total) for total in (24999, 25000, 25001))
            self.assertEqual(found, expected, operator)

    def test_lists_of_literals(self):
        self.assertIs(ask(leaf("cart.total", "in", ["1.00 EUR", "2.00 EUR"]), cart_total=200), True)
        self.assertIs(ask(leaf("cart.total", "notIn", ["1.00 EUR", "2.00 EUR"]), cart_total=201), True)
        self.assertIs(ask(leaf("custom.day", "in", ["2028-02-29"]), custom_day=date(2028, 2, 29)), True)

    def test_text_is_compared_byte_for_byte(self):
        self.assertIs(ask(leaf("custom.word", "equal", "Home"), custom_word="home"), False)
        self.assertIs(ask(leaf("custom.word", "equal", "möbel"), custom_word="mo\u0308bel"), False)
        same = leaf("custom.word", "equal", {"fact": "custom.other_word"})
        names = {"custom.word": "heard of nowhere", "custom.other_word": "heard of nowhere"}
        self.assertIs(read_condition(same, POLICY).value(names), True)

    def test_texts_hold_whole_texts(self):
        words = frozenset({"home", "garden"})
        self.assertIs(ask(leaf("cart.categories", "contains", "home"), cart_categories=words), True)
        self.assertIs(ask(leaf("cart.categories", "contains", "hom"), cart_categories=words), False)
        self.assertIs(ask(leaf("cart.categories", "doesNotContain", "hom"), cart_categories=words), True)


class Mistakes(unittest.TestCase):
    def refused(self, **changes):
        with self.assertRaises(PolicyError):
            Policy(MINIMAL | changes)

    def rule(self, when, **more):
        return [{"id": "r", "when": when, "withhold": "all", "reason": "general"} | more]

    def test_operators_that_a_type_does_not_have(self):
        self.refused(rules=self.rule(leaf("customer.known", "lessThan", True)))
        self.refused(rules=self.rule(leaf("billing.country", "greaterThan", "DE")))
        self.refused(rules=self.rule(leaf("cart.categories", "equal", "home")))
        self.refused(rules=self.rule(leaf("cart.total", "isPresent", "5.00 EUR")))

    def test_facts_that_are_not_compared(self):
        self.refused(rules=self.rule(leaf("cart.total", "equal", {"fact": "cart.item_count"})))
        self.refused(rules=self.rule(leaf("risk.class", "equal", {"fact": "risk.class"})))
        self.refused(rules=self.rule(leaf("shipping.method", "equal", {"fact": "order.origin_channel"})))

    def test_what_is_read_before_it_is_known(self):
        points = leaf("risk.points", "greaterThan", 3)
        self.refused(returning=points)
        self.refused(value_classes=[{"id": "high", "when": points}, {"id": "low"}])
        self.refused(rules=[{"id": "r", "when": points, "class_at_best": "A"}])

    def test_amounts_in_another_currency_or_with_too_many_digits(self):
        self.refused(rules=self.rule(leaf("cart.total", "equal", "5.00 CHF")))
        self.refused(rules=self.rule(leaf("cart.total", "equal", "5.001 EUR")))

    def test_too_deep_a_nesting(self):
        nested = TRUE
        for _ in range(11):
            nested = {"not": nested}
        Policy(MINIMAL | {"rules": self.rule(nested)})
        self.refused(rules=self.rule({"not": nested}))


if __name__ == "__main__":
    unittest.main()
