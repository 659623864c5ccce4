"""Compiler: the week's list of rules as vector code. sim.engines.compiled_engine is the only one who uses it.

Read from the rules to the processor
    tracer            a rule is called once with numbers that write down what is done to them
    code_printer      what was done, as lines of LLVM's language, each on eight runs at once
    function_builder  lines with loops around them, reading and writing slots
    step_kernels      for every kind of step of the week, the function that simulates it on any layout
    loop_fusion       the same for rules about packages, several in one loop
    memory_layout     where every number of a layout stands
    dispatch_tables   what the functions must know of a layout
    module            all functions of the week as one text; the scenario's outcome classifier as another
    jit_cache         text becomes code of this processor, kept under a digest of the text
    compiled_program  all of it for one layout and seed
    compaction        the runs that match, put together in memory of their own
"""
