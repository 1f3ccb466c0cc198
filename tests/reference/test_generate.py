"""Random cases are the same for the same seed, and leave no operator, feature, reason or step out."""

import itertools
import json
import random
import unittest

from generate import batches
from random_cases import PolicyMaker
from random_cases.conditions import comparisons
from tresen_reference import Policy
from tresen_reference.conditions import OPERATORS

REASONS_OF_THE_ENGINE = {
    "policy.not_valid",
    "legal.registration_unchecked",
    "provider.not_configured",
    "cart.total_missing",
    "method.condition",
    "amount.minimum",
    "amount.maximum",
    "exposure.exceeded",
}


class Policies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.makers = [PolicyMaker(random.Random(f"cover/{number}"), number) for number in range(400)]

    def test_every_policy_is_valid_and_small_enough_to_read(self):
        for maker in self.makers:
            Policy(maker.document)
            self.assertLess(len(json.dumps(maker.document)), 40_000)

    def test_every_operator_of_every_type_is_used_also_between_facts(self):
        used, between = set(), set()
        for maker in self.makers:
            for comparison in comparisons(maker.document):
                kind = maker.facts[comparison["fact"]].type
                used.add((kind, comparison["operator"]))
                if isinstance(comparison.get("value"), dict):
                    between.add(kind)
        for kind, operators in OPERATORS.items():
            for operator in operators | {"isPresent", "isMissing"}:
                self.assertIn((kind, operator), used)
        self.assertEqual(between, {"boolean", "integer", "amount", "date", "country", "text"})

    def test_every_part_of_the_format_is_used(self):
        documents = [maker.document for maker in self.makers]
        optional = ("legal", "valid", "facts", "returning", "scorecards", "classes", "value_classes", "exposure", "order")
        for part in optional:
            self.assertTrue(any(part in document for document in documents), part)
            self.assertFalse(all(part in document for document in documents), part)
        of_methods = ("provider", "when", "reason", "minimum", "limits", "term", "fee", "fields", "consent")
        methods = [method for document in documents for method in document["methods"]]
        for part in of_methods:
            self.assertTrue(any(part in method for method in methods), part)
            self.assertFalse(all(part in method for method in methods), part)
        self.assertEqual(len({method["kind"] for method in methods}), 7)


class Cases(unittest.TestCase):
    def test_the_same_seed_gives_the_same_cases_and_another_seed_others(self):
        one, same, other = (list(batches(seed, 30, 10)) for seed in ("a", "a", "b"))
        self.assertEqual(one, same)
        self.assertNotEqual(one, other)

    def test_the_number_of_cases_is_kept(self):
        self.assertEqual([len(cases) for _, cases in batches("count", 25, 10)], [10, 10, 5])

    def test_every_state_reason_and_step_occurs(self):
        states, reasons, steps = set(), set(), set()
        decisions = (case["expect"] for _, cases in batches("cover", 2000, 20) for case in cases)
        for method in itertools.chain.from_iterable(decision["methods"] for decision in decisions):
            states.add(method["state"])
            reasons |= {reason["code"] for reason in method["reasons"]}
            steps |= {tuple(step["kind"] for step in method["change"]["steps"])} if method["change"] else set()
        self.assertEqual(states, {"offered", "incomplete", "withheld"})
        self.assertLessEqual(REASONS_OF_THE_ENGINE, reasons)
        ship, settle, up, down = "ship_to_billing_address", "settle_overdue", "raise_total", "reduce_total"
        self.assertLessEqual({(ship,), (settle,), (up,), (down,)}, steps)
        self.assertLessEqual({(ship, settle), (ship, down), (settle, up), (settle, down)}, steps)


if __name__ == "__main__":
    unittest.main()
