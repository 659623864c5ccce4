"""Call memory: how far is what a side's last call said still in memory?

Read aloud
    What has just been said is no news when it is said again. A call answers the ultimatum that stands, and opens a
    conversation: both fade from memory like other experience. A new ultimatum has not been answered yet, and talks
    that failed, were cancelled or lapsed leave a conversation to be opened anew.

Symbols
    called  1 if the side called last week    threatened  new ultimatums against it    memory (f)  share kept per week
    seat_failed, seat_cancelled, seat_lapsed  talks with it that came to nothing
    call_memory, answered  1 after a call, 0 after such news (moves/call.py)

Sources
    What is heard twice counts once: DeMarzo, Vayanos and Zwiebel (2003), Persuasion bias.
"""

from sim.rules.numerics import Number, at_least, where


def remember_answer(answered: Number, called: Number, threatened: Number, memory: Number) -> Number:
    """How far a call has answered the ultimatum that stands."""
    return where(threatened > 0.0, 0.0, at_least(memory * answered, called))


def remember_call(
    call_memory: Number,
    called: Number,
    seat_failed: Number,
    seat_cancelled: Number,
    seat_lapsed: Number,
    memory: Number,
) -> Number:
    """How far the last call is still in memory."""
    return where(seat_failed + seat_cancelled + seat_lapsed > 0.0, 0.0, at_least(memory * call_memory, called))
