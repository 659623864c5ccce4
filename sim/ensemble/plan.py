"""Plan: what is to be played - scenarios through their source views, with all numbers settled and put on record."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sim.ensemble.digest import RUN_UP, digest_in, digest_of, versions
from sim.ensemble.manifest import Manifest
from sim.evidence.quantity import Quantity
from sim.spec.case import Case
from sim.spec.load import answers_among, available_lenses, load_case
from sim.spec.mistake import Collector, shown
from sim.spec.scenario import Scenario

AS_WRITTEN = "as-written"
"""Name of the only view of a case that has no source views."""

CHANGED = "set"
"""Key under which a stored view keeps what the command line changed on top of it."""


@dataclass(frozen=True)
class Plan:
    """One scenario that is to be played."""

    manifest: Manifest
    """How it is made, as far as the inputs say so."""
    views: Mapping[str, Scenario]
    """The scenario through each source view."""

    def key(self, lens: str) -> str:
        """Name of a view among those of other scenarios."""
        return f"{self.manifest.scenario} {lens}"


def plans_of(
    paths: Sequence[str | Path],
    *,
    lenses: Sequence[str] | None = None,
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | None = None,
    changes: Sequence[str] = (),
    switches: Sequence[str] = (),
    command: str = "",
    precision: float | None = None,
) -> list[Plan]:
    """Plans of several scenarios with the same seed, runs and horizon; what is left out is as the first one says."""
    made = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    batch = [views_of(path, lenses, changes, switches) for path in paths]
    first = next(iter(batch[0].values())).scenario
    seed = first.defaults.seed if seed is None else seed
    runs, horizon = runs or first.defaults.runs, horizon or first.calendar.horizon
    plans = []
    for path, views in zip(paths, batch, strict=True):
        base = load_case(path, switches=answers_among(path, switches))
        manifest = _manifest(base, views, seed, runs, horizon, changes)
        manifest = manifest if precision is None else _until(manifest, precision)
        story = {"command": command, "made_at": made}
        plans.append(Plan(manifest.model_copy(update=story), {name: case.scenario for name, case in views.items()}))
    return plans


def _until(manifest: Manifest, precision: float) -> Manifest:
    """The same, with runs that end once all shares are known closely enough."""
    found = manifest.model_copy(update={"precision": precision})
    return found.model_copy(update={"digest": digest_in(found)})


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


def _manifest(
    base: Case, views: Mapping[str, Case], seed: int, runs: int, horizon: int, changes: Sequence[str]
) -> Manifest:
    """How it is made, as far as the inputs say so."""
    one = next(iter(views.values()))
    texts = {name: _lens_text(case) for name, case in views.items()}
    text, run_up = plain(base.text), plain(base.run_up_text)
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
        set_changes=tuple(changes),
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
    return dict(plain(view | changes))


def _notes(views: Mapping[str, Case], horizon: int) -> Iterator[str]:
    """What a reader must know about the inputs, each once, with the views it holds for."""
    holders: dict[str, list[str]] = {}
    for name, case in views.items():
        for late in late_levers(case.scenario, horizon):
            holders.setdefault(late, []).append(name)
    for text, names in holders.items():
        yield text if len(names) == len(views) else f"{text} (in {', '.join(names)})"


def plain(data: object) -> Any:
    """The data as JSON keeps it."""
    return json.loads(json.dumps(data))
