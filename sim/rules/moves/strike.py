"""Strike: what is a mass strike worth to a side?

Read aloud
    A strike has its gain, as far as the means for it have been gathered. It brings nearer what the side has been
    threatened with: what nobody has announced holds nobody back. It loosens the help that the side has from others.
    While talks run it spoils the prestige of a seat at the table; when they have collapsed there is no seat to spoil,
    and what was spared meanwhile is at hand. It is more than words, so that two keys must turn.

Symbols
    strike_means  share of a full strike that is at hand    strike_backlash (zeta)    prestige
    threatened_harm (X)  expected harm of the ultimatums that stand against the side
    help_at_stake  what the help of others is worth to it, as far as it believes that they would stop it

Sources
    Punishment and denial: Pape (1996), Bombing to Win. Fighting while talking: Min (2020). Only a threat that the
    other side knows of deters: Schelling (1966), Arms and Influence.
    Restraint of those who depend on help: Pressman (2008), Warring Friends; Crawford (2003), Pivotal Deterrence.
"""

from sim.rules.numerics import Number, flag


def worth(
    actor_strike_gain: Number,
    actor_strike_means: Number,
    actor_strike_backlash: Number,
    actor_threatened_harm: Number,
    actor_help_at_stake: Number,
    actor_prestige: Number,
    actor_at_table: Number,
) -> Number:
    """Worth of a mass strike this week."""
    feared = actor_strike_backlash * (actor_threatened_harm + actor_help_at_stake)
    return actor_strike_means * actor_strike_gain - feared - actor_prestige * actor_at_table


def is_open(fighting: Number, truce_left: Number) -> Number:
    """Open while there is fighting and no partial truce."""
    return flag((fighting > 0.0) & (truce_left == 0.0))
