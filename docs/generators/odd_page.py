"""The ODD protocol (Grimm et al. 2020): the model in seven elements, its facts looked up in the code."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from string import Template
from types import ModuleType
from typing import get_args

import numpy as np
from pydantic import BaseModel

from docs.generators.rules_page import (
    Part,
    RuleText,
    find_module,
    format_anchor,
    list_parts,
    list_space_words,
    read_rule_text,
)
from sim.loading.loader import load_case
from sim.model.argument_binding import RANDOM_PREFIXES, ArgumentBinder, list_argument_names, list_read_variables
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.state import list_set_variables, list_week_variables
from sim.rules import moves
from sim.rules.week import WEEK
from sim.rules.week.steps import (
    ChooseMove,
    ClassifyOutcome,
    Rule,
)
from sim.schema import quantity
from sim.schema.belief import Belief
from sim.schema.quantity import Form
from sim.schema.scenario import Calendar, RunUp

TEXT = Path(__file__).with_name("odd.md")
EXAMPLE = "textbook/two-towns"
"""A case on whose layout names are looked up; the variables are the same in all cases."""

CLOCK = ("world", "week")
"""Set by whoever plays the week."""

_SPREADS = {"uniform": "uniform", "normal": "normal", "lognormal": "log-normal"}
_CHOICE = (("move", "worth"), ("move", "open"), ("world", "precision"), ("world", "second_key"))

Variable = tuple[str, str]
"""Space and name."""


def odd_markdown() -> str:
    """The page."""
    week = list_parts()
    n_rules = sum(isinstance(line, Rule | ChooseMove | ClassifyOutcome) for line in WEEK)
    return Template(TEXT.read_text(encoding="utf-8")).substitute(
        spaces=_describe_spaces(),
        scales=_describe_scales(),
        process="\n".join(_describe_process(number, part) for number, part in enumerate(week, start=1)),
        lines=n_rules,
        sums=len(WEEK) - n_rules,
        moves=_format_list(["wait", *sorted(path.stem for path in _find_files(moves))]),
        beliefs=_format_list(get_args(Belief.model_fields["kind"].annotation)),
        forms=_format_list([_SPREADS[form] for form in get_args(Form) if form in _SPREADS]),
        luck="\n".join(_describe_luck()),
        submodels="\n".join(_describe_submodels(week)),
    )


def _find_files(package: ModuleType) -> list[Path]:
    """The rule files of a package."""
    folder = Path(inspect.getfile(package)).parent
    return [path for path in folder.glob("*.py") if path.stem != "__init__"]


def _format_list(words: list[str] | tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _describe_spaces() -> str:
    """A table: what stands in each space, what is carried and what is given."""
    opening = InitialState(build_layout(load_case(EXAMPLE).scenario), 0, np.array([0]))
    carried, made = _find_carried(opening), set(list_week_variables())
    rows = ["| space | what it is | carried from week to week | given at the start |", "|---|---|---|---|"]
    for space, about in list_space_words().items():
        given = [name for name in opening.state[space] if (space, name) not in {*made, CLOCK}]
        own = [name for where, name in carried if where == space]
        rows.append(f"| `{space}` | {about} | {_list_names(own)} | {_list_names(given)} |")
    return "\n".join(rows)


def _list_names(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "–"


def _find_carried(opening: InitialState) -> list[Variable]:
    """Variables that the week sets but reads before."""
    names = ArgumentBinder(opening.layout, {space: set(table) for space, table in opening.state.items()})
    made, done = set(list_week_variables()), set[Variable]()
    carried: dict[Variable, None] = {}
    for line in WEEK:
        seen = list_read_variables(line, names)
        carried.update(dict.fromkeys(one for one in seen if one in made and one not in done))
        done.update(list_set_variables(line))
    return list(carried)


def _describe_scales() -> str:
    """Time, worth and balance, with the bounds that the models set."""
    weeks, before = _describe_bounds(Calendar, "horizon"), _describe_bounds(RunUp, "weeks")
    about = " ".join((inspect.getdoc(quantity) or "").rpartition("\n\n")[2].split())
    return (
        f"One step is one week; a run has {weeks['ge']} to {weeks['le']} weeks, after a run-up of {before['ge']} to "
        f"{before['le']} weeks. {about} There is no space in the geographical sense."
    )


def _describe_bounds(model: type[BaseModel], field: str) -> dict[str, int]:
    limits = model.model_fields[field].metadata
    return {name: int(getattr(limit, name)) for limit in limits for name in ("ge", "le") if hasattr(limit, name)}


def _describe_process(number: int, part: Part) -> str:
    """A part of the week with the rules that play in it."""
    modules = dict.fromkeys(module for line in part.steps if (module := find_module(line)) is not None)
    said = [read_rule_text(module) for module in modules]
    rules = [_link(one) for one in said]
    return f"{number}. **{part.about.rstrip('.')}**: {', '.join(rules)}"


def _describe_luck() -> Iterator[str]:
    """Every random number: rule, whose luck, and what addresses it besides seed and run."""
    yield from ("| rule | random number | whose | addressed by |", "|---|---|---|---|")
    rows = []
    for line in (line for line in WEEK if isinstance(line, Rule)):
        for name in (line.argument_names.get(argument, argument) for argument in list_argument_names(line.function)):
            found = next((kind for kind in RANDOM_PREFIXES if kind in name), "")
            if found:
                said = read_rule_text(_find_module(line))
                by = ", ".join(f"`{word}`" for word in line.random_keys) or "once a run"
                rows.append(f"| {_link(said)} | `{name}` | `{line.space}` | {by} |")
    yield from dict.fromkeys(rows)


def _link(said: RuleText) -> str:
    """A rule's name, leading to where it is read aloud."""
    return f"[{said.title}](rules.md#{format_anchor(said.title)})"


def _find_module(line: Rule) -> ModuleType:
    found = inspect.getmodule(line.function)
    assert found is not None
    return found


def _describe_submodels(week: list[Part]) -> Iterator[str]:
    """Every rule once, in playing order, with its question and its sources."""
    yield from ("| rule | question | sources |", "|---|---|---|")
    lines = (line for part in week for line in part.steps)
    for module in dict.fromkeys(found for line in lines if (found := find_module(line)) is not None):
        said = read_rule_text(module)
        yield f"| {_link(said)} | {said.question} | {said.sources} |"
