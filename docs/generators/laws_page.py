"""The page of laws: what must hold in every run, and the tests that hold it."""

from tests.theory.laws import Law, read_laws

_INTRODUCTION = """\
# Laws

What must hold in the simulator itself, whatever the numbers of a case. Made by `python -m docs.generators.build` from
`tests/theory/laws.yaml`; a test compares, and another one sees to it that every test named here exists and must pass.
For each law the table of laws also holds a break of the code: `python -m tests.theory.break_laws` makes it in a copy
and says whether the tests of the law notice. Numbers are those of the design; 13 is not used.

| law | what must hold | held by |
|---|---|---|
"""


def laws_markdown() -> str:
    """The page."""
    return _INTRODUCTION + "".join(f"| {one.number} | {one.law} | {_list_tests(one)} |\n" for one in read_laws())


def _list_tests(law: Law) -> str:
    return "<br>".join(f"`{address.removeprefix('tests/')}`" for address in law.tests)
