"""Shares table: the outcome shares of all source views side by side, for a reader at a terminal."""

from typing import TYPE_CHECKING

from sim.commands.speech import note, page

if TYPE_CHECKING:
    from analysis.questions.intervals import Interval
    from analysis.questions.shares import Shares
    from sim.ensemble.results import Results


def show_shares(results: "Results", shares: "Shares") -> None:
    """One row per outcome, one column per source view: share, and its interval below."""
    from rich.table import Table

    manifest = results.manifest
    table = Table(
        title=f"{manifest.title}: share of matching runs under each source's assumptions, "
        f"week {manifest.horizon_weeks}",
        title_justify="left",
        title_style="",
        show_lines=False,
    )
    table.add_column("outcome")
    for name in shares.lenses:
        table.add_column(name, justify="right", no_wrap=True)
    several = len(shares.sources) > 1
    if several:
        table.add_column("range of sources", justify="right")
    for key, label in shares.outcomes.items():
        cells = [_cell(lens.outcomes[key]) for lens in shares.lenses.values()]
        found = shares.ranges[key]
        table.add_row(label, *cells, *([f"{found.low:.1%} to {found.high:.1%}"] if several else []))
    table.add_section()
    cells = [_cell(lens.any_agreement) for lens in shares.lenses.values()]
    whole = shares.agreement_range
    table.add_row("an agreement in force", *cells, *([f"{whole.low:.1%} to {whole.high:.1%}"] if several else []))
    kept = [f"{lens.kept:,} of {lens.drawn:,}" for lens in shares.lenses.values()]
    table.add_row("runs that match the reported run-up", *kept, *([""] if several else []))
    page().print(table)


def _cell(found: "Interval") -> str:
    """A share above its interval; an upper bound where it happened in no run."""
    if found.share == 0.0:
        return f"0 runs\nbelow {found.high:.2%}"
    return f"{found.share:.1%}\n{found.low:.1%}–{found.high:.1%}"


def show_notes(results: "Results", shares: "Shares", *, quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    manifest = results.manifest
    names = ", ".join(shares.lenses)
    note(f"Not a forecast: each figure is the share of runs under one assumption set ({names}).", quiet=quiet)
    for text in _precision(results):
        note(text, quiet=quiet)
    note(
        "Intervals: 95 %, for the limited number of runs only; Wilson; Clopper–Pearson below 1 % and above 99 %; "
        "an upper bound where no run ended so.",
        quiet=quiet,
    )
    for lens in shares.lenses.values():
        if lens.zone is not None:
            off = lens.zone.off_menu
            note(
                f"Agreements not on the menu, {lens.lens}: in {off.share:.1%} of {lens.zone.runs:,} runs "
                f"({off.low:.1%}–{off.high:.1%}) one all must consent to exists, but none on the menu.",
                quiet=quiet,
            )
    for lens_name in shares.without_runs:
        note(f"{lens_name}: no matching run was finished", quiet=quiet)
    for text in manifest.notes:
        note(f"Note: {text}", quiet=quiet)
    note(f"Seed {manifest.seed}, {manifest.runs_asked:,} matching runs asked for per source view.", quiet=quiet)


def _precision(results: "Results") -> list[str]:
    """Sharpness of choice, each value once with the source views that have it."""
    from analysis.questions.assumptions import in_words
    from sim.ensemble.ensemble import view_of

    held: dict[str, list[str]] = {}
    for lens in results.lenses:
        precision = view_of(results.manifest, lens).text["choice"]["precision"]
        held.setdefault(in_words(precision), []).append(lens)
    return [f"Precision of choice λ: {words} ({', '.join(names)})." for words, names in held.items()]
