"""Proof that the tests bite: faults are put into a copy of the program, one at a time, and each must
be caught by the tests that are named with it.

    ./setup bite            puts in every fault, one after the other
    ./setup bite NAME…      only those
    bite.py --fit           only checks that each fault still fits the code (a moment; in every test run)

A fault is an exchange of one piece of text, which must stand in its file exactly once. A fault that
survives is a gap in the tests; a fault that no longer fits wants to be written anew."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from faults import FAULTS

ROOT = pathlib.Path(__file__).resolve().parents[2]
TREE = ("CMakeLists.txt", "runner", "tests", "schema", "campaigns", "docs", "packaging",
        "README.md", "setup")
JOBS = "2"


def faulty(fault, root):
    """The file's text with the fault in it."""
    text = (root / fault.file).read_text()
    if text.count(fault.text) != 1:
        raise SystemExit(
            f"{fault.name}: '{fault.text}' stands {text.count(fault.text)} times in {fault.file}"
        )
    return text.replace(fault.text, fault.instead)


def run(*command, timeout=900):
    return subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
        check=False,
    )


def targets(fault):
    """What must be built for its tests: a test program each, or bursar for whole-program stories."""
    programs = {"story/crash": "story_crash", "simulation/seeds": "simulation"}
    stories = ("story/", "peers/", "schema/")
    return [
        programs.get(name, "bursar" if name.startswith(stories) else name.replace("/", "_"))
        for name in fault.tests
    ]


def is_caught(fault, build):
    """True when one of the fault's tests fails, by itself or because the program died."""
    built = run("cmake", "--build", build, "-j", JOBS, "-t", *dict.fromkeys(targets(fault)))
    if built.returncode:
        print(built.stdout[-3000:])
        return None
    for name in fault.tests:
        tested = run("ctest", "--test-dir", build, "--no-tests=error", "-R", f"^{name}$")
        if tested.returncode:
            return name
    return None


def prove(faults):
    with tempfile.TemporaryDirectory(prefix="bursar-bite-") as folder:
        copy = pathlib.Path(folder) / "tree"
        copy.mkdir()
        for name in TREE:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / name)
        build = pathlib.Path(folder) / "build"
        os.environ.setdefault("BURSAR_SEEDS", "1000")
        made = run("cmake", "-S", copy, "-B", build, "-DCMAKE_BUILD_TYPE=Debug", "-DSANITIZE=ON")
        if made.returncode:
            raise SystemExit(made.stdout)
        caught = 0
        for fault in faults:
            path = copy / fault.file
            whole = path.read_text()
            path.write_text(faulty(fault, copy))
            by = is_caught(fault, build)
            path.write_text(whole)
            caught += by is not None
            print(f"{'caught by ' + by if by else 'SURVIVES':<32} {fault.name}", flush=True)
    return caught


def main(arguments):
    for fault in FAULTS:
        faulty(fault, ROOT)
    if arguments == ["--fit"]:
        print(f"[  PASSED  ] 1 test(s). house/bite: all {len(FAULTS)} faults fit the code")
        return 0
    wanted = [fault for fault in FAULTS if not arguments or fault.name in arguments]
    if not wanted:
        raise SystemExit("no fault has such a name")
    caught = prove(wanted)
    print(f"{caught} of {len(wanted)} faults caught")
    return caught != len(wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
