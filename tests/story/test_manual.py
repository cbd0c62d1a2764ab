"""The manual pages. Their words are made from the program's tables and from the pages in schema/;
here it is seen that nothing is lost on the way, and that mandoc finds nothing to object to."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

from house import BURSAR, Story

ROOT = pathlib.Path(__file__).parents[2]
PAGES = pathlib.Path(BURSAR).parent / "docs"
COMMANDS = ROOT / "docs/commands.md"


def sentence(phrase):
    return phrase[:1].upper() + phrase[1:]


class TheReferenceOfCommands(Story):
    """docs/commands.md; after a change of words it is written anew with GOLDEN=write."""

    maxDiff = None

    def test_the_committed_one_is_what_the_program_prints(self):
        printed = self.bursar("help", "--markdown").stdout
        if os.environ.get("GOLDEN") == "write":
            COMMANDS.write_text(printed)
        self.assertMultiLineEqual(COMMANDS.read_text(), printed)

    def test_its_examples_name_commands_that_there_are(self):
        lines = re.findall(r"(?m)^bursar ([a-z]+) ", COMMANDS.read_text())
        self.assertGreater(len(lines), 15)
        for command in set(lines):
            self.assert_ends(self.bursar("help", command), 0)


class AnInstallation(Story):
    def test_has_the_pages_where_man_looks_for_them(self):
        subprocess.run(
            ["cmake", "--install", PAGES.parent, "--prefix", self.folder / "usr"],
            capture_output=True, check=True,
        )
        pages = {path.name for path in (self.folder / "usr").glob("share/man/man[15]/*")}
        self.assertEqual(pages, {path.name for path in PAGES.glob("bursar*.[15]")})
        self.assertIn("bursar.1", pages)
        there = {path.name for path in (self.folder / "usr/share/doc/bursar").iterdir()}
        self.assertLessEqual({"tutorial.md", "coming-from.md", "commands.md"}, there)


@unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
class ManualPages(Story):
    def rendered(self, page):
        """As a person reads it."""
        told = subprocess.run(
            ["mandoc", "-T", "utf8", PAGES / page],
            capture_output=True, text=True, check=True,
        ).stdout
        return re.sub(".\b", "", told)

    def words(self, page):
        return " ".join(self.rendered(page).split())

    def assert_sections(self, page, *sections):
        there = re.findall(r"(?m)^\S.*$", self.rendered(page))[1:-1]
        self.assertEqual([one for one in there if one in sections], list(sections))

    def test_mandoc_objects_to_nothing(self):
        pages = sorted(PAGES.glob("bursar*.[15]"))
        self.assertEqual(len(pages), 4)
        for page in pages:
            with self.subTest(page.name):
                lint = subprocess.run(
                    ["mandoc", "-T", "lint", page], capture_output=True, text=True
                ).stdout
                # The pages name each other, and this one may not be installed yet.
                objections = [line for line in lint.splitlines()
                              if "referenced manual not found: Xr bursar" not in line]
                self.assertEqual(objections, [])

    def test_nothing_of_markdown_is_left(self):
        for page in PAGES.glob("bursar*.[15]"):
            with self.subTest(page.name):
                self.assertEqual(re.findall(r"`|\*\*|^\||^#", self.rendered(page), re.M), [])

    def test_the_first_page_has_what_such_a_page_has(self):
        self.assert_sections(
            "bursar.1", "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT",
            "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
        )

    def test_each_command_and_option_stands_in_it_in_the_words_of_help(self):
        page = self.words("bursar.1")
        overview = self.bursar("help").stdout
        rows = re.findall(r"(?m)^  (\S+.*?)  +(.+)$", overview.split("\n\nSubjects")[0])
        self.assertGreater(len(rows), 20)
        for name, summary in rows:
            self.assertIn(f"{name} {sentence(summary)}", page)
        for command in re.findall(r"(?m)^  ([a-z]+)", overview.split("\n\n")[1]):
            told = self.bursar("help", command).stdout
            details = " ".join(told.split("\n\n")[2].split())
            self.assertIn(re.sub(r"'(bursar [^']*)'", r"\1", details), page)
            for option, summary in re.findall(r"(?m)^  (-.*?)  +(.+)$", told):
                self.assertIn(f"{option} {sentence(summary)}", page)

    def test_every_key_stands_in_the_page_of_campaigns(self):
        self.assert_sections("bursar-campaign.5", "NAME", "DESCRIPTION", "EXAMPLES", "TABLES",
                             "LOOKUPS", "KEYS AT THE TOP OF THE FILE", "SEE ALSO")
        page = self.words("bursar-campaign.5")
        reference = self.bursar("schema", "--markdown").stdout
        keys = re.findall(r"### `(.+)`\n\n(.+)\n\nTakes (.+)\n", reference)
        self.assertGreater(len(keys), 50)
        for key, told, takes in keys:
            self.assertIn(f"{key} {told} Takes {takes.replace('`', '')}", page)

    def test_every_kind_of_record_stands_in_the_page_of_journals(self):
        self.assert_sections("bursar-journal.5", "NAME", "DESCRIPTION", "EVERY RECORD", "KINDS",
                             "TWO JOURNALS", "THE SECOND COPY", "DAMAGE", "SEE ALSO")
        page = self.words("bursar-journal.5")
        text = (ROOT / "schema/journal.md").read_text().split("## Kinds")[1]
        kinds = re.findall(r"(?m)^\| `(\w+)` \| (.*) \| (.*) \|$", text)
        self.assertGreater(len(kinds), 14)
        for kind, members, told in kinds:
            self.assertIn(f"{kind} {told.replace('`', '')}", page)
            self.assertIn(members.replace("`", ""), page)

    def test_every_fault_stands_in_the_page_of_worlds(self):
        self.assert_sections("bursar-world.5", "NAME", "DESCRIPTION", "THE WORLD",
                             "HOW IT BEHAVES", "FAULTS", "THE BOOK", "SEE ALSO")
        page = self.words("bursar-world.5")
        for fault in ("throttle", "hang-up-after", "half-answer", "garbage"):
            self.assertIn(f"{fault} The caller gets: ", page)


if __name__ == "__main__":
    unittest.main()
