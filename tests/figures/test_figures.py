"""Figures: order, completeness, wording, and a sentence and a table for each."""

from itertools import pairwise

import numpy as np
import pytest

from analysis.figures import cumulative_incidence, matching_share, off_menu, outcome_shares
from analysis.figures.style import CONFIG, assign_fills, assign_marks, make_share_ticks
from analysis.methods.cumulative_incidence import OutcomeCurves, compute_outcome_curves
from analysis.methods.shares import compute_shares
from tests.factories.results import OUTCOMES, results

BY_SHARES = [outcome_shares, matching_share, off_menu]


def find_dots(figure):
    return [trace for trace in figure.data if trace.mode == "markers"]


def test_outcomes_stand_in_the_order_of_the_scenario_from_the_top():
    figure = outcome_shares.draw_figure(compute_shares(results()))
    notes = figure.layout.annotations
    assert [note.text for note in notes] == [f"<b>{label}</b>" for label in OUTCOMES.values()]
    assert [note.y for note in notes] == sorted((note.y for note in notes), reverse=True)


def test_every_view_has_a_dot_for_every_outcome_and_they_add_up():
    found = find_dots(outcome_shares.draw_figure(compute_shares(results())))
    assert [trace.name for trace in found] == ["View wide", "View okafor-2030", "View ito-2030"]
    for trace in found:
        assert len(trace.x) == 3
        assert sum(trace.x) == pytest.approx(1)


def test_the_source_mean_is_not_in_the_default_figure_but_the_range_is():
    names = [
        trace.name
        for trace in outcome_shares.draw_figure(compute_shares(results())).data
        if trace.showlegend is not False
    ]
    assert "range across 2 sources" in names
    assert not any("source_mean" in (name or "").lower() for name in names)


def test_a_lone_view_only_on_request():
    one = compute_shares(results(names=("wide",)))
    with pytest.raises(ValueError, match="lone"):
        outcome_shares.draw_figure(one)
    title = outcome_shares.draw_figure(one, lone=True).layout.xaxis.title.text
    assert title == "share of runs under assumption set<br>View wide"


def test_bands_are_stacked_in_the_order_of_the_scenario_and_fill_the_whole():
    figure = cumulative_incidence.draw_figure(compute_outcome_curves(results())["wide"])
    assert [trace.name for trace in figure.data] == [f"{n} {label}" for n, label in enumerate(OUTCOMES.values(), 1)]
    assert sum(trace.y[-1] for trace in figure.data) == pytest.approx(1)


def test_numbers_of_bands_never_touch():
    outcomes = {key: key for key in "abcdefghij"}
    ends = dict(zip(outcomes, (0.03, 0.03, 0.4, 0.03, 0.03, 0.03, 0.3, 0.05, 0.05, 0.05), strict=True))
    shares = {key: np.array([0.0, end]) for key, end in ends.items()}
    course = OutcomeCurves("wide", "Wide", 100, outcomes, np.array([1, 2]), shares, shares)
    heights = [note.y for note in cumulative_incidence.draw_figure(course).layout.annotations]
    assert len(heights) == len(outcomes)
    assert min(other - one for one, other in pairwise(heights)) >= cumulative_incidence.APART - 1e-9
    assert 0.0 <= heights[0] < heights[-1] <= 1.0


@pytest.mark.parametrize("module", BY_SHARES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_figure_sentence_and_table(module):
    found = compute_shares(results())
    table = module.build_table(found)
    assert module.draw_figure(found).data
    assert module.summary_text(found).endswith(".")
    assert all(len(row) == len(table.head) for row in table.rows)
    axis = module.draw_figure(found).layout.xaxis
    assert "under each assumption set" in axis.title.text
    assert axis.range[0] == 0


def test_course_sentence_and_table():
    course = compute_outcome_curves(results())["wide"]
    table = cumulative_incidence.build_table(course)
    assert table.head == ("Outcome", "week 1", "week 2", "week 3", "week 4")
    assert cumulative_incidence.summary_text(course) == (
        "View wide: by week 2, 70% of runs are in the state in which they end; the others still change. Most "
        "frequent at week 4: 3, “no agreement”, about 14 in 20 runs."
    )


def test_nothing_is_said_of_what_was_not_looked_for():
    made = results()
    for view in made.views.values():
        view.columns["zone_off_menu_only"][:] = -1
    assert "not looked for" in off_menu.summary_text(compute_shares(made))


def test_looks_differ_without_colour():
    look = assign_fills([str(n) for n in range(24)])
    assert len({(fill.colour, fill.pattern) for fill in look.values()}) == 24
    patterns = [fill.pattern for fill in look.values()]
    assert all(one != other for one, other in pairwise(patterns))
    assert len({mark.symbol for mark in assign_marks("abcdefgh").values()}) == 8


@pytest.mark.parametrize(
    ("high", "texts"),
    [
        (1.0, ("0%", "20%", "40%", "60%", "80%", "100%")),
        (0.11, ("0%", "5%", "10%")),
        (0.004, ("0.0%", "0.1%", "0.2%", "0.3%", "0.4%")),
    ],
)
def test_ticks_of_shares_are_written_as_in_the_text(high, texts):
    ticks = make_share_ticks(high)
    assert tuple(text for text in ticks["ticktext"]) == texts
    assert ticks["tickvals"][-1] == pytest.approx(float(texts[-1][:-1]) / 100)


def test_nothing_is_sent_anywhere():
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False


def test_labels_from_a_scenario_are_text_not_markup():
    made = results(labels={name: "<a href='http://x'>&" for name in ("wide", "okafor-2030", "ito-2030")})
    for module in BY_SHARES:
        assert "<a " not in module.draw_figure(compute_shares(made)).to_json().replace("\\u003c", "<")
