"""Export GENIUS: a scenario's issues and wishes as a domain and profiles of GENIUS."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import UsageError, display_path
from sim.experiments.package_surplus import compute_reservation_values
from sim.i18n.messages import get_language, message
from sim.loading.genius_files import GeniusProfile, format_domain, format_profile
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.schema.actor import Interests
from sim.schema.scenario import Scenario
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.new_case.case_folder import unfinished_folder


@dataclass(frozen=True, repr=False)
class ExportedDomain(TextDisplay):
    """A domain and profiles of GENIUS that were written."""

    folder: Path
    """Their folder."""
    files: tuple[str, ...]
    """Names of the files, the domain first."""
    notes: tuple[str, ...]
    """What a profile cannot say and was left out, each as a sentence."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"folder": display_path(self.folder), "files": list(self.files), "notes": list(self.notes)}

    def to_frame(self) -> Any:
        """One row per file, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame({"file": file} for file in self.files)

    def __str__(self) -> str:
        return "\n".join([display_path(self.folder), *self.files, *self.notes])


def export_genius(case: str | Path, to: Path | None, *, overwrite: bool = False) -> ExportedDomain:
    """Write a scenario as a domain and one profile for each actor with interests.

    Args:
        case: Name, file or folder of the scenario.
        to: New folder; `NAME-genius` if left out.
        overwrite: True if files in the folder may be replaced.

    Returns:
        The files, and what a profile cannot say.

    Raises:
        ScenarioError: something in the scenario does not fit.
        UsageError: the folder is there already, or cannot be written.
    """
    loaded, _ = translate_case(load_case(case), get_language())
    place = Path(f"{loaded.name.replace('/', '-')}-genius") if to is None else to
    if os.path.lexists(place) and not overwrite:
        raise UsageError(f"{display_path(place)} is there already; choose another one or give `overwrite=True`")
    s, title = loaded.scenario, loaded.scenario.title
    reservations = compute_reservation_values(s)
    profiles = {
        key: _build_profile(s, key, actor.interests, reservations.get(key, 0.0))
        for key, actor in s.actors.items()
        if actor.interests
    }
    texts = {"domain.xml": format_domain(title, {name: tuple(values) for name, values in _name_values(s).items()})}
    texts |= {f"{key}.xml": format_profile(title, profile) for key, profile in profiles.items()}
    with unfinished_folder(place) as making:
        for file, text in texts.items():
            (making / file).write_text(text, encoding="utf-8", newline="\n")
        if place.is_dir():
            for file in texts:
                os.replace(making / file, place / file)
        else:
            os.rename(making, place)
    return ExportedDomain(place, tuple(texts), (message("genius.left-out"),))


def _name_values(s: Scenario) -> dict[str, dict[str, str]]:
    """Option by its name in the files, for every issue by its name there."""
    issues = list(s.issues.items())
    labels = [issue.label for _, issue in issues]
    found = {}
    for key, issue in issues:
        named = [option.label for option in issue.options.values()]
        unique = len(set(named)) == len(named)
        name = issue.label if labels.count(issue.label) == 1 else key
        found[name] = {option.label if unique else place: place for place, option in issue.options.items()}
    return found


def _build_profile(s: Scenario, actor: str, interests: Interests, reservation: float) -> GeniusProfile:
    """Wishes of an actor: worths as evaluations, weights such that the best of every issue is worth its weight."""
    names, shares = _name_values(s), interests.weights.shares
    worths = {
        name: {value: s.issues[key].options[option].worth[actor] for value, option in values.items()}
        for (name, values), key in zip(names.items(), s.issues, strict=True)
    }
    most = {name: max(values.values()) for name, values in worths.items()}
    weights = {name: shares.get(key, 0.0) * most[name] for name, key in zip(names, s.issues, strict=True)}
    total = sum(weights.values()) or 1.0
    any_deal = interests.value_of_any_deal.middle if interests.value_of_any_deal else 0.0
    kept = (reservation - any_deal) / max(1.0 - any_deal, 1e-9) / total
    evaluations = {
        name: {value: worth / (most[name] or 1.0) for value, worth in values.items()} for name, values in worths.items()
    }
    weights = {name: weight / total for name, weight in weights.items()}
    return GeniusProfile(actor, evaluations, weights, min(max(kept, 0.0), 1.0))
