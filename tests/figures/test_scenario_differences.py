"""Scenario differences: order, zero line, one axis, words and tables."""

from dataclasses import replace

import pytest

from analysis.figures import scenario_differences
from analysis.figures.share_change_text import format_points
from analysis.methods.scenario_differences import compare_results
from sim.i18n.messages import list_languages, load_catalogue
from sim.schema.scenario import Scenario
from tests.factories.results import results
from tests.methods.test_scenario_differences import OKAFOR, other

NAMES = ("two-towns-b", "two-towns-c")


@pytest.fixture
def comparison():
    others = [other(NAMES[0]), other(NAMES[1], outcomes=(2, 2, 2))]
    return compare_results(results(names=(OKAFOR, "ito-2030")), others)


def test_outcomes_that_come_about_stand_in_the_order_of_the_scenario(comparison):
    notes = scenario_differences.draw_figure(comparison.select(NAMES[0])).layout.annotations
    headings = [note.text for note in notes]
    assert headings == ["<b>agreement</b>", "<b>no agreement</b>"]
    assert [note.y for note in notes] == sorted((note.y for note in notes), reverse=True)


def test_outcomes_that_the_file_decides_stand_in_the_table_alone(comparison):
    scenarios = {name: replace(one, decided=frozenset({"deal"})) for name, one in comparison.scenarios.items()}
    found = replace(comparison, scenarios=scenarios).select(NAMES[0])
    headings = [note.text for note in scenario_differences.draw_figure(found).layout.annotations]
    assert headings == ["<b>no agreement</b>"]
    rows = [row[0] for row in scenario_differences.build_table(found).rows]
    assert rows == ["Any agreement in force", "no agreement", "By definition: agreement"]


def test_every_view_has_dots_in_fixed_order_with_marks_of_its_own(comparison):
    dots = [
        trace for trace in scenario_differences.draw_figure(comparison.select(NAMES[0])).data if trace.mode == "markers"
    ]
    assert [trace.name for trace in dots] == ["View okafor-2030", "View ito-2030"]
    assert dots[0].x == pytest.approx((100 / 3, -100 / 3))
    assert dots[0].marker.color != dots[1].marker.color
    assert dots[0].marker.symbol != dots[1].marker.symbol


def test_all_panels_have_the_same_axis_with_a_zero_line(comparison):
    axes = [scenario_differences.draw_figure(comparison.select(name)).layout.xaxis for name in NAMES]
    assert axes[0].range == axes[1].range
    assert axes[0].range[0] < 0 < axes[0].range[1]
    assert axes[0].zeroline
    bars = scenario_differences.draw_figure(comparison.select(NAMES[0])).data[0]
    ends = [end for end in bars.x if end is not None]
    assert axes[0].range[0] <= min(ends) < max(ends) <= axes[0].range[1]


def test_in_words(comparison):
    text = scenario_differences.summary_text(comparison.select(NAMES[0]))
    assert text.startswith("“two-towns-b” against “Two towns”, after 4 weeks, in percentage points.")
    assert "View okafor-2030: 66.7% instead of 33.3%: +33.3 (−46.7 to +100.0)" in text
    assert "View ito-2030: 75.0% in both, no draw differs" in text
    assert "Moves most: “agreement” +33.3 (−46.7 to +100.0) under View okafor-2030;" in text
    assert text.endswith(".")


def test_tables_hold_every_number(comparison):
    table = scenario_differences.build_table(comparison.select(NAMES[0]))
    assert table.head == ("Outcome", "View okafor-2030", "View ito-2030")
    assert [row[0] for row in table.rows] == ["Any agreement in force", "agreement", "no agreement"]
    summed = scenario_differences.build_overview(comparison)
    assert len(summed.rows) == 4
    assert summed.rows[0][-1] == "4, 3, 2"
    assert all(len(row) == len(one.head) for one in (table, summed) for row in one.rows)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0"), (0.123, "+12.3"), (-0.05, "−5.0"), (0.0004, "+0.04"), (-0.00096, "−0.1"), (-1e-9, "0.00")],
)
def test_points(share, text):
    assert format_points(share) == text


def test_a_scenario_whose_views_have_no_runs_is_named(comparison):
    empty = compare_results(results(names=(OKAFOR,)), [other(drawn=3, runs=(), outcomes=())])
    assert "No source view has matching runs in both" in scenario_differences.summary_text(empty.select(NAMES[0]))
    assert "No matching runs under okafor-2030" in scenario_differences.describe_files(empty)[0][1]


def test_broken_off_runs_and_notes_are_shown():
    found = compare_results(results(complete=False), [other(notes=("A lever comes too late.",))])
    assert scenario_differences.list_caveats(found)[-1][0] == "Interrupted"
    assert "Note, two-towns-b: A lever comes too late." in scenario_differences.list_notes(found)


def test_labels_are_text_not_markup():
    evil = "<a href='http://x'>&"
    made = results(labels=dict.fromkeys(("wide", OKAFOR, "ito-2030"), evil), outcomes=dict.fromkeys(
        ("deal", "broken", "drift"), evil))  # fmt: skip
    found = compare_results(made, [other()])
    assert "<a " not in scenario_differences.draw_figure(found.select(NAMES[0])).to_json().replace("\\u003c", "<")


def test_every_part_of_a_scenario_has_a_name():
    parts = {field.alias or name for name, field in Scenario.model_fields.items()} - {"title", "question"}
    for language in list_languages():
        assert not [part for part in parts if f"figures.difference.part-{part}" not in load_catalogue(language)]
