"""Forecast: shares of events that nobody can know yet are registered today, and scored once it is known."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.methods.change_words import describe_changes
from analysis.methods.hindcast import Hindcast
from analysis.report.hindcast import build_events_table, build_hindcast_tables, list_notes, list_statements
from sim.ensemble.fingerprint import compute_code_fingerprint
from sim.ensemble.manifest import Manifest
from sim.errors import Problem, ScenarioError, UsageError, display_path
from sim.evidence.history import SCORED
from sim.experiments.event_chances import RungCounts
from sim.i18n.messages import format_date, message, use_language
from sim.schema.scored_event import ScoredEvent
from sim.storage.registered_forecast import RegisteredForecast, load_forecast, save_forecast
from sim.workflows.arguments import OneOrMany, check_language, check_simulation, parse_seed
from sim.workflows.display import TextDisplay, TextTable, format_text, make_frame
from sim.workflows.hindcast import HINDCAST_RUNS
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.page_file import check_page_file
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.scored_events import (
    HistoryOfCase,
    compare_with_history,
    count_events,
    plan_events,
    read_case_history,
)
from sim.workflows.workers import use_workers

WHAT_IT_MEANS = ("date", "given", "rungs", "forecasts")
"""Fields of an event that may not change once it is registered."""


@dataclass(frozen=True, repr=False)
class ForecastResult(TextDisplay):
    """Shares of open events, as they were registered."""

    forecast: RegisteredForecast
    """What stands in the file."""
    file: Path
    """The file."""
    found: Hindcast
    """The shares, with what became of events still open."""
    left_out: tuple[str, ...]
    """Open events whose period is over."""
    lang: str = "en"
    """Language of all words."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"file": str(self.file), "left_out": list(self.left_out), **self.forecast.model_dump(mode="json")}

    def to_frame(self) -> Any:
        """One row per source view, event and rung, as a pandas data frame; pandas is no part of zopa.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"view": view, "event": event, "rung": rung, "runs": count, "of": sum(counts)}
            for view, events in self.forecast.counts.items()
            for event, counts in events.items()
            for rung, count in enumerate(counts)
        )

    def __str__(self) -> str:
        with use_language(self.lang):
            table = build_events_table(self.found)
            return format_text(
                TextTable(
                    (message("api.caution"), table.caption, *self.forecast.list_changed()),
                    table.head,
                    table.rows,
                    self._notes(),
                )
            )

    def _notes(self) -> tuple[str, ...]:
        """When it was registered, what it rests on, and what is left out."""
        notes = [describe_registration(self.forecast)]
        if self.left_out:
            notes.append(message("hindcast.over", events=", ".join(self.left_out)))
        return tuple(notes)


@dataclass(frozen=True, repr=False)
class ForecastScore(TextDisplay):
    """Registered shares beside what became of the events since."""

    forecast: RegisteredForecast
    """What was registered."""
    found: Hindcast
    """Shares, what happened, and scores."""
    open_events: tuple[str, ...]
    """Registered events of which is not known yet what became of them."""
    lang: str = "en"
    """Language of all words."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        with use_language(self.lang):
            said = list(list_statements(self.found))
        return {
            "registered_on": self.forecast.registered_on,
            "inputs": self.forecast.inputs,
            "events": {key: list(one.coding) for key, one in self.found.events.items()},
            "open": list(self.open_events),
            "statements": said,
            "scores": [asdict(one) for one in self.found.scores],
            "outside_scores": {name: [asdict(one) for one in each] for name, each in self.found.outside_scores.items()},
            "pairs": [asdict(one) for one in self.found.pairs],
        }

    def to_frame(self) -> Any:
        """One row per forecaster and coding, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"forecaster": one.forecaster, "coding": one.coding, "events": len(one.events), "brier": one.brier.mean}
            for one in self.found.scores
        )

    def __str__(self) -> str:
        with use_language(self.lang):
            tables = build_hindcast_tables(self.found)
            said = (describe_registration(self.forecast), *self.forecast.list_changed(), *list_statements(self.found))
            parts = ["\n".join(said)]
            parts += [format_text(TextTable((table.caption,), table.head, table.rows)) for table in tables]
            return "\n\n".join([*parts, "\n".join(self._list_notes())])

    def _list_notes(self) -> Iterator[str]:
        """How to read it, and what is still open."""
        yield from list_notes(self.found, self.forecast.runs_asked)
        if self.open_events:
            yield message("hindcast.still-open", events=", ".join(self.open_events))


def describe_registration(forecast: RegisteredForecast) -> str:
    """When it was registered, and the digest of what it rests on."""
    day = format_date(datetime.date.fromisoformat(forecast.registered_on))
    return message("hindcast.registered", date=day, inputs=forecast.inputs[:12])


def register_forecast(
    case: Case = None,
    *,
    to: str | Path,
    view: OneOrMany | None = None,
    runs: int = HINDCAST_RUNS,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    lang: str = "en",
    workers: int | None = None,
    engine: str | None = None,
    reporter: Reporter = SILENT,
) -> ForecastResult:
    """Write today's shares of open events into a file that cannot be changed unseen, with date and digest of inputs.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        to: A new file, such as forecast.json.
        view: Source views; all of them if left out.
        runs: Matching runs per source view, 1 to 10,000,000.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        lang: Language of all words, such as en or de.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        reporter: Who is told how far it is.

    Returns:
        What was registered.

    Raises:
        ScenarioError: something in the scenario, in its history or in what was asked for does not fit.
        UsageError: no event is open, the file is there already, or an argument is out of its bounds.
        EngineError: the engine is not installed.
    """
    check_simulation(runs, None, workers)
    check_language(lang)
    path, today = check_page_file(Path(to)), find_today()
    if path.exists():
        raise UsageError(f"{display_path(path)} is there already; what is registered is never replaced")
    request, chosen = resolve_case(case, view, changes, answers), parse_seed(seed)
    with use_language(lang), use_workers(workers, engine, reporter=reporter) as processes:
        history = read_case_history(request)
        asked, over = _find_open(history, today)
        plan = plan_events(request, asked, history.case.scenario.calendar.starts, runs, chosen)
        counts = count_events(plan, asked, processes, reporter)
        forecast = _make_forecast(plan.manifest, history, counts, today)
        save_forecast(path, forecast)
        found = compare_with_history(
            HistoryOfCase(history.case, asked), plan.manifest.labels, plan.manifest.authors, counts
        )
    return ForecastResult(forecast, path, found, over, lang)


def find_today() -> datetime.date:
    """The day on which something is registered."""
    return datetime.date.today()


def _find_open(history: HistoryOfCase, today: datetime.date) -> tuple[dict[str, ScoredEvent], tuple[str, ...]]:
    """Events that can be forecast today, and open ones whose period is over."""
    still_open = {key: one for key, one in history.events.items() if one.is_open}
    asked = {key: one for key, one in still_open.items() if one.days[1] >= today}
    if not asked:
        raise UsageError(
            f"{history.case.name} has no open event whose period ends on {today} or later; write one under `{SCORED}:` "
            "in its history, without `coding`"
        )
    return asked, tuple(key for key in still_open if key not in asked)


def _make_forecast(
    manifest: Manifest,
    history: HistoryOfCase,
    counts: Mapping[str, Mapping[str, RungCounts]],
    today: datetime.date,
) -> RegisteredForecast:
    """What stands in the file."""
    asked = next(iter(counts.values()))
    return RegisteredForecast(
        registered_on=today.isoformat(),
        scenario=manifest.scenario,
        title=manifest.title,
        source=manifest.source,
        inputs=manifest.fingerprint,
        code=compute_code_fingerprint(),
        seed=manifest.seed,
        horizon_weeks=manifest.horizon_weeks,
        runs_asked=manifest.runs_asked,
        changed=describe_changes(manifest),
        last_text=history.last_text,
        labels={name: manifest.labels.get(name, "") or name for name in counts},
        authors={name: manifest.authors.get(name, "") for name in counts},
        events={key: describe_meaning(history.events[key]) for key in asked},
        counts={name: {key: one.counts for key, one in found.items()} for name, found in counts.items()},
    )


def describe_meaning(event: ScoredEvent) -> dict[str, Any]:
    """What an event means, without its names and without what became of it."""
    found = event.model_dump(mode="json", include=set(WHAT_IT_MEANS))
    found["rungs"] = [rung["steps"] for rung in found["rungs"]]
    found["forecasts"] = {name: said["chance"] for name, said in found["forecasts"].items()}
    return found


def score_forecast(file: str | Path, *, case: Case = None, lang: str = "en") -> ForecastScore:
    """Score registered shares on events of which is known by now what became of them.

    Args:
        file: The file that was registered.
        case: The case in whose history `coding` and `known_since` were entered; that of the forecast if left out.
        lang: Language of all words, such as en or de.

    Returns:
        Scores with standard errors, and which events are still open.

    Raises:
        ScenarioError: something in the history does not fit, an event means something else than when it was
            registered, or was known before.
        UsageError: the file is no registered forecast or has changed, or nothing is entered yet.
    """
    check_language(lang)
    forecast = load_forecast(Path(file))
    with use_language(lang):
        history = read_case_history(resolve_case(forecast.source if case is None else case))
        known = {key: one for key, one in history.events.items() if key in forecast.events and not one.is_open}
        if problems := list(_find_unfit(forecast, history)):
            raise ScenarioError(problems)
        if not known:
            raise UsageError(
                f"nothing is entered yet for {', '.join(forecast.events)}; give `coding` and `known_since` to an event "
                f"under `{SCORED}:` in the history of {history.case.name}"
            )
        counts = {name: {key: RungCounts(found[key]) for key in known} for name, found in forecast.counts.items()}
        found = compare_with_history(HistoryOfCase(history.case, known), forecast.labels, forecast.authors, counts)
    return ForecastScore(forecast, found, tuple(key for key in forecast.events if key not in known), lang)


def _find_unfit(forecast: RegisteredForecast, history: HistoryOfCase) -> Iterator[Problem]:
    """Registered events that are gone, mean something else, or were known when they were registered."""
    day = datetime.date.fromisoformat(forecast.registered_on)
    for key, meaning in forecast.events.items():
        event = history.events.get(key)
        if event is None:
            text, remedy = f"{SCORED}.{key}: is registered and not there any more", "put it back as it was"
            yield history.make_problem((SCORED,), text, remedy)
        elif describe_meaning(event) != meaning:
            text = f"{SCORED}.{key}: means something else than on {day}, when it was registered"
            remedy = "leave `date`, `given`, `rungs` and chances as they were, and enter what became of it alone"
            yield history.make_problem((SCORED, key), text, remedy)
        elif event.known_since is not None and event.known_since <= day:
            text = f"{SCORED}.{key}.known_since: {event.known_since} is not after {day}, when it was registered"
            remedy = "what was known then is no forecast; `zopa hindcast` scores it"
            yield history.make_problem((SCORED, key, "known_since"), text, remedy)
