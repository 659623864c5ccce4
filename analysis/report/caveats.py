"""Caveats: what a reader must know before the first number."""

from analysis.figures.words import listed, percent
from analysis.questions.assumptions import in_words
from analysis.questions.shares import Shares
from analysis.report.section import Section
from sim.ensemble.results import Results


def caveats(results: Results, shares: Shares) -> Section:
    """The first section of every report."""
    points = [
        ("Not a forecast", _not_a_forecast(shares)),
        ("Directions and magnitudes", DIRECTIONS),
        ("Counts", _counts(results, shares)),
        ("Intervals", INTERVALS),
        ("Agreements not on the menu", _menu(shares)),
        ("Choice sharpness (λ)", _sharpness(results)),
        *_lone(shares),
        *_unfinished(results, shares),
    ]
    return Section("first", "Read this first", points=tuple(points))


DIRECTIONS = (
    "The texts give directions: more or less likely, stronger or weaker. The magnitudes are ours, and the ranking of "
    "source views by share follows from them. Every changed quantity is listed below with the passage it rests on, "
    "or with our admission that no text gives it."
)
INTERVALS = (
    "All intervals are 95 % intervals for Monte Carlo error only: they would shrink with more runs. They say nothing "
    "about whether the assumptions hold. The range across sources is the larger uncertainty."
)


def _not_a_forecast(shares: Shares) -> str:
    of = "each source's assumptions" if len(shares.lenses) > 1 else "one set of assumptions"
    return (
        f"These are shares of simulated runs under {of}. They are not chances of what will happen in the world, and "
        "they do not say which source is right."
    )


def _counts(results: Results, shares: Shares) -> str:
    """Draws and matching runs of every view."""
    condition = "match the reported run-up" if results.manifest.run_up_weeks else "are counted"
    parts = [f"{lens.label}: {lens.kept:,} of {lens.drawn:,} draws" for lens in shares.lenses.values()]
    after = f"Runs that {condition}, played for {shares.horizon_weeks} weeks"
    return f"{after}. {'; '.join(parts)}."


def _menu(shares: Shares) -> str:
    """How much the list of proposals leaves out."""
    found = [lens.zone.off_menu.share for lens in shares.lenses.values() if lens.zone]
    if not found:
        return "Not looked for in these results. The list of what can be proposed is ours and shapes every share."
    low, high = percent(min(found)), percent(max(found))
    span = f"in {low}" if low == high else f"in {low} to {high}, depending on the source view,"
    return (
        f"The list of what can be proposed is ours and shapes every share: {span} of the runs looked at, some "
        "agreement not on the menu, and none on it, would have left everyone whose consent is needed better off than "
        "no agreement."
    )


def _sharpness(results: Results) -> str:
    """How sharply actors choose, in the scenario and where a view changes it."""
    known = results.manifest.text.get("choice", {}).get("precision")
    changed = [
        results.manifest.labels.get(name, name)
        for name, text in results.manifest.lens_texts.items()
        if any("precision" in (part or {}).get("choice", {}) for part in (text.get("assumes") or {}).values())
    ]
    size = in_words(known) if known else "not stated"
    other = f" {listed(changed)} set it otherwise." if changed else ""
    return (
        f"{size}. A move that is worth one hundredth more is chosen exp(λ/100) times as often. With a low λ actors "
        f"sign more by mistake, so shares of agreements depend on it.{other}"
    )


def _lone(shares: Shares) -> list[tuple[str, str]]:
    if len(shares.lenses) > 1:
        return []
    text = "Only one set of assumptions is shown here. Other source views, where there are any, may differ widely."
    return [("One view only", text)]


def _unfinished(results: Results, shares: Shares) -> list[tuple[str, str]]:
    """Runs that were broken off, views without runs."""
    found = []
    if not results.manifest.complete:
        text = "The simulation was interrupted. The runs that are present are still a fair sample."
        found.append(("Interrupted", text))
    if shares.without_runs:
        names = [results.manifest.labels.get(name, name) for name in shares.without_runs]
        found.append(("Without runs", f"No matching run yet under {listed(names)}."))
    return found
