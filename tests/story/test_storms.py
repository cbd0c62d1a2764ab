"""A service that misbehaves all the time: however it fails, each worker is paid once, told at most
once, and nothing undecided passes for done. The storms spend their time in pauses, so several of
them rage at once, each in a world of its own."""

import concurrent.futures
import unittest

from house import QUALIFICATION, Story, campaign, everyone, faults, world

STEPS = f"""
- approve: {{ feedback: Well done }}
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""
PEOPLE, AT_ONCE = 30, 5
DEEDS = "operation: [ApproveAssignment, AssociateQualificationWithWorker, SendBonus]"
READS = "operation: [GetHIT, GetAssignment, ListAssignmentsForHIT, ListBonusPayments]"
KINDS = ("throttle", "server-error", "server-error-after", "hang-up-after", "half-answer")
MIXED = [f"fault: {kind}, {READS}, probability: 0.05" for kind in KINDS]
MIXED += [f"fault: {kind}, {DEEDS}, probability: 0.06" for kind in KINDS]
GARBAGE = [
    f"fault: garbage, {DEEDS}, probability: 0.2",
    f"fault: garbage, applied: false, {DEEDS}, probability: 0.2",
]


def often(kind):
    return [f"fault: {kind}, {DEEDS}, probability: 0.3"]


STORMS = [
    ("everything at once, also while reading", MIXED, 1),
    ("everything at once, in another order", MIXED, 2),
    ("calls are throttled", ["fault: throttle, probability: 0.2"], 3),
    ("so many calls a second", ["fault: rate, per_second: 60, burst: 5"], 4),
    ("the server fails before the deed", often("server-error"), 5),
    ("the server fails after the deed", often("server-error-after"), 6),
    ("the connection closes before the deed", often("hang-up-before"), 7),
    ("the connection closes after the deed", often("hang-up-after"), 8),
    ("answers are cut in the middle", often("half-answer"), 9),
    ("answers are not JSON", GARBAGE, 10),
    ("answers are late", [f"fault: latency, {DEEDS}, ms: 20, jitter_ms: 200"], 11),
]


class Weather(Story):
    """One storm from its beginning to its end."""

    def sail_through(self, rows, seed):
        self.simulate(world(PEOPLE, status="Submitted"), faults(*rows), seed)
        self.write("c.yaml", campaign(STEPS))
        self.assert_ends(self.run_to_the_end(), 0)
        for kind in ("approve", "bonus", "message"):
            self.assertEqual(self.times(kind), everyone(PEOPLE), kind)
        self.assertEqual(set(self.times("qualify")), set(everyone(PEOPLE)))
        self.assertEqual(self.spent(), PEOPLE * 120)
        self.assertEqual(self.status()["steps"][2]["amount"], f"{PEOPLE}.00")

    def run_alone(self, rows, seed):
        """For a thread: the error, or None."""
        self.setUp()
        try:
            self.sail_through(rows, seed)
        except Exception as error:
            return error
        finally:
            self.doCleanups()


class Storms(Story):
    def test_every_storm_ends_with_each_worker_paid_and_told_once(self):
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            ends = [pool.submit(Weather().run_alone, rows, seed) for _, rows, seed in STORMS]
        for (name, _, seed), end in zip(STORMS, ends):
            with self.subTest(name, seed=seed):
                if end.result():
                    raise end.result()


if __name__ == "__main__":
    unittest.main()
