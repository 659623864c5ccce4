"""The figures of preferences, zone, timeline, funnel, beliefs and scenario files show the numbers they are given."""

import re
from itertools import pairwise

import pytest

from analysis.figures import (
    agreement_zone,
    beliefs,
    event_timeline,
    preferences,
    scenario_grid,
    scenario_outcomes,
    talks_funnel,
)
from analysis.figures.dot_intervals import make_heading
from analysis.figures.event_timeline import MARKS
from analysis.figures.number_text import WIDE, break_lines, shorten
from analysis.figures.style import assign_fills
from analysis.methods.event_timeline import KINDS, TimelineEvent, build_timeline
from sim.i18n.messages import use_language
from tests.factories.figures import NAMES, everything


def find_argument(module):
    return next(args for found, args in everything().values() if found is module)


def find_lines(figure, name):
    return [trace for trace in figure.data if trace.name == name and trace.y and trace.mode == "lines+markers"]


def test_bars_of_scenario_files_fill_the_whole_in_fixed_order_and_colours():
    found = find_argument(scenario_outcomes)
    figure = scenario_outcomes.draw_figure(found)
    look = assign_fills(found.outcomes)
    assert [trace.name for trace in figure.data] == [
        f"{n} {label}" for n, label in enumerate(found.outcomes.values(), 1)
    ]
    assert [trace.marker.color for trace in figure.data] == [fill.colour for fill in look.values()]
    assert [trace.marker.pattern.shape for trace in figure.data] == [fill.pattern for fill in look.values()]
    bars = len(found.rows) * len(found.view_labels)
    assert [sum(trace.x[n] for trace in figure.data) for n in range(bars)] == pytest.approx([1.0] * bars)


def test_the_grid_has_a_dot_for_every_view_and_file_on_one_axis():
    found = find_argument(scenario_grid)
    dots = [trace for trace in scenario_grid.draw_figure(found).data if trace.mode == "markers"]
    assert [trace.name for trace in dots] == list(found.view_labels.values())
    for trace, view in zip(dots, found.view_labels, strict=True):
        assert list(trace.x) == [row.views[view].any_agreement.share for row in found.rows]
    assert "to 75% (“View”)" in scenario_grid.summary_text(found)


def test_steps_are_as_long_as_their_shares():
    found = find_argument(talks_funnel)
    figure = talks_funnel.draw_figure(found)
    for n, step in enumerate(found.steps):
        assert sum(trace.x[n] for trace in figure.data) == pytest.approx(step.share.share)
    assert talks_funnel.build_table(found).rows[0][1].startswith("100%")
    texts = [note.text for note in figure.layout.annotations]
    assert texts[0] == "<b>All matching runs: 100%</b>"


def test_marks_stand_at_worths_and_grow_with_weights():
    found = find_argument(preferences)
    traces = preferences.draw_figure(found).data
    assert [trace.name for trace in traces] == list(found.actors.values())
    for trace, actor in zip(traces, found.actors, strict=True):
        rows = [(issue, option) for issue in found.issues for option in issue.options]
        assert list(trace.x) == [option.worth[actor] for _, option in rows]
        weights = [issue.weights[actor] for issue, _ in rows]
        sizes = [size for _, size in sorted(zip(weights, trace.marker.size, strict=True))]
        assert sizes == sorted(sizes)
    heights = [note.y for note in preferences.draw_figure(found).layout.annotations]
    assert all(one < other for one, other in pairwise(heights))


def test_the_zone_shows_medians_and_shares_of_runs():
    found = find_argument(agreement_zone)
    figure = agreement_zone.draw_figure(found)
    needs = find_lines(figure, "needs: its reservation value")
    assert [list(line.y) for line in needs] == [side.needs.middle.tolist() for side in found.sides]
    (two,) = find_lines(figure, "between the two sides")
    assert list(two.y) == [one.share for one in found.for_two]
    said = agreement_zone.summary_text(found)
    assert "Week 0, 5 open runs: 40% have a package" in said
    assert "needs 0.40, could get 0.60 (medians)" in said
    assert "(nothing to 0.70)" in agreement_zone.build_table(found).rows[1][3]


def test_the_axis_of_worth_stays_finite_where_there_is_nothing_to_get():
    figure = agreement_zone.draw_figure(find_argument(agreement_zone))
    assert figure.layout.yaxis.range[0] == pytest.approx(agreement_zone.FLOOR)
    assert min(min(trace.y) for trace in figure.data) == agreement_zone.FLOOR


def test_panels_of_beliefs_never_overlap():
    found = find_argument(beliefs)
    layout = beliefs.draw_figure(found).to_dict()["layout"]
    domains = [layout[f"yaxis{n}" if n > 1 else "yaxis"]["domain"] for n in range(1, len(found.kinds) + 1)]
    assert all(lower[1] < upper[0] for upper, lower in pairwise(domains))
    assert all(0.0 <= low < high <= 1.0 for low, high in domains)
    lines = [
        trace for trace in beliefs.draw_figure(found).data if trace.mode == "lines+markers" and trace.x[0] is not None
    ]
    assert len(lines) == sum(len(bands) for bands in found.kinds.values())
    assert list(lines[0].y) == [0.3, 0.2, 0.5]
    assert "Rises most" in beliefs.summary_text(found)


def test_every_kind_of_event_has_a_sign_of_its_own():
    assert set(MARKS) == set(KINDS)
    assert len({mark for mark in MARKS.values()}) == len(MARKS)


def test_signs_never_touch_in_a_row_and_every_event_is_listed():
    busy = [TimelineEvent(week, "Upton", "call", f"call {week}") for week in range(1, 41)]
    found = build_timeline([*busy, TimelineEvent(3, "Upton", "", "a belief moved")], ("Upton",), 40, "Run 1")
    (signs,) = event_timeline.draw_figure(found).data
    rows = {}
    for week, height in zip(signs.x, signs.y, strict=True):
        rows.setdefault(height, []).append(week)
    assert len(rows) > 1
    assert all(
        other - one >= event_timeline.APART * 40 for weeks in rows.values() for one, other in pairwise(sorted(weeks))
    )
    assert len(event_timeline.build_table(found).rows) == 41
    assert "call 40" in event_timeline.summary_text(found)


def test_long_headings_are_cut_for_narrow_pages():
    assert shorten("short") == "short"
    assert len(shorten("x" * 90)) == WIDE
    assert shorten("x" * 90).endswith("…")


def test_long_headings_and_names_take_two_lines_and_no_more():
    assert break_lines("short & sweet") == "short &amp; sweet"
    lines = break_lines("word " * 30).split("<br>")
    assert len(lines) == 2
    assert all(len(line) <= WIDE for line in lines)
    assert lines[-1].endswith("…")
    assert make_heading("direct clash between two neighbours who have never met", 0)["text"].count("<br>") == 1


LONG = "a label of a file that says more than a narrow page can hold in one line"


@pytest.mark.parametrize("name", NAMES)
def test_no_heading_or_name_runs_out_of_a_narrow_page(name):
    module, given = everything(LONG)[name]
    drawn = module.draw_figure(given)
    texts = [note.text for note in drawn.layout.annotations]
    texts += [trace.name for trace in drawn.data if trace.showlegend is not False and trace.name]
    lines = [re.sub("<[^>]*>", "", line) for text in texts for line in text.split("<br>")]
    assert all(len(line) <= 52 for line in lines), max(lines, key=len)


def test_german_numbers():
    with use_language("de"):
        assert "braucht 0,40, könnte 0,60 bekommen" in agreement_zone.summary_text(find_argument(agreement_zone))
