"""The page of mutants: which small changes of the rules no table of cases notices."""

import json
from collections import Counter

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

What no case notices, every change, by the kind of change. Every rule file has a table; single rules without cases are
what a side concedes (`moves.concede`, `own_proposal.concession_score`), which laws hold.

| kind | changes that survive | what may hide such a change (kinds are told by a program; not every change was read) |
|---|---|---|
"""

KINDS = {
    "a limit": "a limit counts itself or not; at the limit itself both give the same number, or no case stands there",
    "a factor": "times becomes divided by, or back; alike where the factor is 0 or 1, as flags are",
    "a constant": "a number becomes 1 more; alike where it is only the floor or the start of something larger",
    "a branch": "branches change places; no case reaches the one where they differ",
    "another operator": "plus, minus, and, or; alike where one side is 0, or where both conditions come together",
}
"""Kinds of change, and why changes of that kind survive."""

_LIST = """
| rule | kind | before | after |
|---|---|---|---|
"""


def mutants_markdown() -> str:
    """The page."""
    found = json.loads(RESULT.read_text(encoding="utf-8"))
    tried, survivors = found["tried"], found["survivors"]
    noticed = tried - len(survivors)
    text = _INTRODUCTION.format(digest=found["digest"], noticed=noticed, tried=f"{tried:,}", share=noticed / tried)
    kinds = [_name_kind(before, after) for _, before, after in survivors]
    for kind, why in KINDS.items():
        text += f"| {kind} | {kinds.count(kind)} | {why} |\n"
    text += _LIST
    for kind, (rule, before, after) in zip(kinds, survivors, strict=True):
        text += f"| `{rule}` | {kind} | `{_escape(before)}` | `{_escape(after)}` |\n"
    return text


def _name_kind(before: str, after: str) -> str:
    """The kind of a change, from what differs between both expressions."""
    if _is_number(before) and _is_number(after):
        return "a constant"
    if sorted(before) == sorted(after):
        return "a branch"
    one, other = Counter(before.split()), Counter(after.split())
    changed = set(one - other) | set(other - one)
    if changed & {"*", "/"}:
        return "a factor"
    return "a limit" if changed & {">", ">=", "<", "<=", "==", "!="} else "another operator"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _escape(code: str) -> str:
    return code.replace("|", "\\|")
