"""Ultimatum: what becomes of a lever after this week's choices?

Read aloud
    A threat sets a deadline. An execution, unless vetoed, ends the ultimatum: the word was kept. A deadline that runs
    out without one lapses: it was not. Withdrawal ends it too, and a concession that meets it.

Symbols
    threatened_now, dropping_now, executing_now  1 if chosen    threat_left  weeks    relief  see moves/concede.py

Sources
    Life of a threat: Drezner (2003), The hidden hand of economic coercion.
"""

from sim.rules.numerics import Number, at_least, flag, where


def count_down(threat_left: Number) -> tuple[Number, Number]:
    """Weeks of ultimatum left, and 1 if it lapses now."""
    left = at_least(threat_left - 1.0, 0.0)
    return left, flag((threat_left > 0.0) & (left == 0.0))


def update_ultimatum(
    threat_left: Number,
    deadline: Number,
    executed: Number,
    ever: Number,
    threatened_now: Number,
    dropping_now: Number,
    executing_now: Number,
    vetoed: Number,
) -> tuple[Number, Number, Number, Number, Number]:
    """Ultimatum left, whether executed now and ever, and whether a word was kept or withdrawn."""
    executed_now = executing_now * (1.0 - vetoed)
    stood = flag(threat_left > 0.0)
    withdrawn = dropping_now * stood * (1.0 - executed_now)
    standing = where(threatened_now > 0.0, deadline, threat_left * (1.0 - withdrawn)) * (1.0 - executed_now)
    return standing, at_least(executed, executed_now), at_least(ever, executed_now), executed_now * stood, withdrawn


def is_executed_now(executing_now: Number, vetoed: Number) -> Number:
    """1 if the lever was executed this week."""
    return executing_now * (1.0 - vetoed)


def ultimatum_stands(threat_left: Number) -> Number:
    """1 while an ultimatum stands."""
    return flag(threat_left > 0.0)


def is_vetoed(vetoing: Number) -> Number:
    """1 if any member vetoes the execution."""
    return flag(vetoing > 0.0)


def cancel_by_concession(
    threat_left: Number, target_conceded: Number, target_relief: Number, luck_relief: Number
) -> Number:
    """Ultimatum left: a concession that meets it ends it, and no word was broken."""
    return where((target_conceded > 0.0) & (luck_relief < target_relief), 0.0, threat_left)
