"""The compiled reader: the week's list of rules as vector code. sim.engines.compiled_engine is its only door.

Read from the rules to the processor
    traced    a rule is called once with numbers that write down what is done to them
    lines     what was done, as lines of LLVM's language, each on eight runs at once
    function  lines with loops around them, reading and writing slots
    shapes    for every kind of entry of the week, the function that plays it on any board
    slots     where every number of a board stands
    tables    what the functions must know of a board
    kernel    all functions of the week as one text; the scenario's codebook as another
    machine   text becomes code of this processor, kept under a digest of the text
    program   all of it for one board and seed
"""
