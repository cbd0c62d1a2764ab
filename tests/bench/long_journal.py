"""Writes a journal of any length as a run that paid bonuses would have left it (schema/journal.md),
its chain of sums included; `bursar journal verify` takes it for its own.

    long_journal.py JOURNAL RECORDS
"""

import datetime
import hashlib
import json
import struct
import sys

from house import TASK, assignment, worker

GROUP = 32  # intents made durable together
BEGIN = datetime.datetime(2026, 11, 23, 14, 0, 0, tzinfo=datetime.timezone.utc)
AT_ONCE = 5000  # records between two writes


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def digest(*fields):
    """An identity or a content: each field with its length before it."""
    parts = (struct.pack(">I", len(field)) + field.encode() for field in fields)
    return hashlib.sha256(b"".join(parts)).hexdigest()


class Journal:
    def __init__(self, path):
        self.file = open(path, "w")
        self.seq, self.sum, self.lines = 0, "", []

    def add(self, kind, group, members, person=""):
        """`members` and `person` are JSON as it shall stand."""
        at = (BEGIN + datetime.timedelta(milliseconds=self.seq)).isoformat(timespec="milliseconds")
        at = at.replace("+00:00", "Z")
        line = f'{{"seq":{self.seq},"at":"{at}","kind":"{kind}","group":{group},{members}'
        rest = f',"person_sum":"{sha256(person)}"' if person else ""
        self.sum = sha256(self.sum + line + rest)
        told = f',"person":{person}' if person else ""
        self.lines.append(f'{line}{told}{rest},"sum":"{self.sum}"}}\n')
        self.seq += 1
        if len(self.lines) >= AT_ONCE:
            self.flush()

    def flush(self):
        self.file.write("".join(self.lines))
        self.lines = []

    def close(self):
        self.flush()
        self.file.close()


def intend(journal, number, group, content):
    key = digest(
        "bursar/1", "mturk", "simulator", "joke", "bonus", "bonus", assignment(number)
    )
    body = json.dumps(
        {
            "WorkerId": worker(number), "BonusAmount": "1.00",
            "AssignmentId": assignment(number), "Reason": "Thanks", "UniqueRequestToken": key,
        },
        separators=(",", ":"),
    )
    person = {
        "worker": worker(number), "assignment": assignment(number), "task": TASK, "body": body,
        "salt": key[:32],
    }
    journal.add(
        "intend", group,
        f'"key":"{key}","step":"bonus","do":"bonus","cents":100,"fee_cents":20,'
        f'"content":"{content}"',
        json.dumps(person, separators=(",", ":")),
    )
    return key


def write(path, records):
    """Genesis and run, then intents and their outcomes in groups, and the end."""
    pairs = (records - 3) // 2
    journal = Journal(path)
    journal.add(
        "genesis", 1,
        f'"format":1,"journal":"{sha256("bench")[:32]}","campaign":"joke","marketplace":"mturk",'
        '"environment":"simulator","endpoint":"http://127.0.0.1:1","labels":{}',
    )
    journal.add(
        "run", 1,
        f'"who":"bench","host":"bench","pid":1,"version":"0.1.0","plan":"{sha256("plan")}",'
        '"plan_by":"bench@bench","inputs":{},"clock_offset_ms":0,"balance_cents":10000000',
    )
    content = digest("bonus", "1.00", "Thanks")
    for first in range(0, pairs, GROUP):
        count = min(GROUP, pairs - first)
        last = journal.seq + count - 1
        keys = [intend(journal, first + n, last, content) for n in range(count)]
        last = journal.seq + count - 1
        for number, key in enumerate(keys):
            journal.add("done", last, f'"key":"{key}","request_id":"bench-{first + number}"')
    journal.add(
        "end", journal.seq,
        f'"done":{pairs},"refused":0,"unknown":0,"pending":0,"elsewhere":0,'
        f'"cents":{pairs * 100},"fee_cents":{pairs * 20}',
    )
    journal.close()


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
