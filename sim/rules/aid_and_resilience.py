"""Aid and resilience: how do aid and staying power of a side move?

Read aloud
    Aid closes part of the gap to what its patrons give, which may grow or run out over the years. Staying power wears
    away while the fighting lasts; more aid than at the start mends it, less aid hurts it. A mass strike takes some of
    it, as far as the side that strikes has the means; it uses them up, and they are gathered again from aid and from
    what the side itself can do. Who is behind in the contest can do less, in the ratio of means that the balance is.

Symbols
    aid, aid_start  aid received, 0 to 1      aid_due  change by patrons' levers
    resilience      staying power, 0 to 1     erosion  lost per week of fighting
    fighting        1 while guns are not silent        strike_means  share of a full strike that is at hand
    balance (b)     logarithm of the ratio of means, in logits     side_sign  +1 for the first side, -1 for the second

Sources
    Staying power as a war aim of its own: Slantchev (2003), The principle of convergence in wartime negotiations.
    Strikes limited by what is in stock: Hughes (1995), A salvo model of warships in missile combat. Chances in logits
    as a ratio of means: Hirshleifer (1989), Conflict and rent-seeking success functions.
"""

from sim.rules.conflict_cost import WEEKS_A_YEAR
from sim.rules.numerics import Number, at_least, at_most, exp, where


def aid_received(
    aid: Number, aid_start: Number, aid_due: Number, aid_trend: Number, week: Number, aid_speed: Number
) -> Number:
    """Aid after this week."""
    years = at_least(week, 0.0) / WEEKS_A_YEAR
    goal = at_most(at_least(aid_start + aid_due + aid_trend * years, 0.0), 1.0)
    return aid + aid_speed * (goal - aid)


def staying_power(
    resilience: Number, erosion: Number, fighting: Number, aid: Number, aid_start: Number, aid_heals: Number
) -> Number:
    """Resilience after this week."""
    moved = resilience + aid_heals * (aid - aid_start) - erosion * fighting
    return at_most(at_least(moved, 0.0), 1.0)


def means_gathered(
    strike_means: Number, aid: Number, aid_start: Number, aid_speed: Number, side_sign: Number, balance: Number
) -> Number:
    """Share of a full mass strike that is at hand after a week of gathering."""
    goal = at_most(at_least(1.0 + aid - aid_start, 0.0), 1.0) * at_most(exp(side_sign * balance), 1.0)
    return strike_means + aid_speed * (goal - strike_means)


def resilience_after_strike(
    resilience: Number, other_struck: Number, other_strike_toll: Number, other_strike_means: Number
) -> Number:
    """Resilience after a mass strike by the other side."""
    return at_least(resilience - other_struck * other_strike_toll * other_strike_means, 0.0)


def means_left(strike_means: Number, struck: Number) -> Number:
    """Means for a mass strike that are left after this week."""
    return where(struck > 0.0, 0.0, strike_means)
