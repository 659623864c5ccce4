"""Effects: does each lever do, in the runs of a case, what the authors of its texts say that it does?"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.figures.figure_table import Table
from analysis.methods.expected_effects import (
    AGAIN,
    MeasuredEffect,
    counts,
    is_contradicted,
    is_undecided,
    measure_effect,
    occurs,
)
from analysis.methods.summary import NOTE
from analysis.report.expected_effects import build_effects_table
from sim.ensemble.manifest import MOST_RUNS
from sim.errors import UsageError
from sim.experiments.expected_effects import play_variations
from sim.i18n.messages import format_number, get_language, message
from sim.loading.loader import list_views, load_case
from sim.loading.translations import translate_case
from sim.schema.expected_effect import ExpectedEffect
from sim.schema.loaded_case import WEEK_1, LoadedCase
from sim.workflows.arguments import OneOrMany, check_range, check_simulation, parse_seed
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.workers import parallel_map, use_workers

EFFECT_DRAWS = 4096
"""Draws played with and without each lever, unless said otherwise."""

FEWEST_DRAWS = 10


@dataclass(frozen=True, repr=False)
class EffectsResult(TableDisplay):
    """What authors say that levers do, beside what the runs make of it."""

    scenario: str
    """Name of the case."""
    source: Path
    """Its file."""
    seed: int
    """Seed of all luck."""
    horizon_weeks: int
    """Weeks played."""
    draws: int
    """Draws played with and without each lever."""
    effects: tuple[MeasuredEffect, ...]
    """One for each expected effect, in the order of the views' files."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines; shares from 0 to 1."""
        keys = ("scenario", "seed", "horizon_weeks", "draws")
        return {"note": NOTE, **{key: getattr(self, key) for key in keys}, "effects": self._list_rows()}

    def to_frame(self) -> Any:
        """One row per expected effect, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame({**row, "because": " ".join(row["because"])} for row in self._list_rows())

    def build_table(self) -> Table:
        """One row per expected effect, in the reader's language."""
        views, language = {}, get_language()
        for name in dict.fromkeys(one.view for one in self.effects):
            views[name] = translate_case(load_case(self.source, view=name), language)[0].view
        return build_effects_table(self.effects, {name: one for name, one in views.items() if one is not None})

    def list_notes(self) -> list[str]:
        """What must be known to read the differences."""
        weeks, draws = format_number(self.horizon_weeks), format_number(self.draws)
        return [
            message("tables.effects-how", weeks=weeks, draws=draws),
            message("tables.effects-occurs-said"),
            message("tables.effects-again", times=AGAIN),
            message("api.pattern-seed", seed=self.seed),
        ]

    def build_text_table(self) -> TextTable:
        """Expected effects down; what was expected and what was found across."""
        table = self.build_table()
        return TextTable((message("api.caution"), table.caption), table.head, table.rows, tuple(self.list_notes()))

    def _list_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "view": one.view,
                "key": one.key,
                "lever": one.expected.label,
                "moves": one.expected.moves,
                "expected": one.expected.direction,
                "because": list(one.expected.because),
                "draws": one.found.draws,
                "without": one.found.a,
                "with": one.found.b,
                "difference": one.found.difference,
                "standard_error": one.found.error,
                "occurs": occurs(one, self.effects),
                "contradicted": is_contradicted(one),
                "counts": counts(one, self.effects),
            }
            for one in self.effects
        ]


def effects(
    case: Case = None,
    *,
    view: OneOrMany | None = None,
    draws: int = EFFECT_DRAWS,
    horizon: int | None = None,
    seed: int | str | None = None,
    workers: int | None = None,
    engine: str | None = None,
    reporter: Reporter = SILENT,
) -> EffectsResult:
    """Play each lever of which an author says what it does, with it and without it, with the same luck.

    Args:
        case: Name, file or folder of a case; the default case if left out.
        view: Source views; all that expect something if left out.
        draws: Draws played with and without each lever, 10 to 10,000,000; not all match the reported run-up.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        reporter: Who is told how far it is.

    Returns:
        What each author expects (`expects:` in the files of the views), the paired difference that was found, and
        whether the one is the other. An effect that should be nothing, of which the runs cannot tell, is played again
        with four times as many draws.

    Raises:
        ScenarioError: something in the case does not fit.
        UsageError: no source view expects anything, or an argument is out of its bounds.
        EngineError: the engine is not installed.
    """
    check_range("draws", draws, FEWEST_DRAWS, MOST_RUNS)
    check_simulation(None, horizon, workers)
    request, chosen = resolve_case(case, view, (), (), WEEK_1), parse_seed(seed)
    if request.changes or request.answers:
        raise UsageError("effects are those of a case as it is written; load it without changes and answers")
    base = load_case(request.path)
    luck = base.scenario.defaults.seed if chosen is None else chosen
    weeks = base.scenario.calendar.horizon if horizon is None else horizon
    expected = _find_expected(base, request.views)
    with use_workers(workers, engine, reporter=reporter) as processes:
        asked = [(request.path, name, rows, luck, draws, weeks) for name, rows in expected.items()]
        parts = parallel_map(measure_view, asked, processes)
        found = [one for part in parts for one in part]
        open_rows = [one for one in found if is_undecided(one, found)]
        more = [(request.path, one.view, {one.key: one.expected}, luck, AGAIN * draws, weeks) for one in open_rows]
        again = {(one.view, one.key): one for part in parallel_map(measure_view, more, processes) for one in part}
    kept = tuple(again.get((one.view, one.key), one) for one in found)
    return EffectsResult(base.name, base.path, luck, weeks, draws, kept)


def measure_view(
    case: Path, view: str, expected: dict[str, ExpectedEffect], seed: int, draws: int, horizon: int
) -> list[MeasuredEffect]:
    """The paired differences of some expected effects of a source view; draws 0 to `draws` - 1 are played."""
    measures = tuple(dict.fromkeys(one.moves for one in expected.values()))
    variations = dict.fromkeys(side for one in expected.values() for side in (one.played, one.without))
    played = play_variations(case, view, variations, measures, seed, draws, horizon)
    return [
        measure_effect(view, key, one, played[one.played], played[one.without], draws) for key, one in expected.items()
    ]


def _find_expected(case: LoadedCase, views: Iterable[str]) -> dict[str, dict[str, ExpectedEffect]]:
    """What the source views expect, without those that expect nothing."""
    names = tuple(views) or tuple(list_views(case.path))
    loaded = {name: load_case(case.path, view=name).view for name in names}
    expected = {name: dict(one.expects) for name, one in loaded.items() if one is not None and one.expects}
    if not expected:
        raise UsageError(f"no source view of {case.name} says what a lever does; write it under `expects:` in its file")
    return expected
