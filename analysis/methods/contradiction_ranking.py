"""Contradiction ranking: which of the questions over which sources differ moves an outcome most, under one view?

Read aloud
    Every side of every question is laid over the source view, one at a time, and played on the same draws. A side moves
    the share of the outcome by its difference to the view as it is. What it does within draws that match the reported
    run-up both ways is its effect; what comes from draws that match one way alone is selection, and no finding; both
    add up. Effects rank and judge, whether sides hold in the run-up or not. All looks are taken together: intervals
    hold at once (Bonferroni), and Holm's procedure says which effects are real. Sides that change the same are one
    look. A question matters if one of its sides has an effect that Holm's procedure calls real and whose interval
    leaves out zero; of such sides the widest decides, and is shown. It is negligible if the effects of all its sides
    have intervals within a margin about zero; else the runs cannot tell. Then the widest of its sides is shown.

Sources
    One factor at a time: Saltelli and others (2008), Global Sensitivity Analysis. Common random numbers: Law (2015).
    Margin about zero: Schuirmann (1987), two one-sided tests. Many looks: many_looks.py.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import FloatArray, Interval, estimate_share
from analysis.methods.knowledge_value import KnowledgeValue
from analysis.methods.many_looks import adjust_holm, compute_p_value, find_joint_level
from analysis.methods.paired_change import PartOfChange, SplitChange, read_split, split_change
from analysis.methods.side_numbers import Look, SideNumbers
from sim.schema.claim import Claim, Kind
from sim.schema.loaded_case import HoldsFrom
from sim.schema.open_question import Contradiction
from sim.schema.source import Source

LEVEL = 0.95
"""Level at which all intervals hold together, and at which an effect is called real."""

Verdict = Literal["matters", "negligible", "undecided"]
"""What the runs say of a question."""

Voice = tuple[Kind, str]
"""How a claim is made, and who speaks in it where it is not the author of the text."""

Ends = NDArray[np.integer[Any]]
"""Number of the outcome of every draw."""


@dataclass(frozen=True)
class Flip:
    """One side of a question, laid over the source view."""

    side: str
    """Name of the side."""
    n_matching: int
    """Draws that match the reported run-up with it."""
    n_both: int
    """Draws that match with it and without it."""
    change: SplitChange | None
    """How far the share moves, with intervals that hold at all looks at once; none where no draw matches."""
    p_value: float
    """Chance of an effect at least so large if there were none, for this look alone."""
    adjusted: float
    """The same for all looks together (Holm)."""
    same_as: tuple[Look, ...] = ()
    """Sides of other questions that change the same."""

    @property
    def effect(self) -> PartOfChange | None:
        """How far the share moves within draws that match both ways; none where no draw does."""
        return self.change.effect if self.change else None

    @property
    def reach(self) -> float:
        """The same without sign and interval; 0 where no draw matches both ways."""
        return abs(self.effect.value) if self.effect else 0.0

    @property
    def decides(self) -> bool:
        """True if Holm's procedure calls the effect real and its interval, which holds at all looks, leaves out 0."""
        part = self.effect
        return part is not None and self.adjusted <= 1.0 - LEVEL and (part.low > 0 or part.high < 0)


@dataclass(frozen=True)
class RankedQuestion:
    """A question with all its sides."""

    key: str
    """Its name."""
    flips: tuple[Flip, ...]
    """Sides that change something in this view."""
    verdict: Verdict
    """What the runs say of it."""

    @property
    def shown(self) -> Flip:
        """The side that stands for the question: the widest of those that decide, or else the widest."""
        return max(self.flips, key=lambda flip: (flip.decides, flip.reach))

    @property
    def look(self) -> Look:
        """The question and the side that is shown."""
        return self.key, self.shown.side


@dataclass(frozen=True)
class Ranking:
    """Questions in the order in which they move an outcome."""

    share: Interval
    """Share of the outcome under the view as it is."""
    draws: int
    """Draws played with every side."""
    n_matching: int
    """Draws that match under the view as it is."""
    looks: int
    """Effects that were looked at; sides that change the same are one."""
    margin: float
    """Distance from zero below which an effect is called negligible."""
    questions: tuple[RankedQuestion, ...]
    """Those with a side that changes something, what moves most first."""

    def select(self, verdict: Verdict) -> tuple[tuple[RankedQuestion, ...], ...]:
        """The questions of which the runs say this; those whose shown sides change the same stand together."""
        return group_same(one for one in self.questions if one.verdict == verdict)

    def list_selecting(self) -> tuple[str, ...]:
        """Questions with a side under which other draws match than under the view as it is."""
        return tuple(one.key for one in self.questions if any(self._selects(flip) for flip in one.flips))

    def _selects(self, flip: Flip) -> bool:
        return not flip.n_both == flip.n_matching == self.n_matching

    def as_json(self) -> dict[str, Any]:
        """The ranking as plain mappings; shares and differences from -1 to 1."""
        return {
            "share": {
                "value": self.share.share,
                "low": self.share.low,
                "high": self.share.high,
                "kind": self.share.kind,
            },
            "draws": self.draws,
            "matching": self.n_matching,
            "looks": self.looks,
            "level": LEVEL,
            "adjustment": "Holm",
            "intervals": "Bonferroni",
            "margin": self.margin,
            "questions": {one.key: _question_as_json(one) for one in self.questions},
        }


def group_same(questions: Iterable[RankedQuestion]) -> tuple[tuple[RankedQuestion, ...], ...]:
    """Questions whose shown sides change the same, together, in the order given."""
    groups: list[list[RankedQuestion]] = []
    for one in questions:
        home = next((some for some in groups if some[0].look in one.shown.same_as), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return tuple(map(tuple, groups))


def _question_as_json(question: RankedQuestion) -> dict[str, Any]:
    sides = {flip.side: flip_as_json(flip) for flip in question.flips}
    return {"verdict": question.verdict, "shown": question.shown.side, "sides": sides}


def flip_as_json(flip: Flip) -> dict[str, Any]:
    """One side as plain mappings."""
    change = flip.change
    parts = ("difference", "effect", "selection")
    found = {name: getattr(change, name) if change else None for name in parts}
    return {
        "share": change.changed if change else None,
        **{name: None if part is None else dict(vars(part)) for name, part in found.items()},
        "matching": flip.n_matching,
        "jointly_matching": flip.n_both,
        "p": flip.p_value,
        "p_holm": flip.adjusted,
        "decides": flip.decides,
        "same_as": ["=".join(look) for look in flip.same_as],
    }


def ranking_from_json(data: Mapping[str, Any]) -> Ranking:
    """A ranking that was kept, read back; what is said of its questions is judged anew.

    Raises:
        KeyError, TypeError, ValueError: it is of another form.
    """
    share = data["share"]
    found = Interval(float(share["value"]), float(share["low"]), float(share["high"]), share["kind"])
    margin = float(data["margin"])
    flips = {
        str(key): tuple(_flip_from_json(side, row, found) for side, row in one["sides"].items())
        for key, one in data["questions"].items()
    }
    questions = tuple(RankedQuestion(key, sides, _judge(sides, margin)) for key, sides in flips.items())
    draws, matching, looks = (int(data[name]) for name in ("draws", "matching", "looks"))
    return Ranking(found, draws, matching, looks, margin, questions)


def _flip_from_json(side: str, data: Mapping[str, Any], as_is: Interval) -> Flip:
    change = None if data["share"] is None else read_split(as_is.share, float(data["share"]), data)
    matching, both = (int(data[name]) for name in ("matching", "jointly_matching"))
    same_as = tuple((question, other) for question, _, other in (one.partition("=") for one in data["same_as"]))
    return Flip(side, matching, both, change, float(data["p"]), float(data["p_holm"]), same_as)


def rank_questions(
    as_is: Ends,
    flips: Mapping[str, Mapping[str, Ends]],
    outcomes: Collection[int],
    none: int,
    margin: float,
    same: Collection[Collection[Look]] = (),
) -> Ranking:
    """Rank questions by how far a side of theirs moves the share of some outcomes, within draws that match both ways.

    Args:
        as_is: Number of the outcome of every draw under the view as it is; some draw must match.
        flips: The same with a side laid over it, by question and side; sides that change nothing are left out.
        outcomes: Numbers of the outcomes that count.
        none: Stands for the outcome of a draw that does not match.
        margin: Distance from zero below which an effect is called negligible.
        same: Sides that change the same, together, each as a question and a side; they count as one look.
    """
    looks = [(question, side) for question, sides in flips.items() for side in sides]
    alike = {look: tuple(other for other in some if other in looks) for some in same for look in some}
    firsts = {look: alike.get(look, (look,))[0] for look in looks}
    distinct = list(dict.fromkeys(firsts.values()))
    level, base = find_joint_level(len(distinct), LEVEL), _find_hits(as_is, outcomes, none)
    pairs = {look: _find_hits(flips[look[0]][look[1]], outcomes, none) for look in distinct}
    p_values = [_compute_p_of_effect(base, pair) for pair in pairs.values()]
    sure = dict(zip(distinct, zip(p_values, adjust_holm(p_values), strict=True), strict=True))
    found: dict[str, list[Flip]] = {}
    for look, first in firsts.items():
        matching, hits = pairs[first]
        change = split_change(*base, matching, hits, level) if matching.any() else None
        many = int(matching.sum()), int((matching * base[0]).sum())
        others = tuple(other for other in alike.get(look, ()) if other != look)
        found.setdefault(look[0], []).append(Flip(look[1], *many, change, *sure[first], others))
    questions = [RankedQuestion(key, tuple(sides), _judge(sides, margin)) for key, sides in found.items()]
    matching, hits = base
    return Ranking(
        share=estimate_share(int(hits.sum()), int(matching.sum())),
        draws=int(as_is.size),
        n_matching=int(matching.sum()),
        looks=len(distinct),
        margin=margin,
        questions=tuple(sorted(questions, key=lambda one: -one.shown.reach)),
    )


def _find_hits(ends: Ends, outcomes: Collection[int], none: int) -> tuple[FloatArray, FloatArray]:
    """1 for draws that match, and 1 for those of them that count."""
    return (ends != none).astype(np.float64), np.isin(ends, list(outcomes)).astype(np.float64)


def _compute_p_of_effect(base: tuple[FloatArray, FloatArray], pair: tuple[FloatArray, FloatArray]) -> float:
    """Chance of so large a difference within draws that match both ways if there were none; 1 where no draw does."""
    both = base[0] * pair[0]
    return compute_p_value(both, base[1] * both, both, pair[1] * both) if both.any() else 1.0


def _judge(flips: Collection[Flip], margin: float) -> Verdict:
    """What the runs say of a question with these sides."""
    if any(flip.decides for flip in flips):
        return "matters"
    return "negligible" if all(_is_within(flip, margin) for flip in flips) else "undecided"


def _is_within(flip: Flip, margin: float) -> bool:
    part = flip.effect
    return part is not None and -margin <= part.low and part.high <= margin


@dataclass(frozen=True)
class NamedRanking:
    """A ranking with the names of all it speaks of."""

    view: str
    """Name of the source view for readers."""
    outcome_label: str
    """Label of the outcome; empty for all agreements in force together."""
    weeks: int
    """Weeks played."""
    holds_from: HoldsFrom
    """From when sides hold: in the run-up, too, or from week 1."""
    ranking: Ranking
    """The numbers."""
    questions: Mapping[str, str]
    """What sources differ over, by question."""
    n_without_effect: int
    """Questions that change nothing in this view, whichever side is right."""
    values: Mapping[str, KnowledgeValue]
    """What it is worth to know the answer, by question; empty if no scenario files were compared."""
    files: tuple[str, ...]
    """Scenario files that were compared for it."""
    voices: Mapping[Look, tuple[Voice, ...]] = field(default_factory=dict)
    """How every side is said, by question and side."""
    within: frozenset[str] = frozenset()
    """Questions over which one source differs with itself, or tells of others who differ."""
    numbers: Mapping[Look, SideNumbers] = field(default_factory=dict)
    """Which views have the numbers of a side, and which other sides set them, by question and side."""


def find_within(
    contradictions: Mapping[str, Contradiction], claims: Mapping[str, Claim], sources: Mapping[str, Source]
) -> frozenset[str]:
    """Questions of which all sides rest on texts of one author: no contradiction between sources.

    Args:
        contradictions: The questions.
        claims: What their sides rest on.
        sources: The texts, with who wrote them.
    """
    voices = {
        key: {
            sources[claims[name].source].author if claims[name].source in sources else claims[name].source
            for side in one.sides.values()
            for name in side.claims
            if name in claims
        }
        for key, one in contradictions.items()
    }
    return frozenset(key for key, some in voices.items() if len(some) == 1)


def find_voices(
    contradictions: Mapping[str, Contradiction], claims: Mapping[str, Claim]
) -> dict[Look, tuple[Voice, ...]]:
    """How every side of every question is said: kind and speaker of its claims, each once, in their order."""
    return {
        (key, name): tuple(
            dict.fromkeys((claims[one].kind, claims[one].speaker) for one in side.claims if one in claims)
        )
        for key, contradiction in contradictions.items()
        for name, side in contradiction.sides.items()
    }
