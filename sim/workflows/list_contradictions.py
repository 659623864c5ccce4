"""List contradictions: over which questions do the sources of a case differ, and does it change the model?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from analysis.figures.contradiction_sides import format_voices
from analysis.figures.figure_table import Table
from analysis.report.coders import describe_coders_shortly
from sim.errors import ScenarioError, UsageError, find_similar, require_known, suggest
from sim.i18n.messages import format_number, message
from sim.loading.discovery import find_default_case, find_scenario
from sim.loading.extends import resolve_extends
from sim.loading.loader import load_case
from sim.loading.resolve_questions import read_contradictions
from sim.schema.claim import Claim, Kind
from sim.schema.loaded_case import LoadedCase
from sim.schema.open_question import Contradiction, ContradictionSide
from sim.workflows.arguments import OneOrMany, list_words
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, resolve_case

EFFECTS = ("yes", "no")
"""What may be asked of a contradiction's effect."""


TOLD = ("claim", "kind", "speaker")
"""What a data frame tells of the claims of a side."""


@dataclass(frozen=True, repr=False)
class ContradictionList(TableDisplay):
    """Questions over which the sources of a case differ."""

    case: LoadedCase
    """The case."""
    contradictions: Mapping[str, Contradiction]
    """Those that were asked for, by name."""
    n_all: int
    """All that the case has."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "scenario": self.case.name,
            "all": self.n_all,
            "contradictions": [self._describe(key, one) for key, one in self.contradictions.items()],
        }

    def _describe(self, key: str, one: Contradiction) -> dict[str, Any]:
        sides = [
            {
                "side": name,
                "says": side.says,
                "changes": side.has_effect,
                "claims": describe_claims(side, self.case.claims),
            }
            for name, side in one.sides.items()
        ]
        effect = {"effect": not one.no_difference, "no_difference": one.no_difference}
        return {"contradiction": key, "question": one.question, **effect, "sides": sides}

    def to_frame(self) -> Any:
        """One row per side, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"contradiction": one["contradiction"], "question": one["question"], "effect": one["effect"]}
            | {"side": side["side"], "says": side["says"]}
            | {
                f"{name}s": ", ".join(dict.fromkeys(filter(None, (row[name] for row in side["claims"]))))
                for name in TOLD
            }
            for one in self.as_json()["contradictions"]
            for side in one["sides"]
        )

    def build_table(self) -> Table:
        """One row per question."""
        names = ("question", "asked", "sides", "sources", "kinds", "effect")
        caption = message(
            "contradictions.list-caption",
            case=self.case.scenario.title,
            shown=format_number(len(self.contradictions)),
            all=format_number(self.n_all),
        )
        rows = tuple(self._build_row(key, one) for key, one in self.contradictions.items())
        return Table(caption, tuple(message(f"contradictions.list-{name}") for name in names), rows)

    def _build_row(self, key: str, one: Contradiction) -> tuple[str, ...]:
        claims = [self.case.claims[name] for name in list_claims(one) if name in self.case.claims]
        effect = message(f"contradictions.list-effect-{'no' if one.no_difference else 'yes'}", why=one.no_difference)
        return (
            key,
            one.question,
            ", ".join(one.sides),
            ", ".join(dict.fromkeys(claim.source for claim in claims)),
            format_voices(dict.fromkeys((claim.kind, claim.speaker) for claim in claims)),
            effect,
        )

    def build_text_table(self) -> TextTable:
        """The table, under its caption."""
        table = self.build_table()
        return TextTable((table.caption,), table.head, table.rows, (self.describe_coders(),))

    def describe_coders(self) -> str:
        """How many claims of the case were read twice, and by whom."""
        return describe_coders_shortly(self.case.claims.values(), self.case.coders)


def list_contradictions(
    case: Case = None,
    *,
    source: OneOrMany | None = None,
    kind: OneOrMany | None = None,
    effect: str | None = None,
) -> ContradictionList:
    """List the questions over which the sources of a case differ.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        source: Only those with a side that rests on one of these sources: keys of sources.yaml, or beginnings of them,
            such as an author's name.
        kind: Only those with a side that rests on a claim of one of these kinds, such as `reported`.
        effect: `yes` for those that change the model, `no` for the others; all if left out.

    Returns:
        The questions with their sides and claims.

    Raises:
        ScenarioError: something in the scenario does not fit.
        UsageError: the case has no contradictions, or there is no such source, kind or effect.
    """
    try:
        found, known = read_case_contradictions(resolve_case(case).path)
    except ScenarioError:
        if isinstance(case, str) and case in read_contradictions(resolve_extends(find_scenario(find_default_case()))):
            raise UsageError(f"{case} is a question and no case; `zopa cite {case}` shows it") from None
        raise
    asked, kinds = list_words(source), [require_known(one, get_args(Kind), "kind of claim") for one in list_words(kind)]
    sources = {key for one in asked for key in _find_sources(one, found)}
    if effect is not None:
        require_known(effect, EFFECTS, "effect")

    def is_asked(one: Contradiction) -> bool:
        claims = [found.claims[name] for name in list_claims(one) if name in found.claims]
        return (
            (not asked or any(claim.source in sources for claim in claims))
            and (not kinds or any(claim.kind in kinds for claim in claims))
            and (effect is None or (effect == "yes") != bool(one.no_difference))
        )

    return ContradictionList(found, {key: one for key, one in known.items() if is_asked(one)}, len(known))


def read_case_contradictions(path: Path) -> tuple[LoadedCase, Mapping[str, Contradiction]]:
    """A case and the questions over which its sources differ.

    Raises:
        UsageError: there are none.
    """
    case, known = load_case(path), read_contradictions(resolve_extends(path))
    if not known:
        raise UsageError(f"{case.name} has no contradictions; they stand in contradictions.yaml beside its base")
    return case, known


def describe_claims(side: ContradictionSide, claims: Mapping[str, Claim]) -> list[dict[str, str]]:
    """The claims on which a side rests: place, kind, and who speaks if it is not the author."""
    return [
        {"claim": name, "place": claims[name].place, "kind": claims[name].kind, "speaker": claims[name].speaker}
        for name in side.claims
        if name in claims
    ]


def list_claims(one: Contradiction) -> list[str]:
    """Names of the claims on which the sides of a question rest."""
    return [claim for side in one.sides.values() for claim in side.claims]


def _find_sources(asked: str, case: LoadedCase) -> list[str]:
    """Keys of the sources that are meant."""
    found = [key for key in case.sources if key == asked] or [key for key in case.sources if key.startswith(asked)]
    if not found:
        keys = [*case.sources]
        beginnings = [] if find_similar(asked, keys) else find_similar(asked, [key.partition("-")[0] for key in keys])
        raise UsageError(f"there is no source {asked!r}; {suggest(asked, beginnings[:1] or keys)}")
    return found
