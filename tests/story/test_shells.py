"""Completion, in the shells themselves: bash, zsh and fish read the scripts that bursar prints, and
offer what its tables hold."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

from house import BURSAR, Story
from terminal import Terminal

CAMPAIGN = """campaign: joke
hits: [3PR3LXCWSF67WOX6Y5S8EXAMPLE1]
steps:
  - qualify: { qualification: 3JNQJJEQXNSX7K3S6OQGEXAMPLE1 }
  - id: bonus-joke
    bonus: { amount: 1.00, message: Thanks }
"""
COMMON = ["--no-color", "--help"]
SHOWN = """
answer() { COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="$LINE"
    _bursar; printf '%s\\n' "${COMPREPLY[@]}"; }
"""


class Shells(Story):
    def setUp(self):
        super().setUp()
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "bursar").symlink_to(pathlib.Path(BURSAR).resolve())
        self.environment["PATH"] = f"{self.folder}/bin:{os.environ['PATH']}"
        self.environment["TERM"] = "xterm"
        self.write("joke.yaml", CAMPAIGN)
        self.write("two words.yaml", CAMPAIGN)
        self.write("joke.journal.jsonl", "")
        self.write("joke.plan.json", "")
        self.write("notes.txt", "")
        self.write("studies/other.yaml", CAMPAIGN)

    def proposals(self, *words, at=None):
        """What the program answers: each word with what it is."""
        at = len(words) - 1 if at is None else at
        answer = self.assert_ends(self.bursar("completion", "at", at, "--", *words), 0)
        return dict(line.partition("\t")[::2] for line in answer.stdout.splitlines())

    def script(self, shell):
        """The shell's script in a file; skips the test where there is no such shell."""
        if not shutil.which(shell):
            self.skipTest(f"no {shell} here")
        answer = self.assert_ends(self.bursar("completion", shell), 0)
        return self.write(f"script.{shell}", answer.stdout)

    def shell(self, *command):
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True,
            timeout=60, check=False,
        )
        self.assertEqual(done.stderr, "")
        return done.stdout.splitlines()

    def read_on(self, terminal, before):
        """What a terminal has shown since, without what steers it."""
        terminal.read(0.05)
        shown = terminal.shown[before:].decode(errors="replace")
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)

    def typed(self, command, prompt, line, shown):
        """Types a line with TABs in it at an interactive shell, until something is shown."""
        terminal = Terminal([shutil.which(command[0]), *command[1:]], self.folder, self.environment)
        terminal.wait_for(prompt)
        before = len(terminal.shown)
        terminal.type(line)
        self.wait_for(lambda: shown in self.read_on(terminal, before), (line, shown), seconds=15)
        terminal.type("\x03\x04")
        os.close(terminal.descriptor)
        os.waitpid(terminal.process_id, 0)


class TheTables(Shells):
    def test_every_command_is_offered_with_what_help_says_of_it(self):
        overview = self.bursar("help").stdout
        offered = self.proposals("")
        self.assertIn("run", offered)
        for command, summary in offered.items():
            self.assertRegex(overview, rf"(?m)^  {command} .*{re.escape(summary)}$")
        self.assertEqual(
            list(offered), re.findall(r"(?m)^  ([a-z]+)", overview.partition("Exit codes")[0])
        )

    def test_every_option_is_offered_once_and_none_that_stands_on_the_line(self):
        for command in self.proposals(""):
            shown = re.findall(r"(?m)^  (?:-\w, )?(--[a-z-]+)(.*)$",
                               self.bursar("help", command).stdout)
            options = [name for name, _ in shown]
            with self.subTest(command):
                self.assertEqual(list(self.proposals(command, "-")), [*options, *COMMON])
                for name, rest in shown:
                    value = ["x"] if re.match(r" [A-Z]", rest) else []
                    left = self.proposals(command, name, *value, "--")
                    self.assertEqual(list(left), [o for o in options if o != name] + COMMON)
                    again = self.proposals(command, "--", name, *value, at=1)
                    self.assertNotIn(name, again, "given behind the cursor")

    def test_what_an_option_takes(self):
        self.assertEqual(list(self.proposals("run", "--environment", "")), ["production", "sandbox"])
        self.assertEqual(list(self.proposals("run", "--environment=s")), ["--environment=sandbox"])
        self.assertEqual(self.proposals("run", "--journal", ""), {":files": ".jsonl"})
        self.assertEqual(self.proposals("plan", "-o", ""), {":files": ".json"})
        self.assertEqual(self.proposals("init", "-o", ""), {":files": ".yaml\t.yml"})
        self.assertEqual(self.proposals("rehearse", "--world", ""), {":files": ".yaml\t.yml"})
        self.assertEqual(self.proposals("rehearse", "--keep", ""), {":folders": ""})
        self.assertEqual(self.proposals("run", "--rate", ""), {})

    def test_what_a_command_takes(self):
        verbs = self.proposals("journal", "")
        self.assertIn("verify", verbs)
        for verb in verbs:
            self.assertIn(f"{verb}: ", " ".join(self.bursar("help", "journal").stdout.split()))
        self.assertEqual(list(self.proposals("status", "")), [":files", ":folders"])
        self.assertEqual(self.proposals("init", "3HIT", ""), {})
        self.assertEqual(self.proposals("check", "a.yaml", "b.yaml", ""), {":files": ".yaml\t.yml"})
        subjects = self.proposals("help", "")
        self.assertIn("run", subjects)
        self.assertIn("message_file", subjects)
        for subject in subjects:
            self.assert_ends(self.bursar("help", subject), 0)

    def test_of_the_upkeeps_options_those_of_the_verb(self):
        own = {"erase": {"--worker", "--before", "--yes"}, "redact": {"--output"}}
        common = {"--show-ids", "--journal", "--environment"}
        for verb in self.proposals("journal", ""):
            offered = set(self.proposals("journal", verb, "-"))
            self.assertLessEqual(common | own.get(verb, set()), offered, verb)
            for other in own:
                if other != verb:
                    self.assertFalse(offered & own[other], verb)
        self.assertNotIn("--no-color", self.proposals("run", "--no-color", "-"))

    def test_the_steps_of_the_campaign_on_the_line(self):
        steps = {"qualify": "qualify", "bonus-joke": "bonus"}
        self.assertEqual(self.proposals("run", "joke.yaml", "--step", ""), steps)
        self.assertEqual(self.proposals("run", "--step", "", "joke.yaml", at=2), steps)
        self.assertEqual(list(self.proposals("resolve", "joke.yaml", "--done", "b")), ["bonus-joke"])
        self.assertEqual(self.proposals("run", "--step", ""), {})
        self.assertEqual(self.proposals("run", "none.yaml", "--step", ""), {})
        self.write("bent.yaml", CAMPAIGN.replace("amount: 1.00", "amount: a lot"))
        self.assertEqual(self.proposals("run", "bent.yaml", "--step", ""), steps)
        self.write("shut.yaml", "{{{")
        self.assertEqual(self.proposals("run", "shut.yaml", "--step", ""), {})

    def test_what_is_no_place_and_no_shell_is_refused(self):
        for words in (["at"], ["at", "x", "--", "run"], ["at", "9", "--", "run"], ["csh"],
                      ["bash", "zsh"], ["at", "", "--"]):
            self.assert_ends(self.bursar("completion", *words), 64)


class Bash(Shells):
    def reply(self, line, *words):
        """What bash's own machinery gets for a line that it has cut into these words."""
        script = f"source {self.script('bash')}; {SHOWN} LINE={line!r} answer {' '.join(words)}"
        return sorted(filter(None, self.shell("bash", "--norc", "-c", script)))

    def test_commands_options_and_words(self):
        self.assertEqual(self.reply("bursar ru", "bursar", "ru"), ["run"])
        self.assertEqual(self.reply("bursar run --yes --y", "bursar", "run", "--yes", "--y"), [])
        self.assertEqual(self.reply("bursar run --retry", "bursar", "run", "--retry"),
                         ["--retry-refused"])
        self.assertEqual(
            self.reply("bursar run --step b joke.yaml --environment p", "bursar", "run", "--step",
                       "b", "joke.yaml", "--environment", "p"), ["production"])

    def test_words_that_bash_cuts_at_an_equals_sign(self):
        for line, last in (("--environment=", "="), ("--environment=sa", "= sa")):
            offered = self.reply(f"bursar run {line}", "bursar", "run", "--environment", last)
            self.assertIn("sandbox", offered)
        self.assertIn("joke.yaml", self.reply("bursar rehearse --world=jo", "bursar", "rehearse",
                                              "--world", "=", "jo"))

    def test_paths_of_the_right_kind(self):
        self.assertEqual(self.reply("bursar check ", "bursar", "check", "''"),
                         ["bin", "joke.yaml", "studies", "two words.yaml"])
        self.assertEqual(self.reply("bursar run jo", "bursar", "run", "jo"),
                         ["joke.plan.json", "joke.yaml"])
        self.assertEqual(self.reply("bursar journal verify jo", "bursar", "journal", "verify", "jo"),
                         ["joke.journal.jsonl", "joke.yaml"])
        self.assertEqual(self.reply("bursar check studies/", "bursar", "check", "studies/"),
                         ["studies/other.yaml"])
        self.assertEqual(self.reply("bursar rehearse --keep ", "bursar", "rehearse", "--keep", "''"),
                         ["bin", "studies"])

    def test_steps(self):
        self.assertEqual(self.reply("bursar run joke.yaml --step b", "bursar", "run", "joke.yaml",
                                    "--step", "b"), ["bonus-joke"])
        self.assertEqual(self.reply("bursar run --step b ~/joke.yaml", "bursar", "run", "~/joke.yaml",
                                    "--step", "b"), ["bonus-joke"])

    def test_a_tab_at_a_terminal(self):
        script = self.script("bash")
        self.write(".inputrc", "set enable-bracketed-paste off\n")
        self.environment["PS1"] = "ready> "
        for line, shown in (
            (f"source {script}\nbursar reh\tjo\t--wor\t", "bursar rehearse joke.yaml --world "),
            (f"source {script}\nbursar run joke.yaml --environment=sa\t", "--environment=sandbox "),
            (f"source {script}\nbursar check two\t", r"bursar check two\ words.yaml "),
            (f"source {script}\nbursar run ~/joke.yaml --step b\t", "--step bonus-joke "),
        ):
            with self.subTest(line):
                self.typed(["bash", "--norc", "--noprofile"], "ready> ", line, shown)


class Zsh(Shells):
    def test_tabs_at_a_terminal(self):
        script = self.script("zsh")
        self.write(".zshrc", "autoload -U compinit && compinit -u\n"
                   f"source {script}\nPS1='ready> '\nLISTMAX=0\n")
        for line, shown in (
            ("bursar reh\t", "ursar rehearse"),
            ("bursar rehearse jo\t", "joke.yaml"),
            ("bursar check two\t", r"two\ words.yaml"),
            ("bursar run joke.yaml --retr\t", "--retry-refused"),
            ("bursar run joke.yaml --environment=sa\t", "--environment=sandbox"),
            ("bursar rehearse joke.yaml --world=studies/o\t", "--world=studies/other.yaml"),
            ("bursar run --step b joke.yaml" + "\x1b[D" * 10 + "\t", "onus-joke  joke.yaml"),
            ("bursar run joke.yaml --environment \t", "sandbox"),
            ("bursar help message\t", "message_file"),
            ("bursar journal \t", "verify"),
        ):
            with self.subTest(line):
                self.typed(["zsh", "-i"], "ready> ", line, shown)

    def test_descriptions_are_shown_and_nothing_that_is_given(self):
        script = self.script("zsh")
        self.write(".zshrc", "autoload -U compinit && compinit -u\n"
                   f"source {script}\nPS1='ready> '\nLISTMAX=0\n")
        self.typed(["zsh", "-i"], "ready> ", "bursar re\t\t", "the whole run with play money")

    def test_it_is_found_in_a_folder_of_functions(self):
        script = self.script("zsh")
        (self.folder / "site").mkdir()
        script.rename(self.folder / "site" / "_bursar")
        self.write(".zshrc", f"fpath=({self.folder}/site $fpath)\n"
                   "autoload -U compinit && compinit -u\nPS1='ready> '\n")
        self.typed(["zsh", "-i"], "ready> ", "bursar reh\t", "ursar rehearse")


class Fish(Shells):
    def reply(self, line):
        """Each word that fish offers for a line, with its description."""
        script = f"source {self.script('fish')}; complete -C {line!r}"
        return dict(line.partition("\t")[::2] for line in self.shell("fish", "-N", "-c", script))

    def test_commands_options_and_words(self):
        self.assertEqual(list(self.reply("bursar ru")), ["run"])
        self.assertIn("plan", self.reply("bursar ru")["run"])
        self.assertNotIn("--yes", self.reply("bursar run --yes -"))
        self.assertIn("--retry-refused", self.reply("bursar run --yes -"))
        self.assertEqual(list(self.reply("bursar run --environment ")), ["production", "sandbox"])
        self.assertEqual(list(self.reply("bursar run --environment=s")), ["--environment=sandbox"])

    def test_paths_of_the_right_kind(self):
        self.assertEqual(sorted(self.reply("bursar check ")),
                         ["bin/", "joke.yaml", "studies/", "two words.yaml"])
        self.assertEqual(sorted(self.reply("bursar run jo")), ["joke.plan.json", "joke.yaml"])
        self.assertEqual(sorted(self.reply("bursar rehearse --world=studies/o")),
                         ["--world=studies/other.yaml"])
        self.assertEqual(sorted(self.reply("bursar rehearse --keep ")), ["bin/", "studies/"])

    def test_steps(self):
        self.assertEqual(self.reply("bursar run joke.yaml --step b"), {"bonus-joke": "bonus"})
        self.assertEqual(self.reply("bursar run ~/joke.yaml --step b"), {"bonus-joke": "bonus"})


if __name__ == "__main__":
    unittest.main()
