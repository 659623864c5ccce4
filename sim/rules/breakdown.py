"""Breakdown: how likely is it that a ceasefire breaks this week?

Read aloud
    Some ceasefires exist on paper only and break soon. The others become ever less likely to break. The sequence that
    led there makes a breakdown rarer or not. What is settled is more than paper and breaks more rarely than a truce.
    Imposed agreements break more often, guarantees make it rarer.

Symbols
    slow hazard  Weibull with scale H0 and shape k: 1 - exp(-H0 ((t+1)^k - t^k))
    paper_share  chance of a paper ceasefire    breakdown_factor  of the sequence    settled  1 once nothing is open
    guarantee_bite (gamma)    deal_weeks (t)  weeks in force

Sources
    Fortna (2004), Peace Time; imposed truces: Werner and Yuen (2005), Making and keeping peace.
"""

from sim.rules.numerics import Number, at_most, exp, flag, power, where


def hazard(
    deal_weeks: Number,
    paper_share: Number,
    paper_hazard: Number,
    slow_scale: Number,
    slow_shape: Number,
    imposed: Number,
    imposed_factor: Number,
    guarantee_bite: Number,
    draft_guarantee: Number,
    draft_breakdown_factor: Number,
    settled: Number,
    settled_factor: Number,
    luck_paper: Number,
) -> Number:
    """Chance that an agreement in force breaks this week."""
    slow = 1.0 - exp(-(slow_scale * (power(deal_weeks + 1.0, slow_shape) - power(deal_weeks, slow_shape))))
    truce = where(luck_paper < paper_share, paper_hazard, slow)
    bare = where(settled > 0.0, slow * settled_factor, truce) * draft_breakdown_factor
    pressed = where(imposed > 0.0, bare * imposed_factor, bare)
    return at_most(pressed * exp(-(guarantee_bite * draft_guarantee)), 1.0)


def has_ever_broken(broken: Number, broke: Number) -> Number:
    """1 once a ceasefire has broken."""
    return flag(broken + broke > 0.0)
