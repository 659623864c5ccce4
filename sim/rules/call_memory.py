"""Call memory: how far is a side's last call still in memory?

Read aloud
    What has just been said is no news when it is said again. A call fades from memory like other experience, and is
    spent at once when something new comes: an ultimatum or an execution against the side, or talks with it that fail,
    are cancelled or lapse.

Symbols
    said  1 after a call, 0 after news    called  1 if the side called last week    memory (f)  share kept per week
    seat_failed, seat_cancelled, seat_lapsed  what became of talks with the side    threatened, hit  against the side

Sources
    What is heard twice counts once: DeMarzo, Vayanos and Zwiebel (2003), Persuasion bias.
"""

from sim.rules.numerics import Number, at_least, where


def remember_call(
    said: Number,
    called: Number,
    threatened: Number,
    hit: Number,
    seat_failed: Number,
    seat_cancelled: Number,
    seat_lapsed: Number,
    memory: Number,
) -> Number:
    """How far the last call is still in memory."""
    news = threatened + hit + seat_failed + seat_cancelled + seat_lapsed
    return where(news > 0.0, 0.0, at_least(memory * said, called))
