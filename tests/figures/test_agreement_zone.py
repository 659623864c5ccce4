"""Agreement zone: medians, shares of runs, a finite axis, numbers in either language."""

from dataclasses import replace

import pytest

from analysis.figures import agreement_zone, joint_worths
from sim.i18n.messages import use_language
from tests.factories.figures import find_argument, make_joint


def find_lines(figure, name):
    return [trace for trace in figure.data if trace.name == name and trace.y and trace.mode == "lines+markers"]


def test_the_zone_shows_medians_and_shares_of_runs():
    found = find_argument(agreement_zone)
    figure = agreement_zone.draw_figure(found)
    needs = find_lines(figure, "needs: its reservation value")
    assert [list(line.y) for line in needs] == [side.needs.middle.tolist() for side in found.sides]
    (two,) = find_lines(figure, "between the two sides")
    assert list(two.y) == [one.share for one in found.for_two]
    said = agreement_zone.summary_text(found)
    assert "Week 0, 5 open runs: a zone between the two sides in 40%" in said
    assert "needs 0.40, could get 0.60 (medians)" in said
    assert "(nothing to 0.70)" in agreement_zone.build_table(found).rows[1][3]


def test_the_axis_of_worth_stays_finite_where_there_is_nothing_to_get():
    figure = agreement_zone.draw_figure(find_argument(agreement_zone))
    assert figure.layout.yaxis.range[0] == pytest.approx(agreement_zone.FLOOR)
    assert min(min(trace.y) for trace in figure.data) == agreement_zone.FLOOR


def test_german_numbers():
    with use_language("de"):
        assert "braucht 0,40, könnte 0,60 bekommen" in agreement_zone.summary_text(find_argument(agreement_zone))


def test_agreements_outside_an_empty_zone_of_medians_are_explained_in_both_languages():
    joint = make_joint("View")
    points = tuple(replace(one, in_zone=False, agreed=n % 2) for n, one in enumerate(joint.points))
    said = "Medians hide runs: these were signed where that run had room, under pressure or by mistake."
    empty = replace(joint, points=points, nash=None)
    assert joint_worths.summary_text(empty).endswith(said)
    one = replace(points[0], in_zone=True)
    assert said not in joint_worths.summary_text(replace(empty, points=(one, *points[1:])))
    assert said not in joint_worths.summary_text(replace(empty, points=tuple(replace(one, agreed=0) for one in points)))
    with use_language("de"):
        assert "Mediane verbergen Läufe" in joint_worths.summary_text(empty)
