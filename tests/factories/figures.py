"""Every figure with something to show, made by hand or from a textbook case."""

from dataclasses import replace
from functools import cache

import numpy as np

from analysis.figures.registry import FIGURES
from analysis.methods.agreed_terms import compute_agreed_terms
from analysis.methods.agreement_zone import compute_agreement_zone
from analysis.methods.attribution import compute_attribution
from analysis.methods.bargaining import solve_bargaining
from analysis.methods.beliefs import compute_beliefs
from analysis.methods.contradiction_ranking import NamedRanking, rank_questions
from analysis.methods.event_timeline import TimelineEvent, build_timeline
from analysis.methods.intervals import estimate_share
from analysis.methods.joint_worths import compute_joint_worths
from analysis.methods.knowledge_value import compute_knowledge_values
from analysis.methods.labelled_sensitivity import LabelledEffects, LabelledIndices
from analysis.methods.named_attribution import NamedAttribution, PlaceDifference, Statement
from analysis.methods.paired_change import compute_paired_change
from analysis.methods.parameter_sweep import LabelledSweep, compare_variants
from analysis.methods.preferences import read_preferences
from analysis.methods.scenario_differences import compare_results
from analysis.methods.scenario_grid import build_scenario_grid
from analysis.methods.sensitivity import GroupIndex, ScreenedQuantity
from analysis.methods.shares import compute_shares
from analysis.methods.solved_pair import pair_parties
from analysis.methods.states_by_week import compute_states_by_week
from analysis.methods.talks_funnel import compute_talks_funnels
from analysis.methods.varied_shares import UnchangedShare, VariedFactor, VariedSetting, VariedShares
from analysis.methods.view_comparison import compare_pairs
from sim.experiments.package_worths import PackageWorths
from sim.experiments.parameter_sweep import Variant, VariantOutcomes
from tests.factories.results import results
from tests.factories.weekly_series import make_weekly_series, scenario
from tests.methods.test_scenario_differences import other

EVIL = "<a href='http://x'>&"

ROWS = (
    TimelineEvent(1, "Upton", "call", "Upton called."),
    TimelineEvent(1, "Upton", "threaten", "Upton threatened Loweton with a sentence so long that it is broken."),
    TimelineEvent(2, "Loweton", "", "Loweton's belief moved."),
    TimelineEvent(3, "", "signed", "All signed."),
)


def make_attribution(label):
    """The difference between two views, shared out among two themes and their accounts of the run-up."""
    ends = np.array([[int(place > many) for place in range(12)] for many in (4, 7, 2, 6, 5, 9, 3, 8)])
    ends[:, 0] = 255
    found = compute_attribution(("aims", "sequencing", "account"), ends, {0}, 255)
    says = PlaceDifference(("actors", "upton"), Statement("1", ("dam-idle",)), Statement("2", (), "ours"))
    stated = {"aims": (says, says), "sequencing": (says,), "account": (says,)}
    return NamedAttribution(label, f"{label} too", label, 4, found, stated)


def make_ranking(label):
    """Two questions over which sources differ, ranked, with what it is worth to know the answers."""
    ends = np.array([0] * 5 + [1] * 15 + [255])
    flips = {"X1": {label: np.array([0] * 12 + [1] * 9), "b": np.array([0] * 2 + [1] * 19)}, "X2": {"c": ends}}
    answers = {"X1": {name: {"base": ends, label: one} for name, one in flips["X1"].items()}}
    return NamedRanking(
        view=label,
        outcome_label=label,
        weeks=4,
        holds_from="week-1",
        ranking=rank_questions(ends, flips, {0}, 255, 0.05),
        questions={"X1": label, "X2": f"{label}?"},
        n_without_effect=1,
        values=compute_knowledge_values({"base": ends, label: ends}, answers, {0}, 255),
        files=("base", label),
    )


def make_agreed(label):
    """What was agreed in the hand-made runs."""
    return compute_agreed_terms(*make_agreed_runs(label))


def make_agreed_runs(label):
    """The hand-made runs with two packages of the two towns agreed in turn, and the scenario of every view."""
    known, found = scenario(), results()
    issues = {key: issue.model_copy(update={"label": label}) for key, issue in known.issues.items()}
    for view in found.views.values():
        many = view.n_matching
        more = {"draft": np.arange(many) % 2.0, "settled": np.ones(many), "week_signed": np.zeros(many)}
        view.columns.update(more | {"week_in_force": np.full(many, 2.0)})
    labels = dict.fromkeys(found.views, label)
    named = replace(found, manifest=found.manifest.model_copy(update={"labels": labels}))
    return named, dict.fromkeys(found.views, known.model_copy(update={"issues": issues}))


def make_joint(label):
    """Six packages in two open runs of five; five of the first view's ten runs agree on one of them."""
    known, found = scenario(), results()
    actors = {key: actor.model_copy(update={"label": label}) for key, actor in known.actors.items()}
    view, packages = found.views["wide"], len(known.list_terms()) * len(known.sequences)
    view.columns["draft"] = np.zeros(view.n_matching)
    line = np.linspace(0.1, 0.9, packages)[:, np.newaxis] + np.zeros(5)
    worths = PackageWorths(
        0,
        np.stack([line, 1.2 - line]),
        np.full((2, 5), 0.5),
        line > 0.0,
        (),
        (line > 0.0)[:0],
        np.array([1, 1, 0, 0, 0]) > 0,
    )
    named = replace(found, manifest=found.manifest.model_copy(update={"labels": {"wide": label}}))
    return compute_joint_worths(named, view, known.model_copy(update={"actors": actors}), worths)


def make_solved(label):
    """Four packages of two parties, and an agreement that was asked for."""
    worths = np.array([[0.0, 1.0], [0.7, 0.7], [1.0, 0.0], [-0.2, 0.3]])
    found = solve_bargaining(worths, np.array([0.1, 0.1]), (0.9, 0.9))
    (pair,) = pair_parties(label, (label, "Loweton"), (label, "b", "c", "d"), found, {label: (0.3, 0.3)})
    return pair


def make_varied(label, values=(("*0.5",), ("*2",)), *, is_sampled=False, holds_from="week-1"):
    """The hand-made runs at some settings of a factor or more, the last of them without runs of one view."""
    found, changes = results(), other("two-towns-b")
    change = compute_paired_change(found, changes)
    without = next(iter(change.views))
    less = replace(change, views={name: view for name, view in change.views.items() if name != without})
    factors = tuple(VariedFactor(f"contest.noise-{n}", label, n == 0) for n in range(len(values[0])))
    settings = (*(VariedSetting(one, change) for one in values[:-1]), VariedSetting(values[-1], less))
    views = {name: UnchangedShare(estimate_share(1, 4), 4, 5) for name in change.views}
    labels = dict.fromkeys(views, label)
    return VariedShares(factors, settings, is_sampled, "", "", views, labels, 4, 2, holds_from, complete=True)


def make_view_pairs(found, label):
    """Every two of the hand-made views on the same draws."""
    compared = compare_pairs(found, list(found.views))
    return tuple(one.name_outcome((label, f"{label} too"), label, 4) for one in compared)


def make_sweep(found):
    """The hand-made runs with one other magnitude, under which every view's first run ends otherwise."""
    ends = {
        name: VariantOutcomes(512, view.columns["run"], np.array([1, *view.columns["outcome"][1:]]))
        for name, view in found.views.items()
    }
    return LabelledSweep(compare_variants(found, {Variant("effects", 0.5): ends}), found.manifest.labels, 4)


@cache
def everything(label="View"):
    """All figures by name, with what each is given; `label` stands wherever a file's label would."""
    found = results(labels=dict.fromkeys(("wide", "okafor-2030", "ito-2030"), label)) if label != "View" else results()
    summed, known = compute_shares(found), scenario()
    if label != "View":
        actors = {key: actor.model_copy(update={"label": label}) for key, actor in known.actors.items()}
        known = known.model_copy(update={"actors": actors})
    rows = build_scenario_grid([(label, summed), ("Other", summed)])
    timeline = build_timeline([replace(row, sentence=label) for row in ROWS], ("Loweton", "Upton"), 4, label)
    shown = {
        "outcome_shares": summed,
        "states_by_week": compute_states_by_week(found)["wide"],
        "matching_share": summed,
        "off_menu": summed,
        "scenario_differences": compare_results(found, [other("two-towns-b")]).select("two-towns-b"),
        "scenario_grid": rows,
        "scenario_outcomes": rows,
        "preferences": read_preferences(known, label),
        "agreed_terms": make_agreed(label),
        "agreement_zone": compute_agreement_zone(make_weekly_series(), known, label),
        "joint_worths": make_joint(label),
        "event_timeline": timeline,
        "talks_funnel": compute_talks_funnels(found),
        "zone_shares": {"wide": compute_agreement_zone(make_weekly_series(), known, label)},
        "parameter_sweep": make_sweep(found),
        "agreement_differences": compare_results(found, [other("two-towns-b")]),
        "attribution": make_attribution(label),
        "attribution_pairs": (make_attribution(label), make_attribution(label)),
        "beliefs": compute_beliefs(make_weekly_series(), known, label),
        "varied_shares": make_varied(label),
        "view_differences": make_view_pairs(found, label),
        "contradiction_tornado": make_ranking(label),
        "bargaining_solutions": make_solved(label),
        "sensitivity_indices": LabelledIndices(
            label,
            {"aims": label, "luck": "Luck"},
            (GroupIndex("aims", 0.1, 0.05, 0.4, 0.1), GroupIndex("luck", 0, 0, 0, 0)),
        ),
        "screened_quantities": LabelledEffects(
            label, (ScreenedQuantity(label, 0.2, 0.05, -0.1, 0.1), ScreenedQuantity("contest.noise", 0, 0, 0, 0))
        ),
    }
    return {name: (figure, shown[name]) for name, figure in FIGURES._asdict().items()}


def find_argument(figure):
    """What a figure is given."""
    return next(given for found, given in everything().values() if found is figure)


NAMES = FIGURES._fields
