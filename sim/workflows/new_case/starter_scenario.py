"""Starter scenario: the scenario that an author's answers make, with a starting value for every number not asked for.

A case needs four agreements on its menu at most: halfway, the trade that gives each side its way on what it cares
more about, and one step from halfway towards either side.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.loading.strict_yaml import read_yaml
from sim.workflows.new_case.answers import STEPS, Answers, Question, Side, Threat

START = Path(__file__).with_name("start.yaml")
RUNS, SEED, SHARPNESS = 400, 1, 60
COST_LOW, COST_HIGH = 0.0015, 0.0025
"""Worth a week for each step of "what does the quarrel cost"."""
BITE_LOW, BITE_HIGH = 0.0004, 0.0006
"""Worth a week for each step of "how hard does it hit"."""
PRICE = 0.01
"""Worth for each step of "how dear is it"."""

Text = dict[str, Any]
"""A piece of a scenario as plain data."""


def build_starter(said: Answers) -> Text:
    """A whole scenario."""
    start = read_yaml(START).data
    sides, issues = (
        make_keys([side.label for side in said.sides], "side"),
        make_keys([i.label for i in said.issues], "issue"),
    )
    mediator = make_keys([*sides, said.mediator], "mediator")[-1] if said.mediator else ""
    names = [*sides, mediator] if mediator else sides
    contents = dict(_make_terms(said, issues))
    found: Text = {
        "format": 1,
        "title": said.title,
        "question": f"Do {said.sides[0].label} and {said.sides[1].label} agree, and on what?",
        "calendar": {"starts": said.starts.isoformat(), "horizon": said.weeks},
        "defaults": {"seed": SEED, "runs": RUNS},
        "issues": {key: _make_issue(issue, names) for key, issue in zip(issues, said.issues, strict=True)},
        "actors": _make_actors(said, start, names, issues),
        "menu": {"named": contents},
        "levers": {},
        "contest": {"first": sides[0], "second": sides[1], **_make_ends(said, issues, contents), **start["contest"]},
        "outcomes": _make_outcomes(said),
        "tracked_terms": "middle",
        "beliefs": _make_beliefs(start["beliefs"], sides, mediator, said.threat),
    }
    if said.threat:
        lever = make_keys([said.threat.label], "lever")[0]
        found["levers"] = {lever: _make_lever(said.threat, start["lever"], names)}
        found["outcomes"] = _add_execution(found["outcomes"], said.threat, lever)
    return found | {key: start[key] for key in ("sequences", "choice", "protocol", "agreement_durability")}


def make_keys(labels: Iterable[str], otherwise: str) -> list[str]:
    """A different key for every label: its letters and digits, small, or a numbered word."""
    found: list[str] = []
    for number, label in enumerate(labels, start=1):
        plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
        key = re.sub(r"^(the|a|an)-", "", "-".join(re.findall(r"[a-z0-9]+", plain))) or f"{otherwise}-{number}"
        while key in found:
            key = f"{key}-{number}"
        found.append(key)
    return found


def _make_issue(issue: Question, names: list[str]) -> Text:
    """An issue whose answers go in even steps from one side to the other; a mediator likes the middle best."""
    last = len(issue.options) - 1
    options = {}
    for row, (key, label) in enumerate(zip(make_keys(issue.options, "option"), issue.options, strict=True)):
        worths = (row / last, 1 - row / last, 1 - abs(2 * row / last - 1) / 2)
        worth = {name: _shorten(value) for name, value in zip(names, worths, strict=False)}
        options[key] = {"label": label, "worth": worth}
    return {
        "label": issue.label,
        "asks": f"{issue.label}: which of these?",
        "unresolved": list(options)[issue.today],
        "settled_by_ceasefire": True,
        "assumed": "starting value: even steps from best for the second side to best for the first",
        "options": options,
    }


def _shorten(value: float) -> float:
    """A number with three places, whole ones without any."""
    return int(value) if value == int(value) else round(value, 3)


def _make_actors(said: Answers, start: Mapping[str, Any], names: list[str], issues: list[str]) -> Text:
    """Both sides and the mediator."""
    actors: Text = {}
    for name, side, favours in zip(names, said.sides, ("first", "second"), strict=False):
        common = start["side"]["interests"]
        interests = {"weights": _make_weights(side.points, issues), "conflict_cost": _make_cost(side), **common}
        actors[name] = {
            "label": side.label,
            "about": "One of the two sides of the quarrel.",
            "interests": {**interests, "optimism_favours": favours},
            "disputant": start["side"]["disputant"],
        }
    if said.mediator:
        mediator, alike = start["mediator"], {"weights": _make_weights((1.0,) * len(issues), issues, "starting value")}
        actors[names[2]] = {
            "label": said.mediator,
            "about": "The mediator.",
            "interests": {**alike, **mediator["interests"]},
            "mediator": mediator["mediator"],
        }
    return actors


def _make_weights(points: tuple[float, ...], issues: list[str], said: str = "your answer") -> Text:
    """Points as shares that add up to one."""
    shares = [round(point / sum(points), 4) for point in points]
    largest = shares.index(max(shares))
    shares[largest] = round(shares[largest] + 1 - sum(shares), 4)
    why = f"{said}: how much it cares about each issue; draws stay close"
    return {"shares": dict(zip(issues, shares, strict=True)), "sharpness": SHARPNESS, "assumed": why}


def _make_cost(side: Side) -> Text:
    return _make_spread(side.cost, COST_LOW, COST_HIGH, f"your answer: {side.cost} on a scale from 0 to {STEPS}")


def _make_spread(steps: int, low: float, high: float, why: str) -> Text:
    """A spread of so many steps, in worth a week."""
    if not steps:
        return {"value": 0, "unit": "worth/week", "assumed": why}
    return {"low": round(steps * low, 4), "high": round(steps * high, 4), "unit": "worth/week", "assumed": why}


def _make_terms(said: Answers, issues: list[str]) -> Iterator[tuple[str, Text]]:
    """The agreements of the menu, each once."""
    sizes = [len(issue.options) for issue in said.issues]
    first, second = said.sides
    shares = [(a / sum(first.points), b / sum(second.points)) for a, b in zip(first.points, second.points, strict=True)]
    middle = [(size - 1 + (a > b)) // 2 for size, (a, b) in zip(sizes, shares, strict=True)]
    traded = [(size - 1) * (a > b) if a != b else at for size, (a, b), at in zip(sizes, shares, middle, strict=True)]
    exact = all(size % 2 for size in sizes)
    halfway = "halfway on every issue" if exact else "halfway, or the step beside it towards whoever cares more"
    named = {
        "middle": (halfway, middle),
        "trade": ("each has its way on what it cares more about", traded),
        "towards-first": (f"a step from halfway towards {first.label}", _make_moved(middle, sizes, 1)),
        "towards-second": (f"a step from halfway towards {second.label}", _make_moved(middle, sizes, -1)),
    }
    seen = []
    for key, (label, rows) in named.items():
        if rows not in seen:
            seen.append(rows)
            yield key, {"label": label, "options": _make_options(said, issues, rows)}


def _make_moved(rows: list[int], sizes: list[int], by: int) -> list[int]:
    """Each issue a step further, as far as its answers go."""
    return [min(max(row + by, 0), size - 1) for row, size in zip(rows, sizes, strict=True)]


def _make_options(said: Answers, issues: list[str], rows: list[int]) -> Text:
    """The answers in these rows, by issue."""
    found = zip(issues, said.issues, rows, strict=True)
    return {key: make_keys(issue.options, "option")[row] for key, issue, row in found}


def _make_ends(said: Answers, issues: list[str], contents: Mapping[str, Any]) -> Text:
    """What the quarrel leads to if it is fought out."""
    last = [len(issue.options) - 1 for issue in said.issues]
    return {
        "first_prevails": _make_options(said, issues, last),
        "stalemate": contents["middle"]["options"],
        "second_prevails": _make_options(said, issues, [0] * len(last)),
    }


def _make_lever(threat: Threat, start: Mapping[str, Any], names: list[str]) -> Text:
    """The one lever."""
    hits = f"your answer: {threat.effect} on a scale from 0 to {STEPS}"
    dear = f"your answer: {threat.price} on a scale from 0 to {STEPS}"
    return {
        "label": threat.label,
        "about": "First it is announced with a deadline, then it is done or it is not.",
        "holder": names[threat.holder],
        "target": names[threat.target],
        "major": True,
        "price": {"value": round(threat.price * PRICE, 3), "unit": "worth", "assumed": dear},
        **start,
        "effects": {"stress": _make_spread(threat.effect, BITE_LOW, BITE_HIGH, hits)},
    }


def _make_beliefs(start: Mapping[str, Any], sides: list[str], mediator: str, threat: Threat | None) -> Text:
    """What the actors think of one another."""
    held = [(kind, a, b) for a, b in (sides, sides[::-1]) for kind in ("hope", "honour")]
    for side in sides if mediator else ():
        held += [(kind, mediator, side) for kind in ("hope", "sincerity")]
        held += [(kind, side, mediator) for kind in ("credibility", "commitment")]
    if threat and threat.holder < len(sides):
        held.append(("credibility", sides[threat.target], sides[threat.holder]))
    return {f"{a}-{kind}-{b}": {"kind": kind, "holder": a, "about": b, **start[kind]} for kind, a, b in held}


def _make_outcomes(said: Answers) -> Text:
    """The outcomes; the first line that fits a run is its outcome."""
    first, second = (side.label for side in said.sides)
    return {
        "agreement": {"label": "an agreement is in force", "when": {"in_force": True}, "agreement": True},
        "first-wins": {"label": f"it ends in favour of {first}", "when": {"ended": "first_prevails"}},
        "second-wins": {"label": f"it ends in favour of {second}", "when": {"ended": "second_prevails"}},
        "broken": {"label": "an agreement broke", "when": {"broken": True}},
        "open": {"label": "the quarrel goes on", "when": {"otherwise": True}},
    }


def _add_execution(outcomes: Text, threat: Threat, lever: str) -> Text:
    """The outcomes, with the quarrel that goes on parted by whether the lever was executed."""
    done = {"label": f"the quarrel goes on after {threat.label}", "when": {"executed": [lever]}}
    return {key: value for key, value in outcomes.items() if key != "open"} | {"deed": done, "open": outcomes["open"]}
