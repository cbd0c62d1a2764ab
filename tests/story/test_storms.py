"""A service that misbehaves all the time: however it fails, each worker is paid once, told at most
once, and nothing undecided passes for done."""

import unittest

from house import QUALIFICATION, Story, campaign, everyone, faults, world

STEPS = f"""
- approve: {{ feedback: Well done }}
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""
DEEDS = "[ApproveAssignment, AssociateQualificationWithWorker, SendBonus]"


class Storms(Story):
    """Thirty people, and three calls in ten go wrong."""

    def weather(self, *rows, seeds):
        for seed in seeds:
            with self.subTest(rows=rows, seed=seed):
                (self.folder / "c.simulator.journal.jsonl").unlink(missing_ok=True)
                self.simulate(world(30, status="Submitted"), faults(*rows), seed)
                self.write("c.yaml", campaign(STEPS))
                self.assert_ends(self.run_to_the_end(), 0)
                for kind in ("approve", "bonus", "message"):
                    self.assertEqual(self.times(kind), everyone(30), kind)
                self.assertEqual(set(self.times("qualify")), set(everyone(30)))
                self.assertEqual(self.spent(), 30 * 120)
                self.assertEqual(self.status()["steps"][2]["amount"], "30.00")

    def test_throttled_calls_are_made_again(self):
        self.weather("fault: throttle, probability: 0.2", seeds=(1,))

    def test_a_rate_is_kept_to(self):
        self.weather("fault: rate, per_second: 60, burst: 5", seeds=(1,))

    def test_errors_of_the_server_are_looked_into(self):
        self.weather(f"fault: server-error, operation: {DEEDS}, probability: 0.3", seeds=(2,))

    def test_errors_of_the_server_after_the_deed_are_looked_into(self):
        self.weather(f"fault: server-error-after, operation: {DEEDS}, probability: 0.3", seeds=(3,))

    def test_connections_closed_before_the_deed(self):
        self.weather(f"fault: hang-up-before, operation: {DEEDS}, probability: 0.3", seeds=(4,))

    def test_connections_closed_after_the_deed(self):
        self.weather(f"fault: hang-up-after, operation: {DEEDS}, probability: 0.3", seeds=(5,))

    def test_answers_cut_in_the_middle(self):
        self.weather(f"fault: half-answer, operation: {DEEDS}, probability: 0.3", seeds=(6,))

    def test_answers_that_are_not_json(self):
        self.weather(
            f"fault: garbage, operation: {DEEDS}, probability: 0.2",
            f"fault: garbage, applied: false, operation: {DEEDS}, probability: 0.2",
            seeds=(7,),
        )

    def test_everything_at_once_also_while_reading(self):
        kinds = ("throttle", "server-error", "server-error-after", "hang-up-after", "half-answer")
        looks = "[GetHIT, GetAssignment, ListAssignmentsForHIT, ListBonusPayments]"
        reads = [f"fault: {kind}, operation: {looks}, probability: 0.05" for kind in kinds]
        writes = [f"fault: {kind}, operation: {DEEDS}, probability: 0.06" for kind in kinds]
        self.weather(*reads, *writes, seeds=(1, 2))


if __name__ == "__main__":
    unittest.main()
