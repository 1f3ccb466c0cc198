"""The harness passes the reference itself, and catches a mistake sown into a copy of it."""

import contextlib
import importlib.util
import io
import shutil
import sys
import tempfile
import unittest
from datetime import date
from pathlib import Path

import differential
from generate import batches

HERE = Path(__file__).parent
CATALOGUE = HERE.parents[1] / "src" / "core" / "facts.toml"

# (file, what it says, what it says with a mistake)
MISTAKES = [
    ("conditions.py", '"lessThan": lt', '"lessThan": le'),
    ("conditions.py", "return None if one is None else not one", "return not one"),
    ("conditions.py", "            if one is False:\n                return False\n", ""),
    ("conditions.py", "(known[name] in members) == inside if name in known else None", "(known.get(name) in members) == inside"),
    ("facts.py", "(today.month, today.day) < (birth.month", "(today.month, today.day) <= (birth.month"),
    ("facts.py", "day <= today", "day < today"),
    ("money.py", "minor * millionths + MILLION // 2", "minor * millionths"),
    ("calendar.py", "_ALL_SAINTS = {", '_ALL_SAINTS = {"BE", '),
    ("calendar.py", "return ANY_STATE", "return NATIONWIDE"),
    ("calendar.py", "day.weekday() >= 5", "day.weekday() >= 6"),
    ("score.py", 'known["risk.points"] >= entry.from_points', 'known["risk.points"] > entry.from_points'),
    ("score.py", "return attribute.missing", "return attribute.other"),
    ("score.py", "rank = max(rank, cap.value)", "rank = cap.value"),
    ("score.py", "attribute.fact not in known for", "False for"),
    ("situation.py", "if start <= value:", "if start < value:"),
    ("situation.py", "otherwise=0", "otherwise=None"),
    ("methods.py", "total < method.minimum", "total <= method.minimum"),
    ("methods.py", "total > method_limit(method, known)", "total >= method_limit(method, known)"),
    ("methods.py", "total + fee(method, total) > situation", "total > situation"),
    ("methods.py", "today > policy.valid_until", "today >= policy.valid_until"),
    ("change.py", "present - below <= above - present", "present - below < above - present"),
    ("change.py", 'max(0, given["account.open_balance"] - given["account.overdue_balance"])', 'given["account.open_balance"]'),
    ("change.py", "entry.value + 1 for", "entry.value for"),
    ("change.py", "if method_id not in best or distance < best[method_id][0]:", "if method_id not in best:"),
    ("decide.py", "if method.id not in first", "if True"),
]


class Harness(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.directory = Path(cls.scratch.name)
        cls.cases = list(batches("harness", 1600, 40))

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def copy(self, name, mistake=None):
        """A copy of the reference, in a tree like this one, with a mistake sown into it."""
        root = self.directory / name
        copy = root / "tests" / "reference"
        package = copy / "tresen_reference"
        shutil.copytree(HERE / "tresen_reference", package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(HERE / "tresen.py", copy)
        (root / "src" / "core").mkdir(parents=True)
        shutil.copy(CATALOGUE, root / "src" / "core")
        if mistake:
            file, right, wrong = mistake
            text = (package / file).read_text()
            self.assertEqual(text.count(right), 1, f"{file} no longer says `{right}` once")
            (package / file).write_text(text.replace(right, wrong))
        return copy

    def put(self, command, batches_put):
        """The report on an engine that is a command, and what is printed."""
        report = differential.Report(2, self.directory)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            for policy, cases in batches_put:
                differential.put(command, policy, cases, report, self.directory)
        return report, printed.getvalue()

    def test_the_reference_agrees_with_itself(self):
        command = [sys.executable, str(self.copy("same") / "tresen.py")]
        report, printed = self.put(command, self.cases[:5])
        self.assertEqual((report.passed, report.failed, printed), (200, 0, ""))

    def test_a_mistake_is_printed_with_its_place_and_both_answers(self):
        copy = self.copy("wrong", ("decide.py", 'else "offered"', 'else "on offer"'))
        report, printed = self.put([sys.executable, str(copy / "tresen.py")], self.cases[:5])
        self.assertGreater(report.failed, 0)
        self.assertRegex(printed, r"/methods/\w+/state\n    reference  \"offered\"\n    engine     \"on offer\"")

    def test_an_engine_that_answers_nothing_fails_every_case(self):
        command = [sys.executable, "-c", "raise SystemExit('no such policy')"]
        report, printed = self.put(command, self.cases[:1])
        self.assertEqual((report.passed, report.failed), (0, 40))
        self.assertIn("no answer: no such policy", printed)

    def test_every_mistake_is_caught(self):
        for number, mistake in enumerate(MISTAKES):
            with self.subTest(mistake=mistake):
                package = self.copy(f"wrong-{number}", mistake) / "tresen_reference"
                self.assertTrue(self.differs(load(f"wrong_{number}", package)))

    def differs(self, engine):
        """Whether some case is answered otherwise; in this process, since starting one for each takes long."""
        for document, cases in self.cases:
            policy = engine.Policy(document)
            for case in cases:
                answer = engine.decide(policy, case["facts"], date.fromisoformat(case["today"]))
                if differential.compare(case["expect"], answer):
                    return True
        return False


def load(name, package):
    """A package under another name, beside the one that is imported already."""
    spec = importlib.util.spec_from_file_location(name, package / "__init__.py", submodule_search_locations=[str(package)])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    unittest.main()
