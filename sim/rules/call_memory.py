"""Call memory: how far is what a side's last call said still in memory?

Read aloud
    What has just been said is no news when it is said again. A call answers the ultimatum that stands, and opens a
    conversation: both fade from memory like other experience. A new ultimatum has not been answered yet. Talks that
    failed make nothing new of what was said before them.

Symbols
    called  1 if the side called last week    threatened  new ultimatums against it    memory (f)  share kept per week
    call_memory, answered  1 after a call; answered is 0 after a new ultimatum (moves/call.py)

Sources
    What is heard twice counts once: DeMarzo, Vayanos and Zwiebel (2003), Persuasion bias.
"""

from sim.rules.numerics import Number, at_least, where


def remember_answer(answered: Number, called: Number, threatened: Number, memory: Number) -> Number:
    """How far a call has answered the ultimatum that stands."""
    return where(threatened > 0.0, 0.0, at_least(memory * answered, called))


def remember_call(call_memory: Number, called: Number, memory: Number) -> Number:
    """How far the last call is still in memory."""
    return at_least(memory * call_memory, called)
