"""Workflows: what zopa can do, one function each; the command line, Python and pages call them.

Read what most people use first
    load_scenario      a scenario, checked
    arguments          what all workflows are given alike
    run_scenario       a scenario played into its folder; run_batch plays several
    ensemble_result    what comes back: shares beside what they mean
    build_report       from results to the page; localized_results has their names in one language
    play               one run narrated; replay narrates a stored one
    compare_scenarios  what scenario files change; compare_views sets source views side by side
    attribute_views    what the difference between two views comes from
    vary               shares at other numbers; sensitivity says which numbers decide
    zone               the packages both sides could accept; solve says which a theory would choose
    cite               what stands behind a number; coverage counts the evidence
    seat               one actor played by a person
    explore            a changed scenario at once, for the pages

`sim/__init__.py` says which of them Python offers, and by which name.
"""
