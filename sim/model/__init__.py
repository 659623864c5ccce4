"""Model: what the rules work on - layout, parameters, random streams, initial state - and the one clock of a run.

Read in the order in which a run comes about
    random_streams      every random number has an address; stream_names keeps addresses when names change
    parameters          the numbers of each run, drawn from their spreads
    packages            what every package contains and is worth
    layout              the spaces of a scenario; build_layout makes them
    state               the variables of a set of runs
    initial_state       the numbers with which runs begin
    argument_binding    what an argument of a rule stands for
    outcome_classifier  in which outcome a run is now
    run_up              the weeks before week 1, and which runs match
    state_transfer      from the run-up into week 1
    simulation          the one clock of a run
"""
