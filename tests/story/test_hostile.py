"""Hostile surroundings: closed and full descriptors, tiny limits, odd names. Nobody is paid twice
and no record is lost."""

import os
import pty
import resource
import shutil
import subprocess
import unittest

from hostile import JOURNAL, PAY, Hostile, hardened
from house import BURSAR, campaign, everyone


class Descriptors(Hostile):
    def test_none_of_the_first_three_is_needed(self):
        """The next file that is opened gets the number of the one that is missing, and with it
        what is said to people. Here that would be a journal that is there already."""
        more = PAY + f"\n- id: more\n  {PAY[2:]}"
        for closed in ([0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]):
            with self.subTest(closed=closed):
                self.forget()
                self.simulate(self.WORLD)
                self.write("c.yaml", campaign(PAY))
                self.assert_ends(self.run_campaign(), 0)
                self.write("c.yaml", campaign(more))

                def close():
                    for descriptor in closed:
                        os.close(descriptor)

                self.assertEqual(self.run_with(preexec_fn=close).returncode, 0)
                self.assertEqual(set(self.times("bonus").values()), {2})
                self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
                kept = (self.folder / JOURNAL).read_text() + (self.folder / "c.yaml").read_text()
                self.assertNotIn("To send", kept)
                self.assertNotIn("bursar:", kept)

    def test_a_plan_that_cannot_be_shown_is_not_carried_out(self):
        with open("/dev/full", "w") as full:
            answer = self.run_with(stdout=full)
        self.assertEqual(answer.returncode, 1)
        self.assertIn(b"standard output cannot be written", answer.stderr)
        self.assertEqual(self.writes(), 0)

    def test_errors_that_cannot_be_shown_change_nothing(self):
        with open("/dev/full", "w") as full:
            self.assertEqual(self.run_with(stderr=full).returncode, 0)
        self.assert_paid()

    def test_a_reader_that_goes_away_stops_nothing(self):
        reading, writing = os.pipe()
        os.close(reading)
        answer = self.run_with(stdout=writing, stderr=writing)
        os.close(writing)
        self.assertEqual(answer.returncode, 0)
        self.assert_paid()

    def test_a_result_that_cannot_be_shown_is_no_success(self):
        with open("/dev/full", "w") as full:
            answer = self.run_with("--json", stdout=full)
        self.assertEqual(answer.returncode, 1)
        self.assert_paid()

    def test_a_status_that_cannot_be_shown_is_no_success(self):
        self.assert_ends(self.run_campaign(), 0)
        with open("/dev/full", "w") as full:
            answer = subprocess.run(
                [BURSAR, "status", "c.yaml"],
                cwd=self.folder,
                env=self.environment,
                stdout=full,
                stderr=subprocess.PIPE,
            )
        self.assertEqual(answer.returncode, 1)
        self.assertEqual(answer.stderr.count(b"standard output cannot be written"), 1)

    def test_a_terminal_that_closes_at_the_question_sends_nothing(self):
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execve(BURSAR, [BURSAR, "run", "c.yaml"], self.environment)
        shown = b""
        while b"Go ahead?" not in shown:
            shown += os.read(terminal, 4096)
        os.close(terminal)
        _, status = os.waitpid(process, 0)
        self.assertIn(os.waitstatus_to_exitcode(status), (5, 130))
        self.assertEqual(self.writes(), 0)
        self.assertFalse(self.has_journal())


class Limits(Hostile):
    def limited(self, what, size, **options):
        limit = lambda: resource.setrlimit(what, (size, size))
        return self.run_with(preexec_fn=limit, **options)

    def test_few_descriptors(self):
        """127 is the loader's, which finds no room for our libraries."""
        for count in (3, 4, 5, 6, 7, 8, 9, 10, 12, 14):
            with self.subTest(count=count):
                answer = self.limited(resource.RLIMIT_NOFILE, count)
                self.assertIn(answer.returncode, (0, 1, 4, 65, 74, 77, 127), answer.stderr)
                self.assert_nobody_twice()
                if answer.returncode == 0:
                    self.assert_paid()
        self.assert_finishes()

    def test_little_memory(self):
        binary = hardened()
        if not binary:
            self.skipTest("no binary without sanitizers")
        ends = set()
        for mebibytes in range(4, 60, 2):
            size = mebibytes * 1024 * 1024
            answer = self.limited(resource.RLIMIT_AS, size, binary=binary)
            ends.add(answer.returncode)
            self.assert_nobody_twice()
        self.assertIn(0, ends, "the largest limit is enough")
        self.assertLessEqual(ends, {0, 1, 4, 65, 74, 77, 127}, "and none ends in a crash")
        self.assert_finishes()

    def test_a_file_that_may_not_grow(self):
        for size in (0, 10, 500, 1000, 2000, 3000, 4000):
            with self.subTest(size=size):
                answer = self.limited(resource.RLIMIT_FSIZE, size)
                self.assertIn(answer.returncode, (0, 74), answer.stderr)
                self.assert_nobody_twice()
        self.assert_finishes()


class Names(Hostile):
    def in_folder(self, name):
        """The same story in a folder of that name below its own."""
        place = os.path.join(os.fsencode(self.folder), name)
        os.makedirs(place)
        shutil.copy(self.folder / "c.yaml", os.path.join(place, b"c.yaml"))
        return place

    def assert_pays(self, place, file=b"c.yaml", words=()):
        self.simulate(self.WORLD)
        for expected in (5, 0):
            answer = subprocess.run(
                [BURSAR, b"run", b"--yes", b"--json", *words, file],
                cwd=place,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=60,
            )
            self.assertEqual(answer.returncode, 0, answer.stderr)
            self.assertIn(b'{"done": %d,' % expected, answer.stdout)
            for unseen in (b"\x1b", b"\xff", b"\xc2\x9b", b"\xe2\x80\xae"):
                self.assertNotIn(unseen, answer.stdout + answer.stderr)
        self.assertEqual(self.times("bonus"), everyone(5))

    def test_folders_with_odd_names(self):
        odd = (
            b"two  words",
            b"-rf",
            b"line\nbursar: 5 done",
            b"\xff\xfe",
            b"\x1b[31m",
            b"\xc2\x9b31m\xe2\x80\xae",
            b"'; exit 3; '",
            b"%s%n",
            b"c.journal.jsonl",
        )
        for name in odd:
            with self.subTest(name):
                place = self.in_folder(name)
                self.assert_pays(place)
                self.assert_pays(self.in_folder(name + b"2"), os.path.join(b".", b"c.yaml"))
                outer = self.in_folder(name + b"3/inner")
                self.assert_pays(os.path.dirname(outer), b"inner/c.yaml")

    def test_files_with_odd_names(self):
        for name in (b"-c.yaml", b"a b.yaml", b"\xff.yaml", b"\x1b[2J\n.yaml", b".yaml"):
            with self.subTest(name):
                place = self.in_folder(b"file" + name)
                os.rename(os.path.join(place, b"c.yaml"), os.path.join(place, name))
                self.assert_pays(place, name, [b"--"])

    def test_a_path_of_four_thousand_bytes(self):
        place = os.fsencode(self.folder)
        while len(place) < 4000:
            place = os.path.join(place, b"d" * min(200, 4000 - len(place)))
        for depth in (place, place + b"x" * 80):
            os.makedirs(depth, exist_ok=True)
            shutil.copy(self.folder / "c.yaml", os.path.join(depth, b"c.yaml"))
        self.assert_pays(self.folder, os.path.join(place, b"c.yaml"))
        too_long = self.bursar("run", "--yes", os.fsdecode(place) + "/" + "e" * 300 + ".yaml")
        self.assert_ends(too_long, 65)
        self.simulate(self.WORLD)
        barely = self.run_with(cwd=self.folder, timeout=60)  # and the short one still works
        self.assertEqual(barely.returncode, 0)
        deep = os.fsdecode(place) + "x" * 80 + "/c.yaml"  # its journal's name is too long
        answer = self.bursar("run", "--yes", deep)
        self.assert_ends(answer, 74)
        self.assert_says(answer, "too long")


if __name__ == "__main__":
    unittest.main()
