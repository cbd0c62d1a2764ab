"""What workers filled in, from the form to a table: `workers --answers`."""

import csv
import io
import json
import re
import unittest

from house import TASK, assignment, campaign, worker, world
from liar import Liar, listed, row
from terminal import AtATerminal

FORM = (
    '<?xml version="1.0" encoding="ASCII"?>\n<QuestionFormAnswers xmlns="http://'
    "mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/"
    'QuestionFormAnswers.xsd">{}</QuestionFormAnswers>'
)
AWKWARD = {
    "plain": "yes",
    "comma, and \"quotes\"": "a, \"b\" and 'c'",
    "lines": "one\ntwo\n\nthree",
    "markup": "</FreeText> & <b>]]>",
    "größe": "Ünïcode 😀",
    "ends": "  trimmed \n",
    "choices": ["red", "blue; green"],
    "none": [],
    "formula": "=1+1",
    "sum": "-2.50",
    "empty": "",
}
KEPT = {
    **AWKWARD,
    "ends": "trimmed",
    "choices": "red|blue; green",
    "none": "",
}


def in_yaml(fields):
    """A map for a world: YAML takes JSON, but for characters that JSON writes as two."""
    text = json.dumps(fields, ensure_ascii=False)
    return re.sub(r"[^ -~]", lambda found: f"\\U{ord(found[0]):08x}", text)


class WhatWorkersFilledIn(AtATerminal):
    def begin(self, *answers):
        """A world with one worker for each of these maps of answers."""
        text = world(len(answers))
        for number, fields in enumerate(answers):
            line = f"id: {assignment(number)}, worker: {worker(number)}, "
            text = text.replace(line, f"{line}answers: {in_yaml(fields)}, ")
        self.simulate(text)

    def rows(self, *arguments):
        answer = self.assert_ends(self.bursar("workers", "--answers", "--csv", *arguments), 0)
        return list(csv.DictReader(io.StringIO(answer.stdout, newline="")))

    def items(self, *arguments):
        answer = self.assert_ends(self.bursar("workers", "--answers", "--json", *arguments), 0)
        return json.loads(answer.stdout)

    def test_awkward_words_arrive_as_they_were_written(self):
        self.begin(AWKWARD)
        self.assertEqual(self.items(TASK)[0]["answers"], KEPT)
        told = {name[7:]: cell for name, cell in self.rows(TASK)[0].items() if "Answer." in name}
        self.assertEqual(told, {**KEPT, "formula": "'=1+1"})

    def test_a_column_stands_for_each_field_that_anybody_has(self):
        self.begin({"b": "1"}, {}, {"a": "2", "b": "3"})
        rows = self.rows(TASK)
        self.assertEqual(
            list(rows[0]),
            ["WorkerId", "AssignmentId", "HITId", "AssignmentStatus", "SubmitTime"]
            + ["Answer.b", "Answer.a"],
        )
        self.assertEqual(
            [(each["Answer.b"], each["Answer.a"]) for each in rows],
            [("1", ""), ("", ""), ("3", "2")],
        )
        self.assertEqual(
            [each["answers"] for each in self.items(TASK)], [{"b": "1"}, {}, {"a": "2", "b": "3"}]
        )

    def test_a_crowd_form_is_taken_apart(self):
        form = '[{"country": "Côte <d\'Ivoire> & \\"co\\"", "sure": {"yes": true}, "age": 41}]'
        self.begin({"taskAnswers": form})
        answers = {
            "taskAnswers": form,
            "taskAnswers.country": "Côte <d'Ivoire> & \"co\"",
            "taskAnswers.sure.yes": "true",
            "taskAnswers.age": "41",
        }
        self.assertEqual(self.items(TASK)[0]["answers"], answers)
        told = self.rows(TASK)[0]
        self.assertEqual({name: told[f"Answer.{name}"] for name in answers}, answers)

    def test_a_campaign_shows_those_whom_it_selects(self):
        self.begin({"a": "1"}, {"b": "2"})
        self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: x }"))
        self.assertEqual(len(self.rows("c.yaml")), 2)

    def test_answers_that_cannot_be_read_are_named_and_the_others_shown(self):
        sheets = ["<x/>", FORM.format("<Answer><QuestionIdentifier>a</QuestionIdentifier></Answer>")]
        market = Liar(
            2,
            {
                "ListAssignmentsForHIT": listed(
                    "Assignments", [row(n, Answer=sheet) for n, sheet in enumerate(sheets)]
                )
            },
        )
        self.addCleanup(market.close)
        self.environment.update(market.environment)
        answer = self.assert_ends(self.bursar("workers", "--answers", "--json", TASK), 0)
        self.assertEqual(
            [each["answers"] for each in json.loads(answer.stdout)], [None, {"a": ""}]
        )
        self.assert_says(
            answer,
            f"warning: the answers of assignment {assignment(0)} cannot be read: line 1: it holds "
            "'x', not QuestionFormAnswers",
        )
        self.assertEqual(self.bursar("workers", "--json", TASK).stderr, "")

    def test_a_terminal_is_not_steered_by_answers(self):
        self.begin({"a": "\x9b31m\u202eback", "b\u200b": "x"})
        _, shown = self.terminal("workers", "--answers", "--csv", TASK).end()
        self.assert_harmless(shown.replace("\r\r\n", "\r\n"))  # CSV's own line ends
        self.assertIn(r"\u{9b}31m\u{202e}back", shown)

    def test_answers_need_a_form_that_can_hold_them(self):
        self.begin({"a": "1"})
        for arguments in ([], ["--ids"]):
            answer = self.assert_ends(self.bursar("workers", "--answers", *arguments, TASK), 64)
            self.assert_says(answer, "--answers needs --csv or --json")


if __name__ == "__main__":
    unittest.main()
