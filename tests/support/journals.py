"""A campaign of all four verbs, run by two people, whose journal may be stopped half way."""

from house import QUALIFICATION, Story, campaign, everyone, faults, world

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
