"""Baselines: what do plain forecasts say, that know positions, salience and power alone?"""

from sim.cli.console import print_json, print_result
from sim.cli.options import AnswersOption, AsJson, CaseOrTable, Changes, Lang, ViewName


def baselines(
    case: CaseOrTable = None,
    view: ViewName = None,
    changes: Changes = None,
    answers: AnswersOption = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Print plain forecasts for a scenario or a table of positions: weighted mean and median, election and others."""
    from sim.workflows.baselines import baselines

    found = baselines(case, view=view, changes=changes or (), answers=answers or (), lang=lang)
    if as_json:
        print_json(found.as_json())
    else:
        print_result(str(found))
