"""Pairs: two source views of a scenario set side by side, and what is kept of their attribution."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.speech import WrongUse

if TYPE_CHECKING:
    from analysis.questions.attributed import Attributed, Stated
    from analysis.questions.attribution import Attribution
    from sim.ensemble.coalitions import Design
    from sim.ensemble.differing import Differing
    from sim.ensemble.manifest import Manifest
    from sim.spec.case import Case


@dataclass(frozen=True)
class Pair:
    """Two source views, and what is asked about them."""

    first: "Case"
    """The case through the first view."""
    second: "Case"
    """The case through the second one."""
    names: tuple[str, str]
    """Names of both views."""
    manifest: "Manifest"
    """How they are played."""
    themes: "tuple[Differing, ...]"
    """Themes in which they differ."""
    draws: int
    """Draws of every set of themes."""
    outcome: str
    """Key of the outcome; empty for all agreements in force."""

    @property
    def design(self) -> "Design":
        """What is to be played."""
        from sim.ensemble.coalitions import Design

        weeks, seed = self.manifest.horizon_weeks, self.manifest.seed
        return Design(self.first.scenario, self.second.scenario, self.themes, seed, self.draws, weeks)

    @property
    def counted(self) -> tuple[int, ...]:
        """Numbers of the outcomes that count."""
        keys = (self.outcome,) if self.outcome else self.manifest.agreements
        return tuple(n for n, key in enumerate(self.manifest.outcomes) if key in keys)

    @property
    def digest(self) -> str:
        """Stands for everything that decides the numbers."""
        asked = f"{self.manifest.digest} {' '.join(self.names)} {self.outcome}"
        return sha256(asked.encode()).hexdigest()

    def stated(self) -> "dict[str, tuple[Stated, ...]]":
        """What the views say differently, by theme, in the language in use."""
        from analysis.questions.attributed import View, stated
        from sim.ensemble.differing import themes_of

        first, second = (View(case.text, themes_of(case)) for case in (self.first, self.second))
        return {theme.theme: stated(theme, first, second) for theme in self.themes}

    def named(self, found: "Attribution", manifest: "Manifest | None" = None) -> "Attributed":
        """The attribution with names for readers; those of another manifest if it is given."""
        from analysis.questions.attributed import Attributed

        known = manifest or self.manifest
        first, second = (known.labels[name] for name in self.names)
        what = known.outcomes[self.outcome] if self.outcome else ""
        return Attributed(first, second, what, known.horizon_weeks, found, self.stated())

    def as_json(self, found: "Attribution") -> dict[str, Any]:
        """Everything as plain mappings; shares and shifts from -1 to 1."""
        from analysis.questions.attributed import stated_as_json
        from analysis.questions.summary import NOTE

        manifest = self.manifest
        return {
            "note": NOTE,
            "scenario": manifest.scenario,
            "views": list(self.names),
            "outcome": self.outcome or "any_agreement",
            "seed": manifest.seed,
            "horizon_weeks": manifest.horizon_weeks,
            "digest": self.digest,
            **found.as_json(),
            "says": {name: [stated_as_json(one) for one in differ] for name, differ in self.stated().items()},
        }


def pair_of(case: str, first: str, second: str, outcome: str | None, how: Mapping[str, Any]) -> Pair:
    """Two views of a scenario, loaded; every mistake at once."""
    from sim.commands.options import known_name
    from sim.ensemble.differing import differing
    from sim.ensemble.plan import plans_of, views_of
    from sim.spec.find import find_scenario
    from sim.spec.load import available_lenses

    path = find_scenario(case)
    if not available_lenses(path):
        raise WrongUse(f"{case} has no source views to set side by side")
    cases = views_of(path, [first, second], how["changes"], how["switches"])
    asked = {name: how[name] for name in ("horizon", "seed", "changes", "switches", "command")}
    manifest = plans_of([path], lenses=[first, second], runs=how["draws"], **asked)[0].manifest
    if outcome is not None:
        known_name(outcome, manifest.outcomes, "outcome")
    themes = differing(cases[first], cases[second])
    if not themes:
        raise WrongUse(f"{first} and {second} do not differ in this scenario, so there is nothing to attribute")
    return Pair(cases[first], cases[second], (first, second), manifest, themes, how["draws"], outcome or "")


def save(pair: Pair, found: "Attribution", out: Path, lang: str, *, page: str, numbers: str) -> str:
    """Keep the numbers, and write the page if it has a name; says in which folder."""
    from analysis.report.shell import write
    from sim.ensemble.storage import folder_for
    from sim.spec.mistake import shown

    manifest = pair.manifest
    folder = folder_for(manifest, out).with_name(f"attribute-{manifest.made_at[:10]}-{pair.digest[:8]}")
    folder.mkdir(parents=True, exist_ok=True)
    made = manifest.model_dump(mode="json", exclude={"runs_asked", "precision"})
    text = json.dumps({**pair.as_json(found), "manifest": made}, ensure_ascii=False, indent=1, allow_nan=False)
    write(folder / numbers, text + "\n")
    if page:
        write(folder / page, _page(pair, found, lang))
    return shown(folder)


def _page(pair: Pair, found: "Attribution", lang: str) -> str:
    """The page, in a language."""
    from analysis.report.attribution import attribution_page
    from sim.commands.spoken import spoken
    from sim.ensemble.results import Results
    from sim.language.tongue import speaking

    claims = {key: (claim.place, claim.we_read) for key, claim in pair.first.claims.items()}
    with speaking(lang):
        said = spoken(Results(pair.manifest, {}), lang)
        return attribution_page(pair.named(found, said.results.manifest), said.results, claims, said.lacking)
