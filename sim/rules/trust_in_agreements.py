"""Trust in agreements: how far does a party count on truces being kept and guarantees being honoured?

Read aloud
    A side asks its own experience with the other side. A third party takes the middle of what both sides believe.
    Trust in a guarantee is the party's own experience with the guarantor where it keeps one.

Symbols
    honour_chance  belief of a side that the other keeps a truce
    trust_chance   belief that the guarantor stands by its guarantee; keeps_trust is 1 for who has such a belief

Sources
    Experience with broken promises: Fortna (2004), Peace Time.
"""

from sim.rules.numerics import Number, where


def truce_trust_of_side(honour_chance: Number) -> Number:
    """A side's belief that a ceasefire will be kept."""
    return honour_chance


def truce_trust_of_others(first_truce_trust: Number, second_truce_trust: Number) -> Number:
    """A third party's belief that a ceasefire will be kept."""
    return (first_truce_trust + second_truce_trust) * 0.5


def guarantee_trust(keeps_trust: Number, trust_chance: Number, trust_given: Number) -> Number:
    """Share of a guarantee's strength that the party counts on."""
    return where(keeps_trust > 0.0, trust_chance, trust_given)
