"""A campaign whose plan is saved, perhaps changed by hand, and then run."""

import json

from house import QUALIFICATION, Story, campaign, everyone, faults, world

STEPS = f"""
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""
JOURNAL = "c.simulator.journal.jsonl"


class SavedPlan(Story):
    def begin(self, count=3, *rows, steps=STEPS, plan=(), head="", **of_world):
        while self.simulators:
            self.simulators.pop().close()
        self.forget()
        self.simulate(world(count, **of_world), faults=faults(*rows) if rows else None)
        self.write("c.yaml", campaign(steps, head=head))
        self.save(*plan)

    def save(self, *options, name="p.json"):
        self.assert_ends(self.bursar("plan", *options, "-o", name, "c.yaml"), 0)

    def saved(self, name="p.json"):
        return json.loads((self.folder / name).read_text())

    def edit(self, change, name="p.json"):
        """As by hand: the plan is read, changed and written back."""
        plan = self.saved(name)
        change(plan)
        self.write(name, json.dumps(plan))

    def run_plan(self, *options, name="p.json", **others):
        return self.bursar("run", *options, name, **others)

    def move_to(self, world_text):
        """Time passes between plan and run: the marketplace is another one, in the same place."""
        self.simulators.pop().close()
        self.simulate(world_text)
        self.edit(lambda plan: plan.update(endpoint=self.environment["AWS_ENDPOINT_URL_MTURK"]))

    def row(self, plan, verb, number=0):
        return [row for row in plan["actions"] if row["do"] == verb][number]

    def assert_all_done(self, count):
        for kind in ("qualify", "bonus", "message"):
            self.assertEqual(self.times(kind), everyone(count), kind)

    def assert_stale(self, *words, options=(), name="p.json"):
        """Refused before anything is sent or written, with the command that makes a new plan."""
        writes = self.writes()
        journal = (self.folder / JOURNAL).read_bytes() if self.has_journal() else None
        answer = self.assert_ends(self.run_plan(*options, name=name), 5)
        self.assert_says(answer, "nothing was sent", *words)
        self.assertEqual(self.writes(), writes)
        after = (self.folder / JOURNAL).read_bytes() if self.has_journal() else None
        self.assertEqual(after, journal)
        return answer
