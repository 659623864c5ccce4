"""Plan: what is to be played - scenarios through their source views, with all numbers settled and put on record."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from sim.ensemble.fingerprint import compute_fingerprint, find_library_versions, mark_past, recompute_fingerprint
from sim.ensemble.manifest import Manifest
from sim.ensemble.starting_values import find_starting_values
from sim.errors import ErrorCollector, display_path
from sim.loading.loader import list_views, load_case, require_views, select_scenario_answers
from sim.schema.loaded_case import WEEK_1, HoldsFrom, LoadedCase
from sim.schema.quantity import Quantity
from sim.schema.scenario import Scenario

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

    def qualify_view(self, view: str) -> str:
        """Name of a view among those of other scenarios."""
        return f"{self.manifest.scenario} {view}"


def make_plans(
    paths: Sequence[str | Path],
    *,
    view_names: Sequence[str] | None = None,
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | None = None,
    changes: Sequence[str] = (),
    answers: Sequence[str] = (),
    holds_from: HoldsFrom | None = None,
    command: str = "",
    precision: float | None = None,
    looks: Sequence[int] = (),
) -> list[Plan]:
    """Plans of several scenarios with the same seed, runs and horizon; what is left out is as the first one says.

    Args:
        paths: Scenario files, or names of scenarios.
        view_names: Source views to play; all if left out.
        runs: Matching runs for each view.
        horizon: Weeks to play.
        seed: Seed of all luck.
        changes: Changes of single values, each as `place=value`.
        answers: Answers of open questions, each as `name=answer`.
        holds_from: From when the changes hold; as the scenario file has it if left out.
        command: The command as given, for the record.
        precision: Half-width, as a share, at which runs end early.
        looks: Matching runs at which it is looked whether they do; after every block if left out.

    Raises:
        ScenarioError: every mistake in any of the files at once.
    """
    made = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    batch = [load_views(path, view_names, changes, answers, holds_from) for path in paths]
    first = next(iter(batch[0].values())).scenario
    seed = first.defaults.seed if seed is None else seed
    runs, horizon = runs or first.defaults.runs, horizon or first.calendar.horizon
    plans = []
    for path, views in zip(paths, batch, strict=True):
        base = load_case(path, answers=select_scenario_answers(path, answers), assumes=False)
        manifest = _make_manifest(base, views, seed, runs, horizon, changes)
        manifest = manifest if precision is None else _set_precision(manifest, precision, looks)
        story = {"command": command, "made_at": made}
        plans.append(Plan(manifest.model_copy(update=story), {name: case.scenario for name, case in views.items()}))
    return plans


def _set_precision(manifest: Manifest, precision: float, looks: Sequence[int]) -> Manifest:
    """The same, with runs that end once all shares are known closely enough."""
    found = manifest.model_copy(update={"precision": precision, "looks": tuple(looks)})
    return found.model_copy(update={"fingerprint": recompute_fingerprint(found)})


def load_views(
    path: str | Path,
    view_names: Sequence[str] | None = None,
    changes: Sequence[str] = (),
    answers: Sequence[str] = (),
    holds_from: HoldsFrom | None = None,
) -> dict[str, LoadedCase]:
    """The case through each of the source views (all of them if none is named); every mistake at once.

    Args:
        path: A scenario file, or the name of a scenario.
        view_names: Source views to load; all if left out.
        changes: Changes of single values, each as `place=value`.
        answers: Answers of open questions, each as `name=answer`.
        holds_from: From when the changes hold; as the scenario file has it if left out.

    Raises:
        ScenarioError: every mistake in the file.
    """
    known = list_views(path)
    names: Sequence[str | None] = list(dict.fromkeys(view_names or known)) or [None]
    unknown = [name for name in names if name is not None and name not in known][1:]  # the file is read for one
    seen, found = ErrorCollector(), {}
    left = set(names) - set(unknown)
    for name in filter(left.__contains__, names):
        load = partial(load_case, path, view=name, changes=changes, answers=answers, holds_from=holds_from)
        case = seen.attempt(load, None)
        if case is not None:
            found[name or AS_WRITTEN] = case
    seen.attempt(partial(require_views, path, unknown), None)
    seen.stop_if_any()
    return found


def find_late_levers(scenario: Scenario, horizon: int) -> dict[str, str]:
    """Levers that cannot take effect before the horizon if decided in week 1 or in their dated week, as sentences."""
    return {
        key: f"{lever.label} ({key}): cannot take effect within {horizon} weeks, "
        f"its delay is {_format_delay(lever.delay)} weeks"
        + (f" from week {lever.scheduled_week}" if lever.scheduled_week else "")
        for key, lever in scenario.levers.items()
        if lever.executes and (lever.scheduled_week or 1) + lever.delay.numbers[0] > horizon
    }


def find_late_sequences(scenario: Scenario, horizon: int) -> dict[str, str]:
    """Sequences by which nothing signed from week 1 on can be in force before the horizon, as sentences."""
    return {
        key: f"{sequence.label} ({key}): what is signed from week 1 on cannot be in force within {horizon} weeks, "
        f"it takes {_format_delay(sequence.weeks)} weeks"
        for key, sequence in scenario.sequences.items()
        if 1 + sequence.weeks.numbers[0] > horizon
    }


def _format_delay(delay: Quantity) -> str:
    """The delay: a number, or the shortest of a spread, or the middle of one without an end."""
    words = {"value": "", "uniform": "at least "}.get(delay.form, "about ")
    return f"{words}{delay.numbers[0]:g}"


def _make_manifest(
    base: LoadedCase, views: Mapping[str, LoadedCase], seed: int, runs: int, horizon: int, changes: Sequence[str]
) -> Manifest:
    """How it is made, as far as the inputs say so."""
    one = next(iter(views.values()))
    texts = {name: _dump_view(case) for name, case in views.items()}
    text, run_up = _dump_base(base, one.holds_from)
    return Manifest(
        scenario=one.name,
        title=one.title,
        question=one.scenario.question,
        source=display_path(one.path),
        fingerprint=compute_fingerprint(mark_past(text, run_up, one.holds_from), texts, seed, horizon, runs),
        text=text,
        run_up_text=run_up,
        view_texts=texts,
        authors={name: case.view.author if case.view else "" for name, case in views.items()},
        labels={name: _label_view(case) for name, case in views.items()},
        outcomes={key: outcome.label for key, outcome in one.scenario.outcomes.items()},
        agreements=tuple(key for key, outcome in one.scenario.outcomes.items() if outcome.agreement),
        **_describe_changes(one),
        set_changes=tuple(changes),
        seed=seed,
        horizon_weeks=horizon,
        run_up_weeks=one.scenario.run_up.weeks,
        runs_asked=runs,
        starts=one.scenario.calendar.starts.isoformat(),
        command="",
        versions=find_library_versions(),
        made_at="",
        notes=tuple(_list_notes(views, horizon)),
    )


def _dump_base(base: LoadedCase, holds_from: HoldsFrom) -> tuple[Any, Any]:
    """The case as plain data, and what is played in the run-up; none if they are the same."""
    text, run_up = to_json_data(base.text), to_json_data(base.run_up_text)
    return text, text if run_up is None and holds_from == WEEK_1 else run_up


def _describe_changes(case: LoadedCase) -> dict[str, Any]:
    """What was changed in a case, and from when it holds."""
    return {name: getattr(case, name) for name in ("changes", "assumed", "answers", "holds_from")}


def _label_view(case: LoadedCase) -> str:
    """The label of a source view; without one, the name of the case itself, whatever a scenario file changes in it."""
    return case.view.label if case.view else case.scenario.in_run_up.title


def _dump_view(case: LoadedCase) -> dict[str, Any]:
    """A source view as plain data, with what the command line changed on top of it."""
    view = case.view.model_dump(mode="json", exclude_defaults=True) if case.view else {}
    changes = {CHANGED: list(case.changes)} if case.changes else {}
    return dict(to_json_data(view | changes))


def _list_notes(views: Mapping[str, LoadedCase], horizon: int) -> Iterator[str]:
    """What whoever reads the results must know about the inputs, each once, with the views it holds for."""
    holders: dict[str, list[str]] = {}
    for name, case in views.items():
        late = (find(case.scenario, horizon).values() for find in (find_late_levers, find_late_sequences))
        for text in (*chain.from_iterable(late), *_list_starting_values(case)):
            holders.setdefault(text, []).append(name)
    for text, names in holders.items():
        yield text if len(names) == len(views) else f"{text} (in {', '.join(names)})"


def _list_starting_values(case: LoadedCase) -> Iterator[str]:
    """What was changed from week 1 on and changes nothing, as sentences."""
    for place in find_starting_values(case.scenario) if case.holds_from == WEEK_1 else ():
        yield (
            f"{place}: the run-up starts from it and has moved on by week 1, so that this change changes nothing; "
            "let it hold always if the past is meant"
        )


def to_json_data(data: object) -> Any:
    """The data as JSON keeps it."""
    return json.loads(json.dumps(data))
