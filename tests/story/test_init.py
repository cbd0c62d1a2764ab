"""A campaign to start from: written, checked, rehearsed; nothing that was there is lost."""

import os
import re
import subprocess
import unittest

from house import QUALIFICATION, TASK, Story

SECOND_TASK = "3PR3LXCWSF67WOX6Y5S8EXAMPLE2"
RESULTS = (
    '"HITId","Title","AssignmentId","WorkerId","AssignmentStatus","Answer.text"\r\n'
    f'"{TASK}","Jokes","3A1","A1ONE","Submitted","a ""quoted"", long\r\nanswer"\r\n'
    f'"{TASK}","Jokes","3A2","A2TWO","Approved",""\r\n'
    f'"{SECOND_TASK}","Jokes","3A3","A2TWO","Approved",""\r\n'
    f'"{SECOND_TASK}","Jokes","3A4","A3THREE","Rejected",""\r\n'
)
OPTIONAL = r"(?m)^( *)# (?=environment:|where:|limits:|- |    )"


class FromHits(Story):
    def names(self, folder="."):
        return {path.name for path in (self.folder / folder).iterdir()}

    def test_is_checked_and_rehearsed_as_it_is(self):
        answer = self.assert_ends(self.bursar("init", TASK, SECOND_TASK), 0)
        self.assertIn("    bursar check campaign.yaml\n    bursar rehearse", answer.stdout)
        self.assertEqual(self.names(), {"campaign.yaml", "campaign.schema.json", ".gitignore"})
        checked = self.assert_ends(self.bursar("check", "campaign.yaml"), 0)
        self.assertIn("campaign 'campaign', 2 tasks, 2 steps", checked.stdout)
        self.assert_ends(self.bursar("rehearse", "campaign.yaml"), 0)

    def test_so_are_the_lines_that_wait_in_comments(self):
        self.bursar("init", TASK, "-o", "joke.yaml")
        path = self.folder / "joke.yaml"
        text = re.sub(OPTIONAL, r"\1", path.read_text())
        for line in ("environment: production", "- notify:", QUALIFICATION, "limits:"):
            self.assertRegex(text, rf"(?m)^[^#\n]*{line}")
        path.write_text(text)
        checked = self.assert_ends(self.bursar("check", "joke.yaml"), 0)
        self.assertIn("campaign 'joke', 1 task, 4 steps", checked.stdout)
        self.assert_ends(self.bursar("rehearse", "joke.yaml"), 0)

    def test_editors_find_the_schema(self):
        self.bursar("init", TASK)
        first = (self.folder / "campaign.yaml").read_text().split("\n")[0]
        self.assertEqual(first, "# yaml-language-server: $schema=campaign.schema.json")
        written = (self.folder / "campaign.schema.json").read_text()
        self.assertEqual(written, self.bursar("schema").stdout)

    def test_many_tasks_go_into_a_file(self):
        tasks = [f"3TASK{number:02}" for number in range(11)]
        (self.folder / "study").mkdir()
        self.assert_ends(self.bursar("init", *tasks, "-o", "study/wave 1.yaml"), 0)
        listed = (self.folder / "study" / "hits.txt").read_text().split("\n")[1:-1]
        self.assertEqual(listed, tasks)
        checked = self.assert_ends(self.bursar("check", "study/wave 1.yaml"), 0)
        self.assertIn("campaign 'wave-1', 11 tasks", checked.stdout)
        self.assert_ends(self.bursar("init", *tasks[::-1], "-o", "study/two.yaml"), 0)
        self.assertIn("two-hits.txt", self.names("study"))
        self.assertEqual(
            (self.folder / "study" / "hits.txt").read_text().split("\n")[1:-1], tasks
        )

    def test_git_leaves_out_what_names_people(self):
        self.bursar("init", TASK)
        self.assertEqual(
            self.seen_by_git("campaign.journal.jsonl", "plan.json", "data/scores.csv"), set()
        )

    def test_git_keeps_a_journal_that_is_tracked(self):
        self.bursar("init", TASK, "--track-journal")
        self.bursar("init", TASK, "-o", "later.yaml")
        seen = self.seen_by_git("campaign.journal.jsonl", "campaign.journal.jsonl.lock", "a.csv")
        self.assertEqual(seen, {"campaign.journal.jsonl"})
        attributes = (self.folder / ".gitattributes").read_text()
        self.assertEqual(attributes.count("*.journal.jsonl -text -merge\n"), 1)

    def seen_by_git(self, *names):
        """Which of these git would commit."""
        for name in names:
            self.write(name, "x\n")
        git = ["git", "-C", str(self.folder)]
        subprocess.run([*git, "init", "-q"], check=True)
        said = subprocess.check_output(
            [*git, "ls-files", "--others", "--exclude-standard"], text=True
        )
        return set(names) & set(said.splitlines())

    def test_lines_of_others_stay(self):
        self.write(".gitignore", "build/\n*.csv\n")
        self.write(".gitattributes", "*.png binary")
        self.bursar("init", TASK, "--track-journal")
        ignored = (self.folder / ".gitignore").read_text()
        self.assertTrue(ignored.startswith("build/\n*.csv\n\n# "))
        self.assertEqual(ignored.count("*.csv"), 1)
        self.assertTrue(
            (self.folder / ".gitattributes").read_text().startswith("*.png binary\n\n# ")
        )
        self.bursar("init", TASK, "-o", "again.yaml", "--track-journal")
        self.assertEqual((self.folder / ".gitignore").read_text(), ignored)

    def test_a_journal_that_git_ignores_is_said(self):
        self.write(".gitignore", "*.journal.jsonl\n")
        answer = self.assert_ends(self.bursar("init", TASK, "--track-journal"), 0)
        self.assert_says(answer, ".gitignore has the line '*.journal.jsonl': take it out")


class FromResults(Story):
    def test_the_file_is_the_roster(self):
        self.write("data/Batch 12.csv", RESULTS)
        answer = self.assert_ends(self.bursar("init", "data/Batch 12.csv"), 0)
        self.assertIn("'Batch-12', 3 assignments of 2 workers, 2 HITs", answer.stdout)
        text = (self.folder / "campaign.yaml").read_text()
        self.assertIn('\nassignments: { csv: "data/Batch 12.csv" }\n', text)
        self.assertIn("\nexpect: { workers: 2, assignments: 3 }\n", text)
        self.assertIn("\n  - approve:", text)

    def test_its_path_begins_at_the_campaign(self):
        csv = self.write("data/b.csv", RESULTS)
        (self.folder / "real" / "deep").mkdir(parents=True)
        (self.folder / "link").symlink_to("real/deep")
        for number, (campaign, given, path) in enumerate(
            [
                ("data", "data/b.csv", "b.csv"),
                ("real", "data/b.csv", "../data/b.csv"),
                ("link", "data/b.csv", "../../data/b.csv"),
                ("real/deep", csv, "../../data/b.csv"),
                (".", "real/../data/b.csv", "data/b.csv"),
            ]
        ):
            output = f"{campaign}/c{number}.yaml"
            self.assert_ends(self.bursar("init", given, "-o", output), 0)
            self.assertIn(f"csv: {path} }}\n", (self.folder / output).read_text())
            self.assertTrue((self.folder / campaign / path).exists())

    def test_what_is_decided_is_not_approved(self):
        self.write("b.csv", RESULTS.replace("Submitted", "Approved"))
        self.assert_ends(self.bursar("init", "b.csv"), 0)
        self.assertIn("\n  # - approve:", (self.folder / "campaign.yaml").read_text())

    def test_work_that_was_all_rejected_selects_nobody(self):
        self.write("b.csv", RESULTS.replace("Submitted", "Rejected").replace("Approved", "Rejected"))
        answer = self.assert_ends(self.bursar("init", "b.csv"), 0)
        self.assert_says(answer, "nobody is selected")
        self.assertIn("\n# expect:", (self.folder / "campaign.yaml").read_text())


class Refused(Story):
    def test_in_words_and_nothing_is_written(self):
        self.write("short.csv", "HITId,worker_id\n1,2\n")
        self.write("german.csv", RESULTS.replace(",", ";"))
        self.write("good.csv", RESULTS)
        self.write("tab\t.csv", RESULTS)
        for name in ("there.yaml", "hits.txt", "new-hits.txt"):
            self.write(name, "mine\n")
        eleven = [f"3TASK{number:02}" for number in range(11)]
        before = sorted(os.listdir(self.folder))
        for arguments, code, words in [
            ([], 64, "usage: bursar init HIT… | RESULTS.csv"),
            ([TASK, "-o", "there.yaml"], 64, "'there.yaml' is there already"),
            ([TASK, "-o", "no/c.yaml"], 64, "there is no folder for 'no/c.yaml'"),
            ([TASK, "-o", "."], 64, "'.' is there already"),
            (["nothing.csv"], 64, "'nothing.csv' is neither a file that is there nor a HIT ID"),
            ([TASK.lower()], 64, "IDs have no small letters"),
            ([TASK, TASK], 64, "is named twice"),
            ([TASK, "good.csv"], 64, "name one file, or no file"),
            (eleven + ["-o", "new.yaml"], 64, "'new-hits.txt' is there already"),
            (["short.csv"], 65, "'AssignmentId' is not there: its columns are"),
            (["german.csv"], 65, "the columns are separated by ';'"),
            (["."], 65, "'.' is a folder"),
            (["tab\t.csv"], 65, "give the file a name without"),
        ]:
            answer = self.assert_ends(self.bursar("init", *arguments), code)
            self.assert_says(answer, words)
            self.assertEqual(sorted(os.listdir(self.folder)), before, arguments)
        self.assertEqual((self.folder / "there.yaml").read_text(), "mine\n")


if __name__ == "__main__":
    unittest.main()
