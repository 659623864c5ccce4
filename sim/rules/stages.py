"""Stages: how far have the talks come? The names by which every rule asks."""

IDLE = 0.0
"""Nobody talks."""
CONTACT = 1.0
"""A side has called or tabled something, or the mediator has met one."""
MINISTERS = 2.0
"""Ministers meet."""
SUMMIT_DUE = 3.0
"""A summit may be held."""
PLAN = 4.0
"""A drafted package is being consulted on."""
SIGNED = 5.0
"""An agreement is signed and not in force yet."""
IN_FORCE = 6.0
"""An agreement is in force."""
