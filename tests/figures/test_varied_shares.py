"""The figure of varied shares: lines for one factor, heat maps for two, dots for more or samples."""

from analysis.figures import varied_shares
from analysis.report.varied_shares import list_varied_notes
from tests.factories.figures import make_varied

NAMES = ("*0.5", "*2")


def test_one_factor_makes_lines_over_its_values():
    drawn = varied_shares.draw_figure(make_varied("noise", (("*0.5",), ("*0.25",), ("*2",))))
    lines = [trace for trace in drawn.data if trace.mode == "lines+markers"]
    assert [list(line.x) for line in lines] == [[0.25, 0.5], *[[0.25, 0.5, 2.0]] * (len(lines) - 1)]
    assert len(lines) > 1
    assert drawn.layout.xaxis.type == "log"
    assert list(drawn.layout.xaxis.ticktext) == ["0.25", "0.5", "2"]


def test_values_that_are_no_numbers_have_names():
    drawn = varied_shares.draw_figure(make_varied("buyers", (("refuse",), ("comply",))))
    assert drawn.layout.xaxis.type == "category"


def test_two_factors_make_a_map_with_the_share_in_every_cell():
    drawn = varied_shares.draw_figure(make_varied("noise", tuple((one, other) for one in NAMES for other in "12")))
    maps = [trace for trace in drawn.data if trace.type == "heatmap"]
    assert len(maps) > 1
    assert list(maps[0].x) == ["× 0.5", "× 2"]
    assert list(maps[0].y) == ["1", "2"]
    assert maps[0].text[1][1] == "–"  # the last setting has no run of the first view
    assert maps[1].text[1][1].endswith("%")


def test_samples_make_dots_by_factor():
    drawn = varied_shares.draw_figure(make_varied("noise", (("*0.5", "1"), ("*2", "3")), is_sampled=True))
    assert {trace.type for trace in drawn.data} == {"scatter"}
    assert {trace.xaxis for trace in drawn.data} == {"x", "x2"}


def test_settings_without_runs_are_named():
    varied = make_varied("noise")
    assert "no matching runs" in varied_shares.build_table(varied).rows[-1]
    assert any("no draw matches the reported run-up at × 2" in text for text in list_varied_notes(varied))
