"""With changes: what is asked of the second scenario of a comparison on top of its file, in one grammar.

Read aloud
    `levers.embargo.price=*0.5` sets a value. `X12=first` takes a side of a contradiction, `QUESTION=ANSWER` an answer
    to an open question. `view=wide` is another source view.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.methods.change_words import is_decision
from analysis.methods.scenario_differences import ChangeKind
from sim.ensemble.plan import AS_WRITTEN, Plan, make_plans
from sim.errors import OptionError, ScenarioError, name_argument, stop, suggest
from sim.loading.extends import Chain, changes_another, resolve_extends, validate_scenario_change
from sim.loading.loader import load_case
from sim.loading.resolve_questions import find_open_questions, read_contradictions, replace_answers
from sim.schema.loaded_case import HoldsFrom
from sim.schema.scenario import Scenario

ARGUMENT, VIEW = "added", "view"


@dataclass(frozen=True)
class WithChanges:
    """What is asked of a scenario on top of its file."""

    words: tuple[str, ...] = ()
    """All of it, as given."""
    changes: tuple[str, ...] = ()
    """Values to set, each as path=value."""
    answers: tuple[str, ...] = ()
    """Answers to open questions and sides of contradictions, each as name=answer."""
    view: str = ""
    """The source view through which it is seen; empty for the same as the reference."""
    argument: str = ARGUMENT
    """The argument by which it was given."""

    @property
    def name(self) -> str:
        """Stands behind the name of the scenario; empty if nothing is asked."""
        return f" with {', '.join(self.words)}" if self.words else ""


def parse_with(path: Path, given: Iterable[str], views: Sequence[str] = (), argument: str = ARGUMENT) -> WithChanges:
    """What is asked of a scenario, each as path=value, question=answer or view=name.

    Args:
        path: File of the scenario.
        given: What was given.
        views: Source views of the reference that were asked for.
        argument: The argument by which it was given.

    Raises:
        ScenarioError: something is of another form, or of a name that the scenario does not know.
        OptionError: a source view would be compared with itself.
    """
    chain, found = resolve_extends(path), WithChanges(argument=argument)
    questions = _list_questions(chain)
    for words in given:
        name, equals, value = (part.strip() for part in words.partition("="))
        if not (name and equals and value):
            remedy = "for example contest.noise=*0.5, a question's name=answer or view=name"
            raise stop(name_argument(argument, words), 0, "is not of the form name=value", remedy)
        found = replace(found, words=(*found.words, words))
        if name == VIEW:
            found = replace(found, view=value)
        elif name in questions:
            found = replace(found, answers=(*found.answers, words))
        else:
            _require_known(name_argument(argument, words), name, questions)
            found = replace(found, changes=(*found.changes, words))
    if found.words == (f"{VIEW}={found.view}",) and list(views) == [found.view]:
        raise OptionError(ARGUMENT, f"{VIEW}={found.view} would be compared with itself; name another source view")
    return found


def _list_questions(chain: Chain) -> list[str]:
    """Names of what a scenario leaves open, and of what its sources differ over."""
    return [*find_open_questions(chain), *read_contradictions(chain)]


def _require_known(asked: str, name: str, questions: Sequence[str]) -> None:
    """Refuse a name that is neither a question nor the beginning of a place."""
    known = [VIEW, *questions, *Scenario.model_fields]
    if "." not in name and name not in known:
        raise stop(asked, 0, f"there is no {name} in the scenario", suggest(name, known))


def make_plan_with(
    first: Plan,
    path: Path,
    asked: WithChanges,
    changes: Sequence[str],
    answers: Sequence[str],
    holds_from: HoldsFrom,
) -> Plan:
    """The plan of a scenario with what is asked of it, to be compared with that of the reference.

    Args:
        first: Plan of the reference, whose seed, runs, weeks and source views it shares.
        path: File of the scenario.
        asked: What is asked of it.
        changes: Values that are set in both.
        answers: Answers that are given in both.
        holds_from: From when changed values hold.

    Raises:
        ScenarioError: something that is asked for does not fit.
    """
    views, told = list(first.views), first.manifest
    with _name_option(asked):
        (plan,) = make_plans(
            [path],
            view_names=[asked.view] if asked.view else views if told.authors.keys() != {AS_WRITTEN} else None,
            runs=told.runs_asked,
            horizon=told.horizon_weeks,
            seed=told.seed,
            changes=[*changes, *asked.changes],
            answers=replace_answers(answers, asked.answers),
            holds_from=holds_from,
            command=told.command,
        )
    name = {"scenario": f"{plan.manifest.scenario}{asked.name}"}
    if not asked.view:
        return replace(plan, manifest=plan.manifest.model_copy(update=name))
    return _rename_views(plan, asked.view, views, name)


def _rename_views(plan: Plan, view: str, names: Sequence[str], update: Mapping[str, object]) -> Plan:
    """The plan with one source view in the place of each of those of the reference."""
    manifest = plan.manifest
    parts = ("view_texts", "authors", "labels")
    renamed = {part: dict.fromkeys(names, getattr(manifest, part)[view]) for part in parts}
    return Plan(manifest.model_copy(update={**renamed, **update}), dict.fromkeys(names, plan.views[view]))


@contextmanager
def _name_option(asked: WithChanges) -> Iterator[None]:
    """Problems of what is asked name it as it was given."""
    try:
        yield
    except ScenarioError as error:
        named = {
            name_argument(argument, words): name_argument(asked.argument, words)
            for argument in ("changes", "answers")
            for words in asked.words
        }
        raise ScenarioError([replace(one, file=named.get(one.file, one.file)) for one in error.problems]) from error


def classify(path: Path, asked: WithChanges) -> tuple[ChangeKind, ...]:
    """Whether a scenario, and what is asked of it, is a decision, an assumption, another source view or another case.

    Args:
        path: File of the scenario.
        asked: What is asked of it.
    """
    chain = resolve_extends(path)
    found = list[ChangeKind]()
    if changes_another(chain[0]):
        own_file = validate_scenario_change(chain[0])
        found += ["decision"] if own_file.changes else []
        found += ["assumption"] if own_file.assume else []
    own, text = find_open_questions(chain), load_case(path).text
    found += ["decision" if words.partition("=")[0].strip() in own else "assumption" for words in asked.answers]
    found += ["decision" if is_decision(text, words) else "assumption" for words in asked.changes]
    found += ["view"] if asked.view else []
    return tuple(dict.fromkeys(found))
