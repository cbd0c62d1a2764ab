"""A journal that somebody made by hand: its sums are right, and its words are not ours."""

import hashlib
import json
import re
import unittest

from house import Story, campaign

PAY = "- bonus: { amount: 1.00, message: Thanks }"


class WordsOfAJournal(Story):
    """Sums show that nobody changed a record, not who wrote it: anyone can make a journal."""

    def seal(self, records):
        """A journal of these records, with the sums that belong to them."""
        lines, before = [], ""
        for seq, record in enumerate(records):
            person = record.pop("person", None)
            record = {"seq": seq, "at": "2026-11-23T14:00:00.000Z", **record, "group": seq}
            text = json.dumps(record, separators=(",", ":"))[:-1]
            person_text = json.dumps(person, separators=(",", ":"))
            person_sum = hashlib.sha256(person_text.encode()).hexdigest()
            summed = text + (f',"person_sum":"{person_sum}"' if person else "")
            whole = text + (f',"person":{person_text},"person_sum":"{person_sum}"' if person else "")
            before = hashlib.sha256((before + summed).encode()).hexdigest()
            lines.append(f'{whole},"sum":"{before}"}}\n')
        self.write("c.simulator.journal.jsonl", "".join(lines))

    def assert_harmless(self, shown):
        self.assertEqual(re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", shown), [], shown)

    def records(self, bad):
        key = "a" * 64
        genesis = {"kind": "genesis", "format": 1, "journal": "0" * 32, "campaign": "joke"}
        genesis |= {"marketplace": "mturk", "environment": "simulator", "endpoint": bad}
        run = {"kind": "run", "who": bad, "host": bad, "pid": 1, "version": bad}
        intend = {"kind": "intend", "key": key, "step": "bonus", "do": "bonus", "cents": 100}
        intend |= {"fee_cents": 20, "content": bad}
        person = {"worker": bad, "assignment": bad, "task": bad, "body": bad, "salt": bad}
        refused = {"kind": "refused", "key": key, "code": bad, "text": bad}
        return [genesis, run, {**intend, "person": person}, refused]

    def test_its_texts_are_shown_escaped(self):
        self.write("c.yaml", campaign(PAY))
        for bad in ("\a\x1b[31mred\x1b]0;title\a", "\x9b31m", "\u202eback\u200b"):
            self.seal(self.records(bad))
            for arguments in (["status", "c.yaml"], ["status", "."], ["status", "--json", "c.yaml"]):
                with self.subTest(arguments, bad=bad):
                    answer = self.assert_ends(self.bursar(*arguments), 3)
                    shown = answer.stdout + answer.stderr
                    if "--json" in arguments:  # where a text's direction is the reader's
                        shown = shown.replace("\u202e", "").replace("\u200b", "")
                    self.assert_harmless(shown)

    def test_its_names_must_be_names(self):
        self.write("c.yaml", campaign(PAY))
        for at, name in ((0, "campaign"), (0, "environment"), (2, "step")):
            with self.subTest(name):
                records = self.records("x")
                records[at][name] = "a\x1b[31m"
                self.seal(records)
                answer = self.assert_ends(self.bursar("status", "c.yaml"), 74)
                self.assert_says(answer, f"the member '{name}' is missing, or is none")
                self.assert_harmless(answer.stdout + answer.stderr)


if __name__ == "__main__":
    unittest.main()
