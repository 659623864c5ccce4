"""Scored events: runs of every source view, and in how many of them each event happens within its period."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.hindcast import ComparedEvent, Hindcast
from sim.engines import base
from sim.ensemble.plan import Plan, make_plans
from sim.ensemble.simulate import simulate_plans
from sim.errors import ErrorCollector, Place, Problem, ScenarioError, UsageError
from sim.evidence.history import HISTORY, check_scored_events, read_history_file, read_scored_events
from sim.experiments.event_chances import RungCounts, count_rungs
from sim.i18n.messages import get_language
from sim.loading.loader import load_case
from sim.loading.strict_yaml import YamlFile
from sim.loading.translations import load_translation, translate_case
from sim.schema.loaded_case import LoadedCase
from sim.schema.scored_event import ScoredEvent, find_label
from sim.workflows.load_scenario import CaseRequest
from sim.workflows.reporter import Reporter
from sim.workflows.workers import parallel_map


@dataclass(frozen=True)
class HistoryOfCase:
    """A case, and the events of its history that can be scored."""

    case: LoadedCase
    """The case as it is written, in the language in use."""
    events: Mapping[str, ScoredEvent]
    """The events, by key."""
    file: YamlFile | None = None
    """Where they stand."""

    @property
    def last_text(self) -> str:
        """Date of the last text from which the case was coded; empty without texts."""
        return max((one.published for one in self.case.sources.values()), default="")

    def make_problem(self, place: Place, text: str, remedy: str) -> Problem:
        """Something that is wrong at a place of the file."""
        if self.file is None:
            return Problem(HISTORY, 0, text, remedy)
        return Problem(self.file.name, self.file.find_line(place), text, remedy)

    def name_view(self, name: str, label: str) -> str:
        """The label of a source view in the language in use; its own where there is no other, or its name."""
        texts = load_translation(self.case, get_language())
        return texts.translate(("label",), label, name) or label or name

    def describe(self, key: str) -> ComparedEvent:
        """An event for readers."""
        event, last = self.events[key], self.last_text
        since = event.known_since
        return ComparedEvent(
            find_label(event, get_language()),
            tuple(find_label(rung, get_language()) for rung in event.rungs),
            *event.days,
            event.coding,
            since,
            bool(last) and since is not None and since.isoformat()[: len(last)] <= last,
            bool(event.given),
        )


def read_case_history(request: CaseRequest) -> HistoryOfCase:
    """The events of a case's history.

    Raises:
        ScenarioError: something in the case or in its history does not fit.
        UsageError: the case has no events to score.
    """
    loaded = load_case(request.path, changes=request.changes, answers=request.answers)
    seen = ErrorCollector()
    file = read_history_file(request.path.parent, seen)
    seen.stop_if_any()
    events = read_scored_events(file)
    if problems := list(check_scored_events(file, events, loaded)):
        raise ScenarioError(problems)
    if not events:
        raise UsageError(f"{loaded.name} has no events to score; write them under `scored:` in {HISTORY} beside it")
    translated, _ = translate_case(loaded, get_language())
    return HistoryOfCase(translated, events, file)


def plan_events(
    request: CaseRequest, events: Mapping[str, ScoredEvent], starts: datetime.date, runs: int, seed: int | None
) -> Plan:
    """Runs of every source view up to the last week of the last period."""
    weeks = max(one.find_weeks(starts)[1] for one in events.values())
    (plan,) = make_plans(
        [request.path],
        view_names=request.views or None,
        runs=runs,
        horizon=weeks,
        seed=seed,
        changes=request.changes,
        answers=request.answers,
        holds_from=request.holds_from,
    )
    return plan


def count_events(
    plan: Plan, events: Mapping[str, ScoredEvent], workers: int | None, reporter: Reporter
) -> dict[str, dict[str, RungCounts]]:
    """Runs on each rung of each event, by source view."""
    base.compile_ahead(next(iter(plan.views.values())), reporter.note)
    with reporter.show_progress() as progress:
        (results,) = simulate_plans([plan], workers=workers, zone_runs=0, progress=progress)
    if not results.manifest.complete:
        raise KeyboardInterrupt
    asked, names = [], [name for name, view in results.views.items() if view.n_matching]
    for name in names:
        runs = results.views[name].columns["run"][: plan.manifest.runs_asked].astype(np.int64)
        asked.append((plan.views[name], plan.manifest.seed, runs, dict(events)))
    return dict(zip(names, parallel_map(count_rungs, asked, workers), strict=True))


def compare_with_history(
    history: HistoryOfCase,
    labels: Mapping[str, str],
    authors: Mapping[str, str],
    counts: Mapping[str, Mapping[str, RungCounts]],
) -> Hindcast:
    """Shares beside what happened.

    Args:
        history: The case with the events that were counted.
        labels: Names of the source views.
        authors: Author whose texts each source view reads, empty for views of ours.
        counts: Runs on each rung, by source view and event.
    """
    outside: dict[str, dict[str, tuple[float, ...]]] = {}
    for key, event in history.events.items():
        for name, said in event.forecasts.items():
            outside.setdefault(name, {})[key] = (1.0 - said.chance, said.chance)
    return Hindcast(
        {key: history.describe(key) for key in history.events},
        {name: history.name_view(name, labels.get(name, "")) for name in counts},
        {name: {key: one.shares for key, one in found.items()} for name, found in counts.items()},
        tuple(name for name, author in authors.items() if author and name in counts),
        outside,
        history.last_text,
    )
