"""What `cmake --install` puts in place: all that a person needs, and nothing of this machine."""

import os
import pathlib
import shutil
import stat
import subprocess
import unittest

from house import BURSAR, Story

ROOT = pathlib.Path(__file__).parents[2]
BUILD = pathlib.Path(BURSAR).resolve().parent
EXPECTED = (
    "bin/bursar",
    "share/bash-completion/completions/bursar",
    "share/bursar/campaigns/best-joke.world.yaml",
    "share/bursar/campaigns/best-joke.yaml",
    "share/bursar/campaigns/data/bonus-from-csv.csv",
    "share/bursar/campaigns/demo.sh",
    "share/bursar/schema/campaign.md",
    "share/bursar/schema/campaign.schema.json",
    "share/bursar/schema/journal.md",
    "share/bursar/schema/world.md",
    "share/doc/bursar/LICENSE",
    "share/doc/bursar/README.md",
    "share/doc/bursar/ci/bursar-plan.yml",
    "share/doc/bursar/version-control.md",
    "share/fish/vendor_completions.d/bursar.fish",
    "share/zsh/site-functions/_bursar",
)


class AnInstallation(Story):
    def setUp(self):
        super().setUp()
        if not (BUILD / "cmake_install.cmake").exists() or not shutil.which("cmake"):
            self.skipTest("bursar does not stand in the folder where cmake built it")
        self.prefix = self.folder / "usr"
        umask = os.umask(0o077)
        try:
            subprocess.run(["cmake", "--install", BUILD, "--prefix", self.prefix], check=True,
                           capture_output=True, timeout=60)
        finally:
            os.umask(umask)
        self.files = sorted(str(path.relative_to(self.prefix))
                            for path in self.prefix.rglob("*") if path.is_file())

    def test_it_is_whole_and_holds_what_git_holds(self):
        self.assertEqual(set(EXPECTED) - set(self.files), set())
        if not (ROOT / ".git").exists():
            return
        for name in self.files:
            if name.startswith("share/bursar/"):
                kept = subprocess.run(
                    ["git", "ls-files", "--error-unmatch", name.removeprefix("share/bursar/")],
                    cwd=ROOT, capture_output=True, check=False)
                self.assertEqual(kept.returncode, 0, f"{name} is not committed")

    def test_others_can_read_it_and_only_programs_run(self):
        for name in self.files:
            mode = stat.S_IMODE((self.prefix / name).stat().st_mode)
            runs = name in ("bin/bursar", "share/bursar/campaigns/demo.sh")
            self.assertEqual(oct(mode), oct(0o755 if runs else 0o644), name)

    def test_it_works_where_it_is(self):
        share = self.prefix / "share" / "bursar" / "campaigns"
        done = subprocess.run(
            [self.prefix / "bin" / "bursar", "rehearse", share / "best-joke.yaml", "--world",
             share / "best-joke.world.yaml", "--quiet"],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=60,
            check=False)
        self.assert_ends(done, 0)
        self.assertNotIn("journal.jsonl", " ".join(map(str, self.prefix.rglob("*"))))

    def test_the_program_names_no_folder_of_the_machine_it_was_built_on(self):
        program = (self.prefix / "bin" / "bursar").read_bytes()
        if b"__asan_init" in program:
            self.skipTest("the sanitizers keep the names of sources, to report by")
        for folder in (str(ROOT), str(BUILD)):
            self.assertNotIn(folder.encode(), program)


if __name__ == "__main__":
    unittest.main()
