"""Parameter sweep: the section on how the scenario looks with other magnitudes of ours."""

from dataclasses import replace

from analysis.figures.registry import FIGURES
from analysis.methods.parameter_sweep import LabelledSweep, SweepResult
from analysis.report.figure_sections import build_wide_section
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message


def build_sweep_sections(results: Results, sweep: SweepResult | None) -> list[Section]:
    """The section, if other magnitudes were played."""
    if sweep is None or not sweep.variants:
        return []
    labels = {name: results.manifest.labels.get(name, name) for name in results.views}
    section = build_wide_section(FIGURES.parameter_sweep, LabelledSweep(sweep, labels, results.manifest.horizon_weeks))
    kinds = dict.fromkeys(one.variant.kind for one in sweep.variants)
    about = " ".join(message(f"report.sweeps-said-{kind}") for kind in kinds)
    draws = message("report.sweeps-draws", draws=format_number(sweep.draws))
    return [replace(section, notes=(about, draws))]
