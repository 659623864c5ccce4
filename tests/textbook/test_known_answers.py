"""Known answers: what each textbook case is there to show; exact, or with its sample size and false-alarm rate."""

import numpy as np
import pytest
from scipy import stats

from sim.play.draws import quantities
from sim.rules.week import VALUES
from tests.theory.play import differences, opened, played, scenario, weekly, world, zone

RUNS = 400
ALARM = 1e-4
NO_VETO = "actors.east.consenter.must_consent={sum_of: [flow], reaches: 9}"
NAMES = ("two-towns", "split-the-pie", "no-zone", "three-parties", "empty-threat")


def case(name, *changes):
    return scenario(f"textbook/{name}", *changes)


def at_least(hits, share):
    """False if so few hits would come in fewer than 1 of 10,000 ensembles with this share."""
    return stats.binom.cdf(hits.sum(), hits.size, share) > ALARM


def agreed(arrays):
    return world(arrays, "agreements") > 0.0


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_owned_up_to_as_one_of_teaching(name):
    found = case(name)
    reasons = {place: quantity.assumed for place, quantity in quantities(found)}
    assert len(reasons) > 80
    assert all(reason.startswith("teaching value: ") and len(reason) > 25 for reason in reasons.values())


def test_two_towns_settle_without_help():
    """Statistical: n 400; the share by week 8 is tested against nine in ten at 1e-4."""
    for week, arrays in enumerate(weekly(case("two-towns"), RUNS, 8), start=1):
        assert zone(arrays).any(axis=0).all(), f"week {week}"
    assert at_least(agreed(arrays), 0.9)


def test_two_towns_settle_less_where_the_quarrel_is_cheap():
    """Statistical, paired: n 400; sign test at 1e-4 over the runs that differ; the zone never grows, run by run."""
    cheap = case("two-towns", *(f"actors.{side}.interests.war_cost=*0.0333" for side in ("north", "south")))
    dear_zone, cheap_zone = (zone(opened(found, RUNS, VALUES)) for found in (case("two-towns"), cheap))
    assert cheap_zone.sum() < dear_zone.sum()
    dear, easy = (agreed(played(found, RUNS, 4)) for found in (case("two-towns"), cheap))
    lost, won = (dear & ~easy).sum(), (easy & ~dear).sum()
    assert stats.binomtest(int(lost), int(lost + won), alternative="greater").pvalue < ALARM


def test_the_range_of_the_pie_is_fearons():
    """Exact: five to eight tenths, whatever the run."""
    arrays = opened(case("split-the-pie"), 50, VALUES)
    names = [name for name, _ in arrays.board.contents]
    inside = zone(arrays)
    assert {name for name, row in zip(names, inside, strict=True) if row.all()} == {"five", "six", "seven", "eight"}
    assert {name for name, row in zip(names, inside, strict=True) if row.any()} == {"five", "six", "seven", "eight"}
    for row, worth in enumerate((0.5, 0.2)):
        assert arrays.state["actor"]["walk_away"][row] == pytest.approx(np.full(50, worth), abs=1e-12)


def test_the_pie_is_split_inside_the_range():
    """Statistical: n 400 against nine in ten at 1e-4; a split outside has a chance below 1e-3 per meeting."""
    for arrays in weekly(case("split-the-pie"), RUNS, 26):
        signed = world(arrays, "signed_now") > 0.0
        names = {arrays.board.contents[int(draft)][0] for draft in world(arrays, "draft")[signed]}
        assert names <= {"five", "six", "seven", "eight"}
    assert at_least(agreed(arrays), 0.9)


def test_two_optimists_never_agree():
    """Exact."""
    for arrays in weekly(case("no-zone"), RUNS, 52):
        assert not zone(arrays).any()
    assert world(arrays, "agreements").sum() == 0
    realists = [f"actors.{side}.interests.optimism={{value: 0}}" for side in ("north", "south")]
    assert agreed(played(case("no-zone", *realists), RUNS, 52)).mean() > 0.9


def test_the_third_party_blocks_and_its_veto_is_the_reason():
    """Statistical: n 400; none with the veto (chance per signature below 1e-6), at least eight in ten without it."""
    assert world(played(case("three-parties"), RUNS, 52), "agreements").sum() == 0
    assert at_least(agreed(played(case("three-parties", NO_VETO), RUNS, 52)), 0.8)


def test_the_veto_blocks_plans_and_not_talks():
    """Plans are made all the same, and refused."""
    arrays = played(case("three-parties"), RUNS, 52)
    assert world(arrays, "plans").sum() > RUNS / 2
    assert world(arrays, "plans_refused").sum() > RUNS / 2


def test_empty_threats_wear_out():
    """Exact: no deed, no weight, and credibility below its start in every run that heard an ultimatum lapse."""
    found = case("empty-threat")
    start = opened(found, RUNS, ()).state["dyad"]["chance"]
    lapsed = np.zeros(RUNS, dtype=bool)
    for arrays in weekly(found, RUNS, 52):
        assert not arrays.state["actor"]["stress"].any()
        row = list(arrays.board.spaces["actor"].keys).index("county")
        lapsed |= arrays.state["actor"]["lapsed"][row] > 0.0
        believed = list(arrays.board.spaces["dyad"].keys).index("north>county:credibility")
        now = arrays.state["dyad"]["chance"][believed]
        assert (now[lapsed] < start[believed][lapsed]).all()
        assert now[~lapsed] == pytest.approx(start[believed][~lapsed], abs=1e-12)
    assert lapsed.mean() > 0.9
    assert world(arrays, "deeds").sum() == 0


def test_a_threat_that_is_carried_out_keeps_its_word():
    """The contrast: where the fine can be imposed it sometimes is, and then Upton believes the county more."""
    arrays = played(case("empty-threat", "levers.fine.executes=true", "levers.fine.price={value: -0.05}"), RUNS, 12)
    empty = played(case("empty-threat"), RUNS, 12)
    believed = list(arrays.board.spaces["dyad"].keys).index("north>county:credibility")
    kept, lapsing = (a.state["dyad"]["chance"][believed] for a in (arrays, empty))
    done = arrays.state["lever"]["ever"][0] > 0.0
    assert done.mean() > 0.5
    assert kept[done].mean() > lapsing[done].mean()


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_decides_and_nothing_else(name):
    assert differences(played(case(name), 20, 12).state, played(case(name), 20, 12).state) == []


def test_offers_alone_lead_to_an_agreement():
    """Rubinstein: with concessions barred, alternating offers should end at once."""
    barred = [f"actors.{side}.belligerent.concession_price=1000" for side in ("north", "south")]
    assert at_least(agreed(played(case("two-towns", *barred), 200, 52)), 0.9)
