"""Preferences: a heat table whose cells hold worths, with weights in the heads of issues."""

from analysis.figures import preferences
from sim.i18n.messages import format_number
from tests.factories.figures import find_argument


def test_every_worth_stands_in_a_cell_of_its_shade_and_every_weight_in_a_head():
    found = find_argument(preferences)
    for narrow in (False, True):
        drawn = preferences.draw_figure(found, narrow=narrow)
        shaded = [tuple(row) for row in drawn.data[0].z if row[0] is not None]
        worths = [tuple(option.worth.values()) for issue in found.issues for option in issue.options]
        assert shaded == worths
        cells = [text for row in drawn.data[0].text for text in row if text]
        heads = [note.text for note in drawn.layout.annotations if note.xref is None]
        assert cells == [format_number(one, 2) for row in worths for one in row]
        assert all(text.startswith("<b>") for text in heads)
        assert len(heads) == len(found.issues) * len(found.actors)
        assert drawn.layout.xaxis.side == "top"
