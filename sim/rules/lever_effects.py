"""Lever effects: when does a lever that was executed take effect, and how strongly?

Read aloud
    An execution takes its time. Once its delay is over, its effect closes part of the gap to the full effect each week.
    What depends on compliers reaches only as far as they comply. Executions that last a while end and can be repeated.
    What may lead to a direct clash does so a little already while it is threatened, as far as the threat is believed:
    then both sides ready themselves.

Symbols
    executed    1 once it is executed         weeks_on  weeks since then
    delay, lasts  in weeks; lasts 0 is for good  reach     share of the effect that compliers let through
    effect_share  share of the full effect felt now
    stress, push, aid_change, clash  full effects (worth/week, logits/week, share, factor)
    threat_left  weeks of ultimatum left    credibility (q)  the target's belief that it is executed

Sources
    Delay and partial compliance: Hufbauer, Schott, Elliott and Oegg (2007), Economic Sanctions Reconsidered.
    Threats as a competition in taking risks: Schelling (1966), Arms and Influence.
"""

from sim.rules.numerics import Number, at_least, flag, where


def age(executed: Number, weeks_on: Number, delay: Number, lasts: Number) -> tuple[Number, Number]:
    """Whether the execution still stands, and for how many weeks."""
    age = where(executed > 0.0, weeks_on + 1.0, 0.0)
    over = (lasts > 0.0) & (age > delay + lasts)
    return where(over, 0.0, executed), where(over, 0.0, age)


def phase_in(
    effect_share: Number, executed: Number, weeks_on: Number, delay: Number, reach: Number, lever_speed: Number
) -> Number:
    """Share of the full effect that is felt this week."""
    full = where((executed > 0.0) & (weeks_on >= delay), reach, 0.0)
    return effect_share + lever_speed * (full - effect_share)


def effect_sizes(
    effect_share: Number,
    stress: Number,
    push: Number,
    aid_change: Number,
    clash: Number,
    threat_left: Number,
    credibility_chance: Number,
) -> tuple[Number, Number, Number, Number]:
    """Added cost, push, aid and clash risk of this lever this week."""
    readied = at_least(effect_share, where(threat_left > 0.0, credibility_chance, 0.0))
    return (
        effect_share * stress,
        effect_share * push,
        effect_share * aid_change,
        readied * flag(clash > 0.0) * (clash - 1.0),
    )


def deters(by_effect_share: Number, raised_by: Number) -> Number:
    """By how much this lever makes the other one dearer now."""
    return by_effect_share * raised_by
