"""What a person reads, kept as texts in tests/story/golden/. To write them anew after a change of
words:

    GOLDEN=write BURSAR=… PYTHONPATH=tests/support python3 tests/story/test_words.py

and then read what changed. Ports, times, folders, people and sums are replaced by their names."""

import os
import pathlib
import re

from house import Story

GOLDEN = pathlib.Path(__file__).parents[1] / "story" / "golden"
NAMES = [
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "TIME"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? UTC", "TIME"),
    (r"commit [0-9a-f]{12}", "commit COMMIT"),
    (r"took \d+ s,", "took N s,"),
    (r"\bprocess \d+", "process PID"),
    (r"head [0-9a-f]{16}\b", "head SUM"),
    (r"head `[0-9a-f]{12}`", "head `SUM`"),
    (r"\b[0-9a-f]{64}\b", "SUM"),
    (r"\b[0-9a-f]{32}\b", "ID"),
    (r" by \S+@[^\s,;.]+", " by SOMEBODY"),
    (r"\(\S+@[^\s,;.)]+", "(SOMEBODY"),
    (r"so said \S+@\S+", "so said SOMEBODY"),
    (r"(?m)(\d\.\d\d +)\d+ d\b", r"\1AGE"),
]


class Words(Story):
    maxDiff = None

    def anonymous(self, said):
        said = said.replace(str(self.folder), "FOLDER")
        for pattern, replacement in NAMES:
            said = re.sub(pattern, replacement, said)
        return said

    def told(self, answer):
        """One command and what it said, as it stands in a golden text."""
        arguments = " ".join(answer.args[1:]).replace(str(self.folder), "FOLDER")
        said = f"$ bursar {arguments}\n{answer.stdout}"
        said += answer.stderr and f"--- on standard error\n{answer.stderr}"
        return said + f"--- exit {answer.returncode}\n"

    def assert_golden(self, name, *answers):
        """`answers` are what commands gave, or texts that stand between them."""
        parts = [part if isinstance(part, str) else self.told(part) for part in answers]
        said = self.anonymous("".join(parts))
        path = GOLDEN / f"{name}.txt"
        if os.environ.get("GOLDEN") == "write":
            GOLDEN.mkdir(exist_ok=True)
            path.write_text(said)
        self.assertMultiLineEqual(said, path.read_text())
