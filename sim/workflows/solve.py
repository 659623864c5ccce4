"""Solve: what would theories of bargaining choose among the packages of a scenario?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.figures import bargaining_solutions
from analysis.figures.registry import FIGURES
from analysis.methods.bargaining import SOLUTIONS, BargainingSolutions, Distances, measure_distances, solve_bargaining
from analysis.methods.change_words import describe_changes_of_case
from analysis.methods.solved_pair import SolvedPair, pair_parties
from analysis.report.bargaining_notes import list_bargaining_notes
from analysis.report.figure_sections import build_first_figure_section
from analysis.report.page import list_language_notes, render_page, write_page
from sim.experiments.bargaining_problem import BargainingProblem, pose_profiles, pose_scenario, pose_table
from sim.i18n.messages import format_number, get_language, message, use_language
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.workflows.arguments import OneOrMany, check_language, list_words
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.open_table import find_profiles, find_table
from sim.workflows.page_file import check_page_file

PLACES = 6
"""Decimals of worths and distances, as many as GENIUS prints."""


@dataclass(frozen=True)
class Agreement:
    """An agreement that is held against the solutions."""

    key: str
    """How it was asked for."""
    worth: tuple[float, ...]
    """Worth to every party."""
    distances: Distances
    """How far it is from what theory would choose."""


@dataclass(frozen=True, repr=False)
class BargainingResult(TableDisplay):
    """Packages that theories of bargaining choose, and how far some agreements are from them."""

    problem: BargainingProblem
    """Packages, parties and worths."""
    solutions: BargainingSolutions
    """The Pareto frontier, the packages that all would accept, and what each solution chooses."""
    agreements: tuple[Agreement, ...]
    """Agreements that were asked for, with their distances."""
    view: str | None
    """Source view through which the scenario was seen; none for the scenario as it is written."""
    lang: str
    """Language of its words."""
    page: Path | None = None
    """The page with the figures, if one was written."""
    changed: str = ""
    """What was set or answered, in one line; empty if nothing was."""

    @property
    def pairs(self) -> tuple[SolvedPair, ...]:
        """Packages as every two parties see them, the two sides of a scenario first."""
        problem = self.problem
        labels = [problem.describe(at) for at in range(len(problem.packages))]
        asked = {one.key: one.worth for one in self.agreements}
        pairs = pair_parties(problem.title, tuple(problem.parties.values()), labels, self.solutions, asked)
        sides = {problem.parties[key] for key in problem.disputants if key in problem.parties}
        return tuple(sorted(pairs, key=lambda pair: {*pair.sides} != sides))

    def figure(self) -> Any:
        """Packages as the first two parties see them, with the solutions; a Plotly figure."""
        with use_language(self.lang):
            return bargaining_solutions.draw_figure(self.pairs[0])

    def as_json(self) -> dict[str, Any]:
        """The same for machines; worths over no agreement where a scenario was solved."""
        problem, found = self.problem, self.solutions
        return {
            "name": problem.name,
            "origin": problem.origin,
            "view": self.view,
            "changed": self.changed,
            "parties": list(problem.parties),
            "disagreement": dict(zip(problem.parties, problem.disagreement.tolist(), strict=True)),
            "packages": len(problem.packages),
            "acceptable": len(found.acceptable),
            "pareto": [problem.packages[at] for at in found.pareto],
            "solutions": {name: self._describe_solution(name) for name in SOLUTIONS},
            "proposal": self._describe_proposal(),
            "objections": self._describe_objections(),
            "agreements": {one.key: self._describe_agreement(one) for one in self.agreements},
        }

    def _describe_solution(self, name: str) -> dict[str, Any] | None:
        at, problem = self.solutions.chosen[name], self.problem
        if at is None:
            return None
        worth = dict(zip(problem.parties, problem.utilities[at].tolist(), strict=True))
        tied = [problem.packages[other] for other in self.solutions.tied[name]]
        return {"package": problem.packages[at], "label": problem.describe(at), "worth": worth, "tied": tied}

    def _describe_proposal(self) -> dict[str, Any] | None:
        found, problem = self.solutions.proposal, self.problem
        if found is None:
            return None
        return {
            "worth": dict(zip(problem.parties, found.worth.tolist(), strict=True)),
            "away": found.away,
            "other_first": None if found.other_first is None else problem.packages[found.other_first],
        }

    def _describe_objections(self) -> dict[str, Any] | None:
        found, problem = self.solutions.objections, self.problem
        if found is None:
            return None
        by_party = zip(problem.parties, zip(found.refused, found.alone, found.losses, strict=True), strict=True)
        return {
            "closest": None if found.closest is None else problem.packages[found.closest],
            "parties": {key: dict(zip(("refused", "alone", "loss"), one, strict=True)) for key, one in by_party},
        }

    def _describe_agreement(self, agreement: Agreement) -> dict[str, Any]:
        distances = agreement.distances
        return {
            "worth": dict(zip(self.problem.parties, agreement.worth, strict=True)),
            "distance_to_pareto": distances.to_pareto,
            "distance_to_nash": distances.to_nash,
            "welfare": distances.welfare,
        }

    def to_frame(self) -> Any:
        """One row per package of the Pareto frontier and per solution, as a pandas data frame; `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        problem, found = self.problem, self.solutions
        rows = [("pareto", int(at)) for at in found.pareto] + [(name, at) for name, at in found.chosen.items()]
        return make_frame(
            {"solution": name, "package": problem.packages[at]}
            | dict(zip(problem.parties, problem.utilities[at].tolist(), strict=True))
            for name, at in rows
            if at is not None
        )

    def build_text_table(self) -> TextTable:
        """Solutions down, parties across."""
        with use_language(self.lang):
            problem = self.problem
            head = (message("bargaining.solution"), message("bargaining.package"), *problem.parties.values())
            rows = [(message(f"bargaining.{name}"), *self._list_cells(name)) for name in SOLUTIONS]
            rows += [(one.key, message("bargaining.asked"), *map(_format, one.worth)) for one in self.agreements]
            return TextTable(
                (message("bargaining.title", title=problem.title), *self._list_changed(), self._say_how()),
                head,
                tuple(rows),
                tuple(self._list_notes()),
            )

    def _list_changed(self) -> list[str]:
        return [self.changed] if self.changed else []

    def _say_how(self) -> str:
        return message(f"bargaining.how-{self.problem.origin}")

    def _list_cells(self, name: str) -> list[str]:
        at, problem = self.solutions.chosen[name], self.problem
        if at is None:
            return ["–"] * (1 + len(problem.parties))
        return [problem.describe(at), *map(_format, problem.utilities[at])]

    def _list_notes(self) -> Iterator[str]:
        found = self.solutions
        packages, pareto, acceptable = map(
            format_number, (len(self.problem.packages), len(found.pareto), len(found.acceptable))
        )
        yield message("bargaining.counts", packages=packages, pareto=pareto)
        yield message("bargaining.acceptable", n=acceptable)
        yield from list_bargaining_notes(found, tuple(self.problem.parties.values()), self.problem.describe)
        for one in self.agreements:
            distances = one.distances
            nash = "–" if distances.to_nash is None else _format(distances.to_nash)
            yield message(
                "bargaining.distances",
                agreement=one.key,
                pareto=_format(distances.to_pareto),
                nash=nash,
                welfare=_format(distances.welfare),
            )


def _format(value: float) -> str:
    return format_number(float(value), PLACES)


def solve(
    case: Case = None,
    *,
    view: str | None = None,
    party: OneOrMany = (),
    agreement: OneOrMany = (),
    every: bool = False,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    to: str | Path | None = None,
    lang: str = "en",
) -> BargainingResult:
    """Look for the packages that theories of bargaining choose: Nash, Kalai-Smorodinsky, egalitarian and others.

    Args:
        case: Name, file, folder or loaded scenario, a table of positions (CSV, TSV or XLSX), or a folder of GENIUS; the
            default case if left out.
        view: Source view through which a scenario is seen; as it is written if left out.
        party: Parties that bargain, the first proposer first; all whose consent a package needs if left out.
        agreement: Agreements whose distance from the solutions is measured: the key of a package, `none`, or one
            worth for each party with commas between them.
        every: Take all terms that options allow, in place of those on the menu.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        to: File for a page with the figures, such as solve.html; none is written if left out.
        lang: Language of the words, such as en or de.

    Returns:
        The Pareto frontier, the package that each solution chooses, and the distances of the agreements.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: there is nobody to bargain, or a party or an agreement is not there.
    """
    check_language(lang)
    page = None if to is None else check_page_file(Path(to))
    with use_language(lang):
        problem, seen_through, changed = _pose(case, view, every, list_words(changes), list_words(answers))
        if names := list_words(party):
            problem = problem.select_parties(names)
        found = solve_bargaining(problem.utilities, problem.disagreement, problem.discounts, problem.needed)
        asked = {key: problem.find_worth(key) for key in list_words(agreement)}
        agreements = tuple(
            Agreement(key, tuple(worth.tolist()), measure_distances(found, worth)) for key, worth in asked.items()
        )
        result = BargainingResult(problem, found, agreements, seen_through, lang, page, changed)
        if page is not None:
            _write(page, result)
        return result


def _write(path: Path, result: BargainingResult) -> None:
    """A page with one figure for every two parties."""
    shown = [(f"{pair.sides[0]} – {pair.sides[1]}", pair) for pair in result.pairs]
    section = build_first_figure_section(FIGURES.bargaining_solutions, shown)
    table = result.build_text_table()
    section = replace(section, notes=(table.before[-1], *table.after))
    question, notes = message("bargaining.page-question"), list_language_notes(())
    write_page(path, render_page(table.before[0], question, [section], [], notes, result.changed))


def _pose(
    case: Case, view: str | None, every: bool, changes: list[str], answers: list[str]
) -> tuple[BargainingProblem, str | None, str]:
    """The bargaining problem, the source view through which it was seen, and what was changed in it."""
    if profiles := find_profiles(case):
        return pose_profiles(profiles), None, ""
    if table := find_table(case):
        return pose_table(table), None, ""
    request = resolve_case(case, view, changes, answers)
    seen_through = request.views[0] if request.views else None
    loaded = load_case(request.case, view=seen_through, changes=request.changes, answers=request.answers)
    translated, _ = translate_case(loaded, get_language())
    return pose_scenario(translated, every=every), seen_through, describe_changes_of_case(translated, played=False)
