"""Journals of one campaign that were run in two places: merged, and never two in one folder."""

import json
import shutil
import unittest

from house import campaign, everyone, worker, world
from journals import JOURNAL, NO_FUNDS, STEPS, Journals


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
