"""Course: what happened to the process this week?

Read aloud
    A summit without a signature has failed; one that was due and not held is cancelled. A plan that does not pass has
    lapsed, unless a counter-offer has taken its place.

Symbols
    stage, stage_before  stages after and before this week's step    fresh  1 if something was tabled

Sources
    Stages of mediation: Touval and Zartman (1985), International Mediation in Theory and Practice.
"""

from sim.rules.words import Number, flag


def happened(
    stage_before: Number, stage: Number, summit: Number, seat_signed: Number, fresh: Number
) -> tuple[Number, Number, Number, Number, Number]:
    """1 for a failed summit, a cancelled summit, a plan that lapsed, one that was signed, one that was made."""
    failed = summit * (1.0 - seat_signed)
    gone = flag(stage == 0.0)
    cancelled = flag(stage_before == 3.0) * gone * (1.0 - summit)
    lapsed = flag(stage_before == 4.0) * flag(stage < 5.0) * (1.0 - fresh)
    signed = flag((stage_before == 4.0) & (stage == 5.0))
    return failed, cancelled, lapsed, signed, flag((stage_before < 4.0) & (stage == 4.0))
