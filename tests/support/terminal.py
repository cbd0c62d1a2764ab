"""bursar at a terminal: a pseudo-terminal, and a person who reads and types."""

import os
import pty
import re
import select
import signal
import termios
import time

from house import BURSAR, Story


class Terminal:
    """bursar on a pseudo-terminal: what it has shown so far, and a person who types."""

    def __init__(self, command, folder, environment, columns=80):
        self.shown = b""
        self.process_id, self.descriptor = pty.fork()
        if self.process_id == 0:
            termios.tcsetwinsize(0, (40, columns))
            os.chdir(folder)
            os.execve(command[0], command, environment)

    def read(self, seconds):
        """Reads a little more; False at the end."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            more = os.read(self.descriptor, 65536)
        except OSError:  # what Linux says when the other side has closed
            return False
        self.shown += more
        return bool(more)

    def wait_for(self, words, seconds=20):
        until = time.monotonic() + seconds
        while words.encode() not in self.shown:
            if time.monotonic() > until or not self.read(0.05):
                raise AssertionError(f"{words!r} was not shown: {self.shown.decode()}")

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def end(self, seconds=30):
        """Waits for the end; gives the exit code and everything that was shown."""
        until = time.monotonic() + seconds
        while self.read(0.05):
            if time.monotonic() > until:
                os.kill(self.process_id, signal.SIGKILL)
        _, status = os.waitpid(self.process_id, 0)
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status), self.shown.decode()


class AtATerminal(Story):
    def terminal(self, *arguments, columns=80, **variables):
        """Without colour, unless `variables` say otherwise: so that any is somebody else's."""
        environment = {**self.environment, "TERM": "xterm", "NO_COLOR": "1", **variables}
        return Terminal([BURSAR, *arguments], self.folder, environment, columns)

    def answer(self, typed, *arguments, question="Go ahead?"):
        """Runs c.yaml, answers its question, and gives the exit code and all that was shown."""
        terminal = self.terminal("run", *arguments, "c.yaml")
        terminal.wait_for(question)
        terminal.type(typed)
        return terminal.end()

    def assert_harmless(self, shown):
        """Only the terminal's own line ends and the bar's "go to the line's beginning, wipe"."""
        rest = shown.replace("\r\n", "\n").replace("\r\x1b[K", "")
        self.assertEqual(re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", rest), [], shown)
