"""Baselines: what do plain forecasts say, that know positions, salience and power alone?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.methods.baselines import Baselines, compute_baselines
from analysis.methods.change_words import describe_changes_of_case
from sim.errors import OptionError
from sim.i18n.messages import format_number, get_language, message, use_language
from sim.loading.loader import load_case
from sim.loading.tables.position_table import Array
from sim.loading.tables.scenario_positions import tabulate_scenario
from sim.loading.translations import translate_case
from sim.workflows.arguments import OneOrMany, check_language, check_simulation, list_words
from sim.workflows.baselines_beside_runs import RunsBeside, play_beside
from sim.workflows.display import TextDisplay, TextTable, format_text, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.open_table import find_table
from sim.workflows.reporter import SILENT, Reporter

MOST_ISSUES = 8
"""Issues that are shown as columns; with more, the table is about errors or the first of them."""

PLACES = 6
"""Decimals of decisions."""


@dataclass(frozen=True, repr=False)
class BaselineResult(TextDisplay):
    """Decisions on every issue by plain methods, and how far these were from what was decided."""

    title: str
    """Title of the scenario, or name of the table."""
    found: Baselines
    """The table, and what every method says."""
    options: tuple[tuple[str, ...], ...]
    """Labels of the options of every issue of a scenario; empty for a table."""
    lang: str
    """Language of its words."""
    changed: str = ""
    """What was set or answered, in one line; empty if nothing was."""
    beside: RunsBeside | None = None
    """Runs of the scenario beside them, if some were asked for."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines; what is not known is null."""
        table, found = self.found.table, self.found
        return {
            "title": self.title,
            "changed": self.changed,
            "format": table.format,
            "actors": list(table.actors),
            "issues": list(table.issues),
            "notes": list(table.notes),
            "decisions": {
                method: dict(zip(table.issues, _list_known(decided), strict=True))
                for method, decided in found.decisions.items()
            },
            "errors": {
                method: {"mean": one.mean, "median": one.median, "issues": one.issues}
                for method, one in found.errors.items()
            },
            "condorcet": list(self._describe_elections()),
            "expected_utility": list(self._describe_first_rounds()),
            "exchanges": self._describe_exchanges(),
            "beside_runs": self.beside.as_json() if self.beside else None,
        }

    def _describe_elections(self) -> Iterator[dict[str, Any]]:
        table = self.found.table
        for one in self.found.elections:
            names = [table.actors[actor] for actor in one.actors]
            yield {
                "issues": [table.issues[issue] for issue in one.issues],
                "probability": dict(zip(names, one.result.probability.tolist(), strict=True)),
                "risk": dict(zip(names, one.result.risk.tolist(), strict=True)),
            }

    def _describe_first_rounds(self) -> Iterator[dict[str, Any]]:
        table = self.found.table
        for one in self.found.first_rounds:
            names = [table.actors[actor] for actor in one.actors]
            pairs = {"probability": one.result.probability, "utility": one.result.utility}
            yield {
                "issue": table.issues[one.issue],
                "risk": dict(zip(names, one.result.risk.tolist(), strict=True)),
                **{
                    key: {
                        name: dict(zip(names, row.tolist(), strict=True)) for name, row in zip(names, part, strict=True)
                    }
                    for key, part in pairs.items()
                },
            }

    def _describe_exchanges(self) -> list[dict[str, Any]]:
        table, made = self.found.table, self.found.exchange
        actors = table.find_complete(list(range(len(table.issues)))).tolist()
        return [
            {
                "wins": {
                    table.actors[actors[at]]: table.issues[issue]
                    for at, issue in zip(one.actors, one.issues, strict=True)
                },
                "gain": one.gain,
            }
            for one in (made.exchanges if made else ())
        ]

    def to_frame(self) -> Any:
        """One row per method and issue, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        issues = self.found.table.issues
        return make_frame(
            {"method": method, "issue": issue, "decision": float(decided)}
            for method, values in self.found.decisions.items()
            for issue, decided in zip(issues, values, strict=True)
        )

    def __str__(self) -> str:
        with use_language(self.lang):
            tables = [self._build_decisions()]
            if len(self.found.table.issues) <= MOST_ISSUES:
                tables.append(self._build_actors())
            return "\n\n".join([*map(format_text, tables), *self._say_beside()])

    def _say_beside(self) -> Iterator[str]:
        """Runs beside them; how to have some, where a scenario was asked about without."""
        if self.beside:
            yield str(self.beside)
        elif self.options:
            yield message("baselines.runs")

    def _build_decisions(self) -> TextTable:
        """Methods down; issues across, or errors where there are many."""
        table, found = self.found.table, self.found
        changed = [self.changed] if self.changed else []
        before = (message("baselines.title", title=self.title), *changed, message("baselines.how"))
        notes = tuple(message("baselines.note", text=note) for note in table.notes)
        if found.errors:
            head = tuple(message(f"baselines.{key}") for key in ("method", "mean-error", "median-error", "issues"))
            rows = [
                (message(f"baselines.{method}"), _format(one.mean), _format(one.median), format_number(one.issues))
                for method, one in found.errors.items()
            ]
            return TextTable(before, head, tuple(rows), notes)
        shown = table.issues[:MOST_ISSUES]
        across = [
            (message(f"baselines.{method}"), *(self._format_decision(decided, at) for at in range(len(shown))))
            for method, decided in found.decisions.items()
        ]
        more = len(table.issues) - len(shown)
        left_out = (message("baselines.more", n=format_number(more)),) if more else ()
        return TextTable(before, (message("baselines.method"), *shown), tuple(across), (*notes, *left_out))

    def _format_decision(self, decided: Array, issue: int) -> str:
        value = float(decided[issue])
        if not np.isfinite(value):
            return "–"
        if not self.options:
            return _format(value)
        labels = self.options[issue]
        return f"{_format(value)} {labels[round(value * (len(labels) - 1))]}"

    def _build_actors(self) -> TextTable:
        """Actors down; chances and attitudes to risk across."""
        table, found = self.found.table, self.found
        alone = len(table.issues) == 1
        rounds = {at: one for one in found.first_rounds for at in one.actors} if alone else {}
        keys = ("actor", "chance", "risk", *(("exponent",) if alone else ()))
        rows = []
        for one in found.elections:
            for row, actor in enumerate(one.actors):
                cells = [
                    table.actors[actor],
                    *(_format(part[row]) for part in (one.result.probability, one.result.risk)),
                ]
                if alone:
                    first = rounds.get(actor)
                    cells.append("–" if first is None else _format(first.result.risk[first.actors.index(actor)]))
                rows.append(tuple(cells))
        head = tuple(message(f"baselines.{key}") for key in keys)
        return TextTable((message("baselines.actors"),), head, tuple(rows))


def _format(value: float) -> str:
    return format_number(float(value), PLACES)


def _list_known(values: Array) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def baselines(
    case: Case = None,
    *,
    view: str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | str | None = None,
    lang: str = "en",
    workers: int | None = None,
    reporter: Reporter = SILENT,
) -> BaselineResult:
    """Compute plain forecasts that know positions, salience and power alone: weighted mean and median and others.

    With `runs`, a scenario is played, and the forecasts stand beside what its runs agree on, with what makes the gap.

    Args:
        case: Name, file, folder or loaded scenario, or a table of positions (CSV, TSV or XLSX); the default case if
            left out.
        view: Source view through which a scenario is seen; as it is written if left out.
        changes: Values of a scenario to set, each as path=value.
        answers: Answers to open questions of a scenario, each as name=answer.
        runs: Matching runs of each source view that stand beside the forecasts; none if left out.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        lang: Language of the words, such as en or de.
        workers: Processes; one per core if left out, and 1 plays in this process.
        reporter: Who is told how far it is.

    Returns:
        Decisions on every issue by method, with the tables of the methods that have some.

    Raises:
        ScenarioError: something in the scenario, in the table or in what was asked for does not fit.
        UsageError: there is no such file, an argument is out of its bounds, or a table of positions is to be played.
        MissingPartError: the table is a workbook, and the library that reads them is not installed.
    """
    check_language(lang)
    check_simulation(runs, horizon, workers)
    with use_language(lang):
        table = find_table(case)
        if table is not None:
            if runs is not None:
                raise OptionError("runs", "a table of positions cannot be played, only a scenario can")
            return BaselineResult(table.name, compute_baselines(table), (), lang)
        request = resolve_case(case, view, list_words(changes), list_words(answers))
        seen_through = request.views[0] if request.views else None
        loaded = load_case(request.case, view=seen_through, changes=request.changes, answers=request.answers)
        case_in_words, _ = translate_case(loaded, get_language())
        options = tuple(
            tuple(option.label for option in issue.options.values()) for issue in case_in_words.scenario.issues.values()
        )
        changed = describe_changes_of_case(case_in_words, played=False)
        found = compute_baselines(tabulate_scenario(case_in_words))
        beside = play_beside(request, runs, horizon, seed, workers, reporter) if runs is not None else None
        return BaselineResult(case_in_words.title, found, options, lang, changed, beside)
