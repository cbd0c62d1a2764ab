"""What help teaches: each command has an example that works as typed, tables say what the program
does, and a slip is told what was meant."""

import pathlib
import re
import shlex
import shutil
import signal
import unittest

from house import Story, Simulator

ROOT = pathlib.Path(__file__).parents[2]
RUNNER = ROOT / "runner"


def names_in(text):
    return re.findall(r'"([A-Z][A-Z_]+)"', text)


class Help(Story):
    def told(self, *words, code=0):
        answer = self.assert_ends(self.bursar("help", *words), code)
        return answer.stdout if code == 0 else answer.stderr

    def commands(self):
        overview = self.told().split("Commands\n")[1].split("\n\n")[0]
        return re.findall(r"(?m)^  (\w+)", overview)

    def subjects(self):
        return re.findall(r"(?m)^  ([\w-]+)", self.told().split("Subjects\n")[1].split("\n\n")[0])


class Examples(Help):
    def example(self, command):
        """The line that stands first in a command's help."""
        lines = re.findall(r"(?m)^  \$ (bursar .*)$", self.told(command))
        self.assertEqual(len(lines), 1, f"'{command}' has one example")
        return shlex.split(lines[0])[1:]

    def test_each_command_has_one_that_works_as_typed(self):
        shutil.copytree(ROOT / "campaigns", self.folder / "campaigns")
        self.simulate((ROOT / "campaigns/best-joke.world.yaml").read_text())
        self.assertIn("run", self.commands())
        for command in self.commands():
            with self.subTest(command):
                words = self.example(command)
                self.assertEqual(words[0], command)
                if command == "simulate":
                    continue
                self.assert_ends(self.bursar(*words), 0)

    def test_the_simulator_serves_until_it_is_interrupted(self):
        shutil.copytree(ROOT / "campaigns", self.folder / "campaigns")
        process = self.start(*self.example("simulate"))
        self.assertTrue(process.stdout.readline().startswith("AWS_"))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0)

    def test_the_world_that_help_shows_is_one(self):
        world = self.told("simulator").split("(--book).\n\n")[1]
        self.write("w.yaml", re.sub(r"(?m)^ {6}", "", world))
        Simulator(self.folder, (self.folder / "w.yaml").read_text()).close()


class Subjects(Help):
    def test_each_that_the_overview_names_is_told(self):
        self.assertIn("exit-codes", self.subjects())
        for subject in self.subjects():
            with self.subTest(subject):
                self.assertTrue(self.told(subject).startswith(f"{subject}: "))

    def test_exit_codes_are_those_of_the_program(self):
        declared = (RUNNER / "base/error.h").read_text()
        codes = re.findall(r"STATUS_\w+ = (\d+)", declared)
        self.assertGreater(len(codes), 10)
        self.assertEqual(re.findall(r"(?m)^  (\d+)$", self.told("exit-codes")), codes)

    def test_variables_are_those_that_the_program_reads(self):
        reads = re.compile(r'(?:getenv|environment|environment_of|file_of)\(("\w+"(?:, "\w+")?)')
        read = {"AWS_ENDPOINT_URL_MTURK"}  # by way of the marketplace's row
        for path in RUNNER.rglob("*.c"):
            for found in reads.findall(path.read_text()):
                read.update(names_in(found))
        told = set(re.findall(r"\b[A-Z]+(?:_[A-Z0-9]+)+\b|HOME|TMPDIR|TERM\b",
                              self.told("environment-variables")))
        self.assertGreater(len(read), 10)
        self.assertEqual(told, read)

    def test_one_row_is_told_by_its_name(self):
        self.assertIn("bursar journal verify FILE", self.told("74"))
        self.assertIn("second copies", self.told("XDG_STATE_HOME"))

    def test_lookups_are_those_of_the_reference(self):
        reference = (ROOT / "schema/campaign.md").read_text()
        rows = re.findall(r"(?m)^\| `(\$\{\{ .* \}\})` \|", reference)
        self.assertGreater(len(rows), 5)
        for row in rows:
            self.assertIn(f"  {row}\n", self.told("lookups"))


class Keys(Help):
    def test_tell_type_default_example_and_what_is_related(self):
        told = " ".join(self.told("per").split())
        self.assertIn("Takes assignment or worker", told)
        self.assertIn("Without it: assignment", told)
        self.assertIn("per: ", told)
        self.assertIn("Beside it: amount, message", told)

    def test_a_map_tells_what_stands_in_it(self):
        self.assertIn("Inside it: total, per_worker, per_bonus", self.told("limits"))

    def test_a_key_that_means_something_only_beside_another_says_so(self):
        self.assertIn("Only beside csv.", " ".join(self.told("column").split()))

    def test_keys_of_which_one_is_needed_name_each_other(self):
        told = " ".join(self.told("hits").split())
        self.assertIn("One of hits, assignments and workers is needed.", told)


class Slips(Help):
    def assert_meant(self, meant, *words, code=64):
        self.assert_says(self.assert_ends(self.bursar(*words), code), f"did you mean '{meant}'?")

    def test_are_told_what_was_meant(self):
        self.assert_meant("run", "runn", "c.yaml")
        self.assert_meant("--yes", "run", "--yess", "c.yaml")
        self.assert_meant("verify", "journal", "verfy", "c.yaml")
        self.assert_meant("status", "help", "staus")
        self.assert_meant("amount", "help", "amuont")
        self.assert_meant("exit-codes", "help", "exit-cods")
        self.write("c.yaml", "campaign: x\nhits: [3A]\nsteps:\n  - bonsu: { amount: 1.00 }\n")
        self.assert_meant("bonus", "check", "c.yaml", code=65)

    def test_an_option_before_the_command_is_told_its_place(self):
        said = self.assert_ends(self.bursar("--yes", "run", "c.yaml"), 64)
        self.assert_says(said, "bursar COMMAND --yes")

    def test_what_upkeep_does_is_found_under_its_own_name(self):
        for verb in ("erase", "redact", "verify"):
            self.assertEqual(self.told(verb), self.told("journal"))

    def test_help_of_two_words_is_that_of_the_command(self):
        self.assertEqual(self.told("journal", "verify"), self.told("journal"))


if __name__ == "__main__":
    unittest.main()
