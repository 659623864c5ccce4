"""Interview: asks for a quarrel in plain words, on the screen or from a pipe; Enter takes what is proposed."""

import re
import sys
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from sim.errors import UsageError
from sim.schema.numbers import MOST_WEEKS
from sim.workflows.new_case.answers import STEPS, Answers, Question, Side, Threat

T = TypeVar("T")

LONGEST, LONGEST_OPTION = 60, 80
MOST_ISSUES, MOST_OPTIONS = 8, 9
POINTS = 100
BACK = "<"
"""Answer that goes back to the question before."""

NOBODY = ("nobody", "no one", "none", "no", "-")
PROPOSED = (("Money", "none; a third; half; two thirds; all"), ("Control", "{second} alone; both; {first} alone"))
"""Issues that are proposed, with their answers."""


class InvalidAnswer(Exception):  # noqa: N818 - it is the author's slip, told in one sentence
    """An answer that cannot be used; the text says why."""


class GoBack(Exception):  # noqa: N818 - it is a wish
    """The author wants to answer the question before this one again."""


class Interview:
    """Puts one question after another; who goes back answers the one before again, and what came before it stays."""

    def __init__(self, fate: str = "nothing was written", *, can_go_back: bool = False) -> None:
        self._fate = fate
        self._can_go_back = can_go_back
        self._answers: list[str] = []
        self._next = 0
        self._screen = sys.stdin.isatty()
        self._page = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """Tell something between two questions; once, even if somebody goes back over it."""
        if self._next == len(self._answers):
            self._page.print(text)

    def go_back(self) -> None:
        """Begin again with all answers but the last one, which are not asked for anew."""
        self._answers, self._next = self._answers[:-1], 0

    def ask(self, question: str, proposed: str, read: Callable[[str], T]) -> T:
        """The answer, asked again on a screen until it can be used.

        Raises:
            GoBack: the answer is the sign for the question before.
        """
        if self._next < len(self._answers):
            self._next += 1
            return read(self._answers[self._next - 1])
        found = self._ask_anew(question, proposed, read)
        self._next += 1
        return found

    def _ask_anew(self, question: str, proposed: str, read: Callable[[str], T]) -> T:
        while True:
            try:
                said = Prompt.ask(Text(question), console=self._page, default=proposed).strip() or proposed
            except EOFError:
                self._page.print()
                raise UsageError(
                    f"the answers ended at the question “{question}”, and {self._fate}; "
                    "give one line for each question, an empty line for what is proposed"
                ) from None
            if not self._screen:
                self._page.print(said)
            if said == BACK and self._can_go_back:
                if self._answers:
                    raise GoBack
                if self._screen:
                    self._page.print("  This is the first question.")
                    continue
            try:
                found = read(said)
                self._answers.append(said)
                return found
            except InvalidAnswer as why:
                if not self._screen:
                    raise UsageError(f"“{question}”: the answer {said!r} {why}; {self._fate}") from None
                self._page.print(f"  {said!r} {why}. Please answer again.")


def run_interview(title: str) -> Answers:
    """Everything that has to be known of a quarrel."""
    ask = Interview(can_go_back=True)
    while True:
        try:
            return _ask_everything(ask, title)
        except GoBack:
            ask.go_back()


def _ask_everything(ask: Interview, title: str) -> Answers:
    ask.say(
        f"A case in about twenty short answers. Enter takes the one in brackets; "
        f"{BACK} goes back to the question before. Ctrl-C ends and writes nothing.\n"
    )
    title = ask.ask("What is the quarrel about, in a few words?", title, read_text)
    names = [ask.ask("Who is the first side?", "Northfield", read_text)]
    names.append(ask.ask("Who is the second side?", "Southfield", make_other_than(names)))
    issues = _ask_issues(ask, *names)
    first, second = (_ask_side(ask, names, place, issues) for place in (0, 1))
    mediator = ask.ask("Who mediates? A name, or nobody", "the council", make_other_than(names))
    mediator = "" if mediator.lower() in NOBODY else mediator
    threat = _ask_threat(ask, names, mediator)
    weeks = ask.ask("How many weeks shall be played?", "52", make_whole_reader(1, MOST_WEEKS))
    return Answers(title, issues, (first, second), mediator, threat, weeks, find_first_monday(date.today().year))


def find_first_monday(year: int) -> date:
    """The first Monday of a year, on which week 1 begins."""
    return date.fromisocalendar(year, 1 + (date.fromisocalendar(year, 1, 1).year < year), 1)


def _ask_issues(ask: Interview, first: str, second: str) -> tuple[Question, ...]:
    """What they quarrel about: two issues, and more if there are."""
    found: list[Question] = []
    while len(found) < MOST_ISSUES:
        proposed, options = PROPOSED[len(found)] if len(found) < len(PROPOSED) else ("", "no; partly; yes")
        known = [issue.label for issue in found]
        if proposed:
            question = f"Issue {len(found) + 1}: what do they quarrel about, in a word or two?"
        else:
            question, proposed = f"Issue {len(found) + 1}, or no more?", "no more"
        label = ask.ask(question, proposed, make_other_than(known))
        if label.lower() in ("no more", *NOBODY) and len(found) >= len(PROPOSED):
            break
        told = f"{label}: what could be agreed? From best for {second} to best for {first}, with ; between"
        answers = ask.ask(told, options.format(first=first, second=second), make_list_reader)
        found.append(Question(label, answers, _ask_today(ask, label, answers)))
    return tuple(found)


def _ask_today(ask: Interview, label: str, answers: tuple[str, ...]) -> int:
    """Which answer holds as long as nothing is agreed."""
    numbered = ", ".join(f"{number} {answer}" for number, answer in enumerate(answers, start=1))
    question = f"{label}: which of these holds today, while nothing is agreed? {numbered}"
    return ask.ask(question, str((len(answers) + 1) // 2), make_choice_reader(list(answers)))


def _ask_side(ask: Interview, names: list[str], place: int, issues: tuple[Question, ...]) -> Side:
    """What one side wants, and what the quarrel costs it."""
    count, name = len(issues), names[place]
    points = [round(100 * (count - row) / (count * (count + 1) / 2)) for row in range(count)]
    points[0] += 100 - sum(points)
    proposed = "; ".join(map(str, points if place == 0 else points[::-1]))
    labels = "; ".join(issue.label for issue in issues)
    cares = ask.ask(f"{name}: how many of 100 points go to {labels}?", proposed, make_numbers_reader(count))
    if (whole := sum(cares)) != POINTS:
        parts = "; ".join(f"{POINTS * one / whole:.0f}" for one in cares)
        ask.say(f"  These are {whole:g} points and not {POINTS}; each counts as its part of them: {parts}.")
    told = f"{name}: what does the quarrel cost every week, from 0 (nothing) to {STEPS} (hardly bearable)?"
    return Side(name, cares, ask.ask(told, "3", make_whole_reader(0, STEPS)))


def _ask_threat(ask: Interview, names: list[str], mediator: str) -> Threat | None:
    """The lever, if anybody has one."""
    who = [*names, mediator] if mediator else names
    proposed = "stopping a grant" if mediator else "nothing"
    label = ask.ask("What can one of them threaten and then do, in a few words? Or nothing", proposed, read_text)
    if label.lower() in ("nothing", *NOBODY):
        return None
    numbered = ", ".join(f"{number} {name}" for number, name in enumerate(who, start=1))
    holder = ask.ask(f"Who can do it? {numbered}", str(len(who)), make_choice_reader(who))
    target = 1 - holder
    if holder == len(names):
        target = ask.ask(f"Whom shall it move? 1 {names[0]}, 2 {names[1]}", "1", make_choice_reader(names))
    bite = ask.ask(f"How hard does it hit, from 0 (not at all) to {STEPS}?", "5", make_whole_reader(0, STEPS))
    price = ask.ask(f"How dear is it to {who[holder]}, from 0 (free) to {STEPS}?", "3", make_whole_reader(0, STEPS))
    return Threat(label, holder, target, bite, price)


def read_text(said: str, longest: int = LONGEST) -> str:
    """A few words that fit on a line of a file."""
    if not said.isprintable():
        raise InvalidAnswer("holds a sign that cannot be printed")
    if len(said) > longest:
        raise InvalidAnswer(f"is {len(said)} signs long; at most {longest} fit")
    if ";" in said:
        raise InvalidAnswer("holds a semicolon, which stands between several answers only")
    if not any(sign.isalnum() for sign in said):
        raise InvalidAnswer("has no letter in it")
    return said


def make_other_than(used_names: list[str]) -> Callable[[str], str]:
    """A few words that are not one of these."""

    def read(said: str) -> str:
        if said.casefold() in (word.casefold() for word in used_names):
            raise InvalidAnswer("is in use already")
        return said if said in NOBODY else read_text(said)

    return read


def make_list_reader(said: str) -> tuple[str, ...]:
    """Two or more different answers, with semicolons between them, or commas where there is no semicolon."""
    parts = said.split(";" if ";" in said else ",")
    found = tuple(read_text(part.strip(), LONGEST_OPTION) for part in parts if part.strip())
    if not 2 <= len(found) <= MOST_OPTIONS:
        raise InvalidAnswer(f"must have two to {MOST_OPTIONS} parts, with ; between them, and has {len(found)}")
    if len({part.casefold() for part in found}) < len(found):
        raise InvalidAnswer("says the same twice")
    return found


def make_numbers_reader(count: int) -> Callable[[str], tuple[float, ...]]:
    """As many numbers as asked for, not all of them zero."""

    def read(said: str) -> tuple[float, ...]:
        parts = [part for part in re.split(r"[;,/%\s]+", said) if part]
        if len(parts) != count:
            raise InvalidAnswer(f"must have {count} numbers, with ; between them, and has {len(parts)}")
        if not all(part.isascii() and part.isdecimal() and len(part) < 7 for part in parts):
            raise InvalidAnswer("is not made of whole numbers, such as 60; 40")
        found = tuple(map(float, parts))
        if not sum(found):
            raise InvalidAnswer("gives nothing to any issue")
        return found

    return read


def make_whole_reader(lowest: int, highest: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def read(said: str) -> int:
        if not (said.isascii() and said.isdecimal() and len(said) < 7 and lowest <= int(said) <= highest):
            raise InvalidAnswer(f"is not a whole number from {lowest} to {highest}")
        return int(said)

    return read


def make_choice_reader(names: list[str]) -> Callable[[str], int]:
    """The place of a name, given by its number or by itself."""

    def read(said: str) -> int:
        known = [name.casefold() for name in names]
        if said.casefold() in known:
            return known.index(said.casefold())
        if said not in map(str, range(1, len(names) + 1)):
            raise InvalidAnswer(f"is none of them; give a number from 1 to {len(names)}")
        return int(said) - 1

    return read
