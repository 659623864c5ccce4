"""Packages: what every package contains and is worth, for all runs at once - fixed for the whole run.

A package is terms by a sequence. What depends on the terms alone, on the sequence alone, or on how far a breakdown
would throw a party back is kept once for each of these, as arrays (parties, terms or sequences, runs).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.parameters import Draws
from sim.rules.numerics import power
from sim.schema.actor import VetoPlayer
from sim.schema.conditions import TermsCondition
from sim.schema.issue import Issue
from sim.schema.scenario import Scenario
from sim.schema.term_matching import find_option_index

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Terms = dict[str, str]
CONTEST_ENDS = ("first_prevails", "stalemate", "second_prevails")
"""Ends of the contest."""

CERTAIN = 1.0 - 1e-9
"""Chances over some weeks are cut off just below 1, so that a weekly chance exists."""


@dataclass(frozen=True)
class BreakdownClasses:
    """What the breakdown of agreements brings; terms alike in this make up a class."""

    kinds: Index
    """Class of every terms: (terms,)."""
    firsts: Index
    """First terms of every class: (classes,)."""
    shares: dict[str, Array]
    """Signed share of each shift of the balance: (classes,)."""
    guarantee: Array
    """Strongest guarantee: (terms,)."""


def find_breakdown_classes(s: Scenario, terms_list: Sequence[Terms]) -> BreakdownClasses:
    """Classes of terms that are alike in shifts and guarantee, in the order of their first terms."""
    issues, found = s.issues, {}
    for key, shift in s.contest.shifts.items():
        sizes = {i: {o: option.shifts.get(key, 0.0) for o, option in issues[i].options.items()} for i in issues}
        shares = [sum(sizes[i][o] for i, o in terms.items()) for terms in terms_list]
        found[key] = (1.0 if shift.favours == "first" else -1.0) * (np.array(shares) + float(shift.always))
    strengths = {i: {o: option.guarantee for o, option in issue.options.items()} for i, issue in issues.items()}
    guarantee = np.array([max(strengths[i][o] for i, o in terms.items()) for terms in terms_list])
    _, firsts, kinds = np.unique([*found.values(), guarantee], axis=1, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    kinds, firsts = np.argsort(order)[kinds.reshape(-1)], firsts[order]
    return BreakdownClasses(kinds, firsts, {key: shares[firsts] for key, shares in found.items()}, guarantee)


@dataclass(frozen=True)
class PrefixTree:
    """Terms, issue by issue: those that agree on the first issues share what these are worth."""

    levels: tuple[tuple[Index, Index], ...]
    """For every issue the branches: on which branch of the issue before each grows, and the number of its option."""
    leaves: Index
    """Branch of the last issue for each terms: (terms,)."""

    def select(self, terms: Index) -> "PrefixTree":
        """The tree of some of the terms, by their numbers; what they are worth is added up in the same order."""
        kept, leaves = np.unique(self.leaves[terms], return_inverse=True)
        levels = []
        for parents, options in reversed(self.levels):
            before, rows = np.unique(parents[kept], return_inverse=True)
            levels.append((rows, options[kept]))
            kept = before
        return PrefixTree(tuple(reversed(levels)), leaves)


def build_prefix_tree(chosen: Index) -> PrefixTree:
    """The tree of terms, given their option numbers on every issue: (terms, issues)."""
    rows, levels = np.zeros(len(chosen), dtype=np.int64), []
    for column in chosen.T:
        options = int(column.max(initial=0)) + 1
        branches, rows = np.unique(rows * options + column, return_inverse=True)
        levels.append((branches // options, branches % options))
    return PrefixTree(tuple(levels), rows)


@dataclass(frozen=True)
class TermsTable:
    """What holds of terms whatever the draws: looked up once for a layout."""

    parties: tuple[str, ...]
    """Whom it is about."""
    options: PrefixTree
    """What is chosen on every issue."""
    interim: PrefixTree
    """What holds while only the ceasefire stands."""
    ends: dict[str, PrefixTree]
    """What holds at each end of the contest."""
    breakdown_classes: BreakdownClasses
    """What breakdowns bring."""
    needed: Array
    """1 where the consent of a party is needed: (parties, terms)."""
    crossed: dict[str, dict[str, Array]]
    """1 where a party's line is crossed: (terms,)."""
    ratified: dict[str, Array]
    """1 where a party must ratify at home: (terms,)."""
    delivered: dict[str, Array]
    """1 where a party must deliver a term: (terms,)."""

    @property
    def count(self) -> int:
        """How many terms there are."""
        return int(self.options.leaves.size)


def build_terms_table(s: Scenario, terms_list: Sequence[Terms], parties: Sequence[str]) -> TermsTable:
    """Look up what holds of some terms, whatever is drawn."""
    veto_players = [s.actors[party].veto_player for party in parties]
    interested = {party: i for party in parties if (i := s.actors[party].interests)}
    chosen = _list_option_indices(s, terms_list)
    columns = dict(zip(s.issues, chosen.T, strict=True))

    def evaluate(condition: TermsCondition) -> Array:
        return find_satisfying(condition, columns, s.issues, len(terms_list)).astype(np.float64)

    between = chosen.copy()
    for column, issue in enumerate(s.issues.values()):
        if not issue.settled_by_ceasefire:
            between[:, column] = find_option_index(issue, issue.unresolved)
    return TermsTable(
        tuple(parties),
        build_prefix_tree(chosen),
        build_prefix_tree(between),
        {end: build_prefix_tree(_list_option_indices(s, [getattr(s.contest, end)])) for end in CONTEST_ENDS},
        find_breakdown_classes(s, terms_list),
        np.array([_find_needed(v, len(terms_list), evaluate) for v in veto_players]),
        {party: {name: evaluate(line.when) for name, line in i.red_lines.items()} for party, i in interested.items()},
        {party: evaluate(i.ratifies) for party, i in interested.items() if i.ratifies is not None},
        {party: evaluate(m.delivers) for party in parties if (m := s.actors[party].mediator) and m.delivers},
    )


def _find_needed(player: VetoPlayer | None, terms: int, evaluate: Callable[[TermsCondition], Array]) -> Array:
    """1 where the consent of a party is needed: everywhere, or where its veto says so."""
    if player is None:
        return np.ones(terms)
    return np.zeros(terms) if player.must_consent is None else evaluate(player.must_consent)


def _list_option_indices(s: Scenario, terms_list: Sequence[Terms]) -> NDArray[np.int64]:
    numbers = {name: {option: n for n, option in enumerate(issue.options)} for name, issue in s.issues.items()}
    return np.array([[known[terms[name]] for name, known in numbers.items()] for terms in terms_list], dtype=np.int64)


def find_satisfying(
    condition: TermsCondition, chosen: Mapping[str, Index], issues: Mapping[str, Issue], count: int
) -> NDArray[np.bool_]:
    """Which of many terms satisfy a condition: `satisfies`, for all of them at once.

    Args:
        condition: The condition.
        chosen: Number of the option that each of the terms has, by issue: (terms,).
        issues: What is negotiated about.
        count: How many terms there are.
    """
    fine = np.ones(count, dtype=np.bool_)
    if condition.issue:
        issue, own = issues[condition.issue], chosen[condition.issue]
        if condition.at_least is not None:
            fine &= own >= find_option_index(issue, condition.at_least)
        if condition.at_most is not None:
            fine &= own <= find_option_index(issue, condition.at_most)
    if condition.sum_of:
        fine &= sum(chosen[name] for name in condition.sum_of) >= (condition.reaches or 0)
    if condition.any_of:
        fine &= np.any([find_satisfying(inner, chosen, issues, count) for inner in condition.any_of], axis=0)
    for inner in condition.all_of:
        fine &= find_satisfying(inner, chosen, issues, count)
    return fine


def terms_value(issues: Mapping[str, Issue], draws: Draws, actor: str, tree: PrefixTree) -> Array:
    """Worth of terms to an actor.

    Args:
        issues: What is negotiated about, with the worth of every option.
        draws: Parameters of every run, among them the actor's weights.
        actor: Key of the actor.
        tree: The terms.

    Returns:
        The value of any deal, and the weighted worth of every option chosen, on the actor's own scale from 0 to 1:
        (terms, runs).
    """
    total: Array = np.zeros((1, _count_runs(draws)))
    for (name, issue), (parents, options) in zip(issues.items(), tree.levels, strict=True):
        worths = np.array([option.worth[actor] for option in issue.options.values()])[:, np.newaxis]
        total = total[parents] + (draws[f"actors.{actor}.interests.weights.{name}"] * worths)[options]
    any_deal = draws.get(f"actors.{actor}.interests.value_of_any_deal")
    worth = total if any_deal is None else any_deal + (1.0 - any_deal) * total
    return np.asarray(worth[tree.leaves])


def build_package_tables(
    scenario: Scenario, table: TermsTable, draws: Draws, settling_weeks: Array
) -> dict[str, dict[str, Array]]:
    """Variables of packages that never change during a run.

    Args:
        scenario: The scenario.
        table: What holds of the terms of its packages.
        draws: Parameters of every run.
        settling_weeks: Weeks in which open issues are settled: (runs,).

    Returns:
        Variables by space: of sequences, packages and breakdown classes, and of all these as parties see them.
    """
    sequences, repeat, runs = _build_sequence_table(scenario, draws), len(scenario.sequences), _count_runs(draws)
    tiles = (table.count, 1)
    packages = {
        name: np.concatenate([np.tile(sequences[name][:-1], tiles), sequences[name][-1:]])
        for name in ("weeks", "settles", "fights_on", "breakdown_factor")
    }
    waiting_weeks = np.maximum(np.ceil(sequences["weeks"]), 1.0)
    spread = {
        "settling_chance": spread_chance(sequences["settles"], settling_weeks),
        "unravelling_chance": spread_chance(draws["agreement_durability.unravels"], waiting_weeks),
    }
    for name, chances in spread.items():
        packages[name] = np.concatenate([np.tile(chances[:-1], tiles), chances[-1:]])
    packages["guarantee"] = broadcast_over_runs(
        np.append(np.repeat(table.breakdown_classes.guarantee, repeat), 0.0), runs
    )
    return {
        "sequence": sequences,
        "package": packages,
        "breakdown_class": _build_breakdown_table(table.breakdown_classes, repeat, draws),
        "party_sequence": {"delay_weight": _compute_delay_weight(table.parties, draws, sequences["weeks"][:-1])},
        "party_terms": _build_party_terms_table(scenario, table, draws),
        "party_package": _build_party_package_table(table, repeat, runs),
    }


def spread_chance(chance: Array, weeks: Array) -> Array:
    """Chance per week that comes to a chance over some weeks."""
    return np.asarray(1.0 - power(1.0 - np.minimum(chance, CERTAIN), 1.0 / weeks))


def broadcast_over_runs(values: Array, runs: int) -> Array:
    """The same values in all runs, without room for each."""
    return np.broadcast_to(values[..., np.newaxis], (*values.shape, runs))


def _build_sequence_table(scenario: Scenario, draws: Draws) -> dict[str, Array]:
    table: dict[str, Array] = {}
    for name in ("weeks", "settles", "breakdown_factor"):
        table[name] = _append_nobody(np.array([draws[f"sequences.{key}.{name}"] for key in scenario.sequences]))
    fights = [float(sequence.fighting_until_settled) for sequence in scenario.sequences.values()]
    table["fights_on"] = broadcast_over_runs(np.array([*fights, 0.0]), _count_runs(draws))
    return table


def _build_breakdown_table(classes: BreakdownClasses, repeat: int, draws: Draws) -> dict[str, Array]:
    """How far breakdowns move the balance, and how strongly they are guaranteed against."""
    runs = _count_runs(draws)
    shift: Array = np.zeros((classes.firsts.size, runs))
    for key, shares in classes.shares.items():
        shift += shares[:, np.newaxis] * draws[f"contest.shifts.{key}.size"]
    guarantee = np.append(np.repeat(classes.guarantee[classes.firsts], repeat), 0.0)
    return {
        "shift": _append_nobody(np.repeat(shift, repeat, axis=0)),
        "guarantee": broadcast_over_runs(guarantee, runs),
    }


def _compute_delay_weight(parties: Sequence[str], draws: Draws, weeks: Array) -> Array:
    """What a later settlement still counts, by party and sequence."""
    weights: Array = np.zeros((len(parties) + 1, *weeks.shape))
    for row, party in enumerate(parties):
        discount = draws.get(f"actors.{party}.interests.weekly_discount")
        if discount is not None:
            weights[row] = power(discount + 0.0 * weeks, weeks)
    return weights


def _build_party_terms_table(scenario: Scenario, table: TermsTable, draws: Draws) -> dict[str, Array]:
    """Worth of terms to parties, while open issues are unresolved, too, and prices of the lines they cross."""
    shape, issues = (len(table.parties) + 1, table.count, _count_runs(draws)), scenario.issues
    found: dict[str, Array] = {name: np.zeros(shape) for name in ("worth", "interim", "crossing")}
    for row, party in enumerate(table.parties):
        if party not in table.crossed:
            continue
        found["worth"][row] = terms_value(issues, draws, party, table.options)
        found["interim"][row] = terms_value(issues, draws, party, table.interim)
        for name, crossed in table.crossed[party].items():
            price = draws[f"actors.{party}.interests.red_lines.{name}.price"]
            found["crossing"][row] += crossed[:, np.newaxis] * price
    return found


def _build_party_package_table(table: TermsTable, repeat: int, runs: int) -> dict[str, Array]:
    """Whose consent a package needs, who must have it ratified, and who must deliver a term."""
    none = np.zeros(table.count)
    facts = {"ratifies": table.ratified, "delivers": table.delivered}
    found = {name: np.array([fact.get(party, none) for party in table.parties]) for name, fact in facts.items()}
    found["needed"] = table.needed
    return {
        name: broadcast_over_runs(_append_nobody(np.repeat(values, repeat, axis=1)), runs)
        for name, values in found.items()
    }


def _append_nobody(table: Array) -> Array:
    """The table with a row of zeros at its end."""
    return np.concatenate([table, np.zeros((1, *table.shape[1:]))])


def _count_runs(draws: Draws) -> int:
    return int(next(iter(draws.values())).size)


def list_all_terms(scenario: Scenario) -> tuple[tuple[str, Terms], ...]:
    """All terms there could be, one option per issue in every combination."""
    issues = scenario.issues
    sizes = [len(issue.options) for issue in issues.values()]
    found = []
    for chosen in np.ndindex(*sizes):
        picked = {name: list(issue.options)[at] for (name, issue), at in zip(issues.items(), chosen, strict=True)}
        found.append(("/".join(picked.values()), picked))
    return tuple(found)
