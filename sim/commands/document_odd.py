"""The ODD protocol (Grimm et al. 2020): the model in seven elements, its facts looked up in the code."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from string import Template
from types import ModuleType
from typing import get_args

import numpy as np
from pydantic import BaseModel

from sim import units
from sim.commands.document_rules import Part, module_of, parts, space_words, spoken
from sim.evidence.quantity import Form
from sim.play.names import LUCK, Names, Seen, argument_names
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.play.state import variables_set
from sim.rules import moves
from sim.rules.entry import Best, Choose, Classify, Entry, Pick, Rule, Together, Total
from sim.rules.week import WEEK
from sim.spec.belief import Belief
from sim.spec.load import load_case
from sim.spec.scenario import Calendar, RunUp

TEXT = Path(__file__).with_name("odd.md")
EXAMPLE = "textbook/two-towns"
"""A case on whose board names are looked up; the variables are the same in all cases."""

CLOCK = ("world", "week")
"""Set by whoever plays the week."""

_SPREADS = {"uniform": "uniform", "normal": "normal", "lognormal": "log-normal"}
_CHOICE = (("move", "worth"), ("move", "open"), ("world", "precision"), ("world", "second_key"))

Variable = tuple[str, str]
"""Space and name."""


def odd() -> str:
    """The page."""
    week = parts()
    told = sum(isinstance(line, Rule | Choose | Classify) for line in WEEK)
    return Template(TEXT.read_text(encoding="utf-8")).substitute(
        spaces=_spaces(),
        scales=_scales(),
        process="\n".join(_process(number, part) for number, part in enumerate(week, start=1)),
        lines=told,
        sums=len(WEEK) - told,
        moves=_listed(["wait", *sorted(path.stem for path in _files(moves))]),
        beliefs=_listed(get_args(Belief.model_fields["kind"].annotation)),
        forms=_listed([_SPREADS[form] for form in get_args(Form) if form in _SPREADS]),
        luck="\n".join(_luck()),
        submodels="\n".join(_submodels(week)),
    )


def _files(package: ModuleType) -> list[Path]:
    """The rule files of a package."""
    folder = Path(inspect.getfile(package)).parent
    return [path for path in folder.glob("*.py") if path.stem != "__init__"]


def _listed(words: list[str] | tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _spaces() -> str:
    """A table: what stands in each space, what is carried and what is given."""
    opening = Opening(board_of(load_case(EXAMPLE).scenario), 0, np.array([0]))
    carried, made = _carried(opening), set(variables_set())
    rows = ["| space | what it is | carried from week to week | given at the start |", "|---|---|---|---|"]
    for space, about in space_words().items():
        given = [name for name in opening.state[space] if (space, name) not in {*made, CLOCK}]
        own = [name for where, name in carried if where == space]
        rows.append(f"| `{space}` | {about} | {_names(own)} | {_names(given)} |")
    return "\n".join(rows)


def _names(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "–"


def _carried(opening: Opening) -> list[Variable]:
    """Variables that the week sets but reads before."""
    names = Names(opening.board, {space: set(table) for space, table in opening.state.items()})
    made, done = set(variables_set()), set[Variable]()
    carried: dict[Variable, None] = {}
    for line in WEEK:
        carried.update(dict.fromkeys(one for one in _read_by(line, names) if one in made and one not in done))
        done.update(_set_by(line))
    return list(carried)


def _read_by(line: Entry, names: Names) -> Iterator[Variable]:
    """What a line of the week looks at."""
    if isinstance(line, Rule):
        yield from ((seen.space, seen.name) for seen in names.arguments(line) if isinstance(seen, Seen))
    elif isinstance(line, Best | Together):
        yield ("offer" if isinstance(line, Best) else "stake"), line.of
    elif isinstance(line, Total | Pick):
        space, name = line.of.split(".")
        yield space, name
        if isinstance(line, Pick):
            at = names.one(line.space, line.at)
            yield at.space, at.name
    elif isinstance(line, Choose):
        yield from _CHOICE


def _set_by(line: Entry) -> Iterator[Variable]:
    """What a line of the week sets."""
    if isinstance(line, Choose):
        yield "move", "chosen"
    elif isinstance(line, Best):
        yield from (("actor", name) for name in (line.sets, line.at) if name)
    elif isinstance(line, Together | Classify):
        yield ("package" if isinstance(line, Together) else "world"), line.sets
    else:
        names = (line.sets,) if isinstance(line.sets, str) else line.sets
        yield from ((line.space, name) for name in names)


def _scales() -> str:
    """Time, worth and balance, with the bounds that the models set."""
    weeks, before = _bounds(Calendar, "horizon"), _bounds(RunUp, "weeks")
    about = " ".join((inspect.getdoc(units) or "").split("\n\n", 1)[1].split())
    return (
        f"One step is one week; a run has {weeks['ge']} to {weeks['le']} weeks, after a run-up of {before['ge']} to "
        f"{before['le']} weeks. {about} There is no space in the geographical sense."
    )


def _bounds(model: type[BaseModel], field: str) -> dict[str, int]:
    limits = model.model_fields[field].metadata
    return {name: int(getattr(limit, name)) for limit in limits for name in ("ge", "le") if hasattr(limit, name)}


def _process(number: int, part: Part) -> str:
    """A part of the week with the rules that play in it."""
    modules = dict.fromkeys(module for line in part.entries if (module := module_of(line)) is not None)
    said = [spoken(module) for module in modules]
    rules = [f"[{one.title}](rules/{one.file})" for one in said]
    return f"{number}. **{part.about.rstrip('.')}**: {', '.join(rules)}"


def _luck() -> Iterator[str]:
    """Every throw: rule, whose luck, and what addresses it besides seed and run."""
    yield from ("| rule | throw | whose | addressed by |", "|---|---|---|---|")
    rows = []
    for line in (line for line in WEEK if isinstance(line, Rule)):
        for name in (line.given.get(argument, argument) for argument in argument_names(line.by)):
            found = next((kind for kind in LUCK if kind in name), "")
            if found:
                said = spoken(_module(line))
                by = ", ".join(f"`{word}`" for word in line.luck_by) or "once a run"
                rows.append(f"| [{said.title}](rules/{said.file}) | `{name}` | `{line.space}` | {by} |")
    yield from dict.fromkeys(rows)


def _module(line: Rule) -> ModuleType:
    found = inspect.getmodule(line.by)
    assert found is not None
    return found


def _submodels(week: list[Part]) -> Iterator[str]:
    """Every rule once, in playing order, with its question and its sources."""
    yield from ("| rule | question | sources |", "|---|---|---|")
    lines = (line for part in week for line in part.entries)
    for module in dict.fromkeys(found for line in lines if (found := module_of(line)) is not None):
        said = spoken(module)
        yield f"| [{said.title}](rules/{said.file}) | {said.question} | {said.sources} |"
