"""Five people to pay, in surroundings that are against it."""

import pathlib
import subprocess

from house import BURSAR, Story, campaign, everyone, world

PAY = "- bonus: { amount: 1.00, message: Thanks }"
JOURNAL = "c.simulator.journal.jsonl"


def hardened():
    """The binary as people get it, or None: the sanitizers need more memory than any limit, and
    read their own process, which the other may not."""
    for path in (pathlib.Path(BURSAR), pathlib.Path(BURSAR).parents[1] / "release/bursar"):
        if path.exists() and b"__asan_init" not in path.read_bytes():
            return path
    return None


class Hostile(Story):
    WORLD = world(5)

    def setUp(self):
        super().setUp()
        self.simulate(self.WORLD)
        self.write("c.yaml", campaign(PAY))

    def run_with(self, *arguments, binary=BURSAR, **options):
        """`run --yes c.yaml` with options of subprocess's own."""
        command = [binary, "run", "--yes", *arguments, "c.yaml"]
        settings = {"cwd": self.folder, "env": self.environment, "timeout": 60}
        settings.update(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return subprocess.run(command, **{**settings, **options})

    def assert_paid(self):
        self.assertEqual(self.times("bonus"), everyone(5))
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)

    def assert_finishes(self):
        """Whatever went before: from here the campaign comes to its end."""
        self.assert_ends(self.run_campaign(), 0)
        self.assert_paid()
