"""Stopping rule: runs end at the first block after which every share is known well enough, whoever looks how often."""

import numpy as np
import pytest

from analysis.methods.intervals import confidence_sequence
from analysis.methods.shares import compute_shares
from analysis.methods.stopping_rule import choose_estimate, choose_stopping_rule, precise_enough
from sim.ensemble.fingerprint import recompute_fingerprint
from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.model import random_streams
from tests.cli.test_cli import expect_refusal


def test_it_is_the_confidence_sequence_of_every_outcome():
    enough = precise_enough(0.02)
    assert not enough([0, 0])
    assert not enough([50, 50])
    runs = next(n for n in range(1000, 20000, 100) if enough([n // 2, n // 2]))
    found = confidence_sequence(runs // 2, runs)
    assert found.high - found.share <= 0.02 < confidence_sequence(runs // 2 - 50, runs - 100).high - 0.5


@pytest.mark.parametrize("half_width", [0.0, 1.0, -0.1, float("nan")])
def test_a_half_width_that_cannot_be_is_refused(half_width):
    with pytest.raises(ValueError, match="is not above 0 and below 1"):
        precise_enough(half_width)


@pytest.mark.parametrize("workers", [1, 2])
def test_runs_end_early_and_alike_for_any_number_of_workers(workers):
    plans = make_plans(["textbook/three-parties"], runs=50_000, horizon=3)
    (results,) = simulate_plans(plans, workers=workers, stopping_rule=precise_enough(0.05), zone_runs=10)
    (view,) = results.views.values()
    assert view.n_matching < 50_000
    counts = [view.count(number) for number in range(len(results.outcomes))]
    assert precise_enough(0.05)(counts)
    before = view.columns["outcome"][view.columns["run"] < view.columns["run"][-1] // 512 * 512]
    assert not precise_enough(0.05)(np.bincount(before.astype(int), minlength=len(counts)))


def test_planned_looks_end_runs_at_a_look_and_nowhere_else():
    looks, width = (600, 1200, 50_000), 0.05
    (plan,) = make_plans(["textbook/three-parties"], runs=looks[-1], horizon=3, precision=width, looks=looks)
    rule = choose_stopping_rule(plan.manifest)
    (results,) = simulate_plans([plan], workers=1, stopping_rule=rule, zone_runs=10)
    (view,) = results.views.values()
    runs, block = view.n_matching, 512
    assert any(look <= runs < look + block for look in looks[:2])
    assert runs < looks[-1]
    found = compute_shares(results).views[view.name].outcomes
    assert {one.kind for one in found.values()} == {"planned looks"}
    assert all(max(one.high - one.share, one.share - one.low) <= width for one in found.values())
    fixed, always = (plan.manifest.model_copy(update=one) for one in ({"precision": None, "looks": ()}, {"looks": ()}))
    assert choose_stopping_rule(fixed) is None
    assert [choose_estimate(one)(30, 100).kind for one in (fixed, always)] == ["Wilson", "confidence sequence"]
    assert len({recompute_fingerprint(one) for one in (plan.manifest, fixed, always)}) == 3


RISING = "it must be numbers of runs in rising order, such as 1000,4000,16000"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--looks", "5,3"], "zopa: --looks is 5,3; " + RISING),
        (["--looks", "x"], "zopa: --looks is x; " + RISING),
        (["--looks", "5,8"], "zopa: `--looks` says when it is looked whether shares are known well enough; "
         "give `--precision`, too"),
        (["--looks", "5,8", "--precision", "5%", "--runs", "9"],
         "zopa: `--looks` and `--runs` exclude each other: the last look is the number of runs at most"),
    ],
)  # fmt: skip
def test_looks_that_cannot_be_are_refused(words, said):
    assert expect_refusal(2, "run", "textbook/strike", *words) == said


@pytest.mark.slow
def test_stopping_keeps_the_promised_coverage():
    """400 streams, looked at after every 64 runs; false-alarm rate of the test below 1e-4 at true coverage 95%."""
    missed, enough = 0, precise_enough(0.08)
    for stream in range(400):
        address = np.full(4096, random_streams.stream_key(5, "stream", str(stream)), dtype=np.uint64)
        hits = random_streams.uniform(random_streams.hash_run(address, np.arange(4096))) < 0.2
        for runs in range(64, 4097, 64):
            count = int(hits[:runs].sum())
            if enough([count, runs - count]):
                found = confidence_sequence(count, runs)
                missed += not found.low <= 0.2 <= found.high
                break
        else:
            raise AssertionError("never enough")
    assert missed <= 37
