"""Choice: which move does an actor make this week?

Read aloud
    Better moves are likelier, not certain: to the worth of every open move its luck is added, and the best is taken.
    Words need one key. What is more than words needs two: the second turns the more surely, the better the move is
    than anything else the actor could do. If it does not turn, the actor waits.

Symbols
    precision (lambda)  per unit of worth     second_key (kappa_2)     noise  Gumbel luck     luck  in [0, 1)
    moves come as lists of equal length; the first is to wait

Sources
    Logit as the best of worth plus Gumbel luck: McFadden (1974). Two keys: our own, against leaking of rare errors.
"""

from collections.abc import Sequence

from sim.rules.numerics import Number, at_least, flag, log, logistic, where

CLOSED = -1e9


def gumbel_noise(luck: Number) -> Number:
    """Gumbel luck from a random number between 0 and 1."""
    return -log(-log(luck))


def choose_move(
    worths: Sequence[Number],
    opens: Sequence[Number],
    noises: Sequence[Number],
    needs_second_key: Sequence[bool],
    lucks: Sequence[Number],
    precision: Number,
    second_key: Number,
) -> list[Number]:
    """For each move 1 if it is made."""
    valued = [where(is_open > 0.0, worth, CLOSED) for worth, is_open in zip(worths, opens, strict=True)]
    best: Number = precision * valued[0] + noises[0]
    place: Number = best * 0.0
    for number in range(1, len(valued)):
        score = precision * valued[number] + noises[number]
        place = where(score > best, float(number), place)
        best = at_least(score, best)
    made = [flag(place == float(number)) for number in range(len(valued))]
    for number, needed in enumerate(needs_second_key):
        if needed:
            turns = logistic(precision * second_key * (valued[number] - _best_other(valued, number)))
            made[number] = made[number] * flag(lucks[number] < turns)
    return made


def _best_other(valued: Sequence[Number], number: int) -> Number:
    best: Number = CLOSED
    for other, value in enumerate(valued):
        if other != number:
            best = at_least(value, best)
    return best
