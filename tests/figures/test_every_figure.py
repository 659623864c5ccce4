"""Every figure: a title, how to read it, a sentence and a table, in every language, and labels that stay text."""

import inspect
import re
from pathlib import Path

import plotly.graph_objects as go
import pytest

from analysis import figures
from analysis.figures.registry import FIGURES, Figure, find_section_key
from analysis.figures.style import mark_changed
from sim.i18n.messages import list_languages, load_catalogue, use_language
from tests.factories.figures import EVIL, NAMES, everything

LONG = "a label of a file that says more than a narrow page can hold in one line"
"""Longer than a line of a narrow page."""

OFFERED = [name for name, what in vars(Figure).items() if inspect.isfunction(what) and not name.startswith("_")]
"""Functions of the protocol."""


def offers_some(path):
    return any(f"\ndef {name}(" in path.read_text(encoding="utf-8") for name in OFFERED)


def test_no_figure_is_left_out():
    there = {path.stem for path in Path(figures.__file__).parent.glob("*.py") if offers_some(path)}
    assert len(OFFERED) == 5
    assert there - {"registry"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_keeps_to_the_protocol_under_its_own_name(name):
    figure = FIGURES._asdict()[name]
    assert figure.__name__ == f"analysis.figures.{name}"
    for offered in OFFERED:
        wanted, found = inspect.signature(getattr(Figure, offered)), inspect.signature(getattr(figure, offered))
        required = [one for one in found.parameters.values() if one.default is inspect.Parameter.empty]
        assert len(required) == len(wanted.parameters) - 1, offered
        assert found.return_annotation == wanted.return_annotation, offered


@pytest.mark.parametrize("code", list_languages())
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_speaks_every_language(name, code):
    with use_language(code) as lacking:
        module, given = everything()[name]
        drawn, table = module.draw_figure(given), module.build_table(given)
        words = [module.title(), module.how_to_read(), module.summary_text(given), table.caption]
    assert lacking == set()
    assert isinstance(drawn, go.Figure)
    assert drawn.data
    assert all(text.strip() for text in words)
    assert all(text.endswith(".") for text in (words[1], words[2]))
    assert table.rows
    assert all(len(row) == len(table.head) for row in table.rows)


@pytest.mark.parametrize("name", NAMES)
def test_german_says_something_else_and_numbers_in_its_own_form(name):
    module, given = everything()[name]
    english = (module.title(), module.how_to_read(), module.summary_text(given), module.build_table(given).caption)
    with use_language("de"):
        german = (module.title(), module.how_to_read(), module.summary_text(given), module.build_table(given).caption)
        assert module.draw_figure(given).layout.separators == ",."
    assert all(one != other for one, other in zip(english, german, strict=True))
    assert module.draw_figure(given).layout.separators == ".,"


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_text_not_markup(name):
    module, given = everything(EVIL)[name]
    assert "<a " not in module.draw_figure(given).to_json().replace("\\u003c", "<")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_moves_under_a_finger_that_scrolls(name):
    module, given = everything()[name]
    layout = module.draw_figure(given).to_dict()["layout"]
    axes = [axis for key, axis in layout.items() if key.startswith(("xaxis", "yaxis"))]
    assert axes
    assert all(axis.get("fixedrange") for axis in axes)
    assert layout["dragmode"] is False


@pytest.mark.parametrize("code", list_languages())
@pytest.mark.parametrize("name", NAMES)
def test_no_heading_or_name_runs_out_of_a_narrow_page(name, code):
    with use_language(code):
        module, given = everything(LONG)[name]
        drawn = module.draw_figure(given)
    texts = [note.text for note in drawn.layout.annotations]
    texts += [axis.title.text for axis in drawn.select_xaxes() if axis.title.text]
    texts += [trace.name for trace in drawn.data if trace.showlegend is not False and trace.name]
    lines = [re.sub("<[^>]*>", "", line) for text in texts for line in text.split("<br>")]
    assert all(len(line) <= 52 for line in lines), max(lines, key=len)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_changed_stands_above_the_names_of_the_marks(name):
    module, given = everything()[name]
    drawn = mark_changed(module.draw_figure(given), "changed: price of an embargo × 0.25")
    named = [trace.name for trace in drawn.data if trace.name and trace.showlegend is not False]
    lines = len(named) if drawn.layout.showlegend and drawn.layout.legend.yanchor == "bottom" else 0
    assert drawn.layout.margin.t >= 28 + 20 * lines
    assert drawn.layout.title.text == "changed: price of an embargo ×\u00a00.25"


def test_no_sentence_of_the_figures_is_unused():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(figures.__file__).parents[1].rglob("*.py"))
    for key in load_catalogue("en"):
        if key.startswith("figures."):
            name = re.sub("_(one|other)$|-text$", "", key.removeprefix("figures."))
            built = [f"figures.{name[:cut]}{{" for cut in (name.rfind(".") + 1, name.rfind("-") + 1) if cut]
            assert f'{name}"' in source or any(stem in source for stem in built), key


def test_a_section_of_the_page_is_called_like_its_figure():
    assert [find_section_key(one) for one in FIGURES] == [name.replace("_", "-") for name in FIGURES._fields]
