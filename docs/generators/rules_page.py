"""The rules read aloud: every rule's question and text, in the order in which a week plays them."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby, pairwise
from types import ModuleType

from docs.generators.equations import find_symbols, format_equations
from sim.rules import choice, week
from sim.rules.week import steps
from sim.rules.week.steps import ChooseMove, ClassifyOutcome, Rule, Step

MADE = "Made by `python -m docs.generators.build`; a test compares. Do not edit."

_HEADING = re.compile(r"^(Read aloud|Symbols|Sources)\b.*$", flags=re.MULTILINE)
_INTRODUCTION = f"""\
# The rules, read aloud and in equations

{MADE}

A week is played from the top of this page to its end. Each rule is a short pure function in a file of its own; the file
has the symbols with their units. A line such as *sets `balance` of the world* names what a function leaves behind. Sums
over actors and levers, and looking up the value of one package, stand between the rules in `sim/rules/week/` and are
left out here.

The equations are read off the functions, so they cannot differ from the program. A word stands for the variable of that
name, a letter for the symbol that the rule gives it; a stroke (′) marks next week's value of a variable that the rule
also reads. Square brackets are 1 where the condition in them holds, else 0. The logistic function is

$$\\operatorname{{logistic}}(x) = \\frac{{1}}{{1 + e^{{-x}}}}$$

The rules speak about these spaces:

"""


@dataclass(frozen=True)
class Part:
    """A part of the week: consecutive lines that belong together."""

    name: str
    """Its name in the code."""
    file: str
    """The file that lists it."""
    about: str
    """What happens in it."""
    steps: tuple[Step, ...]
    """Its lines, in order."""


def list_parts() -> list[Part]:
    """The parts of the week in playing order, as `sim/rules/week/__init__.py` puts them together."""
    tree = ast.parse(inspect.getsource(week))
    homes = {
        alias.name: node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    (whole,) = (node.value for node in tree.body if isinstance(node, ast.AnnAssign) and _format_name(node) == "WEEK")
    assert isinstance(whole, ast.Tuple)
    names = [star.value.id for star in whole.elts if isinstance(star, ast.Starred) and isinstance(star.value, ast.Name)]
    return [_make_part(name, import_module(homes[name])) for name in names]


def _format_name(node: ast.AnnAssign) -> str:
    return node.target.id if isinstance(node.target, ast.Name) else ""


def _make_part(name: str, home: ModuleType) -> Part:
    file = home.__name__.removeprefix("sim.rules.").replace(".", "/") + ".py"
    return Part(name, file, _find_docstring_under(home, name), getattr(home, name))


def _find_docstring_under(home: ModuleType, name: str) -> str:
    """The text that stands under a constant of a module."""
    body = ast.parse(inspect.getsource(home)).body
    for node, following in pairwise(body):
        if isinstance(node, ast.AnnAssign) and _format_name(node) == name and isinstance(following, ast.Expr):
            return str(ast.literal_eval(following.value))
    raise ValueError(f"{home.__name__}.{name} does not say what happens in it")


@dataclass(frozen=True)
class RuleText:
    """What the docstring of a rule file says."""

    title: str
    """Its name for readers."""
    question: str
    """The question it answers."""
    aloud: str
    """Its text, read aloud."""
    sources: str
    """What it rests on."""
    file: str
    """Where it stands, from sim/rules."""


def read_rule_text(module: ModuleType) -> RuleText:
    """A rule file's question and text."""
    text = inspect.getdoc(module) or ""
    places = {found[1]: found for found in _HEADING.finditer(text)}
    aloud = text[places["Read aloud"].end() : places["Symbols"].start()]
    sources = " ".join(text[places["Sources"].end() :].split())
    title, _, question = " ".join(text[: places["Read aloud"].start()].split()).partition(": ")
    file = module.__name__.removeprefix("sim.rules.").replace(".", "/") + ".py"
    return RuleText(title, question, " ".join(aloud.split()), sources, file)


def find_module(line: Step) -> ModuleType | None:
    """The rule file behind a line of the week; none for sums and look-ups."""
    if isinstance(line, ChooseMove):
        return choice
    return inspect.getmodule(line.function) if isinstance(line, Rule) else None


def rules_markdown() -> str:
    """The page."""
    spaces = "\n".join(f"- `{name}`: {about}" for name, about in list_space_words().items())
    lines, read = [_INTRODUCTION + spaces], set[str]()
    for number, part in enumerate(list_parts(), start=1):
        lines += ["", f"## {number}. {part.about.rstrip('.')}", "", f"`{part.name}` in `sim/rules/{part.file}`"]
        rules = [line for line in part.steps if isinstance(line, Rule | ChooseMove | ClassifyOutcome)]
        for module, group in groupby(rules, key=find_module):
            lines += _read(module, list(group), read)
    return "\n".join(lines) + "\n"


def format_anchor(title: str) -> str:
    """Where a heading is reached on its page."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower())


def list_space_words() -> dict[str, str]:
    """What each space is, from the docstring that names them."""
    text = (inspect.getdoc(steps) or "").partition("Spaces\n")[2]
    return dict(re.findall(r"^ *(\w+) {2,}(.+)$", text, flags=re.MULTILINE))


def _read(module: ModuleType | None, lines: list[Step], read: set[str]) -> Iterator[str]:
    """A rule file in full where it is met first, by name later; then what each line does, with its equations."""
    if module is None:
        yield from ("", "### The present state is looked up", "")
        yield "The first line of the scenario's list of outcomes that fits names the state of the run."
        return
    said, symbols = read_rule_text(module), find_symbols(module)
    if module.__name__ in read:
        yield from ("", f"[{said.title}](#{format_anchor(said.title)}) again:")
    else:
        read.add(module.__name__)
        yield from ("", f"### {said.title}", "", f"*{said.question[0].upper()}{said.question[1:]}*", "", said.aloud, "")
        yield f"File: `sim/rules/{said.file}`. Sources: {said.sources}"
        if symbols:
            yield from ("", f"In symbols: {', '.join(f'${sign}$ {words(name)}' for name, sign in symbols.items())}.")
    for text, group in groupby(lines, key=_format_line):
        function = _find_function(next(group))
        yield from ("", text)
        if function.__qualname__ + function.__module__ not in read:
            read.add(function.__qualname__ + function.__module__)
            for equation in format_equations(function, _name_results(function), symbols):
                yield from ("", f"$${equation}$$")


def words(name: str) -> str:
    """A name of the code as words."""
    return name.replace("_", " ")


def _find_function(line: Step) -> Callable[..., object]:
    return line.function if isinstance(line, Rule) else choice.choose_move


def _name_results(function: Callable[..., object]) -> tuple[str, ...]:
    """What a function's results are called: what it sets, or its own name where that differs from place to place."""
    all_sets = {line.sets for line in week.WEEK if isinstance(line, Rule) and line.function is function}
    if len(all_sets) == 1:
        (sets,) = all_sets
        return (sets,) if isinstance(sets, str) else sets
    counts = {1 if isinstance(sets, str) else len(sets) for sets in all_sets}
    (count,) = counts or {1}
    name = function.__name__
    return (name,) if count == 1 else tuple(f"{name}_{place}" for place in range(1, count + 1))


def _format_line(line: Step) -> str:
    """One line of the week in words."""
    if isinstance(line, ChooseMove):
        return f"Every actor of the group `{line.group}` chooses one move."
    assert isinstance(line, Rule)
    names = (line.sets,) if isinstance(line.sets, str) else line.sets
    sets = ", ".join(f"`{name}`" for name in names)
    whose = "the world" if line.space == "world" else f"`{line.space}`"
    only = f" ({line.group})" if line.group else ""
    about = " ".join((inspect.getdoc(line.function) or "").split("\n\n")[0].split())
    return f"`{line.function.__name__}` sets {sets} of {whose}{only}: {about}"
