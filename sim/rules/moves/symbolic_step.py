"""Symbolic step: what is a partial truce or an exchange worth to a side?

Read aloud
    A step that both can sell speaks twice: by what is said and by what is seen. It averts punishment more surely
    than a call, and costs more.

Symbols
    words_credibility (eta), sincerity (rho), threatened_harm (X)
    1 - (1 - eta rho)^2  chance that one of two words is believed

Sources
    Costly signals: Kydd (2005), Trust and Mistrust in International Relations.
"""

from sim.rules.numerics import Number, flag


def worth(
    actor_words_credibility: Number,
    sincerity_chance: Number,
    actor_threatened_harm: Number,
    actor_prestige: Number,
    actor_symbolic_price: Number,
    mediated: Number,
) -> Number:
    """Worth of offering a partial truce."""
    unmoved = 1.0 - actor_words_credibility * sincerity_chance
    return (1.0 - unmoved * unmoved) * actor_threatened_harm + actor_prestige * mediated - actor_symbolic_price


def is_open(truce_left: Number, fighting: Number) -> Number:
    """Open while there is fighting and no truce."""
    return flag((truce_left == 0.0) & (fighting > 0.0))
