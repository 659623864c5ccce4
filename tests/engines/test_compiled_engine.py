"""Compiled: its rules give the bits of the NumPy and the Mesa engine, and code of other rules is never taken."""

import platform

import numpy as np
import pytest

from sim.engines.numpy_engine import NumpyEngine
from sim.model import random_streams
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.simulation import Simulation
from sim.rules import numerics, own_proposal, readiness
from sim.rules.week import VALUES, WEEK, WILLINGNESS
from tests.theory.simulate import (
    SEED,
    apply_rules,
    differences,
    list_shipped,
    play_in_mesa,
    play_runs,
    play_weekly,
    scenario,
)

pytest.importorskip("llvmlite", reason="the compiled engine is not installed: pip install 'zopa-simulator[compiled]'")

from sim.engines.compiled_engine import CompiledEngine
from sim.engines.compiler import code_printer, jit_cache, module, step_kernels, tracer
from sim.engines.compiler.dispatch_tables import DispatchTables, NotCompiledError
from sim.engines.compiler.function_builder import FunctionBuilder
from sim.engines.compiler.memory_layout import Slots, allocate_blocks, find_shapes
from sim.rules.week.steps import Rule

CASES = [("alaska-budapest", "wide"), ("alaska-budapest", "fazi-2025"), ("textbook/three-parties", None)]
RUNS, WEEKS = 13, 18
LOOKED_AT = frozenset({1, 2, 7, WEEKS})
"""Weeks after which every variable is compared; so are the first two of the run-up and its last."""


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(jit_cache.FOLDER, str(tmp_path_factory.mktemp("code")))
        yield


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """An empty folder for code, and nothing loaded yet."""
    monkeypatch.setenv(jit_cache.FOLDER, str(tmp_path / "code"))
    monkeypatch.setattr(jit_cache, "_loaded", {})
    return tmp_path / "code"


def make_compiled(found, runs, **options):
    numbers = np.arange(runs) if isinstance(runs, int) else np.asarray(runs)
    return CompiledEngine(InitialState(build_layout(found), SEED, numbers), **options)


def play_to_end(found, runs, weeks, **options):
    def make_engine(start):
        return CompiledEngine(start, **options)

    numbers = np.arange(runs) if isinstance(runs, int) else np.asarray(runs)
    simulation = Simulation.begin(found, SEED, numbers, make_engine)
    simulation.advance(0)
    if found.in_run_up is not found:
        simulation = simulation.transfer(found, make_engine)
    simulation.advance(weeks)
    return simulation.engine


@pytest.mark.parametrize(("name", "view"), list_shipped(), ids=str)
def test_every_variable_after_many_weeks(name, view):
    found = scenario(name, view=view)
    simulation, first = Simulation.begin(found, SEED, np.arange(RUNS), CompiledEngine), 1 - found.run_up.weeks
    for week, arrays in zip(range(first, WEEKS + 1), play_weekly(found, RUNS, WEEKS), strict=True):
        if week == 1 and found.in_run_up is not found:
            simulation = simulation.transfer(found, CompiledEngine)
        simulation.advance(week)
        if week in {first, first + 1, 0} | LOOKED_AT:
            assert differences(arrays.state, simulation.engine.state) == [], f"week {week}"


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
@pytest.mark.parametrize("horizon", [52, 178])
def test_every_variable_at_the_horizon(name, view, horizon):
    found = scenario(name, view=view)
    assert differences(play_runs(found, 9, horizon).state, play_to_end(found, 9, horizon).state) == []


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_mesa_plays_the_same_run(name, view):
    found = scenario(name, view=view)
    alone = {s: {n: a[..., 0] for n, a in table.items()} for s, table in play_to_end(found, [7], WEEKS).state.items()}
    assert differences(play_in_mesa(found, 7, WEEKS).table, alone) == []


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_alone_in_other_company_and_on_threads(name, view):
    found = scenario(name, view=view)
    whole = play_to_end(found, 40, WEEKS)
    for numbers, threads in (([7], 1), ([39, 0, 7, 3, 8, 9, 10, 11, 12], 1), (list(range(40)), 2)):
        part = whole.read_state(np.array(numbers))
        assert differences(play_to_end(found, numbers, WEEKS, threads=threads).state, part) == []


def test_what_is_watched_and_what_is_left_alone():
    found = scenario("alaska-budapest", view="wide")
    opening = InitialState(build_layout(found), SEED, np.arange(RUNS))
    before = {s: {n: a.copy() for n, a in table.items()} for s, table in opening.state.items()}
    places = [("world", "outcome", 0), ("actor", "reservation", 1)]
    watched = CompiledEngine(opening).play_weeks(1, 5, places)
    assert differences(before, opening.state) == []
    arrays = NumpyEngine(opening)
    assert np.array_equal(arrays.play_weeks(1, 5, places), watched)


def test_values_alone():
    """Some of the rules, as they are used where every content there could be is weighed."""
    found = scenario("alaska-budapest", view="wide")
    made = make_compiled(found, RUNS, steps=VALUES)
    made.play(0)
    assert differences(apply_rules(found, RUNS, VALUES).state, made.state) == []


def test_a_rule_that_looks_at_the_other_side_waits_until_both_are_worked_out():
    """Rules that follow each other share a loop over packages only if none looks at another place of what is set."""
    signs, others = (
        Rule(readiness.ready_signs, "side_package", "ready_signs"),
        Rule(own_proposal.all_others_accept, "side_package", "all_others_accept"),
    )
    entries = (*VALUES, *WILLINGNESS, signs, others)
    found = scenario("alaska-budapest", view="wide")
    made = make_compiled(found, RUNS, steps=entries)
    made.play(0)
    assert differences(apply_rules(found, RUNS, entries).state, made.state) == []


def test_no_runs_at_all():
    found = scenario("textbook/no-zone")
    made = play_to_end(found, [], 3)
    assert made.read("world", "outcome", 0).size == 0


def test_one_kernel_serves_every_board():
    texts = set()
    for name, view in list_shipped():
        opening = InitialState(build_layout(scenario(name, view=view)), SEED, np.arange(1))
        parts = DispatchTables(opening.layout, SEED, Slots(find_shapes(opening.state))).make_parts(WEEK)
        texts.add(module.build_module([function for function, _ in parts]))
    assert len(texts) == 1


# --- words and code ------------------------------------------------------------------------------------


def compute(by, *columns):
    """What a rule gives for rows of plain numbers, as compiled code."""
    count = len(columns[0])
    inputs = np.array(columns, dtype=float)
    function = step_kernels.build_rule(by, ("number",) * len(columns), 0, 1)
    blocks = allocate_blocks(1, (len(columns) + 1) * -(-count // code_printer.SIMD_WIDTH) + 1)
    rows, table = -(-count // code_printer.SIMD_WIDTH), [-(-count // code_printer.SIMD_WIDTH)]
    for row in range(rows):
        slots = [1 + at * rows + row for at in range(len(columns) + 1)]
        table += slots
        for slot, column in zip(slots, inputs, strict=False):
            part = column[row * code_printer.SIMD_WIDTH : (row + 1) * code_printer.SIMD_WIDTH]
            blocks[0, slot, : part.size] = part
            blocks[0, slot, part.size :] = part[-1]
    play = jit_cache.make_callable(
        jit_cache.find_address(module.build_module([function]), module.PLAY), module.N_PLAY_PARAMETERS
    )
    program, heads = np.array(table, dtype=np.int64), np.array([0, 0], dtype=np.int64)
    numbers = np.zeros(code_printer.SIMD_WIDTH, dtype=np.int64)
    at = (blocks.ctypes.data, 1, blocks.shape[1], program.ctypes.data, heads.ctypes.data, numbers.ctypes.data)
    play(*at, 1, 1, 0, numbers.ctypes.data, numbers.ctypes.data, 0, numbers.ctypes.data)
    return blocks[0, 1 + len(columns) * rows :].reshape(-1)[:count].copy()


def draw_uniforms(count, what):
    places = np.full(count, random_streams.stream_key(SEED, "test", what), dtype=np.uint64)
    return random_streams.uniform(random_streams.hash_run(places, np.arange(count)))


WORDS = {
    "exp": (numerics.exp, [(draw_uniforms(4000, "a") - 0.5) * 1500.0]),
    "log": (numerics.log, [numerics.exp((draw_uniforms(4000, "b") - 0.5) * 1380.0)]),
    "log of nothing": (numerics.log, [np.array([0.0, 1e-300, 1e-308, 1.0, 0.5, 2.0])]),
    "logistic": (numerics.logistic, [(draw_uniforms(4000, "c") - 0.5) * 80.0]),
    "power": (numerics.power, [draw_uniforms(4000, "d"), (draw_uniforms(4000, "e") - 0.5) * 40.0]),
}


@pytest.mark.parametrize("word", WORDS)
def test_words_have_the_same_bits(word):
    by, columns = WORDS[word]
    assert np.array_equal(compute(by, *columns).view(np.int64), np.asarray(by(*columns)).view(np.int64))


class _NoFeatures:
    def flatten(self):
        return ""


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="the older processor is one of this family")
@pytest.mark.parametrize("cpu", ["x86-64", "haswell", "skylake-avx512"])
def test_other_processors_get_code_of_their_own_with_the_same_bits(fresh, monkeypatch, cpu):
    """What this processor can run of another's code gives the same; the oldest runs everywhere."""
    import llvmlite.binding as llvm

    theirs = np.asarray(numerics.power(*WORDS["power"][1]))
    if cpu != "x86-64" and not llvm.get_host_cpu_features().get("avx512f" if "512" in cpu else "avx2", False):
        pytest.skip(f"this processor cannot run code for {cpu}")
    assert np.array_equal(compute(numerics.power, *WORDS["power"][1]), theirs)
    monkeypatch.setattr(llvm, "get_host_cpu_name", lambda: cpu)
    monkeypatch.setattr(llvm, "get_host_cpu_features", _NoFeatures)
    assert np.array_equal(compute(numerics.power, *WORDS["power"][1]), theirs)
    assert len(list(fresh.iterdir())) == 2


def product_and_sum(a, b, c):
    return a * b + c


def test_nothing_is_fused():
    a, b, c = np.array([1.0 + 2.0**-30]), np.array([1.0 - 2.0**-30]), np.array([-1.0])
    assert compute(product_and_sum, a, b, c)[0] == 0.0 == (a * b + c)[0]


def one_more(a):
    return a + 1.0


def two_more(a):
    return a + 2.0


def test_other_rules_are_other_code(fresh):
    assert compute(one_more, [1.0])[0] == 2.0
    assert compute(two_more, [1.0])[0] == 3.0
    assert len(list(fresh.iterdir())) == 2


def build_text(by):
    return module.build_module([step_kernels.build_rule(by, ("number",), 0, 1)])


def test_code_is_made_once_and_says_so(fresh, monkeypatch):
    said = []
    jit_cache.find_address(build_text(one_more), module.PLAY, said.append)
    monkeypatch.setattr(jit_cache, "_loaded", {})
    jit_cache.find_address(build_text(one_more), module.PLAY, said.append)
    assert len(said) == 1


@pytest.mark.parametrize("damage", [b"", b"nonsense", None], ids=["empty", "nonsense", "cut"])
def test_damaged_code_is_made_again(fresh, monkeypatch, damage):
    compute(one_more, [1.0])
    (file,) = fresh.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    monkeypatch.setattr(jit_cache, "_loaded", {})
    assert compute(one_more, [1.0])[0] == 2.0
    assert file.read_bytes() == whole


def test_whole_code_of_other_rules_under_this_name_is_made_again(fresh, monkeypatch):
    """Of the whole program it would be the end of the process: other rules take other addresses."""
    compute(one_more, [1.0])
    (ours,) = fresh.iterdir()
    compute(two_more, [1.0])
    (other,) = set(fresh.iterdir()) - {ours}
    ours.write_bytes(other.read_bytes())
    monkeypatch.setattr(jit_cache, "_loaded", {})
    assert compute(one_more, [1.0])[0] == 2.0


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(jit_cache.FOLDER, str(tmp_path / "file" / "code"))
    monkeypatch.setattr(jit_cache, "_loaded", {})
    assert compute(one_more, [1.0])[0] == 2.0


# --- what cannot be compiled is refused ----------------------------------------------------------------


def branches(a):
    return 1.0 if a > 0.0 else 0.0


def table_of_its_own(a):
    return a * np.array([1.0, 2.0])


def sums_up(a):
    return np.add.reduce(a)


@pytest.mark.parametrize("by", [branches, table_of_its_own, sums_up])
def test_a_rule_that_is_no_straight_arithmetic_is_refused(by):
    with pytest.raises(tracer.TracingError, match="a rule"):
        step_kernels.build_rule(by, ("number",), 0, 1)


def follows(other_resilience):
    return other_resilience


def test_a_rule_whose_entities_look_at_each_other_while_setting_is_refused():
    opening = InitialState(build_layout(scenario("textbook/two-towns")), SEED, np.arange(1))
    tables = DispatchTables(opening.layout, SEED, Slots(find_shapes(opening.state)))
    with pytest.raises(NotCompiledError, match="resilience"):
        tables.make_parts([Rule(follows, "actor", "resilience", group="disputant")])


def test_equal_functions_stand_in_the_kernel_once():
    function = step_kernels.build_rule(one_more, ("number",), 0, 1)
    text = module.build_module([function, function])
    assert text.count("define internal") == 1
    assert text.count("call void @entry_0") == 2
    assert isinstance(function, FunctionBuilder)
