"""Ensemble: a case played under every source view, from the files to the results; and a stored view built again.

Read aloud
    Every source view of a scenario is played with the same luck. The manifest keeps the scenario's own text, the
    views and what the command changed, so that any run can be told years later without the files.
"""

import datetime
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial, reduce
from pathlib import Path
from typing import Any

import numpy as np

from sim.ensemble.block import after_run_up
from sim.ensemble.digest import RUN_UP, digest_of, versions
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.ensemble.run import ZONE_RUNS, Progress, play_views
from sim.evidence.quantity import Quantity
from sim.spec.case import Case
from sim.spec.complaint import checked
from sim.spec.draft import Draft, Layer
from sim.spec.lens import Lens
from sim.spec.load import answers_among, available_lenses, load_case, where_possible
from sim.spec.merge import believed
from sim.spec.mistake import Collector, shown
from sim.spec.scenario import Scenario
from sim.spec.set_value import with_value
from sim.spec.yaml_file import YamlFile

AS_WRITTEN = "as-written"
"""Name of the only view of a case that has no source views."""

CHANGED = "set"
"""Key under which a stored view keeps what the command line changed on top of it."""


def views_of(
    path: str | Path,
    lenses: Sequence[str] | None = None,
    changes: Sequence[str] = (),
    switches: Sequence[str] = (),
) -> dict[str, Case]:
    """The case through each of the source views (all of them if none is named); every mistake at once."""
    names: Sequence[str | None] = list(dict.fromkeys(lenses or available_lenses(path))) or [None]
    seen, found = Collector(), {}
    for name in names:
        load = partial(load_case, path, lens=name, changes=changes, switches=switches)
        case = seen.attempt(load, None)
        if case is not None:
            found[name or AS_WRITTEN] = case
    seen.stop_if_any()
    return found


def run_case(
    path: str | Path,
    *,
    lenses: Sequence[str] | None = None,
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | None = None,
    changes: Sequence[str] = (),
    switches: Sequence[str] = (),
    command: str = "",
    workers: int | None = None,
    progress: Progress | None = None,
) -> Results:
    """Play a case under each of the source views; what is left out is as the scenario says.

    Ctrl-C ends early: the runs finished so far are returned and the manifest says that it is not complete.
    """
    (results,) = run_cases(
        [path], lenses=lenses, runs=runs, horizon=horizon, seed=seed, changes=changes, switches=switches,
        command=command, workers=workers, progress=progress,
    )  # fmt: skip
    return results


def run_cases(
    paths: Sequence[str | Path],
    *,
    lenses: Sequence[str] | None = None,
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | None = None,
    changes: Sequence[str] = (),
    switches: Sequence[str] = (),
    command: str = "",
    workers: int | None = None,
    progress: Progress | None = None,
    zone_runs: int = ZONE_RUNS,
) -> list[Results]:
    """Play several scenarios together; those that share a run-up share its runs, played once.

    What is left out is as the first scenario says. Progress names a view by the scenario's name and its own.
    """
    made, start = datetime.datetime.now().astimezone(), time.perf_counter()
    batch = [views_of(path, lenses, changes, switches) for path in paths]
    first = next(iter(batch[0].values())).scenario
    seed = first.defaults.seed if seed is None else seed
    runs, horizon = runs or first.defaults.runs, horizon or first.calendar.horizon
    names = {(n, lens): _key(case, lens, len(paths)) for n, views in enumerate(batch) for lens, case in views.items()}
    scenarios = {key: batch[n][lens].scenario for (n, lens), key in names.items()}
    found, complete = play_views(scenarios, seed, runs, horizon, workers, progress, zone_runs)
    story = {"command": command, "made_at": made.isoformat(timespec="seconds"), "complete": complete}
    story["seconds"] = round(time.perf_counter() - start, 3)
    made_of = [load_case(path, switches=answers_among(path, switches)) for path in paths]
    return [
        Results(
            _manifest(base, views, seed, runs, horizon).model_copy(update=story),
            {lens: replace(found[key], lens=lens) for (m, lens), key in names.items() if m == n and key in found},
        )
        for n, (base, views) in enumerate(zip(made_of, batch, strict=True))
    ]


def _key(case: Case, lens: str, scenarios: int) -> str:
    """Name of a view while it is played: its own, with the scenario's before it where there are several."""
    return lens if scenarios == 1 else f"{case.name} {lens}"


def view_of(manifest: Manifest, lens: str) -> Case:
    """One source view of stored results, built from the manifest alone; it has no claims and no sources."""
    text = manifest.lens_texts[lens]
    changes = tuple(text.get(CHANGED, ()))
    own = {key: value for key, value in text.items() if key != CHANGED}
    name = f"manifest.json ({manifest.scenario})"
    draft = _seen_through(manifest.text, own, changes, name, lens)
    scenario = checked(Scenario, draft.data, draft)
    before = None
    if manifest.run_up_text is not None:
        before = _seen_through(manifest.run_up_text, own, changes, name, lens, lenient=True)
        before = Draft(before.data | {"run_up": draft.data.get("run_up", {})}, before.layers)
    return Case(
        name=manifest.scenario,
        path=Path(manifest.source),
        scenario=scenario if before is None else scenario.after(checked(Scenario, before.data, before)),
        lens=checked(Lens, own, draft) if own else None,
        sources={},
        claims={},
        text=draft.data,
        run_up_text=None if before is None else before.data,
        changes=changes,
        switches=manifest.switches,
        files=(),
    )


def _seen_through(
    text: Mapping[str, Any],
    own: dict[str, Any],
    changes: Sequence[str],
    name: str,
    lens: str,
    *,
    lenient: bool = False,
) -> Draft:
    """A stored text seen through a stored view; lenient where a change is about something it does not have."""
    draft = Draft(dict(text), (Layer(name, {(): 0}),))
    if own:
        draft = believed(draft, YamlFile(f"{name}, view {lens}", own, {(): 0}))
    return where_possible(draft, changes) if lenient else reduce(with_value, changes, draft)


def is_as_stored(case: Case, manifest: Manifest, lens: str) -> bool:
    """True if a case as it stands today says what the results were made with."""
    stored = view_of(manifest, lens)
    return bool(_plain(case.text) == _plain(stored.text) and _plain(case.run_up_text) == _plain(stored.run_up_text))


def matching_runs(scenario: Scenario, seed: int, among: int = 8) -> tuple[int, ...]:
    """Which of the first runs match the reported run-up."""
    return tuple(after_run_up(scenario, seed, np.arange(among)).runs.tolist())


def late_levers(scenario: Scenario, horizon: int) -> tuple[str, ...]:
    """Levers that cannot take effect before the horizon if decided in week 1 or in their dated week, as sentences."""
    return tuple(
        f"{lever.label} ({key}): cannot take effect within {horizon} weeks, its delay is {_said(lever.delay)} weeks"
        + (f" from week {lever.decided_in_week}" if lever.decided_in_week else "")
        for key, lever in scenario.levers.items()
        if lever.executes and (lever.decided_in_week or 1) + lever.delay.numbers[0] > horizon
    )


def _said(delay: Quantity) -> str:
    """The delay: a number, or the shortest of a spread, or the middle of one without an end."""
    words = {"value": "", "uniform": "at least "}.get(delay.form, "about ")
    return f"{words}{delay.numbers[0]:g}"


def _manifest(base: Case, views: Mapping[str, Case], seed: int, runs: int, horizon: int) -> Manifest:
    """How it is made, as far as the inputs say so."""
    one = next(iter(views.values()))
    texts = {name: _lens_text(case) for name, case in views.items()}
    text, run_up = _plain(base.text), _plain(base.run_up_text)
    return Manifest(
        scenario=one.name,
        title=one.title,
        question=one.scenario.question,
        source=shown(one.path),
        digest=digest_of(text if run_up is None else {**text, RUN_UP: run_up}, texts, seed, horizon, runs),
        text=text,
        run_up_text=run_up,
        lens_texts=texts,
        authors={name: case.lens.author if case.lens else "" for name, case in views.items()},
        labels={name: case.lens.label if case.lens else one.title for name, case in views.items()},
        outcomes={key: outcome.label for key, outcome in one.scenario.outcomes.items()},
        agreements=tuple(key for key, outcome in one.scenario.outcomes.items() if outcome.agreement),
        changes=one.changes,
        switches=one.switches,
        seed=seed,
        horizon_weeks=horizon,
        run_up_weeks=one.scenario.run_up.weeks,
        runs_asked=runs,
        starts=one.scenario.calendar.starts.isoformat(),
        command="",
        versions=versions(),
        made_at="",
        notes=tuple(_notes(views, horizon)),
    )


def _lens_text(case: Case) -> dict[str, Any]:
    """A source view as plain data, with what the command line changed on top of it."""
    view = case.lens.model_dump(mode="json", exclude_defaults=True) if case.lens else {}
    changes = {CHANGED: list(case.changes)} if case.changes else {}
    return dict(_plain(view | changes))


def _notes(views: Mapping[str, Case], horizon: int) -> Iterator[str]:
    """What a reader must know about the inputs, each once, with the views it holds for."""
    holders: dict[str, list[str]] = {}
    for name, case in views.items():
        for late in late_levers(case.scenario, horizon):
            holders.setdefault(late, []).append(name)
    for text, names in holders.items():
        yield text if len(names) == len(views) else f"{text} (in {', '.join(names)})"


def _plain(data: object) -> Any:
    """The data as JSON keeps it."""
    return json.loads(json.dumps(data))
