"""Pairs: two source views of a scenario set side by side, and what is kept of their attribution."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UsageError

if TYPE_CHECKING:
    from analysis.methods.attribution import Attribution
    from analysis.methods.named_attribution import NamedAttribution, PlaceDifference
    from sim.ensemble.manifest import Manifest
    from sim.experiments.theme_coalitions import Design
    from sim.experiments.theme_differences import ThemeDifference
    from sim.schema.loaded_case import LoadedCase


@dataclass(frozen=True)
class ViewPair:
    """Two source views, and what is asked about them."""

    first: "LoadedCase"
    """The case through the first view."""
    second: "LoadedCase"
    """The case through the second one."""
    names: tuple[str, str]
    """Names of both views."""
    manifest: "Manifest"
    """How they are played."""
    themes: "tuple[ThemeDifference, ...]"
    """Themes in which they differ."""
    draws: int
    """Draws of every set of themes."""
    outcome: str
    """Key of the outcome; empty for all agreements in force."""

    @property
    def design(self) -> "Design":
        """What is to be played."""
        from sim.experiments.theme_coalitions import Design

        weeks, seed = self.manifest.horizon_weeks, self.manifest.seed
        return Design(self.first.scenario, self.second.scenario, self.themes, seed, self.draws, weeks)

    @property
    def count_effects(self) -> tuple[int, ...]:
        """Numbers of the outcomes that count."""
        keys = (self.outcome,) if self.outcome else self.manifest.agreements
        return tuple(n for n, key in enumerate(self.manifest.outcomes) if key in keys)

    @property
    def fingerprint(self) -> str:
        """Stands for everything that decides the numbers."""
        asked = f"{self.manifest.fingerprint} {' '.join(self.names)} {self.outcome}"
        return sha256(asked.encode()).hexdigest()

    def state_differences(self) -> "dict[str, tuple[PlaceDifference, ...]]":
        """What the views say differently, by theme, in the language in use."""
        from analysis.methods.named_attribution import ViewScenario, compare_statements
        from sim.experiments.theme_differences import find_themes

        first, second = (ViewScenario(case.text, find_themes(case)) for case in (self.first, self.second))
        return {theme.theme: compare_statements(theme, first, second) for theme in self.themes}

    def name_attribution(self, found: "Attribution", manifest: "Manifest | None" = None) -> "NamedAttribution":
        """The attribution with names for readers; those of another manifest if it is given."""
        from analysis.methods.named_attribution import NamedAttribution

        known = manifest or self.manifest
        first, second = (known.labels[name] for name in self.names)
        what = known.outcomes[self.outcome] if self.outcome else ""
        return NamedAttribution(first, second, what, known.horizon_weeks, found, self.state_differences())

    def as_json(self, found: "Attribution") -> dict[str, Any]:
        """Everything as plain mappings; shares and shifts from -1 to 1."""
        from analysis.methods.named_attribution import place_difference_as_json
        from analysis.methods.summary import NOTE

        manifest = self.manifest
        return {
            "note": NOTE,
            "scenario": manifest.scenario,
            "views": list(self.names),
            "outcome": self.outcome or "any_agreement",
            "seed": manifest.seed,
            "horizon_weeks": manifest.horizon_weeks,
            "fingerprint": self.fingerprint,
            **found.as_json(),
            "says": {
                name: [place_difference_as_json(one) for one in differ]
                for name, differ in self.state_differences().items()
            },
        }


def load_view_pair(case: str, first: str, second: str, outcome: str | None, how: Mapping[str, Any]) -> ViewPair:
    """Two views of a scenario, loaded; every mistake at once."""
    from sim.ensemble.plan import load_views, make_plans
    from sim.errors import require_known
    from sim.experiments.theme_differences import find_theme_differences
    from sim.loading.discovery import find_scenario
    from sim.loading.loader import list_views

    path = find_scenario(case)
    if not list_views(path):
        raise UsageError(f"{case} has no source views to set side by side")
    cases = load_views(path, [first, second], how["changes"], how["answers"])
    asked = {name: how[name] for name in ("horizon", "seed", "changes", "answers", "command")}
    manifest = make_plans([path], view_names=[first, second], runs=how["draws"], **asked)[0].manifest
    if outcome is not None:
        require_known(outcome, manifest.outcomes, "outcome")
    themes = find_theme_differences(cases[first], cases[second])
    if not themes:
        raise UsageError(f"{first} and {second} do not differ in this scenario, so there is nothing to attribute")
    return ViewPair(cases[first], cases[second], (first, second), manifest, themes, how["draws"], outcome or "")


def save(pair: ViewPair, found: "Attribution", out: Path, lang: str, *, page: str, numbers: str) -> str:
    """Keep the numbers, and write the page if it has a name; says in which folder."""
    from analysis.report.page import write_page
    from sim.errors import display_path
    from sim.storage.results_folder import choose_folder

    manifest = pair.manifest
    folder = choose_folder(manifest, out).with_name(f"attribute-{manifest.made_at[:10]}-{pair.fingerprint[:8]}")
    folder.mkdir(parents=True, exist_ok=True)
    made = manifest.model_dump(mode="json", exclude={"runs_asked", "precision"})
    text = json.dumps({**pair.as_json(found), "manifest": made}, ensure_ascii=False, indent=1, allow_nan=False)
    write_page(folder / numbers, text + "\n")
    if page:
        write_page(folder / page, _write_attribution_page(pair, found, lang))
    return display_path(folder)


def _write_attribution_page(pair: ViewPair, found: "Attribution", lang: str) -> str:
    """The page, in a language."""
    from analysis.report.attribution import build_attribution_page
    from sim.ensemble.results import Results
    from sim.i18n.messages import use_language
    from sim.workflows.localized_results import localize

    claims = {key: (claim.place, claim.we_read) for key, claim in pair.first.claims.items()}
    with use_language(lang):
        said = localize(Results(pair.manifest, {}), lang)
        return build_attribution_page(
            pair.name_attribution(found, said.results.manifest), said.results, claims, said.untranslated
        )
