"""Asymmetries: in what do the two disputants differ in the files, and on which passages or reasons does each rest?

Read aloud
    Everything is compared with its mirror image: the two sides trade places, and the options of every issue are read
    from the other end. What equals its mirror image is the same for both sides. Everything else is listed: quantities
    with other numbers, red lines, ratification and consent without a counterpart, beliefs, levers against one side,
    outcomes that name terms of one side, and a contest that leans. Each has the reason that stands beside it, or the
    one that the case gives under `asymmetries`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.methods.assumptions import format_quantity
from analysis.methods.mirror import Mirror
from sim.schema.quantity import Quantity, Weights, WithReason, find_quantities
from sim.schema.scenario import Scenario

SIGNED = ("balance", "drift", "resting_point")
"""Numbers of the contest that favour a side by their sign."""

NOTHING = "–"
"""Stands for what a side does not have."""

Pair = tuple[str, str]
"""What the first and the second side have."""


@dataclass(frozen=True)
class Asymmetry:
    """One difference between the two disputants."""

    place: str
    """Where it stands; for a field that both have, the field alone."""
    first: str
    """What the first side has."""
    second: str
    """What the second side has."""
    because: tuple[str, ...] = ()
    """Claims it rests on."""
    assumed: str = ""
    """Our own reason, where no claim supports it."""

    @property
    def has_reason(self) -> bool:
        """True if it rests on a claim or on a reason of ours."""
        return bool(self.because or self.assumed)


def list_asymmetries(scenario: Scenario) -> tuple[Asymmetry, ...]:
    """Every difference between the two disputants of a scenario through one source view, in the order of the schema."""
    mirror = Mirror(scenario)
    return (
        *_compare_fields(scenario),
        *_compare_red_lines(mirror),
        *_compare_ratification(mirror),
        *_compare_consent(mirror),
        *_compare_issues(mirror),
        *_compare_contest(mirror),
        *_compare_levers(mirror),
        *_compare_beliefs(mirror),
        *_compare_outcomes(mirror),
    )


def _explain(place: str, shown: Pair, *reasons: WithReason | None) -> Asymmetry:
    """An asymmetry with the claims of all its reasons, or where there are none, with our reasons."""
    because = tuple(dict.fromkeys(claim for reason in reasons if reason for claim in reason.because))
    ours = dict.fromkeys(reason.assumed for reason in reasons if reason and reason.assumed)
    return Asymmetry(place, *shown, because, "" if because else " / ".join(ours))


def _place(text: str, is_first: bool) -> Pair:
    """The text in the place of its side, and nothing in the other's."""
    return (text, NOTHING) if is_first else (NOTHING, text)


def _format(quantity: Quantity | Weights | None) -> str:
    return NOTHING if quantity is None else format_quantity(quantity.model_dump(exclude_none=True))


def _get_numbers(quantity: Quantity | Weights | None) -> object:
    if isinstance(quantity, Weights):
        return quantity.shares, quantity.sharpness
    return quantity and (quantity.form, quantity.numbers)


def _compare_fields(scenario: Scenario) -> Iterator[Asymmetry]:
    """Quantities that both sides have, or one of them."""
    sides = [scenario.actors[key] for key in scenario.find_by_role("disputant")]
    for role in ("interests", "disputant"):
        fields: list[Mapping[str, Quantity | Weights]] = [dict(find_quantities(getattr(side, role))) for side in sides]
        for place in dict.fromkeys((*fields[0], *fields[1])):
            one, other = fields[0].get(place), fields[1].get(place)
            if not place.startswith("red_lines") and _get_numbers(one) != _get_numbers(other):
                yield _explain(f"{role}.{place}", (_format(one), _format(other)), one, other)


def _compare_red_lines(mirror: Mirror) -> Iterator[Asymmetry]:
    """Red lines of a side without a counterpart of the same price."""
    for number, (side, other) in enumerate(mirror.pairs):
        for key, line in mirror.find_red_lines(side).items():
            price, counterparts = _get_numbers(line.price), mirror.find_red_lines(other).values()
            if not any(_get_numbers(one.price) == price and mirror.swaps(line.when, one.when) for one in counterparts):
                text = f"{line.label}: {_format(line.price)}"
                yield _explain(f"actors.{side}.interests.red_lines.{key}", _place(text, number == 0), line.price)


def _compare_ratification(mirror: Mirror) -> Iterator[Asymmetry]:
    """Terms that need one more key at home, unless the other side has the same."""
    first, second = (mirror.find_ratification(side) for side, _ in mirror.pairs)
    if (first or second) and not (first and second and mirror.swaps(first, second)):
        shown = [mirror.format_condition(one) if one else NOTHING for one in (first, second)]
        yield _explain("interests.ratifies", (shown[0], shown[1]), first, second)


def _compare_consent(mirror: Mirror) -> Iterator[Asymmetry]:
    """Third parties that must consent to terms of one side, lobby against one side or see the balance its way."""
    scenario = mirror.scenario
    for key, actor in scenario.actors.items():
        if (veto := actor.veto_player) is not None:
            if (asked := veto.must_consent) is not None and not mirror.swaps(asked, asked):
                place = f"actors.{key}.veto_player.must_consent"
                text = mirror.format_condition(asked)
                yield _explain(place, (text, text), scenario.asymmetries.get(place))
            if veto.lobbies_against:
                place = f"actors.{key}.veto_player.lobbies_against"
                yield _explain(place, mirror.mark(veto.lobbies_against), scenario.asymmetries.get(place))
        if actor.mediator and (terms := actor.mediator.delivers) and not mirror.swaps(terms, terms):
            place, text = f"actors.{key}.mediator.delivers", mirror.format_condition(terms)
            yield _explain(place, (text, text), scenario.asymmetries.get(place))
        if actor.disputant is None and actor.interests and (favoured := actor.interests.optimism_favours):
            shown = _place(_format(actor.interests.optimism), favoured == "first")
            yield _explain(f"actors.{key}.interests.optimism", shown, actor.interests.optimism)


def _compare_issues(mirror: Mirror) -> Iterator[Asymmetry]:
    """Issues whose options are not worth to one side what they are worth, from the other end, to the other side."""
    for key, issue in mirror.scenario.issues.items():
        worths = mirror.list_worths(issue)
        if worths[0] != tuple(reversed(worths[1])):
            shown = [" ".join(f"{worth:g}" for worth in worths[0]), " ".join(f"{worth:g}" for worth in worths[1])]
            yield _explain(f"issues.{key}", (shown[0], shown[1]), issue)


def _compare_contest(mirror: Mirror) -> Iterator[Asymmetry]:
    """A balance that leans, ends that are no mirror images, and shifts without a counterpart."""
    contest, reasons = mirror.scenario.contest, mirror.scenario.asymmetries
    for name in SIGNED:
        quantity: Quantity = getattr(contest, name)
        if quantity.middle != 0.0:
            shown = _place(_format(quantity), quantity.middle > 0.0)
            yield _explain(f"contest.{name}", shown, quantity)
    ends = {name: getattr(contest, f"{name}_prevails") for name in ("first", "second")}
    if mirror.swap_terms(ends["first"]) != ends["second"]:
        shown = (", ".join(ends["first"].values()), ", ".join(ends["second"].values()))
        yield _explain("contest.first_prevails", shown, reasons.get("contest.first_prevails"))
    if mirror.swap_terms(contest.stalemate) != contest.stalemate:
        text = ", ".join(contest.stalemate.values())
        yield _explain("contest.stalemate", (text, text), reasons.get("contest.stalemate"))
    for key, shift in contest.shifts.items():
        others = [one for one in contest.shifts.values() if one.favours != shift.favours]
        if not any((one.always, _get_numbers(one.size)) == (shift.always, _get_numbers(shift.size)) for one in others):
            shown = _place(_format(shift.size), shift.favours == "first")
            yield _explain(f"contest.shifts.{key}", shown, shift.size)


def _compare_levers(mirror: Mirror) -> Iterator[Asymmetry]:
    """Levers against one side without the like against the other."""
    levers, reasons = mirror.scenario.levers, mirror.scenario.asymmetries
    for key, lever in levers.items():
        if not any(mirror.swap_lever(lever) == mirror.strip_lever(one) for one in levers.values()):
            place = f"levers.{key}"
            yield _explain(place, mirror.mark(lever.target, lever.label), reasons.get(place))


def _compare_beliefs(mirror: Mirror) -> Iterator[Asymmetry]:
    """Beliefs of or about a side without the same belief of or about the other."""
    beliefs = mirror.scenario.beliefs
    known = {
        key: (one.kind, one.holder, one.about, *map(_get_numbers, (one.chance, one.weight)))
        for key, one in beliefs.items()
    }
    for key, belief in beliefs.items():
        kind, _, _, *numbers = known[key]
        named = [side for side in (belief.holder, belief.about) if side in mirror.sides]
        if (
            named
            and (kind, mirror.swap_actor(belief.holder), mirror.swap_actor(belief.about), *numbers)
            not in known.values()
        ):
            text = ", ".join(_format(one) for one in (belief.chance, belief.weight) if one)
            yield _explain(f"beliefs.{key}", mirror.mark(named[0], text), belief.chance, belief.weight)


def _compare_outcomes(mirror: Mirror) -> Iterator[Asymmetry]:
    """Outcomes whose mirror image is no outcome."""
    outcomes, reasons = mirror.scenario.outcomes, mirror.scenario.asymmetries
    shapes = [mirror.describe_run_condition(one.when) for one in outcomes.values()]
    for key, outcome in outcomes.items():
        if mirror.describe_run_condition(outcome.when, swapped=True) not in shapes:
            place = f"outcomes.{key}"
            yield _explain(place, (outcome.label, outcome.label), reasons.get(place))
