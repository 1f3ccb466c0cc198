"""The reference agrees with every case that was thought out by hand."""

import unittest

import corpus


class Corpus(unittest.TestCase):
    def test_every_case(self):
        for place, case, wrong in corpus.check(corpus.by_reference):
            with self.subTest(place, name=case["name"]):
                self.assertEqual(wrong, [])

    def test_another_decision_a_refusal_and_a_complaint_are_failures(self):
        def silent(document, asked):
            return [None] * len(asked), ""

        def complaining(document, asked):
            return corpus.by_reference(document, asked)[0], "the policy has problems"

        for answers in (silent, complaining):
            self.assertEqual([place for place, _, wrong in corpus.check(answers) if not wrong], [])

    def test_names_are_sentences_and_say_different_things(self):
        names = [case["name"] for _, case in corpus.cases()]
        self.assertEqual(len(set(names)), len(names))
        self.assertGreater(len(names), 150)
        self.assertEqual([name for name in names if len(name.split()) < 4], [])

    def test_a_key_that_is_expected_must_be_there(self):
        self.assertEqual(list(corpus.mismatches({"a": 1}, {})), [("/a", 1, "no such key")])
        self.assertEqual(list(corpus.mismatches({"a": [1]}, {"a": [1, 2]})), [("/a", [1], [1, 2])])
        self.assertEqual(list(corpus.mismatches({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}]})), [])


if __name__ == "__main__":
    unittest.main()
