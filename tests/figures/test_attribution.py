"""Attribution: bars that lead from one share to the other, intervals, words and table."""

from dataclasses import replace

import pytest

from analysis.figures import attribution, attribution_pairs
from analysis.figures.share_change_text import format_fine_share, format_points
from analysis.methods.paired_change import PartOfChange
from tests.factories.figures import make_attribution


@pytest.fixture
def named_attribution():
    return make_attribution("View")


def bars(drawn):
    """Height, beginning and length of every bar, from the top."""
    found = [
        bar for trace in drawn.data if trace.type == "bar" for bar in zip(trace.y, trace.base, trace.x, strict=True)
    ]
    return sorted(found, reverse=True)


def test_every_bar_begins_where_the_one_above_ends(named_attribution):
    (_, zero, first), *themes, (_, origin, second) = bars(attribution.draw_figure(named_attribution))
    assert (zero, first, origin, second) == (
        0,
        named_attribution.attribution.first,
        0,
        named_attribution.attribution.second,
    )
    at = first
    for _, base, length in themes:
        assert base == pytest.approx(at)
        at = base + length
    assert at == pytest.approx(second)


def test_themes_that_raise_the_share_come_first_the_largest_at_the_top(named_attribution):
    lengths = [length for _, _, length in bars(attribution.draw_figure(named_attribution))[1:-1]]
    ups, downs = [n for n in lengths if n >= 0], [n for n in lengths if n < 0]
    assert ups
    assert downs
    assert lengths == sorted(ups, reverse=True) + sorted(downs)


def test_every_theme_has_its_interval_within_the_axis(named_attribution):
    drawn = attribution.draw_figure(named_attribution)
    low, high = drawn.layout.xaxis.range
    ends = []
    for trace in drawn.data:
        if trace.type == "bar" and trace.error_x.array is not None:
            tips = [base + length for base, length in zip(trace.base, trace.x, strict=True)]
            ends += [tip + far for tip, far in zip(tips, trace.error_x.array, strict=True)]
            ends += [tip - far for tip, far in zip(tips, trace.error_x.arrayminus, strict=True)]
    assert len(ends) == 2 * len(named_attribution.attribution.themes)
    assert low <= min(ends) < max(ends) <= high


def test_the_kinds_of_bars_differ_in_colour_and_pattern_and_are_named(named_attribution):
    kinds = [trace for trace in attribution.draw_figure(named_attribution).data if trace.type == "bar"]
    assert len({trace.marker.color for trace in kinds}) == len(kinds) == 3
    assert [trace.name for trace in kinds] == [
        "share under a source view",
        "theme raises the share",
        "theme lowers the share",
    ]
    assert kinds[1].marker.pattern.shape != kinds[2].marker.pattern.shape


def test_the_table_has_every_theme_by_size_and_the_sum(named_attribution):
    table = attribution.build_table(named_attribution)
    found = named_attribution.attribution
    assert [row[0] for row in table.rows[:-1]] == [attribution.format_theme(name) for name in found.ranked_themes]
    assert table.rows[-1][:2] == ("sum", attribution.format_shift(found.difference))
    by_theme = {row[0]: row[1:] for row in table.rows}
    assert by_theme["aims"][1:] == (format_points(found.alone["aims"]), format_points(found.last["aims"]), "2")
    assert by_theme["account of the run-up"][-1] == "–"
    assert table.rows[-1][-1] == "3"


def test_in_words(named_attribution):
    text = attribution.summary_text(replace(named_attribution, outcome_label=""))
    found = named_attribution.attribution
    begin = f"Any agreement in force after 4 weeks: {format_fine_share(found.first)} of matching runs under View, "
    assert text.startswith(
        f"{begin}{format_fine_share(found.second)} under View too. Under this model the two views differ by "
    )
    assert f"the other {format_points(found.together)} points come about only where several change together" in text
    assert attribution.summary_text(named_attribution).startswith("“View” after 4 weeks: ")


def replace_shares(given, first, second, low, high, whole=(0.08, 0.12)):
    """The same attribution with other shares, and one shift for every theme."""
    shift, difference = (PartOfChange((one + other) / 2, one, other, "paired") for one, other in ((low, high), whole))
    themes = dict.fromkeys(given.attribution.themes, shift)
    found = replace(given.attribution, first=first, second=second, difference=difference, themes=themes)
    return attribution.summary_text(replace(given, attribution=found))


def test_only_what_is_told_apart_from_luck_is_named_as_a_cause(named_attribution):
    assert "above all because of what they assume about" in replace_shares(named_attribution, 0.1, 0.2, 0.01, 0.05)
    unclear = replace_shares(named_attribution, 0.1, 0.2, -0.01, 0.05)
    assert "above all" not in unclear
    assert "these draws tell no single theme that moves the share this way apart from 0" in unclear
    assert "above all" not in replace_shares(named_attribution, 0.1, 0.2, -0.05, -0.01)
    same = replace_shares(named_attribution, 0.1, 0.2, 0.01, 0.05, whole=(-0.01, 0.03))
    assert "above all" not in same
    assert "which these draws cannot tell apart from 0, so that no theme is named for it" in same
    never = replace_shares(named_attribution, 0.0, 0.0, -0.1, 0.1)
    assert "the outcome occurs in no run under either, so that there is nothing to share out" in never


def test_a_theme_that_moves_the_share_the_other_way_is_no_cause(named_attribution):
    """The views differ by +2; cost has +3 and levers -1, both told apart from 0."""
    shifts = [PartOfChange(value, value - 0.005, value + 0.005, "paired") for value in (-0.01, 0.03, 0.004)]
    themes = dict(zip(named_attribution.attribution.themes, shifts, strict=True))
    found = replace(named_attribution.attribution, difference=PartOfChange(0.02, 0.01, 0.03, "paired"), themes=themes)
    assert found.leading_themes == ["sequencing"]
    one = replace(named_attribution, attribution=found)
    assert "above all by sequencing (+3.0)" in attribution_pairs.summary_text([one])
    same = replace(found, difference=PartOfChange(0.02, -0.01, 0.05, "paired"))
    text = attribution_pairs.summary_text([replace(one, attribution=same)])
    assert "+2.0 points, which cannot be told apart from 0" in text
