"""Load: from scenario files to a checked case; every mistake at once, with file, line and remedy.

Read aloud
    A scenario file may extend another one; what it changes is laid over that one, then the lens, then --set.
    sources.yaml, claims.yaml and lenses/ stand beside the file, or beside the one it extends.
    Every `because` names a claim, every claim a source and paragraphs that the source has.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from sim.evidence.claim import Claim
from sim.evidence.source import Source
from sim.spec.case import Case, Variation
from sim.spec.complaint import checked
from sim.spec.crosscheck import uneven_worth, unknown
from sim.spec.draft import Draft, Layer, drafted
from sim.spec.find import Found, find_scenario, find_scenarios, name_of
from sim.spec.lens import Lens
from sim.spec.merge import believed, changed
from sim.spec.mistake import Collector, Mistake, Place, ScenarioError, nearest, shown, spelled, stop
from sim.spec.scenario import Scenario
from sim.spec.set_value import with_value
from sim.spec.yaml_file import YamlFile, read_yaml

__all__ = ["Case", "Found", "ScenarioError", "available_lenses", "find_scenarios", "load_case"]


def load_case(path: str | Path, *, lens: str | None = None, changes: Sequence[str] = ()) -> Case:
    """Load a scenario file, a folder (its base.yaml or scenario.yaml) or a name found under scenarios/."""
    chain = _chain(find_scenario(path))
    seen = Collector()
    evidence = _evidence(chain, seen)
    lens_file = seen.attempt(lambda: _lens_file(chain, lens), None)
    view = seen.attempt(lambda: _lens(lens_file), None)
    draft = _draft(chain, lens_file, changes, seen)
    if draft is None:
        raise ScenarioError(seen.mistakes)
    if evidence.holds:
        seen.mistakes += _without_claim(draft, evidence.claims, chain)
    seen.mistakes += [Mistake(*draft.where_unfit(place), text) for place, text in uneven_worth(draft.data)]
    scenario = seen.attempt(lambda: checked(Scenario, draft.data, draft), None)
    if scenario is None or seen.mistakes:
        raise ScenarioError(seen.mistakes)
    files = [*chain, *([lens_file] if lens_file else []), *evidence.files]
    return Case(
        name=name_of(chain[0].path),
        path=chain[0].path,
        scenario=scenario,
        lens=view,
        sources=evidence.sources,
        claims=evidence.claims,
        text=draft.data,
        changes=tuple(changes),
        files=tuple(file.path for file in files),
    )


def available_lenses(path: str | Path) -> list[str]:
    """Names of the lenses of a scenario, `wide` first, the others by alphabet."""
    return list(_lens_paths(_chain(find_scenario(path))))


@dataclass(frozen=True)
class _Evidence:
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    files: tuple[YamlFile, ...]
    holds: bool


def _evidence(chain: Sequence[YamlFile], seen: Collector) -> _Evidence:
    """Sources and claims of a scenario."""
    before = len(seen.mistakes)
    sources_file, claims_file = (_beside(chain, name, seen) for name in ("sources.yaml", "claims.yaml"))
    sources: Mapping[str, Source] = seen.attempt(lambda: _sources(sources_file), {})
    claims: Mapping[str, Claim] = seen.attempt(lambda: _claims(claims_file, sources_file), {})
    files = tuple(file for file in (sources_file, claims_file) if file is not None)
    return _Evidence(sources, claims, files, holds=len(seen.mistakes) == before)


def _chain(path: Path) -> list[YamlFile]:
    """The file and those it extends, one after the other."""
    chain = [read_yaml(path)]
    while isinstance(base := chain[-1].data.get("extends"), str):
        file = chain[-1]
        following = file.path.parent / (base if Path(base).suffix else f"{base}.yaml")
        try:
            chain.append(read_yaml(following))
        except ScenarioError as error:
            if following.exists():
                raise
            remedy = error.mistakes[0].remedy
            raise stop(file.name, file.line(("extends",)), f"extends: no file {shown(following)}", remedy) from None
        resolved = [one.path.resolve() for one in chain]
        if len(set(resolved)) < len(resolved):
            circle = " → ".join(one.path.name for one in chain)
            raise stop(file.name, file.line(("extends",)), f"extends: goes round in a circle: {circle}", "break it")
    return chain


def _merged(chain: Sequence[YamlFile]) -> Draft:
    """All files of a chain, laid over one another."""
    seen = Collector()
    draft = drafted(chain[-1])
    for file in reversed(chain[:-1]):
        draft = seen.attempt(partial(_extended, draft, file), draft)
    seen.stop_if_any()
    return draft


def _extended(draft: Draft, file: YamlFile) -> Draft:
    """What a file makes of the one it extends."""
    own = {key: value for key, value in file.data.items() if key != "extends"}
    if not {"changes", "because", "assumed"} & set(own):
        return changed(draft, file, own)
    variation = checked(Variation, file.data, drafted(file))
    draft = changed(draft, file, variation.changes, ("changes",))
    for key in ("title", "question"):
        if own.get(key):
            layer = Layer(file.name, {(key,): file.line((key,))})
            draft = Draft(draft.data | {key: own[key]}, (*draft.layers, layer))
    return draft


def _draft(chain: Sequence[YamlFile], lens: YamlFile | None, changes: Sequence[str], seen: Collector) -> Draft | None:
    """The files of a chain, seen through the lens and with the values that the command line sets."""
    merged = seen.attempt(lambda: _merged(chain), None)
    if merged is None:
        return None
    draft = merged if lens is None else seen.attempt(partial(believed, merged, lens), merged)
    for change in changes:
        draft = seen.attempt(partial(with_value, draft, change), draft)
    return draft


def _beside(chain: Sequence[YamlFile], name: str, seen: Collector) -> YamlFile | None:
    """The file of this name in the folder of the scenario, or else of the one it extends."""
    for file in chain:
        if (file.path.parent / name).exists():
            return seen.attempt(partial(read_yaml, file.path.parent / name), None)
    return None


def _lens_paths(chain: Sequence[YamlFile]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for file in chain:
        for path in (file.path.parent / "lenses").glob("*.yaml"):
            found.setdefault(path.stem, path)
    return {name: found[name] for name in sorted(found, key=lambda name: (name != "wide", name))}


def _lens_file(chain: Sequence[YamlFile], lens: str | None) -> YamlFile | None:
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


@lru_cache(maxsize=16)
def _sources(file: YamlFile | None) -> Mapping[str, Source]:
    if file is None:
        return {}
    return checked(dict[str, Source], _with_text(file, "published"), drafted(file))


@lru_cache(maxsize=16)
def _claims(file: YamlFile | None, sources_file: YamlFile | None) -> Mapping[str, Claim]:
    if file is None:
        return {}
    claims = checked(dict[str, Claim], _with_text(file, "at"), drafted(file))
    sources = _sources(sources_file)
    mistakes = [Mistake(file.name, file.line(place), text) for place, text in _unsupported(claims, sources)]
    if mistakes:
        raise ScenarioError(mistakes)
    return claims


def _with_text(file: YamlFile, key: str) -> dict[str, Any]:
    """The entries of a file, with a bare number under this key (a paragraph, a year) taken as text."""
    entries: dict[str, Any] = dict(file.data)
    for name, entry in entries.items():
        if isinstance(entry, dict) and type(entry.get(key)) is int:
            entries[name] = entry | {key: str(entry[key])}
    return entries


def _unsupported(claims: Mapping[str, Claim], sources: Mapping[str, Source]) -> Iterator[tuple[Place, str]]:
    """Claims whose source or paragraph does not exist."""
    for key, claim in claims.items():
        if claim.source not in sources:
            yield (key, "source"), unknown(f"{key}.source", claim.source, sources, "source")
            continue
        count = sources[claim.source].paragraphs
        if outside := [n for n in map(int, re.findall(r"\d+", claim.at)) if not 1 <= n <= count]:
            numbers = ", ".join(map(str, outside))
            yield (key, "at"), f"{key}.at: {claim.source} has the paragraphs 1 to {count}, not {numbers}"


def _without_claim(draft: Draft, claims: Mapping[str, Claim], chain: Sequence[YamlFile]) -> list[Mistake]:
    """Reasons that name a claim which does not exist."""
    found = [(*draft.where(place), place, claim) for place, claim in _reasons(draft.data, ())]
    for file in chain[:-1]:
        own = {"because": file.data.get("because")}
        found += [(file.name, file.line(place), place, claim) for place, claim in _reasons(own, ())]
    return [
        Mistake(name, line, unknown(spelled(place[:-1]), claim, claims, "claim"))
        for name, line, place, claim in found
        if claim not in claims
    ]


def _reasons(data: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Every claim named under a `because`, with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "because" and isinstance(value, list):
                yield from (((*place, key, n), claim) for n, claim in enumerate(value) if isinstance(claim, str))
            elif isinstance(value, dict | list):
                yield from _reasons(value, (*place, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _reasons(value, (*place, position))
