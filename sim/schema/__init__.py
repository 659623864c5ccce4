"""Schema: the nouns of a negotiation - what there is, as frozen and checked data.

Read from a number to a case
    quantity          a number or a spread with its unit and its reason; ranges says which numbers a field can mean
    actor             who takes part, and in which roles
    issue             what is negotiated about, and what each answer is worth
    lever             ultimatum, execution, and what the execution does
    belief            what one actor thinks of another
    model_parameters  contest, choice, talks, agreements
    conditions        when something holds: outcomes, tags, run-up
    scenario          all of these together
    source_view       what one source assumes of a scenario
    open_question     what a scenario file leaves open, or over which sources differ
    loaded_case       a scenario with its view, its evidence and its words

claim, passage, source and evidence_row hold the evidence; consistency and roles say what cannot be meant.
"""
