"""Figures: order, completeness, wording, and a sentence and a table for each."""

from dataclasses import replace
from itertools import pairwise

import pytest

from analysis.figures import (
    agreement_differences,
    dot_rows,
    line_names,
    matching_share,
    off_menu,
    outcome_shares,
    states_by_week,
)
from analysis.figures.direct_labels import make_initials, make_short_names
from analysis.figures.style import CONFIG, assign_fills, assign_marks, make_share_ticks
from analysis.methods.shares import compute_shares
from analysis.methods.states_by_week import compute_states_by_week
from sim.i18n.messages import use_language
from tests.factories.figures import find_argument
from tests.factories.results import results

BY_SHARES = [outcome_shares, matching_share, off_menu]


def find_dots(figure):
    return [trace for trace in figure.data if trace.mode == "markers"]


def list_lines(figure):
    """Names of the lines of the lead figure with their heights, from the top."""
    return [(note.text, note.y) for note in figure.layout.annotations if note.x == 0 and note.xref == "paper"]


def test_an_agreement_in_force_stands_first_then_outcomes_by_share():
    found = list_lines(outcome_shares.draw_figure(compute_shares(results())))
    assert [text for text, _ in found] == ["<b>agreement</b>", "no agreement", "agreement that broke"]
    assert [height for _, height in found] == [0, -1, -2]


def test_every_view_has_a_dot_on_every_line_and_they_add_up():
    found = find_dots(outcome_shares.draw_figure(compute_shares(results())))
    assert [trace.name for trace in found] == ["View wide", "View okafor-2030", "View ito-2030"]
    for trace in found:
        assert len(trace.x) == 3
        assert sum(trace.x) == pytest.approx(1)


def test_every_dot_is_named_and_the_range_stands_at_the_end_of_the_line():
    figure = outcome_shares.draw_figure(compute_shares(results()))
    first = [note.text for note in figure.layout.annotations if note.y == 0]
    assert "<b>25 to 75%</b>" in first
    said = " ".join(first)
    assert all(name in said for name in ("View wide", "View okafor-2030", "View ito-2030"))
    assert not any(trace.showlegend for trace in figure.data)
    assert figure.layout.xaxis.side == "top"
    assert not any("source_mean" in (trace.name or "").lower() for trace in figure.data)


def test_rare_outcomes_share_a_line_and_the_figure_stays_low():
    outcomes = {f"end-{n}": f"end {n}" for n in range(16)}
    made = compute_shares(results())
    common = made.views["wide"].outcomes["deal"]
    rare = {key: replace(common, share=0.01, low=0.0, high=0.02) for key in outcomes}
    views = {
        name: replace(view, outcomes={"deal": common, **rare}, n_matching=1000) for name, view in made.views.items()
    }
    ranges = dict.fromkeys(("deal", *rare), made.ranges["deal"])
    shares = replace(made, outcomes={"deal": "deal", **outcomes}, agreements=(), views=views, ranges=ranges)
    figure = outcome_shares.draw_figure(shares)
    assert [text for text, _ in list_lines(figure)] == ["deal", "16 other outcomes together, each below 3%"]
    assert figure.layout.height <= dot_rows.HIGHEST


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.09, 0.187, "Under none of the 3 views shown is an agreement in force in more than a fifth of runs"),
        (0.09, 0.197, "Under none of the 3 views shown is an agreement in force in more than a quarter of runs"),
        (0.55, 0.9, "Under all 3 views shown an agreement is in force in at least half of runs"),
        (0.0, 0.0, "Under none of the 3 views shown is an agreement in force in any run"),
        (1.0, 1.0, "Under all 3 views shown an agreement is in force in every run"),
        (0.1, 0.7, "Sources differ: an agreement is in force in 10 to 70% of runs"),
    ],
)
def test_the_title_says_the_finding(low, high, said):
    made = compute_shares(results())
    given = dict(zip(made.sources, (low, high), strict=True))
    views = {
        name: replace(view, any_agreement=_span(view.any_agreement, given.get(name, low)))
        for name, view in made.views.items()
    }
    assert outcome_shares.describe(replace(made, views=views)) == said


def _span(found, share, width=0.01):
    """The share with an interval of so much on either side."""
    return replace(found, share=share, low=max(0.0, share - width), high=min(1.0, share + width))


def test_a_bound_of_two_of_four_sources_speaks_of_two_views_in_both_languages():
    made = compute_shares(results(names=("okafor-2030", "ito-2030")))
    views = {
        name: replace(view, any_agreement=_span(view.any_agreement, 0.045, 0.02)) for name, view in made.views.items()
    }
    shares = replace(made, views=views)
    bound = "Under neither of the two views shown is an agreement in force in more than a tenth of runs"
    assert outcome_shares.describe(shares) == bound  # and not a twentieth, beyond which the intervals reach
    assert "(about" not in outcome_shares.summary_text(made)  # the most frequent outcome has a range, and no middle
    with use_language("de"):
        assert outcome_shares.describe(shares).startswith("Unter keiner der zwei gezeigten Sichten")


def test_a_lone_view_only_on_request():
    one = compute_shares(results(names=("wide",)))
    with pytest.raises(ValueError, match="lone"):
        outcome_shares.draw_figure(one)
    title = outcome_shares.draw_figure(one, lone=True).layout.xaxis.title.text
    assert title == "share of runs under assumption set<br>View wide"


def test_areas_are_stacked_with_agreements_at_the_bottom_and_fill_the_whole():
    figure = states_by_week.draw_figure(compute_states_by_week(results())["wide"])
    assert [trace.name for trace in figure.data] == ["an agreement in force", "agreement that broke", "no agreement"]
    assert sum(trace.y[-1] for trace in figure.data) == pytest.approx(1)
    assert [note.text for note in figure.layout.annotations] == [
        "<b>20%</b> an agreement in<br>force",
        "<b>10%</b> agreement that<br>broke",
        "<b>70%</b> no agreement",
    ]


def test_names_at_the_ends_of_areas_never_touch():
    heights = [26, 13, 26, 13, 26]
    places = line_names.space_apart([5.0, 6.0, 7.0, 248.0, 249.0], heights, 260)
    pairs = pairwise(zip(places, heights, strict=True))
    assert all(two[0] - one[0] >= (one[1] + two[1]) / 2 for one, two in pairs)
    assert places[0] >= 13
    assert places[-1] <= 260 - 13


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


def test_states_sentence_and_table():
    found = compute_states_by_week(results())["wide"]
    table = states_by_week.build_table(found)
    assert table.head == ("State", "week 1", "week 2", "week 3", "week 4")
    assert states_by_week.summary_text(found) == (
        "View wide: most frequent after week 4 of 10 runs: “no agreement”, 70%. An agreement is in force in 10% in "
        "week 2 and in 20% in week 4."
    )


def test_source_views_with_wide_intervals_have_tracks_of_their_own():
    found = find_argument(agreement_differences)
    drawn = agreement_differences.draw_figure(found)
    heights = [trace.y[0] for trace in drawn.data if trace.mode == "markers" and trace.y]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == len(found.scenarios["two-towns-b"].views)
    assert drawn.layout.xaxis.zeroline


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


def test_every_name_stands_behind_the_shape_of_its_dots_and_letters_are_no_others():
    shares = compute_shares(results())
    marks = assign_marks(shares.views)
    said = " ".join(note.text for note in outcome_shares.draw_figure(shares).layout.annotations)
    narrow = outcome_shares.draw_figure(shares, narrow=True).layout.annotations[-1].text.split("<br>")
    for line, (name, view) in zip(narrow, shares.views.items(), strict=True):
        assert f"{marks[name].sign}\xa0{view.label}" in said
        assert line.startswith(f"{marks[name].sign} <b>")
    labels = {"abt-2025": "Felix Abt", "fazi-2025": "Thomas Fazi, May", "obs-2025": "Obs", "wide": "Weite Spannen"}
    names = make_short_names(labels)
    assert [*names.values()] == ["Abt", "Fazi", "Obs", "Weite Spannen"]
    assert [*make_initials(names).values()] == ["A", "F", "O", "W"]
    assert [*make_initials({"a": "Abel", "b": "Abt", "c": "Cox"}).values()] == ["Abe", "Abt", "C"]
    assert [*make_initials({"a": "View wide", "b": "View okafor"}).values()] == ["W", "O"]
    assert [*make_initials({"a": "The same", "b": "The same"}).values()] == ["1", "2"]
