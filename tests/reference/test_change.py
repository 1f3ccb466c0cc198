"""The nearest change: by hand, and against a search that simply tries everything."""

import random
import unittest
from datetime import date

from generate import batches
from random_cases import FactsMaker, PolicyMaker
from tresen_reference import Policy, decide, read_facts
from tresen_reference.change import toggled
from tresen_reference.facts import derive, set_total
from tresen_reference.methods import reasons
from tresen_reference.situation import Situation

TODAY = date(2026, 11, 21)


def euros(minor):
    return {"minor": minor, "currency": "EUR"}


def leaf(fact, operator, value):
    return {"fact": fact, "operator": operator, "value": value}


def policy(method, rules=(), **more):
    return Policy(
        {
            "format": 1,
            "name": "change",
            "market": "DE",
            "currency": "EUR",
            "merchant": {"name": "M", "size": "micro"},
            "legal": {"registration_checked_by": "Kanzlei", "registration_checked_on": "2026-01-01"},
            "classes": [{"id": "A", "default_probability_ppm": 1, "basis": "assumed"}],
            "rules": list(rules),
            "methods": [{"id": "invoice", "kind": "invoice"} | method],
        }
        | more
    )


def change(asked_policy, **facts):
    """The steps for the only method, with facts as `cart__total=…`; whole numbers other than counts are cents."""
    named = {}
    for name, value in facts.items():
        is_amount = type(value) is int and not name.endswith("count")
        named[name.replace("__", ".")] = euros(value) if is_amount else value
    found = decide(asked_policy, named, TODAY)["methods"][0]["change"]
    return found and found["steps"]


def rule(when, reason):
    return {"id": reason, "when": when, "withhold": "all", "reason": reason}


class ByHand(unittest.TestCase):
    def test_the_total_comes_down_to_the_limit_and_not_a_cent_further(self):
        limited = policy({"limits": [{"maximum": "250.00 EUR"}]})
        steps = [{"kind": "reduce_total", "to": euros(25000), "by": euros(1)}]
        self.assertEqual(change(limited, cart__total=25001), steps)
        self.assertIsNone(change(limited, cart__total=25000))

    def test_the_total_goes_up_to_the_minimum(self):
        steps = [{"kind": "raise_total", "to": euros(500), "by": euros(101)}]
        self.assertEqual(change(policy({"minimum": "5.00 EUR"}), cart__total=399), steps)

    def test_equally_near_totals_give_the_lower_one(self):
        gap = {"all": [leaf("cart.total", "greaterThan", "9.00 EUR"), leaf("cart.total", "lessThan", "11.00 EUR")]}
        gapped = policy({}, [rule(gap, "general")])
        found = change(gapped, cart__total=1000)
        self.assertEqual(found, [{"kind": "reduce_total", "to": euros(900), "by": euros(100)}])
        found = change(gapped, cart__total=1001)
        self.assertEqual(found, [{"kind": "raise_total", "to": euros(1100), "by": euros(99)}])

    def test_the_fee_counts_against_what_is_available(self):
        # 98.52 + 1.48 (1.4778 rounded) = 100.00; 98.53 + 1.48 (1.47795) = 100.01
        fee = {"fixed": "0.00 EUR", "rate": "0.015"}
        charged = policy({"fee": fee}, exposure={"limits": [{"maximum": "100.00 EUR"}]})
        found = change(charged, cart__total=10000)
        self.assertEqual(found, [{"kind": "reduce_total", "to": euros(9852), "by": euros(148)}])

    def test_a_toggle_is_preferred_to_two_changes_but_a_cart_change_alone_to_a_toggle(self):
        far = leaf("shipping.same_as_billing", "equal", False)
        far_and_dear = {"all": [far, leaf("cart.total", "greaterThan", "50.00 EUR")]}
        found = self.change_of_an_order_sent_elsewhere(far_and_dear)
        self.assertEqual(found, [{"kind": "reduce_total", "to": euros(5000), "by": euros(1)}])
        self.assertEqual(self.change_of_an_order_sent_elsewhere(far), [{"kind": "ship_to_billing_address"}])

    def change_of_an_order_sent_elsewhere(self, when):
        return change(policy({}, [rule(when, "address.differs")]), cart__total=5001, shipping__same_as_billing=False)

    def test_without_a_total_there_are_only_the_toggles(self):
        late = leaf("account.overdue_count", "greaterThan", 0)
        card = policy({"kind": "card"}, [rule(late, "account.overdue")])
        found = change(card, account__overdue_count=2, account__overdue_balance=700)
        self.assertEqual(found, [{"kind": "settle_overdue", "amount": euros(700)}])
        self.assertIsNone(change(card, account__overdue_count=2))

    def test_nothing_lifts_a_rule_about_age(self):
        for_adults = policy({}, [rule(leaf("customer.age", "lessThan", 18), "customer.minor")])
        self.assertIsNone(change(for_adults, cart__total=100, customer__birth_date="2010-01-01"))


class ByFeedingItBack(unittest.TestCase):
    """A stated change, made to the facts, restores the method; one minor unit less of it does not."""

    def test_random_policies(self):
        tried = totals = 0
        for document, cases in batches("fed back", 600, 20):
            asked_policy = Policy(document)
            for case in cases:
                for method in case["expect"]["methods"]:
                    if method["change"]:
                        tried += 1
                        totals += self.feed_back(asked_policy, case, method["id"], method["change"]["steps"])
        self.assertGreater(tried, 150)
        self.assertGreater(totals, 100)

    def feed_back(self, asked_policy, case, method_id, steps):
        """Checks one change; whether it had a new total."""
        facts = dict(case["facts"])
        for step in steps:
            self.take(step, facts)
        self.assertNotEqual(self.state(asked_policy, case, facts, method_id), "withheld", (case, steps))
        if "to" not in steps[-1]:
            return False
        nearer = 1 if steps[-1]["kind"] == "reduce_total" else -1
        facts["cart.total"] = facts["cart.total"] | {"minor": facts["cart.total"]["minor"] + nearer}
        self.assertEqual(self.state(asked_policy, case, facts, method_id), "withheld", (case, steps))
        return True

    def take(self, step, facts):
        if step["kind"] == "ship_to_billing_address":
            facts["shipping.same_as_billing"] = True
            facts |= {"shipping.country": facts["billing.country"]} if "billing.country" in facts else {}
        elif step["kind"] == "settle_overdue":
            open_balance = facts.get("account.open_balance")
            if open_balance:
                left = max(0, open_balance["minor"] - step["amount"]["minor"])
                facts["account.open_balance"] = open_balance | {"minor": left}
            facts["account.overdue_balance"] = step["amount"] | {"minor": 0}
            counts = ("account.overdue_count", "account.overdue_days_max")
            facts |= {name: 0 for name in counts if name in facts}
        else:
            facts["cart.total"] = step["to"]

    def state(self, asked_policy, case, facts, method_id):
        decision = decide(asked_policy, facts, date.fromisoformat(case["today"]))
        return next(method["state"] for method in decision["methods"] if method["id"] == method_id)


class ByTryingEverything(unittest.TestCase):
    """On tiny amounts every total can be tried; the answers must be the same."""

    # Every threshold and amount of a tiny policy lies below 130, so beyond this nothing changes any more.
    TOTALS = range(1, 300)

    def test_random_tiny_policies(self):
        compared = changed = number = 0
        while compared < 250:
            number += 1
            rng = random.Random(f"tiny/{number}")
            maker = PolicyMaker(rng, number)
            if not maker.vocabulary.tiny:
                continue
            asked_policy, facts_maker = Policy(maker.document), FactsMaker(maker)
            for _ in range(3):
                today = facts_maker.today()
                facts = facts_maker.make(today)
                expected = self.search(asked_policy, facts, today)
                for method in decide(asked_policy, facts, today)["methods"]:
                    if method["state"] == "withheld":
                        compared += 1
                        changed += method["change"] is not None
                        self.assertEqual(method["change"], expected.get(method["id"]), (number, method["id"], facts))
        self.assertGreater(changed, 50)

    def search(self, asked_policy, facts, today):
        given = read_facts(facts, asked_policy, today)
        present = given.get("cart.total")
        possible = ["ship_to_billing_address"] * (given.get("shipping.same_as_billing") is False)
        possible += ["settle_overdue"] * (given.get("account.overdue_balance", 0) > 0)
        subsets = [(), *((one,) for one in possible)] + [tuple(possible)] * (len(possible) == 2)
        best = {}
        for order, toggles in enumerate(subsets):
            known = derive(toggled(given, toggles), today)
            for total in [None] if present is None else [present, *self.TOTALS]:
                tried = dict(known)
                if total is not None:
                    set_total(tried, total)
                situation = Situation(asked_policy, tried, today)
                distance = 0 if total is None else abs(total - present)
                for method in asked_policy.methods:
                    if not any(reasons(method, situation)):
                        candidate = (len(toggles), distance, order, total)
                        best[method.id] = min(best.get(method.id, candidate), candidate)
        currency = asked_policy.currency
        return {name: self.steps(currency, given, subsets[n], total) for name, (_, _, n, total) in best.items()}

    def steps(self, currency, given, toggles, total):
        def money(minor):
            return {"minor": minor, "currency": currency}

        steps = [{"kind": toggle} for toggle in toggles]
        for step in steps:
            if step["kind"] == "settle_overdue":
                step["amount"] = money(given["account.overdue_balance"])
        if total is not None and total != given["cart.total"]:
            by = total - given["cart.total"]
            kind = "raise_total" if by > 0 else "reduce_total"
            steps.append({"kind": kind, "to": money(total), "by": money(abs(by))})
        return {"steps": steps}

if __name__ == "__main__":
    unittest.main()
