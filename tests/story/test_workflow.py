"""The workflow that we give away for pull requests, docs/ci/bursar-plan.yml: its own lines, run by
bash as GitHub runs them, in a repository with a pull request, on the simulator."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import yaml

from house import BURSAR, Story, assignment, campaign, worker, world

DOCS = pathlib.Path(__file__).parents[2] / "docs"
WORKFLOW = DOCS / "ci" / "bursar-plan.yml"
OURS = "github.event.pull_request.head.repo.full_name == github.repository"
FAKE_GH = """#!/bin/bash
# Keeps the comments of one pull request as files, as far as the workflow asks for them.
set -euo pipefail
folder=${BASH_SOURCE%/bin/gh}/comments
mkdir -p "$folder"
printf '%s\\n' "$*" >>"$folder.log"
for word; do
    case $word in
    --jq) ls "$folder" && exit ;;
    body=@*) body=${word#body=@} ;;
    */issues/comments/*) number=${word##*/} ;;
    esac
done
cp "$body" "$folder/${number:-$(($(ls "$folder" | wc -l) + 1))}"
"""
PAY = "- bonus: { amount: 1.00, message: Thank you }"


@unittest.skipUnless(shutil.which("git"), "no git here")
class Repository(Story):
    def setUp(self):
        super().setUp()
        self.workflow = yaml.safe_load(WORKFLOW.read_text())
        self.steps = self.workflow["jobs"]["plan"]["steps"]
        tools = self.folder / "bin"
        tools.mkdir()
        (tools / "bursar").symlink_to(pathlib.Path(BURSAR).resolve())
        (tools / "gh").write_text(FAKE_GH)
        (tools / "gh").chmod(0o755)
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        self.environment.update(
            PATH=f"{tools}:{os.environ['PATH']}",
            RUNNER_TEMP=str(self.temporary),
            GITHUB_STEP_SUMMARY=str(self.folder / "summary.md"),
            GITHUB_OUTPUT=str(self.folder / "output"),
            REPOSITORY="lab/studies", NUMBER="7", GH_TOKEN="a-token",
        )
        self.repository = self.folder / "studies"
        self.git("init", "-q", "-b", "main", self.repository, cwd=self.folder)
        self.simulate(world(3))
        self.put("README.md", "studies")
        self.put("old/old.yaml", campaign(PAY, name="old"))
        self.put("new/with space.yaml", campaign(PAY, name="spaced"))
        self.put("new/settings.yaml", "colour: blue\n")
        self.commit()

    def git(self, *words, cwd=None):
        identity = ["-c", "user.name=ana", "-c", "user.email=ana@lab"]
        return subprocess.run(["git", *identity, *words], cwd=cwd or self.repository, check=True,
                              env=self.environment, capture_output=True, text=True).stdout

    def put(self, name, text):
        self.write(f"studies/{name}", text)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "a change")

    def step(self, name, code=0):
        """Runs the lines of a step as GitHub runs them: bash, stopping at the first error."""
        lines = next(step["run"] for step in self.steps if step.get("name") == name)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", lines],
            cwd=self.repository, env=self.environment, capture_output=True, text=True, timeout=120,
            check=False)
        return self.assert_ends(done, code)


class ThePullRequest(Repository):
    def pull_request(self, plan=0):
        """All steps behind the installation; gives what the comments then are."""
        self.step("Find the campaigns that this changes")
        self.step("Check them")
        self.step("Plan them", plan)
        self.step("Show the plan")
        comments = self.folder / "comments"
        return [path.read_text() for path in sorted(comments.iterdir())] if comments.exists() else []

    def changed(self):
        self.step("Find the campaigns that this changes")
        names = (self.temporary / "campaigns").read_text().split("\0")
        return [name for name in names if name]

    def test_every_bursar_command_of_the_workflow_is_run_here(self):
        lines = "".join(step.get("run", "") for step in self.steps)
        self.assertEqual(set(re.findall(r"\bbursar (\w+)", re.sub(r"'.*?'", "", lines))),
                         {"check", "plan"})

    def test_a_changed_campaign_is_planned_in_a_comment_that_names_nobody(self):
        self.put("new/with space.yaml", campaign(PAY, name="spaced", head="limits: {total: 9}\n"))
        self.commit()
        comments = self.pull_request()
        self.assertEqual(len(comments), 1)
        self.assertTrue(comments[0].startswith("<!-- bursar-plan -->\n## Plan of `spaced`"))
        self.assertIn("**3 actions to do: 3.00 in bonuses", comments[0])
        self.assertNotIn("`old`", comments[0])
        summary = (self.folder / "summary.md").read_text()
        for text in (comments[0], summary):
            for number in range(3):
                self.assertNotIn(worker(number), text)
        self.assertEqual(self.writes(), 0, "it pays nobody")

    def test_a_second_commit_writes_the_same_comment_anew(self):
        for amount in ("2.00", "3.00"):
            self.put("new/with space.yaml", campaign(PAY.replace("1.00", amount), name="spaced"))
            self.commit()
            comments = self.pull_request()
        self.assertEqual(len(comments), 1)
        self.assertIn("9.00 in bonuses", comments[0])

    def test_what_a_campaign_reads_counts_and_a_journal_does_not(self):
        self.put("new/data/scores.csv", "worker,score\n")
        self.commit()
        self.assertEqual(self.changed(), ["./new/with space.yaml"])
        self.put("old/old.journal.jsonl", "{}\n")
        self.put("README.md", "more")
        self.commit()
        self.assertEqual(self.changed(), [])
        self.assertEqual(self.pull_request(), [], "and nothing is said")

    def test_a_table_in_another_folder_counts_by_its_name(self):
        head = "data: { sums: { csv: ../shared/sums.csv, match: { worker: who } } }\n"
        self.put("old/old.yaml", campaign(PAY, name="old", head=head))
        self.put("shared/sums.csv", "who,usd\n")
        self.commit()
        self.put("shared/sums.csv", f"who,usd\n{worker(0)},1\n")
        self.commit()
        self.assertEqual(self.changed(), ["./old/old.yaml"])
        self.assertIn("any=true", (self.folder / "output").read_text())

    def test_no_old_plan_stays_when_there_is_none_any_more(self):
        self.put("old/old.yaml", campaign(PAY.replace("1.00", "2.00"), name="old"))
        self.commit()
        self.assertIn("Plan of `old`", self.pull_request()[0])
        (self.temporary / "comment.md").unlink()
        self.put("old/old.yaml", campaign(PAY.replace("bonus", "bonsu"), name="old"))
        self.commit()
        self.step("Find the campaigns that this changes")
        self.step("Check them", 123)
        self.step("Show the plan")
        (comment,) = (path.read_text() for path in (self.folder / "comments").iterdir())
        self.assertIn("There is no plan: `bursar check` found mistakes", comment)
        self.put("README.md", "more")
        self.commit()
        self.assertEqual(self.pull_request()[0],
                         "<!-- bursar-plan -->\nThis changes no campaign.\n")

    def test_a_fork_gets_all_that_checking_needs(self):
        text = WORKFLOW.read_text()
        self.assertNotIn("vars.", text)
        for step in self.steps:
            if "secrets." not in json.dumps(step) and "github.token" not in json.dumps(step):
                self.assertNotIn(OURS, step.get("if", ""))

    def test_a_campaign_that_is_wrong_fails_before_any_key_is_needed(self):
        self.put("old/old.yaml", campaign(PAY.replace("bonus", "bonsu"), name="old"))
        self.commit()
        self.step("Find the campaigns that this changes")
        answer = self.step("Check them", 123)  # xargs' own code for a command that failed
        self.assertIn("./old/old.yaml:4:5: error: ", answer.stdout)

    def test_neither_log_nor_comment_names_a_worker(self):
        head = "data: { sums: { csv: sums.csv, match: { worker: who } } }\n"
        pay = '- bonus: { amount: "${{ sums.usd }}", message: Thank you }'
        self.put("old/old.yaml", campaign(pay, name="old", head=head))
        self.put("old/sums.csv", f"who,usd\n{worker(0)},1\n{worker(1)},1\n{worker(1)},2\n")
        self.commit()
        self.step("Find the campaigns that this changes")
        said = self.step("Check them", 123).stdout
        self.assertIn("old/sums.csv:4: error: 'A…' stands in line 3 already", said)
        self.put("old/sums.csv", f"who,usd\n{worker(0)},1\n{worker(1)},1\n")
        self.commit()
        comments = self.pull_request(plan=65)
        self.assertIn("exit code 65", comments[0])
        for number in range(3):
            self.assertNotIn(worker(number), said + comments[0])

    def test_a_plan_that_is_refused_is_shown_and_fails(self):
        self.put("old/old.yaml", campaign(PAY.replace("1.00", "2000.00"), name="old",
                                          head="limits: {per_bonus: 3000}\n"))
        self.commit()
        comments = self.pull_request(plan=5)
        self.assertIn("**`bursar plan` refuses (exit code 5):**", comments[0])
        self.assertRegex(comments[0], r"\n    bursar: ")

    def test_it_may_do_no_more_than_it_must(self):
        self.assertEqual(self.workflow[True], "pull_request")
        self.assertEqual(self.workflow["permissions"],
                         {"contents": "read", "pull-requests": "write"})
        for step in self.steps:
            self.assertNotIn("${{", step.get("run", ""), "what others wrote is never a shell's line")
            if "secrets." in json.dumps(step) or "github.token" in json.dumps(step):
                self.assertIn(OURS, step["if"])
        checkout = next(step for step in self.steps if "checkout" in step.get("uses", ""))
        self.assertIs(checkout["with"]["persist-credentials"], False)
        self.assertNotIn("upload-artifact", WORKFLOW.read_text())


class ThePage(Repository):
    """The shell lines of docs/version-control.md, as a reader would paste them."""

    def blocks(self, heading):
        """The page's shell blocks below a heading, up to the next one."""
        page = (DOCS / "version-control.md").read_text()
        part = re.split(r"(?m)^##+ ", page.partition(f"# {heading}\n")[2])[0]
        return re.findall(r"(?s)```bash\n(.*?)```", part)

    def paste(self, lines, code=0, **variables):
        done = subprocess.run(
            ["bash", "-c", lines], cwd=self.repository, env={**self.environment, **variables},
            capture_output=True, text=True, timeout=120, check=False)
        return self.assert_ends(done, code)

    def test_a_plan_is_approved_and_carried_out(self):
        self.put("wave-1.yaml", campaign(PAY, name="wave-1", head="limits: { total: 9 }\n"))
        planned, paid = self.blocks("Paying from CI")
        self.paste(planned)
        self.assertIn("Plan of `wave-1`", (self.folder / "summary.md").read_text())
        self.assertEqual(self.writes(), 0)
        self.paste(paid)
        self.assertEqual(self.paid(), 300)

    def test_a_plan_is_refused_when_the_file_changed_since(self):
        self.put("wave-1.yaml", campaign(PAY, name="wave-1", head="limits: { total: 9 }\n"))
        planned, paid = self.blocks("Paying from CI")
        self.paste(planned)
        self.put("wave-1.yaml", campaign(PAY.replace("1.00", "2.00"), name="wave-1"))
        self.paste(paid, 5)
        self.assertEqual(self.writes(), 0)

    def test_a_person_is_found_over_all_campaigns(self):
        for folder in ("studies", "studies/old"):
            self.put(f"{folder}/one.yaml", campaign(PAY, name=folder.replace("/", "-")))
            self.assert_ends(self.bursar("run", "--yes", f"studies/{folder}/one.yaml"), 0)
        one, every = self.blocks("Was this person paid?")
        said = self.paste(one, WORKER=worker(1)).stdout
        self.assertIn(worker(1), said)
        self.assertIn("1.00", said)
        said = self.paste(every, WORKER=worker(1)).stdout
        self.assertIn("\n./studies\n", said)
        self.assertIn("\n./studies/old\n", said)
        self.assertEqual(said.count(f"on assignment {assignment(1)}"), 2, said)

    def test_the_hook_stops_what_is_wrong(self):
        hook = self.repository / ".git" / "hooks" / "pre-commit"
        hook.write_text(self.blocks("Before each commit")[0])
        hook.chmod(0o755)
        self.put("new/settings.yaml", "colour: red\n")
        self.commit()
        self.put("old/old.yaml", campaign(PAY.replace("1.00", "2.00"), name="old"))
        self.commit()
        self.put("old/old.yaml", campaign(PAY.replace("bonus", "bonsu"), name="old"))
        with self.assertRaises(subprocess.CalledProcessError) as failed:
            self.commit()
        self.assertIn("old/old.yaml:4:5: error: ", failed.exception.stderr)
        self.git("add", "-A")
        self.put("old/old.yaml", campaign(PAY, name="old"))
        with self.assertRaises(subprocess.CalledProcessError, msg="what is staged is committed"):
            self.git("commit", "-q", "-m", "a change")
        self.commit()

    def test_two_branches_with_a_journal_each_are_joined(self):
        self.put("wave-1.yaml", campaign(PAY, name="wave-1"))
        self.put(".gitattributes", "*.journal.jsonl -text -merge\n")
        self.put(".gitignore", "*.lock\n")
        self.commit()
        name = "wave-1.simulator.journal.jsonl"
        for branch, first in (("ours", "1"), ("theirs", "2")):
            self.git("checkout", "-q", "-b", branch, "main")
            self.forget_copies()
            self.assert_ends(self.bursar("run", "--yes", "--first", first, "studies/wave-1.yaml"),
                             0)
            self.commit()
        self.git("checkout", "-q", "ours")
        with self.assertRaises(subprocess.CalledProcessError):
            self.git("merge", "-q", "theirs")
        lines = self.blocks("When two branches hold a journal each")[0]
        self.paste(lines.replace("wave-1.journal.jsonl", name), WORKER=worker(1))
        self.git("commit", "-q", "-m", "joined")
        self.assert_ends(self.bursar("run", "--yes", "studies/wave-1.yaml"), 0)
        self.assertEqual(self.paid(), 300)
        self.assert_nobody_twice()


if __name__ == "__main__":
    unittest.main()
