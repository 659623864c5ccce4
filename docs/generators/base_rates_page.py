"""The page of base rates: how fast agreements of the default case break, beside what is known from elsewhere."""

from docs.generators.claims_page import format_cell
from sim.ensemble.plan import load_views
from sim.experiments.breakdown_rates import DRAWS, SPANS, compute_breakdown_rates
from sim.loading.discovery import find_default_case
from sim.schema.base_rate import BaseRate

_INTRODUCTION = """\
# Base rates

Made by `python -m docs.generators.build` from the files of {title}; a test compares. Do not edit.

What the rule of breakdown says of agreements from the week in which they are in force, averaged over {draws} draws of
each source view. A truce here is bare: nothing settled, nobody pressed, no guarantee, no sequence that makes a
breakdown rarer. A settled treaty is the same with every issue settled. Nothing was tuned to the references; they are of
other populations, and few. Rates of resumed war within a year or five years were found in no source we could check, nor
how often mediation succeeds in wars like this one. References about `in-force` and `ended` are compared with runs:
every report of the case has a section that says where they differ, and what in the model makes it so.

| source view | agreement | first month | first year | five years |
|---|---|---|---|---|
"""

_REFERENCES = """
| reference | compare with | within | share | source |
|---|---|---|---|---|
"""


def base_rates_markdown() -> str:
    """The page."""
    views = load_views(find_default_case())
    case = next(iter(views.values()))
    text = _INTRODUCTION.format(title=case.title, draws=f"{DRAWS:,}")
    for name, one in views.items():
        found = compute_breakdown_rates(one.scenario, one.scenario.defaults.seed)
        for kind, rates in (("truce", found.truce), ("settled treaty", found.settled)):
            text += f"| {name} | {kind} | " + " | ".join(f"{rates[span]:.0%}" for span in SPANS) + " |\n"
    return text + _REFERENCES + "".join(_format_reference(one) for one in case.scenario.base_rates.values())


def _format_reference(one: BaseRate) -> str:
    within = "ever" if one.within_weeks is None else f"{one.within_weeks} weeks"
    share = f"{one.low:.0%} to {one.high:.0%}"
    return f"| {format_cell(one.label)} | {one.about} | {within} | {share} | {format_cell(one.source)} |\n"
