"""Stored: a source view of stored results built again from their manifest alone, and a run taken up where it ended."""

import json
from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.ensemble.manifest import Manifest
from sim.ensemble.parts import BEGUN, FOLDER
from sim.ensemble.plan import AS_WRITTEN, CHANGED, Plan, plain
from sim.ensemble.storage import MANIFEST, ResultsError
from sim.spec.case import Case
from sim.spec.complaint import checked
from sim.spec.draft import Draft, Layer
from sim.spec.lens import Lens
from sim.spec.load import load_case, where_possible
from sim.spec.merge import believed, places_in
from sim.spec.mistake import ScenarioError, shown
from sim.spec.scenario import Scenario
from sim.spec.set_value import with_value
from sim.spec.yaml_file import YamlFile


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
    themes = (own.get("assumes") or {}).values()
    spoken_of = {place for theme in themes for place in places_in(theme, ())}  # a scenario file may have removed some
    draft = Draft(dict(text), (Layer(name, dict.fromkeys([(), *spoken_of], 0)),))
    if own:
        draft = believed(draft, YamlFile(f"{name}, view {lens}", own, {(): 0}))
    return where_possible(draft, changes) if lenient else reduce(with_value, changes, draft)


def is_as_stored(case: Case, manifest: Manifest, lens: str) -> bool:
    """True if a case as it stands today says what the results were made with."""
    stored = view_of(manifest, lens)
    return bool(plain(case.text) == plain(stored.text) and plain(case.run_up_text) == plain(stored.run_up_text))


def resumed(folder: Path) -> Plan:
    """The plan of a run that was cut short, as its folder keeps it.

    Raises:
        ResultsError: there is nothing to resume, or the scenario says something else today.
    """
    begun = folder / FOLDER / BEGUN
    try:
        manifest = Manifest.model_validate(json.loads(begun.read_bytes()))
    except (FileNotFoundError, NotADirectoryError) as error:
        whole = (folder / MANIFEST).is_file()
        why = f"`zopa report {folder}` makes its page again" if whole else "the run is whole, or none was begun there"
        raise ResultsError(f"{shown(folder)}: there is nothing to resume; {why}") from error
    except (OSError, ValueError, ValidationError) as error:
        raise ResultsError(f"{shown(begun)}: is damaged; begin again with `zopa run`") from error
    views = {lens: view_of(manifest, lens) for lens in manifest.lens_texts}
    if any(not _says_the_same(manifest, lens) for lens in views):
        text = f"{shown(folder)}: {manifest.source} has changed since this run was begun"
        raise ResultsError(f"{text}; undo the change to resume, or begin again with `zopa run`")
    return Plan(manifest, {lens: case.scenario for lens, case in views.items()})


def _says_the_same(manifest: Manifest, lens: str) -> bool:
    """True if the scenario's files say today what the manifest keeps, or are gone."""
    if not Path(manifest.source).exists():
        return True
    switches, view = manifest.switches, None if lens == AS_WRITTEN else lens
    try:
        case = load_case(manifest.source, lens=view, changes=manifest.set_changes, switches=switches)
    except ScenarioError:
        return False
    return is_as_stored(case, manifest, lens)
