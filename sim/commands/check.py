"""Check: is a scenario right, through every source view? All mistakes at once."""

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands.options import AsJson, Changes, Quiet, Switches, complete_case, default_case
from sim.commands.speech import note, result, result_json

if TYPE_CHECKING:
    from sim.spec.case import Case
    from sim.spec.mistake import Mistake

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Scenarios: names, files or folders. A folder written as a path, such as scenarios/my-case or "
        "./my-case, means all its scenario files; a bare name means its base. Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Fine:
    """A scenario without mistakes."""

    scenario: str
    """Its name."""
    source_views: list[str]
    """The views through which it was checked."""
    switches: dict[str, list[str]]
    """Answers of every switch of the file, checked as well."""
    notes: list[str]
    """What its author should know."""


def check(
    files: Files = None,
    changes: Changes = None,
    switches: Switches = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Validate scenarios with all their source views and switches; every mistake at once (exit code 3)."""
    from sim.spec.mistake import ScenarioError

    mistakes: list[Mistake] = []
    fine: list[Fine] = []
    for file in _meant(files or [default_case()], mistakes):
        base, views, found = _loaded(file, changes or [], switches or [])
        answers = {} if found else _answers(file, changes or [], found)
        found += [] if found else _beside(file)
        mistakes += found
        if base is not None and not found:
            fine.append(Fine(base.name, views, answers, _notes(base)))
    if as_json:
        wrong = [{"file": m.file, "line": m.line, "text": m.text, "remedy": m.remedy} for m in dict.fromkeys(mistakes)]
        result_json({"fine": [asdict(one) for one in fine], "mistakes": wrong})
    else:
        _show(fine, quiet)
    if mistakes:
        raise ScenarioError(mistakes)


def _meant(asked: list[str], mistakes: "list[Mistake]") -> list[str]:
    """The scenarios that are meant, a folder written as a path with all its files; what hides one is added."""
    from sim.commands.batch import files_of
    from sim.spec.mistake import Collector

    seen, meant = Collector(), list[str]()
    for name in asked:
        paths = seen.attempt(partial(files_of, [name]), None)
        meant += [name] if paths is None or len(paths) < 2 else [str(path) for path in paths]
    mistakes += seen.mistakes
    return meant


def _loaded(file: str, changes: list[str], switches: list[str]) -> "tuple[Case | None, list[str], list[Mistake]]":
    """The case itself, the names of its views, and everything that is wrong with it or one of them."""
    from sim.spec.load import available_lenses, load_case
    from sim.spec.mistake import Collector

    seen = Collector()
    base = seen.attempt(lambda: load_case(file, changes=changes, switches=switches), None)
    views = seen.attempt(lambda: available_lenses(file), list[str]())
    for view in views:
        seen.attempt(partial(load_case, file, lens=view, changes=changes, switches=switches), None)
    return base, views, seen.mistakes


def _answers(file: str, changes: list[str], mistakes: "list[Mistake]") -> dict[str, list[str]]:
    """Every answer of every switch of a scenario file; what is wrong with one of them is added to the mistakes."""
    from sim.spec.chain import chain_of
    from sim.spec.find import find_scenario
    from sim.spec.load import load_case
    from sim.spec.mistake import Collector
    from sim.spec.switching import switches_of

    seen = Collector()
    answers = {name: list(switch.answers) for name, (_, switch) in switches_of(chain_of(find_scenario(file))).items()}
    for name, found in answers.items():
        for answer in found:
            seen.attempt(partial(load_case, file, changes=changes, switches=[f"{name}={answer}"]), None)
    mistakes += seen.mistakes
    return answers


def _beside(file: str) -> "list[Mistake]":
    """What is wrong in what stands beside a case: lists of evidence, contradictions, history, translations."""
    from sim.commands.coverage import known_places
    from sim.spec.chain import chain_of, variations
    from sim.spec.entries import accounts_of
    from sim.spec.find import find_scenario
    from sim.spec.mistake import Collector
    from sim.spec.texts import texts_of

    path = find_scenario(file)
    if variations(chain_of(path)):
        return []
    seen = Collector()
    accounts = seen.attempt(partial(accounts_of, path, known_places()), None)
    for texts in sorted((path.parent / "texts").glob("*.yaml")):
        seen.attempt(partial(texts_of, path, texts.stem), None)
    return [*seen.mistakes, *(accounts.mistakes if accounts else ())]


def _notes(case: "Case") -> list[str]:
    """Levers that come too late, for each horizon that is reported."""
    from sim.ensemble.plan import late_levers

    calendar = case.scenario.calendar
    weeks = sorted({calendar.horizon, *calendar.horizons})
    return [text for horizon in weeks for text in late_levers(case.scenario, horizon)]


def _show(fine: list[Fine], quiet: bool) -> None:
    """One line for each scenario without mistakes, and what its author should know."""
    for found in fine:
        views = ", ".join(found.source_views)
        result(f"{found.scenario}: fine, {f'with the source views {views}' if views else 'without source views'}")
        for name, answers in found.switches.items():
            result(f"  --switch {name}={'|'.join(answers)}")
        for text in found.notes:
            note(f"note: {text}", quiet=quiet)
