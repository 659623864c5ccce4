"""Belief update: how does experience move a belief?

Read aloud
    Good experience counts for, bad experience against; the belief is the share of good. Old experience fades towards
    where the belief began. Kept words and empty words move credibility; steps and broken summits move sincerity;
    confirmed and unconfirmed plans move commitment; kept and broken truces move honour; aid given and cut move trust.

Symbols
    good, bad (a, b of a Beta belief)    good_start, bad_start  where it began    memory (f)  share kept per week
    fractions: a withdrawn threat, a cancelled summit or a violated truce counts as half an experience

Sources
    Beta learning: Lindley (1965). Credibility by record: Peterson (2013), Sanctions threats and credibility.
"""

from sim.rules.numerics import Number

HALF = 0.5


def credibility(about_kept: Number, about_lapsed: Number, about_withdrawn: Number) -> tuple[Number, Number]:
    """Good and bad experience with threats."""
    return about_kept, about_lapsed + HALF * about_withdrawn


def sincerity(
    about_seat_plan: Number, about_symbolic: Number, about_seat_failed: Number, about_seat_cancelled: Number
) -> tuple[Number, Number]:
    """Good and bad experience with promises."""
    return about_seat_plan + HALF * about_symbolic, about_seat_failed + HALF * about_seat_cancelled


def commitment(holder_seat_signed: Number, holder_seat_lapsed: Number) -> tuple[Number, Number]:
    """Good and bad experience with plans."""
    return holder_seat_signed, holder_seat_lapsed


def honour(completed: Number, truce_kept: Number, broke: Number, truce_violated: Number) -> tuple[Number, Number]:
    """Good and bad experience with truces."""
    return completed + HALF * truce_kept, broke + HALF * truce_violated


def trust(holder_helped: Number, holder_cut: Number) -> tuple[Number, Number]:
    """Good and bad experience with support."""
    return holder_helped, holder_cut


def update_beta_belief(
    good: Number,
    bad: Number,
    good_start: Number,
    bad_start: Number,
    good_now: Number,
    bad_now: Number,
    memory: Number,
) -> tuple[Number, Number, Number]:
    """Experience after this week, and the belief as the share of good."""
    for_it = good_start + memory * (good - good_start) + good_now
    against = bad_start + memory * (bad - bad_start) + bad_now
    return for_it, against, for_it / (for_it + against)
