"""A day on which something goes wrong, and the words that a person reads then."""

from golden import Words
from house import QUALIFICATION

JOURNAL = "c.simulator.journal.jsonl"
OTHER_TASK = "3PR3LXCWSF67WOX6Y5S8EXAMPLE2"
PAY = "- bonus: { amount: 1.00, message: Thanks }\n"
QUALIFY = f"- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}\n"
TELL = "- notify: { subject: Your bonus, message: We paid you }\n"


class BadDay(Words):
    def records(self, kind):
        """How many records of a kind the journal holds, also while it is being written."""
        path = self.folder / JOURNAL
        return path.read_text().count(f'"kind":"{kind}"') if path.exists() else 0

    def run_and_kill(self, condition, what, *arguments):
        """A run that is killed (kill -9) as soon as something is so."""
        process = self.start("run", "--yes", *arguments, "c.yaml")
        self.wait_for(condition, what)
        process.kill()
        process.communicate()

    def commands_of(self, answer):
        """What it says to type next: each `bursar …` that stands on a line of its own."""
        lines = [line.strip() for line in answer.stderr.splitlines() + answer.stdout.splitlines()]
        return [line.split()[1:] for line in lines if line.startswith("bursar ")]
