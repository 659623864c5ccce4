"""Load: from scenario files to a checked case; every mistake at once, with file, line and remedy.

Read aloud
    A scenario file may extend another one; what it changes is laid over that one, then the lens, then --set.
    What a scenario file changes holds from week 1; in the run-up, the file it extends is played. What a lens or
    --set changes holds in both.
    sources.yaml, claims.yaml and lenses/ stand beside the file, or beside the one it extends.
    Every `because` names a claim, every claim a source and paragraphs that the source has.
"""

from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

from sim.spec.case import Case
from sim.spec.chain import Chain, chain_of, merged, variations
from sim.spec.complaint import checked
from sim.spec.crosscheck import uneven_worth
from sim.spec.draft import Draft, drafted
from sim.spec.find import Found, find_scenario, find_scenarios, name_of
from sim.spec.grounds import grounds_of, without_claim
from sim.spec.lens import Lens
from sim.spec.merge import believed
from sim.spec.mistake import Collector, Mistake, ScenarioError, nearest, stop
from sim.spec.scenario import Scenario
from sim.spec.set_value import with_value
from sim.spec.switching import Taken, answered, switches_of, taken
from sim.spec.yaml_file import YamlFile, read_yaml

__all__ = ["Case", "Found", "ScenarioError", "available_lenses", "find_scenarios", "load_case"]


def load_case(
    path: str | Path, *, lens: str | None = None, changes: Sequence[str] = (), switches: Sequence[str] = ()
) -> Case:
    """Load a scenario file, a folder (its base.yaml or scenario.yaml) or a name found under scenarios/."""
    chain = chain_of(find_scenario(path))
    seen = Collector()
    grounds = grounds_of(chain, seen)
    lens_file = seen.attempt(lambda: _lens_file(chain, lens), None)
    view = seen.attempt(lambda: _lens(lens_file), None)
    found = seen.attempt(lambda: taken(chain, switches, _lens_paths(chain)), Taken())
    all_changes = (*found.changes, *changes)
    draft = _draft(chain, found, lens_file, all_changes, seen)
    if draft is None:
        raise ScenarioError(seen.mistakes)
    if grounds.holds:
        seen.mistakes += without_claim(draft, grounds.claims, chain)
    scenario = _scenario(draft, seen)
    before = _in_run_up(chain, draft, lens_file, all_changes) if variations(chain) else None
    files = [*chain, *([lens_file] if lens_file else []), *grounds.files]
    return Case(
        name=name_of(chain[0].path),
        path=chain[0].path,
        scenario=scenario if before is None else scenario.after(checked(Scenario, before.data, before)),
        lens=view,
        sources=grounds.sources,
        claims=grounds.claims,
        text=draft.data,
        run_up_text=None if before is None else before.data,
        changes=all_changes,
        switches=tuple(switches),
        files=tuple(file.path for file in files),
    )


def _scenario(draft: Draft, seen: Collector) -> Scenario:
    """The scenario of a draft, if nothing at all is wrong."""
    seen.mistakes += [Mistake(*draft.where_unfit(place), text) for place, text in uneven_worth(draft.data)]
    scenario = seen.attempt(lambda: checked(Scenario, draft.data, draft), None)
    if scenario is None or seen.mistakes:
        raise ScenarioError(seen.mistakes)
    return scenario


def available_lenses(path: str | Path) -> list[str]:
    """Names of the lenses of a scenario, `wide` first, the others by alphabet."""
    return list(_lens_paths(chain_of(find_scenario(path))))


def _draft(chain: Chain, found: Taken, lens: YamlFile | None, changes: Sequence[str], seen: Collector) -> Draft | None:
    """The files of a chain, seen through the lens and with the values that the command line sets."""
    whole = seen.attempt(lambda: answered(merged(chain), found), None)
    if whole is None:
        return None
    draft = whole if lens is None else seen.attempt(partial(believed, whole, lens), whole)
    for change in changes:
        draft = seen.attempt(partial(with_value, draft, change), draft)
    return draft


def _in_run_up(chain: Chain, draft: Draft, lens: YamlFile | None, changes: Sequence[str]) -> Draft:
    """What holds before week 1: the case without its scenario files, but with their account of the run-up."""
    before = merged(chain[len(variations(chain)) :])
    before = before if lens is None else believed(before, lens)
    before = where_possible(before, changes)
    return Draft(before.data | {"run_up": draft.data.get("run_up", {})}, before.layers)


def where_possible(draft: Draft, changes: Sequence[str]) -> Draft:
    """The draft with the changes that are about something it has."""
    for change in changes:
        draft = Collector().attempt(partial(with_value, draft, change), draft)
    return draft


def answers_among(path: str | Path, switches: Sequence[str]) -> tuple[str, ...]:
    """Those switches that are answers of scenario files, not sides of contradictions."""
    own = switches_of(chain_of(find_scenario(path)))
    return tuple(switch for switch in switches if switch.partition("=")[0].strip() in own)


def _lens_paths(chain: Chain) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for file in chain:
        for path in (file.path.parent / "lenses").glob("*.yaml"):
            found.setdefault(path.stem, path)
    return {name: found[name] for name in sorted(found, key=lambda name: (name != "wide", name))}


def _lens_file(chain: Chain, lens: str | None) -> YamlFile | None:
    if lens is None:
        return None
    paths = _lens_paths(chain)
    if lens not in paths:
        remedy = nearest(lens, paths) if paths else "it has no source views; leave --lens out"
        raise stop(chain[0].name, 0, f"there is no source view {lens!r} for this scenario", remedy)
    return read_yaml(paths[lens])


@lru_cache(maxsize=64)
def _lens(file: YamlFile | None) -> Lens | None:
    if file is None:
        return None
    view = checked(Lens, file.data, drafted(file))
    if view.lens != file.path.stem:
        remedy = f"write `lens: {file.path.stem}` or rename the file"
        raise stop(file.name, file.line(("lens",)), f"lens: {view.lens!r} is not the name of this file", remedy)
    return view
