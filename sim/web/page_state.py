"""Page state: what an address asks for - all of a page's state stands in it, so that it can be shared and tested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from sim.errors import OptionError
from sim.i18n.messages import FIRST
from sim.i18n.said_error import SaidError
from sim.web.care_page import READ
from sim.web.language import choose_language
from sim.workflows.arguments import parse_seed
from sim.workflows.explore import Exploration

RUNS = (300, 1000, 5000)
"""How many matching runs a page may ask for: while a slider is dragged, when it is let go, and on request."""
USUAL = 1000
MOST, LONGEST = 60, 300
"""Changes, answers or views at most, and letters of each."""
SHUT = ("calendar", "defaults", "run_up", "format", "menu", "patterns", "expected", "try")
"""Parts of a scenario that a page does not set: they say how much is played, or what the case is."""


@dataclass(frozen=True)
class PageState:
    """What a page shows."""

    case: str
    """Name of the scenario."""
    lang: str = FIRST
    """Language of all words."""
    views: tuple[str, ...] = ()
    """Source views; all of them if empty."""
    changes: tuple[str, ...] = ()
    """Values that are set, each as path=value."""
    answers: tuple[str, ...] = ()
    """Answers to open questions, each as name=answer."""
    seed: int | None = None
    """Seed; the scenario's if none."""
    runs: int = USUAL
    """Matching runs of each source view."""
    is_care_read: bool = False
    """True once the note of care was read, which stands before a case about real events."""

    @property
    def exploration(self) -> Exploration:
        """What is to be played."""
        return Exploration(self.case, self.views, self.changes, self.answers, self.seed, self.runs)

    def address(self, **other: object) -> str:
        """The address of the same page, or of one that differs in something."""
        one = replace(self, **other)  # type: ignore[arg-type]
        return f"/explore/{quote(one.case)}{one.query}"

    @property
    def query(self) -> str:
        """The part of the address behind the question mark, with it."""
        pairs = [("set", change) for change in self.changes] + [("answer", answer) for answer in self.answers]
        pairs += [("view", view) for view in self.views]
        pairs += [] if self.seed is None else [("seed", str(self.seed))]
        pairs += [] if self.runs == USUAL else [("runs", str(self.runs))]
        pairs += [("care", READ)] if self.is_care_read else []
        pairs += [("lang", self.lang)]
        return "?" + urlencode(pairs, safe="=*.-{}:, ", quote_via=quote).replace(" ", "%20")


def read_state(case: str, query: QueryParams, accepted: str = "") -> PageState:
    """What an address asks for.

    Args:
        case: Name of the scenario.
        query: The part behind the question mark.
        accepted: The browser's Accept-Language.

    Raises:
        UsageError: something is out of bounds; the text is a sentence for readers.
    """
    return PageState(
        case,
        choose_language(query.get("lang", ""), accepted),
        tuple(_read_list(query, "view")),
        tuple(check_changes(_read_list(query, "set"))),
        tuple(_read_list(query, "answer")),
        _read_seed(query),
        _read_runs(query),
        query.get("care", "") == READ,
    )


def check_changes(changes: Sequence[str]) -> Sequence[str]:
    """Changes of what a page may set.

    Args:
        changes: Changes, each as path=value.

    Raises:
        UsageError: one is about a part that stays as it is.
    """
    for change in changes:
        part = change.partition("=")[0].strip().partition(".")[0]
        if part in SHUT:
            raise SaidError("pages.refused-part", part=part)
    return changes


def _read_list(query: QueryParams, name: str) -> list[str]:
    """Different values of a name, in order."""
    found = list(dict.fromkeys(query.getlist(name)))
    if len(found) > MOST:
        raise SaidError("pages.refused-many", most=MOST)
    if any(len(one) > LONGEST or not one.isprintable() for one in found):
        raise SaidError("pages.refused-long", most=LONGEST)
    return found


def parse_page_seed(given: str) -> int | None:
    """The seed that stands in an address or a form; none if nothing does. It is never drawn.

    Args:
        given: What stands there.

    Raises:
        SaidError: it is no whole number from 0 to 2^63-1.
    """
    try:
        return parse_seed(given[:40].replace("random", "no number")) if given else None
    except OptionError as error:
        raise SaidError("pages.refused-seed") from error


def _read_seed(query: Mapping[str, str]) -> int | None:
    return parse_page_seed(query.get("seed", ""))


def _read_runs(query: Mapping[str, str]) -> int:
    given = query.get("runs", "")
    if given and given not in map(str, RUNS):
        raise SaidError("pages.refused-runs", runs=", ".join(map(str, RUNS)))
    return int(given or USUAL)
