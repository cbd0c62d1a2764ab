"""The table of rows: what each row's lines are, their budgets, and how they are printed."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Line:
    """One thing that is measured. `unit` is one of FORMS; `least` or `most` is its budget. A line
    without a key is a heading of the lines below that are indented."""

    key: object
    words: str
    unit: str
    least: float = None
    most: float = None


def _number(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


FORMS = {
    "times": lambda value: _number(value) + " ×",
    "share": lambda value: f"{100 * value:.1f} %",
    "s": lambda value: _number(value) + " s",
    "ms": lambda value: _number(1000 * value) + " ms",
    "us": lambda value: _number(1e6 * value) + " µs",
    "MB": lambda value: _number(value) + " MB",
    "/s": lambda value: _number(value) + " /s",
    "count": lambda value: f"{value:,.0f}",
}


def budget(line):
    for mark, bound in (("≥", line.least), ("≤", line.most)):
        if bound is not None:
            return f"{mark} {FORMS[line.unit](bound)}".replace(".00", "").replace(".0 ", " ")
    return ""


def is_met(line, samples):
    """Judged by the median of the rounds; "" when the line has no budget."""
    middle = statistics.median(samples)
    if line.least is not None:
        return "yes" if middle >= line.least else "NO"
    if line.most is not None:
        return "yes" if middle <= line.most else "NO"
    return ""


def measured(row, samples):
    """The lines of a row that have samples, and the headings above such lines."""
    heading = None
    for line in row.LINES:
        if line.key is None:
            heading = line
        elif samples.get(line.key):
            if heading and line.words.startswith(" "):
                yield heading, [""] * 5
            heading = None
            yield line, cells(line, samples[line.key])


def cells(line, samples):
    """Budget, least, median, greatest, and whether the budget is met."""
    three = min(samples), statistics.median(samples), max(samples)
    return [budget(line), *map(FORMS[line.unit], three), is_met(line, samples)]


def print_head():
    print(f"  {'':<46}{'budget':>10}{'minimum':>11}{'median':>11}{'maximum':>11}  met")


def print_text(row, samples):
    """One row of the table with its lines, 100 columns wide."""
    print(f"\n{row.TITLE}")
    for line, (of_budget, least, middle, most, met) in measured(row, samples):
        numbers = f"{of_budget:>10}{least:>11}{middle:>11}{most:>11}  {met}"
        print(f"  {line.words:<46}{numbers}".rstrip())


def print_markdown(row, samples):
    print(f"\n### {row.TITLE}\n")
    print("| | budget | minimum | median | maximum | met |")
    print("|---|---:|---:|---:|---:|---|")
    for line, texts in measured(row, samples):
        words = f"**{line.words}**" if line.key is None else line.words
        print(f"| {words} | " + " | ".join(texts) + " |")
