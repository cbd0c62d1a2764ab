"""docs/tutorial.md, done as it stands there: each command of a block marked 'console' is typed at a
terminal, and what it shows is compared with the page.

- A yaml block behind "… as `NAME`:" is saved under that name.
- `$ ` begins a command in the first terminal, `2$ ` one in the second, which is left running.
- A question on the page that ends in an answer ("Go ahead? [y/N] y") is waited for and answered.
- Ports, times, ages, sums and names of people may differ, as support/golden.py says, and with them
  where lines break.

GOLDEN=write puts what was shown into the page."""

import os
import pathlib
import re
import signal
import unittest

from golden import NAMES, Words
from house import BURSAR
from terminal import Terminal

PAGE = pathlib.Path(__file__).parents[2] / "docs/tutorial.md"
COLUMNS = 100
BLOCK = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")
COMMAND = re.compile(r"(?m)^(2?)\$ (.*)\n((?:(?!2?\$ ).*\n)*)")
QUESTION = re.compile(r"(?m)^(Go ahead\? \[y/N\]) (\w+)$")
NAMES = NAMES + [(r"\b\d+ d ago\b", "AGE ago"), (r"\d{4}-\d\d-\d\d", "DAY"),
                 (r"(?m)\bin \d+ s$", "in N s")]


def cleaned(shown):
    """As it stands on the terminal at the end, when the bar was wiped."""
    lines = shown.replace("\r\n", "\n").split("\n")
    return "\n".join(re.split(r"\r\x1b\[K", line)[-1].rstrip() for line in lines)


class Tutorial(Words):
    def setUp(self):
        super().setUp()
        self.work = self.folder / "jokes"
        self.work.mkdir()
        self.environment.update(
            PATH=f"{pathlib.Path(BURSAR).parent}:{self.environment['PATH']}", TERM="xterm", NO_COLOR="1"
        )
        self.code = 0
        self.second = []
        self.addCleanup(self.stop_second)

    def stop_second(self):
        for terminal in self.second:
            os.killpg(terminal.process_id, signal.SIGTERM)
            terminal.end()

    def terminal(self, script):
        command = ["/bin/bash", "-c", script]
        return Terminal(command, self.work, self.environment, COLUMNS)

    def first(self, command, page):
        """Types a command; the next one finds its variables and its exit code."""
        terminal = self.terminal(
            f"(exit {self.code})\n{command}\ncode=$?; env -0 >../kept; exit $code"
        )
        for question, answer in QUESTION.findall(page):
            terminal.wait_for(question)
            terminal.type(f"{answer}\n")
        self.code, shown = terminal.end()
        kept = (self.folder / "kept").read_text().rstrip("\0").split("\0")
        self.environment = dict(pair.split("=", 1) for pair in kept)
        return cleaned(shown)

    def beside(self, command):
        """Starts the marketplace, which runs until the end, and reads what it tells first."""
        terminal = self.terminal(command)
        self.second.append(terminal)
        terminal.wait_for("SECRET_ACCESS_KEY=")
        while not terminal.shown.endswith(b"\n") and terminal.read(0.05):
            pass
        return cleaned(terminal.shown.decode())

    def named(self, text):
        for pattern, name in NAMES:
            text = re.sub(pattern, name, text)
        return " ".join(text.split())

    def commands_done(self, block):
        """The block as it really was; where it does not differ but in names, as on the page."""
        done = ""
        for second, command, page in COMMAND.findall(block):
            shown = self.beside(command) if second else self.first(command, page)
            same = self.named(shown) == self.named(page)
            done += f"{second}$ {command}\n{page if same else shown}"
        return done

    def test_each_command_shows_what_the_page_says(self):
        page = PAGE.read_text()
        done, end = "", 0
        for found in BLOCK.finditer(page):
            before, (kind, block) = page[end:found.start()], found.groups()
            end = found.end()
            name = re.search(r"as `([\w.-]+)`:\s*\Z", before)
            if kind == "yaml" and name:
                (self.work / name.group(1)).write_text(block)
            if kind == "console":
                block = self.commands_done(block)
            done += f"{before}```{kind}\n{block}```"
        done += page[end:]
        if os.environ.get("GOLDEN") == "write":
            PAGE.write_text(done)
        self.assertMultiLineEqual(page, done)


if __name__ == "__main__":
    unittest.main()
