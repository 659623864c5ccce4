"""Words: what a case calls its contest, its meetings and moves, where the usual words do not fit."""

from string import Formatter
from typing import Annotated

from pydantic import AfterValidator

from sim.schema.base import Model
from sim.schema.labels import Label

IN_A_CLAUSE = ("actor", "target", "often")
"""Places that a clause may have."""


def check_clause(clause: str) -> str:
    """Refuse a clause without its subject, or with a place that nothing fills.

    Raises:
        ValueError: it has no {actor}, a place of another name, or a brace that is not closed.
    """
    try:
        places = {(place or "").partition(".")[0] for _, place, _, _ in Formatter().parse(clause) if place is not None}
    except ValueError as problem:
        raise ValueError(f"{problem}; places stand in braces, as in '{{actor}} struck {{target}}{{often}}'") from None
    if unknown := sorted(places - {*IN_A_CLAUSE}):
        raise ValueError(f"has the place {{{unknown[0]}}}; there are {', '.join(f'{{{one}}}' for one in IN_A_CLAUSE)}")
    if missing := [place for place in IN_A_CLAUSE if place not in places and place != "target"]:
        raise ValueError(f"lacks the place {{{missing[0]}}}, as in '{{actor}} struck {{target}}{{often}}'")
    return clause


Clause = Annotated[Label, AfterValidator(check_clause)]
"""A clause in the past tense without its full stop; {actor} is who, {target} whom, {often} how often."""


class CaseWords(Model):
    """What the case calls a thing in stories; what it leaves out is called by the usual word."""

    contest: Label | None = None
    """What goes on without an agreement, with its article: `the strike`. Usual: the dispute."""
    meeting: Label | None = None
    """The meeting that prepares a summit: `a meeting of ministers`. Usual: a preliminary meeting."""
    summit: Label | None = None
    """The meeting that drafts a plan: `the summit`. Usual: the decisive meeting."""
    truce: Label | None = None
    """A truce when it begins: `a partial truce`. Usual: a pause."""
    the_truce: Label | None = None
    """A truce of which the reader knows: `the partial truce`. Usual: the pause."""
    strike: Clause | None = None
    """The move that hurts the other side, as a clause: `{actor} struck {target}{often}`. Usual: took a hostile step."""
    hostile_act: Label | None = None
    """The same move as a noun, without article: `mass strike`. Usual: hostile step."""
