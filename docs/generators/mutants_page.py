"""The page of mutants: which small changes of the rules no table of cases notices."""

import json
from itertools import groupby

from tests.rules.mutants import RESULT

_INTRODUCTION = """\
# Mutants

Every rule has a table of cases that can be read (`tests/rules/*.yaml`). How much do these cases hold? A program makes
one small change at a time - another operator, comparison, number or branch - and evaluates the cases of the rule. A
change that gives another answer in some case is noticed.

`python -m tests.rules.mutants --write` made this result, of rules and tables with the digest `{digest}`:
**{noticed} of {tried} changes are noticed by the tables alone ({share:.1%})**. Tests of laws and findings, which play
whole runs, are not counted. Left out are the arithmetic words of the rules (tested to the last bit elsewhere) and the
order of the week.

What no case notices, by rule. Some cannot be noticed, since no number distinguishes them: where a truce is over,
"above 0" and "0 or more" give the same 0. The rules of the end of the contest, of signing and of bargaining on, and of
what is conceded, are held by laws and have no tables.

| rule | changes that survive | for example |
|---|---|---|
"""


def mutants_markdown() -> str:
    """The page."""
    found = json.loads(RESULT.read_text(encoding="utf-8"))
    tried, survivors = found["tried"], found["survivors"]
    noticed = tried - len(survivors)
    text = _INTRODUCTION.format(digest=found["digest"], noticed=noticed, tried=f"{tried:,}", share=noticed / tried)
    for rule, rows in groupby(survivors, key=lambda row: row[0]):
        every = list(rows)
        text += f"| `{rule}` | {len(every)} | `{_escape(every[0][1])}` becomes `{_escape(every[0][2])}` |\n"
    return text


def _escape(code: str) -> str:
    return code.replace("|", "\\|")
