"""Grid: rows in the order given, views in fixed order, what cannot be set side by side is refused."""

import pytest

from analysis.questions.grid import grid
from analysis.questions.shares import shares
from tests.questions.made import results


def test_rows_and_views_keep_their_order():
    found = grid([("Base", shares(results())), ("Other", shares(results(names=("ito-2030", "wide"))))])
    assert [row.title for row in found.rows] == ["Base", "Other"]
    assert list(found.views) == ["wide", "okafor-2030", "ito-2030"]
    assert list(found.rows[1].lenses) == ["wide", "ito-2030"]
    assert found.rows[0].lenses["wide"].any_agreement.share == pytest.approx(0.2)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="no scenario files"):
        grid([])
    with pytest.raises(ValueError, match="'Longer' does not have the outcomes and the horizon of 'Base'"):
        grid([("Base", shares(results())), ("Longer", shares(results(horizon_weeks=9)))])
