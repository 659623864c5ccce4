"""Ensemble: many runs - planned, played in parallel blocks, and put together as results.

Read from the plan to the results
    simulate     the whole way, from files to results
    plan         what is to be played, with all numbers settled
    dispatcher   blocks of draws on all cores, until enough runs match
    block        a range of draws played together
    view_group   views that share a run-up; starting_values says which numbers only start it
    worker       what a process does for another; process_pool and dask_pool are who plays, fit_workers who may;
                 kept_processes stay for what is played next
    columns      numbers of many runs in the smallest type
    block_store  where finished blocks stay
    results      what an ensemble leaves behind
    manifest     how to make it again; fingerprint stands for its inputs
"""
