"""Journals that are lost, moved, copied and run in two places: rebuild, merge, and what is refused."""

import json
import shutil
import unittest

from house import QUALIFICATION, Story, assignment, campaign, everyone, faults, worker, world

STEPS = f"""
- approve: {{}}
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""
JOURNAL = "c.simulator.journal.jsonl"
NO_FUNDS = (
    "operation: SendBonus, count: 1, code: RequestError, "
    "turk_code: AWS.MechanicalTurk.InsufficientFunds, message: This Requester has "
    "insufficient funds in their account to complete this transaction."
)


class Journals(Story):
    def begin(self, count, *rows, steps=STEPS, **of_world):
        self.simulate(world(count, status="Submitted", **of_world), faults=faults(*rows))
        self.write("c.yaml", campaign(steps))
        self.forget()

    def path(self):
        return self.folder / JOURNAL

    def as_ben(self, *arguments):
        """The same command by somebody else on another machine, who keeps copies of their own."""
        return self.bursar(*arguments, XDG_STATE_HOME=str(self.folder / "bens-state"))

    def step(self, verb):
        """How the steps of a verb stand, by the journal."""
        return next(step for step in self.status()["steps"] if step["do"] == verb)

    def assert_all_done(self, count):
        for kind in ("approve", "bonus", "message"):
            self.assertEqual(self.times(kind), everyone(count), kind)

    def stop_half_way(self, after):
        """A run that pays so many and then has no funds left; the rest stays pending."""
        self.begin(6, f"fault: refuse, after: {after}, {NO_FUNDS}")
        self.assert_ends(self.run_campaign("--concurrency", "1"), 5)


class Gone(Journals):
    def test_nobody_is_told_twice_when_only_messages_were_sent(self):
        """No bonus shows that somebody ran it; the second copy's list of paths does."""
        self.begin(3, steps="- approve: {}\n- notify: { subject: Hello, message: Hello }")
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        for _ in range(2):
            self.assert_ends(self.run_campaign(), 4)
            self.assertEqual(self.times("message"), everyone(3))
        self.assert_ends(self.bursar("resolve", "--done", "notify", "c.yaml"), 0)
        self.assertEqual(self.times("message"), everyone(3))


    def test_a_journal_that_was_begun_anew_is_joined_with_the_one_that_is_gone(self):
        self.begin(4)
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        self.assert_ends(self.run_campaign(), 4)
        answer = self.bursar("plan", "c.yaml")
        self.assert_says(answer, "another journal was at this path before")
        lines = answer.stderr.splitlines()
        line = next(line for line in lines if line.startswith("    bursar journal merge"))
        self.assert_ends(self.bursar(*line.split()[1:]), 0)
        answer = self.assert_ends(self.run_campaign(), 0)
        self.assertNotIn("before", answer.stderr)
        self.assert_all_done(4)

    def test_status_of_a_journal_that_is_gone_is_not_that_nothing_was_run(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        answer = self.assert_ends(self.bursar("status", "c.yaml"), 4)
        self.assertNotIn("nothing was run", answer.stdout)
        self.assert_says(answer, "bursar journal restore c.yaml")

    def test_status_of_a_run_that_left_work_names_the_next_command(self):
        self.stop_half_way(2)
        answer = self.bursar("status", "c.yaml")
        self.assert_says(answer, "left pending", "bursar run c.yaml")


class PaidElsewhere(Journals):
    BY_HAND = f"bonuses:\n  - {{ assignment: {assignment(0)}, amount: 0.70, reason: By hand }}\n"

    def test_status_says_what_run_said_until_it_is_decided(self):
        self.begin(2, steps="- bonus: { amount: 1.00, message: Thanks }", more=self.BY_HAND)
        for _ in range(2):
            self.assert_ends(self.run_campaign(), 4)
            answer = self.assert_ends(self.bursar("status", "c.yaml"), 4)
            self.assert_says(answer, "1 action looked done by somebody else", "bursar plan c.yaml")
        self.assertEqual(self.journal()[-1]["elsewhere"], 1)
        records = len(self.journal())
        self.assert_ends(self.run_campaign(), 4)
        self.assertEqual(len(self.journal()), records, "nothing new to write")
        self.assert_ends(self.bursar("resolve", "--done", "bonus", "c.yaml"), 0)
        self.assert_ends(self.bursar("status", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(len(self.book("bonus")), 1)

    def test_what_the_file_no_longer_reaches_is_no_trouble(self):
        self.begin(1, steps="- bonus: { amount: 1.00, message: Thanks }", more=self.BY_HAND)
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.bursar("status", "c.yaml"), 4)
        self.write("c.yaml", campaign("- approve: {}"))
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.bursar("status", "c.yaml"), 0)


class Lost(Journals):
    def test_a_word_begins_the_journal_anew_when_nothing_else_is_left_to_note(self):
        tell = "- notify: { subject: Hello, message: We will pay you }\n"
        self.begin(2, steps=tell, more=f"known_workers: [{worker(0)}, {worker(1)}]\n")
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.bursar("resolve", "--done", "notify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("message"), everyone(2))


class Rebuilt(Journals):
    def test_what_the_marketplace_shows_is_known_again_and_messages_are_unknown(self):
        self.begin(4)
        self.assert_ends(self.run_campaign(), 0)
        before = {verb: self.step(verb) for verb in ("approve", "qualify", "bonus")}
        writes = self.writes()
        self.forget()
        answer = self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 4)
        self.assert_says(answer, "resolve --done")
        self.assertEqual(self.writes(), writes, "it only reads")
        for verb, step in before.items():
            self.assertEqual(self.step(verb), step)
        self.assertEqual(self.step("notify")["unknown"], 4)
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.bursar("resolve", "--done", "notify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.writes(), writes)

    def test_what_was_not_done_is_done_afterwards(self):
        self.stop_half_way(2)
        paid = len(self.book("bonus"))
        self.forget()
        self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 4)
        self.assertEqual(self.step("bonus")["done"], paid)
        self.write("told.txt", "\n".join(self.times("message")))
        self.assert_ends(self.bursar("resolve", "--done", "notify:@told.txt", "c.yaml"), 4)
        self.assert_ends(self.bursar("resolve", "--not-done", "notify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(6)

    def test_a_journal_that_verifies_is_left_alone(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        whole = self.path().read_bytes()
        answer = self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 64)
        self.assert_says(answer, "nothing to build anew")
        self.assertEqual(self.path().read_bytes(), whole)

    def test_a_damaged_journal_is_kept_beside(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        damaged = self.path().read_bytes().replace(b'"cents":100', b'"cents":200')
        self.path().write_bytes(damaged)
        self.forget_copies()
        self.assert_ends(self.run_campaign(), 74)
        answer = self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 4)
        self.assert_says(answer, "is kept as")
        kept = list(self.folder.glob(JOURNAL + ".replaced-*"))
        self.assertEqual([path.read_bytes() for path in kept], [damaged])
        self.assertEqual(self.step("bonus")["amount"], "2.00")


class Merged(Journals):
    def part(self):
        """Ana pays two of six and copies the journal to Ben; each then runs on, until they part."""
        self.begin(
            6,
            f"fault: refuse, after: 2, {NO_FUNDS}",
            f"fault: refuse, after: 2, {NO_FUNDS}",
        )
        self.assert_ends(self.run_campaign("--concurrency", "1"), 5)
        shared = self.path().read_bytes()
        self.assert_ends(self.run_campaign("--concurrency", "1"), 5)
        anas = self.path().read_bytes()
        self.assertGreater(len(anas), len(shared))
        self.path().write_bytes(shared)
        self.assertIn(self.as_ben("run", "--yes", "c.yaml").returncode, (0, 4))
        self.write("ben/theirs.jsonl", self.path().read_text())
        self.path().write_bytes(anas)
        return len(anas.splitlines()), len(shared.splitlines())

    def test_two_histories_become_one_and_a_rerun_sends_nothing(self):
        _, shared = self.part()
        writes = self.writes()
        answer = self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 0)
        self.assertIn(f"they split at record {shared}", answer.stdout)
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
        self.run_campaign()
        self.assertEqual(self.writes(), writes, "all was done by one or the other")
        self.assert_nobody_twice()
        self.assertEqual(self.step("bonus")["done"], 6)

    def test_the_first_journal_s_lines_stay_as_they_are(self):
        self.part()
        before = self.path().read_bytes()
        self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 0)
        self.assertTrue(self.path().read_bytes().startswith(before))

    def test_merging_again_adds_nothing(self):
        self.part()
        self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 0)
        once = self.path().read_bytes()
        answer = self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 0)
        self.assertIn("holds nothing that", answer.stdout)
        self.assertEqual(self.path().read_bytes(), once)

    def test_the_merged_journal_is_believed_on_the_other_machine(self):
        self.part()
        self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 0)
        answer = self.as_ben("plan", "c.yaml")
        self.assertNotIn("this machine has seen", answer.stderr)
        self.as_ben("run", "--yes", "c.yaml")
        self.assert_nobody_twice()

    def test_a_journal_with_another_history_is_noticed_and_the_merge_named(self):
        self.part()
        shutil.copy(self.folder / "ben/theirs.jsonl", self.path())
        answer = self.bursar("plan", "c.yaml")
        self.assert_says(answer, "with other records", "they split at record", "journal merge")
        copy = next(self.folder.glob("state/bursar/journals/*.jsonl"))
        self.assert_ends(self.bursar("journal", "merge", "c.yaml", copy), 0)
        answer = self.bursar("plan", "c.yaml")
        self.assertNotIn("with other records", answer.stderr)
        self.run_campaign()
        self.assert_nobody_twice()
        self.assertEqual(copy.read_bytes(), self.path().read_bytes(), "the copy follows again")

    def test_two_journals_begun_apart_are_merged_too(self):
        """Nobody shared anything: Ben's run saw Ana's bonuses at the marketplace only."""
        self.stop_half_way(3)
        anas = self.path().read_bytes()
        self.path().unlink()
        self.assert_ends(self.as_ben("run", "--yes", "c.yaml"), 4)
        self.write("ben/theirs.jsonl", self.path().read_text())
        self.path().write_bytes(anas)
        self.assertEqual(len(self.book("message")), 3)
        answer = self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 0)
        self.assertIn("they split at record 0", answer.stdout)
        self.assertEqual(self.step("bonus")["done"], 6)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(6)

    def test_merging_what_was_found_with_who_paid_it_leaves_no_doubt(self):
        """The same the other way round: Ben's journal only found what Ana's had paid."""
        self.stop_half_way(3)
        self.write("ana/hers.jsonl", self.path().read_text())
        self.path().unlink()
        self.assert_ends(self.as_ben("run", "--yes", "c.yaml"), 4)
        answer = self.as_ben("journal", "merge", "c.yaml", "ana/hers.jsonl")
        self.assert_ends(answer, 0)
        self.assert_ends(self.as_ben("run", "--yes", "c.yaml"), 0)
        self.assert_all_done(6)

    def test_the_longer_of_two_is_taken_as_it_is(self):
        self.stop_half_way(2)
        shared = self.path().read_bytes()
        self.assert_ends(self.run_campaign(), 0)
        whole = self.path().read_bytes()
        self.write("ben/theirs.jsonl", self.path().read_text())
        self.path().write_bytes(shared)
        answer = self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 0)
        self.assertIn("was the beginning of", answer.stdout)
        self.assertEqual(self.path().read_bytes(), whole)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(6)

    def test_who_was_told_by_both_is_named(self):
        self.begin(2, steps="- notify: { subject: Hello, message: Hello }")
        self.assert_ends(self.run_campaign(), 3)
        self.simulators[-1].close()
        self.simulate(world(2))
        self.forget()
        self.assert_ends(self.run_campaign(), 0)
        anas = self.path().read_bytes()
        self.path().unlink()
        self.assert_ends(self.as_ben("run", "--yes", "c.yaml"), 0)
        self.write("ben/theirs.jsonl", self.path().read_text())
        self.path().write_bytes(anas)
        answer = self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 4)
        self.assertIn("2 actions were confirmed on both sides", answer.stdout)
        self.assertNotIn(worker(0), answer.stdout, "no IDs in what may be a log")
        self.path().write_bytes(anas)
        self.forget_copies()
        answer = self.bursar("journal", "merge", "--show-ids", "c.yaml", "ben/theirs.jsonl")
        self.assertIn(worker(0), answer.stdout)

    def test_another_campaign_s_journal_is_refused(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        self.write("d.yaml", campaign(STEPS, name="other"))
        self.bursar("run", "--yes", "d.yaml")
        before = self.path().read_bytes()
        answer = self.bursar("journal", "merge", "c.yaml", "d.simulator.journal.jsonl")
        self.assert_ends(answer, 5)
        self.assertEqual(self.path().read_bytes(), before)

    def test_a_damaged_other_is_refused(self):
        self.part()
        theirs = self.folder / "ben/theirs.jsonl"
        theirs.write_text(theirs.read_text().replace('"cents":100', '"cents":200'))
        before = self.path().read_bytes()
        answer = self.assert_ends(self.bursar("journal", "merge", "c.yaml", "ben/theirs.jsonl"), 74)
        self.assert_says(answer, "theirs.jsonl:")
        self.assertEqual(self.path().read_bytes(), before)


class Apart(Journals):
    """Two people with a journal each, who have not merged: money moves once, and a message is not
    sent twice where the marketplace shows that there was another run."""

    def test_who_was_refused_here_and_paid_there_is_not_told_again(self):
        refuse = f"fault: refuse, operation: SendBonus, worker: {worker(0)}, count: 1, code: RequestError"
        self.begin(3, refuse + ", message: Not now")
        self.assert_ends(self.run_campaign(), 3)
        anas = self.path().read_bytes()
        self.assert_ends(self.as_ben("run", "--yes", "--retry-refused", "c.yaml"), 0)
        self.path().write_bytes(anas)
        self.assert_ends(self.run_campaign(), 4)
        self.assert_all_done(3)

    def test_a_list_that_lags_does_not_hide_another_run(self):
        self.begin(3, more="bonus_lag_s: 3600\n")
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        answer = self.assert_ends(self.as_ben("run", "--yes", "c.yaml"), 4)
        self.assertEqual(self.times("bonus"), everyone(3))
        self.assertEqual(self.times("message"), everyone(3))
        self.assert_says(answer, "another run of this campaign")


class TwoInOneFolder(Journals):
    def test_a_renamed_campaign_file_begins_no_second_journal(self):
        self.begin(3)
        self.assert_ends(self.run_campaign(), 0)
        shutil.move(self.folder / "c.yaml", self.folder / "wave.yaml")
        for command in (("plan", "wave.yaml"), ("run", "--yes", "wave.yaml")):
            answer = self.assert_ends(self.bursar(*command), 74)
            self.assert_says(answer, JOURNAL, "--journal")
        self.assert_ends(self.bursar("run", "--yes", "--journal", JOURNAL, "wave.yaml"), 0)
        self.assert_all_done(3)

    def test_two_histories_are_refused_until_they_are_merged(self):
        self.begin(3, f"fault: refuse, after: 1, {NO_FUNDS}")
        self.assert_ends(self.run_campaign("--concurrency", "1"), 5)
        shutil.copy(self.path(), self.folder / "copy.journal.jsonl")
        self.assert_ends(self.bursar("run", "--yes", "--journal", "copy.journal.jsonl", "c.yaml"), 0)
        answer = self.assert_ends(self.run_campaign(), 74)
        self.assert_says(answer, "copy.journal.jsonl", "journal merge")
        answer = self.bursar("journal", "merge", "c.yaml", "copy.journal.jsonl")
        self.assert_ends(answer, 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(3)

    def test_another_environment_or_campaign_is_no_trouble(self):
        self.begin(2)
        self.write("d.yaml", campaign("- approve: {}", name="other"))
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.bursar("run", "--yes", "d.yaml"), 0)
        text = self.path().read_text()
        self.assertEqual(json.loads(text.splitlines()[0])["environment"], "simulator")
        self.write("c.yaml", campaign(STEPS, head="environment: sandbox\n"))
        self.assertIn(self.bursar("plan", "c.yaml").returncode, (0, 4))


if __name__ == "__main__":
    unittest.main()
