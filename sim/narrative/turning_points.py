"""Turning points: what a run told in short is made of - moves, ultimatums, talks, votes, truces and ends."""

from collections.abc import Iterator, Sequence

from sim.narrative.items import (
    FATE,
    MOVE,
    SIGN,
    STEP,
    TURN,
    TWICE,
    Item,
    describe_frequency,
    draw_together,
    explain_moves,
    list_events,
    say,
)
from sim.narrative.names import join_names, join_words
from sim.narrative.story import Event, format_week
from sim.narrative.wording import format_rounded, message

SERIES = {
    "strike": TURN,
    "execute": TURN,
    "execute-unannounced": TURN,
    "execute-help": TURN,
    "vetoed": STEP,
    "concede": STEP,
    "offer": SIGN,
    "lobby": SIGN,
    "call": SIGN,
}
"""Moves that are told, and how much they matter."""

SAME_AS = {"concede-again": "concede", "offer-again": "offer", "counter-offer": "offer", "counter-offer-again": "offer"}
"""Keys of sentences that tell the same move."""

FATES = (
    *("in-force", "unravelled", "repudiated", "no-settlement", "broken", "settled", "collapse", "prevails", "clash"),
    *("leave", "scheduled-departure", "scheduled-summit", "scheduled-plan", "scheduled-execution"),
)
"""Sentences of the long story that the short one has as well."""

TRUCE_ENDS = {"truce-violated": "truce-until-violated", "truce-kept": "truce-to-its-end"}

MET = "ultimatum-met"
"""An ultimatum that ended because what it demands has come, by a concession or a signature."""

ENDS_AT_ONCE = (MET, "scheduled-execution")
"""Events that end an ultimatum in the week in which it is set as well: nobody's choice between the two."""

ENDS_OF_ULTIMATUMS = {
    "ultimatum-lapsed": "ultimatum-lapsed",
    "drop": "drop",
    "execute": "execute",
    "execute-help": "execute",
    "scheduled-execution": "execute",
    MET: MET,
}
"""Events that end an ultimatum, and the key of the sentence that says so."""


def tell_moves(events: Sequence[Event], gap: int) -> Iterator[Item]:
    """Moves, those that are made again drawn together."""
    tabled = {event.week for event in list_events(events, "plan-tabled")}
    listed = [event for event in events if _find_series(event) and not (_is_offer(event) and event.week in tabled)]
    for series in draw_together(listed, _name_series, get_week, gap):
        key, weeks = _find_series(series[0]), [event.week for event in series]
        words = {**series[0].words, "often": describe_frequency(weeks), "lever": series[0].words.get("lever", "")}
        clause = words["case"].strike.format_map(words) if key == "strike" else say(key, **words)
        yield Item(weeks[0], weeks[-1], SERIES[key], clause + explain_moves(series))


def _find_series(event: Event) -> str:
    key = SAME_AS.get(event.key, event.key)
    return key if key in SERIES else ""


def _is_offer(event: Event) -> bool:
    return _find_series(event) in ("offer", "concede")


def _name_series(event: Event) -> tuple[str, str, str]:
    return event.actor, _find_series(event), event.what


def get_week(event: Event) -> int:
    """Week of an event."""
    return event.week


def tell_ultimatums(events: Sequence[Event], gap: int) -> Iterator[Item]:
    """Ultimatums with what became of them; many by one actor to another are counted."""
    for series in draw_together(list_events(events, "threaten"), _name_parties, get_week, 2 * gap):
        ends = [_find_end(events, event) for event in series]
        last = max([event.week for event in series] + [end.week for end in ends if end])
        tell = _tell_ultimatum if len(series) == 1 else _tell_ultimatums
        yield Item(series[0].week, last, STEP, tell(series, ends))


def _name_parties(event: Event) -> tuple[str, str]:
    return event.actor, str(event.words["target"])


def _find_end(events: Sequence[Event], threat: Event) -> Event | None:
    """What ended an ultimatum."""
    key = threat.what.partition("/")[2]
    for event in events:
        later = event.week > threat.week or (event.week == threat.week and event.key in ENDS_AT_ONCE)
        if later and event.key in ENDS_OF_ULTIMATUMS and event.what.partition("/")[2] == key:
            return event
    return None


def _tell_ultimatum(series: Sequence[Event], ends: Sequence[Event | None]) -> str:
    (threat,), (end,) = series, ends
    fate = say(f"then-{ENDS_OF_ULTIMATUMS[end.key]}", week=format_week(end.week)) if end else say("then-stands")
    return say("threaten", **threat.words, because=explain_moves(series), fate=fate)


def _tell_ultimatums(series: Sequence[Event], ends: Sequence[Event | None]) -> str:
    levers = dict.fromkeys(say("quoted", text=event.words["lever"]) for event in series)
    ended = [ENDS_OF_ULTIMATUMS[end.key] for end in ends if end is not None]
    counts = {key: ended.count(key) for key in dict.fromkeys(ENDS_OF_ULTIMATUMS.values())}
    counts["stand"] = ends.count(None)
    alike = [key for key, count in counts.items() if count == len(series) > TWICE]
    fates = [say(f"all-{key}") for key in alike]
    fates = fates or [say(f"of-them-{key}", count=count) for key, count in counts.items() if count]
    words = series[0].words | {"times": len(series), "levers": join_words([*levers]), "fates": join_words(fates)}
    return say("threaten-often", **words)


def tell_talks(events: Sequence[Event], gap: int) -> Iterator[Item]:
    """Talks that led to no plan, drawn together for each side."""
    for key in ("contact-lapsed", "summit-cancelled", "talks-ended"):
        for series in draw_together(list_events(events, key), _name_seat, get_week, 2 * gap):
            weeks = [event.week for event in series]
            text = say(key, **series[0].words | {"often": describe_frequency(weeks)})
            yield Item(weeks[0], weeks[-1], MOVE, text)


def _name_seat(event: Event) -> str:
    return str(event.words["seat"])


def tell_truces(events: Sequence[Event]) -> Iterator[Item]:
    """Truces, from who proposed them to how they ended."""
    for begun in list_events(events, "truce-begun"):
        proposed = [event for event in list_events(events, "symbolic") if event.week == begun.week]
        who = join_names([event.words["actor"] for event in proposed]) if proposed else None
        end = next((event for event in list_events(events, *TRUCE_ENDS) if event.week > begun.week), None)
        fate = say(TRUCE_ENDS[end.key], **begun.words) if end else say("truce-still", **begun.words)
        words = begun.words | {"actor": who, "fate": fate, "because": explain_moves(proposed) if proposed else ""}
        yield Item(begun.week, end.week if end else begun.week, TURN, say("truce" if who else "truce-alone", **words))


def tell_compliance(events: Sequence[Event]) -> Iterator[Item]:
    """Who goes along with a lever when it is executed, and who does not."""
    seen = set()
    for event in list_events(events, "complied", "not-complied"):
        if (event.week, event.what) in seen:
            continue
        seen.add((event.week, event.what))
        same = [e for e in events if (e.week, e.what) == (event.week, event.what)]
        answers = {key: [e.words["actor"] for e in list_events(same, key)] for key in ("complied", "not-complied")}
        clauses = [say(key, **event.words | {"actor": join_names(who)}) for key, who in answers.items() if who]
        yield Item(event.week, event.week, MOVE, "; ".join(clauses))


def tell_fates(events: Sequence[Event]) -> Iterator[Item]:
    """What decides a run, in the words of the long story."""
    for event in list_events(events, *FATES):
        key = "in-force-now" if event.key == "in-force" else event.key
        text = say(key, **event.words) if key == "in-force-now" else message(key, **event.words).removesuffix(".")
        yield Item(event.week, event.week, FATE, text)


def format_surplus(value: float) -> str:
    """A surplus with its sign."""
    text = format_rounded(value)
    return f"+{text}" if value > 0.0 and text != "0" else text
