"""Opening a long journal: every record read, its sums checked, its actions told together. Beside it
jq, which reads the same lines and writes them out again, and checks nothing."""

from house import campaign

import long_journal
from table import Line

SIZES = {"200k": 200_000, "1m": 1_000_000}
NAME = "c.simulator.journal.jsonl"
TITLE = "journal: opening a long one, beside 'jq -c .' of the same file to /dev/null"


def _lines():
    for key, records in SIZES.items():
        budget = {"least": 1.5} if key == "200k" else {}
        yield Line(None, f"{records:,} records", "times")
        yield Line((key, "verify"), "  journal verify, × as fast as jq", "times", **budget)
        yield Line((key, "status"), "  status, × as fast as jq", "times", **budget)
        yield Line((key, "verify_s"), "  journal verify", "s")
        yield Line((key, "status_s"), "  status", "s")
        yield Line((key, "jq_s"), "  jq -c .", "s")
        yield Line((key, "verify_mb"), "  journal verify: greatest size", "MB")
        yield Line((key, "status_mb"), "  status: greatest size", "MB")
    yield Line("linear", "1,000,000 / 200,000 records, verify (linear: 5)", "times")


LINES = list(_lines())
CAMPAIGN = campaign("- bonus: { amount: 1.00, message: Thanks }")


def folder_of(stage, records):
    """Written once, for all rounds."""
    folder = stage.scratch / f"journal-{records}"
    if not folder.exists():
        folder.mkdir()
        (folder / "c.yaml").write_text(CAMPAIGN)
        long_journal.write(folder / NAME, records)
    return folder


def measure(stage):
    samples = {}
    for key, records in SIZES.items():
        if stage.quick:
            records //= 10
        folder = folder_of(stage, records)
        verify = stage.run_bursar(folder, "journal", "verify", NAME, keep=False)
        jq = stage.run(folder, "jq", "-c", ".", NAME, keep=False)
        status = stage.run_bursar(folder, "status", "c.yaml", keep=False)
        samples[key, "verify"] = jq.wall_s / verify.wall_s
        samples[key, "status"] = jq.wall_s / status.wall_s
        samples[key, "verify_s"], samples[key, "verify_mb"] = verify.wall_s, verify.peak_mb
        samples[key, "status_s"], samples[key, "status_mb"] = status.wall_s, status.peak_mb
        samples[key, "jq_s"] = jq.wall_s
    samples["linear"] = samples["1m", "verify_s"] / samples["200k", "verify_s"]
    return samples
