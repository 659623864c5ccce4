"""Hardening: what do executions and disappointments do to a side's reservation value?

Read aloud
    Every lever of pressure that is executed, every plan that lapsed after the side had accepted it, and every signature
    that the other side takes back makes no agreement look better.

Symbols
    hardening  added to the reservation value    hit  number of such events this week
    presses, helps, cuts  1 for levers of pressure, of support, of withdrawn support

Sources
    Backlash of coercion: Dafoe, Hatz and Zhang (2021), Coercion and provocation.
"""

from sim.rules.numerics import Number


def raise_reservation_value(hardening: Number, hardens_by_executions: Number, hit: Number) -> Number:
    """Hardening of a side after executions against it."""
    return hardening + hardens_by_executions * hit


def execution_kinds(
    executed_now: Number, presses: Number, helps: Number, cuts: Number
) -> tuple[Number, Number, Number]:
    """1 for an execution that presses, that helps, that withdraws help."""
    return executed_now * presses, executed_now * helps, executed_now * cuts
