"""What may lie where bursar would put a file, and disks that take none."""

import os
import shutil
import socket
import stat
import subprocess
import unittest

from hostile import JOURNAL, PAY, Hostile
from house import BURSAR, campaign, everyone


class Places(Hostile):
    """What may lie where bursar would put a file."""

    def lay(self, kind, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        elif kind == "socket":
            sock = socket.socket(socket.AF_UNIX)
            self.addCleanup(sock.close)
            sock.bind(os.path.relpath(path))
        elif kind == "link":
            self.write("victim", "keep me")
            path.symlink_to(self.folder / "victim")
        elif kind == "hard link":
            self.write("victim", "keep me")
            path.hardlink_to(self.folder / "victim")
        elif kind == "dangling link":
            path.symlink_to(self.folder / "nowhere")

    def take_away(self, path):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
        (self.folder / "victim").unlink(missing_ok=True)

    def assert_untouched(self):
        victim = self.folder / "victim"
        self.assertTrue(not victim.exists() or victim.read_text() == "keep me")
        self.assertFalse((self.folder / "nowhere").exists())

    KINDS = ("pipe", "folder", "socket", "link", "dangling link", "hard link")

    def test_where_the_journal_or_its_lock_belongs(self):
        for name in (JOURNAL, JOURNAL + ".lock"):
            for kind in self.KINDS:
                if (name, kind) == (JOURNAL, "hard link"):
                    continue  # that is no journal: it does not begin as one
                with self.subTest(kind, name=name):
                    (self.folder / (JOURNAL + ".lock")).unlink(missing_ok=True)
                    self.lay(kind, self.folder / name)
                    answer = self.assert_ends(self.run_campaign(), 74)
                    self.assertIn(name, answer.stderr)
                    self.assertEqual(self.writes(), 0)
                    self.assert_untouched()
                    self.take_away(self.folder / name)
        self.assert_finishes()

    def test_where_the_second_copy_belongs(self):
        more = PAY + f"\n- id: more\n  {PAY[2:]}"
        for kind in self.KINDS:
            with self.subTest(kind):
                self.forget()
                self.simulate(self.WORLD)
                self.write("c.yaml", campaign(PAY))
                self.assert_ends(self.run_campaign(), 0)
                copy = next((self.folder / "state/bursar/journals").glob("*.jsonl"))
                copy.unlink()
                self.lay(kind, copy)
                self.write("c.yaml", campaign(more))
                answer = self.assert_ends(self.run_campaign(), 0)
                unread = kind in ("pipe", "folder", "socket")
                seen = "what this machine has seen of this journal cannot be read now"
                none = "no second copy of the journal is kept"
                self.assert_says(answer, f"warning: {seen if unread else none}")
                self.assert_untouched()
                (self.folder / "victim").unlink(missing_ok=True)

    def test_where_a_plan_is_saved(self):
        for kind in self.KINDS[:3] + ("dangling link",):
            with self.subTest(kind):
                self.lay(kind, self.folder / "p.json")
                answer = self.assert_ends(self.bursar("plan", "-o", "p.json", "c.yaml"), 1)
                self.assertIn("p.json", answer.stderr)
                self.assert_untouched()
                self.take_away(self.folder / "p.json")

    def test_a_plan_is_its_owner_s_whatever_the_umask(self):
        command = [BURSAR, "plan", "-o", "p.json", "c.yaml"]
        subprocess.run(
            command, cwd=self.folder, env=self.environment, preexec_fn=lambda: os.umask(0),
            stdout=subprocess.DEVNULL, check=True,
        )
        self.run_with(preexec_fn=lambda: os.umask(0))
        self.assert_paid()
        for path in self.folder.rglob("*"):
            if path.name not in ("c.yaml", "world.yaml") and not path.name.startswith("book"):
                self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)

    def test_a_file_system_that_is_read_only(self):
        mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", self.folder / "disk"]
        (self.folder / "disk").mkdir()
        if subprocess.run(mount, stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("nothing can be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.folder / "disk"])
        shutil.copy(self.folder / "c.yaml", self.folder / "disk/c.yaml")
        subprocess.run(["mount", "-o", "remount,ro", self.folder / "disk"], check=True)
        answer = self.assert_ends(self.run_campaign(name="disk/c.yaml"), 74)
        self.assert_says(answer, "Read-only file system")
        self.assertEqual(self.writes(), 0)
        subprocess.run(["mount", "-o", "remount,rw", self.folder / "disk"], check=True)
        (self.folder / "disk/full").write_bytes(b"x" * 200_000)
        answer = self.assert_ends(self.run_campaign(name="disk/c.yaml"), 74)
        self.assert_says(answer, "free some space")
        self.assert_nobody_twice()
        (self.folder / "disk/full").unlink()
        self.assert_ends(self.run_campaign(name="disk/c.yaml"), 0)
        self.assertEqual(self.times("bonus"), everyone(5))


if __name__ == "__main__":
    unittest.main()
