"""The harness passes the reference itself, and catches a mistake sown into a copy of it."""

import importlib.util
import shutil
import sys
import tempfile
import unittest
from datetime import date
from pathlib import Path

import differential
from generate import batches
from mistakes import MISTAKES

HERE = Path(__file__).parent
CATALOGUE = HERE.parents[1] / "src" / "core" / "facts.toml"

class Harness(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.directory = Path(cls.scratch.name)
        cls.cases = list(batches("harness", 3600, 36))

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
        """The report on an engine that is a command."""
        report = differential.Report(2)
        for policy, cases in batches_put:
            report.merge(differential.put(command, 2, policy, cases))
        return report

    def test_the_reference_agrees_with_itself(self):
        report = self.put([sys.executable, str(self.copy("same") / "tresen.py")], self.cases[:5])
        self.assertEqual((report.passed, report.failed, report.failures), (180, 0, []))

    def test_a_mistake_is_told_with_its_place_and_both_answers(self):
        copy = self.copy("wrong", ("decide.py", 'else "offered"', 'else "on offer"'))
        report = self.put([sys.executable, str(copy / "tresen.py")], self.cases[:5])
        self.assertGreater(report.failed, 2)
        self.assertEqual(len(report.failures), 2)
        self.assertRegex(report.failures[0][1], r"/methods/\w+/state\n    reference  \"offered\"\n    engine     \"on offer\"")

    def test_an_engine_that_answers_nothing_fails_every_case(self):
        report = self.put([sys.executable, "-c", "raise SystemExit('no such policy')"], self.cases[:1])
        self.assertEqual((report.passed, report.failed), (0, 36))
        self.assertIn("the engine says: no such policy", report.failures[0][1])

    def test_an_engine_that_finds_problems_in_a_policy_fails_every_case(self):
        copy = self.copy("complains", ("__main__.py", "def main():\n", "def main():\n    print('problems', file=sys.stderr)\n"))
        report = self.put([sys.executable, str(copy / "tresen.py")], self.cases[:1])
        self.assertEqual((report.passed, report.failed), (0, 36))

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
