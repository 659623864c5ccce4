"""Aid and resilience: how do aid and staying power of a side move?

Read aloud
    Aid closes part of the gap to what its patrons give. Staying power wears away while the fighting lasts;
    more aid than at the start mends it, less aid hurts it.

Symbols
    aid, aid_start  aid received, 0 to 1      aid_due  change by patrons' levers
    resilience      staying power, 0 to 1     erosion  lost per week of fighting
    fighting        1 while guns are not silent

Sources
    Staying power as a war aim of its own: Slantchev (2003), The principle of convergence in wartime negotiations.
"""

from sim.rules.numerics import Number, at_least, at_most


def aid_received(aid: Number, aid_start: Number, aid_due: Number, aid_speed: Number) -> Number:
    """Aid after this week."""
    goal = at_most(at_least(aid_start + aid_due, 0.0), 1.0)
    return aid + aid_speed * (goal - aid)


def staying_power(
    resilience: Number, erosion: Number, fighting: Number, aid: Number, aid_start: Number, aid_heals: Number
) -> Number:
    """Resilience after this week."""
    moved = resilience + aid_heals * (aid - aid_start) - erosion * fighting
    return at_most(at_least(moved, 0.0), 1.0)


def resilience_after_strike(resilience: Number, other_struck: Number, other_strike_toll: Number) -> Number:
    """Resilience after a mass strike by the other side."""
    return at_least(resilience - other_struck * other_strike_toll, 0.0)
