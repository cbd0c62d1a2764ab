"""The JSON Schema and `bursar check` say the same of every file, and both come from one table.

good/ holds files that are right, bad/ files with one mistake each, named in the first line. What a
schema has no way to say is listed below, rule by rule, and the lists are exact: a file that moves
from one side to the other fails the test.
"""
import concurrent.futures
import copy
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import jsonschema
import yaml

HERE = pathlib.Path(__file__).parent
BURSAR = os.environ["BURSAR"]
COMMITTED = HERE.parent.parent / "schema" / "campaign.schema.json"

# Bad files that the schema lets pass, and why it must.
BEYOND_A_SCHEMA = {
    "a schema sees the value, not how YAML wrote it": [
        "alias", "anchor", "key-twice", "labels-cut", "message-cut",
        "message-tilde", "name-null", "tag"],
    "a schema sees no comments and does not search": ["key-in-comment", "key-in-value"],
    "a schema sees one file": [
        "hits-file-empty", "hits-file-key", "hits-file-latin1", "hits-file-lower",
        "hits-file-twice", "message-file-blank", "message-file-long", "message-file-template"],
    "a schema looks nothing up": [
        "lookup-empty", "lookup-filter", "lookup-jinja", "lookup-open",
        "lookup-unknown", "paid-below", "paid-no-bonus", "table-unknown",
        "where-table-unknown"],
    "a pattern knows no calendar": ["submitted-no-day"],
    "a schema does not know what becomes of a message": ["message-literal-long"],
    "a schema compares no value with another": [
        "expect-more-workers", "id-of-verb", "id-twice", "limit-default", "limit-per-bonus",
        "limit-per-worker", "limit-total", "needs-below", "needs-itself", "needs-none-above",
        "needs-unknown", "override-unreached", "bounds-crossed", "submitted-crossed",
        "status-wider", "verb-twice", "workers-answer", "workers-bonus", "workers-data",
        "workers-expect", "workers-lookup", "workers-status"],
    "a pattern for 2147483647 would be longer than its use": ["value-above"],
}
# The same rules by the words of `bursar check`, for files made by changing good ones.
BEYOND_BY_WORDS = re.compile(
    r"no step above is called|no step stands above|cannot need itself|stands below"
    r"|a second '\w+' step|belongs to the step in line|without an id this step"
    r"|work is not in the campaign's 'where'|and limits\.\w+ is|without limits\.per_bonus"
    r"|workers cannot have handed in|it has '\d{10}'$"
    r"|no table '|nothing is called '|has no parts|is a table; a lookup|needs the field that was"
    r"|needs the id of a bonus step|a lookup begins with|this lookup is empty|would be calculated"
    r"|a lookup is written|no bonus step|pays no bonus|has paid nothing yet"
    r"|or one lookup of a column or an answer|there is no such day|no time is both"
    # Whether a file is there, and what stands in it, no schema knows.
    r"|cannot be opened|is no text file|has no column|no worker ID stands|in the header"
    r"|nothing is at least|'override' is for rejected|a list of 'workers' has", re.M)

TEXTS = ["", " ", "0", "00", "1", "007", "1.5", "0.755", "1,50", ".50", "5.", "1e3", "-1", "$1.00",
         "0.00", "0.01", "999999.99", "1000000", "12345678901", "no", "a b", "-a", "a" * 64,
         "a" * 65, "A" * 64, "A" * 65, "Submitted", "production", "worker", "x" * 200, "x" * 201,
         "x" * 1024, "x" * 1025, "x" * 4096, "x" * 4097, " " + "x" * 4096 + "\t",
         "\U0001f389" * 200, "two\nlines", "bell\a", "\x7f", "\x85", "caf\u00e9", "${{ worker }}",
         "$ {", "/etc/x", "~/x", "a\\b", "a/", "https://a", "\u00a0"]
OTHERS = [{}, [], ["a"], {"a": "b"}, [["a"]], [{}]]


class CoreLoader(yaml.SafeLoader):
    """Types as YAML 1.2's core schema gives them, which is what editors use."""
    yaml_implicit_resolvers = {}


for tag, pattern, first in (
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
        ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""])):
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"^(?:{pattern})$"),
                                     list(first))
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(
    node.value, 0 if node.value[:2] in ("0o", "0x") else 10))
CoreLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def files(folder):
    return sorted((HERE / folder).glob("*.yaml"))


def check(path):
    """Exit status and words of `bursar check`."""
    done = subprocess.run([BURSAR, "check", str(path)], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def texts_of(path):
    """The file with every scalar as the text that was typed; None when it is not YAML at all."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return yaml.load(file, yaml.BaseLoader)
    except yaml.YAMLError:
        return None


def places(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(
        value, list) else ()
    for key, item in inner:
        yield from places(item, path + (key,))


def changed(document, path, change):
    """A copy in which `change` was done to the container and key at the end of the path."""
    result = copy.deepcopy(document)
    container = result
    for key in path[:-1]:
        container = container[key]
    change(container, path[-1])
    return result


def put(value):
    def change(container, key):
        container[key] = copy.deepcopy(value)
    return change


def drop(container, key):
    del container[key]


def rename(container, key):
    if isinstance(container, dict):
        container[key + "x"] = container.pop(key)


def twice(container, key):
    if isinstance(container, list):
        container.append(copy.deepcopy(container[key]))


def variants(document, tried):
    """Changes of one document; a value of a kind that was `tried` in another is left alone."""
    for path in places(document):
        if not path:
            continue
        value = document
        for key in path:
            value = value[key]
        for change in (drop, rename, twice):
            yield path, changed(document, path, change)
        kind = (tuple(key for key in path if isinstance(key, str)), type(path[-1]), type(value))
        if kind in tried:
            continue
        tried.add(kind)
        for other in OTHERS + (TEXTS if isinstance(value, str) else ["text", ""]):
            yield path, changed(document, path, put(other))


class Schema(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.printed = subprocess.run([BURSAR, "schema"], capture_output=True, timeout=60,
                                     check=True).stdout
        cls.schema = json.loads(cls.printed)
        cls.validator = jsonschema.Draft7Validator(cls.schema)

    def test_the_schema_is_a_schema(self):
        jsonschema.Draft7Validator.check_schema(self.schema)

    def test_the_committed_file_is_what_bursar_schema_prints(self):
        self.assertEqual(COMMITTED.read_bytes(), self.printed,
                         "run: bursar schema > schema/campaign.schema.json")

    def test_examples_and_defaults_keep_their_own_rules(self):
        def walk(rules):
            if isinstance(rules, dict):
                snippets = [one["body"] for one in rules.get("defaultSnippets", [])]
                for value in rules.get("examples", []) + snippets + [
                        rules[k] for k in ("default",) if k in rules]:
                    jsonschema.Draft7Validator(rules).validate(value)
                for inner in rules.values():
                    walk(inner)
            elif isinstance(rules, list):
                for inner in rules:
                    walk(inner)
        walk(self.schema)

    def test_every_map_is_closed_and_every_key_is_described(self):
        def walk(rules):
            if isinstance(rules, list):
                for inner in rules:
                    walk(inner)
            if not isinstance(rules, dict):
                return
            if isinstance(rules.get("properties"), dict):
                self.assertIs(rules["additionalProperties"], False)
                for name, inner in rules["properties"].items():
                    self.assertRegex(inner.get("description", ""), r"^[A-Z].*\.$", name)
            for inner in rules.values():
                walk(inner)
        walk(self.schema)

    def test_good_files_pass_the_check_and_the_schema(self):
        self.assertGreaterEqual(len(files("good")), 20)
        for path in files("good"):
            with self.subTest(path.name):
                self.assertEqual(check(path), (0, check(path)[1]))
                self.validator.validate(texts_of(path))

    def test_good_files_pass_the_schema_with_the_types_an_editor_sees(self):
        for path in files("good"):
            with self.subTest(path.name):
                with open(path, encoding="utf-8", newline="") as file:
                    self.validator.validate(yaml.load(file, CoreLoader))

    def test_bad_files_are_refused_with_a_place(self):
        self.assertGreaterEqual(len(files("bad")), 50)
        for path in files("bad"):
            with self.subTest(path.name):
                self.assertTrue(path.read_text(encoding="utf-8").startswith("# "))
                status, words = check(path)
                self.assertEqual(status, 65, words)
                self.assertRegex(words, r":\d+:\d+: error: ")

    def test_the_schema_refuses_the_same_files_but_for_what_it_cannot_say(self):
        beyond = sorted(name for names in BEYOND_A_SCHEMA.values() for name in names)
        passed = sorted(path.stem for path in files("bad")
                        if texts_of(path) is not None and self.validator.is_valid(texts_of(path)))
        self.assertEqual(passed, beyond)

    def test_changed_files_are_judged_alike(self):
        with tempfile.TemporaryDirectory() as folder:
            good = pathlib.Path(folder) / "good"
            shutil.copytree(HERE / "good", good)
            kinds, seen, tried = set(), set(), []
            for path in files("good"):
                if path.stem == "approve-null":
                    continue  # written back, its ~ would be a text
                for place, document in variants(texts_of(path), kinds):
                    text = yaml.dump(document, default_style='"', allow_unicode=True,
                                     sort_keys=False, width=10000)
                    if text not in seen:
                        seen.add(text)
                        tried.append((path.stem, place, document, text))

            def judge(start):
                """What is judged apart; a batch in one process, because starting costs most."""
                names = []
                for number in range(start, min(start + 100, len(tried))):
                    names.append(f"changed-{number}.yaml")
                    (good / names[-1]).write_text(tried[number][3], encoding="utf-8", newline="")
                done = subprocess.run([BURSAR, "check", *names], cwd=good, capture_output=True,
                                      text=True, timeout=120, check=False)
                lines = (done.stdout + done.stderr).splitlines()
                apart = [f"exit {done.returncode}"] if done.returncode not in (0, 65) else []
                for number, name in enumerate(names, start):
                    stem, place, document, text = tried[number]
                    words = "\n".join(line for line in lines
                                      if re.match(re.escape(name) + r":\d+:\d+: error: ", line))
                    refused, fits = bool(words), self.validator.is_valid(document)
                    told = f"{stem} {place}\n{text[:400]}\n{words}"
                    if not fits and not refused:
                        apart.append("only the schema refuses: " + told)
                    elif (fits and refused and not BEYOND_BY_WORDS.search(words)):
                        apart.append("only the check refuses: " + told)
                return apart

            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                apart = [told for batch in pool.map(judge, range(0, len(tried), 100))
                         for told in batch]
        self.assertGreater(len(tried), 1000)
        self.assertEqual(apart[:10], [], f"{len(apart)} of {len(tried)} apart")


if __name__ == "__main__":
    unittest.main()
