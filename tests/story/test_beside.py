"""Commands that only read, beside a run that goes on."""

import shutil
import unittest

from bad_day import PAY, TELL, BadDay
from house import campaign, faults, world
from journals import JOURNAL


class PlanWhileARunGoesOn(BadDay):
    def test_what_is_paid_meanwhile_is_not_taken_for_somebody_else_s(self):
        rows = ("fault: latency, operation: SendBonus, ms: 60",
                "fault: latency, operation: ListBonusPayments, ms: 150")
        self.simulate(world(60), faults(*rows))
        self.write("c.yaml", campaign(PAY + TELL))
        process = self.start("run", "--yes", "--concurrency", "2", "c.yaml")
        self.wait_for(lambda: self.records("done") >= 1, "the run has begun")
        while_it_ran = 0
        while process.poll() is None:
            plan = self.assert_ends(self.bursar("plan", "c.yaml"), 0)
            self.assertNotIn("perhaps paid", plan.stdout)
            self.assertNotIn("does not know", plan.stdout)
            self.assertNotIn("without an end", plan.stdout)
            self.assertNotIn("warning", plan.stderr)
            while_it_ran += "A run is going on (" in plan.stdout
        process.communicate()
        self.assertEqual(process.returncode, 0)
        self.assertGreater(while_it_ran, 3)
        self.assertNotIn("A run is going on", self.bursar("plan", "c.yaml").stdout)

    def test_status_says_so_too(self):
        self.simulate(world(2), faults("fault: hang, operation: SendBonus"))
        self.write("c.yaml", campaign(PAY))
        process = self.start("run", "--yes", "c.yaml")
        self.wait_for(lambda: self.records("intend") == 2, "two in flight")
        status = self.bursar("status", "c.yaml")
        process.kill()
        process.communicate()
        self.assertIn("A run is going on: ", status.stdout)
        self.assertIn(f"process {process.pid}", status.stdout)
        self.assertIn("stopped without an end: 2 unknown", self.bursar("status", "c.yaml").stdout)

    def test_a_journal_that_is_being_written_is_not_taken_for_damaged(self):
        """Neither for one that was cut, nor for one that has lost what its second copy holds."""
        self.simulate(world(300))
        self.write("c.yaml", campaign(PAY))
        process = self.start("run", "--yes", "--quiet", "c.yaml")
        self.wait_for(lambda: self.records("done") >= 1, "the run has begun")
        said = ""
        while process.poll() is None:
            said += self.bursar("status", "c.yaml").stderr
        process.communicate()
        self.assertEqual(said, "")

    def test_a_copy_of_its_journal_in_another_folder_is_not_continued(self):
        self.simulate(world(2), faults("fault: hang, operation: SendBonus"))
        self.write("c.yaml", campaign(PAY + TELL))
        process = self.start("run", "--yes", "c.yaml")
        self.wait_for(lambda: self.records("intend") == 2, "two in flight")
        self.wait_for(lambda: self.writes() == 2, "both have arrived, and no answer comes")
        writes = self.writes()
        (self.folder / "copy").mkdir()
        for name in ("c.yaml", JOURNAL):
            shutil.copy(self.folder / name, self.folder / "copy" / name)
        held = self.bursar("run", "--yes", "copy/c.yaml")
        process.kill()
        process.communicate()
        self.assert_ends(held, 75)
        self.assert_says(held, "this journal is in use in another folder")
        self.assertIn(f"process {process.pid}", held.stderr)
        self.assertEqual(self.writes(), writes)


if __name__ == "__main__":
    unittest.main()
