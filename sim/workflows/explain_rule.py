"""Explain a rule: where each of its arguments comes from in a case, what it sets, and who reads what it sets.

Arguments of rules are bound by their names. What is said here is what the engines bind: the same binder is asked.
"""

import inspect
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from analysis.methods.assumptions import format_quantity
from sim.errors import suggest
from sim.loading.discovery import find_default_case
from sim.loading.loader import load_case
from sim.model.argument_binding import (
    Argument,
    ArgumentBinder,
    RandomRef,
    VariableRef,
    list_argument_names,
    list_read_variables,
)
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.layout import Index
from sim.model.state import list_week_variables
from sim.rules.week import WEEK
from sim.rules.week.steps import BestPackage, ChooseMove, ClassifyOutcome, ProductOverParties, Rule, Step
from sim.schema.loaded_case import LoadedCase
from sim.schema.quantity import find_quantities
from sim.workflows.display import TextDisplay, make_frame

RULES = "sim.rules."


class UnknownRuleError(LookupError):
    """No rule of the week has the name that was asked for; the text names the nearest ones."""


@dataclass(frozen=True)
class ParameterSource:
    """A number of the scenario behind an argument."""

    place: str
    """Where it stands in the scenario, such as `contest.noise`."""
    value: str
    """The number or its spread, with its unit."""
    because: tuple[str, ...]
    """What it rests on: claims with source and paragraph."""
    assumed: str
    """Our own reason, where no source gives one."""


@dataclass(frozen=True)
class ArgumentSource:
    """Where one argument of a rule comes from."""

    argument: str
    """Its name in the function."""
    source: str
    """Where it comes from, in words."""
    parameters: tuple[ParameterSource, ...] = ()
    """Numbers of the scenario that it has at the start of a run."""


@dataclass(frozen=True)
class SetVariable:
    """A variable that a rule sets, and who reads it."""

    variable: str
    """Space and name, such as `world.stage`."""
    read_by: tuple[str, ...]
    """Steps of the week that read it, by number and name, in the order of the week."""


@dataclass(frozen=True)
class RuleUse:
    """One place in the week where a rule is applied."""

    step: int
    """Number of the step in the week, counted from 1."""
    rule: str
    """Name of the rule, such as `summit.is_held`."""
    says: str
    """What the function says of itself."""
    space: str
    """Space to whose entities it is applied."""
    entities: tuple[str, ...]
    """Whom it is applied to in this case."""
    arguments: tuple[ArgumentSource, ...]
    """What it looks at."""
    sets: tuple[SetVariable, ...]
    """What it leaves behind."""


@dataclass(frozen=True, repr=False)
class RuleExplanation(TextDisplay):
    """A rule as it is applied in a case."""

    rule: str
    """What was asked for."""
    case: str
    """Name of the case."""
    text: str
    """The rule file's question, *Read aloud*, symbols and sources."""
    uses: tuple[RuleUse, ...]
    """Where the week applies it, in order."""

    def __str__(self) -> str:
        """The explanation as text."""
        return "\n".join([self.text, *(line for use in self.uses for line in _format_use(use))])

    def to_frame(self) -> Any:
        """One row per argument and place of the week, as a pandas data frame; `pip install pandas` first.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"step": use.step, "rule": use.rule, "argument": one.argument, "source": one.source}
            for use in self.uses
            for one in use.arguments
        )

    def as_dict(self) -> dict[str, Any]:
        """The explanation as plain data."""
        return asdict(self)


def explain(rule: str, case: str | Path | None = None, *, view: str | None = None) -> RuleExplanation:
    """Say where a rule's arguments come from in a case, what it sets, and which rules read that.

    Args:
        rule: Name of a rule such as `summit.is_held`, or of a rule file such as `summit`.
        case: Name, file or folder of a scenario; the default case without one.
        view: Source view whose assumptions are shown; the scenario as it is written without one.

    Returns:
        The explanation; `str` of it is a page of text.

    Raises:
        UnknownRuleError: no rule is called so; the text names the nearest ones.
        ScenarioError: something in the scenario does not fit, or it has no such view.
    """
    module, steps = _find_steps(rule)
    loaded = load_case(find_default_case() if case is None else case, view=view)
    explainer = _Explainer(loaded)
    uses = tuple(explainer.explain(number, step) for number, step in steps)
    return RuleExplanation(rule, loaded.name, inspect.getdoc(import_module(module)) or "", uses)


def list_rules() -> tuple[str, ...]:
    """Names of all rules, in the order of the week."""
    return tuple(dict.fromkeys(name for step in WEEK if (name := _name_rule(step))))


def _name_rule(step: Step) -> str:
    """Name of the rule behind a step, such as `moves.call.worth`; empty for sums and look-ups."""
    if isinstance(step, ChooseMove):
        return "choice.choose_move"
    return f"{step.function.__module__.removeprefix(RULES)}.{step.function.__name__}" if isinstance(step, Rule) else ""


def _find_steps(asked: str) -> tuple[str, list[tuple[int, Step]]]:
    """Module of a rule or rule file, and the steps of the week that apply it, with their numbers."""
    wanted = asked.removesuffix(".py").replace("/", ".").removeprefix(RULES)
    names = list_rules()
    files = dict.fromkeys(name.rpartition(".")[0] for name in names)
    known = [*names, *files]
    for name in (wanted, f"moves.{wanted}"):
        if name in known:
            numbered = enumerate(WEEK, start=1)
            steps = [pair for pair in numbered if _name_rule(pair[1]) == name or _name_file(pair[1]) == name]
            return RULES + (name if name in files else name.rpartition(".")[0]), steps
    raise UnknownRuleError(f"no rule is called {asked!r}; {suggest(wanted, known)}")


def _name_file(step: Step) -> str:
    return _name_rule(step).rpartition(".")[0]


class _Explainer:
    """Explains steps of the week in one case."""

    def __init__(self, case: LoadedCase) -> None:
        self.case = case
        self.layout = build_layout(case.scenario)
        self.start = InitialState(self.layout, case.scenario.defaults.seed, np.arange(1))
        self.binder = ArgumentBinder(self.layout, {space: set(table) for space, table in self.start.state.items()})
        self.quantities = dict(find_quantities(case.scenario))
        self.set_in_week = set(list_week_variables())
        self.readers: dict[tuple[str, str], list[str]] = {}
        for number, step in enumerate(WEEK, start=1):
            for variable in dict.fromkeys(list_read_variables(step, self.binder)):
                self.readers.setdefault(variable, []).append(f"{number} {_describe_step(step)}")

    def explain(self, number: int, step: Step) -> RuleUse:
        """One place in the week where a rule is applied."""
        if isinstance(step, ChooseMove):
            return self._explain_choice(number, step)
        assert isinstance(step, Rule)
        space, names = self.layout.spaces[step.space], (step.sets,) if isinstance(step.sets, str) else step.sets
        rows = space.groups[step.group] if step.group else np.arange(space.shape[0])
        bound = zip(list_argument_names(step.function), self.binder.bind(step), strict=True)
        return RuleUse(
            step=number,
            rule=_name_rule(step),
            says=_say(step),
            space=step.space,
            entities=tuple(space.keys[row] for row in rows),
            arguments=tuple(self._explain_argument(name, ref, rows, step) for name, ref in bound),
            sets=tuple(self._explain_set(step.space, name) for name in names),
        )

    def _explain_choice(self, number: int, step: ChooseMove) -> RuleUse:
        actors, seed = self.layout.spaces["actor"], self.start.seed
        read = [("worths", "worth of each of the actor's moves: move.worth"), ("opens", "open moves: move.open")]
        streams = [("noises", "luck_choice"), ("lucks", "luck_second_key")]
        read += [(name, f"random stream {seed} / run / move / {what} / week") for name, what in streams]
        read += [("needs_second_key", "kinds of move that need a second key")]
        arguments = [ArgumentSource(name, source) for name, source in read]
        for name in ("precision", "second_key"):
            ref = VariableRef("world", name, np.array([0]), -1, ("world",))
            arguments.append(self._explain_argument(name, ref, np.array([0]), step))
        return RuleUse(
            number,
            _name_rule(step),
            "For each move 1 if it is made.",
            "actor",
            tuple(actors.keys[row] for row in actors.groups[step.group]),
            tuple(arguments),
            (self._explain_set("move", "chosen"),),
        )

    def _explain_set(self, space: str, name: str) -> SetVariable:
        return SetVariable(f"{space}.{name}", tuple(self.readers.get((space, name), ())))

    def _explain_argument(self, argument: str, ref: Argument, rows: Index, step: Rule | ChooseMove) -> ArgumentSource:
        if isinstance(ref, RandomRef):
            keys = " / ".join(step.random_keys if isinstance(step, Rule) else ("week",)) or "once a run"
            who = sorted({ref.who[row if len(ref.who) > 1 else 0] for row in rows})
            address = f"{self.start.seed} / run / {' or '.join(who)} / {ref.kind}_{ref.what} / {keys}"
            return ArgumentSource(argument, f"random stream {address}")
        name = f"{ref.space}.{ref.name}"
        if not ref.route:
            source = f"own variable {name}"
        elif ref.space == "world":
            source = name
        else:
            source = f"{' → '.join(ref.route)} → {name}"
        parameters = self._find_parameters(ref, rows)
        return ArgumentSource(argument, f"{source}, {self._say_origin(ref, parameters)}", parameters)

    def _say_origin(self, ref: VariableRef, parameters: tuple[ParameterSource, ...]) -> str:
        if (ref.space, ref.name) in self.set_in_week:
            return "set by the week" + (", at first as the scenario says" if parameters else "")
        return "as the scenario says" if parameters else "worked out from the scenario at the start of a run"

    def _find_parameters(self, ref: VariableRef, rows: Index) -> tuple[ParameterSource, ...]:
        """Numbers of the scenario that the entities in some rows see through an argument."""
        if ref.rows is None:
            seen = rows
        else:
            seen = ref.rows if ref.axis else ref.rows[rows]
        places = [self.start.places.get((ref.space, ref.name, int(row))) for row in seen]
        return tuple(self._describe_parameter(place) for place in dict.fromkeys(places) if place is not None)

    def _describe_parameter(self, place: str) -> ParameterSource:
        found, claims = self.quantities[place], self.case.claims
        because = tuple(f"{key} ({claims[key].place})" if key in claims else key for key in found.because)
        return ParameterSource(place, format_quantity(found.model_dump(exclude_none=True)), because, found.assumed)


def _say(step: Rule) -> str:
    """First sentence of what a function says of itself."""
    return " ".join((inspect.getdoc(step.function) or "").split("\n\n")[0].split())


def _describe_step(step: Step) -> str:
    """A step of the week in few words: the rule, or what is summed, compared or looked up."""
    if name := _name_rule(step):
        return name
    if isinstance(step, ClassifyOutcome):
        return "classification of the outcome"
    if isinstance(step, BestPackage):
        return f"best package by {step.of}"
    if isinstance(step, ProductOverParties):
        return f"product over parties into package.{step.sets}"
    assert not isinstance(step, Rule | ChooseMove)
    kind = "look-up" if hasattr(step, "at") else "sum"
    return f"{kind} into {step.space}.{step.sets}"


def _format_use(use: RuleUse) -> Iterator[str]:
    whom = "the world" if use.space == "world" else f"{use.space}: {', '.join(use.entities) or 'nobody in this case'}"
    yield from ("", f"step {use.step} of the week: {use.rule}", f"  {use.says}", f"  applied to {whom}", "  looks at")
    width = max((len(argument.argument) for argument in use.arguments), default=0)
    for argument in use.arguments:
        yield f"    {argument.argument:{width}}  {argument.source}"
        for parameter in argument.parameters:
            yield from (f"    {'':{width}}    {line}" for line in _format_parameter(parameter))
    for variable in use.sets:
        yield f"  sets {variable.variable}"
        yield from (f"    read by step {reader}" for reader in variable.read_by)
        if not variable.read_by:
            yield "    read by no rule; kept for results and stories"


def _format_parameter(parameter: ParameterSource) -> Iterator[str]:
    yield f"{parameter.place} = {parameter.value}"
    yield from (f"because {claim}" for claim in parameter.because)
    if parameter.assumed:
        yield f"assumed: {parameter.assumed}"
