"""Rebuild: a source view of stored results built again from their manifest alone, and a run taken up where it ended."""

from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from sim.ensemble.column_bounds import Bounds, find_column_bounds
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import AS_WRITTEN, CHANGED, Plan, to_json_data
from sim.ensemble.results import Results
from sim.errors import ScenarioError, display_path
from sim.loading.layered_data import Layer, LayeredData
from sim.loading.loader import apply_possible_overrides, load_case
from sim.loading.merge import apply_source_view, list_places
from sim.loading.overrides import apply_override
from sim.loading.strict_yaml import YamlFile
from sim.loading.validation import validate
from sim.schema.loaded_case import ALWAYS, LoadedCase
from sim.schema.scenario import Scenario
from sim.schema.source_view import SourceView
from sim.storage.bounded_read import UnfitFileError
from sim.storage.checkpoints import BEGUN
from sim.storage.manifest_file import OtherFormError, read_manifest
from sim.storage.results_folder import MANIFEST, PARTS, ResultsError, load, make_damage_error
from sim.storage.spot_check import find_changed_run

SHORT = 300
"""Signs of a command that is told whole."""


def load_checked(folder: Path, *, play_again: bool = True) -> Results:
    """Results read back, if everything in their folder fits the scenario that they were made with.

    Args:
        folder: Folder of the results.
        play_again: True to play a few of the runs again, which must go as they are stored.

    Raises:
        ResultsError: a file is missing, damaged, too large or none of ours, or does not fit the others.
    """
    views: dict[str, LoadedCase] = {}

    def find_bounds(manifest: Manifest) -> Mapping[str, Bounds]:
        views.update(rebuild_views(manifest, folder / MANIFEST))
        if said := _find_contradiction(manifest, views):
            raise make_damage_error(folder / MANIFEST, f"says otherwise than its scenario ({said})")
        return find_column_bounds(next(iter(views.values())).scenario)

    found = load(folder, find_bounds)
    scenarios = {name: case.scenario for name, case in views.items()}
    if play_again and (said := find_changed_run(found, scenarios)):
        why = f"{display_path(folder)}: {said}; scenario, seed or runs were changed after they were played"
        raise ResultsError(f"{why}; {_format_remedy(found.manifest)}, or restore the folder from a copy")
    return found


def _format_remedy(manifest: Manifest) -> str:
    """The command that makes results again: the one on record if it is short enough to read."""
    recorded = manifest.command
    command = recorded if recorded.startswith("zopa run ") and len(recorded) <= SHORT else "zopa run"
    return f"make the results again with `{command}`"


def _find_contradiction(manifest: Manifest, views: Mapping[str, LoadedCase]) -> str:
    """Which name or number in a manifest is not that of its scenario; empty if all are."""
    one = next(iter(views.values()))
    outcomes = one.scenario.outcomes
    said = {
        "title": (manifest.title, one.title),
        "question": (manifest.question, one.scenario.question),
        "outcomes": (manifest.outcomes, {key: outcome.label for key, outcome in outcomes.items()}),
        "agreements": (manifest.agreements, tuple(key for key, outcome in outcomes.items() if outcome.agreement)),
        "starts": (manifest.starts, one.scenario.calendar.starts.isoformat()),
        "run_up_weeks": (manifest.run_up_weeks, one.scenario.run_up.weeks),
        "labels": (
            manifest.labels,
            {name: case.view.label if case.view else one.title for name, case in views.items()},
        ),
        "authors": (manifest.authors, {name: case.view.author if case.view else "" for name, case in views.items()}),
    }
    return next((name for name, (written, meant) in said.items() if written != meant), "")


def rebuild_views(manifest: Manifest, path: Path) -> dict[str, LoadedCase]:
    """Every source view of a manifest that was read from a file.

    Raises:
        ResultsError: its scenario is none that this zopa knows.
    """
    try:
        return {view: rebuild_view(manifest, view) for view in manifest.view_texts}
    except (ScenarioError, AttributeError, TypeError, ValueError, KeyError, RecursionError) as error:
        said = str(error).partition("\n")[0] if isinstance(error, ScenarioError) else "another form"
        text = f"{display_path(path)}: holds a scenario that this zopa cannot play ({said[:300]})"
        remedy = f"it was made with {describe_versions(manifest)}; make the results again with `zopa run`"
        raise ResultsError(f"{text}; {remedy}") from error


def describe_versions(manifest: Manifest) -> str:
    """The versions with which results were made, for readers."""
    return ", ".join(f"{name} {version}" for name, version in manifest.versions.items()) or "unknown versions"


def rebuild_view(manifest: Manifest, view: str, *, unchanged: bool = False) -> LoadedCase:
    """One source view of stored results, built from the manifest alone; it has no claims and no sources.

    Args:
        manifest: How the results were made.
        view: Name of the source view.
        unchanged: True to leave out what the command line and sides of contradictions changed.
    """
    text = manifest.view_texts[view]
    changes = () if unchanged else tuple(text.get(CHANGED, ()))
    own = {key: value for key, value in text.items() if key != CHANGED}
    name = f"manifest.json ({manifest.scenario})"
    layered = _apply_stored_view(manifest.text, own, changes, name, view)
    scenario = validate(Scenario, layered.data, layered)
    before = None
    if manifest.run_up_text is not None:
        past_changes = changes if manifest.holds_from == ALWAYS else ()
        before = _apply_stored_view(manifest.run_up_text, own, past_changes, name, view, lenient=True)
        before = LayeredData(before.data | {"run_up": layered.data.get("run_up", {})}, before.layers)
    return LoadedCase(
        name=manifest.scenario,
        path=Path(manifest.source),
        scenario=scenario if before is None else scenario.with_run_up(validate(Scenario, before.data, before)),
        view=validate(SourceView, own, layered) if own else None,
        sources={},
        claims={},
        text=layered.data,
        run_up_text=None if before is None else before.data,
        changes=changes,
        assumed=manifest.assumed,
        answers=manifest.answers,
        holds_from=manifest.holds_from,
        files=(),
    )


def _apply_stored_view(
    text: Mapping[str, Any],
    own: dict[str, Any],
    changes: Sequence[str],
    name: str,
    view: str,
    *,
    lenient: bool = False,
) -> LayeredData:
    """A stored text seen through a stored view; lenient where a change is about something it does not have."""
    themes = (own.get("assumes") or {}).values()
    spoken_of = {place for theme in themes for place in list_places(theme, ())}  # a scenario file may have removed some
    layered = LayeredData(dict(text), (Layer(name, dict.fromkeys([(), *spoken_of], 0)),))
    if own:
        layered = apply_source_view(layered, YamlFile(f"{name}, view {view}", own, {(): 0}))
    return apply_possible_overrides(layered, changes) if lenient else reduce(apply_override, changes, layered)


def is_as_stored(case: LoadedCase, manifest: Manifest, view: str) -> bool:
    """True if a case as it stands today says what the results were made with."""
    stored = rebuild_view(manifest, view)
    return bool(
        to_json_data(case.text) == to_json_data(stored.text)
        and to_json_data(case.run_up_text) == to_json_data(stored.run_up_text)
    )


def load_interrupted_plan(folder: Path) -> Plan:
    """The plan of a run that was cut short, as its folder keeps it.

    Raises:
        ResultsError: there is nothing to resume, or the scenario says something else today.
    """
    begun = folder / PARTS / BEGUN
    try:
        manifest = read_manifest(begun)
    except (FileNotFoundError, NotADirectoryError) as error:
        whole = (folder / MANIFEST).is_file()
        why = f"`zopa report {folder}` makes its page again" if whole else "the run is whole, or none was begun there"
        raise ResultsError(f"{display_path(folder)}: there is nothing to resume; {why}") from error
    except OtherFormError as error:
        raise ResultsError(f"{display_path(begun)}: {error}") from error
    except (OSError, ValueError) as error:
        said = str(error) if isinstance(error, UnfitFileError) else "is damaged"
        raise ResultsError(f"{display_path(begun)}: {said}; begin again with `zopa run`") from error
    views = rebuild_views(manifest, begun)
    if any(not _is_unchanged(manifest, view) for view in views):
        text = f"{display_path(folder)}: {manifest.source} has changed since this run was begun"
        raise ResultsError(f"{text}; undo the change to resume, or begin again with `zopa run`")
    return Plan(manifest, {view: case.scenario for view, case in views.items()})


def _is_unchanged(manifest: Manifest, view_name: str) -> bool:
    """True if the scenario's files say today what the manifest keeps, or are gone."""
    if not Path(manifest.source).exists():
        return True
    view = None if view_name == AS_WRITTEN else view_name
    try:
        case = load_case(
            manifest.source,
            view=view,
            changes=manifest.set_changes,
            answers=manifest.answers,
            holds_from=manifest.holds_from,
        )
    except ScenarioError:
        return False
    return is_as_stored(case, manifest, view_name)
