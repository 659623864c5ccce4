"""Phrases: every sentence of a story, in one mapping from key to wordings; a second language is a second mapping.

Which of several wordings is used depends on the address of the event, so the same run is always told alike. Sentences
are in the past tense and say what happened, by which rule, without judging it.
"""

import math
from collections.abc import Mapping

from sim.play import luck

ENGLISH: Mapping[str, tuple[str, ...]] = {
    # moves
    "engage": ("{actor} offered {target} a meeting.", "{actor} proposed a meeting with {target}."),
    "engage-contact": ("{actor} took up the contact with {target} and agreed to a meeting of ministers.",),
    "engage-summit": (
        "{actor} agreed to hold the summit with {target}.",
        "{actor} agreed to the summit with {target}.",
    ),
    "call": ("{actor} called {mediator}.", "A call from {actor} reached {mediator}."),
    "symbolic": ("{actor} proposed a partial truce.", "{actor} took a symbolic step: a partial truce."),
    "concede": ("{actor} tabled a concession: “{content}”, path “{path}”.",),
    "offer": ("{actor} made an offer: “{content}”, path “{path}”.", "{actor} offered “{content}”, path “{path}”."),
    "offer-again": ("{actor} repeated the offer of week {first}.", "{actor} kept to the offer of week {first}."),
    "concede-again": ("{actor} repeated the concession of week {first}.",),
    "counter-offer-again": ("{actor} answered by repeating the offer of week {first}.",),
    "counter-offer": ("{actor} answered with a counter-offer: “{content}”, path “{path}”.",),
    "strike": ("{actor} made a mass strike against {target}.", "A mass strike by {actor} against {target}."),
    "lobby": (
        "{actor} lobbied {mediator} for more pressure on {target}.",
        "{actor} asked {mediator} to put more pressure on {target}.",
    ),
    "threaten": (
        "{actor} set {target} an ultimatum of {weeks}: “{lever}”.",
        "{actor} threatened {target} with “{lever}”, deadline in {weeks}.",
    ),
    "execute": (
        "{actor} executed “{lever}”, aimed at {target}.",
        "{actor} went from words to the deed: “{lever}”, aimed at {target}.",
    ),
    "execute-unannounced": ("{actor} executed “{lever}”, aimed at {target}, with no ultimatum before.",),
    "execute-help": ("{actor} executed “{lever}”, in support of {beneficiary}.",),
    "vetoed": ("{actor} decided on “{lever}”, but it was vetoed by {members} and did not take place.",),
    "leave": ("{actor} left the mediation.", "{actor} gave up the mediation for good."),
    # moves as alternatives
    "name-wait": ("wait",),
    "name-engage": ("meeting with {target}",),
    "name-call": ("call",),
    "name-symbolic": ("symbolic step",),
    "name-concede": ("concession",),
    "name-offer": ("offer",),
    "name-strike": ("mass strike",),
    "name-lobby": ("lobbying",),
    "name-threaten": ("ultimatum “{lever}”",),
    "name-execute": ("deed “{lever}”",),
    "name-leave": ("leaving",),
    # why
    "why-worth": ("worth {worth}",),
    "why-next": ("next best: {moves}",),
    "why-luck": ("luck decided: {move} was worth more",),
    "why-surplus": ("surplus over fighting on {surplus}",),
    "why-odds": ("odds × {factor}",),
    "why-persuaded": ("words or deeds count as {persuaded} of the doubt removed",),
    "why-experience": ("good experience {good}, bad experience {bad}",),
    "why-fades": ("earlier experience fades",),
    "why-hope-fades": ("hope fades",),
    "why-cost": ("cost of fighting on {cost} a week",),
    # the process
    "seat": ("Both sides claimed the seat at the table; luck gave it to {seat}.",),
    "opened": ("A process opened with {seat} at the table.", "A process began; {seat} sat at the table."),
    "contact-lapsed": ("The contact with {seat} lapsed; nobody had followed it up.",),
    "process-ended": ("The process with {seat} ended when the mediator left.",),
    "ministers-good": ("Ministers of {mediator} and {seat} met; what they learned was good news for an agreement.",),
    "ministers-bad": ("Ministers of {mediator} and {seat} met; what they learned was bad news for an agreement.",),
    "ministers-none": ("Ministers of {mediator} and {seat} met and learned nothing new.",),
    "summit-due": ("A summit of {mediator} and {seat} was due.",),
    "summit-failed": ("The summit was held and ended without a plan: {seat} did not sign “{content}”, path “{path}”.",),
    "summit-cancelled": ("The summit that was due with {seat} did not take place.",),
    "plan": ("The summit was held and a plan was drafted: “{content}”, path “{path}”. It was {whose}.",),
    "plan-tabled": ("What {seat} had tabled became the plan: “{content}”, path “{path}”.",),
    "whose-seat": ("the package that {seat} had tabled",),
    "whose-mediator": ("the package that promised {mediator} most",),
    "whose-envoy": ("the envoy's package, drafted for the signature of {seat} alone",),
    "refused": ("{actor} refused the plan.", "Asked for consent to the plan, {actor} refused."),
    "confirmed": ("{actor} confirmed the plan.", "The principal of {actor} confirmed the plan."),
    "not-confirmed": ("The plan was not confirmed by {actor}.",),
    "leaned-yield": ("{actor} leaned on {members} to accept, and nobody held out.",),
    "leaned-hold": ("{actor} leaned on {members} to accept; {holdouts} held out.",),
    "lapsed-refused": ("The plan lapsed: it was refused.",),
    "lapsed-unconfirmed": ("The plan lapsed: it was not confirmed.",),
    "lapsed-both": ("The plan lapsed: it was refused, and it was not confirmed.",),
    "signed": ("An agreement was signed: “{content}”, path “{path}”; it was to be in force in {weeks}.",),
    "signed-at-once": ("An agreement was signed, to be in force at once: “{content}”, path “{path}”.",),
    "imposed": ("The agreement was accepted under pressure of the mediator.",),
    # what becomes of it
    "in-force": ("The agreement came into force: “{content}”, path “{path}”.",),
    "unravelled": ("The signed agreement unravelled before it was in force.",),
    "no-settlement": ("No full settlement was reached, and with it went the signed agreement.",),
    "broken": ("The agreement broke after {weeks} in force.",),
    "settled": ("Every issue of the agreement was settled.",),
    "truce-begun": ("A partial truce began, for {weeks}.", "For {weeks}, a partial truce was to hold."),
    "truce-violated": ("The partial truce was violated.",),
    "truce-kept": ("The partial truce was kept to its end.",),
    # levers
    "reading": ("In the account of the run-up in use, “{lever}” counted as executed by {actor}.",),
    "ultimatum-lapsed": (
        "The ultimatum “{lever}” of {actor} to {target} lapsed without a deed.",
        "The deadline of {actor} for {target} passed; “{lever}” was not executed.",
    ),
    "bites": ("“{lever}” began to take effect on {target}; {reach} of it got through.",),
    "bites-help": ("“{lever}” began to reach {beneficiary}.",),
    "bites-alone": ("“{lever}” began to take effect on {target}.",),
    "runs-out": ("The effect of “{lever}” came to its end; it could be repeated.",),
    "complied": ("{actor} complied with “{lever}”.", "{actor} went along with “{lever}”."),
    "not-complied": ("{actor} did not comply with “{lever}”.", "{actor} did not go along with “{lever}”."),
    # what the scenario dates
    "dated-deed": ("“{lever}” was executed by {actor}, as the scenario dates it.",),
    "dated-summit": ("A summit with {side} took place, as the scenario dates it.",),
    "dated-plan": ("A plan accepted by {side} lay on the table, as dated: “{content}”, path “{path}”.",),
    "dated-departure": ("{actor} left the mediation, as the scenario dates it.",),
    # beliefs and values
    "hope": ("The belief of {holder} that {about} would be ready rather than delaying moved from {a} to {b}.",),
    "credibility": ("The belief of {holder} that threats by {about} are executed moved from {a} to {b}.",),
    "sincerity": ("The belief of {holder} that promises by {about} are real moved from {a} to {b}.",),
    "commitment": ("The belief of {holder} that {about} would stand by a plan moved from {a} to {b}.",),
    "honour": ("The belief of {holder} that {about} would keep a truce moved from {a} to {b}.",),
    "trust": ("The belief of {holder} that a guarantee by {about} would hold moved from {a} to {b}.",),
    "value-first": ("Walk-away value of {actor}: {b}.",),
    "value": ("Walk-away value of {actor}: {b}, last told as {a}.",),
    # ends and states
    "collapse": ("{actor} collapsed.",),
    "prevails": ("The contest ended: {actor} prevailed.",),
    "clash": ("The contest ended in a direct clash with outside powers.",),
    "state": ("State: {state}.",),
    # the frame
    "title": ("{case}: run {run}, seed {seed}, source view {lens}",),
    "caution": ("One run under these assumptions; not a forecast.",),
    "matched": ("The run-up matches what is reported of it.",),
    "not-matched": ("The run-up does not match what is reported of it; such runs are not counted in shares.",),
    "week": ("Week {week}, {date}",),
    "run-up-week": ("Run-up, week {week}, {date}",),
    "quiet-week": ("Week {week}: nothing but waiting",),
    "quiet-weeks": ("Weeks {week}{to}{last}: nothing but waiting",),
    "end": ("Outcome: {outcome}, since week {week}.",),
    "rule": ("{sentence} [{rule}]",),
    "why": ("{sentence} ({reasons})",),
    "date": ("{day} {month} {year}",),
    "months": tuple("January February March April May June July August September October November December".split()),
    "one-week": ("one week",),
    "some-weeks": ("{number} weeks",),
    "and": (" and ",),
}
"""Wordings by key."""

RULE_WORDS = {"symbolic": "symbolic step", "walkaway": "walk-away value", "runup": "run-up", "rare": "rare events"}
"""Names of rules that are not plain words."""

WITH_ARTICLE = frozenset("council board union states nations alliance county league court company".split())
"""Last words of names that take an article in English."""


def rule_words(rule: str) -> str:
    """Name of a rule in words: `moves.call` is `move: call`."""
    parts = rule.removeprefix("moves.").split(".")
    words = ": ".join(RULE_WORDS.get(part, part) for part in parts)
    return f"move: {words}" if rule.startswith("moves.") else f"rule: {words}"


def named(label: str) -> str:
    """Name of an actor as it stands inside a sentence."""
    takes = label.split(" ")[-1].lower() in WITH_ARTICLE and not label.lower().startswith("the ")
    return f"the {label}" if takes else label


def listed(names: list[str]) -> str:
    """Names as a list in words."""
    return ENGLISH["and"][0].join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def say(key: str, address: str = "", **words: object) -> str:
    """The sentence for a key; the address picks the wording."""
    wordings = ENGLISH[key]
    at = luck.address(0, address, key) % len(wordings) if len(wordings) > 1 else 0
    said = wordings[at].format(**words)
    return said[:1].upper() + said[1:] if said.endswith(".") else said


def number(value: float, digits: int = 3) -> str:
    """A number as readers see it: .051, −.004, 0, 1.2."""
    rounded = round(value, digits) + 0.0
    if rounded == 0.0:
        return "0"
    text = f"{abs(rounded):.{digits}f}"
    if "." in text:
        text = text.removeprefix("0") if abs(rounded) < 1.0 else text.rstrip("0").rstrip(".")
    return f"−{text}" if rounded < 0.0 else text


def weeks(count: float) -> str:
    """A number of weeks in words, begun weeks counted in full."""
    whole = math.ceil(count)
    return say("one-week") if whole == 1 else say("some-weeks", number=whole)
