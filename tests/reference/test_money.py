"""Amounts and rates, and the one rounding there is."""

import unittest

from tresen_reference.change import largest_total
from tresen_reference.methods import fee
from tresen_reference.money import format_amount, parse_amount, parse_rate, share
from tresen_reference.policy import Method


def method_with_fee(fixed, rate):
    nothing = dict.fromkeys(("provider", "condition", "reason", "minimum", "limits", "term", "consent"))
    return Method("m", "invoice", fixed_fee=fixed, fee_rate=parse_rate(rate), fields=[], rules=[], **nothing)


class Amounts(unittest.TestCase):
    def test_amounts_are_whole_minor_units_of_their_currency(self):
        self.assertEqual(parse_amount("250.00 EUR", "EUR"), 25000)
        self.assertEqual(parse_amount("0.01 EUR", "EUR"), 1)
        self.assertEqual(parse_amount("1000 JPY", "JPY"), 1000)
        self.assertEqual(parse_amount("1.234 KWD", "KWD"), 1234)
        self.assertEqual(parse_amount("90071992547409.91 EUR", "EUR"), 9007199254740991)

    def test_what_is_no_amount(self):
        for text in ("1,00 EUR", "-1.00 EUR", "1.00", "1.00EUR", "1.000 EUR", "1.00 CHF", "1.0 JPY", "١.00 EUR"):
            with self.assertRaises(ValueError, msg=text):
                parse_amount(text, "JPY" if "JPY" in text else "EUR")

    def test_writing_and_reading_give_the_amount_back(self):
        for currency in ("EUR", "JPY", "KWD"):
            for minor in (0, 1, 99, 100, 1001, 123456):
                self.assertEqual(parse_amount(format_amount(minor, currency), currency), minor)


class Shares(unittest.TestCase):
    def test_half_a_unit_is_rounded_up(self):
        self.assertEqual(share(100, parse_rate("0.015")), 2)  # 1.5
        self.assertEqual(share(99, parse_rate("0.015")), 1)  # 1.485
        self.assertEqual(share(1, parse_rate("0.5")), 1)
        self.assertEqual(share(1, parse_rate("0.499999")), 0)
        self.assertEqual(share(500000, parse_rate("0.000001")), 1)
        self.assertEqual(share(499999, parse_rate("0.000001")), 0)

    def test_rates(self):
        self.assertEqual(parse_rate("0.000001"), 1)
        self.assertEqual(parse_rate("1"), 1_000_000)
        for text in ("1.000001", "-0.1", "0.0000001", "1e-2", ".5"):
            with self.assertRaises(ValueError, msg=text):
                parse_rate(text)

    def test_the_largest_total_that_is_available_with_its_fee(self):
        for fixed in (0, 1, 35):
            for rate in ("0", "0.015", "0.333333", "0.5", "1"):
                method = method_with_fee(fixed, rate)
                for available in range(200):
                    fitting = [t for t in range(available + 1) if t + fee(method, t) <= available]
                    if fitting:
                        self.assertEqual(largest_total(method, available), fitting[-1])
                    else:
                        self.assertLess(largest_total(method, available), 0)


if __name__ == "__main__":
    unittest.main()
