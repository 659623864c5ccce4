"""Mirror: what a part of a scenario looks like when the two sides trade places.

Read aloud
    The first side becomes the second, and the options of every issue are read from the other end. Two conditions on
    terms are mirror images if one holds of exactly those terms whose mirror images the other holds of.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from sim.schema.actor import Ratification, RedLine
from sim.schema.conditions import RunCondition, TermsCondition
from sim.schema.issue import Issue
from sim.schema.lever import Lever
from sim.schema.scenario import Scenario
from sim.schema.term_matching import satisfies

ENDS = {"first_prevails": "second_prevails", "second_prevails": "first_prevails"}
REASONS = ("because", "assumed", "label", "about")
"""Keys that say nothing of what a part does."""


@dataclass(frozen=True)
class Mirror:
    """The two sides of a scenario, and what it looks like from the other one's place."""

    scenario: Scenario

    @cached_property
    def sides(self) -> tuple[str, str]:
        """Keys of the disputants, the first side first."""
        first, second = self.scenario.find_by_role("disputant")
        return first, second

    @property
    def pairs(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Each side with the other."""
        return self.sides, (self.sides[1], self.sides[0])

    def mark(self, side: str, text: str = "×") -> tuple[str, str]:
        """The text in the place of its side, and nothing in the other's."""
        return (text, "–") if side == self.sides[0] else ("–", text)

    def swap_actor(self, key: str) -> str:
        """The other side for a side; anybody else stays."""
        return dict(self.pairs).get(key, key)

    def swap_terms(self, terms: dict[str, str]) -> dict[str, str]:
        """The same terms, read from the other end of every issue."""
        options = {key: list(self.scenario.issues[key].options) for key in terms}
        return {key: options[key][-1 - options[key].index(option)] for key, option in terms.items()}

    def list_worths(self, issue: Issue) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """What the options are worth to each side, in the order of the issue."""
        first, second = (tuple(one.worth[side] for one in issue.options.values()) for side in self.sides)
        return first, second

    def find_red_lines(self, side: str) -> dict[str, RedLine]:
        """Red lines of a side."""
        interests = self.scenario.actors[side].interests
        return interests.red_lines if interests else {}

    def find_ratification(self, side: str) -> Ratification | None:
        """Terms for which a side needs one more key at home."""
        interests = self.scenario.actors[side].interests
        return interests.ratifies if interests else None

    def swaps(self, one: TermsCondition, other: TermsCondition) -> bool:
        """True if the two conditions are mirror images."""
        issues = tuple(key for key in self.scenario.issues if key in {*_find_issues(one), *_find_issues(other)})
        return self._list_terms(one, issues, swapped=True) == self._list_terms(other, issues)

    def _list_terms(
        self, condition: TermsCondition, issues: tuple[str, ...], *, swapped: bool = False
    ) -> frozenset[tuple[tuple[str, str], ...]]:
        """All terms of these issues that satisfy the condition, or their mirror images."""
        known = self.scenario.issues
        each = (dict(zip(issues, terms, strict=True)) for terms in product(*(known[key].options for key in issues)))
        fitting = (terms for terms in each if satisfies(condition, terms, known))
        return frozenset(tuple((self.swap_terms(terms) if swapped else terms).items()) for terms in fitting)

    def format_condition(self, condition: TermsCondition) -> str:
        """A condition in few words, as the file has it."""
        if condition.issue:
            bounds = (("at least", condition.at_least), ("at most", condition.at_most))
            return f"{condition.issue} " + ", ".join(f"{word} {option}" for word, option in bounds if option)
        if condition.sum_of:
            return f"{' + '.join(condition.sum_of)} at least {condition.reaches}"
        word = " or " if condition.any_of else " and "
        return word.join(self.format_condition(one) for one in condition.any_of or condition.all_of)

    def strip_lever(self, lever: Lever) -> dict[str, Any]:
        """What a lever does, without its names and reasons."""
        found: dict[str, Any] = _strip(lever.model_dump(exclude={"effects": {"deters"}}))
        return found

    def swap_lever(self, lever: Lever) -> dict[str, Any]:
        """What the lever would do if the sides traded places."""
        names = {name: self.swap_actor(getattr(lever, name)) for name in ("holder", "target", "beneficiary")}
        return self.strip_lever(lever.model_copy(update=names))

    def describe_run_condition(self, condition: RunCondition, *, swapped: bool = False) -> object:
        """Something that is equal for conditions that hold in the same runs, the sides having traded places or not."""
        told: dict[str, object] = condition.model_dump(exclude={"terms", "any_of", "none_of"})
        if swapped and condition.ended:
            told["ended"] = ENDS.get(condition.ended, condition.ended)
        if condition.terms:
            issues = tuple(sorted(set(_find_issues(condition.terms))))
            told["terms"] = self._list_terms(condition.terms, issues, swapped=swapped)
        for name in ("any_of", "none_of"):
            told[name] = [self.describe_run_condition(one, swapped=swapped) for one in getattr(condition, name)]
        return told


def _find_issues(condition: TermsCondition) -> list[str]:
    """Issues of which a condition speaks."""
    own = [*condition.sum_of, *([condition.issue] if condition.issue else [])]
    return own + [key for inner in (*condition.any_of, *condition.all_of) for key in _find_issues(inner)]


def _strip(part: Any) -> Any:
    """Data without names and reasons."""
    return {key: _strip(one) for key, one in part.items() if key not in REASONS} if isinstance(part, dict) else part
