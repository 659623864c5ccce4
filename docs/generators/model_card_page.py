"""The model card: what the model is for, what it is not for, what was tried, and what fails.

Texts and counts are those of the card on every page of a run; failures are read from the tests that expect them.
"""

import ast
import json

import numpy as np

from analysis.methods.parameter_count import count_parameters
from docs.generators.claims_page import format_cell
from sim.ensemble.plan import make_plans
from sim.ensemble.results import Results, ViewRuns
from sim.i18n.messages import message
from sim.loading.discovery import SHIPPED, find_default_case
from tests.rules.mutants import RESULT
from tests.theory.laws import read_laws

ROOT = SHIPPED.parent
STATISTICAL = ROOT / "tests" / "statistical"

_CARD = """\
# Model card

Made by `python -m docs.generators.build`, after Mitchell and others (2019); a test compares. Do not edit. Counts are
those of the default case, {title}.

- **Purpose.** {purpose}
- **Not for.** {not_for}
- **Tuned with hindsight.** {hindsight}
- **Numbers and observations.** {numbers}
- **Open weaknesses.** {weak}

## What was tried

Every change of structure that was made, with what spoke for and against it, is an entry of the
[decisions](reference/decisions.md). An early prototype went through eleven configurations before its numbers looked
plausible to somebody who knew the outcome; that is why no agreement with events is counted as evidence here. No number
is changed to rescue an expected direction that fails.

## What holds

- {laws} laws hold in the simulator, each with a break of the code that its tests notice: [laws](model/laws.md).
- {noticed} of {tried} small changes of the rules are noticed by their tables of cases alone:
  [mutants](model/mutants.md).
- Numbers that others published come out alike: [other people's numbers](model/other_numbers.md).

## What fails

{failures}
## What decides much and rests on us

Found by experiments of a reader who had not written the rules (a pass of a language model in the part of a subject
expert), through the commands named; percent of runs, paired 95 % intervals.

- **How long the sides expect the war to last.** `zopa vary alaska-budapest --vary contest.duration=52,104,208,520
  --view wide --view portnikov-2025 --runs 300`: in force at 52 weeks 1, 16, 55, 75 (wide) and 0, 2, 19, 49
  (Portnikov). No source gives this number, no view sets it, and within two years fewer wars are decided in the runs
  than the sides expect.
- **What the war costs Moscow a week.** `--vary actors.russia.interests.conflict_cost='*0.25,*4'`: 2 and 58 (wide), .5
  and 44.5 (Fazi); Ukraine's: 5 and 34 (wide). Views give it a direction, its size and its spread are ours; with the
  length of the war it acts as a product. Of the ranges drawn, these two move most (`zopa sensitivity`: 52 and 51
  points, next 34).
- **How long a run-up a run must match.** `--vary run_up.weeks=0,4,12,28,52`: 40, 39, 20, 13, 10 (wide) and 6.5 to 4.1
  (Portnikov), as the draws in which an agreement is easy have one before week 1 and are left out (selection of
  stayers: Heckman and Singer 1984). 28 weeks reach to January 2025; the number is ours.
- **A mediator that leans carries about half of all agreements.** `--vary
  actors.united-states.mediator.lean_price=0.02,0.15,9`: without leaning 13.0 become 4.7 (wide), 6 become 2 (Abt), 16
  become 9 (Observador). The price moves 2 points at most within its range. A third of those who yield is Moscow,
  although the rule rests on pressure upon clients; no text gives the size. If it never leans, a mediator is no better
  than none (`us-withdraws` +1.8, -.4 to 4.0, wide).
- **Nobody hides how much war costs it.** Beliefs about promises and threats are private, costs are not, so that the
  second mechanism of Fearon (1995), bargaining that is slow because resolve is hidden, is there only as far as a
  belief is put in (`tests/theory`, delay screens).
- **What fighting brings meanwhile.** While the contest lasts its sides enjoy nothing of what they hold, as in Slantchev
  (2003) and unlike Powell (2004), so that even a war without costs leaves room for agreement if it is long.
- **Breaking an agreement is no choice.** The chance that one breaks knows neither a shift of power nor who would gain,
  so that a truce that lets one side regroup is signed more often, not less; a commitment problem (Fearon 1998; Powell
  2006) is felt in the worth of signing alone.
- **Guarantees, and the vetoes of third parties, move little** in the flagship: `guarantees-and-aid` 0 (1.8) and -.4
  (.8) points signed (wide, Portnikov); without Europe's consent +1.0 (1.3) in Abt's view. Red lines bind before them.
- **An aid cut may harden its client** by more than the lost aid weakens it.
- **Nobody learns from the front.** Optimism stays what it is, so that fighting does not bring beliefs together (Wagner
  2000; Slantchev 2003).
- **One pattern is no commoner than with shuffled weeks**: from a ceasefire first to a treaty first and back. What the
  mediator favours lasts for weeks and shuffling makes it flicker, so that this placebo lies too high. The way back
  comes after a call of the first side (32 and 9 % of weeks with and without one under Portnikov, 14 and 4 under
  Fazi); the way there comes after a meeting that failed under Fazi alone (1.3 and .6 %).
- **Threats, calls and friendly words move little**: all that authors say of them occurs, and none of it is as large
  as two points of a share or a tenth of a mean (`EFFECTS.md`, counts). Four in five calls of Moscow under Portnikov
  are worth less than waiting when they are made, and are made by luck.
- **A threat is weighed as if following it up were free.** The dearer it is to back down, the surer is a mediator to
  execute, and the price of executing does not enter the choice to threaten. Within the range drawn (up to .05) this
  moves threats little; beyond, they grow again, executions quintuple and signatures quadruple
  (`--set actors.united-states.mediator.audience_cost=0.2`, Portnikov), the reverse of Fearon (1994). Beliefs in threats
  meet deeds because they start there: started at .5, they lie too high by a factor of 2 to 3.6 for years.
- **A treaty first is signed and does not come.** With only a ceasefire on the table fewer sign, as both authors have it
  of Moscow's consent, but in force at week 178 are more under Portnikov (+1.8 (.5) points) and no fewer under Fazi: a
  signed treaty closes the talks while it waits. The years that Portnikov gives to talks lie here between a signature
  and the day it is in force.
- **Terms hardly follow the front.** With the balance far on Kyiv's side (`contest.balance` and `resting_point` at -3)
  agreements are four times as many, and one in seven still hands over the Donbas; a Russian withdrawal, and
  concessions of land by both, occur at no balance. Moscow's line `no-land-gained`, ours and in all views, halves
  agreements and makes half of the cessions.
- **After a departure of the mediator** fewer ceasefires and more treaties are signed in all views; the sum hides it.
- **A third key is one more draw of the same mind**: having to ratify at home gives no bargaining power (Schelling 1960;
  Putnam 1988).
"""


_FAILURES_HEAD = """What an author expects of a lever under the author's own assumptions, and the model does not show.
These tests are expected to fail, strictly: one that passes again is an error.

| source view | expected | measured |
|---|---|---|
"""


def model_card_markdown() -> str:
    """The card."""
    (plan,) = make_plans([find_default_case()], runs=1)
    nothing = dict.fromkeys(plan.views, ViewRuns("", 0, {}, np.zeros((0, 0), dtype=np.int64), {}))
    counted = count_parameters(Results(plan.manifest, nothing))
    mutants = json.loads(RESULT.read_text(encoding="utf-8"))
    numbers = message(
        "report.card-numbers-said", free=f"{counted.free:,}", quantities=counted.quantities, cited=counted.cited,
        ours=counted.quantities - counted.cited, replaced=counted.replaced, observations=counted.observations,
    )  # fmt: skip
    return _CARD.format(
        title=plan.manifest.title,
        purpose=message("report.card-purpose-said"),
        not_for=message("report.card-not-for-said"),
        hindsight=message("report.card-hindsight-said"),
        numbers=numbers,
        weak=message("report.card-weak-said"),
        laws=len(read_laws()),
        noticed=f"{mutants['tried'] - len(mutants['survivors']):,}",
        tried=f"{mutants['tried']:,}",
        failures=_describe_failures(),
    )


def _describe_failures() -> str:
    """What is expected and does not occur; the sentence that nothing is, if so."""
    rows, others = _list_failures(), _list_others()
    if not rows and not others:
        return "No test of what authors expect is marked as failing. What occurs, and is small, stands below.\n"
    table = [_FAILURES_HEAD, *rows, "\n"] if rows else []
    return "".join([*table, *(["Other expectations that fail:\n\n", *others] if others else [])])


def _list_failures() -> list[str]:
    """Rows of expected effects that are not so."""
    tree = ast.parse((STATISTICAL / "test_expected_effects.py").read_text(encoding="utf-8"))
    known = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "DIFFERS" and node.value is not None
    )
    table: dict[tuple[str, str], str] = ast.literal_eval(known)
    return [f"| {view} | `{key}` | {format_cell(said)} |\n" for (view, key), said in table.items()]


def _list_others() -> list[str]:
    """Tests that are marked as expected failures, or some of whose parameters are, with what was measured."""
    return [
        f"- {path.stem.removeprefix('test_').replace('_', ' ')}: {reason}\n"
        for path in sorted(STATISTICAL.glob("test_*.py"))
        for reason in find_reasons(ast.parse(path.read_text(encoding="utf-8")))
    ]


def find_reasons(tree: ast.Module) -> list[str]:
    """Reasons of all expected failures of a file that are written out there."""
    return [
        str(ast.literal_eval(word.value))
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("xfail")
        for word in call.keywords
        if word.arg == "reason" and isinstance(word.value, ast.Constant)
    ]
